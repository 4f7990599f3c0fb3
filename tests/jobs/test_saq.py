"""The engine over Redis: once a key on all machines together, a listener first, nothing lost."""

import asyncio
import contextlib
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import pytest

from service.errors import Busy, ChangduError, SpeechFailed, VoiceUnavailable
from service.jobs.engine import LANES, Job, Lane
from service.jobs.local import LocalEngine
from service.jobs.saq import SaqEngine
from service.jobs.worker import Worker
from service.speech.segments import Segment
from tests.jobs.redis import RedisServer, needs_redis

pytestmark = [pytest.mark.anyio, needs_redis]

VERSIONS = {"q": "1"}


def job(key: str, *, lane: Lane = "interactive") -> Job:
    return Job(queue="q", track="t", lane=lane, segment=Segment(key=key, voice="v", sentences=()), rate=1.0)


class Machine:
    """Work of a machine: notes what it began and goes on when it is let."""

    def __init__(self) -> None:
        self.begun: list[str] = []
        self.errors: dict[str, ChangduError] = {}
        self.go = asyncio.Event()
        self.go.set()

    async def work(self, job: Job) -> None:
        self.begun.append(job.key)
        await self.go.wait()
        if job.key in self.errors:
            raise self.errors[job.key]

    @asynccontextmanager
    async def working(
        self, redis: RedisServer, *, slots: int = 1, lanes: tuple[Lane, ...] = LANES, version: str = "1"
    ) -> AsyncIterator[None]:
        local = LocalEngine(self.work, slots={"q": slots}, limit=100)
        running = asyncio.create_task(Worker(redis.url, local, {"q": version}, lanes).run())
        try:
            yield
        finally:
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)
            await local.close()


@asynccontextmanager
async def engine(redis: RedisServer, limit: int = 100) -> AsyncIterator[SaqEngine]:
    opened = SaqEngine(redis.url, VERSIONS, seconds=5, limit=limit)
    try:
        yield opened
    finally:
        await opened.close()


async def until(condition: Callable[[], object]) -> None:
    for _ in range(1000):
        if condition():
            return
        await asyncio.sleep(0.02)
    raise TimeoutError


async def test_two_machines_ask_and_one_works_once(redis: RedisServer) -> None:
    machine = Machine()
    async with engine(redis) as here, engine(redis) as there, machine.working(redis, slots=2):
        await asyncio.gather(here.run(job("a")), here.run(job("a")), there.run(job("a")), there.run(job("b")))
    assert Counter(machine.begun) == {"a": 1, "b": 1}


async def test_work_is_shared_and_slots_are_those_of_all_workers(redis: RedisServer) -> None:
    one, other = Machine(), Machine()
    one.go.clear()
    other.go.clear()
    async with engine(redis) as here, one.working(redis, slots=2), other.working(redis, slots=1):
        running = [asyncio.create_task(here.run(job(str(n)))) for n in range(3)]
        await until(lambda: len(one.begun) == 2 and len(other.begun) == 1)
        await until(lambda: here.slots("q") == 3)
        one.go.set()
        other.go.set()
        await asyncio.gather(*running)


async def test_what_a_job_raises_comes_back_whole(redis: RedisServer) -> None:
    machine = Machine()
    machine.errors["a"] = SpeechFailed(sentence="今天。")
    async with engine(redis) as here, machine.working(redis):
        with pytest.raises(SpeechFailed, match="今天。"):
            await here.run(job("a"))
        machine.errors.clear()
        await here.run(job("a"))
    assert machine.begun == ["a", "a"]


async def test_a_voice_that_one_worker_lacks_is_spoken_by_another(redis: RedisServer) -> None:
    without, having = Machine(), Machine()
    without.errors["a"] = VoiceUnavailable(voice="v", what="v.bin")
    async with engine(redis) as here, without.working(redis):
        running = asyncio.create_task(here.run(job("a")))
        await until(lambda: without.begun)
        async with having.working(redis, slots=4):
            await running
    assert having.begun == ["a"]


async def test_a_voice_that_every_worker_lacks_is_told(redis: RedisServer) -> None:
    machine = Machine()
    machine.errors["a"] = VoiceUnavailable(voice="v", what="v.bin")
    async with engine(redis) as here, machine.working(redis):
        with pytest.raises(VoiceUnavailable):
            await here.run(job("a"))


async def test_a_worker_of_another_version_leaves_the_job(redis: RedisServer) -> None:
    old, new = Machine(), Machine()
    async with engine(redis) as here, old.working(redis, version="0"):
        running = asyncio.create_task(here.run(job("a")))
        await asyncio.sleep(0.3)
        async with new.working(redis):
            await running
    assert (old.begun, new.begun) == ([], ["a"])


async def test_a_listener_is_served_before_what_is_prepared(redis: RedisServer) -> None:
    machine = Machine()
    machine.go.clear()
    async with engine(redis) as here, engine(redis) as there, machine.working(redis):
        first = asyncio.create_task(here.run(job("first", lane="bulk")))
        await until(lambda: machine.begun)
        bulk = [asyncio.create_task(here.run(job(f"bulk {n}", lane="bulk"))) for n in range(5)]
        await asyncio.sleep(0.3)
        wanted = [asyncio.create_task(there.run(job(key))) for key in ("new", "bulk 4")]
        await asyncio.sleep(0.3)
        machine.go.set()
        await asyncio.gather(first, *bulk, *wanted)
    assert set(machine.begun[1:4]) >= {"new", "bulk 4"}
    assert Counter(machine.begun)["bulk 4"] == 1


async def test_a_worker_for_listeners_leaves_what_is_prepared(redis: RedisServer) -> None:
    machine, other = Machine(), Machine()
    async with engine(redis) as here, machine.working(redis, lanes=("interactive",)):
        prepared = asyncio.create_task(here.run(job("bulk", lane="bulk")))
        await here.run(job("now"))
        async with other.working(redis, lanes=("bulk",)):
            await prepared
    assert (machine.begun, other.begun) == (["now"], ["bulk"])


async def test_too_many_waiting_jobs_are_refused_with_a_time(redis: RedisServer) -> None:
    async with engine(redis, limit=3) as here:
        waiting = [asyncio.create_task(here.run(job(str(n)))) for n in range(3)]
        await asyncio.sleep(0.3)
        with pytest.raises(Busy) as refused:
            await here.run(job("one more"))
        assert refused.value.retry_after
        for each in waiting:
            each.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)


async def test_a_job_that_nobody_waits_for_is_dropped(redis: RedisServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("service.jobs.saq._WANTED", 1)
    machine = Machine()
    async with engine(redis) as here:
        leaving = asyncio.create_task(here.run(job("a")))
        await asyncio.sleep(0.2)
        leaving.cancel()
        await asyncio.gather(leaving, return_exceptions=True)
        await asyncio.sleep(1.5)
        async with machine.working(redis):
            await here.run(job("b"))
    assert machine.begun == ["b"]


async def test_a_queue_full_for_a_site_that_is_gone_makes_room(
    redis: RedisServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("service.jobs.saq._WANTED", 1)
    async with engine(redis, limit=3) as gone:
        waiting = [asyncio.create_task(gone.run(job(f"gone {n}", lane="bulk"))) for n in range(3)]
        await asyncio.sleep(0.3)
        with pytest.raises(Busy):
            await gone.run(job("one more", lane="bulk"))
        for each in waiting:
            each.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)
    await asyncio.sleep(1.5)
    machine = Machine()
    async with engine(redis, limit=3) as here, machine.working(redis), asyncio.timeout(20):
        while not machine.begun:
            with contextlib.suppress(Busy):
                await here.run(job("b", lane="bulk"))
            await asyncio.sleep(0.1)
    assert machine.begun == ["b"]


async def test_what_redis_forgets_is_asked_for_again(redis: RedisServer) -> None:
    machine = Machine()
    async with engine(redis) as here:
        running = [asyncio.create_task(here.run(job(str(n)))) for n in range(3)]
        await asyncio.sleep(0.3)
        redis.stop()
        await asyncio.sleep(0.3)
        redis.start()
        async with machine.working(redis):
            async with asyncio.timeout(20):
                await asyncio.gather(*running)
    assert sorted(machine.begun) == ["0", "1", "2"]


async def test_redis_goes_away_while_a_worker_works(redis: RedisServer) -> None:
    machine = Machine()
    machine.go.clear()
    async with engine(redis) as here, machine.working(redis, slots=2):
        running = [asyncio.create_task(here.run(job(str(n)))) for n in range(4)]
        await until(lambda: len(machine.begun) == 2)
        redis.stop()
        machine.go.set()
        await asyncio.sleep(0.5)
        redis.start()
        async with asyncio.timeout(30):
            await asyncio.gather(*running)


async def test_processes_take_turns_and_the_next_finds_it_done(redis: RedisServer) -> None:
    done: list[str] = []

    async def visit(engine: SaqEngine) -> None:
        async with engine.turn("page"):
            if not done:
                await asyncio.sleep(0.1)
                done.append("fetched")

    async with engine(redis) as here, engine(redis) as there:
        await asyncio.gather(*(visit(each) for each in (here, there, here)))
    assert done == ["fetched"]


async def test_without_redis_nobody_waits_for_a_turn(redis: RedisServer) -> None:
    redis.stop()
    async with engine(redis) as here, asyncio.timeout(10), here.turn("page"):
        await asyncio.sleep(0)


async def test_one_of_two_has_a_claim_for_as_long_as_it_lives(
    redis: RedisServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("service.jobs.saq._CLAIM", 2.0)
    async with engine(redis) as here, engine(redis) as there:
        async with here.claim("push") as ours:
            assert ours
            await asyncio.sleep(3)
            async with there.claim("push") as theirs, there.claim("other") as free:
                assert (theirs, free) == (False, True)
        async with there.claim("push") as theirs:
            assert theirs


async def test_without_redis_everybody_has_the_claim(redis: RedisServer) -> None:
    redis.stop()
    async with engine(redis) as here, asyncio.timeout(10), here.claim("push") as ours:
        assert ours
