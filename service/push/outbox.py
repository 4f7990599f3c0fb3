"""The outbox: what sites are to be told, kept in the store until their webhooks have taken it."""

import asyncio
import contextlib
import heapq
import logging
import time
import uuid
from datetime import UTC, datetime
from typing import Any, Final

import aiohttp
import msgspec

from service.blobs.store import Blobs
from service.push.webhooks import sign
from service.sites import Site, Sites

PAUSES: Final = (5, 300, 1800, 7200, 18000, 36000, 50400, 72000, 86400)
"""Seconds before each attempt after the first, as Standard Webhooks advises; after the last a message is dropped."""

_FOLDER = "outbox/"
_AT_ONCE = 8
_SECONDS = 15
_log = logging.getLogger(__name__)


class Message(msgspec.Struct, frozen=True, kw_only=True):
    """`hook` is the address, `due` in seconds since 1970, `body` JSON."""

    id: str
    hook: str
    body: str
    due: float
    attempts: int = 0


class Outbox:
    """`pauses` are the seconds before each further attempt. `work` sends until it is cancelled."""

    def __init__(self, blobs: Blobs, sites: Sites, *, pauses: tuple[float, ...] = PAUSES) -> None:
        self._blobs = blobs
        self._secrets = {hook.url: hook.secret for site in sites.sites for hook in site.webhook}
        self._pauses = pauses
        self._due: list[tuple[float, str]] = []
        self._messages: dict[str, Message] = {}
        self._known: set[str] = set()  # those that wait here or are on their way
        self._changed = asyncio.Event()
        self._slots = asyncio.Semaphore(_AT_ONCE)

    async def tell(self, site: Site, kind: str, data: dict[str, Any]) -> None:
        """Have every webhook of a site told; it is in the store when this returns."""
        said = {"type": kind, "timestamp": datetime.now(UTC).isoformat(), "data": data}
        body = msgspec.json.encode(said).decode()
        for hook in site.webhook:
            message = Message(id=f"msg_{uuid.uuid4().hex}", hook=hook.url, body=body, due=time.time())
            await self._keep(message)

    async def work(self) -> None:
        for key in await self._blobs.keys(_FOLDER):
            message = await self._blobs.record(key, Message)
            if message is not None and message.id not in self._known:
                self._plan(message)
        async with contextlib.AsyncExitStack() as stack:
            session = await stack.enter_async_context(
                aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=_SECONDS), trust_env=False)
            )
            sending = await stack.enter_async_context(asyncio.TaskGroup())
            while True:
                message = await self._next()
                await self._slots.acquire()
                sending.create_task(self._send(session, message))

    async def _next(self) -> Message:
        while True:
            self._changed.clear()
            wait = self._due[0][0] - time.time() if self._due else None
            if wait is not None and wait <= 0:
                _, id = heapq.heappop(self._due)
                return self._messages.pop(id)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._changed.wait(), wait)

    async def _send(self, session: aiohttp.ClientSession, message: Message) -> None:
        try:
            if await self._taken(session, message) or message.attempts >= len(self._pauses):
                await self._blobs.delete(_key(message.id))
                self._known.discard(message.id)
                return
            due = time.time() + self._pauses[message.attempts]
            await self._keep(msgspec.structs.replace(message, attempts=message.attempts + 1, due=due))
        except Exception:  # one message must not end the sending of all others; it is still in the store
            _log.exception("webhook %s", message.id)
        finally:
            self._slots.release()

    async def _taken(self, session: aiohttp.ClientSession, message: Message) -> bool:
        secret = self._secrets.get(message.hook)
        if secret is None:
            return True  # the profile names it no longer
        body = message.body.encode()
        headers = {"Content-Type": "application/json", **sign(secret, message.id, int(time.time()), body)}
        try:
            async with session.post(message.hook, data=body, headers=headers, allow_redirects=False) as response:
                if response.status < 300 or response.status == 410:
                    return True
                _log.warning("webhook %s answered %d", message.hook, response.status)
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            _log.warning("webhook %s: %s", message.hook, error)
        return False

    async def _keep(self, message: Message) -> None:
        await self._blobs.put(_key(message.id), msgspec.json.encode(message))
        self._plan(message)

    def _plan(self, message: Message) -> None:
        self._messages[message.id] = message
        self._known.add(message.id)
        heapq.heappush(self._due, (message.due, message.id))
        self._changed.set()


def _key(id: str) -> str:
    return f"{_FOLDER}{id}.json"
