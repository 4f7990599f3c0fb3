"""Rules 1 to 12, on reading: what no engine checks, one test each, named by its number in the requirements."""

import pytest
from playwright.sync_api import Page, Request, expect

from service.web.preferences import SIZES, THEMES, VIEWS, contrast
from tests.browser.conftest import Open, Site
from tests.browser.looking import GROUND, follow, hex_of, painted, px, style, wear
from tests.web.difficult import difficult


def test_rule_01_body_text_is_24_px_and_reaches_72(site: Site, open_page: Open) -> None:
    page = open_page(site.page("report"))
    assert px(page, "article p", "fontSize") == 24
    for size in SIZES:
        page.goto(site.page("report", query=f"?size={size}"))
        assert px(page, "article p", "fontSize") == pytest.approx(24 * size / 100)


def test_rule_01_at_least_18_px_everywhere_in_the_text(site: Site, open_page: Open) -> None:
    page = open_page(site.page("report", "accessible"))
    sizes = page.locator("main :is(p, li, h1, h2, a, figcaption)").evaluate_all(
        "nodes => nodes.map(node => parseFloat(getComputedStyle(node).fontSize))"
    )
    assert min(sizes) >= 17.5


@pytest.mark.parametrize("view", VIEWS)
def test_rule_02_lines_and_paragraphs_stand_apart(site: Site, open_page: Open, view: str) -> None:
    page = open_page(site.page("notice", view))
    size, leading = px(page, "article p", "fontSize"), px(page, "article p", "lineHeight")
    assert leading / size >= 1.8
    boxes = page.locator("article p").evaluate_all("nodes => nodes.map(node => node.getBoundingClientRect().toJSON())")
    assert (boxes[1]["top"] - boxes[0]["bottom"]) / leading >= 1.49


@pytest.mark.parametrize("view", VIEWS)
def test_rule_03_text_at_seven_to_one_in_every_scheme(site: Site, open_page: Open, view: str) -> None:
    page = open_page(site.page("report", view))
    for theme in THEMES:
        wear(page, theme=theme)
        _has_contrast(page)


def _has_contrast(page: Page) -> None:
    """Text, links and the mark of what is read at 7:1, borders and focus at 3:1."""
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
    ink, paper, quiet, accent, on_accent, line, mark = map(hex_of, colours)
    for text, ground in ((ink, paper), (quiet, paper), (accent, paper), (on_accent, accent)):
        assert contrast(text, ground) >= 7
    assert contrast(line, paper) >= 3
    marked = paper if colours[-1].endswith(", 0)") else mark
    assert contrast(ink, marked) >= 7


@pytest.mark.parametrize("size", [75, 100, 200])
@pytest.mark.parametrize("view", VIEWS)
def test_rule_04_no_line_is_longer_than_40_characters(site: Site, open_page: Open, view: str, size: int) -> None:
    page = open_page(site.page("report", view, f"?size={size}"), width=2560)
    assert page.locator("article p").first.evaluate("node => node.clientWidth") <= 40 * px(
        page, "article p", "fontSize"
    )
    aligned = page.locator("body *").evaluate_all("nodes => nodes.map(node => getComputedStyle(node).textAlign)")
    assert "justify" not in aligned


SCHEMES = {
    "白底黑字": ("000000", "ffffff"),
    "黑底黄字": ("ffe100", "000000"),
    "黄底黑字": ("000000", "ffe100"),
    "蓝底白字": ("ffffff", "00217a"),
    "原色": ("1a1a1a", "fffdf8"),
}


def test_rule_05_the_schemes_people_know(site: Site, open_page: Open) -> None:
    """Each button shows its scheme before it is pressed, and the page then has it; two colours of one's own as well."""
    page = open_page(site.page("report", query="?theme=white-on-blue#colours"))
    for name, (ink, paper) in SCHEMES.items():
        button = page.get_by_role("group", name="配色").get_by_role("link", name=name)
        colours = button.evaluate("node => [getComputedStyle(node).color, getComputedStyle(node).backgroundColor]")
        assert tuple(map(hex_of, colours)) == (ink, paper)
        button.click()
        assert (hex_of(style(page, "article p", "color")), hex_of(page.evaluate(GROUND))) == (ink, paper)
    page.get_by_label("字的颜色").fill("#330000")
    page.get_by_label("底的颜色").fill("#ffeecc")
    follow(page, page.get_by_role("button", name="用这两种颜色"))
    assert (hex_of(style(page, "article p", "color")), hex_of(page.evaluate(GROUND))) == ("330000", "ffeecc")
    expect(page.locator(".warning")).to_have_count(0)
    page.goto(site.page("report", query="?theme=own&ink=%23777777&paper=%23ffffff#colours"))
    expect(page.locator(".warning")).to_contain_text("4.5")


@pytest.mark.parametrize("name", ["report", "listing", "table", "essay", "interview", "english", *difficult()])
@pytest.mark.parametrize("view", VIEWS)
def test_rule_06_nothing_scrolls_sideways_at_320px(site: Site, open_page: Open, view: str, name: str) -> None:
    """320 px is also 400 % zoom of 1280 px; with 200 % text and WCAG's text spacing as well."""
    page = open_page(site.page(name, view), width=320, height=640)
    assert _overflow(page) == 0
    wear(page, size="200", spacing="wider")
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


def test_rule_07_colour_is_never_the_only_cue(site: Site, open_page: Open) -> None:
    """Links are underlined; what is chosen is bold and has a bar. What is being read is proven by listening."""
    page = open_page(site.page("report"))
    for theme in THEMES:
        wear(page, theme=theme)
        assert style(page, "article a", "textDecorationLine") == "underline"
        for chosen in (".tool[aria-pressed=true]", ".choice[aria-current]"):
            assert style(page, chosen, "fontWeight") == "700"
            assert "inset" in style(page, chosen, "boxShadow")


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
    page.goto(site.page("table"))
    assert "monospace" in page.locator("code").evaluate("node => getComputedStyle(node).fontFamily")
    assert "font" not in requests


def test_rule_09_the_readers_system_is_honoured_and_their_choice_wins(site: Site, open_page: Open) -> None:
    """As screenshots show it."""
    page = open_page(site.page("report"))
    day, night, paper = "fffdf8", "16181a", "main"
    assert painted(page, paper) == day
    page.emulate_media(color_scheme="dark")
    assert painted(page, paper) == night
    for theme, ground in (("black-on-white", "ffffff"), ("yellow-on-black", "000000")):
        for scheme in ("dark", "light"):
            page.emulate_media(color_scheme=scheme)
            wear(page, theme=theme)
            assert painted(page, paper) == ground
    wear(page, theme="original")
    calm = painted(page, ".contents", 9, 0)
    page.emulate_media(contrast="more")
    strong = painted(page, ".contents", 9, 0)
    assert contrast(strong, day) >= 7 > contrast(calm, day)
    page.emulate_media(contrast="no-preference", forced_colors="active")
    assert painted(page, paper) == "ffffff"
    pressed = page.locator(".tool[aria-pressed=true]")
    height = pressed.evaluate("node => node.getBoundingClientRect().height")
    assert painted(page, ".tool[aria-pressed=true]", 9, height - 3) != "ffffff"
    assert painted(page, ".tool[aria-pressed=false]", 9, height - 3) == "ffffff"


def test_rule_09_nothing_glides_where_the_system_says_so(site: Site, open_page: Open) -> None:
    """A link within the page leads there at once, as two screenshots in a row show."""
    page = open_page(site.page("headings"), reduced_motion="reduce", height=600)
    page.evaluate("location.hash = '#h400'")
    first, second = page.screenshot(), page.screenshot()
    assert first == second
    expect(page.locator("#h400")).to_be_in_viewport()


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
    assert px(page, "article p", "fontSize") == 36
    page.go_back()
    assert px(page, "article p", "fontSize") == 30
    page.get_by_role("link", name="配色").click()
    page.get_by_role("link", name="黑底黄字").click()
    page.get_by_role("link", name="重置").click()
    page.wait_for_url(lambda url: "theme" not in url)
    assert px(page, "article p", "fontSize") == 24
    page.reload()
    assert page.locator("html").get_attribute("data-theme") == "original"
