"""Preparing: a whole back catalogue read, rendered and spoken before anybody asks, and taken up where it stopped."""

import asyncio
import hashlib
import time
from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from typing import Final, Protocol
from urllib.parse import quote, urlsplit

import msgspec

from service.app import House
from service.article import Article, Item, ListBlock, Paragraph, make_article
from service.errors import ChangduError
from service.export import export, speak, write
from service.inlines import Link, Text
from service.intake.backlog import backlog
from service.intake.document import Document
from service.sources import is_address, load
from service.text.scripts import Script
from service.web.preferences import VIEWS, Choices
from service.web.views import Views

_AT_ONCE: Final = 4  # articles
_SITEMAPS: Final = 1000  # files of one sitemap index
_NAME: Final = 80  # characters of a folder's name


class Order(msgspec.Struct, frozen=True, kw_only=True):
    """What is made of each article: pages in `scripts`, None for the article's own, and with `sound` a track.

    With `folder` it is written there as static files. `rate` is how many articles a second are asked of one host;
    `again` makes anew what an earlier run has made.
    """

    scripts: tuple[Script | None, ...] = (None,)
    sound: bool = True
    voice: str | None = None
    folder: Path | None = None
    rate: float = 1.0
    again: bool = False


class Prepared(msgspec.Struct, frozen=True, kw_only=True):
    """What came of one address: its article, or the sentence of what went wrong."""

    address: str
    article: str = ""
    title: str = ""
    problem: str = ""


class Told(Protocol):
    """Called after each address with what came of it; `count` of `total` are done, `before` in an earlier run."""

    def __call__(self, prepared: Prepared, count: int, total: int) -> None: ...


class Preparation:
    """One run over a backlog. What is done is noted in the store, so that the next run goes on from there."""

    def __init__(self, house: House, order: Order, told: Told) -> None:
        self._house = house
        self._order = order
        self._told = told
        self._views = Views(house.library, house.pages, house.studio)
        self._pace = _Pace(order.rate)
        self._places = asyncio.Semaphore(_AT_ONCE)

    async def run(self, source: str) -> list[Prepared]:
        """Everything in a sitemap, feed or list, an address or a file; raises where that itself cannot be read."""
        addresses = [address async for address in self._addresses(source)]
        count = 0

        async def one(address: str) -> Prepared:
            nonlocal count
            async with self._places:
                prepared = await self._prepared(address)
            count += 1
            self._told(prepared, count, len(addresses))
            return prepared

        done = list(await asyncio.gather(*map(one, addresses)))
        if self._order.folder is not None:
            await self._write_list(self._order.folder, done)
        return done

    async def _addresses(self, source: str) -> AsyncIterator[str]:
        seen: set[str] = set()
        sources = [source]
        for place in sources:
            found = backlog(await self._document(place))
            sources += [sitemap for sitemap in found.sitemaps if sitemap not in sources][: _SITEMAPS - len(sources)]
            for address in found.addresses:
                if address not in seen:
                    seen.add(address)
                    yield address

    async def _document(self, place: str) -> Document:
        if not is_address(place):
            return load(place)
        return await self._house.library.fetch(place)

    async def _prepared(self, address: str) -> Prepared:
        known = None if self._order.again else await self._house.blobs.record(self._note(address), Prepared)
        if known is not None and (self._order.folder is None or (self._order.folder / _name(address)).is_dir()):
            return known
        try:
            article = await self._make(address)
        except ChangduError as error:
            return Prepared(address=address, problem=error.sentence("zh"))
        prepared = Prepared(address=address, article=article.id, title=article.title)
        await self._house.blobs.put(self._note(address), msgspec.json.encode(prepared))
        return prepared

    async def _make(self, address: str) -> Article:
        order = self._order
        await self._pace.wait(urlsplit(address).hostname or "")
        article = (await self._house.library.open(address, again=order.again)).article
        track = await speak(self._house, article, order.voice, lane="bulk") if order.sound else None
        for script in order.scripts:
            if order.folder is None:
                for view in VIEWS:
                    await self._views.store(article.id, Choices(view=view, script=script))
            else:
                folder = order.folder / _name(address)
                folder = folder / script if script else folder
                await export(self._house, article, folder, view="elder", script=script, track=track)
        return article

    async def _write_list(self, folder: Path, done: Sequence[Prepared]) -> None:
        """`index.html`, a page of large links to every article that was written."""
        items = []
        for each in done:
            if not each.problem:
                link = Link(href=each.address, inlines=(Text(text=each.title),))
                items.append(Item(blocks=(Paragraph(inlines=(link,)),)))
        listed = make_article(title="文章", blocks=(ListBlock(ordered=False, items=tuple(items)),), kind="index")
        files = {f"{'index' if view == 'elder' else view}.html": view for view in VIEWS}
        beside = {each.address: f"{quote(_name(each.address))}/index.html" for each in done}
        pages = {
            name: self._house.pages.standalone(view, listed, Choices(view=view), beside=beside).encode()
            for name, view in files.items()
        }
        await asyncio.to_thread(write, folder, pages)

    def _note(self, address: str) -> str:
        order = self._order
        wanted = (order.scripts, order.sound, order.voice, str(order.folder or ""), self._house.pages.version)
        digest = hashlib.sha256(msgspec.json.encode((address, wanted))).hexdigest()
        return f"prepared/{digest[:2]}/{digest}.json"


class _Pace:
    """Lets one through for a host every `1 / rate` seconds."""

    def __init__(self, rate: float) -> None:
        self._between = 1 / rate
        self._next: dict[str, float] = {}

    async def wait(self, host: str) -> None:
        now = time.monotonic()
        mine = max(now, self._next.get(host, now))
        self._next[host] = mine + self._between
        await asyncio.sleep(mine - now)


def _name(address: str) -> str:
    """A folder for an address: what can be read of it, and a digest that tells it from all others."""
    parts = urlsplit(address)
    readable = "".join(char if char.isalnum() or char in "-._" else "-" for char in f"{parts.hostname}{parts.path}")
    return f"{readable[:_NAME].strip('-.')}-{hashlib.sha256(address.encode()).hexdigest()[:8]}"
