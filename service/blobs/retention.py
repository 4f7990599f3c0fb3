"""Retention: what of the store is let go when it grows beyond its limits, least recently used first."""

import asyncio
import logging
import time
from collections import defaultdict
from collections.abc import Iterable
from typing import Final

import msgspec

from service.blobs.store import REFRESH, Blobs, Entry
from service.settings import Settings

SPARED: Final = 2 * REFRESH
"""Seconds: whatever is served has been used since then, so it is never let go while somebody reads or listens."""

KINDS: Final = ("articles", "visits", "pages", "segments", "tracks")
_EVERY: Final = 3600  # seconds between two looks at the limits
_REMADE: Final = ("pages", "segments", "tracks")  # from what else is stored: these make room, an article does not

_log = logging.getLogger(__name__)


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """`bytes` that pages, segments and tracks may take, and `seconds` for which anything is kept unused; None for ever."""

    bytes: int | None = None
    seconds: float | None = None

    @classmethod
    def of(cls, settings: Settings) -> "Limits":
        gigabytes, days = settings.keep_gb, settings.keep_days
        return cls(
            bytes=None if gigabytes is None else int(gigabytes * 1e9), seconds=None if days is None else days * 86400
        )

    @property
    def keep_all(self) -> bool:
        return self.bytes is None and self.seconds is None


class Holding(msgspec.Struct, frozen=True, kw_only=True):
    """What the store holds of one kind. `oldest` use is in seconds since 1970."""

    kind: str
    count: int
    bytes: int
    oldest: float | None


def condemned(entries: Iterable[Entry], limits: Limits, now: float) -> list[Entry]:
    """What has to go, records before what they name. Blobs that belong together go together or stay."""
    groups: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        groups[belongs_to(entry.key)].append(entry)
    going: list[Entry] = []
    excess = sum(e.bytes for group in groups.values() for e in group if _kind(e.key) in _REMADE)
    excess -= limits.bytes if limits.bytes is not None else excess
    for group in sorted(groups.values(), key=_used):
        if _used(group) > now - SPARED:
            break
        size = sum(entry.bytes for entry in group)
        remade = _kind(group[0].key) in _REMADE
        if (limits.seconds is not None and _used(group) < now - limits.seconds) or (remade and excess > 0):
            going += sorted(group, key=lambda entry: not entry.key.endswith(".json"))
            excess -= size if remade else 0
    return going


async def clean(blobs: Blobs, limits: Limits, now: float) -> int:
    """Let go of what is condemned; returns the bytes that were freed."""
    if limits.keep_all:
        return 0
    going = condemned([entry for kind in KINDS for entry in await blobs.entries(f"{kind}/")], limits, now)
    for entry in going:
        await blobs.delete(entry.key)
    return sum(entry.bytes for entry in going)


async def watch(blobs: Blobs, limits: Limits) -> None:
    """Clean now and then, for as long as the service runs."""
    while not limits.keep_all:
        try:
            freed = await clean(blobs, limits, time.time())
            _log.info("store: %d MB let go", freed >> 20)
        except Exception:  # a store that is away now may be back the next time
            _log.exception("the store was not cleaned")
        await asyncio.sleep(_EVERY)


async def holdings(blobs: Blobs) -> list[Holding]:
    """What is stored, by kind."""
    found = []
    for kind in KINDS:
        entries = await blobs.entries(f"{kind}/")
        oldest = min((entry.used for entry in entries), default=None)
        found.append(Holding(kind=kind, count=len(entries), bytes=sum(e.bytes for e in entries), oldest=oldest))
    return found


def _kind(key: str) -> str:
    return key.partition("/")[0]


def belongs_to(key: str) -> str:
    """A segment's sound and record, a page and its compressed form, all of a track: their keys up to the first dot."""
    folder, _, name = key.rpartition("/")
    if folder.startswith("pages/"):
        return key.removesuffix(".br")
    return f"{folder}/{name.partition('.')[0]}"


def _used(group: list[Entry]) -> float:
    return max(entry.used for entry in group)
