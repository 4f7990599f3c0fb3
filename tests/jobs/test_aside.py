"""The loop in a thread: results, errors and cancelling come across, and it ends."""

import asyncio
import threading

import pytest

from service.jobs.aside import Aside


async def place() -> str:
    return threading.current_thread().name


def test_work_is_done_there_and_again_after_an_end() -> None:
    async def work() -> list[str]:
        aside = Aside()
        names = [await aside.run(place())]
        await aside.close()
        await aside.close()
        names.append(await aside.run(place()))
        await aside.close()
        return names

    before = set(threading.enumerate())
    assert asyncio.run(work()) == ["aside", "aside"]
    assert "aside" not in {thread.name for thread in set(threading.enumerate()) - before}


def test_errors_come_across() -> None:
    async def fail() -> None:
        raise LookupError("gone")

    async def work() -> None:
        aside = Aside()
        try:
            await aside.run(fail())
        finally:
            await aside.close()

    with pytest.raises(LookupError, match="gone"):
        asyncio.run(work())


def test_cancelling_the_call_cancels_the_work() -> None:
    ended = threading.Event()

    async def long() -> None:
        try:
            await asyncio.sleep(60)
        finally:
            ended.set()

    async def work() -> None:
        aside = Aside()
        task = asyncio.create_task(aside.run(long()))
        await asyncio.sleep(0.1)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert await asyncio.to_thread(ended.wait, 10)
        await aside.close()

    asyncio.run(work())


def test_what_blocks_there_does_not_block_here() -> None:
    async def block() -> None:
        assert release.wait(10)

    release = threading.Event()

    async def work() -> None:
        aside = Aside()
        task = asyncio.create_task(aside.run(block()))
        await asyncio.sleep(0.05)
        assert not task.done()
        release.set()
        await task
        await aside.close()

    asyncio.run(work())
