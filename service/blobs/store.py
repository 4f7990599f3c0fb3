"""Blobs: immutable bytes under content-derived keys, in any store that obstore reaches by one address."""

import errno
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import obstore
import stamina
from obstore.exceptions import GenericError
from obstore.store import from_url

from service.errors import StorageFull

_ATTEMPTS = 4


class Blobs:
    """One store. A put is whole or not at all; a key is never overwritten with other content.

    `address` is `memory://`, a folder, `file:///folder`, `s3://bucket/prefix`, `gs://…` or `az://…`.
    """

    def __init__(self, address: str) -> None:
        self._store: Any = _open(address)

    async def get(self, key: str) -> bytes | None:
        """The bytes under a key, or None where nothing is stored."""
        try:
            return bytes(await (await obstore.get_async(self._store, key)).bytes_async())
        except FileNotFoundError:
            return None

    async def size(self, key: str) -> int | None:
        """Bytes under a key, or None where nothing is stored."""
        try:
            return int((await obstore.head_async(self._store, key))["size"])
        except FileNotFoundError:
            return None

    async def get_range(self, key: str, start: int, end: int) -> bytes:
        """Bytes [start, end) under a key; raises FileNotFoundError where nothing is stored."""
        return bytes(await obstore.get_range_async(self._store, key, start=start, end=end))

    async def put(self, key: str, data: bytes | AsyncIterator[bytes]) -> None:
        """Store bytes, or pieces as they come, under a key; raises StorageFull, and then nothing is stored."""
        try:
            await self._put(key, data)
        except (OSError, GenericError) as error:
            if _is_full(error):
                raise StorageFull from error
            raise

    async def keys(self, prefix: str) -> list[str]:
        """Every key in a folder such as `articles/`, in no order."""
        return [entry["path"] async for page in obstore.list(self._store, prefix) for entry in page]

    async def _put(self, key: str, data: bytes | AsyncIterator[bytes]) -> None:
        """A write that fails for no lasting reason is tried again; pieces that have been used up are not there again."""
        attempts = _ATTEMPTS if isinstance(data, bytes) else 1
        async for attempt in stamina.retry_context(on=_passes, attempts=attempts, timeout=None, wait_initial=0.05):
            with attempt:
                await obstore.put_async(self._store, key, data)

    async def delete(self, key: str) -> None:
        """Forget a key; nothing happens where nothing is stored."""
        try:
            await obstore.delete_async(self._store, key)
        except FileNotFoundError:
            return


def _open(address: str) -> Any:
    if "://" not in address:
        folder = Path(address).expanduser().resolve()
        folder.mkdir(parents=True, exist_ok=True)
        address = folder.as_uri()
    if address.startswith("file://"):
        return from_url(address, automatic_cleanup=True, mkdir=True)
    return from_url(address)


def _passes(error: Exception) -> bool:
    return isinstance(error, OSError | GenericError) and not _is_full(error)


def _is_full(error: BaseException) -> bool:
    text = str(error)
    return any(mark in text for mark in ("No space left", "StorageFull", "Disk quota", f"os error {errno.ENOSPC}"))
