"""Once: what many ask for at the same time is made for all of them together."""

import asyncio
from collections.abc import Awaitable, Callable, Hashable
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
R = TypeVar("R")


class Once(Generic[K, R]):
    """While a key is being made here, whoever asks for it waits for that; then it may be made anew."""

    def __init__(self) -> None:
        self._tasks: dict[K, asyncio.Task[R]] = {}

    async def run(self, key: K, make: Callable[[], Awaitable[R]]) -> R:
        """What `make` returns or raises. It goes on when a waiter leaves, for the others and for the store."""
        task = self._tasks.get(key)
        if task is None:
            task = self._tasks[key] = asyncio.create_task(_await(make))
            task.add_done_callback(lambda done: self._end(key, done))
        return await asyncio.shield(task)

    def _end(self, key: K, task: "asyncio.Task[R]") -> None:
        del self._tasks[key]
        if not task.cancelled():
            task.exception()  # marks it as seen: the last waiter may have left


async def _await(make: Callable[[], Awaitable[R]]) -> R:
    return await make()
