"""The engine inside this process: asyncio tasks, one set of slots for each synthesizer."""

import asyncio
import math
import time
from collections import OrderedDict, deque
from collections.abc import Mapping
from contextlib import AbstractAsyncContextManager, nullcontext

from service.errors import Busy
from service.jobs.engine import LANES, Job, Lane, Work


class LocalEngine:
    """Runs `work` for each job. `slots` says how many jobs of a queue run at once, `limit` how many may wait in it.

    A job that has begun is finished even when its last waiter leaves: stopping a voice process would cost more
    than the segment, and the segment is stored for the next listener.
    """

    def __init__(self, work: Work, *, slots: Mapping[str, int], limit: int) -> None:
        self._queues = {name: _Queue(work, count, limit) for name, count in slots.items()}

    def slots(self, queue: str) -> int:
        return self._queues[queue].slots

    async def run(self, job: Job) -> None:
        await self._queues[job.queue].run(job)

    def waiting(self) -> dict[tuple[str, Lane], tuple[int, float]]:
        return {(name, lane): queue.waiting(lane) for name, queue in self._queues.items() for lane in LANES}

    def turn(self, key: str) -> AbstractAsyncContextManager[None]:
        """There is no other process."""
        return nullcontext()

    def claim(self, key: str) -> AbstractAsyncContextManager[bool]:
        return nullcontext(True)

    async def close(self) -> None:
        await asyncio.gather(*(queue.close() for queue in self._queues.values()))


class _Entry:
    def __init__(self, job: Job) -> None:
        self.job = job
        self.lane = job.lane
        self.waiters = 0
        self.since = time.monotonic()
        self.done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.task: asyncio.Task[None] | None = None


class _Queue:
    """The jobs of one synthesizer. In each lane the tracks take turns; a track's own jobs keep their order."""

    def __init__(self, work: Work, slots: int, limit: int) -> None:
        self.slots = slots
        self._work = work
        self._limit = limit
        self._entries: dict[str, _Entry] = {}
        self._lanes: dict[Lane, OrderedDict[str, deque[_Entry]]] = {lane: OrderedDict() for lane in LANES}
        self._running = 0
        self._seconds = 1.0  # what a job takes, as a moving average: for Retry-After

    async def run(self, job: Job) -> None:
        entry = self._entries.get(job.key) or self._add(job)
        if entry.task is None and job.lane == "interactive" and entry.lane == "bulk":
            self._withdraw(entry)
            self._enqueue(entry, "interactive")
        self._start()
        entry.waiters += 1
        try:
            await asyncio.shield(entry.done)
        finally:
            entry.waiters -= 1
            if entry.waiters == 0 and entry.task is None:
                self._withdraw(entry)
                self._entries.pop(job.key, None)

    def waiting(self, lane: Lane) -> tuple[int, float]:
        since = [entry.since for entries in self._lanes[lane].values() for entry in entries]
        return len(since), time.monotonic() - min(since) if since else 0.0

    async def close(self) -> None:
        for lane in self._lanes.values():
            lane.clear()
        entries = list(self._entries.values())
        for entry in entries:
            (entry.task or entry.done).cancel()
        await asyncio.gather(*(entry.task for entry in entries if entry.task), return_exceptions=True)

    def _add(self, job: Job) -> _Entry:
        waiting = len(self._entries) - self._running
        if waiting >= self._limit:
            seconds = min(60, max(1, math.ceil(self._seconds * waiting / self.slots)))
            raise Busy(retry_after=seconds, seconds=seconds)
        entry = self._entries[job.key] = _Entry(job)
        self._enqueue(entry, job.lane)
        return entry

    def _enqueue(self, entry: _Entry, lane: Lane) -> None:
        entry.lane = lane
        self._lanes[lane].setdefault(entry.job.track, deque()).append(entry)

    def _withdraw(self, entry: _Entry) -> None:
        lane, track = self._lanes[entry.lane], entry.job.track
        if entry in lane.get(track, ()):
            lane[track].remove(entry)
            if not lane[track]:
                del lane[track]

    def _start(self) -> None:
        while self._running < self.slots and (entry := self._next()):
            self._running += 1
            entry.task = asyncio.create_task(self._perform(entry))

    def _next(self) -> _Entry | None:
        for tracks in self._lanes.values():
            for track, entries in tracks.items():
                entry = entries.popleft()
                tracks.move_to_end(track)
                if not entries:
                    del tracks[track]
                return entry
        return None

    async def _perform(self, entry: _Entry) -> None:
        clock = asyncio.get_running_loop().time
        begun = clock()
        try:
            await self._work(entry.job)
        except asyncio.CancelledError:
            entry.done.cancel()
            raise
        except Exception as error:
            entry.done.set_exception(error)
            entry.done.exception()  # marks it as seen: the last waiter may have left
        else:
            entry.done.set_result(None)
        finally:
            self._seconds += 0.2 * (clock() - begun - self._seconds)
            self._running -= 1
            del self._entries[entry.job.key]
            self._start()
