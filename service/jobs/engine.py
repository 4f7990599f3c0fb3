"""What makes speech in the background: jobs that are plain values, and the protocol of whatever runs them."""

from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from typing import Final, Literal, Protocol

import msgspec

from service.speech.segments import Segment

Lane = Literal["interactive", "bulk"]
LANES: Final[tuple[Lane, ...]] = ("interactive", "bulk")


class Job(msgspec.Struct, frozen=True, kw_only=True):
    """One segment to be spoken and stored. Everything a worker needs is in it, so a queue elsewhere can carry it.

    `queue` is the synthesizer's name, `track` whose turn it takes. `lane` is `interactive` where a listener will
    need the segment in the next moments. `rate` is 1.0 for the voice's own speed.
    """

    queue: str
    track: str
    lane: Lane
    segment: Segment
    rate: float

    @property
    def key(self) -> str:
        return self.segment.key


Work = Callable[[Job], Awaitable[None]]
Turn = Callable[[str], AbstractAsyncContextManager[None]]
Claim = Callable[[str], AbstractAsyncContextManager[bool]]


class Engine(Protocol):
    """Runs jobs: each key once at a time however many ask, interactive before bulk, tracks in turn."""

    def slots(self, queue: str) -> int:
        """How many jobs of a queue run at once."""

    async def run(self, job: Job) -> None:
        """Return when the job is done and its result is stored.

        Raises what the job raises, and Busy where too many jobs wait already. Cancelling the call withdraws one
        waiter; a job nobody waits for any more is dropped unless it has begun.
        """

    def waiting(self) -> dict[tuple[str, Lane], tuple[int, float]]:
        """How many jobs wait in each queue and lane as far as this process knows, and for how many seconds the first."""

    def turn(self, key: str) -> AbstractAsyncContextManager[None]:
        """Held by one process at a time for a key: the others then find done what they would have done."""

    def claim(self, key: str) -> AbstractAsyncContextManager[bool]:
        """Whether a key is this process's alone for as long as the context lasts; false at once where another has it."""

    async def close(self) -> None:
        """Stop; jobs under way are cancelled."""
