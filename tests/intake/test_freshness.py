"""Cache-Control, Expires, Age and robots headers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from multidict import CIMultiDict

from service.intake.freshness import Lifetime, directives, lifetime

NOON = "Tue, 26 Dec 2023 12:00:00 GMT"
LATER = "Tue, 26 Dec 2023 12:05:00 GMT"


@pytest.mark.parametrize(
    ("headers", "seconds", "storable"),
    [
        ({}, None, True),
        ({"Cache-Control": "max-age=60"}, 60, True),
        ({"Cache-Control": "MAX-AGE=60"}, 60, True),
        ({"Cache-Control": 'max-age="60"'}, 60, True),
        ({"Cache-Control": "max-age=60, s-maxage=90"}, 60, True),
        ({"Cache-Control": "s-maxage=90"}, None, True),
        ({"Cache-Control": "max-age=60", "Age": "20"}, 40, True),
        ({"Cache-Control": "max-age=60", "Age": "200"}, 0, True),
        ({"Cache-Control": "max-age=60", "Expires": LATER, "Date": NOON}, 60, True),
        ({"Cache-Control": "max-age=9999999"}, 86400, True),
        ({"Cache-Control": "max-age=-1"}, None, True),
        ({"Cache-Control": "max-age=soon"}, None, True),
        ({"Cache-Control": "no-cache"}, 0, True),
        ({"Cache-Control": "no-cache, max-age=60"}, 0, True),
        ({"Cache-Control": "no-store"}, 0, False),
        ({"Cache-Control": "private, max-age=60"}, 60, True),
        ({"Expires": LATER, "Date": NOON}, 300, True),
        ({"Expires": NOON, "Date": LATER}, 0, True),
        ({"Expires": "0"}, 0, True),
        ({"Expires": "-1", "Date": NOON}, 0, True),
        ({"X-Robots-Tag": "noarchive"}, None, False),
        ({"X-Robots-Tag": "none", "Cache-Control": "max-age=60"}, 60, False),
        ({"X-Robots-Tag": "index, follow"}, None, True),
    ],
)
def test_lifetime(headers: dict[str, str], seconds: int | None, storable: bool) -> None:
    assert lifetime(CIMultiDict(headers)) == Lifetime(seconds=seconds, storable=storable)


def test_the_first_of_two_directives_counts() -> None:
    assert directives("max-age=1, max-age=2, Public") == {"max-age": "1", "public": ""}


@given(
    st.dictionaries(st.sampled_from(["Cache-Control", "Expires", "Date", "Age", "X-Robots-Tag"]), st.text(max_size=60))
)
def test_anything_gives_a_lifetime(headers: dict[str, str]) -> None:
    seconds = lifetime(CIMultiDict(headers)).seconds
    assert seconds is None or 0 <= seconds <= 86400
