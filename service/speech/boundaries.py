"""Word boundaries that a speech service reports, found again in the sentence as it is written."""

from collections.abc import Iterable

import msgspec

from service.text.spoken import Spoken

_AHEAD = 12  # characters a service may leave out between two words it reports: signs, spaces, an emoji


class Boundary(msgspec.Struct, frozen=True, kw_only=True):
    """A word as the service heard it in the text it was sent."""

    text: str
    start_ms: int
    end_ms: int


WordTime = tuple[int, int, int, int]  # offset and length in the written sentence, start and end in ms


def written_words(spoken: Spoken, boundaries: Iterable[Boundary]) -> tuple[WordTime, ...]:
    """When each written word is heard; from left to right, without overlap in text or time.

    Several boundaries inside one written word (2023, heard as 二零 and 二三) become one, and a boundary over
    several written words covers them all. A boundary whose text is nowhere near its place is left out.
    """
    spoken_text = _plain(spoken.text)
    found: list[WordTime] = []
    place = 0
    for boundary in boundaries:
        needle = _plain(boundary.text.strip())
        start = spoken_text.find(needle, place, place + _AHEAD + len(needle))
        if not needle or start < 0:
            continue
        place = start + len(needle)
        covered = [word for word in spoken.words if word.start < place and word.end > start]
        if covered:
            first = min(word.written_start for word in covered)
            last = max(word.written_end for word in covered)
            _append(found, (first, last - first, boundary.start_ms, boundary.end_ms))
    return tuple(found)


def _append(found: list[WordTime], word: WordTime) -> None:
    """Add a word, joined with those before it that it overlaps in the written text."""
    offset, length, start, end = word
    if found and start < found[-1][3]:
        start = found[-1][3]
        end = max(start, end)
    while found and offset < found[-1][0] + found[-1][1]:
        before = found.pop()
        length = max(offset + length, before[0] + before[1]) - min(offset, before[0])
        offset, start = min(offset, before[0]), before[2]
    found.append((offset, length, start, end))


def _plain(text: str) -> str:
    """Lower case, character by character, so that offsets stay."""
    return "".join(low if len(low := character.lower()) == 1 else character for character in text)
