"""A few random inputs through every parser; `bench/fuzz.py` has the long run."""

import pytest

from tests.fuzz.mutation import text
from tests.fuzz.targets import TARGETS, Target
from tests.fuzz.trial import Failure, trial

_EACH = 8


@pytest.mark.parametrize("target", TARGETS, ids=lambda target: target.name)
def test_no_input_breaks_a_parser(target: Target) -> None:
    assert [failure for number in range(_EACH * target.share) if (failure := trial(target, number))] == []


def test_what_breaks_is_told_with_the_input_that_did_it() -> None:
    numbers = Target("numbers", 1, lambda chance: int(text(chance)))
    failures = [trial(numbers, number) for number in range(20)]
    assert failures == [trial(numbers, number) for number in range(20)]
    assert any(isinstance(failure, Failure) and failure.what.startswith("ValueError") for failure in failures)
    assert not any(trial(Target("numbers", 1, numbers.attempt, (ValueError,)), number) for number in range(20))


def test_what_hangs_is_ended() -> None:
    def forever(_: object) -> None:
        while True:
            try:
                sum(range(1000))
            except Exception:
                continue

    failure = trial(Target("forever", 1, forever), 0, seconds=0.2)
    assert failure is not None
    assert failure.what.startswith("_Hangs")
