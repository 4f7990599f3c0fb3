"""The inbox: what was pushed and waits to be read, in the store, so that nothing is lost when the service ends."""

import asyncio
import hashlib
import logging
from collections import OrderedDict
from urllib.parse import quote

import msgspec

from service.blobs.store import Blobs
from service.sites import netloc

_log = logging.getLogger(__name__)


class Delivery(msgspec.Struct, frozen=True, kw_only=True):
    """`body` is None where the source is to be fetched. `at` is in nanoseconds since 1970.

    `voice` is that of the reading to be made as well: "" for the usual one, None for no reading.
    """

    source: str
    at: int
    body: bytes | None = None
    media_type: str | None = None
    charset: str | None = None
    voice: str | None = None

    @property
    def digest(self) -> str:
        """Of all that decides what becomes of it."""
        return hashlib.sha256(msgspec.msgpack.encode(msgspec.structs.replace(self, at=0))).hexdigest()


class Inbox:
    """Hosts take turns, so that one that pushes everything at once does not hold up the others; each has its own order.

    Of one address only what came last waits. `open` it before use: what waited when the service ended waits again.
    `folder` is where it is in the store, which other servers may share.
    """

    def __init__(self, blobs: Blobs, folder: str) -> None:
        self._blobs = blobs
        self._folder = folder
        self._hosts: OrderedDict[str, OrderedDict[str, str]] = OrderedDict()  # host -> name of an address -> key
        self._taken: set[str] = set()  # and not yet done
        self._filled = asyncio.Event()

    async def open(self) -> None:
        """Note what waits in the store: once more, for what other servers have taken in since, and may have left there."""
        known = self._taken.union(*(waiting.values() for waiting in self._hosts.values()))
        for key in sorted(await self._blobs.keys(f"{self._folder}/")):
            if key not in known:
                await self._append(key)

    @property
    def waiting(self) -> int:
        return sum(map(len, self._hosts.values()))

    async def put(self, delivery: Delivery) -> None:
        """Raises StorageFull, and then nothing has been taken in."""
        key = self.key(delivery)
        await self._blobs.put(key, msgspec.msgpack.encode(delivery))
        await self._append(key)

    async def take(self) -> Delivery:
        """The next one, when there is one; it stays in the store until it is `done`."""
        while True:
            await self._filled.wait()
            key = self._pop()
            data = await self._blobs.get(key)
            if data is None:
                continue
            self._taken.add(key)
            try:
                return msgspec.msgpack.decode(data, type=Delivery)
            except msgspec.MsgspecError:
                _log.warning("%s cannot be read", key)  # it stays: a newer version may have written it

    async def waits(self, delivery: Delivery) -> bool:
        """Whether one that was taken is still to be done: another server may have done it."""
        return await self._blobs.size(self.key(delivery)) is not None

    async def done(self, delivery: Delivery) -> None:
        key = self.key(delivery)
        await self._blobs.delete(key)
        self._taken.discard(key)

    def back(self, delivery: Delivery, seconds: float) -> None:
        """Let one wait again, from `seconds` on, unless something newer has come for its address."""

        def again() -> None:
            key = self.key(delivery)
            self._taken.discard(key)
            host, name = _place(key)
            if name not in self._hosts.get(host, {}):
                self._hosts.setdefault(host, OrderedDict())[name] = key
                self._filled.set()

        asyncio.get_running_loop().call_later(seconds, again)

    async def withdraw(self, source: str) -> None:
        """Forget what waits for an address."""
        host, name = _place(self._at(source, 0))
        if key := self._hosts.get(host, OrderedDict()).pop(name, None):
            await self._blobs.delete(key)

    def key(self, delivery: Delivery) -> str:
        """Where a delivery is in the store."""
        return self._at(delivery.source, delivery.at)

    def _at(self, source: str, at: int) -> str:
        name = hashlib.sha256(source.encode()).hexdigest()[:32]
        return f"{self._folder}/{quote(netloc(source), safe='.')}/{at:020}.{name}"

    async def _append(self, key: str) -> None:
        host, name = _place(key)
        waiting = self._hosts.setdefault(host, OrderedDict())
        older, newer = sorted((waiting.pop(name, key), key))
        waiting[name] = newer
        self._filled.set()
        if older != newer:
            await self._blobs.delete(older)

    def _pop(self) -> str:
        host = next(host for host, waiting in self._hosts.items() if waiting)
        _, key = self._hosts[host].popitem(last=False)
        self._hosts.move_to_end(host)
        if not self._hosts[host]:
            del self._hosts[host]
        if not self.waiting:
            self._filled.clear()
        return key


def _place(key: str) -> tuple[str, str]:
    _, host, name = key.rsplit("/", 2)
    return host, name.rpartition(".")[2]
