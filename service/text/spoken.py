"""The spoken form of a sentence: the words a voice says, and where each stands in what is written."""

import msgspec

from service.text.sentences import Sentence


class Word(msgspec.Struct, frozen=True, array_like=True):
    """A word of the spoken text and the written characters of the sentence it stands for, as [start, end)."""

    start: int
    end: int
    written_start: int
    written_end: int


class Spoken(msgspec.Struct, frozen=True, kw_only=True):
    """`pinyin` has one syllable with a tone digit 1 to 5 for each Chinese character of `text`, in order.

    `words` cover `text` from left to right without overlap; punctuation belongs to no word.
    """

    sentence: Sentence
    text: str
    pinyin: tuple[str, ...]
    words: tuple[Word, ...]
