"""Blobs: immutable bytes under content-derived keys, in any store that obstore reaches by one address."""

import contextlib
import errno
import time
from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any, Final, TypeVar

import msgspec
import obstore
import stamina
from obstore.exceptions import BaseError, GenericError
from obstore.store import from_url

from service.errors import StorageFull, StoredByNewer, StoreUnavailable

T = TypeVar("T")

REFRESH: Final = 6 * 3600  # seconds
_ATTEMPTS = 4
_PATIENCE: Final[Any] = {"max_retries": 5, "retry_timeout": timedelta(seconds=10)}  # a reader waits for it


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """A blob as it is listed; `used` is when it was stored or last used, in seconds since 1970."""

    key: str
    bytes: int
    used: float


class Blobs:
    """One store. A put is whole or not at all; a key is never overwritten with other content.

    Whatever asks raises StoreUnavailable where the store cannot be reached.
    `address` is `memory://`, a folder, `file:///folder`, `s3://bucket/prefix`, `gs://…` or `az://…`.
    With `notes_use`, a blob's time is that of its last use, within `REFRESH` seconds: no store tells it otherwise.
    """

    def __init__(self, address: str, *, notes_use: bool = False) -> None:
        self._store: Any = _open(address)
        self._notes_use = notes_use

    async def get(self, key: str) -> bytes | None:
        """The bytes under a key, or None where nothing is stored."""
        try:
            with _reaching():
                found = await obstore.get_async(self._store, key)
                data = bytes(await found.bytes_async())
        except FileNotFoundError:
            return None
        if self._is_stale(found.meta):
            await self.put(key, data)
        return data

    async def record(self, key: str, kind: type[T]) -> T | None:
        """The value that is stored as JSON under a key; None where nothing is stored, or only a part of it.

        Raises StoredByNewer for what only a newer version of Changdu understands.
        """
        data = await self.get(key)
        try:
            return msgspec.json.decode(data, type=kind) if data else None
        except msgspec.ValidationError as error:
            raise StoredByNewer from error
        except (msgspec.DecodeError, UnicodeDecodeError):
            return None  # half a file, after a power cut, or a broken one: it is made again

    async def size(self, key: str) -> int | None:
        """Bytes under a key, or None where nothing is stored."""
        try:
            with _reaching():
                meta = await obstore.head_async(self._store, key)
        except FileNotFoundError:
            return None
        if self._is_stale(meta):
            await self.get(key)
        return int(meta["size"])

    async def get_range(self, key: str, start: int, end: int) -> bytes:
        """Bytes [start, end) under a key; raises FileNotFoundError where nothing is stored."""
        with _reaching():
            return bytes(await obstore.get_range_async(self._store, key, start=start, end=end))

    async def put(self, key: str, data: bytes | AsyncIterator[bytes]) -> None:
        """Store bytes, or pieces as they come, under a key; raises StorageFull, and then nothing is stored."""
        with _reaching():
            await self._put(key, data)

    async def keys(self, prefix: str) -> list[str]:
        """Every key in a folder such as `articles/`, in no order."""
        return [entry.key for entry in await self.entries(prefix)]

    async def entries(self, prefix: str) -> list[Entry]:
        """Every blob in a folder such as `articles/`, in no order."""
        with _reaching():
            return [
                Entry(key=meta["path"], bytes=meta["size"], used=meta["last_modified"].timestamp())
                async for page in obstore.list(self._store, prefix)
                for meta in page
            ]

    async def _put(self, key: str, data: bytes | AsyncIterator[bytes]) -> None:
        """A write that fails for no lasting reason is tried again; pieces that have been used up are not there again."""
        attempts = _ATTEMPTS if isinstance(data, bytes) else 1
        async for attempt in stamina.retry_context(on=_passes, attempts=attempts, timeout=None, wait_initial=0.05):
            with attempt:
                await obstore.put_async(self._store, key, data)

    async def delete(self, key: str) -> None:
        """Forget a key; nothing happens where nothing is stored."""
        with contextlib.suppress(FileNotFoundError), _reaching():
            await obstore.delete_async(self._store, key)

    def _is_stale(self, meta: Any) -> bool:
        return self._notes_use and time.time() - meta["last_modified"].timestamp() > REFRESH


def _open(address: str) -> Any:
    if "://" not in address:
        folder = Path(address).expanduser().resolve()
        folder.mkdir(parents=True, exist_ok=True)
        address = folder.as_uri()
    if address.startswith("file://"):
        return from_url(address, automatic_cleanup=True, mkdir=True)
    return from_url(address, retry_config=_PATIENCE) if address != "memory://" else from_url(address)


@contextlib.contextmanager
def _reaching() -> Iterator[None]:
    """What a store fails with, as errors of ours; that nothing is there is for the caller to say."""
    try:
        yield
    except FileNotFoundError:
        raise
    except (OSError, BaseError) as error:
        if _is_full(error):
            raise StorageFull from error
        raise StoreUnavailable(what=type(error).__name__) from error


def _passes(error: Exception) -> bool:
    return isinstance(error, OSError | GenericError) and not _is_full(error)


def _is_full(error: BaseException) -> bool:
    text = str(error)
    return any(mark in text for mark in ("No space left", "StorageFull", "Disk quota", f"os error {errno.ENOSPC}"))
