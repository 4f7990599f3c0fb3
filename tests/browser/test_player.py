"""The player in five other sites' pages, heard by Chromium with the embedded voice: the right words are marked, and the
pages stay as they were."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page

from tests.browser import engines
from tests.browser.conftest import Open
from tests.browser.host import PAGES, Host, needs_react
from tests.browser.visit import Visit


def _found(page: Page) -> set[str]:
    """What both engines find, without where it stands."""
    return {found.split(": ")[0] + found.split("<")[-1][:60] for found in engines.axe(page) + engines.ibm(page)}


@pytest.mark.parametrize("name", PAGES)
def test_the_right_words_are_marked_and_nothing_else_happens(host: Host, visit: Visit, name: str) -> None:
    needs_react(name)
    visit.go(host.page(name))
    page = visit.page
    before = page.evaluate("document.documentElement.outerHTML")
    asked = len(visit.asked)
    page.wait_for_timeout(300)
    assert len(visit.asked) == asked, "nothing is asked before it is pressed"
    visit.listen()
    visit.until("document.querySelector('changdu-player').sentence === null")
    samples = page.evaluate("window.samples")
    assert samples["right"] >= 50
    assert samples["right"] / (samples["right"] + len(samples["wrong"])) >= 0.98, samples["wrong"]
    assert page.evaluate("document.documentElement.outerHTML") == before, "not a node of the page is changed"
    assert {urlsplit(url).netloc for url in visit.asked} <= {urlsplit(host.url).netloc, urlsplit(host.service).netloc}
    assert visit.complaints == []
    assert page.evaluate("window.shifts") == []


@pytest.mark.parametrize("name", PAGES)
def test_engines_find_nothing_more_before_and_during_playing(host: Host, open_page: Open, name: str) -> None:
    needs_react(name)
    host.changes = {"<changdu-player": "<p hidden", "</changdu-player>": "</p>", '"changdu-player"': '"p"'}
    bare = open_page(host.page(name), width=1000)
    bare.wait_for_timeout(800)
    found = _found(bare)
    host.changes = {}
    visit = Visit(open_page("about:blank", width=1000)).go(host.page(name))
    assert _found(visit.page) - found == set()
    visit.listen()
    visit.player.get_by_text("更多").or_(visit.player.get_by_text("More")).click()
    assert _found(visit.page) - found == set()
