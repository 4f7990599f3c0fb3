"""Rules 13 to 21, on operating: what no engine checks, one test each, named by its number in the requirements.

Rule 19, that playing changes nothing in the accessibility tree, is proven where there is listening.
"""

import json
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from service.web.preferences import THEMES, VIEWS, contrast
from tests.browser.conftest import Open, Site
from tests.browser.looking import GROUND, follow, hex_of, px, wear
from tests.web.rendering import NAMES


@pytest.mark.parametrize("width", [320, 768, 1280])
@pytest.mark.parametrize("view", VIEWS)
def test_rule_13_targets_are_large(site: Site, open_page: Open, view: str, width: int) -> None:
    """44 px everywhere except links inside a sentence (WCAG 2.5.5), 60 px for the elder view's main controls."""
    page = open_page(site.page("report", view), width=width)
    small = page.locator("a, button, select, summary, input:not([type=hidden])").evaluate_all(
        """nodes => nodes.filter(node => node.checkVisibility() && !node.closest('.skip, article p, article li, sup'))
          .map(node => [node.textContent.trim() || node.name, node.getBoundingClientRect()])
          .filter(([, box]) => box.width < 43.9 || box.height < 43.9).map(([name]) => name)"""
    )
    assert small == []
    if view == "elder":
        main = page.locator(".tool, .listen button").evaluate_all(
            """nodes => nodes.filter(node => node.checkVisibility()).map(node => node.getBoundingClientRect())
              .filter(box => box.width < 59.9 || box.height < 59.9).length"""
        )
        assert main == 0


def test_rule_13_listen_is_the_largest_control(site: Site, open_page: Open) -> None:
    for width in (320, 1280):
        page = open_page(site.page("report"), width=width)
        areas = page.locator("button, .tool, .entrance a").evaluate_all(
            """nodes => nodes.filter(node => node.checkVisibility()).map(node => {
              const box = node.getBoundingClientRect();
              return [box.width * box.height, node.className]; }).sort((a, b) => b[0] - a[0])"""
        )
        assert areas[0][1] == "play"


def test_rule_14_the_toolbar_is_one_stop_with_arrows(site: Site, open_page: Open) -> None:
    page = open_page(site.page("report"))
    bar = page.get_by_role("toolbar")
    assert bar.locator("[tabindex='0']").count() == 1
    assert [name.strip() for name in bar.locator("> *").all_text_contents()] == NAMES
    bar.locator("[tabindex='0']").focus()
    for key, name in (
        ("ArrowRight", "语速"),
        ("End", "退出"),
        ("ArrowRight", "声音"),
        ("ArrowLeft", "退出"),
        ("Home", "声音"),
    ):
        page.keyboard.press(key)
        expect(bar.locator(":focus")).to_have_text(name)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('[role=toolbar]')") is None


def test_rule_14_everything_is_reached_by_keyboard(site: Site, open_page: Open) -> None:
    page = open_page(site.page("report"))
    wanted = page.evaluate(
        """[...document.querySelectorAll('a[href], button, summary, input:not([type=hidden]), select, [tabindex="0"]')]
          .filter(node => node.tabIndex >= 0 && node.checkVisibility()).length"""
    )
    seen = set()
    for _ in range(wanted + 5):
        page.keyboard.press("Tab")
        seen.add(page.evaluate("[...document.querySelectorAll('*')].indexOf(document.activeElement)"))
    assert len(seen) >= wanted


def test_rule_15_shortcuts_can_be_changed_and_turned_off(site: Site, open_page: Open) -> None:
    page = open_page(site.page("report"))
    page.keyboard.press("Alt+Shift+Digit6")
    assert px(page, "article p", "fontSize") == 30
    page.keyboard.press("6")
    assert px(page, "article p", "fontSize") == 30
    page.goto(f"{site.url}/help")
    page.get_by_role("textbox", name="放大").fill("q")
    page.goto(site.page("report"))
    page.keyboard.press("Alt+Shift+KeyQ")
    assert px(page, "article p", "fontSize") == 36
    page.goto(f"{site.url}/help")
    page.get_by_label("使用快捷键").uncheck()
    page.goto(site.page("report"))
    size = px(page, "article p", "fontSize")
    page.keyboard.press("Alt+Shift+KeyQ")
    assert px(page, "article p", "fontSize") == size


def test_rule_15_shortcuts_rest_while_typing(site: Site, open_page: Open) -> None:
    page = open_page(site.page("report"))
    page.goto(page.url + "#voices")
    page.locator("select[name=voice]").focus()
    page.keyboard.press("Alt+Shift+Digit6")
    assert px(page, "article p", "fontSize") == 24


def test_rule_16_focus_is_seen_in_every_scheme(site: Site, open_page: Open) -> None:
    page = open_page(site.page("report"))
    for theme in THEMES:
        wear(page, theme=theme)
        page.locator(".skip a").first.focus()
        for _ in range(6):
            page.keyboard.press("Tab")
            style = page.evaluate(
                """() => { const style = getComputedStyle(document.activeElement);
                  return [style.outlineStyle, style.outlineWidth, style.outlineColor]; }"""
            )
            assert style[:2] == ["solid", "3px"]
            assert contrast(hex_of(style[2]), hex_of(page.evaluate(GROUND))) >= 3


def test_rule_17_the_entrance_is_one_click_at_the_same_place(site: Site, open_page: Open) -> None:
    elder = open_page(site.page("report"))
    places = []
    for _ in range(2):
        entrance = elder.get_by_role("navigation", name="导航区").get_by_role("link", name="长者专版", exact=True)
        places.append(entrance.bounding_box())
        elder.get_by_role("navigation", name="导航区").get_by_role("link", name="无障碍").click()
        elder.wait_for_url("**/accessible")
        places.append(entrance.bounding_box())
        elder.get_by_role("navigation", name="导航区").get_by_role("link", name="长者专版").click()
        elder.wait_for_url("**/elder")
    assert places == [places[0]] * 4
    words = elder.locator("meta[name=keywords]").get_attribute("content") or ""
    assert {"长者专版", "长辈版", "亲情版", "关爱版", "关怀版"} <= set(words.split(","))
    elder.goto(f"{site.url}/help")
    assert "长辈版、亲情版、关爱版或关怀版" in elder.locator("main").inner_text()


def test_rule_18_every_choice_without_scripts(site: Site, open_page: Open) -> None:
    page = open_page(site.page("report"), java_script_enabled=False)
    follow(page, page.get_by_role("link", name="放大"))
    assert "size=125" in page.url
    follow(page, page.get_by_role("link", name="配色"))
    follow(page, page.get_by_role("link", name="蓝底白字"))
    follow(page, page.get_by_role("link", name="配色"))
    follow(page, page.get_by_role("link", name="更宽"))
    follow(page, page.get_by_role("link", name="繁简"))
    follow(page, page.get_by_role("link", name="繁体", exact=True))
    query = urlsplit(page.url).query
    for choice in ("size=125", "theme=white-on-blue", "spacing=wider", "script=zh-Hant"):
        assert choice in query
    expect(page.locator("html")).to_have_attribute("lang", "zh-Hant")
    expect(page.locator("h1")).to_contain_text("書屋")
    follow(page, page.get_by_role("link", name="读屏专用").or_(page.get_by_role("link", name="讀屏專用")))
    assert urlsplit(page.url).path.endswith("/accessible")
    assert urlsplit(page.url).query == query
    assert page.locator(".player:visible, [data-tool=cross]:visible").count() == 0


def test_rule_18_own_colours_without_scripts(site: Site, open_page: Open) -> None:
    page = open_page(site.page("report", query="?size=150"), java_script_enabled=False)
    follow(page, page.get_by_role("link", name="配色"))
    page.get_by_label("字的颜色").fill("#330000")
    page.get_by_label("底的颜色").fill("#ffeecc")
    follow(page, page.get_by_role("button", name="用这两种颜色"))
    assert "size=150" in page.url
    assert page.locator("html").evaluate("node => getComputedStyle(node).backgroundColor") == "rgb(255, 238, 204)"


@pytest.mark.parametrize("view", VIEWS)
def test_rule_20_six_regions_and_the_text_first(site: Site, open_page: Open, view: str) -> None:
    page = open_page(site.page("report", view))
    for region in (
        page.get_by_role("banner", name="视窗区", exact=True),
        page.get_by_role("navigation", name="导航区", exact=True),
        page.get_by_role("region", name="交互区", exact=True),
        page.get_by_role("contentinfo", name="服务区", exact=True),
        page.get_by_role("main", name="正文区", exact=True),
    ):
        expect(region).to_have_count(1)
    assert page.get_by_role("navigation", name="列表区").count() == 1
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("跳到正文")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "text"


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize(
    ("name", "script", "language"),
    [
        ("essay", "none", "zh-Hans"),
        ("essay", "zh-Hant-TW", "zh-Hant-TW"),
        ("interview", "none", "zh-Hant-TW"),
        ("interview", "zh-Hans", "zh-Hans"),
        ("english", "none", "en"),
    ],
)
def test_rule_21_language_agrees_and_foreign_phrases_are_marked(
    site: Site, open_page: Open, view: str, name: str, script: str, language: str
) -> None:
    page = open_page("about:blank")
    answer = page.goto(site.page(name, view, f"?script={script}"))
    assert answer is not None
    assert answer.headers["content-language"] == language
    assert page.locator("html").get_attribute("lang") == language
    data = json.loads(page.locator("script[type='application/ld+json']").text_content() or "")
    assert data["inLanguage"] == language
    foreign = {"essay": ["en"], "english": ["zh-Hans"], "interview": []}[name]
    assert page.locator("article [lang]").evaluate_all("nodes => nodes.map(node => node.lang)") == foreign


def test_rule_21_foreign_phrases_are_marked_by_themselves(site: Site, open_page: Open) -> None:
    page = open_page(f"{site.url}/")
    text = "外国朋友说的话\n\n他写信来说 slow and steady wins the race，意思是慢而稳的人赢得比赛。"
    page.get_by_label("文章的文字").fill(text)
    follow(page, page.get_by_role("button", name="打开文章"))
    expect(page.locator("article [lang=en]")).to_have_text("slow and steady wins the race")
