"""A worker: takes jobs from Redis and has an engine of its own make them, a listener's before any other."""

import asyncio
import contextlib
import logging
import signal
from collections.abc import Collection, Mapping
from typing import Any, Final

import msgspec
from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import ExponentialWithJitterBackoff
from redis.exceptions import RedisError
from saq.types import Context
from saq.worker import Worker as SaqWorker

from service.errors import ChangduError, StoreUnavailable, UnknownVoice, VoiceUnavailable
from service.jobs.engine import LANES, Engine, Job, Lane
from service.jobs.lanes import PERIOD, LaneQueue, hold, is_wanted, lanes, let_go
from service.jobs.outcome import Outcome
from service.jobs.saq import SPEAK

_GRACE: Final = 30  # seconds in which a worker that is told to stop finishes what it makes; the rest is handed on
_TRIED: Final = 3  # attempts after which a voice that cannot be had is told to the listener
_AWAY: Final = (
    10  # attempts to reach Redis before one call fails; without a wait between them SAQ would ask all the time
)
_ELSEWHERE: Final = 0.5  # seconds for which a worker that lacks a voice leaves its job to others
_log = logging.getLogger(__name__)


class Worker:
    """`engine` makes the jobs here; `versions` is that of each synthesizer this machine speaks with."""

    def __init__(self, url: str, engine: Engine, versions: Mapping[str, str], which: Collection[Lane] = LANES) -> None:
        self._redis = Redis.from_url(url, retry=Retry(ExponentialWithJitterBackoff(base=0.2, cap=2.0), _AWAY))
        self._engine = engine
        self._queues = lanes(self._redis, versions, which)
        self._held: set[str] = set()

    async def run(self) -> None:
        """Work until the process is told to end or this is cancelled; what is not finished then is handed on."""
        workers = [self._saq_worker(name, queue) for (name, _), queue in self._queues.items()]
        loop = asyncio.get_running_loop()

        def stop() -> None:
            for worker in workers:
                worker.event.set()

        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, stop)
        renewing = asyncio.create_task(self._renew())
        try:
            await asyncio.gather(*(worker.start() for worker in workers))
        finally:
            renewing.cancel()
            await asyncio.gather(renewing, return_exceptions=True)
            await self._redis.aclose()

    def _saq_worker(self, name: str, queue: LaneQueue) -> SaqWorker[Context]:
        slots = self._engine.slots(name)
        worker = SaqWorker[Context](
            queue,
            [(SPEAK, self._speak)],
            concurrency=slots,
            timers={"worker_info": PERIOD, "sweep": PERIOD, "schedule": 1, "abort": 1},
            dequeue_timeout=1.0,
            shutdown_grace_period_s=_GRACE,
            metadata={"slots": slots},
        )
        worker.SIGNALS = []  # a signal is for all of them, and `run` takes it
        return worker

    async def _speak(self, ctx: Context, *, job: dict[str, Any]) -> dict[str, Any]:
        again = ctx["job"].attempts < _TRIED
        outcome: dict[str, Any] = msgspec.to_builtins(await self._outcome(msgspec.convert(job, Job), again=again))
        return outcome

    async def _outcome(self, job: Job, *, again: bool) -> Outcome:
        """How the job ended here. With `again`, a voice that may be lacking here only is raised, for SAQ to hand on."""
        if not await is_wanted(self._redis, job.key):
            return Outcome(dropped=True)
        self._held.add(job.key)
        try:
            await hold(self._redis, [job.key])
            await self._engine.run(job)
        except ChangduError as error:
            if again and isinstance(error, UnknownVoice | VoiceUnavailable | StoreUnavailable):
                await asyncio.sleep(_ELSEWHERE)
                raise
            return Outcome.of(error)
        finally:
            self._held.discard(job.key)
            with contextlib.suppress(RedisError, OSError):
                await let_go(self._redis, job.key)
        return Outcome()

    async def _renew(self) -> None:
        while True:
            await asyncio.sleep(PERIOD)
            try:
                await hold(self._redis, self._held)
            except (RedisError, OSError) as error:
                _log.warning("redis: %s", error)
