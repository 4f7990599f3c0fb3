"""Annotation: an article with the pinyin of every Chinese character above it."""

import msgspec

from service.article import Article
from service.inlines import Break, CodeSpan, Inline, Inlines, NoteReference, Ruby, Text
from service.text.han import han_places
from service.text.lexicon import EMPTY, Lexicon
from service.text.passages import map_passages, passages
from service.text.pronunciation import doubts, pinyins
from service.text.syllables import accented


def annotate(article: Article, lexicon: Lexicon = EMPTY, *, doubtful: bool = False) -> Article:
    """A Chinese article with a Ruby for each Chinese character of its text; its plain text stays the same.

    `doubtful` leaves out the readings that are certain, for those who hear the page and need to be told the others.
    Readings come from the whole passage, so that a link or a mark inside a word does not cut it. The source's own
    readings, code, the title and image descriptions stay as they are.
    """
    read = [passage for passage in passages(article) if passage.kind not in ("title", "image")]
    texts = [passage.text for passage in read]
    sounds = _doubtful(texts, lexicon) if doubtful else _all(texts, lexicon)
    marks = {passage.number: found for passage, found in zip(read, sounds, strict=True)}
    return map_passages(article, lambda passage: _walk(passage.inlines, marks.get(passage.number, {}), 0)[0])


def _all(texts: list[str], lexicon: Lexicon) -> list[dict[int, str]]:
    sounds = pinyins(texts, lexicon)
    return [
        dict(zip(han_places(text), map(accented, each), strict=True)) for text, each in zip(texts, sounds, strict=True)
    ]


def _doubtful(texts: list[str], lexicon: Lexicon) -> list[dict[int, str]]:
    return [{doubt.place: accented(doubt.chosen) for doubt in found} for found in doubts(texts, lexicon)]


def _walk(inlines: Inlines, marks: dict[int, str], place: int) -> tuple[Inlines, int]:
    """The inlines with readings, and the offset in the passage's plain text after them."""
    found: list[Inline] = []
    for inline in inlines:
        match inline:
            case Text():
                found.extend(_pieces(inline.text, marks, place))
                place += len(inline.text)
            case CodeSpan(text=text) | Ruby(base=text):
                found.append(inline)
                place += len(text)
            case Break():
                found.append(inline)
                place += 1
            case NoteReference():
                found.append(inline)
            case _:
                inside, place = _walk(inline.inlines, marks, place)
                found.append(msgspec.structs.replace(inline, inlines=inside))
    return tuple(found), place


def _pieces(text: str, marks: dict[int, str], place: int) -> list[Inline]:
    pieces: list[Inline] = []
    plain = 0
    for here in range(len(text)):
        if (reading := marks.get(place + here)) is None:
            continue
        if plain < here:
            pieces.append(Text(text=text[plain:here]))
        pieces.append(Ruby(base=text[here], reading=reading))
        plain = here + 1
    if plain < len(text):
        pieces.append(Text(text=text[plain:]))
    return pieces
