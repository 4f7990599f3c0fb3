"""Feeds: an article pushed with a reading becomes an episode in every script, told by webhook, exact to the byte."""

import asyncio
import io
import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import feedparser
import httpx2
import msgspec
import pytest

from service.feed import Item, rss
from service.profiles import parse
from service.push.keys import digest, new_key
from service.speech.frames import duration_ms, whole_frames
from service.text.tags import SCRIPTS, Script
from tests.push.receiver import SECRET, Receiver, receiving
from tests.speech.openai_server import SpeechServer
from tests.web.rendering import parsed
from tests.web.service import serving, settings
from tests.web.stage import Stage, stage

MODULES = Path(__file__).parents[1] / "browser/node_modules"
KEY = new_key()
SOURCE = "https://www.liuxi.example/news/1.html"
PAGE = """<html><head><meta charset="utf-8"><title>社区食堂开放</title></head><body><h1>社区食堂开放</h1>
<p>发布时间：2024-03-05 09:30 来源：柳溪镇</p><div class="content"><p>发展社区食堂，是镇里今年要办好的一件实事，现在已经开放。</p>
<h2>开放时间</h2><p>每天早上六点半到晚上七点，老人用餐有优惠，请带好证件。</p>
<h2>订餐电话</h2><p>行动不便的居民可以打电话订餐，由志愿者送到家里。</p></div></body></html>"""


class Published(msgspec.Struct):
    """A site whose article has been read aloud, and what its webhook was told."""

    client: httpx2.Client
    told: list[dict[str, object]]


def told(here: Stage, receiver: Receiver) -> dict[str, object]:
    _, body = here.run(asyncio.wait_for(receiver.got.get(), 60))
    said: dict[str, object] = json.loads(body)
    return said


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Published]:
    folder = tmp_path_factory.mktemp("feeds")
    receiver = Receiver()
    with stage() as here:
        speech, hook = here.enter(SpeechServer().running()), here.enter(receiving(receiver))
        (folder / "sites").mkdir()
        (folder / "sites" / "liuxi.toml").write_text(
            f"""name = "柳溪镇"\nhosts = ["www.liuxi.example"]\nlogo = "https://www.liuxi.example/logo.png"
footer = ["主办单位：柳溪镇"]\n[[push]]\nname = "CMS"\nkey = "{digest(KEY)}"
[[webhook]]\nurl = "{hook}"\nsecret = "{SECRET}"\n""",
            encoding="utf-8",
        )
        chosen = settings(
            folder / "store",
            sites=str(folder / "sites"),
            base_url="https://read.liuxi.example/changdu",
            openai_url=speech.url,
            openai_voices="tone",
            voice="openai-tone",
        )
        with serving(chosen) as client:
            query = f"source={quote(SOURCE, safe='')}&listen="
            headers = {"Authorization": f"Bearer {KEY}", "Content-Type": "text/html"}
            assert client.put(f"/articles?{query}", content=PAGE.encode(), headers=headers).status_code == 202
            yield Published(client, [told(here, receiver), told(here, receiver)])


def test_the_site_is_told_of_its_page_and_then_of_its_reading(published: Published) -> None:
    page, track = published.told
    assert page["type"] == "page.ready"
    assert page["data"] == {
        "source": SOURCE,
        "article": page["data"]["article"],  # type: ignore[index]  # JSON that was just read
        "elder": "https://read.liuxi.example/changdu/elder/www.liuxi.example/news/1.html",
        "accessible": "https://read.liuxi.example/changdu/accessible/www.liuxi.example/news/1.html",
    }
    assert track["type"] == "track.ready"


@pytest.mark.parametrize("script", SCRIPTS)
def test_the_feed_of_each_script(published: Published, script: Script) -> None:
    response = published.client.get(f"/sites/www.liuxi.example/feed.{script}.xml")
    assert response.headers["content-type"] == "application/rss+xml"
    feed = feedparser.parse(io.BytesIO(response.content))
    assert not feed.bozo
    assert feed.feed.title == "柳溪镇"
    assert feed.feed.language == script
    (episode,) = feed.entries
    assert episode.title == ("社区食堂开放" if script == "zh-Hans" else "社區食堂開放")
    assert episode.summary.startswith("发展" if script == "zh-Hans" else "發展")
    assert episode.published == "Tue, 05 Mar 2024 09:30:00 +0800"
    (sound,) = episode.enclosures
    path = sound.href.removeprefix("https://read.liuxi.example/changdu")
    audio = published.client.get(path)
    assert (audio.headers["content-type"], len(audio.content)) == (sound.type, int(sound.length))
    tag = 10 + int("".join(f"{byte:07b}" for byte in audio.content[6:10]), 2)
    assert int(episode.itunes_duration) == round(duration_ms(whole_frames(audio.content[tag:])) / 1000)


def test_what_a_feed_names_is_there(published: Published) -> None:
    feed = published.client.get("/sites/www.liuxi.example/feed.zh-Hant-TW.xml").text
    base = "https://read.liuxi.example/changdu"
    captions = feed.partition('podcast:transcript url="')[2].partition('"')[0]
    assert published.client.get(captions.removeprefix(base)).text.startswith("WEBVTT")
    chapters = feed.partition('podcast:chapters url="')[2].partition('"')[0]
    said = published.client.get(chapters.removeprefix(base))
    assert said.headers["content-type"] == "application/json+chapters"
    assert [chapter["title"] for chapter in said.json()["chapters"]] == ["开放时间", "订餐电话"]
    page = feedparser.parse(feed).entries[0].link.removeprefix(base)
    assert "開放時間" in published.client.get(page).text


def test_the_podcast_indexs_own_parser_finds_everything(published: Published) -> None:
    parser = MODULES / "podcast-partytime"
    if not parser.exists():
        pytest.skip("podcast-partytime is not installed: npm ci in tests/browser")
    feed = published.client.get("/sites/www.liuxi.example/feed.zh-Hant.xml").content
    command = ["node", str(Path(__file__).parent / "partytime.cjs"), str(parser)]
    found = json.loads(subprocess.run(command, input=feed, capture_output=True, check=True).stdout)
    assert (found["title"], found["language"], found["medium"]) == ("柳溪镇", "zh-Hant", "podcast")
    assert found["guid"]
    (episode,) = found["items"]
    assert episode["enclosure"]["type"] == "audio/mpeg"
    assert episode["duration"] > 0
    assert episode["podcastTranscripts"][0]["type"] == "text/vtt"
    assert episode["podcastChapters"]["type"] == "application/json+chapters"


@pytest.mark.parametrize("script", SCRIPTS)
@pytest.mark.parametrize("view", ["elder", "accessible"])
def test_pages_of_the_site_lead_to_the_feed_of_their_script(published: Published, view: str, script: Script) -> None:
    by_id = f"/articles/{published.told[0]['data']['article']}/{view}"  # type: ignore[index]  # JSON that was just read
    for place in (by_id, f"/{view}/www.liuxi.example/news/1.html"):
        page = parsed(published.client.get(f"{place}?script={script}").text)
        (link,) = page.xpath("//head/link[@rel='alternate'][@type='application/rss+xml']")
        assert link.get("title") == "柳溪镇"
        address = link.get("href").removeprefix("https://read.liuxi.example/changdu")
        feed = feedparser.parse(io.BytesIO(published.client.get(address).content))
        assert (feed.feed.language, len(feed.entries)) == (script, 1)


def test_pages_of_no_site_lead_to_no_feed(published: Published) -> None:
    sent = published.client.post("/articles", content="题\n\n正文。".encode(), headers={"Content-Type": "text/plain"})
    assert "application/rss+xml" not in published.client.get(f"/articles/{sent.json()['id']}/elder").text


def test_another_reader_finds_the_tags_and_chapters_of_the_sound(published: Published) -> None:
    reader = MODULES / "music-metadata/lib/index.js"
    if not reader.exists():
        pytest.skip("music-metadata is not installed: npm ci in tests/browser")
    track = published.told[1]["data"]["track"]  # type: ignore[index]  # JSON that was just read
    timeline = published.client.get(f"/tracks/{track}").json()
    chapters = published.client.get(f"/tracks/{track}/chapters.json").json()["chapters"]
    found = {}
    for kind, within in (("mp3", 0.001), ("opus", 0.05)):
        sound = published.client.get(f"/tracks/{track}.{kind}")
        command = ["node", str(Path(__file__).parent / "tags.mjs"), str(reader), sound.headers["content-type"]]
        found[kind] = json.loads(subprocess.run(command, input=sound.content, capture_output=True, check=True).stdout)
        assert found[kind]["common"]["title"] == "社区食堂开放"
        assert found[kind]["common"]["artist"] == "柳溪镇"
        assert found[kind]["format"]["duration"] == pytest.approx(timeline["duration_ms"] / 1000, abs=within)
    assert found["mp3"]["common"]["language"] == "zho"
    names = {tag["id"]: tag["value"] for tag in found["mp3"]["native"]["ID3v2.4"]}
    assert (names["TLEN"], names["WOAS"]) == (str(timeline["duration_ms"]), SOURCE)
    assert names["CTOC"]["flags"] == {"topLevel": True, "ordered": True}
    said = [(each["title"], each["start"], each["end"]) for each in found["mp3"]["format"]["chapters"]]
    starts = [chapter["startTime"] for chapter in chapters]
    assert said == [
        (chapter["title"], start, end)
        for chapter, start, end in zip(chapters, starts, [*starts[1:], timeline["duration_ms"] / 1000], strict=True)
    ]
    assert len(said) == 2


def test_a_section_has_a_feed_of_its_own(published: Published) -> None:
    address = "/sites/www.liuxi.example/feed.zh-Hans.xml?section="
    assert len(feedparser.parse(published.client.get(f"{address}/news/").text).entries) == 1
    assert feedparser.parse(published.client.get(f"{address}/notice/").text).entries == []


def test_an_unchanged_feed_is_not_sent_again(published: Published) -> None:
    address = "/sites/www.liuxi.example/feed.zh-Hans.xml"
    tag = published.client.get(address).headers["etag"]
    assert published.client.get(address, headers={"If-None-Match": tag}).status_code == 304


@pytest.mark.parametrize(
    ("path", "status"),
    [("/sites/evil.example/feed.zh-Hans.xml", 403), ("/sites/www.liuxi.example/feed.klingon.xml", 400)],
)
def test_other_feeds_there_are_none(published: Published, path: str, status: int) -> None:
    assert published.client.get(path).status_code == status


def test_a_feed_holds_whatever_a_page_may_say() -> None:
    site = parse('name = "A & <B>"\nhosts = ["a.example"]', "a.toml")
    item = Item(
        id="1",
        title="<b>\x00\ud800 & 𠮷",
        summary="]]>",
        link="https://a.example/?a=1&b=2",
        published="2024-02-30",
        at=0.0,
        audio="https://a.example/1.mp3",
        bytes=1,
        duration_ms=1,
        captions="https://a.example/1.vtt",
        chapters="https://a.example/1.json",
    )
    feed = feedparser.parse(rss(site, [item], address="https://a.example/feed.xml", script="zh-Hans"))
    assert not feed.bozo
    assert feed.entries[0].title == "<b> & 𠮷"
    assert feed.entries[0].published == "Thu, 01 Jan 1970 00:00:00 +0000"
