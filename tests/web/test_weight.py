"""What a page carries: little, and on disk exactly what its policy allows."""

import json
from urllib.parse import urlsplit

import pytest

from service.text.marking import mark
from service.web import security
from service.web.preferences import DEFAULT, VIEWS, View
from tests.web import specimens
from tests.web.rendering import TEMPLATES, page, pages, parsed, track

ASSETS = TEMPLATES / "assets"


@pytest.mark.parametrize(
    "html",
    [
        *(pages.article(view, specimens.report(), DEFAULT, track=track()) for view in VIEWS),
        pages.home(DEFAULT),
        pages.help(DEFAULT),
    ],
    ids=[*VIEWS, "home", "help"],
)
def test_a_page_carries_little(html: str) -> None:
    """Issue 5: 15 kB of styles and 15 kB of scripts a page before compression, further tools as they are used."""
    tree = parsed(html)
    for linked in (tree.xpath("//link[@rel='stylesheet']/@href"), tree.xpath("//script/@src")):
        files = [ASSETS / urlsplit(address).path.rpartition("/")[2] for address in linked]
        assert sum(path.stat().st_size for path in files) <= 15_000


def test_an_accessible_page_loads_no_script_until_audio_is_asked_for() -> None:
    assert not page(specimens.report(), "accessible").xpath("//script[@src]")


@pytest.mark.parametrize("view", VIEWS)
def test_a_page_on_disk_allows_exactly_what_it_contains(view: View) -> None:
    html = pages.standalone(view, mark(specimens.report()), DEFAULT, track())
    tree = parsed(html)
    policy = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    assert not tree.xpath("//link[@rel='stylesheet'] | //script[@src]")
    for style in tree.iter("style"):
        assert security.digest(style.text) in policy
    for script in tree.xpath("//script[@type='module']"):
        assert security.digest(script.text) in policy
    assert tree.find(".//audio").get("src") == "audio.mp3"
    assert json.loads(tree.get_element_by_id("timeline").text)["audio"] == "audio.mp3"


def test_pages_on_disk_link_to_each_other() -> None:
    files: dict[View, str] = {"accessible": "index.html", "elder": "elder.html"}
    tree = parsed(pages.standalone("accessible", specimens.report(), DEFAULT, files=files))
    entrance = {link.text: link.get("href") for link in tree.xpath("//nav")[0].iter("a")}
    assert (entrance["长者专版"], entrance["无障碍"]) == ("elder.html", "index.html")
    assert not tree.xpath("//*[@id='listen']//form")
