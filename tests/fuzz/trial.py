"""One random input for one parser, under a limit of processor time; what it does that no input may make it do."""

import random
import signal
import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Final

import msgspec

from service.errors import ChangduError
from tests.fuzz.targets import Target

SECONDS: Final = 5


class Failure(msgspec.Struct, frozen=True):
    """`trial` again with the same target and number gives the same failure; `place` is the line it came from."""

    target: str
    number: int
    what: str
    place: str


class _Hangs(BaseException):
    """No parser's `except Exception` may catch it."""


def trial(target: Target, number: int, seconds: float = SECONDS) -> Failure | None:
    """What went wrong with input `number`: any error that is not one for readers, or more than `seconds` of work."""
    chance = random.Random(f"{target.name} {number}")
    start = time.process_time()
    try:
        with _limit(seconds):
            target.attempt(chance)
    except ChangduError:
        pass  # what a reader is told
    except (Exception, _Hangs) as error:
        if not isinstance(error, target.allowed):
            return Failure(target.name, number, f"{type(error).__name__}: {error}"[:200], _place(error))
    taken = time.process_time() - start
    return Failure(target.name, number, f"{taken:.1f} s", "") if taken > seconds else None


def _place(error: BaseException) -> str:
    """The last line of Changdu's own that the error came through."""
    frames = traceback.extract_tb(error.__traceback__)
    last = [frame for frame in frames if "/service/" in frame.filename][-1:] or frames[-1:]
    return "".join(f"{frame.filename.rpartition('/service/')[2]}:{frame.lineno}" for frame in last)


@contextmanager
def _limit(seconds: float) -> Iterator[None]:
    before = signal.signal(signal.SIGPROF, _stop)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def _stop(number: int, frame: FrameType | None) -> None:
    raise _Hangs
