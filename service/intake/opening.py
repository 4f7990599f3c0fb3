"""Opening: from an address to the whole article there, all its pages fetched, read and joined."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from urllib.parse import urlsplit

import msgspec

from service.article import Article
from service.errors import BrokenReply, ChangduError
from service.intake.document import Document
from service.intake.fetch import Fetched, Fetcher
from service.intake.freshness import Lifetime, Validators
from service.intake.pagination import PAGES, counts_on, goes_on, is_page, joined, repeats
from service.intake.reader import Page
from service.settings import Settings


class Leaf(msgspec.Struct, frozen=True, kw_only=True):
    """One page of an article: the address it was asked for by, and what its server said of it."""

    address: str
    validators: Validators
    lifetime: Lifetime


class Opened(msgspec.Struct, frozen=True, kw_only=True):
    """`article` is None where no page has changed; `leaves` is empty where a page is missing that may come later.

    `url` is where redirects ended.
    """

    url: str
    article: Article | None
    leaves: tuple[Leaf, ...]
    storable: bool


class _Part(msgspec.Struct, frozen=True, kw_only=True):
    leaf: Leaf
    url: str
    page: Page
    size: int


class Opener:
    """Opens articles; `read` reads a document elsewhere, under a time limit of its own."""

    def __init__(self, settings: Settings, fetcher: Fetcher, read: Callable[[Document], Awaitable[Page]]) -> None:
        self._seconds = settings.fetch_seconds
        self._limit = settings.fetch_limit_mb << 20
        self._fetcher = fetcher
        self._read = read

    async def open(self, url: str, known: Sequence[Leaf] = ()) -> Opened:
        """The article at `url`, or that none of its `known` pages has changed; raises what fetching and reading raise.

        The pages after the first have together as much time, and all of them as many bytes, as one address. Where that
        is not enough, or a page fails, the article ends with a link to it.
        """
        fetched = await self._fetcher.fetch(url, known=known[0].validators if known else None)
        if fetched.document is None:
            if leaves := await self._unchanged(fetched, known):
                storable = all(leaf.lifetime.storable for leaf in leaves)
                return Opened(url=fetched.url, article=None, leaves=leaves, storable=storable)
            fetched = await self._fetcher.fetch(url)
        first = await self._part(url, fetched)
        parts, missing = [first], None
        if first.page.article.kind == "article":
            missing = await self._follow(parts)
        article, source = first.page.article, first.page.hints.canonical or first.page.article.source
        if len(parts) > 1 or missing or source != article.source:
            article = joined([part.page.article for part in parts], source, missing)
        return Opened(
            url=fetched.url,
            article=article,
            leaves=() if missing else tuple(part.leaf for part in parts),
            storable=all(part.leaf.lifetime.storable for part in parts),
        )

    async def _unchanged(self, first: Fetched, known: Sequence[Leaf]) -> tuple[Leaf, ...]:
        """The known pages, made fresh by what their servers say now; none where one has changed."""
        leaves = [_freshened(known[0], first)]
        for leaf in known[1:]:
            fetched = await self._fetcher.fetch(leaf.address, known=leaf.validators)
            if fetched.document is not None:
                return ()
            leaves.append(_freshened(leaf, fetched))
        return tuple(leaves)

    async def _follow(self, parts: list[_Part]) -> str | None:
        """Append the pages after the first; the address of the next one, where it certainly is one and is not had."""
        deadline = asyncio.get_running_loop().time() + self._seconds
        while (following := _following(parts)) is not None:
            address, certain = following
            left = self._limit - sum(part.size for part in parts)
            if left <= 0 or len(parts) == PAGES:
                return address if certain else None
            try:
                async with asyncio.timeout_at(deadline):
                    fetched = await self._fetcher.fetch(address)
                part = await self._part(address, fetched)
            except (ChangduError, TimeoutError):
                return address if certain else None
            if not _belongs(parts, part, certain):
                return None
            parts.append(part)
        return None

    async def _part(self, address: str, fetched: Fetched) -> _Part:
        if fetched.document is None:
            raise BrokenReply(host=urlsplit(fetched.url).hostname or "")
        page = await self._read(fetched.document)
        storable = fetched.lifetime.storable and page.hints.storable
        lifetime = msgspec.structs.replace(fetched.lifetime, storable=storable)
        leaf = Leaf(address=address, validators=fetched.validators, lifetime=lifetime)
        return _Part(leaf=leaf, url=fetched.url, page=page, size=len(fetched.document.body))


def freshness(leaves: Sequence[Leaf], unsaid: int) -> int:
    """Seconds for which an article is fresh: the fewest of its pages'. One that says nothing counts as `unsaid`."""
    return min((unsaid if leaf.lifetime.seconds is None else leaf.lifetime.seconds for leaf in leaves), default=0)


def _freshened(leaf: Leaf, fetched: Fetched) -> Leaf:
    """RFC 9111 4.3.4: what a 304 does not say stays as it was."""
    old, new = leaf.validators, fetched.validators
    said = fetched.lifetime
    return Leaf(
        address=leaf.address,
        validators=Validators(etag=new.etag or old.etag, last_modified=new.last_modified or old.last_modified),
        lifetime=leaf.lifetime if said.seconds is None and said.storable else said,
    )


def _following(parts: Sequence[_Part]) -> tuple[str, bool] | None:
    """The address of the next page, and whether it is certain by its spelling."""
    hints = parts[-1].page.hints
    for address in (hints.linked, hints.paged):
        if address and is_page(parts[0].url, address, len(parts) + 1):
            return address, True
    if hints.linked:
        return hints.linked, False
    # Whoever opens the second page reads on from there.
    return (hints.paged, False) if hints.paged and counts_on(parts[-1].url, hints.paged) else None


def _belongs(parts: Sequence[_Part], part: _Part, certain: bool) -> bool:
    """Whether a page is part of the article: on its host, of its title unless it is certain, and not one it has."""
    articles = [one.page.article for one in parts]
    here, there = (urlsplit(one.url).netloc.lower() for one in (parts[0], part))
    return (
        here == there
        and part.page.article.kind == "article"
        and (certain or goes_on(articles[0], part.page.article))
        and not repeats(articles, part.page.article)
    )
