"""Tracks over HTTP: asked for, followed, played by ranges, and every refusal, on a real server with a tone voice."""

import asyncio
import json
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cache
from urllib.parse import quote

import httpx2
import msgspec
import pytest
import uvicorn
from starlette.applications import Starlette

from service.errors import SpeechFailed, VoiceUnavailable
from service.profiles import parse
from service.push.keys import digest, new_key
from service.settings import resources
from service.sites import NO_SITES, Sites
from service.speech.frames import FRAME_BYTES, FRAME_MS, whole_frames
from service.web import tracks
from service.web.pages import Pages
from service.web.problems import Problems
from service.web.tracks import Tracks
from tests.speech.house import THREE, House, house
from tests.speech.readings import reading
from tests.speech.tones import Tones, article

pytestmark = pytest.mark.anyio

Reply = httpx2.Response


@cache
def _pages() -> Pages:
    return Pages(resources("templates"), "")


class Site:
    """A studio behind HTTP."""

    def __init__(self, at: House, client: httpx2.AsyncClient, near: Tones, far: Tones) -> None:
        self.at = at
        self.client = client
        self.near = near
        self.far = far
        self.get = client.get
        at.articles[THREE.id] = THREE

    async def ask(self, **wish: object) -> Reply:
        return await self.client.post(f"/articles/{THREE.id}/tracks", json=wish)

    async def ready(self, **wish: object) -> str:
        """The id of the track when it is ready."""
        id = str((await self.ask(**wish)).json()["id"])
        assert (await self.follow(id))[-1][0] == "ready"
        return id

    async def follow(self, id: str) -> list[tuple[str, dict[str, object]]]:
        async with self.client.stream("GET", f"/tracks/{id}/events") as stream:
            assert stream.headers["content-type"].startswith("text/event-stream")
            body = "".join([text async for text in stream.aiter_text()])
        blocks = [block.split("\n") for block in body.split("\n\n") if block.startswith("event")]
        return [(name.removeprefix("event: "), msgspec.json.decode(data[6:])) for name, data in blocks]


@asynccontextmanager
async def site(
    *, fallback: bool = True, tracks: int = 10, wait: float = 5.0, recordings_mb: int = 0, sites: Sites = NO_SITES
) -> AsyncIterator[Site]:
    near, far = Tones(), Tones()
    async with house(synthesizer=near, far=far, fallback=fallback, tracks=tracks, wait=wait) as at:
        app = Starlette(
            routes=Tracks(at.studio, at.find, at.blobs, sites, recordings_mb).routes(),
            exception_handlers=Problems(_pages()).handlers(),
        )
        with socket.socket() as listener:
            listener.bind(("127.0.0.1", 0))
            address = f"http://127.0.0.1:{listener.getsockname()[1]}"
            server = uvicorn.Server(uvicorn.Config(app, log_level="error", lifespan="off"))
            serving = asyncio.create_task(server.serve([listener]))
            try:
                async with httpx2.AsyncClient(base_url=address, timeout=20, trust_env=False) as client:
                    yield Site(at, client, near, far)
            finally:
                near.gate.set()
                server.should_exit = True
                await serving


async def test_a_track_is_asked_for_followed_and_ready() -> None:
    async with site() as on:
        first = await on.ask()
        track = first.json()
        assert first.status_code == 202
        assert first.headers["location"] == f"/tracks/{track['id']}"
        assert (track["state"], track["asked"], track["fallback"], track["problem"]) == (
            "working",
            "hummer",
            None,
            None,
        )
        events = await on.follow(track["id"])
        assert [name for name, _ in events] == ["segment"] * 4 + ["ready"]
        assert sorted(data["n"] for _, data in events[:4]) == [0, 1, 2, 3]  # type: ignore[type-var]
        again = await on.ask()
        assert (again.status_code, again.json()["state"]) == (200, "ready")
        assert again.json() == (await on.get(f"/tracks/{track['id']}")).json() == events[-1][1]


async def test_the_track_has_the_agreed_shape() -> None:
    async with site() as on:
        track = (await on.get(f"/tracks/{await on.ready()}")).json()
        id = track["id"]
        assert track["article"] == THREE.id
        assert track["voice"] == {
            "id": "hummer", "name": "哼唱", "locale": "zh-CN", "synthesizer": "tones", "online": False,
        }  # fmt: skip
        assert [track[name] for name in ("audio", "timeline", "captions")] == [
            f"/tracks/{id}.mp3", f"/tracks/{id}.json", f"/tracks/{id}.vtt",
        ]  # fmt: skip
        words = [[0, 1, 0, 48], [1, 1, 48, 96], [2, 1, 96, 144]]
        assert track["segments"][1] == {
            "n": 1,
            "state": "ready",
            "href": f"/tracks/{id}/segments/1.mp3",
            "start_ms": 96,
            "duration_ms": 144,
            "cues": [{"sentence": "b1.s1", "start_ms": 0, "end_ms": 144, "words": words}],
        }
        assert track["duration_ms"] == sum(segment["duration_ms"] for segment in track["segments"])


async def test_a_pages_own_script_can_follow_the_words() -> None:
    async with site() as on:
        reply = await on.get(f"/tracks/{await on.ready()}.words.vtt")
        assert reply.headers["content-type"] == "text/vtt; charset=utf-8"
        assert reply.headers["cache-control"] == "public, max-age=86400"
        first = reply.text.split("\n\n")[1].split("\n")
        assert first[:2] == ["b0.s1@0", "00:00:00.000 --> 00:00:00.048"]
        assert json.loads(first[2]).keys() == {"sentence", "offset", "length", "word"}


async def test_a_recording_is_taken_in_where_that_is_set() -> None:
    recording, _ = reading(THREE)
    headers = {"Content-Type": "audio/flac"}
    async with site(recordings_mb=1) as on:
        made = await on.client.post(f"/articles/{THREE.id}/tracks?reader=王老师", content=recording, headers=headers)
        assert made.status_code == 201
        track = made.json()
        assert made.headers["location"] == f"/tracks/{track['id']}"
        assert (track["voice"]["name"], track["timings"], track["state"]) == ("王老师", "estimated", "ready")
        assert (await on.ask()).json() == track
        for kind, media_type in (("mp3", "audio/mpeg"), ("opus", "audio/ogg; codecs=opus")):
            part = await on.get(f"/tracks/{track['id']}.{kind}", headers={"Range": "bytes=10-19"})
            whole = await on.get(f"/tracks/{track['id']}.{kind}")
            assert (part.status_code, part.content) == (206, whole.content[10:20])
            assert part.headers["content-type"] == media_type
        wrong = await on.client.post(f"/articles/{THREE.id}/tracks", content=b"<html>", headers=headers)
        assert (wrong.status_code, wrong.json()["type"]) == (422, "/problems/bad-recording")
        large = await on.client.post(f"/articles/{THREE.id}/tracks", content=bytes(2 << 20), headers=headers)
        assert large.status_code == 413
    async with site() as on:
        refused = await on.client.post(f"/articles/{THREE.id}/tracks", content=recording, headers=headers)
        assert (refused.status_code, refused.json()["type"]) == (403, "/problems/recordings-off")


@pytest.mark.parametrize(
    ("source", "key", "answer"),
    [
        ("https://www.liuxi.example/1.html", "own", (201, None)),
        ("https://www.liuxi.example/1.html", None, (401, "/problems/key-needed")),
        ("https://www.liuxi.example/1.html", "changed", (401, "/problems/key-unknown")),
        ("https://www.liuxi.example/1.html", "other", (403, "/problems/key-not-for-host")),
        ("https://elsewhere.example/1.html", "own", (403, "/problems/site-not-known")),
        (None, "own", (403, "/problems/site-not-known")),
        (None, None, (401, "/problems/key-needed")),
    ],
)
async def test_a_recording_takes_the_key_of_the_articles_site_where_there_are_keys(
    source: str | None, key: str | None, answer: tuple[int, str | None]
) -> None:
    keys = {"own": new_key(), "other": new_key()}
    profiles = (
        f'name = "{name}"\nhosts = ["{host}"]\n[[push]]\nname = "CMS"\nkey = "{digest(keys[name])}"'
        for name, host in {"own": "www.liuxi.example", "other": "www.donghe.example"}.items()
    )
    asked = msgspec.structs.replace(THREE, source=source)
    recording, _ = reading(THREE)
    shown = {"Authorization": f"Bearer {keys.get(key, key)}"} if key else {}
    async with site(recordings_mb=1, sites=Sites(tuple(parse(text, "x.toml") for text in profiles))) as on:
        on.at.articles[THREE.id] = asked
        before = (await on.ask()).json()["asked"]
        made = await on.client.post(
            f"/articles/{THREE.id}/tracks", content=recording, headers={"Content-Type": "audio/flac", **shown}
        )
        assert (made.status_code, made.json().get("type")) == answer
        assert (await on.ask()).json()["asked"] == ("recording" if made.status_code == 201 else before)


async def test_a_segment_plays_before_the_track_is_ready() -> None:
    async with site() as on:
        on.near.gate.clear()
        id = (await on.ask()).json()["id"]
        waiting = asyncio.create_task(on.get(f"/tracks/{id}/segments/0.mp3"))
        await asyncio.sleep(0.05)
        assert not waiting.done()
        on.near.gate.set()
        sound = await waiting
        assert (sound.status_code, sound.headers["content-type"]) == (200, "audio/mpeg")
        assert len(whole_frames(sound.content)) // FRAME_BYTES * FRAME_MS == 96


@pytest.mark.parametrize("kind", ["mp3", "json", "vtt"])
async def test_what_is_joined_has_ranges_and_etags(kind: str) -> None:
    async with site() as on:
        path = f"/tracks/{await on.ready()}.{kind}"
        whole = await on.get(path)
        size = len(whole.content)
        assert whole.status_code == 200
        assert whole.headers["accept-ranges"] == "bytes"
        head = await on.client.head(path)
        assert (head.status_code, head.content, head.headers["content-length"]) == (200, b"", str(size))
        part = await on.get(path, headers={"Range": "bytes=10-19"})
        assert (part.status_code, part.content) == (206, whole.content[10:20])
        assert part.headers["content-range"] == f"bytes 10-19/{size}"
        last = await on.get(path, headers={"Range": "bytes=-5"})
        assert last.content == whole.content[-5:]
        same = await on.get(path, headers={"If-None-Match": whole.headers["etag"]})
        assert (same.status_code, same.content) == (304, b"")
        beyond = await on.get(path, headers={"Range": f"bytes={size}-"})
        assert (beyond.status_code, beyond.headers["content-range"]) == (416, f"bytes */{size}")
        assert beyond.json()["type"] == "/problems/range-not-satisfiable"
        other = await on.get(path, headers={"Range": "bytes=0-3", "If-Range": '"other"'})
        assert (other.status_code, other.content) == (200, whole.content)


async def test_the_sound_is_downloaded_under_its_title() -> None:
    async with site() as on:
        path = f"/tracks/{await on.ready()}.mp3"
        assert (await on.get(path)).headers["content-disposition"] == "inline"
        named = (await on.get(path, params={"download": "1"})).headers["content-disposition"]
        assert named == f"attachment; filename*=UTF-8''{quote(THREE.title, safe='')}.mp3"


async def test_segments_have_ranges_and_etags() -> None:
    async with site() as on:
        path = f"/tracks/{await on.ready()}/segments/1.mp3"
        whole = await on.get(path)
        part = await on.get(path, headers={"Range": "bytes=144-"})
        assert (part.status_code, part.content) == (206, whole.content[144:])
        assert (await on.get(path, headers={"If-None-Match": whole.headers["etag"]})).status_code == 304
        assert (await on.get(path, headers={"Range": "bytes=99999-"})).status_code == 416
        assert (await on.client.head(path)).headers["content-length"] == str(len(whole.content))
        assert "immutable" in whole.headers["cache-control"]


async def test_a_scripts_timeline_and_captions_have_their_own_etag() -> None:
    async with site() as on:
        path = f"/tracks/{await on.ready()}.json"
        written, converted = await on.get(path), await on.get(path, params={"script": "zh-Hant"})
        assert converted.json()["language"] == "zh-Hant"
        assert written.headers["etag"] != converted.headers["etag"]
        assert (await on.get(path, params={"script": "zh-Hans"})).headers["etag"] == written.headers["etag"]
        assert (await on.get(path, params={"script": "klingon"})).status_code == 400


async def test_a_form_goes_back_to_its_page() -> None:
    async with site() as on:
        fields = {"voice": "hummer", "view": "accessible", "theme": "yellow-on-black"}
        reply = await on.client.post(f"/articles/{THREE.id}/tracks", data=fields)
        id = (await on.ask()).json()["id"]
        assert reply.status_code == 303
        location = httpx2.URL(reply.headers["location"])
        assert (location.path, location.fragment) == (f"/articles/{THREE.id}/accessible", "listen")
        assert location.params["track"] == id
        assert location.params["theme"] == "yellow-on-black"


async def test_an_online_voice_that_fails_is_replaced_and_the_listener_told() -> None:
    async with site() as on:
        on.far.errors["第二句"] = VoiceUnavailable(voice="远方", what="no network")
        id = (await on.ask(voice="far")).json()["id"]
        events = await on.follow(id)
        names = [name for name, _ in events]
        assert names[names.index("fallback") :] == ["fallback", *["segment"] * 4, "ready"]
        track = (await on.get(f"/tracks/{id}")).json()
        assert (track["id"], track["asked"], track["voice"]["id"]) == (id, "far", "hummer")
        assert track["fallback"]["from"] == "far"
        assert set(track["fallback"]["reason"]) == {"zh", "zh-Hant", "en"}
        for name in ("audio", "timeline", "captions"):
            own, given = await on.get(f"/tracks/{id}{track[name][track[name].index('.') :]}"), await on.get(track[name])
            assert own.status_code == given.status_code == 200
            assert own.headers["cache-control"] == "no-store"
        assert (await on.get(f"/tracks/{id}.json")).json()["fallback"] == track["fallback"]
        for segment in track["segments"]:
            assert (await on.get(segment["href"])).status_code == 200


async def test_a_failed_track_says_why_and_its_finished_segments_play() -> None:
    async with site() as on:
        on.near.errors["第二句"] = SpeechFailed(sentence="第二句！")
        id = (await on.ask()).json()["id"]
        name, track = (await on.follow(id))[-1]
        assert (name, track["state"]) == ("failed", "failed")
        assert track["problem"] == {
            "type": "/problems/speech-failed",
            "title": "Speech failed",
            "status": 500,
            "detail": "这一句没能读出来：“第二句！”。请换一个声音再试。",
            "zh": "这一句没能读出来：“第二句！”。请换一个声音再试。",
            "zh-Hant": "這一句沒能讀出來：「第二句！」。請換一個聲音再試。",
            "en": "This sentence could not be spoken: “第二句！”. Try another voice.",
        }
        assert (await on.get(f"/tracks/{id}/segments/1.mp3")).status_code == 200
        assert (await on.get(f"/tracks/{id}/segments/2.mp3")).status_code == 404
        assert (await on.get(f"/tracks/{id}.mp3")).status_code == 409
        on.near.errors.clear()
        assert (await on.ask()).status_code == 202
        assert (await on.follow(id))[-1][0] == "ready"


async def test_the_stream_is_kept_alive_and_ends_with_its_listener(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tracks, "_HEARTBEAT", 0.02)
    async with site() as on:
        on.near.gate.clear()
        id = (await on.ask()).json()["id"]
        async with on.client.stream("GET", f"/tracks/{id}/events") as stream:
            async for text in stream.aiter_text():
                assert text == ": still here\n\n"
                break
        on.near.gate.set()
        assert (await on.follow(id))[-1][0] == "ready"


async def test_voices() -> None:
    async with site() as on:
        voices = (await on.get("/voices")).json()
        assert [voice["id"] for voice in voices] == ["whistler", "hummer", "far"]
        assert [voice["online"] for voice in voices if "online" in voice][-1] is True


@pytest.mark.parametrize(
    ("method", "path", "options", "status", "slug"),
    [
        ("POST", f"/articles/{THREE.id}/tracks", {"json": {"voice": "nobody"}}, 422, "unknown-voice"),
        ("POST", f"/articles/{THREE.id}/tracks", {"json": {"voice": 7}}, 400, "bad-request"),
        ("POST", f"/articles/{THREE.id}/tracks", {"json": {"rate": 9}}, 400, "rate-not-spoken"),
        ("POST", f"/articles/{THREE.id}/tracks", {"content": b"{"}, 400, "bad-request"),
        ("POST", f"/articles/{THREE.id}/tracks", {"content": b"\xff\xfe"}, 400, "bad-request"),
        ("POST", f"/articles/{THREE.id}/tracks", {"data": {"voice": "nobody"}}, 422, "unknown-voice"),
        ("POST", f"/articles/{THREE.id}/tracks", {"content": b" " * (2 << 20)}, 413, "too-large"),
        ("POST", "/articles/none/tracks", {}, 404, "article-not-found"),
        ("GET", "/tracks/none", {}, 404, "track-not-found"),
        ("GET", "/tracks/" + "a" * 26, {}, 404, "track-not-found"),
        ("GET", "/tracks/" + "a" * 400, {}, 404, "track-not-found"),
        ("GET", "/tracks/none/events", {}, 404, "track-not-found"),
        ("GET", "/tracks/none/segments/0.mp3", {}, 404, "track-not-found"),
        ("GET", "/tracks/none.mp3", {}, 404, "track-not-found"),
        ("GET", "/tracks/none.json", {}, 404, "track-not-found"),
        ("GET", "/tracks/none.vtt", {}, 404, "track-not-found"),
        ("GET", "/tracks/none.words.vtt", {}, 404, "track-not-found"),
        ("GET", "/tracks/none.vtt?script=klingon", {}, 400, "unknown-script"),
        ("DELETE", "/tracks/none", {}, 405, "method-not-allowed"),
    ],
)
async def test_every_refusal_is_clear_and_the_next_request_works(
    method: str, path: str, options: dict[str, object], status: int, slug: str
) -> None:
    async with site() as on:
        reply = await on.client.request(method, path, **options)  # type: ignore[arg-type]
        assert reply.status_code == status, reply.text
        assert reply.headers["content-type"] == "application/problem+json"
        assert reply.json()["type"] == f"/problems/{slug}"
        assert (await on.ask()).status_code == 202


async def test_not_ready_and_busy_say_when_to_come_back() -> None:
    async with site(tracks=1, wait=0.02) as on:
        on.near.gate.clear()
        id = (await on.ask()).json()["id"]
        for path in (f"/tracks/{id}.mp3", f"/tracks/{id}.json", f"/tracks/{id}.vtt", f"/tracks/{id}/segments/0.mp3"):
            reply = await on.get(path)
            assert (reply.status_code, reply.json()["type"]) == (409, "/problems/track-not-ready")
            assert int(reply.headers["retry-after"]) > 0
        other = article("另一篇。")
        on.at.articles[other.id] = other
        busy = await on.client.post(f"/articles/{other.id}/tracks", json={})
        assert (busy.status_code, busy.json()["type"]) == (503, "/problems/busy")
        assert int(busy.headers["retry-after"]) > 0
