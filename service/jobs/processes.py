"""Worker processes: heavy work away from the event loop, with a time limit that really ends it."""

import asyncio
import multiprocessing
import os
import time
from collections.abc import Callable
from concurrent.futures import CancelledError as FutureCancelled
from typing import ParamSpec, TypeVar

from pebble import ProcessExpired, ProcessPool

from service.errors import ChangduError

P = ParamSpec("P")
R = TypeVar("R")

BEHIND_PAGES = 5
"""The niceness of processes that speak: pages come first, and beside a busy neighbour a third of its time is left
(weights 335 to 1024); at 19 it would be a seventieth, and the first sentence come after minutes."""


class Processes:
    """A pool of `count` processes, started at the first call; a process that dies or hangs is replaced.

    `prepare` runs once in each process. `niceness` lowers their priority below that of the event loop.
    `calls` and `seconds` say how much has been asked of them.
    """

    def __init__(self, count: int, *, prepare: Callable[[], None] | None = None, niceness: int = 0) -> None:
        self.count = count
        self.calls = 0
        self.seconds = 0.0
        self._prepare = prepare
        self._niceness = niceness
        self._pool: ProcessPool | None = None

    async def run(self, seconds: float, late: ChangduError, work: Callable[P, R], *args: P.args, **kw: P.kwargs) -> R:
        """What `work` returns in one of the processes; raises `late` where it takes longer or its process dies."""
        begun = time.perf_counter()
        future = self._open().schedule(work, args=list(args), kwargs=dict(kw), timeout=seconds)
        try:
            result: R = await asyncio.wrap_future(future)
            return result
        except (TimeoutError, ProcessExpired, FutureCancelled) as error:
            raise late from error
        finally:
            self.calls += 1
            self.seconds += time.perf_counter() - begun

    def close(self) -> None:
        if self._pool is not None:
            self._pool.stop()
            self._pool.join()
            self._pool = None

    def _open(self) -> ProcessPool:
        if self._pool is None:
            self._pool = ProcessPool(
                max_workers=self.count,
                initializer=_begin,
                initargs=(self._niceness, self._prepare),
                context=multiprocessing.get_context("spawn"),
            )
        return self._pool


def _begin(niceness: int, prepare: Callable[[], None] | None) -> None:
    if niceness:
        os.nice(niceness)
    if prepare is not None:
        prepare()
