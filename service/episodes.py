"""Episodes: the readings of each site's articles that are ready, for its feeds."""

import hashlib
from typing import Final
from urllib.parse import quote, urlsplit

import msgspec

from service.blobs.store import Blobs
from service.sites import Site

NEWEST: Final = 100
"""Episodes of a feed."""


class Episode(msgspec.Struct, frozen=True, kw_only=True):
    """`at` is when its reading was ready, in seconds since 1970."""

    source: str
    article: str
    track: str
    at: float


class Episodes:
    """One record for each address, so that a page that has changed stands in a feed once, as it is now."""

    def __init__(self, blobs: Blobs) -> None:
        self._blobs = blobs

    async def add(self, site: Site, episode: Episode) -> None:
        name = hashlib.sha256(episode.source.encode()).hexdigest()
        await self._blobs.put(f"{_folder(site)}{name}.json", msgspec.json.encode(episode))

    async def of(self, site: Site, section: str = "/") -> list[Episode]:
        """The newest of a site, or of the part of it whose paths begin with `section`."""
        found = [await self._blobs.record(key, Episode) for key in await self._blobs.keys(_folder(site))]
        within = [each for each in found if each and urlsplit(each.source).path.startswith(section)]
        return sorted(within, key=lambda each: each.at, reverse=True)[:NEWEST]


def _folder(site: Site) -> str:
    return f"episodes/{quote(urlsplit(site.home).netloc, safe='.')}/"
