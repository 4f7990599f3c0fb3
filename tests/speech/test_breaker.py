"""The circuit breaker."""

from service.speech.breaker import Breaker


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_it_opens_after_failures_in_a_row_only() -> None:
    breaker = Breaker(failures=2, seconds=10, clock=Clock())
    breaker.failed()
    breaker.succeeded()
    breaker.failed()
    assert breaker.wait() == 0
    breaker.failed()
    assert breaker.wait() == 10


def test_one_call_tries_after_the_rest_and_the_others_wait() -> None:
    clock = Clock()
    breaker = Breaker(failures=1, seconds=10, clock=clock)
    breaker.failed()
    clock.now += 10
    assert breaker.wait() == 0
    assert breaker.wait() == 10


def test_the_trial_decides() -> None:
    clock = Clock()
    breaker = Breaker(failures=1, seconds=10, clock=clock)
    breaker.failed()
    clock.now += 11
    assert breaker.wait() == 0
    breaker.failed()
    assert breaker.wait() == 10
    clock.now += 10
    assert breaker.wait() == 0
    breaker.succeeded()
    assert breaker.wait() == breaker.wait() == 0
