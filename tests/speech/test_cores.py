"""Who speaks with how many threads: one alone with all, several with one each."""

import asyncio

import pytest

from service.speech.kokoro import Cores

pytestmark = pytest.mark.anyio


async def test_one_alone_has_every_core_and_those_who_come_meanwhile_have_one_each() -> None:
    cores, events = Cores(4), []
    first_may_end = asyncio.Event()

    async def speak(name: str, wait: asyncio.Event | None = None) -> None:
        async with cores.share() as threads:
            events.append((name, threads))
            if wait is not None:
                await wait.wait()

    first = asyncio.create_task(speak("first", first_may_end))
    await asyncio.sleep(0)
    others = [asyncio.create_task(speak(name)) for name in ("second", "third")]
    await asyncio.sleep(0.01)
    assert events == [("first", 4)]
    first_may_end.set()
    await asyncio.gather(first, *others)
    assert events == [("first", 4), ("second", 1), ("third", 1)]
    await speak("last")
    assert events[-1] == ("last", 4)


async def test_who_gives_up_holds_nobody() -> None:
    cores = Cores(4)

    async def speak_for_ever() -> None:
        async with cores.share():
            await asyncio.Event().wait()

    given_up = asyncio.create_task(speak_for_ever())
    await asyncio.sleep(0)
    given_up.cancel()
    await asyncio.gather(given_up, return_exceptions=True)
    async with asyncio.timeout(1), cores.share() as threads:
        assert threads == 4
