"""The engine in this process: once a key, interactive first, tracks in turn, bounded."""

import asyncio
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.errors import Busy, SpeechFailed
from service.jobs.engine import Job, Lane
from service.jobs.local import LocalEngine
from service.speech.segments import Segment

pytestmark = pytest.mark.anyio


def job(key: str, *, track: str = "t", lane: Lane = "interactive", queue: str = "q") -> Job:
    return Job(queue=queue, track=track, lane=lane, segment=Segment(key=key, voice="v", sentences=()), rate=1.0)


class Bench:
    """Work that notes its beginnings and goes on when it is let."""

    def __init__(self, slots: int = 1, limit: int = 100) -> None:
        self.begun: list[str] = []
        self.ended: list[str] = []
        self.most = 0
        self.go = asyncio.Event()
        self.errors: dict[str, Exception] = {}
        self.engine = LocalEngine(self.work, slots={"q": slots}, limit=limit)

    async def work(self, job: Job) -> None:
        self.begun.append(job.key)
        self.most = max(self.most, len(self.begun) - len(self.ended))
        try:
            await self.go.wait()
            if job.key in self.errors:
                raise self.errors[job.key]
        finally:
            self.ended.append(job.key)

    async def start(self, *jobs: Job) -> list[asyncio.Task[None]]:
        tasks = []
        for each in jobs:
            tasks.append(asyncio.create_task(self.engine.run(each)))
            await settle()
        return tasks


async def settle() -> None:
    for _ in range(5):
        await asyncio.sleep(0)


async def test_two_waiters_for_one_key_have_it_done_once() -> None:
    bench = Bench(slots=2)
    tasks = await bench.start(job("a"), job("a", track="other"))
    bench.go.set()
    await asyncio.gather(*tasks)
    assert bench.begun == ["a"]


async def test_a_key_may_be_asked_again_when_it_is_done() -> None:
    bench = Bench()
    bench.go.set()
    await bench.engine.run(job("a"))
    await bench.engine.run(job("a"))
    assert bench.begun == ["a", "a"]


async def test_every_waiter_gets_the_error_and_the_next_job_runs() -> None:
    bench = Bench()
    bench.errors["a"] = SpeechFailed(sentence="句")
    tasks = await bench.start(job("a"), job("a"), job("b"))
    bench.go.set()
    results = await asyncio.gather(*tasks, return_exceptions=True)
    assert [type(result) for result in results] == [SpeechFailed, SpeechFailed, type(None)]


async def test_interactive_goes_before_bulk() -> None:
    bench = Bench()
    tasks = await bench.start(job("first"), job("b1", lane="bulk"), job("b2", lane="bulk"), job("i1"), job("i2"))
    bench.go.set()
    await asyncio.gather(*tasks)
    assert bench.begun == ["first", "i1", "i2", "b1", "b2"]


async def test_a_bulk_job_that_a_listener_asks_for_becomes_interactive() -> None:
    bench = Bench()
    tasks = await bench.start(job("first"), job("b1", lane="bulk"), job("b2", lane="bulk"), job("i1"), job("b2"))
    bench.go.set()
    await asyncio.gather(*tasks)
    assert bench.begun == ["first", "i1", "b2", "b1"]


async def test_tracks_take_turns_and_each_keeps_its_order() -> None:
    bench = Bench()
    tasks = await bench.start(
        job("first"), *(job(f"a{n}", track="a") for n in range(3)), *(job(f"b{n}", track="b") for n in range(3))
    )
    bench.go.set()
    await asyncio.gather(*tasks)
    assert bench.begun == ["first", "a0", "b0", "a1", "b1", "a2", "b2"]


async def test_a_full_queue_is_busy_and_says_for_how_long() -> None:
    bench = Bench(limit=2)
    tasks = await bench.start(job("running"), job("a"), job("b"))
    with pytest.raises(Busy) as caught:
        await bench.engine.run(job("c"))
    assert caught.value.retry_after == caught.value.facts["seconds"]
    assert 1 <= int(caught.value.facts["seconds"]) <= 60
    joined = await bench.start(job("a"))
    bench.go.set()
    await asyncio.gather(*tasks, *joined)
    await bench.engine.run(job("c"))
    assert bench.begun == ["running", "a", "b", "c"]


async def test_a_waiting_job_that_nobody_wants_is_dropped() -> None:
    bench = Bench()
    tasks = await bench.start(job("running"), job("a"), job("b"))
    tasks[1].cancel()
    await settle()
    bench.go.set()
    await asyncio.gather(tasks[0], tasks[2])
    assert bench.begun == ["running", "b"]


async def test_a_job_with_another_waiter_is_kept() -> None:
    bench = Bench()
    tasks = await bench.start(job("running"), job("a"), job("a"))
    tasks[1].cancel()
    await settle()
    bench.go.set()
    await asyncio.gather(tasks[0], tasks[2])
    assert bench.begun == ["running", "a"]


async def test_a_job_that_has_begun_is_finished() -> None:
    bench = Bench()
    (task,) = await bench.start(job("a"))
    task.cancel()
    await settle()
    bench.go.set()
    await settle()
    assert bench.ended == ["a"]
    await bench.engine.run(job("b"))


async def test_close_stops_what_runs_and_what_waits() -> None:
    bench = Bench()
    tasks = await bench.start(job("a"), job("b"))
    await bench.engine.close()
    results = await asyncio.gather(*tasks, return_exceptions=True)
    assert all(isinstance(result, asyncio.CancelledError) for result in results)
    assert bench.begun == bench.ended == ["a"]


async def test_queues_do_not_wait_for_each_other() -> None:
    begun = asyncio.Queue[str]()
    hold = asyncio.Event()

    async def work(job: Job) -> None:
        begun.put_nowait(job.key)
        if job.queue == "slow":
            await hold.wait()

    engine = LocalEngine(work, slots={"slow": 1, "fast": 1}, limit=10)
    slow = asyncio.create_task(engine.run(job("s", queue="slow")))
    await engine.run(job("f", queue="fast"))
    assert {begun.get_nowait(), begun.get_nowait()} == {"s", "f"}
    hold.set()
    await slow


@settings(max_examples=40, deadline=None)
@given(
    slots=st.integers(1, 3),
    wanted=st.lists(
        st.tuples(st.sampled_from("abcdef"), st.sampled_from("xyz"), st.sampled_from(["interactive", "bulk"])),
        max_size=25,
    ),
    dropped=st.sets(st.integers(0, 24)),
)
def test_whatever_is_asked_and_withdrawn(slots: int, wanted: list[tuple[str, str, Lane]], dropped: set[int]) -> None:
    """No more than `slots` run at once, none twice at a time, and every waiter that stays is answered."""

    async def scenario() -> None:
        bench = Bench(slots)
        tasks = await bench.start(*(job(key, track=track, lane=lane) for key, track, lane in wanted))
        for place in dropped & set(range(len(tasks))):
            tasks[place].cancel()
        await settle()
        bench.go.set()
        results = await asyncio.gather(*tasks, return_exceptions=True)
        kept = [result for place, result in enumerate(results) if place not in dropped]
        assert kept == [None] * len(kept)
        assert bench.most <= slots
        assert max(Counter(bench.begun).values(), default=1) == 1
        assert {key for place, (key, _, _) in enumerate(wanted) if place not in dropped} <= set(bench.ended)

    asyncio.run(scenario())
