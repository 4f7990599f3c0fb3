"""A stage: servers of a test's own, run in a thread beside a test that is no coroutine."""

import asyncio
import threading
from collections.abc import Coroutine, Iterator
from contextlib import AbstractAsyncContextManager, AsyncExitStack, contextmanager
from typing import Any, TypeVar

T = TypeVar("T")


class Stage:
    """`enter` starts a server, such as `origins.site`, which runs until the stage is left."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._servers = AsyncExitStack()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()

    def enter(self, server: AbstractAsyncContextManager[T]) -> T:
        return self.run(self._servers.enter_async_context(server))

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        """What a coroutine returns that runs beside the servers."""
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(60)

    def leave(self) -> None:
        asyncio.run_coroutine_threadsafe(self._servers.aclose(), self._loop).result(10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()


@contextmanager
def stage() -> Iterator[Stage]:
    made = Stage()
    try:
        yield made
    finally:
        made.leave()
