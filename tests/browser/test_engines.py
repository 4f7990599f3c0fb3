"""The engines that look at a page in the browser, over every view, scheme, script and width: no violation."""

from pathlib import Path

import pytest
from playwright.sync_api import Page

from service.web.preferences import THEMES, VIEWS, View
from tests.browser import engines
from tests.browser.conftest import Open, Site
from tests.browser.looking import wear
from tests.web import specimens
from tests.web.difficult import difficult

WIDTHS = (320, 768, 1280)
SCRIPTS = ("zh-Hans", "zh-Hant", "zh-Hant-TW", "zh-Hant-HK")
SLOW = ("headings", "links")
"""What IBM's checker, whose time grows with the square, looks at in one view: the text is the same in both."""
SHAPES = [shape.__name__ for shape in (*specimens.SHAPES, specimens.listing)]


def test_the_engines_find_what_is_wrong(open_page: Open, tmp_path: Path) -> None:
    """They would not be worth much otherwise."""
    bad = tmp_path / "bad.html"
    bad.write_text(
        "<!DOCTYPE html><html><body><img src=x><p style='color:#666'>浅灰</p><a href=x>小</a> <a href=y>的</a>"
    )
    page = open_page(bad.as_uri())
    found = "\n".join(engines.axe(page))
    for rule in ("image-alt", "color-contrast-enhanced", "html-has-lang", "region"):
        assert f"{rule}:" in found
    assert any("img" in complaint for complaint in engines.ibm(page))


@pytest.mark.parametrize("script", SCRIPTS)
@pytest.mark.parametrize("view", VIEWS)
def test_every_view_scheme_script_and_width(site: Site, open_page: Open, view: View, script: str) -> None:
    _in_every_scheme_and_width(open_page(site.page("report", view, f"?script={script}")))


@pytest.mark.parametrize("script", SCRIPTS)
def test_the_players_page_in_every_scheme_script_and_width(site: Site, open_page: Open, script: str) -> None:
    page = open_page(f"{site.url}/embed/{site.articles['report'].id}?script={script}")
    assert page.locator("changdu-player").get_by_role("button").first.is_visible()
    page.locator("summary").last.click()
    _in_every_scheme_and_width(page)


def _in_every_scheme_and_width(page: Page) -> None:
    for theme in THEMES:
        wear(page, theme=theme)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            assert engines.both(page) == [], (theme, width)
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (theme, width)


@pytest.mark.parametrize("name", [*SHAPES, *difficult()])
@pytest.mark.parametrize("view", VIEWS)
def test_every_shape_and_what_is_difficult(site: Site, open_page: Open, view: View, name: str) -> None:
    page = open_page(site.page(name, view))
    assert engines.axe(page) == []
    if not (name in SLOW and view == "elder"):
        assert engines.ibm(page) == []


@pytest.mark.parametrize("path", ["/", "/help", "/articles/none/elder"])
def test_the_pages_of_the_site(site: Site, open_page: Open, path: str) -> None:
    page = open_page(site.url + path)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert engines.both(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("name", ["report", "listing", "markup", "links"])
def test_the_report(site: Site, open_page: Open, name: str) -> None:
    page = open_page(site.page(name, "report"))
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert engines.both(page) == []
    answer = page.request.get(page.url, headers={"Accept": "application/json"})
    checks = {finding["check"]: finding["held"] for finding in answer.json()["findings"]}
    assert checks["contrast"] is True
    assert checks["pictures"] is (name != "report")


@pytest.mark.parametrize("panel", ["voices", "rates", "colours", "scripts"])
def test_open_panels(site: Site, open_page: Open, panel: str) -> None:
    page = open_page(f"{site.page('report')}#{panel}")
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert engines.both(page) == []
