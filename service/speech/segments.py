"""Segments: what is spoken, stored and played as one; a short first one, so that sound starts at once."""

import hashlib
from collections.abc import Iterator

import msgspec

from service.speech.voice import Voice
from service.text.han import is_han
from service.text.spoken import Spoken, Word

_FIRST = 15  # characters; more delays the first sound, fewer are read badly
_SUBJECT = 5  # characters at least before a predicate that is said apart
_PREDICATES = frozenset(
    "关于 召开 举行 举办 开展 启动 印发 发布 公布 出台 组织 推出 推进 推动 召集 迎来 完成 荣获 获评 入选 走进 走访 成立 "
    "调整 开设 揭牌 部署 调研 探索 打造 实施 对 向 将 把 让".split()
)
"""The words that the second half of a headline begins with: who did what."""
_CLAUSE_ENDS = "，。！？；：、—…,!?;:\n"


class Segment(msgspec.Struct, frozen=True, kw_only=True):
    """`key` is the hash of everything that decides how the sentences sound and when their words are heard."""

    key: str
    voice: str
    sentences: tuple[Spoken, ...]


def plan(
    spoken: tuple[Spoken, ...], voice: Voice, version: str, rate: float = 1.0, *, opening: bool = True
) -> tuple[Segment, ...]:
    """One segment for each sentence, except that a long first sentence is cut after its first clause or subject.

    One sentence a segment is what lets a changed sentence cost one segment. `version` is the synthesizer's.
    `opening` is false for sentences that go on from others planned before.
    """
    return tuple(
        Segment(key=_key(part, voice, version, rate), voice=voice.id, sentences=(part,))
        for number, whole in enumerate(spoken)
        for part in (_first_clause(whole) if opening and number == 0 else (whole,))
    )


def opens_passage(spoken: Spoken) -> bool:
    """Whether this is the beginning of a heading or a paragraph other than the article's title."""
    sentence = spoken.sentence
    before = sentence.text[: spoken.words[0].written_start] if spoken.words else ""
    return sentence.passage > 0 and sentence.id.endswith(".s1") and not any(map(str.isalnum, before))


def is_finished(spoken: Spoken) -> bool:
    """Whether nothing of the sentence comes after what is spoken here."""
    rest = spoken.sentence.text[spoken.words[-1].written_end :] if spoken.words else ""
    return not any(map(str.isalnum, rest))


def cut(spoken: Spoken, place: int) -> tuple[Spoken, Spoken]:
    """The sentence's parts before and after a place between two words of its spoken text."""
    words = [word for word in spoken.words if word.end <= place]
    rest = [
        Word(word.start - place, word.end - place, word.written_start, word.written_end)
        for word in spoken.words
        if word.start >= place
    ]
    if len(words) + len(rest) != len(spoken.words):
        raise ValueError("a sentence is cut between words")
    syllables = sum(map(is_han, spoken.text[:place]))
    replace = msgspec.structs.replace
    return (
        replace(spoken, text=spoken.text[:place], pinyin=spoken.pinyin[:syllables], words=tuple(words)),
        replace(spoken, text=spoken.text[place:], pinyin=spoken.pinyin[syllables:], words=tuple(rest)),
    )


def halves(spoken: Spoken) -> tuple[Spoken, ...]:
    """A sentence cut near its middle, after a clause or, where it has none that helps, between two words.

    Nothing where it is one word.
    """
    inside = {place for word in spoken.words for place in range(word.start + 1, word.end)}
    length = len(spoken.text)
    between = [word.start for word in spoken.words if word.start > 0]
    good = [place for place in clauses(spoken.text) if place not in inside and length <= 5 * place <= 4 * length]
    places = good or between
    return cut(spoken, min(places, key=lambda place: abs(place - length / 2))) if places else ()


def clauses(text: str) -> Iterator[int]:
    """The places after each run of punctuation that a reader would breathe at, the end left out."""
    for place in range(1, len(text)):
        if text[place - 1] in _CLAUSE_ENDS and text[place] not in _CLAUSE_ENDS + "”’」』）》)":
            yield place


def _first_clause(spoken: Spoken) -> tuple[Spoken, ...]:
    """A long sentence in two: after its first clauses or, where the first is long too, before its predicate."""
    if len(spoken.text) <= _FIRST:
        return (spoken,)
    inside = {place for word in spoken.words for place in range(word.start + 1, word.end)}
    fitting = [place for place in clauses(spoken.text) if place not in inside and place <= _FIRST + 1]
    begun = [
        word.start
        for word in spoken.words
        if _SUBJECT <= word.start <= _FIRST and spoken.text[word.start : word.end] in _PREDICATES
    ]
    place = fitting[-1] if fitting else begun[0] if begun else 0
    return cut(spoken, place) if place else (spoken,)


def _key(spoken: Spoken, voice: Voice, version: str, rate: float) -> str:
    parts = (version, voice, rate, spoken.text, spoken.pinyin, spoken.words, opens_passage(spoken), is_finished(spoken))
    return hashlib.sha256(msgspec.json.encode(parts)).hexdigest()
