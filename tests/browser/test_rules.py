"""The rules that no engine checks, one test each, named by its number in the project's requirements.

1 size, 2 line height, 4 line length, 5 schemes, 6 reflow, 7 more than colour, 8 typeface, 9 the reader's system, 10
no lures, 11 no surprises, 12 labels, 13 targets, 14 keyboard, 15 shortcuts, 16 focus, 17 entrance, 18 without scripts,
20 landmarks.
"""

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Locator, Page, Request, expect

from service.web.preferences import SIZES, THEMES, contrast
from tests.browser.conftest import Open, Site
from tests.web.rendering import NAMES

VIEWS = ("elder", "accessible")


def _follow(page: Page, link: Locator) -> None:
    """Press a link or button of a page without scripts, and wait for where it leads."""
    with page.expect_navigation(wait_until="load"):
        link.click()


def _px(page: Page, selector: str, name: str) -> float:
    return float(page.locator(selector).first.evaluate(f"node => parseFloat(getComputedStyle(node).{name})"))


def test_rule_01_body_text_is_24_px_and_reaches_72(site: Site, open_page: Open) -> None:
    page = open_page(site.page("report"))
    assert _px(page, "article p", "fontSize") == 24
    for size in SIZES:
        page.goto(site.page("report", query=f"?size={size}"))
        assert _px(page, "article p", "fontSize") == pytest.approx(24 * size / 100)


def test_rule_01_at_least_18_px_everywhere_in_the_text(site: Site, open_page: Open) -> None:
    page = open_page(site.page("report", "accessible"))
    sizes = page.locator("main :is(p, li, h1, h2, a, figcaption)").evaluate_all(
        "nodes => nodes.map(node => parseFloat(getComputedStyle(node).fontSize))"
    )
    assert min(sizes) >= 17.5


@pytest.mark.parametrize("view", VIEWS)
def test_rule_02_lines_and_paragraphs_stand_apart(site: Site, open_page: Open, view: str) -> None:
    page = open_page(site.page("notice", view))
    size, leading = _px(page, "article p", "fontSize"), _px(page, "article p", "lineHeight")
    assert leading / size >= 1.8
    boxes = page.locator("article p").evaluate_all("nodes => nodes.map(node => node.getBoundingClientRect().toJSON())")
    assert (boxes[1]["top"] - boxes[0]["bottom"]) / leading >= 1.49


@pytest.mark.parametrize("size", [75, 100, 200])
@pytest.mark.parametrize("view", VIEWS)
def test_rule_04_no_line_is_longer_than_40_characters(site: Site, open_page: Open, view: str, size: int) -> None:
    page = open_page(site.page("report", view, f"?size={size}"), width=2560)
    assert page.locator("article p").first.evaluate("node => node.clientWidth") <= 40 * _px(
        page, "article p", "fontSize"
    )
    aligned = page.locator("body *").evaluate_all("nodes => nodes.map(node => getComputedStyle(node).textAlign)")
    assert "justify" not in aligned


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("view", VIEWS)
def test_rule_05_every_scheme_is_seven_to_one(site: Site, open_page: Open, view: str, theme: str) -> None:
    """Rule 3 too: text, links and the mark of what is read at 7:1, borders and focus at 3:1."""
    page = open_page(site.page("report", view, f"?theme={theme}"))
    names = ("ink", "paper", "quiet", "accent", "on-accent", "line", "mark")
    colours = page.evaluate(
        """names => names.map(name => {
          const node = document.body.appendChild(document.createElement("i"));
          node.setAttribute("hidden", "");
          node.attributeStyleMap.set("color", `var(--${name})`);
          const colour = getComputedStyle(node).color;
          node.remove();
          return colour;
        })""",
        list(names),
    )
    ink, paper, quiet, accent, on_accent, line, mark = map(_hex, colours)
    for text, ground in ((ink, paper), (quiet, paper), (accent, paper), (on_accent, accent)):
        assert contrast(text, ground) >= 7
    assert contrast(line, paper) >= 3
    marked = paper if colours[-1].endswith(", 0)") else mark
    assert contrast(ink, marked) >= 7
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == colours[1]


def _hex(colour: str) -> str:
    return "".join(f"{int(channel):02x}" for channel in re.findall(r"\d+", colour)[:3])


ADDRESSES = (
    "report",
    "table",
    "essay",
    "interview",
    "english",
    "headings",
    "columns",
    "word",
    "links",
    "emoji",
    "rare",
)


@pytest.mark.parametrize("name", ADDRESSES)
@pytest.mark.parametrize("view", VIEWS)
def test_rule_06_nothing_scrolls_sideways_at_320_px(site: Site, open_page: Open, view: str, name: str) -> None:
    """320 px is also 400 % zoom of 1280 px; with 200 % text and WCAG's text spacing as well."""
    page = open_page(site.page(name, view), width=320, height=640)
    assert _overflow(page) == 0
    page.goto(site.page(name, view, "?size=200&spacing=wider"))
    assert _overflow(page) == 0
    page.evaluate(
        """() => {
          const sheet = new CSSStyleSheet();
          sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: .12em !important;
            word-spacing: .16em !important; } p { margin-bottom: 2em !important; }`);
          document.adoptedStyleSheets.push(sheet);
        }"""
    )
    assert _overflow(page) == 0


def _overflow(page: Page) -> int:
    return int(page.evaluate("document.documentElement.scrollWidth - innerWidth"))


def test_rule_06_a_wide_table_scrolls_inside_itself_by_keyboard(site: Site, open_page: Open) -> None:
    page = open_page(site.page("columns"), width=320, height=640)
    table = page.get_by_role("region", name="表格 1")
    table.focus()
    expect(table).to_be_focused()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("document.querySelector('section.table').scrollLeft > 0")


def test_rule_08_typeface(site: Site, open_page: Open) -> None:
    requests: list[str] = []
    page = open_page("about:blank")
    page.on("request", lambda request: requests.append(request.resource_type))
    page.goto(site.page("interview", query="?script=none"))
    style = page.locator("article p").first.evaluate(
        "node => { const s = getComputedStyle(node); return [s.fontFamily, s.fontWeight, s.lineBreak] }"
    )
    assert "TC" in style[0]
    assert style[0].endswith("sans-serif")
    assert style[1:] == ["400", "strict"]
    assert "font" not in requests


def test_rule_09_the_readers_system_is_honoured_and_their_choice_wins(site: Site, open_page: Open) -> None:
    ground = "getComputedStyle(document.documentElement).backgroundColor"
    dark = open_page(site.page("report"), color_scheme="dark")
    assert dark.evaluate(ground) == "rgb(22, 24, 26)"
    dark.goto(site.page("report", query="?theme=black-on-white"))
    assert dark.evaluate(ground) == "rgb(255, 255, 255)"
    still = open_page(site.page("report"), reduced_motion="reduce")
    assert still.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"
    forced = open_page(site.page("report"), forced_colors="active")
    assert forced.evaluate(ground) == "rgb(255, 255, 255)"


def test_rule_10_nothing_but_the_article_and_our_own(site: Site, open_page: Open) -> None:
    """Only pictures come from elsewhere, without saying where the reader is; no frame, no pop-up."""
    page = open_page("about:blank")
    requests: list[Request] = []
    page.on("request", lambda request: requests.append(request))
    page.goto(site.page("report"))
    page.locator("figure").last.scroll_into_view_if_needed()
    page.wait_for_load_state("networkidle")
    foreign = [request for request in requests if not request.url.startswith(site.url)]
    assert foreign
    for request in foreign:
        assert request.resource_type == "image"
        assert "referer" not in request.all_headers()
    assert page.locator("iframe, dialog, [popover]").count() == 0


def test_rule_11_nothing_happens_by_itself(site: Site, open_page: Open) -> None:
    page = open_page(site.page("report"))
    before = page.locator("body").aria_snapshot()
    address = page.url
    page.wait_for_timeout(1500)
    assert page.locator("body").aria_snapshot() == before
    assert page.url == address
    assert page.evaluate("[...document.querySelectorAll('audio, video')].every(media => media.paused)")
    assert page.locator("meta[http-equiv=refresh], [autoplay], marquee").count() == 0
    page.locator("select").first.focus()
    page.keyboard.press("ArrowDown")
    assert page.url == address


def test_rule_12_one_undo_and_reset(site: Site, open_page: Open) -> None:
    page = open_page(site.page("report"))
    page.get_by_role("link", name="放大").click()
    page.get_by_role("link", name="放大").click()
    assert _px(page, "article p", "fontSize") == 36
    page.go_back()
    assert _px(page, "article p", "fontSize") == 30
    page.get_by_role("link", name="配色").click()
    page.get_by_role("link", name="黑底黄字").click()
    page.get_by_role("link", name="重置").click()
    page.wait_for_url(lambda url: "theme" not in url)
    assert _px(page, "article p", "fontSize") == 24
    page.reload()
    assert page.locator("html").get_attribute("data-theme") == "original"


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
    assert _px(page, "article p", "fontSize") == 30
    page.keyboard.press("6")
    assert _px(page, "article p", "fontSize") == 30
    page.goto(f"{site.url}/help")
    page.get_by_role("textbox", name="放大").fill("q")
    page.goto(site.page("report"))
    page.keyboard.press("Alt+Shift+KeyQ")
    assert _px(page, "article p", "fontSize") == 36
    page.goto(f"{site.url}/help")
    page.get_by_label("使用快捷键").uncheck()
    page.goto(site.page("report"))
    size = _px(page, "article p", "fontSize")
    page.keyboard.press("Alt+Shift+KeyQ")
    assert _px(page, "article p", "fontSize") == size


def test_rule_15_shortcuts_rest_while_typing(site: Site, open_page: Open) -> None:
    page = open_page(site.page("report"))
    page.goto(page.url + "#voices")
    page.locator("select[name=voice]").focus()
    page.keyboard.press("Alt+Shift+Digit6")
    assert _px(page, "article p", "fontSize") == 24


@pytest.mark.parametrize("theme", THEMES)
def test_rule_16_focus_is_seen_in_every_scheme(site: Site, open_page: Open, theme: str) -> None:
    page = open_page(site.page("report", query=f"?theme={theme}"))
    for _ in range(6):
        page.keyboard.press("Tab")
        style = page.evaluate(
            """() => { const style = getComputedStyle(document.activeElement);
              return [style.outlineStyle, style.outlineWidth, style.outlineColor]; }"""
        )
        assert style[:2] == ["solid", "3px"]
        paper = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
        assert contrast(_hex(style[2]), _hex(paper)) >= 3


def test_rule_17_the_entrance_is_one_click_at_the_same_place(site: Site, open_page: Open) -> None:
    elder = open_page(site.page("report"))
    places = []
    for _ in range(2):
        places.append(
            elder.get_by_role("navigation", name="导航区").get_by_role("link", name="长者专版").bounding_box()
        )
        elder.get_by_role("navigation", name="导航区").get_by_role("link", name="无障碍").click()
        elder.get_by_role("navigation", name="导航区").get_by_role("link", name="长者专版").click()
        elder.wait_for_url("**/elder")
    assert places[0] == places[1]
    words = elder.locator("meta[name=keywords]").get_attribute("content") or ""
    assert {"长者专版", "长辈版", "亲情版", "关爱版", "关怀版"} <= set(words.split(","))
    elder.goto(f"{site.url}/help")
    assert "长辈版、亲情版、关爱版或关怀版" in elder.locator("main").inner_text()


def test_rule_18_every_choice_without_scripts(site: Site, open_page: Open) -> None:
    page = open_page(site.page("report"), java_script_enabled=False)
    _follow(page, page.get_by_role("link", name="放大"))
    assert "size=125" in page.url
    _follow(page, page.get_by_role("link", name="配色"))
    _follow(page, page.get_by_role("link", name="蓝底白字"))
    _follow(page, page.get_by_role("link", name="配色"))
    _follow(page, page.get_by_role("link", name="更宽"))
    _follow(page, page.get_by_role("link", name="繁简"))
    _follow(page, page.get_by_role("link", name="繁体", exact=True))
    query = urlsplit(page.url).query
    for choice in ("size=125", "theme=white-on-blue", "spacing=wider", "script=zh-Hant"):
        assert choice in query
    expect(page.locator("html")).to_have_attribute("lang", "zh-Hant")
    expect(page.locator("h1")).to_contain_text("書屋")
    _follow(page, page.get_by_role("link", name="读屏专用").or_(page.get_by_role("link", name="讀屏專用")))
    assert urlsplit(page.url).path.endswith("/accessible")
    assert urlsplit(page.url).query == query
    assert page.locator(".player:visible, [data-tool=cross]:visible").count() == 0


def test_rule_18_own_colours_without_scripts(site: Site, open_page: Open) -> None:
    page = open_page(site.page("report", query="?size=150"), java_script_enabled=False)
    _follow(page, page.get_by_role("link", name="配色"))
    page.get_by_label("字的颜色").fill("#330000")
    page.get_by_label("底的颜色").fill("#ffeecc")
    _follow(page, page.get_by_role("button", name="用这两种颜色"))
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
