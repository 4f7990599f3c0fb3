"""Once: many ask, one makes."""

import asyncio

import pytest

from service.jobs.once import Once

pytestmark = pytest.mark.anyio


class Kitchen:
    def __init__(self) -> None:
        self.made = 0
        self.go = asyncio.Event()

    async def make(self) -> int:
        self.made += 1
        await self.go.wait()
        return self.made


async def test_many_ask_and_it_is_made_once_and_later_anew() -> None:
    kitchen, once = Kitchen(), Once[str, int]()
    asking = [asyncio.create_task(once.run("a", kitchen.make)) for _ in range(100)]
    await asyncio.sleep(0)
    kitchen.go.set()
    assert set(await asyncio.gather(*asking)) == {1}
    assert await once.run("a", kitchen.make) == 2


async def test_it_goes_on_for_the_others_when_one_leaves() -> None:
    kitchen, once = Kitchen(), Once[str, int]()
    first, second = (asyncio.create_task(once.run("a", kitchen.make)) for _ in range(2))
    await asyncio.sleep(0)
    first.cancel()
    kitchen.go.set()
    assert await second == 1


async def test_all_are_told_what_went_wrong() -> None:
    once = Once[str, int]()

    async def fail() -> int:
        raise ValueError("burnt")

    asking = [asyncio.create_task(once.run("a", fail)) for _ in range(3)]
    assert all(isinstance(result, ValueError) for result in await asyncio.gather(*asking, return_exceptions=True))
