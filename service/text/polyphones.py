"""Polyphones: which reading each character with several has in its sentence, and how sure that is.

The network's log-probability of a reading is weighed against the phrase table's word; collocations, the names of
people and the words of polyphones.txt stand over both.
"""

from collections.abc import Iterator, Sequence
from typing import Literal

import msgspec

from service.text.collocations import collocated
from service.text.names import surnames
from service.text.network import network
from service.text.readings import readings
from service.text.segmentation import Token, tokens

_DICTIONARY = 6.2
"""What the phrase table's word weighs, in nats of the network (fitted on 9,893 sentences; flat between 5 and 8)."""
_NOTHING = Token(0, "", "")
_SUFFIXES = "子头上里么们"
"""In a word of the phrase table these have lost their tone, though sentences in full tones taught the network otherwise."""

_DONE = "vadpil"
_HOW = "adiz"
"""How jieba's tags begin of what 地 stands between: what is done (verbs, prepositions, ...), and how (adjectives, ...)."""
_DEEDS = {
    "长": "zhang3", "种": "zhong4", "数": "shu3", "量": "liang2", "铺": "pu1", "钻": "zuan1", "盛": "cheng2",
    "卷": "juan3", "切": "qie1", "缝": "feng2", "称": "cheng1", "咽": "yan4", "涨": "zhang3", "教": "jiao1",
    "抹": "mo3", "挣": "zheng4", "逮": "dai3", "剥": "bao1", "藏": "cang2", "弹": "tan2", "担": "dan1",
    "挑": "tiao1", "载": "zai4", "扇": "shan1", "哄": "hong3", "当": "dang1", "削": "xiao1", "传": "chuan2",
    "降": "jiang4", "累": "lei4", "落": "luo4", "舍": "she3", "择": "zhai2",
}  # fmt: skip
"""How a character is read that is a verb by itself."""
_ASPECTS = ("了", "着", "过", "得", "到")
"""What stands after a verb: 长着, 数了."""
_SURE = -0.1
"""The log-probability above which the network is taken to be sure."""
Why = Literal["sources", "close", "name"]


class Choice(msgspec.Struct, frozen=True):
    """The reading chosen for the polyphone at `place`, and its readings by weight, the likeliest first.

    `doubt` says why the reading is not certain: the phrase table and the network name different ones (`sources`),
    the network finds two of them likely (`close`), or it is read as the name of a person (`name`).
    """

    place: int
    reading: str
    candidates: tuple[str, ...]
    doubt: Why | None


def choices(texts: Sequence[str]) -> list[list[Choice]]:
    """For each text (simplified characters) the choice at each of its polyphones, in order."""
    return [
        list(_choices(text, tokens(text), scores)) for text, scores in zip(texts, network().scores(texts), strict=True)
    ]


def _choices(text: str, divided: Sequence[Token], scores: dict[int, tuple[float, ...]]) -> Iterator[Choice]:
    candidates = network().candidates
    said = _dictionary(divided)
    names = dict(surnames(text, divided))
    special = (
        dict(_deeds(text, divided))
        | dict(_phrases(divided))
        | dict(_adverbial(divided))
        | dict(collocated(text))
        | names
        | dict(_specials(text, divided))
    )
    for place in sorted(scores.keys() | special.keys() | said.keys()):
        weighed = dict(zip(candidates.get(text[place], ()), scores.get(place, ()), strict=True))
        word = said.get(place)
        likely = max(weighed, key=weighed.__getitem__, default=None)
        doubt: Why | None = None
        if word is None and weighed and max(weighed.values()) < _SURE:
            doubt = "close"
        elif word not in (None, likely):
            doubt = "sources"
        if word in weighed:
            weighed[word] += _DICTIONARY
        order = tuple(sorted(weighed, key=weighed.__getitem__, reverse=True))
        if place in special:
            named: Why | None = "name" if place in names and special[place] == names[place] and len(order) > 1 else None
            yield Choice(place, special[place], tuple(dict.fromkeys((special[place], *order))), named)
        elif word is not None and (not order or (text[place] in _SUFFIXES and word[-1] == "5")):
            yield Choice(place, word, tuple(dict.fromkeys((word, *order))), None)
        else:
            yield Choice(place, order[0], order, doubt)


def _dictionary(divided: Sequence[Token]) -> dict[int, str]:
    """By place, the syllable that the phrase table gives: for the whole word, else for the longest part of it."""
    phrases = readings().phrases
    found: dict[int, str] = {}
    for token in divided:
        length = len(token.text)
        for size in range(length, 1, -1):
            for start in range(length - size + 1):
                sounds = phrases.get(token.text[start : start + size])
                if sounds:
                    for place, sound in enumerate(sounds.split(" "), token.start + start):
                        found.setdefault(place, sound)
            if size == length and sounds:
                break
    return found


def _adverbial(divided: Sequence[Token]) -> Iterator[tuple[int, str]]:
    """The particle 地: a word of its own between one of two characters or more and what is done."""
    for before, token, after in zip(divided, divided[1:], divided[2:], strict=False):
        if token.text == "地" and len(before.text) > 1 and (before.kind[0] in _HOW or after.kind[0] in _DONE):
            yield token.start, "de5"


def _deeds(text: str, divided: Sequence[Token]) -> Iterator[tuple[int, str]]:
    """Characters that are verbs: said twice around 一 or 了 (数一数), or before what stands after verbs (盛着)."""
    for token, after in zip(divided, (*divided[1:], _NOTHING), strict=True):
        sound = _DEEDS.get(token.text[0])
        if sound is None or len(token.text) > 2:
            continue
        verb, said = token.text[0], text[token.start : token.start + 3]
        if said in (f"{verb}一{verb}", f"{verb}了{verb}"):
            yield from ((token.start, sound), (token.start + 2, sound))
        elif (token.text[1:] or after.text) in _ASPECTS:
            yield token.start, sound


def _specials(text: str, divided: Sequence[Token]) -> Iterator[tuple[int, str]]:
    """The readings of polyphones.txt: the longest run of whole tokens that is one of its words, from left to right."""
    words, longest = readings().specials, readings().longest
    first = 0
    while first < len(divided):
        start, following, found = divided[first].start, first + 1, ""
        for last in range(first, len(divided)):
            word = text[start : divided[last].start + len(divided[last].text)]
            if len(word) > longest:
                break
            if word in words:
                found, following = word, last + 1
        yield from ((start + place, sound) for place, sound in words.get(found, ()))
        first = following


def _phrases(divided: Sequence[Token]) -> Iterator[tuple[int, str]]:
    """The readings within words of three characters and more: those of the phrase table, which leaves no choice in four;
    for a phrase it lacks, those of the words of polyphones.txt at its ends (抓紧时间, 更为重要, 廊坊市, 吆喝声),
    but none at the end of three that begin with a word of the phrase table (旅行家).
    """
    phrases, words = readings().phrases, readings().specials
    for token in divided:
        if token.text not in phrases and len(token.text) > 2:
            known = len(token.text) == 3 and token.text[:2] in phrases
            for start in (0,) if known else (0, len(token.text) - 2):
                inner = words.get(token.text[start : start + 2], ())
                yield from ((token.start + start + place, sound) for place, sound in inner)
        elif len(token.text) > 3:
            sounds = enumerate(phrases[token.text].split(" "), token.start)
            yield from ((place, sound) for place, sound in sounds if sound[-1] != "5")
