"""The engine on several machines: jobs wait in Redis by SAQ, and workers elsewhere make them."""

import asyncio
import contextlib
import logging
import math
import time
from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import asynccontextmanager
from itertools import groupby
from typing import Final

import msgspec
from redis.asyncio import Redis
from redis.asyncio.lock import Lock
from redis.exceptions import RedisError
from saq.job import TERMINAL_STATUSES, Status
from saq.job import Job as QueuedJob

from service.errors import Busy, ChangduError, QueueUnavailable, VoiceUnavailable
from service.jobs.engine import Job, Lane
from service.jobs.lanes import lanes, want
from service.jobs.outcome import Outcome

SPEAK: Final = "speak"  # the function's name, by which workers know what to do

_POLL = 0.05  # seconds between two looks at what is waited for
_WANTED = 30  # seconds for which a waiter counts without being heard of
_RENEWED = 10.0
_COUNTED = 3.0  # seconds between two counts of the workers
_PATIENCE = 60.0  # seconds without Redis, or for a listener without any worker, before it is told
_AWAY = 0.5  # seconds between two attempts to reach Redis
_ATTEMPTS = 6
_TURN = 60.0  # seconds after which a turn ends by itself: its process may be gone
_CLAIM = 30.0  # seconds after which a claim ends by itself, unless its process renews it
_REMEMBERED = 60  # seconds for which Redis keeps how a job ended
_log = logging.getLogger(__name__)


class _Order:
    """A segment that is waited for here, and in which lane it waits in Redis; None where it does not yet."""

    def __init__(self, job: Job, now: float) -> None:
        self.job = job
        self.lane: Lane | None = None
        self.waiters = 0
        self.since = now
        self.done: asyncio.Future[None] = asyncio.get_running_loop().create_future()


class SaqEngine:
    """An `Engine`. `versions` is each synthesizer's, `seconds` bounds one attempt, `limit` how many jobs wait in a lane.

    A job whose worker is lost is handed on; what Redis forgets is asked for again for as long as somebody waits.
    """

    def __init__(self, url: str, versions: Mapping[str, str], *, seconds: float, limit: int) -> None:
        self._redis: Redis = Redis.from_url(url)
        self._lanes = lanes(self._redis, versions)
        self._seconds = seconds
        self._limit = limit
        self._slots = dict.fromkeys(versions, 0)
        self._took = 1.0  # seconds of a job, as a moving average: for Retry-After
        self._orders: dict[str, _Order] = {}
        self._change = asyncio.Event()
        self._watching: asyncio.Task[None] | None = None
        self._renewed = self._counted = -math.inf

    def slots(self, queue: str) -> int:
        return max(1, self._slots[queue])

    async def run(self, job: Job) -> None:
        order = self._orders.get(job.key)
        if order is None:
            order = self._orders[job.key] = _Order(job, time.monotonic())
        elif job.lane == "interactive" and order.job.lane == "bulk":
            order.job, order.lane = job, None
        self._change.set()
        if self._watching is None or self._watching.done():
            self._watching = asyncio.create_task(self._watch())
        order.waiters += 1
        try:
            await asyncio.shield(order.done)
        finally:
            order.waiters -= 1
            if order.waiters == 0 and self._orders.get(job.key) is order:
                del self._orders[job.key]

    def waiting(self) -> dict[tuple[str, Lane], tuple[int, float]]:
        return {
            key: (len(orders), time.monotonic() - min(o.since for o in orders))
            for key, orders in self._waiting().items()
        }

    @asynccontextmanager
    async def turn(self, key: str) -> AsyncIterator[None]:
        """Without Redis everybody goes at once: better twice than not at all."""
        lock = self._redis.lock(f"changdu:turn:{key}", timeout=_TURN, blocking_timeout=_TURN, sleep=_POLL)
        held = False
        with contextlib.suppress(RedisError, OSError):
            held = await lock.acquire()
        try:
            yield
        finally:
            with contextlib.suppress(RedisError, OSError):  # then it ends by itself
                if held:
                    await lock.release()

    @asynccontextmanager
    async def claim(self, key: str) -> AsyncIterator[bool]:
        """Without Redis everybody has it: better twice than not at all."""
        lock = self._redis.lock(f"changdu:claim:{key}", timeout=_CLAIM)
        held = free = True
        try:
            held = free = await lock.acquire(blocking=False)
        except (RedisError, OSError):
            held = False
        renewing = asyncio.create_task(_renew(lock)) if held else None
        try:
            yield free
        finally:
            if renewing is not None:
                renewing.cancel()
                await asyncio.gather(renewing, return_exceptions=True)
                with contextlib.suppress(RedisError, OSError):  # then it ends by itself
                    await lock.release()

    async def close(self) -> None:
        if self._watching is not None:
            self._watching.cancel()
            await asyncio.gather(self._watching, return_exceptions=True)
        for order in self._orders.values():
            order.done.cancel()
        await self._redis.aclose()

    async def _watch(self) -> None:
        reached, told = time.monotonic(), -math.inf
        while self._orders:
            try:
                await self._look()
                reached = time.monotonic()
            except (RedisError, OSError) as error:
                if reached > told:
                    _log.warning("redis: %s", error)
                    told = time.monotonic()
                if time.monotonic() - reached > _PATIENCE:
                    self._settle(self._orders.values(), QueueUnavailable())
                await asyncio.sleep(_AWAY)
            self._change.clear()
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(_POLL):
                    await self._change.wait()

    async def _look(self) -> None:
        """Place what is new, renew what is waited for, and see what has ended."""
        await self._count()
        for order in [order for order in self._orders.values() if order.lane is None]:
            try:
                order.lane = await self._place(order.job)
            except ChangduError as error:
                self._settle([order], error)
        if time.monotonic() - self._renewed > _RENEWED:
            self._renewed = time.monotonic()
            await want(self._redis, self._orders, _WANTED)
        for (queue, lane), orders in self._waiting().items():
            for order, found in zip(
                orders, await self._lanes[queue, lane].jobs([o.job.key for o in orders]), strict=True
            ):
                self._see(order, found)

    def _waiting(self) -> dict[tuple[str, Lane], list[_Order]]:
        found: dict[tuple[str, Lane], list[_Order]] = {}
        for order in self._orders.values():
            if order.lane is not None:
                found.setdefault((order.job.queue, order.lane), []).append(order)
        return found

    async def _place(self, job: Job) -> Lane:
        """The lane in which the job waits now: where it is already, unless a listener needs it sooner."""
        for (queue, lane), found in self._lanes.items():
            if queue != job.queue or lane == job.lane:
                continue
            other = await found.job(job.key)
            if other is None or other.status in TERMINAL_STATUSES:
                continue
            if lane == "interactive" or other.status is Status.ACTIVE:
                return lane
            await found.abort(other, "a listener needs it now")
        here = self._lanes[job.queue, job.lane]
        waiting = await here.count("queued")
        if waiting >= self._limit:
            seconds = min(60, max(1, math.ceil(self._took * waiting / self.slots(job.queue))))
            raise Busy(retry_after=seconds, seconds=seconds)
        await want(self._redis, [job.key], _WANTED)
        await here.enqueue(
            QueuedJob(
                SPEAK,
                kwargs={"job": msgspec.to_builtins(job)},
                key=job.key,
                timeout=math.ceil(self._seconds * _ATTEMPTS),
                retries=_ATTEMPTS,
                ttl=_REMEMBERED,
            )
        )
        return job.lane

    def _see(self, order: _Order, found: QueuedJob | None) -> None:
        if found is None or found.status is Status.ABORTED:
            order.lane = None
        elif found.status is Status.FAILED:
            _log.warning("%s: %s", order.job.key, found.error)
            self._settle([order], _unavailable(order, "no worker could speak it", "没有一台机器能读"))
        elif found.status is Status.COMPLETE:
            self._took += 0.2 * ((found.duration("process") or 0) / 1000 - self._took)
            outcome = msgspec.convert(found.result, Outcome)
            if outcome.dropped:
                order.lane = None
            else:
                self._settle([order], outcome.problem())
        elif (
            order.job.lane == "interactive"
            and not self._slots[order.job.queue]
            and time.monotonic() - order.since > _PATIENCE
        ):
            self._settle([order], _unavailable(order, "no worker is running", "没有机器在朗读"))

    def _settle(self, orders: Iterable[_Order], error: ChangduError | None) -> None:
        for order in list(orders):
            self._orders.pop(order.job.key, None)
            if order.done.done():
                continue
            if error is None:
                order.done.set_result(None)
            else:
                order.done.set_exception(error)
                order.done.exception()  # marks it as seen: the last waiter may have left

    async def _count(self) -> None:
        if time.monotonic() - self._counted < _COUNTED:
            return
        self._counted = time.monotonic()
        for name, found in groupby(self._lanes.items(), key=lambda item: item[0][0]):
            self._slots[name] = max([await queue.slots() for _, queue in found])


async def _renew(lock: Lock) -> None:
    while True:
        await asyncio.sleep(_CLAIM / 3)
        with contextlib.suppress(RedisError, OSError):
            await lock.reacquire()


def _unavailable(order: _Order, what: str, what_zh: str) -> VoiceUnavailable:
    return VoiceUnavailable(voice=order.job.segment.voice, what=what, what_zh=what_zh)
