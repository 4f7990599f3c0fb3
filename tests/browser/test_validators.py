"""The validators of HTML, over every kind of page as a file: no error."""

from pathlib import Path

import pytest

from service.settings import resources
from service.text.edition import edition
from service.text.tags import SCRIPTS
from service.web import palette
from service.web.pages import Pages
from service.web.preferences import DEFAULT, LANGUAGES, THEMES, VIEWS, Choices
from service.web.report import report
from tests.browser import engines
from tests.web import specimens
from tests.web.difficult import difficult
from tests.web.rendering import TEMPLATES, track

CONTRASTS = palette.contrasts((TEMPLATES / "assets" / "changdu.css").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """One file of each kind of page; every view, scheme and script of one article."""
    folder, pages = tmp_path_factory.mktemp("pages"), Pages(resources("templates"))
    articles = {shape.__name__: shape() for shape in (*specimens.SHAPES, specimens.listing)} | difficult()
    html = {"problem": pages.problem(404, "not-found", "没有。", DEFAULT)}
    for language in LANGUAGES:
        html[f"home-{language}"] = pages.home(DEFAULT.change(language=language))
        html[f"help-{language}"] = pages.help(DEFAULT.change(language=language))
    for name, article in articles.items():
        html[f"{name}-report"] = pages.report(report(article, CONTRASTS), DEFAULT)
    for view in VIEWS:
        for name, article in articles.items():
            html[f"{name}-{view}"] = pages.article(view, edition(article, None), DEFAULT)
        for script in SCRIPTS:
            converted = edition(articles["report"], script, readings="all" if script == "zh-Hans" else "none")
            for theme in THEMES:
                choices = Choices(view=view, script=script, theme=theme, pinyin=script == "zh-Hans")
                html[f"report-{view}-{script}-{theme}"] = pages.article(view, converted, choices)
        html[f"track-{view}"] = pages.article(view, edition(articles["report"], None), DEFAULT, track=track())
        html[f"disk-{view}"] = pages.standalone(view, edition(articles["report"], None), DEFAULT, track())
    written = []
    for name, text in html.items():
        written.append(folder / f"{name.replace(' ', '-')}.html")
        written[-1].write_text(text, encoding="utf-8")
    return written


def test_the_validators_find_what_is_wrong(tmp_path: Path) -> None:
    bad = tmp_path / "bad.html"
    bad.write_text("<!DOCTYPE html><html><body><p id=a><p id=a></body></html>")
    assert engines.vnu([bad])
    assert engines.html_validate([bad])


def test_vnu_finds_no_error(files: list[Path]) -> None:
    assert engines.vnu(files) == []


def test_html_validate_finds_no_error(files: list[Path]) -> None:
    assert engines.html_validate(files) == []
