"""Pronunciation: the reading of every Chinese character of a text in its context, and where it is doubtful."""

import re
from collections.abc import Iterator, Sequence

import msgspec

from service.text.han import han_places, is_han
from service.text.lexicon import EMPTY, Lexicon
from service.text.polyphones import Choice, Why, choices
from service.text.readings import readings
from service.text.segmentation import words
from service.text.simplification import own_readings, simplified

__all__ = ["Doubt", "doubts", "pinyin", "pinyins", "words"]

_CLAUSE = re.compile(r"[^。！？；\n]{1,120}[。！？；\n]*|[。！？；\n]+")
_UNREADABLE = "er4"  # a character of no known reading: the voice says something short rather than lose its place


class Doubt(msgspec.Struct, frozen=True, kw_only=True):
    """A character whose reading an editor should look at: `chosen` of `candidates`, the likeliest first, and why.

    `place` is its offset in the text, `word` the word around it.
    """

    place: int
    character: str
    word: str
    chosen: str
    candidates: tuple[str, ...]
    why: Why


def pinyin(text: str, lexicon: Lexicon = EMPTY) -> tuple[str, ...]:
    """One syllable with its tone digit for each Chinese character of `text`, in order.

    Tones are those of a dictionary: 一, 不 and third tones stay as they are written there. Traditional
    characters are looked up under their simplified form. The entries of `lexicon` count over everything.
    """
    return pinyins((text,), lexicon)[0]


def pinyins(texts: Sequence[str], lexicon: Lexicon = EMPTY) -> list[tuple[str, ...]]:
    """`pinyin` of each text; many at once take a quarter of the time."""
    plain = [simplified(text) for text in texts]
    return [
        _syllables(text, simple, chosen, lexicon)
        for text, simple, chosen in zip(texts, plain, _chosen(plain), strict=True)
    ]


def doubts(texts: Sequence[str], lexicon: Lexicon = EMPTY) -> list[tuple[Doubt, ...]]:
    """For each text the characters whose reading is not certain and on which the lexicon says nothing."""
    plain = [simplified(text) for text in texts]
    return [
        tuple(_doubts(text, simple, chosen, lexicon))
        for text, simple, chosen in zip(texts, plain, _chosen(plain), strict=True)
    ]


def _doubts(text: str, simple: str, chosen: Sequence[Choice], lexicon: Lexicon) -> Iterator[Doubt]:
    settled = {place for match in lexicon.in_simplified.matches(simple) for place in range(match.start, match.end)}
    settled |= own_readings(text).keys()
    spans = {place: text[start:end] for start, end in words(text) for place in range(start, end)}
    for choice in chosen:
        if choice.doubt is not None and choice.place not in settled:
            yield Doubt(
                place=choice.place,
                character=text[choice.place],
                word=spans.get(choice.place, text[choice.place]),
                chosen=choice.reading,
                candidates=choice.candidates,
                why=choice.doubt,
            )


def _chosen(texts: Sequence[str]) -> list[list[Choice]]:
    """The choices of each text. A long one is decided clause by clause, so that all steps of the network are short."""
    clauses = [(number, match.start(), match.group()) for number, text in enumerate(texts) for match in _split(text)]
    found: list[list[Choice]] = [[] for _ in texts]
    for (number, start, _), chosen in zip(clauses, choices([clause for _, _, clause in clauses]), strict=True):
        found[number] += [msgspec.structs.replace(choice, place=choice.place + start) for choice in chosen]
    return found


def _split(text: str) -> list[re.Match[str]]:
    return list(_CLAUSE.finditer(text))


def _syllables(text: str, simple: str, chosen: Sequence[Choice], lexicon: Lexicon) -> tuple[str, ...]:
    usual = readings().characters
    found = {place: usual.get(simple[place]) or usual.get(text[place], _UNREADABLE) for place in han_places(text)}
    found |= {choice.place: choice.reading for choice in chosen}
    found |= own_readings(text)
    for match in lexicon.in_simplified.matches(simple):
        places = [place for place in range(match.start, match.end) if is_han(text[place])]
        if len(places) == len(match.entry.syllables):
            found |= dict(zip(places, match.entry.syllables, strict=True))
    return tuple(found[place] for place in sorted(found))
