"""Visits: what addresses gave the last time, the one record of the store that changes."""

import hashlib
import time

import msgspec

from service.blobs.store import Blobs
from service.intake.opening import Leaf, Opened, freshness
from service.sites import Sites
from service.versions import rules


class Visit(msgspec.Struct, frozen=True, kw_only=True):
    """The article at an address, and where its redirects ended. `at` is in seconds since 1970."""

    article: str
    url: str
    at: float
    leaves: tuple[Leaf, ...]


class Visits:
    """By other rules than a visit was made by, or with another profile, there was none.

    `seconds` is how long a page counts as fresh that says nothing of it.
    """

    def __init__(self, blobs: Blobs, sites: Sites, seconds: int) -> None:
        self._blobs = blobs
        self._sites = sites
        self._seconds = seconds
        self._rules = rules("intake")

    def key(self, url: str) -> str:
        """Where the visit to an address is stored."""
        site = self._sites.of(url)
        known = f"{url} {self._rules} {site.version if site else ''}"
        digest = hashlib.sha256(known.encode("utf-8", "surrogatepass")).hexdigest()
        return f"visits/{digest[:2]}/{digest}.json"

    async def get(self, url: str) -> Visit | None:
        return await self._blobs.record(self.key(url), Visit)

    def fresh(self, visit: Visit) -> bool:
        """Whether its source need not be asked again yet."""
        return time.time() < visit.at + freshness(visit.leaves, self._seconds)

    async def put(self, url: str, article: str, opened: Opened) -> None:
        """Remember what an address has given, unless its source asks that nothing be kept."""
        if not (opened.storable and opened.leaves):
            await self.forget(url)
            return
        visit = Visit(article=article, url=opened.url, at=time.time(), leaves=opened.leaves)
        await self._blobs.put(self.key(url), msgspec.json.encode(visit))

    async def forget(self, url: str) -> None:
        await self._blobs.delete(self.key(url))
