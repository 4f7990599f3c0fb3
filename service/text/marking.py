"""Marking: the same article with a span around every sentence, so that a page can show which one is being read."""

from collections.abc import Iterator

import msgspec

from service.article import Article
from service.inlines import Break, CodeSpan, Inline, Inlines, NoteReference, Ruby, SentenceSpan, Text, plain
from service.text.passages import Passage, map_passages
from service.text.sentences import Sentence, passage_sentences

Piece = tuple[int | None, Inline]
_SHARED = -1


def mark(article: Article) -> Article:
    """`article` with SentenceSpan nodes whose ids are those of `sentences`; its plain text is the same.

    A boundary inside a link or other mark goes into it, so that nothing is split in two. The title and a
    figure's description are strings in the tree and carry no spans.
    """
    return map_passages(article, _marked)


def _marked(passage: Passage) -> Inlines:
    if passage.kind in ("title", "image"):
        return passage.inlines
    marker = _Marker(passage_sentences(passage))
    return marker.group(passage.inlines)


class _Marker:
    """Walks the inlines of one passage from left to right; `_place` is the offset in its plain text."""

    def __init__(self, sentences: tuple[Sentence, ...]) -> None:
        self._sentences = sentences
        self._place = 0
        self._current = 0
        self._begun: set[int] = set()

    def group(self, inlines: Inlines) -> Inlines:
        """Neighbours of one sentence under one span; pieces of no sentence stand free."""
        grouped: list[Inline] = []
        gathered: list[Inline] = []
        owner: int | None = None
        for number, inline in self._pieces(inlines):
            if number != owner:
                self._close(grouped, owner, gathered)
                owner, gathered = number, []
            if number == _SHARED:
                grouped.append(self._inside(inline))
            else:
                gathered.append(inline)
        self._close(grouped, owner, gathered)
        return tuple(grouped)

    def _inside(self, inline: Inline) -> Inline:
        if isinstance(inline, Text | CodeSpan | Ruby | Break | NoteReference):
            return inline
        return msgspec.structs.replace(inline, inlines=self.group(inline.inlines))

    def _close(self, grouped: list[Inline], owner: int | None, gathered: list[Inline]) -> None:
        if owner is None:
            grouped.extend(gathered)
        elif gathered:
            span = SentenceSpan(id=self._sentences[owner].id, first=owner not in self._begun, inlines=tuple(gathered))
            self._begun.add(owner)
            grouped.append(span)

    def _pieces(self, inlines: Inlines) -> Iterator[Piece]:
        """Each inline with the number of its sentence; what several sentences share has none of its own."""
        for inline in inlines:
            match inline:
                case Text() | CodeSpan():
                    yield from self._cut(inline)
                case _:
                    start, length = self._place, len(plain((inline,)))
                    owner = self._within(start, start + length)
                    if owner is None and length and not isinstance(inline, Break | Ruby):
                        yield _SHARED, inline
                    else:
                        self._place += length
                        yield owner, inline

    def _cut(self, inline: Text | CodeSpan) -> Iterator[Piece]:
        text, done = inline.text, 0
        while done < len(text):
            start = self._place
            number, end = self._run(start, start + len(text) - done)
            self._place = end
            yield number, msgspec.structs.replace(inline, text=text[done : done + end - start])
            done += end - start
        if not text:
            yield self._owner(self._place), inline

    def _run(self, start: int, end: int) -> tuple[int | None, int]:
        """The sentence at `start`, or None between two, and how far that holds, at most to `end`."""
        self._advance(start)
        if self._current == len(self._sentences):
            return None, end
        sentence = self._sentences[self._current]
        if start < sentence.start:
            return None, min(end, sentence.start)
        return self._current, min(end, sentence.end)

    def _within(self, start: int, end: int) -> int | None:
        if start == end:
            return self._owner(start)
        number, reached = self._run(start, end)
        return number if reached == end else None

    def _owner(self, place: int) -> int | None:
        """The sentence that something without width belongs to: the one it stands in or follows directly."""
        for number in (self._current, self._current - 1, self._current + 1):
            if 0 <= number < len(self._sentences):
                sentence = self._sentences[number]
                if sentence.start < place <= sentence.end:
                    return number
        return None

    def _advance(self, place: int) -> None:
        while self._current < len(self._sentences) and self._sentences[self._current].end <= place:
            self._current += 1
