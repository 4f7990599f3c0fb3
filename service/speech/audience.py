"""The audience: who follows a recording, when it was last asked for, and how they hear of a change."""

import asyncio
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from typing import Any, Literal


class Audience:
    def __init__(self) -> None:
        self._present = 0
        self._change = asyncio.Event()
        self.touch()

    @property
    def idle(self) -> float:
        """Seconds since somebody last asked."""
        return asyncio.get_running_loop().time() - self._asked

    def touch(self) -> None:
        """Somebody asked just now."""
        self._asked = asyncio.get_running_loop().time()

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Somebody follows for as long as the context lasts."""
        self._present += 1
        try:
            yield
        finally:
            self._present -= 1
            self.touch()

    def gone(self, linger: float) -> bool:
        """Whether nobody follows, and nobody has asked for more than `linger` seconds."""
        return not self._present and self.idle > linger

    def changed(self) -> Coroutine[Any, Any, Literal[True]]:
        """Wait for the first change after this call, awaited then or later."""
        return self._change.wait()

    def tell(self) -> None:
        """Something has changed."""
        self._change.set()
        self._change = asyncio.Event()
