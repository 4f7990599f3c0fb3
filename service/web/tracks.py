"""Routes of tracks: have an article read, follow the making, and play or download what is made."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable
from contextlib import aclosing
from typing import Annotated, Final
from urllib.parse import quote

import msgspec
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

from service.article import Article
from service.blobs.store import Blobs
from service.errors import BadRequest, RecordingsOff, SegmentNotFound, TrackNotReady
from service.push.keys import authorise
from service.sites import Sites
from service.speech.assembly import Kind
from service.speech.events import Event
from service.speech.studio import RATES, Studio
from service.speech.track import Track
from service.text.scripts import Script
from service.web import bodies
from service.web.preferences import parse, script_named
from service.web.responses import BlobResponse

_BODY_MB: Final = 1
_NAME: Final = 40  # characters of a reader's name that are kept
_HEARTBEAT: Final = 15.0  # seconds of silence after which proxies would close an event stream
_MEDIA_TYPES: Final[dict[Kind, str]] = {
    "mp3": "audio/mpeg",
    "opus": "audio/ogg; codecs=opus",
    "json": "application/json",
    "vtt": "text/vtt; charset=utf-8",
    "words.vtt": "text/vtt; charset=utf-8",
}
_FOREVER: Final = "public, max-age=31536000, immutable"


class Wish(msgspec.Struct, frozen=True, kw_only=True):
    """What a reading is asked for with; each is the service's default where it is left out.

    `rate` is how fast the voice speaks, within `studio.RATES`; a page's `rate` is how fast the player plays.
    """

    voice: str | None = None
    rate: Annotated[float, msgspec.Meta(extra_json_schema={"minimum": RATES[0], "maximum": RATES[1]})] = 1.0


class Tracks:
    """`recordings_mb` bounds a recording that a person sends; 0 takes none.

    Where a profile of `sites` has a key, the key of the article's site is asked for.
    """

    def __init__(
        self,
        studio: Studio,
        find: Callable[[str], Awaitable[Article]],
        blobs: Blobs,
        sites: Sites,
        recordings_mb: int,
    ) -> None:
        self._studio = studio
        self._recordings_mb = recordings_mb
        self._find = find
        self._blobs = blobs
        self._sites = sites

    def routes(self) -> list[Route]:
        return [
            Route("/articles/{id}/tracks", self.create, methods=["POST"]),
            Route("/tracks/{id}.mp3", self.sound, methods=["GET"]),
            Route("/tracks/{id}.opus", self.opus, methods=["GET"]),
            Route("/tracks/{id}.json", self.timeline, methods=["GET"]),
            Route("/tracks/{id}.words.vtt", self.words, methods=["GET"]),
            Route("/tracks/{id}.vtt", self.captions, methods=["GET"]),
            Route("/tracks/{id}/events", self.events, methods=["GET"]),
            Route("/tracks/{id}/segments/{n:int}.mp3", self.segment, methods=["GET"]),
            Route("/tracks/{id}", self.show, methods=["GET"]),
            Route("/voices", self.voices, methods=["GET"]),
        ]

    async def create(self, request: Request) -> Response:
        """200 with a finished track, 202 with one being made; a form is sent back to the page it stood in.

        201 with the track that a recording in the body has become, where those are taken.
        """
        article = await self._find(request.path_params["id"])
        kind, _ = bodies.media_type(request)
        if kind is not None and kind.startswith("audio/"):
            return await self._narrate(request, article)
        if kind in bodies.FORMS:
            async with bodies.form(request, _BODY_MB) as fields:
                words = {name: value for name, value in fields.items() if isinstance(value, str)}
            choices = parse(words, words.get("view") or "elder")
            track = await self._studio.open(article, choices.voice)
            way = words.get("way")
            page = f"/{choices.view}/{way}" if way else f"/articles/{article.id}/{choices.view}"
            return RedirectResponse(f"{page}{choices.change(track=track.id).query()}#listen", status_code=303)
        body = await bodies.raw(request, _BODY_MB)
        try:
            wish = msgspec.json.decode(body, type=Wish) if body.strip() else Wish()
        except (msgspec.DecodeError, UnicodeDecodeError):
            raise BadRequest(what='expected {"voice": "…"}') from None
        track = await self._studio.open(article, wish.voice, wish.rate)
        status = 200 if track.state == "ready" else 202
        return _json(track, status, {"Location": f"/tracks/{track.id}"})

    async def _narrate(self, request: Request, article: Article) -> Response:
        if not self._recordings_mb:
            raise RecordingsOff
        if self._sites.keyed:
            authorise(self._sites, request.headers.get("authorization"), article.source or article.title)
        reader = request.query_params.get("reader", "").strip()[:_NAME] or "真人朗读"
        track = await self._studio.archive.narrate(article, await bodies.raw(request, self._recordings_mb), reader)
        return _json(track, 201, {"Location": f"/tracks/{track.id}"})

    async def show(self, request: Request) -> Response:
        return _json(await self._studio.get(request.path_params["id"]), 200, {})

    async def events(self, request: Request) -> Response:
        """Server-sent events (WHATWG HTML 9.2): `segment`, `fallback`, and at the end `ready` or `failed`."""
        id = request.path_params["id"]
        await self._studio.get(id)
        headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
        return StreamingResponse(_stream(self._studio.events(id)), headers=headers, media_type="text/event-stream")

    async def segment(self, request: Request) -> Response:
        key = await self._studio.segment(request.path_params["id"], request.path_params["n"])
        tag = f'"{key.rpartition("/")[2].removesuffix(".mp3")[-33:]}"'
        return BlobResponse(
            self._blobs,
            key,
            media_type="audio/mpeg",
            etag=tag,
            headers={"Cache-Control": _FOREVER},
            missing=SegmentNotFound(),
        )

    async def sound(self, request: Request) -> Response:
        """The whole sound; with `?download=1` as a file that has the article's title for its name (RFC 6266)."""
        if not request.query_params.get("download"):
            return await self._joined(request, "mp3")
        track = await self._studio.get(request.path_params["id"])
        title = (await self._find(track.article)).title.strip() or track.id
        return await self._joined(request, "mp3", f"attachment; filename*=UTF-8''{quote(title[:80], safe='')}.mp3")

    async def opus(self, request: Request) -> Response:
        return await self._joined(request, "opus")

    async def timeline(self, request: Request) -> Response:
        return await self._joined(request, "json")

    async def captions(self, request: Request) -> Response:
        return await self._joined(request, "vtt")

    async def words(self, request: Request) -> Response:
        """For `<track kind="metadata">` in a page that plays the sound by itself."""
        return await self._joined(request, "words.vtt")

    async def voices(self, request: Request) -> Response:
        body = msgspec.json.encode(self._studio.catalogue.voices)
        return Response(body, headers={"Cache-Control": "public, max-age=3600"}, media_type="application/json")

    async def _joined(self, request: Request, kind: Kind, disposition: str = "inline") -> Response:
        id = request.path_params["id"]
        key = await self._studio.joined(id, kind, _script(request))
        return BlobResponse(
            self._blobs,
            key,
            media_type=_MEDIA_TYPES[kind],
            etag=f'"{key.partition("/")[2]}"',
            headers={
                "Cache-Control": "public, max-age=86400" if key.startswith(f"tracks/{id}.") else "no-store",
                "Content-Disposition": disposition,
            },
            missing=TrackNotReady(done=0, total=1),
        )


def _script(request: Request) -> Script | None:
    asked = request.query_params.get("script")
    return script_named(asked) if asked else None


def _json(track: Track, status: int, headers: dict[str, str]) -> Response:
    headers = {"Cache-Control": "no-store", **headers}
    return Response(msgspec.json.encode(track), status_code=status, headers=headers, media_type="application/json")


async def _stream(events: AsyncGenerator[Event, None]) -> AsyncIterator[bytes]:
    """Each event as its lines; a comment where nothing happens for a while, so that the connection is kept."""
    async with aclosing(events):
        coming: asyncio.Task[Event | None] | None = None
        try:
            while True:
                coming = coming or asyncio.create_task(_next(events))
                done, _ = await asyncio.wait([coming], timeout=_HEARTBEAT)
                if not done:
                    yield b": still here\n\n"
                    continue
                event, coming = coming.result(), None
                if event is None:
                    return
                yield b"event: %s\ndata: %s\n\n" % (event.kind.encode(), msgspec.json.encode(event.data))
        finally:
            if coming is not None:
                coming.cancel()
                await asyncio.wait([coming])


async def _next(events: AsyncGenerator[Event, None]) -> Event | None:
    return await anext(events, None)
