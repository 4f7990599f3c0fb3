"""Doubtful conversions: where OpenCC's tables and the form that was chosen differ, for an editor to settle."""

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import accumulate

import msgspec
import opencc

from service.article import Article
from service.text.alignment import Alignment
from service.text.conversion import Conversion, convert_text
from service.text.detection import detect
from service.text.forms import printed, segment, simplified
from service.text.leaves import Written, written
from service.text.lexicon import EMPTY, Lexicon
from service.text.protected import Span, merged, protected_spans
from service.text.scripts import conversions, source_of
from service.text.sentences import Sentence, sentences
from service.text.tables import opencc_regional
from service.text.tags import Script


class Doubt(msgspec.Struct, frozen=True, kw_only=True):
    """Characters [start, end) of a text, `written`, became `chosen`; OpenCC would have `other`.

    `why`: it matches other words there (`words`), or it has another word of the region (`region`).
    """

    start: int
    end: int
    written: str
    chosen: str
    other: str
    why: str


class DoubtfulConversion(msgspec.Struct, frozen=True, kw_only=True):
    """A doubt in the sentence with this id: the offsets are those of the sentence's `text`, as it is written."""

    sentence: str
    text: str
    doubt: Doubt


class DoubtfulConversions(msgspec.Struct, frozen=True, kw_only=True):
    """What is doubtful in an article in one script, in reading order."""

    article: str
    script: Script
    doubts: tuple[DoubtfulConversion, ...]


def doubtful_text(text: str, target: Script, lexicon: Lexicon = EMPTY) -> tuple[Doubt, ...]:
    """The doubts of a text; none where it is not simplified, and none on what the lexicon says."""
    if target == "zh-Hans" or detect(text) not in (None, "zh-Hans"):
        return ()
    settled = merged([*protected_spans(text), *_said(text, lexicon)])
    return tuple(_doubts(text, convert_text(text, "zh-Hans", target, lexicon), target, settled))


def doubtful_conversions(article: Article, target: Script, lexicon: Lexicon = EMPTY) -> DoubtfulConversions:
    """The doubts of an article's sentences in `target`."""
    found: tuple[DoubtfulConversion, ...] = ()
    if target != "zh-Hans" and source_of(article) == "zh-Hans":
        whole = conversions(article, target, lexicon)
        found = tuple(_of_sentences(written(article), sentences(article), whole, target, lexicon))
    return DoubtfulConversions(article=article.id, script=target, doubts=found)


def _of_sentences(
    read: Written, listed: Sequence[Sentence], whole: Sequence[Conversion], target: Script, lexicon: Lexicon
) -> Iterator[DoubtfulConversion]:
    by_passage: dict[int, list[Sentence]] = {}
    for sentence in listed:
        by_passage.setdefault(sentence.passage, []).append(sentence)
    for number, inside in by_passage.items():
        begin, stop = read.passages[number]
        text = read.text[begin:stop]
        if detect(text) not in (None, "zh-Hans"):
            continue
        kept = [(first - begin, last - begin) for first, last in read.kept if begin <= first and last <= stop]
        settled = merged([*kept, *protected_spans(text), *_said(text, lexicon)])
        for doubt in _doubts(text, whole[number], target, settled):
            for sentence in inside:
                if sentence.start <= doubt.start and doubt.end <= sentence.end:
                    start, end = doubt.start - sentence.start, doubt.end - sentence.start
                    inner = msgspec.structs.replace(doubt, start=start, end=end)
                    yield DoubtfulConversion(sentence=sentence.id, text=sentence.text, doubt=inner)


def _said(text: str, lexicon: Lexicon) -> list[Span]:
    return [(match.start, match.end) for match in lexicon.matches(text) if match.entry.forms]


def _doubts(text: str, conversion: Conversion, target: Script, settled: Sequence[Span]) -> Iterator[Doubt]:
    longest = _longest_match(text, target)
    regional = opencc_regional(target)
    words = segment(text)
    for start, word in zip(accumulate(map(len, words), initial=0), words, strict=False):
        end = start + len(word)
        if any(first < end and start < last for first, last in settled):
            continue
        chosen = _taken(conversion, start, end)
        expected = regional.get(word)
        if expected is not None and expected != chosen:
            yield Doubt(start=start, end=end, written=word, chosen=chosen, other=expected, why="region")
        elif expected is None and longest[start:end] != chosen and simplified(chosen) == word:
            yield Doubt(start=start, end=end, written=word, chosen=chosen, other=longest[start:end], why="words")


def _taken(conversion: Conversion, start: int, end: int) -> str:
    alignment: Alignment = conversion.alignment
    first, last = alignment.span(start, end)
    return conversion.text[first:last]


def _longest_match(text: str, target: Script) -> str:
    """OpenCC's own conversion in the characters that `target` prints; `text` where a length changes."""
    form: str = _opencc(target).convert(text)
    return printed(form, target) if len(form) == len(text) else text


@cache
def _opencc(target: Script) -> opencc.OpenCC:
    return opencc.OpenCC("s2hk" if target == "zh-Hant-HK" else "s2tw")
