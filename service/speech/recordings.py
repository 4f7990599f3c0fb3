"""Recordings under way, and for a while those that failed or that another one stands in for."""

import asyncio
from collections.abc import Awaitable, Callable

from service.speech.recording import Recording

_KEPT = 600  # seconds for which one that failed or was handed over is remembered


class Recordings:
    """By the ids of their tracks."""

    def __init__(self) -> None:
        self._known: dict[str, Recording] = {}
        self._making: dict[str, asyncio.Task[None]] = {}

    def get(self, id: str) -> Recording | None:
        """One that goes on or has ended here; None where it is not known, or was put aside unfinished."""
        known = self._known.get(id)
        if known is None or known.stalled:
            return None
        known.touch()
        return known

    def making(self, id: str) -> Recording | None:
        """The one that is being made."""
        return self._known[id] if id in self._making else None

    @property
    def working(self) -> int:
        """How many are being made, those apart that another one has taken over."""
        return sum(self._known[id].state == "working" for id in self._making)

    def begin(self, recording: Recording, make: Callable[[], Awaitable[None]]) -> None:
        """Make a recording in the background."""
        self._known[recording.id] = recording
        self._making[recording.id] = asyncio.create_task(self._make(recording, make))

    async def close(self) -> None:
        """Stop what is being made."""
        tasks = list(self._making.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _make(self, recording: Recording, make: Callable[[], Awaitable[None]]) -> None:
        try:
            await make()
        finally:
            del self._making[recording.id]
            if recording.state == "failed" or recording.stand_in is not None:
                self._forget_unless_asked(recording)
            else:
                del self._known[recording.id]

    def _forget_unless_asked(self, recording: Recording) -> None:
        """Forget a recording `_KEPT` seconds after it was last asked for: then what failed may be tried again."""
        if self._known.get(recording.id) is not recording or recording.id in self._making:
            return
        rest = _KEPT - recording.audience.idle
        if rest > 0:
            asyncio.get_running_loop().call_later(rest, self._forget_unless_asked, recording)
        else:
            del self._known[recording.id]
