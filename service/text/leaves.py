"""Leaves: the text of an article as one string and the inlines that carry it, taken apart and put together again."""

from collections.abc import Iterator, Sequence

import msgspec

from service.article import Article
from service.inlines import (
    Abbreviation,
    Break,
    CodeSpan,
    Foreign,
    Inline,
    Inlines,
    NoteReference,
    Ruby,
    SentenceSpan,
    Text,
    Verbatim,
)
from service.text.passages import Passage, map_passages
from service.text.protected import Span, merged, patched, protected_spans
from service.text.tags import script_of


class Written(msgspec.Struct, frozen=True):
    """All passages of an article, then what its abbreviations stand for, its byline and its site, apart by newlines.

    `passages` and `leaves` are their spans in `text`, in order. Leaves in `kept` stay as they are (code, other
    languages, verbatim text); those in `bound` keep as many characters as they have (ruby). `telling` is `text` with
    blanks for all that no conversion touches, which tells nothing of the script that the rest is written in. The leaves
    that follow the passages are `expansions` in number, and two.
    """

    text: str
    telling: str
    passages: tuple[Span, ...]
    leaves: tuple[Span, ...]
    kept: tuple[Span, ...]
    bound: tuple[Span, ...]
    expansions: int


def written(article: Article) -> Written:
    """The text of `article` and where its leaves stand in it."""
    reader = _Reader()
    map_passages(article, reader.passage)
    passages = tuple(reader.spans)
    expansions = tuple(reader.expansions)
    for expansion in expansions:
        reader.read((expansion,))
    for short in (article.byline, article.site):
        reader.read((Text(text=short or ""),))
    text = "\n".join(reader.texts)
    telling = patched(text, " " * len(text), merged([*reader.kept, *protected_spans(text)]))
    return Written(
        text, telling, passages, tuple(reader.leaves), tuple(reader.kept), tuple(reader.bound), len(expansions)
    )


class _Reader:
    def __init__(self) -> None:
        self.texts: list[str] = []
        self.spans: list[Span] = []
        self.leaves: list[Span] = []
        self.kept: list[Span] = []
        self.bound: list[Span] = []
        self.expansions: list[Inline] = []
        self._place = 0

    def passage(self, passage: Passage) -> Inlines:
        self.read(passage.inlines)
        return passage.inlines

    def read(self, inlines: Inlines) -> None:
        start, pieces = self._place, list[str]()
        self._read(inlines, pieces, False)
        self.texts.append("".join(pieces))
        self.spans.append((start, self._place))
        self._place += 1

    def _read(self, inlines: Inlines, pieces: list[str], kept: bool) -> None:
        for inline in inlines:
            match inline:
                case Text():
                    self._leaf(inline.text, pieces, self.kept if kept else None)
                case SentenceSpan():
                    self._read(inline.inlines, pieces, kept)
                case CodeSpan(text=text):
                    self._leaf(text, pieces, self.kept)
                case Ruby(base=text):
                    self._leaf(text, pieces, self.kept if kept else self.bound)
                case Break():
                    self._leaf("\n", pieces, None)
                case NoteReference():
                    pass
                case Foreign(lang=lang):
                    self._read(inline.inlines, pieces, kept or script_of(lang) is None)
                case Abbreviation(expansion=text):
                    self.expansions.append(Verbatim(inlines=(Text(text=text),)) if kept else Text(text=text))
                    self._read(inline.inlines, pieces, kept)
                case _:
                    self._read(inline.inlines, pieces, kept or isinstance(inline, Verbatim))

    def _leaf(self, text: str, pieces: list[str], listed: list[Span] | None) -> None:
        pieces.append(text)
        span = self._place, self._place + len(text)
        self.leaves.append(span)
        if listed is not None:
            listed.append(span)
        self._place = span[1]


def rewritten(article: Article, texts: Sequence[str], expansions: int, language: str) -> Article:
    """`article` with `texts` in its leaves, as `Written` has them, its Chinese passages marked as `language`.

    The title and the descriptions of images are strings in the tree; they get the text of their one leaf.
    """
    *leaves, byline, site = texts
    last = len(leaves) - expansions
    writer = _Writer(iter(leaves[:last]), iter(leaves[last:]), language)
    changed = map_passages(article, writer.passage)
    return msgspec.structs.replace(
        changed,
        byline=article.byline and byline,
        site=article.site and site,
        language=language,
    )


class _Writer:
    def __init__(self, texts: Iterator[str], expansions: Iterator[str], language: str) -> None:
        self._texts = texts
        self._expansions = expansions
        self._language = language

    def passage(self, passage: Passage) -> Inlines:
        return self._inlines(passage.inlines)

    def _inlines(self, inlines: Inlines) -> Inlines:
        return tuple([self._inline(inline) for inline in inlines])

    def _inline(self, inline: Inline) -> Inline:
        match inline:
            case Text():
                return Text(text=next(self._texts))
            case SentenceSpan():
                return SentenceSpan(id=inline.id, first=inline.first, inlines=self._inlines(inline.inlines))
            case Ruby():
                return Ruby(base=next(self._texts), reading=inline.reading)
            case CodeSpan() | Break():
                next(self._texts)
                return inline
            case NoteReference():
                return inline
            case Abbreviation():
                return Abbreviation(expansion=next(self._expansions), inlines=self._inlines(inline.inlines))
            case Foreign(lang=lang):
                chinese = script_of(lang) is not None
                return Foreign(lang=self._language if chinese else lang, inlines=self._inlines(inline.inlines))
            case _:
                return msgspec.structs.replace(inline, inlines=self._inlines(inline.inlines))
