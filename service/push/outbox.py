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
from service.jobs.engine import Claim
from service.push.webhooks import sign
from service.sites import Site, Sites

PAUSES: Final = (5, 300, 1800, 7200, 18000, 36000, 50400, 72000, 86400)
"""Seconds before each attempt after the first, as Standard Webhooks advises; after the last a message is dropped."""

_FOLDER = "outbox/"
_AT_ONCE = 8
_ELSEWHERE = 5.0  # seconds before another look at what another server sends
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
    """`pauses` are the seconds before each further attempt. `work` sends until it is cancelled.

    Of several servers on one store one has a `claim` on a message and sends it.
    """

    def __init__(self, blobs: Blobs, sites: Sites, claim: Claim, *, pauses: tuple[float, ...] = PAUSES) -> None:
        self._blobs = blobs
        self._claim = claim
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

    async def open(self) -> None:
        """Note what waits in the store: what was there at the start, and what other servers have left since."""
        for key in await self._blobs.keys(_FOLDER):
            known = key.removeprefix(_FOLDER).removesuffix(".json") in self._known
            message = None if known else await self._blobs.record(key, Message)
            if message is not None:
                self._plan(message)

    async def work(self) -> None:
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
            async with self._claim(_key(message.id)) as ours:
                now = await self._blobs.record(_key(message.id), Message)
                if now is None:
                    self._known.discard(message.id)
                elif not ours or now.due > time.time():  # another server sends it, or has tried
                    self._plan(msgspec.structs.replace(now, due=max(now.due, time.time() + _ELSEWHERE)))
                elif await self._taken(session, now) or now.attempts >= len(self._pauses):
                    await self._blobs.delete(_key(now.id))
                    self._known.discard(now.id)
                else:
                    due = time.time() + self._pauses[now.attempts]
                    await self._keep(msgspec.structs.replace(now, attempts=now.attempts + 1, due=due))
        except Exception:  # one message must not end the sending of all others; the next look finds it in the store
            _log.exception("webhook %s", message.id)
            self._known.discard(message.id)
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
