"""Pronunciation: the reading of every Chinese character of a sentence in its context."""

from functools import cache

import pypinyin
from g2pM import G2pM

from service.text.han import han_places, is_han
from service.text.lexicon import EMPTY, Lexicon
from service.text.segmentation import words
from service.text.syllables import BadSyllable, syllable

__all__ = ["pinyin", "words"]


@cache
def _model() -> G2pM:
    return G2pM()


def pinyin(text: str, lexicon: Lexicon = EMPTY) -> tuple[str, ...]:
    """One syllable with its tone digit for each Chinese character of `text`, in order.

    Tones are those of a dictionary: 一, 不 and third tones stay as they are written there (see `sandhi`).
    """
    places = han_places(text)
    if not places:
        return ()
    guess = _model()(text, char_split=True)
    found = {place: _syllable(guess[place], text[place]) for place in places}
    for start, end in words(text):
        phrase = pypinyin.lazy_pinyin(text[start:end], style=pypinyin.Style.TONE3, neutral_tone_with_five=True)
        if text[start:end] in pypinyin.phrases_dict.phrases_dict and len(phrase) == end - start:
            found |= {start + n: _syllable(written, text[start + n]) for n, written in enumerate(phrase)}
    for match in lexicon.matches(text):
        spoken = [place for place in range(match.start, match.end) if is_han(text[place])]
        if len(spoken) == len(match.entry.syllables):
            found |= dict(zip(spoken, match.entry.syllables, strict=True))
    return tuple(found[place] for place in places)


def _syllable(written: str, character: str) -> str:
    try:
        return syllable(written)
    except BadSyllable:
        first = pypinyin.lazy_pinyin(character, style=pypinyin.Style.TONE3, neutral_tone_with_five=True)[0]
        return syllable(first) if first != character else "de5"
