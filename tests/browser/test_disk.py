"""Pages without a server: a folder that opens from disk, and the article last read without network."""

import math
import struct
from pathlib import Path
from typing import Any

import lameenc
import pytest
from playwright.sync_api import expect

from service.article import Article
from service.settings import resources
from service.text.marking import mark
from service.text.sentences import sentences
from service.web.pages import Pages
from service.web.preferences import VIEWS, Choices
from tests.browser.conftest import Open, Site
from tests.browser.test_listening import MARKED, PLAYING, WORD
from tests.web import specimens
from tests.web.rendering import track

RATE = 24_000


def _tone(seconds: int) -> bytes:
    encoder = lameenc.Encoder()
    encoder.set_bit_rate(48)
    encoder.set_in_sample_rate(RATE)
    encoder.set_channels(1)
    encoder.silence()
    samples = (int(3000 * math.sin(n / 20)) for n in range(RATE * seconds))
    return bytes(encoder.encode(b"".join(struct.pack("<h", sample) for sample in samples)) + encoder.flush())


def _track(article: Article) -> dict[str, Any]:
    """A second for each sentence, and a quarter of it for each of its first four characters."""
    segments = [
        {
            "n": n,
            "state": "ready",
            "href": f"/tracks/t/segments/{n}.mp3",
            "start_ms": n * 1000,
            "duration_ms": 1000,
            "cues": [
                {
                    "sentence": sentence.id,
                    "start_ms": 0,
                    "end_ms": 1000,
                    "words": [[word, 1, word * 250, word * 250 + 250] for word in range(4)],
                }
            ],
        }
        for n, sentence in enumerate(sentences(article))
    ]
    texts = {sentence.id: sentence.text for sentence in sentences(article)}
    return track(segments=segments, duration_ms=1000 * len(segments), sentences=texts, language=article.language)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("disk")
    article, pages = specimens.notice(), Pages(resources("templates"))
    spoken = _track(article)
    for view in VIEWS:
        name = "index.html" if view == "elder" else f"{view}.html"
        text = pages.standalone(view, mark(article), Choices(view=view), spoken)
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "audio.mp3").write_bytes(_tone(len(spoken["segments"])))
    (folder / "captions.vtt").write_text("WEBVTT\n", encoding="utf-8")
    return folder


@pytest.mark.parametrize("name", ["index.html", "accessible.html"])
def test_a_page_on_disk_plays_and_marks(folder: Path, open_page: Open, name: str) -> None:
    page = open_page((folder / name).as_uri())
    troubles: list[str] = []
    page.on("console", lambda message: troubles.append(message.text))
    page.get_by_role("button", name="听", exact=True).click()
    page.wait_for_function(PLAYING)
    page.wait_for_function(f"() => {MARKED} === 'b1.s1'")
    page.wait_for_function(f"() => '因检修管'.includes({WORD}) && {WORD} !== ''")
    page.get_by_role("button", name="下一句").click()
    page.wait_for_function(f"() => {MARKED} === 'b2.s1'")
    assert troubles == []


def test_choices_on_disk_need_no_server(folder: Path, open_page: Open) -> None:
    page = open_page((folder / "index.html").as_uri())
    page.get_by_role("link", name="放大").click()
    assert page.locator("article p").first.evaluate("node => getComputedStyle(node).fontSize") == "30px"
    page.get_by_role("link", name="配色").click()
    page.get_by_role("link", name="黑底黄字").click()
    assert page.locator("html").evaluate("node => getComputedStyle(node).backgroundColor") == "rgb(0, 0, 0)"
    page.get_by_role("link", name="读屏专用").click()
    expect(page).to_have_url((folder / "accessible.html").as_uri() + "?size=125&theme=yellow-on-black")
    page.get_by_role("navigation", name="导航区").get_by_role("link", name="长者专版").click()
    expect(page.locator("h1")).to_have_text("停水通知")


def test_the_article_last_read_opens_without_network(site: Site, open_page: Open) -> None:
    page = open_page(site.page("report"), service_workers="allow")
    page.goto(site.page("notice"))
    kept = """async () => { const keys = await (await caches.open('changdu')).keys();
      const has = part => keys.some(key => key.url.includes(part));
      return has('/elder') && has('changdu.css') && has('elder.js') && has('icons.svg'); }"""
    page.wait_for_function(kept)
    page.context.set_offline(True)
    page.goto(site.page("notice"))
    expect(page.locator("h1")).to_have_text("停水通知")
    assert page.locator("article p").first.evaluate("node => getComputedStyle(node).fontSize") == "24px"
    page.goto(f"{site.url}/")
    expect(page.locator("h1")).to_have_text("停水通知")
    page.context.set_offline(False)
