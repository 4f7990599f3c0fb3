"""Lanes: the queues in Redis, one for each synthesizer and lane, and the leases that show what is alive.

Keys beside SAQ's own: `changdu:wanted:{key}` while somebody waits for a segment, `changdu:held:{key}` while a worker
makes it. Both end by Redis's own clock, so that machines whose clocks disagree never take each other's work.
"""

from collections.abc import Collection, Mapping
from typing import Any, Final

import msgspec
import stamina
from redis.asyncio import Redis
from redis.exceptions import RedisError
from saq.job import Job, Status
from saq.queue.redis import RedisQueue

from service.jobs.engine import LANES, Lane

LEASE: Final = 8  # seconds after which a holder that has not been heard of counts as lost
PERIOD: Final = 2  # seconds between two renewals, and between two sweeps
_AWAY = (RedisError, OSError)
_PATIENCE = 60.0  # seconds


class LaneQueue(RedisQueue):
    """SAQ's queue, except that it sweeps by leases: its own way compares the clocks of two machines."""

    def __init__(self, redis: Redis, name: str) -> None:
        super().__init__(redis, name=name, dump=msgspec.json.encode, load=msgspec.json.decode)
        self._raw: Any = redis  # whose own types mix its two clients
        self._unheld: frozenset[bytes] = frozenset()

    @stamina.retry(on=_AWAY, attempts=None, timeout=_PATIENCE, wait_max=1.0)
    async def _finish(self, job: Job, status: Status, *, result: Any = None, error: str | None = None) -> None:
        """Also where Redis is away just now: what is made should not be made again."""
        await super()._finish(job, status, result=result, error=error)

    @stamina.retry(on=_AWAY, attempts=None, timeout=_PATIENCE, wait_max=1.0)
    async def _retry(self, job: Job, error: str | None) -> None:
        await super()._retry(job, error)

    async def sweep(self, lock: int = PERIOD, abort: float = 0.0) -> list[str]:
        """Hand on each active job that nobody held now nor at the sweep before; returns their keys."""
        ids: list[bytes] = await self._raw.lrange(self._active, 0, -1)
        keys = [self.job_key_from_id(id.decode()) for id in ids]
        held = await self.redis.mget(map(_held, keys)) if keys else []
        unheld = frozenset(id for id, lease in zip(ids, held, strict=True) if lease is None)
        lost, self._unheld = unheld & self._unheld, unheld
        swept = []
        for id in lost:
            if await self._raw.lrem(self._active, 1, id):  # only one of the sweepers gets it
                swept.append(await self._hand_on(id))
        return swept

    async def _hand_on(self, id: bytes) -> str:
        key = self.job_key_from_id(id.decode())
        job = await self.job(key)
        if job is None:
            await self.redis.zrem(self._incomplete, id)
        elif job.retryable:
            await self.retry(job, "its worker was lost")
        else:
            await self.finish(job, Status.FAILED, error="its workers were lost")
        return key

    async def slots(self) -> int:
        """How many jobs of this lane all workers together make at once."""
        leases: list[bytes] = await self.redis.zrange(self._stats, 0, -1)
        infos = await self.redis.mget(leases) if leases else []
        return sum(int(msgspec.json.decode(info)["metadata"]["slots"]) for info in infos if info)


def lanes(
    redis: Redis, versions: Mapping[str, str], which: Collection[Lane] = LANES
) -> dict[tuple[str, Lane], LaneQueue]:
    """The queues by synthesizer and lane. `versions` is each synthesizer's: one that speaks otherwise has others."""
    return {
        (name, lane): LaneQueue(redis, f"changdu:{name}@{version}:{lane}")
        for name, version in versions.items()
        for lane in which
    }


async def want(redis: Redis, keys: Collection[str], seconds: int) -> None:
    """Say that these segments are waited for."""
    async with redis.pipeline(transaction=False) as pipe:
        for key in keys:
            pipe.set(f"changdu:wanted:{key}", b"", ex=seconds)
        await pipe.execute()


async def is_wanted(redis: Redis, key: str) -> bool:
    return bool(await redis.exists(f"changdu:wanted:{key}"))


async def hold(redis: Redis, keys: Collection[str]) -> None:
    """Say that these segments are being made here."""
    async with redis.pipeline(transaction=False) as pipe:
        for key in keys:
            pipe.set(_held(key), b"", ex=LEASE)
        await pipe.execute()


async def let_go(redis: Redis, key: str) -> None:
    await redis.delete(_held(key))


def _held(key: str) -> str:
    return f"changdu:held:{key}"
