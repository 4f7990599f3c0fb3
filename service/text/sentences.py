"""Sentences: where a reader would breathe, with ids that the page, the timeline and the captions share."""

import re

import msgspec

from service.article import Article
from service.text.boundaries import ends
from service.text.passages import Passage, passages
from service.text.policy import policies

Span = tuple[int, int]

_LINE = re.compile(r"[^\n\r\u2028\u2029]+")


class Sentence(msgspec.Struct, frozen=True, kw_only=True):
    """`start` and `end` are character offsets into the plain text of passage number `passage`.

    `id` is `b{passage}.s{n}`, n from 1: the id of its span in the page.
    """

    id: str
    passage: int
    start: int
    end: int
    text: str


def split(text: str) -> tuple[Span, ...]:
    """The sentences of a passage as [start, end), in order, without the space between them.

    Every line break ends one; quotations and brackets stay whole unless they are too long to say in one go.
    """
    spans: list[Span] = []
    for line in _LINE.finditer(text):
        start = line.start()
        for end in ends(line.group()):
            span = _trim(text, start, line.start() + end)
            if span[0] < span[1]:
                spans.append(span)
            start = line.start() + end
    return tuple(spans)


def _trim(text: str, start: int, end: int) -> Span:
    piece = text[start:end]
    start += len(piece) - len(piece.lstrip())
    return start, start + len(piece.strip())


def passage_sentences(passage: Passage) -> tuple[Sentence, ...]:
    """The sentences of one passage; a title is always one."""
    text = passage.text
    if passage.kind == "title":
        whole = _trim(text, 0, len(text))
        spans: tuple[Span, ...] = (whole,) if whole[0] < whole[1] else ()
    else:
        spans = split(text)
    return tuple(
        Sentence(id=f"b{passage.number}.s{n}", passage=passage.number, start=start, end=end, text=text[start:end])
        for n, (start, end) in enumerate(spans, 1)
    )


def sentences(article: Article, policy: str = "everything") -> tuple[Sentence, ...]:
    """The sentences that are read, in order; `policy` leaves out kinds of passages and never changes an id."""
    skipped = policies()[policy].skip
    return tuple(
        sentence
        for passage in passages(article)
        if passage.kind not in skipped
        for sentence in passage_sentences(passage)
    )
