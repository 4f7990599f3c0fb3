"""Estimates: how long a text takes to say, and when each word is heard where the synthesizer does not tell."""

from collections import Counter
from itertools import accumulate

from service.speech.boundaries import Boundary, WordTime, written_words
from service.text.han import is_han
from service.text.spoken import Spoken

_SYLLABLE = 1.0  # what one Chinese character takes: the unit
_LETTER = 0.4  # of a word in Latin letters: about two and a half to a syllable
_DIGIT = 1.1  # over 2,184 written forms: 2023年 has a syllable a digit, 1,200 more
_SYMBOL = 0.9  # of those that are said
_PAUSE = 1.8  # at a comma or a stop inside a sentence
_SYLLABLE_MS = 230  # of the embedded voices, over the reference article, the pauses between sentences included
_SYMBOLS = "%‰℃°㎡㎥$￥¥+×/~～"
_PAUSES = "，。！？；：、—…,.!?;:"


def estimated_words(spoken: Spoken, start_ms: int, end_ms: int) -> tuple[WordTime, ...]:
    """Each written word, as if every syllable took the same time between the sentence's first sound and its last."""
    text = spoken.text.rstrip(_PAUSES + "”’」』）) ")
    edges = [0.0, *accumulate(map(_length, text))]
    total = edges[-1] or 1.0

    def at(place: int) -> int:
        return start_ms + round((end_ms - start_ms) * edges[min(place, len(text))] / total)

    return written_words(
        spoken,
        [
            Boundary(text=spoken.text[word.start : word.end], start_ms=at(word.start), end_ms=at(word.end))
            for word in spoken.words
        ],
    )


def spoken_ms(text: str, rate: float) -> int:
    """How long a text is likely to take at a rate."""
    return round(sum(_length(character) * count for character, count in Counter(text).items()) * _SYLLABLE_MS / rate)


def _length(character: str) -> float:
    if is_han(character):
        return _SYLLABLE
    if character in _PAUSES:
        return _PAUSE
    if character in _SYMBOLS:
        return _SYMBOL
    if character.isdecimal():
        return _DIGIT
    return _LETTER if character.isalnum() else 0.0
