"""The tables of readings: every character's usual one, the phrase table, and the words where both go wrong."""

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

_DATA = Path(__file__).parent / "data"


class Special(NamedTuple):
    """In this word the character at `place` is read `syllable`, whatever else speaks against it."""

    place: int
    syllable: str


class Readings(NamedTuple):
    """`characters`: the usual syllable of each character. `phrases`: the syllables of words with polyphones.

    `specials`: the words of polyphones.txt; the longest is `longest` characters long.
    """

    characters: Mapping[str, str]
    phrases: Mapping[str, str]
    specials: Mapping[str, tuple[Special, ...]]
    longest: int


@cache
def readings() -> Readings:
    """The tables of this process."""
    characters = {member: sound for sound, members in _lines("characters.tsv", "\t") for member in members}
    phrases = dict(_lines("phrases.tsv", "\t"))
    specials: dict[str, tuple[Special, ...]] = {}
    for character, rest in _lines("polyphones.txt", " "):
        sound, *words = rest.split(" ")
        for word in words:
            found = tuple(Special(place, sound) for place, member in enumerate(word) if member == character)
            specials[word] = specials.get(word, ()) + found
    return Readings(characters, phrases, specials, max(map(len, specials)))


def _lines(name: str, separator: str) -> Iterator[tuple[str, str]]:
    for line in (_DATA / name).read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            key, _, value = line.partition(separator)
            yield key, value
