"""The inbox: what was pushed and waits to be read, in the store, so that nothing is lost when the service ends."""

import asyncio
import hashlib
from collections import OrderedDict
from urllib.parse import quote

import msgspec

from service.blobs.store import Blobs
from service.sites import netloc


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
    `folder` is where it is in the store.
    """

    def __init__(self, blobs: Blobs, folder: str) -> None:
        self._blobs = blobs
        self._folder = folder
        self._hosts: OrderedDict[str, OrderedDict[str, str]] = OrderedDict()  # host -> name of an address -> key
        self._filled = asyncio.Event()

    async def open(self) -> None:
        for key in sorted(await self._blobs.keys(f"{self._folder}/")):
            await self._append(key)

    @property
    def waiting(self) -> int:
        return sum(map(len, self._hosts.values()))

    async def put(self, delivery: Delivery) -> None:
        """Raises StorageFull, and then nothing has been taken in."""
        key = self._key(delivery.source, delivery.at)
        await self._blobs.put(key, msgspec.msgpack.encode(delivery))
        await self._append(key)

    async def take(self) -> Delivery:
        """The next one, when there is one; it stays in the store until it is `done`."""
        while True:
            await self._filled.wait()
            data = await self._blobs.get(self._pop())
            if data is not None:
                return msgspec.msgpack.decode(data, type=Delivery)

    async def done(self, delivery: Delivery) -> None:
        await self._blobs.delete(self._key(delivery.source, delivery.at))

    def back(self, delivery: Delivery, seconds: float) -> None:
        """Let one wait again, from `seconds` on, unless something newer has come for its address."""

        def again() -> None:
            key = self._key(delivery.source, delivery.at)
            host, name = _place(key)
            if name not in self._hosts.get(host, {}):
                self._hosts.setdefault(host, OrderedDict())[name] = key
                self._filled.set()

        asyncio.get_running_loop().call_later(seconds, again)

    async def withdraw(self, source: str) -> None:
        """Forget what waits for an address."""
        host, name = _place(self._key(source, 0))
        if key := self._hosts.get(host, OrderedDict()).pop(name, None):
            await self._blobs.delete(key)

    def _key(self, source: str, at: int) -> str:
        name = hashlib.sha256(source.encode()).hexdigest()[:32]
        return f"{self._folder}/{quote(netloc(source), safe='.')}/{at:020}.{name}"

    async def _append(self, key: str) -> None:
        host, name = _place(key)
        before = self._hosts.setdefault(host, OrderedDict()).pop(name, None)
        self._hosts[host][name] = key
        self._filled.set()
        if before is not None and before != key:
            await self._blobs.delete(before)

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
