"""Estimates: a text full of numbers is as long as what is said of it."""

import csv
from pathlib import Path

from service.speech.estimate import spoken_ms

NEWS = Path(__file__).parent.parent / "text" / "spoken_news.tsv"


def test_what_is_written_is_as_long_as_what_is_said() -> None:
    with NEWS.open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    written = sum(spoken_ms(row["written"], 1.0) for row in rows)
    said = sum(spoken_ms(row["spoken"], 1.0) for row in rows)
    assert abs(written / said - 1) < 0.05
