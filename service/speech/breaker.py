"""A circuit breaker: a service that keeps failing is left alone for a while instead of making every reader wait."""

from collections.abc import Callable


class Breaker:
    """Opens after `failures` in a row; `seconds` later one call is let through, and its outcome decides.

    `clock` gives seconds that only grow, such as `time.monotonic`.
    """

    def __init__(self, *, failures: int, seconds: float, clock: Callable[[], float]) -> None:
        self._failures = failures
        self._seconds = seconds
        self._clock = clock
        self._failed = 0
        self._trial = 0.0

    def wait(self) -> float:
        """Seconds until a call may be made; 0.0 where one may be made now.

        While the circuit is open and its time is over, the caller that is told 0.0 makes the trial call:
        the others wait another round.
        """
        if self._failed < self._failures:
            return 0.0
        left = self._trial - self._clock()
        if left > 0:
            return left
        self._trial = self._clock() + self._seconds
        return 0.0

    def succeeded(self) -> None:
        self._failed = 0

    def failed(self) -> None:
        self._failed += 1
        if self._failed >= self._failures:
            self._trial = self._clock() + self._seconds
