"""Collocations: how characters are read by what stands around them, from data that names the reading and the pattern."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

_TABLE = Path(__file__).parent / "data" / "collocations.tsv"
_MARKED = re.compile("【(.)】")


class Collocation(NamedTuple):
    """The character is read `syllable` where `pattern` matches; its group `at` is the character."""

    syllable: str
    pattern: re.Pattern[str]


def collocated(text: str) -> Iterator[tuple[int, str]]:
    """The place and the reading of each character that a collocation decides; of two, what is said last counts."""
    table = _collocations()
    for character in table.keys() & set(text):
        for sound, pattern in table[character]:
            yield from ((match.start("at"), sound) for match in pattern.finditer(text))


@cache
def _collocations() -> dict[str, tuple[Collocation, ...]]:
    found: dict[str, list[Collocation]] = {}
    for line in _TABLE.read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            sound, pattern = line.split("\t")
            (character,) = _MARKED.findall(pattern)
            one = Collocation(sound, re.compile(_MARKED.sub(r"(?P<at>\1)", pattern)))
            found.setdefault(character, []).append(one)
    return {character: tuple(listed) for character, listed in found.items()}
