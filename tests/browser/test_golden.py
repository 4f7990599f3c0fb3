"""What assistive technology gets, as files a person can review: Chromium's tree, and what a screen reader says.

`CHANGDU_GOLDEN=write pytest tests/browser/test_golden.py` writes them anew.
"""

import os
import re
from pathlib import Path

import pytest

from service.web.preferences import VIEWS, View
from tests.browser import engines
from tests.browser.conftest import Open, Site
from tests.web import specimens

GOLDEN = Path(__file__).parent / "golden"
SHAPES = [shape.__name__ for shape in specimens.SHAPES]


def _compare(name: str, text: str) -> None:
    """The voices stand in a catalogue of their own and are left out."""
    text = re.sub(r"\n *(?:- )?(?:option|group|end of group)\b.*", "", text)
    file = GOLDEN / name
    if os.environ.get("CHANGDU_GOLDEN") == "write":
        file.parent.mkdir(exist_ok=True)
        file.write_text(text + "\n", encoding="utf-8")
    assert text + "\n" == file.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", SHAPES)
@pytest.mark.parametrize("view", VIEWS)
def test_chromiums_tree(site: Site, open_page: Open, view: View, name: str) -> None:
    page = open_page(site.page(name, view), locale=site.articles[name].language)
    page.wait_for_load_state("load")
    tree = page.locator("body").aria_snapshot().replace(site.articles[name].id, "ID")
    _compare(f"{name}.{view}.tree.txt", tree)


@pytest.mark.parametrize("name", SHAPES)
def test_what_a_screen_reader_says(site: Site, open_page: Open, name: str) -> None:
    page = open_page(site.page(name, "accessible"), bypass_csp=True, locale=site.articles[name].language)
    _compare(f"{name}.said.txt", "\n".join(engines.said(page)))
