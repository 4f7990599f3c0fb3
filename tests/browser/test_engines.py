"""Every engine, over every view, scheme, script and width: no violation."""

from pathlib import Path

import pytest

from service.settings import resources
from service.text.marking import mark
from service.web.pages import Pages
from service.web.preferences import DEFAULT, LANGUAGES, THEMES, VIEWS, View
from tests.browser import engines
from tests.browser.conftest import Open, Site
from tests.web import specimens
from tests.web.test_pages import track

COLOUR = ["color-contrast", "color-contrast-enhanced", "link-in-text-block"]
WIDTHS = (320, 768, 1280)
SCRIPTS = ("zh-Hans", "zh-Hant", "zh-Hant-TW", "zh-Hant-HK")
SHAPES = [shape.__name__ for shape in specimens.SHAPES]


def test_the_engines_find_what_is_wrong(open_page: Open, tmp_path: Path) -> None:
    """They would not be worth much otherwise."""
    bad = tmp_path / "bad.html"
    bad.write_text("<!DOCTYPE html><html><body><img src=x><p style='color:#666'>浅灰</p><p id=a><p id=a></body></html>")
    page = open_page(bad.as_uri())
    assert any("image-alt" in found for found in engines.axe(page))
    assert any("color-contrast-enhanced" in found for found in engines.axe(page, COLOUR))
    assert any("img" in found for found in engines.ibm(page))
    assert engines.vnu([bad])
    assert engines.html_validate([bad])


@pytest.mark.parametrize("script", SCRIPTS)
@pytest.mark.parametrize("view", VIEWS)
def test_axe_in_every_scheme_script_and_width(site: Site, open_page: Open, view: View, script: str) -> None:
    page = open_page(site.page("report", view, f"?script={script}"))
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert engines.axe(page) == []
        for theme in THEMES:
            page.evaluate("theme => { document.documentElement.dataset.theme = theme; }", theme)
            assert engines.axe(page, COLOUR) == []


@pytest.mark.parametrize("name", [*SHAPES, *specimens.hostile()])
@pytest.mark.parametrize("view", VIEWS)
def test_axe_on_every_shape(site: Site, open_page: Open, view: View, name: str) -> None:
    assert engines.axe(open_page(site.page(name, view))) == []


@pytest.mark.parametrize("name", [*SHAPES, "columns", "headings", "picture"])
@pytest.mark.parametrize("view", VIEWS)
def test_ibm_on_every_shape(site: Site, open_page: Open, view: View, name: str) -> None:
    assert engines.ibm(open_page(site.page(name, view))) == []


@pytest.mark.parametrize("path", ["/", "/help", "/articles/none/elder"])
def test_both_on_the_pages_of_the_site(site: Site, open_page: Open, path: str) -> None:
    page = open_page(site.url + path)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert engines.axe(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert engines.ibm(page) == []


@pytest.mark.parametrize("name", ["report", "markup", "links"])
def test_both_on_the_report(site: Site, open_page: Open, name: str) -> None:
    page = open_page(site.page(name, "report"))
    assert engines.axe(page) == []
    assert engines.ibm(page) == []
    answer = page.request.get(page.url, headers={"Accept": "application/json"})
    checks = {finding["check"]: finding["held"] for finding in answer.json()["findings"]}
    assert checks["contrast"] is True
    assert checks["pictures"] is (name != "report")


@pytest.mark.parametrize("panel", ["voices", "rates", "colours", "scripts"])
def test_axe_on_open_panels(site: Site, open_page: Open, panel: str) -> None:
    for width in (320, 1280):
        assert engines.axe(open_page(f"{site.page('report')}#{panel}", width=width)) == []


@pytest.fixture(scope="session")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """One file of each kind of page."""
    folder, pages = tmp_path_factory.mktemp("pages"), Pages(resources("templates"))
    articles = {shape.__name__: shape() for shape in specimens.SHAPES} | specimens.hostile()
    html = {"help": pages.help(DEFAULT), "problem": pages.problem(404, "not-found", "没有。", "None.", DEFAULT)}
    for language in LANGUAGES:
        html[f"home-{language}"] = pages.home(DEFAULT.change(language=language))
    for view in VIEWS:
        for name, article in articles.items():
            html[f"{name}-{view}"] = pages.article(view, mark(article), DEFAULT)
        html[f"track-{view}"] = pages.article(view, mark(articles["report"]), DEFAULT, track=track())
        html[f"disk-{view}"] = pages.standalone(view, mark(articles["report"]), DEFAULT, track())
    written = []
    for name, text in html.items():
        written.append(folder / f"{name.replace(' ', '-')}.html")
        written[-1].write_text(text, encoding="utf-8")
    return written


def test_vnu_finds_no_error(files: list[Path]) -> None:
    assert engines.vnu(files) == []


def test_html_validate_finds_no_error(files: list[Path]) -> None:
    assert engines.html_validate(files) == []
