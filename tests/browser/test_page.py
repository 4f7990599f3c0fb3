"""What a page does for its reader beside the rules: it remembers, fits a phone and paper, and ignores nonsense."""

import re
from pathlib import Path

import pypdfium2
import pytest
from playwright.sync_api import Page, expect

from service.web.preferences import VIEWS
from tests.browser.conftest import Open, Site
from tests.browser.looking import GROUND, hex_of, px

A4 = (595, 842)  # points


def _printed(page: Page, folder: Path) -> tuple[str, list[tuple[int, int]]]:
    """The text and the sizes of the pages that Chromium prints."""
    file = folder / "printed.pdf"
    page.pdf(path=file, prefer_css_page_size=True)
    with pypdfium2.PdfDocument(file) as document:
        sheets = [document[n] for n in range(len(document))]
        text = "".join(sheet.get_textpage().get_text_range() for sheet in sheets)
        return re.sub(r"\s", "", text), [(round(sheet.get_width()), round(sheet.get_height())) for sheet in sheets]


def test_the_place_last_read_is_one_press_away(site: Site, open_page: Open) -> None:
    page = open_page(site.page("headings"), height=600)
    expect(page.locator(".place")).to_be_hidden()
    page.locator("#h300").scroll_into_view_if_needed()
    page.goto(site.page("notice"))
    page.goto(site.page("headings"))
    page.get_by_role("link", name="回到上次读的地方").click()
    expect(page.locator("#h300")).to_be_in_viewport()


def test_the_script_chosen_once_is_kept_for_the_next_article(site: Site, open_page: Open) -> None:
    page = open_page(site.page("report", query="#scripts"))
    page.get_by_role("group", name="繁简").get_by_role("link", name="繁体", exact=True).click()
    expect(page.locator("html")).to_have_attribute("lang", "zh-Hant")
    page.goto(site.page("notice"))
    expect(page.locator("html")).to_have_attribute("lang", "zh-Hant")
    page.goto(site.page("notice", query="?script=zh-Hans"))
    expect(page.locator("html")).to_have_attribute("lang", "zh-Hans")
    page.get_by_role("link", name="重置").click()
    expect(page.locator("html")).to_have_attribute("lang", "zh-Hans")


def test_size_and_colours_are_kept_for_the_next_article(site: Site, open_page: Open) -> None:
    page = open_page(site.page("report", query="#colours"))
    page.get_by_role("link", name="黑底黄字").click()
    page.get_by_role("link", name="放大").click()
    page.goto(site.page("notice"))
    assert hex_of(page.evaluate(GROUND)) == "000000"
    assert px(page, "article p", "fontSize") == 30


@pytest.mark.parametrize("view", VIEWS)
def test_a_table_is_a_list_on_a_phone_and_a_table_to_a_screen_reader(site: Site, open_page: Open, view: str) -> None:
    page = open_page(site.page("table", view))
    wide = page.get_by_role("table").aria_snapshot()
    page.set_viewport_size({"width": 320, "height": 800})
    cells = page.locator("tbody tr").first.locator("td")
    assert px(page, "td", "width") > 250
    labels = cells.evaluate_all("nodes => nodes.map(node => getComputedStyle(node, '::before').content)")
    assert [re.findall(r'"([^"]+)"', label)[0] for label in labels] == ["日期：", "时间：", "地点："]
    assert page.get_by_role("table").aria_snapshot() == wide


def test_a_larger_picture_is_a_link(site: Site, open_page: Open) -> None:
    page = open_page(site.page("report"))
    link = page.get_by_role("link", name="看第 1 张大图")
    expect(link).to_have_attribute("href", "https://example.org/pictures/reading-room.jpg")
    boxes = page.locator("figure img").evaluate_all("nodes => nodes.map(node => node.getBoundingClientRect().toJSON())")
    assert boxes[0]["bottom"] < boxes[1]["top"]


@pytest.mark.parametrize("view", VIEWS)
def test_paper_has_the_text_large_and_no_controls(site: Site, open_page: Open, tmp_path: Path, view: str) -> None:
    page = open_page(site.page("report", view, "?theme=yellow-on-black"))
    text, sizes = _printed(page, tmp_path)
    assert set(sizes) == {A4}
    assert "公交15路到春风里站下车" in text
    assert "去书屋的路线图（https://example.org/map）" in text
    for control in ("读屏专用", "上一句", "更多", "目录", "大图", "看原文", "设置"):
        assert control not in text
    page.emulate_media(media="print")
    assert px(page, "article p", "fontSize") == pytest.approx(16 * 96 / 72, abs=0.1)
    assert hex_of(page.evaluate(GROUND)) == "ffffff"


def test_help_prints_with_every_key(site: Site, open_page: Open, tmp_path: Path) -> None:
    text, sizes = _printed(open_page(f"{site.url}/help"), tmp_path)
    assert set(sizes) == {A4}
    assert len(sizes) <= 4
    assert text.count("Alt+Shift+") == 16
    assert "十字线" in text


@pytest.mark.parametrize("view", VIEWS)
def test_nonsense_in_the_address_is_the_default(site: Site, open_page: Open, view: str) -> None:
    plain = open_page(site.page("report", view))
    wild = open_page(
        site.page("report", view, "?theme=pink&size=999&spacing=%00&ink=red&paper=%23ff&rate=nan&voice=../x")
    )
    assert wild.locator("body").aria_snapshot() == plain.locator("body").aria_snapshot()
    for name in ("theme", "size", "spacing"):
        value = plain.locator("html").get_attribute(f"data-{name}")
        expect(wild.locator("html")).to_have_attribute(f"data-{name}", value or "")
