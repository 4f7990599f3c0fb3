"""Random inputs through every parser: how many each got, how long they took, and what no input may do.

Run: `python -m bench.fuzz [INPUTS] [FROM]`; 200,000 and 0 if not given. Input n is the same in every run.
"""

import faulthandler
import sys
import time
import warnings
from collections import Counter

from tests.fuzz.targets import TARGETS, Target
from tests.fuzz.trial import Failure, trial

_STUCK = 60  # seconds within one input that no signal ends: then the stack is the report


def main(inputs: int = 200_000, first: int = 0) -> None:
    warnings.simplefilter("error")
    failures: list[Failure] = []
    shares = sum(target.share for target in TARGETS)
    for target in TARGETS:
        count = -(-inputs * target.share // shares)
        start = time.process_time()
        found, slowest = _run(target, first, count)
        taken = time.process_time() - start
        failures += found
        print(f"{target.name:22}{count:8,} inputs{taken / count * 1000:8.2f} ms each{slowest:8.2f} s at most"
              f"{len(found):5} failed", flush=True)  # fmt: skip
    _tell(failures)


def _run(target: Target, first: int, count: int) -> tuple[list[Failure], float]:
    """The failures and the longest time of an input in seconds."""
    failures, slowest = [], 0.0
    for number in range(first, first + count):
        faulthandler.dump_traceback_later(_STUCK, exit=True)
        start = time.monotonic()
        if failure := trial(target, number):
            failures.append(failure)
        slowest = max(slowest, time.monotonic() - start)
    faulthandler.cancel_dump_traceback_later()
    return failures, slowest


def _tell(failures: list[Failure]) -> None:
    """Each kind of failure once, with its count and its first input."""
    kinds = Counter((each.target, each.place) for each in failures)
    for (target, place), count in kinds.items():
        one = next(each for each in failures if (each.target, each.place) == (target, place))
        print(f"{count} x {target} at {place}: {one.what!r}, first input {one.number}")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
