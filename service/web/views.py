"""Routes of an article's two pages: rendered once, stored, and served from memory while they are read often."""

import hashlib
import re
from collections import Counter
from collections.abc import Set as AbstractSet
from functools import lru_cache
from typing import Final

import msgspec
from cachetools import TTLCache
from starlette.requests import Request
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from service.article import Article
from service.blobs.pages import StoredPage, press_once
from service.errors import NotAcceptable, TrackNotFound
from service.jobs.once import Once
from service.library import Library
from service.speech.studio import Studio
from service.speech.voice import Voice
from service.text.edition import Readings
from service.web.negotiation import text_script
from service.web.pages import Pages
from service.web.palette import own_style
from service.web.preferences import CHOSEN_SCRIPTS, DEFAULT, Choices, ChosenScript, parse
from service.web.responses import matches
from service.web.security import page_headers

RawHeaders = tuple[tuple[bytes, bytes], ...]

_REMEMBERED: Final = 60.0  # seconds after which a page is looked for anew: its words may have been changed
_MEMORY: Final = 32 << 20  # bytes of pages kept ready to send
_STORED_SCRIPT: Final = re.compile(rb"(?:^|; )changdu\.script=([A-Za-z-]+)")

_Asked = ChosenScript | None
_Headers = dict[bytes, bytes]
_Key = tuple[str, bytes, _Asked]
_STORED: Final = frozenset({"view", "script", "theme", "size", "spacing"})
"""The choices whose every combination is worth storing: few values each, and shared by many readers."""


class _Ready(msgspec.Struct, frozen=True):
    """A page as it goes out: headers without and with brotli, and what both share; `storable` if caches may keep it."""

    page: StoredPage
    storable: bool
    plain: RawHeaders
    brotli: RawHeaders
    unchanged: RawHeaders


class Views:
    """`/articles/{id}/{view}`, where every choice of the reader is in the query.

    An address without `script` is the negotiating one: it answers with the variant that the reader chose before, or
    that Accept-Language asks for.
    """

    def __init__(self, library: Library, pages: Pages, studio: Studio) -> None:
        self._library = library
        self._pages = pages
        self._studio = studio
        self._memory: TTLCache[_Key, _Ready] = TTLCache(
            maxsize=_MEMORY, ttl=_REMEMBERED, getsizeof=lambda ready: len(ready.page.html) + len(ready.page.brotli)
        )
        self.sources: Counter[str] = Counter()
        self._rendering: Once[str, StoredPage] = Once()
        voices = ",".join(voice.id for voice in studio.catalogue.voices)
        self._version = _digest(f"{pages.version} {voices}")

    def routes(self) -> list[Route]:
        return [Route("/articles/{id}/{view}", self, methods=["GET"], name="view")]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request, headers = Request(scope), dict(scope["headers"])
        choices = parse(request.query_params, request.path_params["view"])
        ready = await self._make(request, request.path_params["id"], choices)
        if ready.storable:
            self._memory[_key(scope, headers)] = ready
        await _send(ready, scope["method"], headers, send)

    async def send(self, request: Request, send: Send, id: str, choices: Choices, way: str) -> None:
        """The page of an article where it stands in the gateway: caches ask again each time, for it may have changed."""
        ready = await self._make(request, id, choices, way)
        await _send(ready, request.method, dict(request.scope["headers"]), send)

    def forget(self, articles: AbstractSet[str]) -> None:
        """Keep no page of these articles, ids, in memory."""
        for key in [key for key in self._memory if key[0].split("/")[2:3] and key[0].split("/")[2] in articles]:
            del self._memory[key]

    def remembering(self, app: ASGIApp) -> ASGIApp:
        """Middleware that answers for a page kept in memory before any route is looked for."""

        async def remembered(scope: Scope, receive: Receive, send: Send) -> None:
            ready = None
            if scope["type"] == "http" and scope["method"] in ("GET", "HEAD"):
                headers = dict(scope["headers"])
                ready = self._memory.get(_key(scope, headers))
            if ready is None or not _takes_html(headers.get(b"accept", b"")):
                await app(scope, receive, send)
            else:
                self.sources["memory"] += 1
                await _send(ready, scope["method"], headers, send)

        return remembered

    async def _make(self, request: Request, id: str, choices: Choices, way: str | None = None) -> _Ready:
        if not _takes_html(request.headers.get("accept", "").encode("latin-1")):
            raise NotAcceptable
        chosen = await self._negotiated(id, choices, request.scope)
        edition = await self._edition(id, chosen)
        lent = await self._library.loans.has(id)
        changed = {name for name in chosen.__struct_fields__ if getattr(chosen, name) != getattr(DEFAULT, name)}
        if changed <= _STORED and not lent:
            page = await self._stored(id, edition, chosen, way)
        else:
            page = press_once(await self._render(edition, chosen, way))
        storable = chosen.track is None and not lent
        headers = {
            "Content-Language": edition.language,
            "Cache-Control": ("no-cache" if way else "public, max-age=3600") if storable else "no-store",
            "Vary": "Accept-Encoding",
            **page_headers(own_style(chosen)),
        }
        if choices.script is None and edition.language.startswith("zh"):
            headers["Vary"] += ", Accept-Language, Cookie"
        if chosen != choices:
            headers["Content-Location"] = chosen.query()
        return _ready(page, headers, storable=storable)

    async def store(self, id: str, choices: Choices) -> None:
        """Render and store a page for readers to come; its choices are among those that are stored."""
        await self._stored(id, await self._edition(id, choices), choices, None)

    async def _stored(self, id: str, edition: Article, choices: Choices, way: str | None) -> StoredPage:
        version = _digest(self._version + self._library.lexicon(edition, choices.converted).version)
        parts = (choices.script or "source", choices.theme, str(choices.size), choices.spacing, version)
        key = ".".join((f"{id}/{choices.view}", *parts, *([_digest(way)] if way else ())))

        async def make() -> StoredPage:
            page = await self._library.pages.get(key)
            self.sources["store" if page else "made"] += 1
            return page or await self._library.pages.put(key, await self._render(edition, choices, way))

        return await self._rendering.run(key, make)

    async def _edition(self, id: str, choices: Choices) -> Article:
        """What the reader chose to see; who hears the page is told the readings that the characters leave open."""
        readings: Readings = "all" if choices.pinyin else "doubtful" if choices.view == "accessible" else "none"
        return await self._library.edition(id, choices.converted, readings=readings)

    async def _negotiated(self, id: str, choices: Choices, scope: Scope) -> Choices:
        """The choices with the script that the browser asks for, where the reader has made no choice of their own."""
        headers = dict(scope["headers"])
        script = None if choices.script else _asked(headers)
        if script is None:
            return choices
        language = (await self._library.article(id)).language
        return choices.change(script=script) if language.startswith("zh") and language != script else choices

    async def _render(self, edition: Article, choices: Choices, way: str | None) -> str:
        track = None
        if choices.track is not None:
            try:
                track = msgspec.to_builtins(await self._studio.get(choices.track))
            except TrackNotFound:
                track = None  # the page is still good: its button makes the reading anew
        voices = self._voices(edition.language)
        return self._pages.article(choices.view, edition, choices, track=track, voices=voices, way=way)

    def _voices(self, language: str) -> tuple[Voice, ...]:
        spoken = language.partition("-")[0]
        return tuple(voice for voice in self._studio.catalogue.voices if voice.locale.partition("-")[0] == spoken)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


async def _send(ready: _Ready, method: str, asked: _Headers, send: Send) -> None:
    known = asked.get(b"if-none-match")
    if known and matches(known.decode("latin-1"), ready.page.etag):
        status, headers, body = 304, ready.unchanged, b""
    elif b"br" in asked.get(b"accept-encoding", b""):
        status, headers, body = 200, ready.brotli, ready.page.brotli
    else:
        status, headers, body = 200, ready.plain, ready.page.html
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": b"" if method == "HEAD" else body})


def _key(scope: Scope, asked: _Headers) -> _Key:
    """What decides which page goes out."""
    return scope["path"], scope["query_string"], _asked(asked)


def _asked(headers: _Headers) -> _Asked:
    return _asked_script(headers.get(b"cookie", b""), headers.get(b"accept-language", b""))


@lru_cache(maxsize=1024)
def _asked_script(cookie: bytes, languages: bytes) -> _Asked:
    """The script this reader chose before, which the elder view keeps in a cookie, or what their browser asks for."""
    kept = _STORED_SCRIPT.search(cookie)
    chosen = next((script for script in CHOSEN_SCRIPTS if kept and script == kept[1].decode()), None)
    return chosen or text_script(languages.decode("latin-1"))


def _takes_html(accept: bytes) -> bool:
    if b"html" in accept or b"*/*" in accept or accept == b"":
        return True
    kinds = {part.partition(b";")[0].strip().lower() for part in accept.split(b",")}
    return b"text/*" in kinds


def _ready(page: StoredPage, headers: dict[str, str], *, storable: bool) -> _Ready:
    shared = {"ETag": page.etag, **headers}
    kind = {"Content-Type": "text/html; charset=utf-8"}
    return _Ready(
        page=page,
        storable=storable,
        plain=_raw({**kind, "Content-Length": str(len(page.html)), **shared}),
        brotli=_raw({**kind, "Content-Length": str(len(page.brotli)), "Content-Encoding": "br", **shared}),
        unchanged=_raw(shared),
    )


def _raw(headers: dict[str, str]) -> RawHeaders:
    return tuple((name.lower().encode(), value.encode("latin-1")) for name, value in headers.items())
