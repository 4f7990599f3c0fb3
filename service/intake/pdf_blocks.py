"""Rows of a PDF, in reading order, to blocks: headings by tag, size or weight; paragraphs across rows and pages."""

import itertools
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from statistics import median

import msgspec

from service.article import Block, Blocks, Cell, Heading, Item, ListBlock, Paragraph, Table
from service.inlines import Text
from service.intake.pdf_layout import Row

_BULLET = re.compile(r"[•●▪■◆◇‧∙➢✓]\s*")
_HEADING_CHARACTERS = 60
_SENTENCE_END = re.compile(r"[。！？；，,;.!?…]$")
_SPACED = re.compile(r"[\u0000-\u2e7f\uac00-\ud7af]")  # scripts that part words by spaces
_HYPHENATED = re.compile(r"[^\W\d_][-\u00ad\u2010]$")
_FIRST_WORD = re.compile(r"[\u2e80-\uffef]{1,2}|\S{1,30}")


class Measures(msgspec.Struct, frozen=True):
    """What is usual in a document, in points: the size of its type and the distance of its lines."""

    size: float
    leading: float


def blocks(pages: Iterable[Sequence[Row]]) -> Blocks:
    """The blocks of a document; every heading's level is 1 or more, 1 for what is set largest."""
    rows = [row for page in pages for row in page]
    measures = _measures(rows)
    rows = _with_common_edges(rows, measures)
    levels = _levels(rows, measures)
    made = [block for group in _groups(rows, measures, levels) for block in _made(group, levels)]
    return tuple(_with_lists(made))


def _measures(rows: Sequence[Row]) -> Measures:
    sizes = Counter[float]()
    for row in rows:
        sizes[_rounded(row.size)] += len(row.text)
    size = sizes.most_common(1)[0][0] if sizes else 1.0
    steps = [above.y - below.y for above, below in itertools.pairwise(rows) if _rounded(below.size) == size]
    return Measures(size, median([step for step in steps if 0 < step < 4 * size] or [1.5 * size]))


def _rounded(size: float) -> float:
    return round(size * 2) / 2


def _with_common_edges(rows: list[Row], measures: Measures) -> list[Row]:
    """A column is as wide as its widest row of text on any page: a page with short rows does not show where it ends."""
    edges: dict[tuple[int, int], float] = {}
    for row in rows:
        if abs(row.size - measures.size) < 0.12 * measures.size:
            edges[_column(row)] = max(row.pieces[-1].right, edges.get(_column(row), 0.0))
    return [msgspec.structs.replace(row, right=edges.get(_column(row), row.right)) for row in rows]


def _column(row: Row) -> tuple[int, int]:
    return round(row.left / 10), round(min(row.limit, 1e6) / 10)


# Headings


def _levels(rows: Sequence[Row], measures: Measures) -> Callable[[Row], int]:
    """Tells a row's heading level, 0 for none."""
    if any(row.pieces[0].heading for row in rows):
        return lambda row: row.pieces[0].heading
    large = [row for row in rows if row.size >= 1.12 * measures.size and len(row.text) <= _HEADING_CHARACTERS]
    ranks = {size: rank for rank, size in enumerate(sorted({_rounded(row.size) for row in large}, reverse=True), 1)}

    def level(row: Row) -> int:
        if len(row.text) > _HEADING_CHARACTERS or len(row.pieces) > 1:
            return 0
        if _rounded(row.size) in ranks:
            return ranks[_rounded(row.size)]
        alone = row.pieces[0].bold and not bold_body and not _SENTENCE_END.search(row.text)
        return len(ranks) + 1 if alone and len(row.text) <= 40 else 0

    bold_body = sum(row.pieces[0].bold for row in rows) > len(rows) / 3
    return level


# Groups of rows that are one block


def _groups(rows: Sequence[Row], measures: Measures, level: Callable[[Row], int]) -> Iterator[list[Row]]:
    group: list[Row] = []
    for row in rows:
        if group and not _joins(group, row, measures, level):
            yield group
            group = []
        group.append(row)
    if group:
        yield group


def _joins(group: list[Row], row: Row, measures: Measures, level: Callable[[Row], int]) -> bool:
    last = group[-1]
    if level(row) != level(last) or abs(row.size - last.size) > 0.12 * measures.size:
        return False
    if len(row.pieces) > 1 or len(last.pieces) > 1:
        return len(row.pieces) == len(last.pieces) and _aligned(last, row)
    step = last.y - row.y
    if level(row):
        return 0 < step < 2 * row.size
    if _BULLET.match(row.text):
        return False
    same_column = step > 0 and abs(row.left - last.left) < measures.size
    if same_column and step > 1.35 * measures.leading:
        return False
    indent = row.pieces[0].left - row.left
    before = last.pieces[0].left - last.left
    hanging = len(group) > 1 or bool(_BULLET.match(group[0].text))
    if indent > 1.2 * row.size and indent - before > 0.5 * row.size * (not hanging) + 1:
        return False
    return _full(last, row)


def _full(row: Row, following: Row) -> bool:
    """Whether a row broke because the next word had no room: then the paragraph goes on."""
    word = _FIRST_WORD.match(following.text)
    letters = len(word[0]) if word else 1
    width = letters * row.size * (0.45 if word and _SPACED.match(word[0]) else 1.0)
    return row.pieces[-1].right + width > row.right - 0.6 * row.size


def _aligned(one: Row, other: Row) -> bool:
    em = max(one.size, other.size)
    return all(
        min(abs(a.left - b.left), abs(a.right - b.right), abs(a.left + a.right - b.left - b.right) / 2) < 1.5 * em
        for a, b in zip(one.pieces, other.pieces, strict=True)
    )


# Blocks


def _made(group: list[Row], level: Callable[[Row], int]) -> Iterator[Block]:
    if len(group[0].pieces) > 1 and len(group) > 1:
        cells = [tuple(Cell(inlines=_inlines(piece.text)) for piece in row.pieces) for row in group]
        yield Table(rows=tuple(cells))
    elif level(group[0]):
        yield Heading(level=level(group[0]), inlines=_inlines(joined(row.text for row in group)))
    else:
        yield Paragraph(inlines=_inlines(joined(row.text for row in group)))


def _inlines(text: str) -> tuple[Text, ...]:
    return (Text(text=text),)


def joined(lines: Iterable[str]) -> str:
    """Lines as one text: a space where the script parts words, none in Chinese; a hyphenated word made whole."""
    text = ""
    for line in lines:
        if _HYPHENATED.search(text) and line[:1].islower():
            text = text[:-1] + line
        else:
            space = " " if text and line and _SPACED.match(text[-1]) and _SPACED.match(line) else ""
            text += space + line
    return text


def _with_lists(made: list[Block]) -> Iterator[Block]:
    """Paragraphs that begin with a bullet, one after the other, as one list."""
    for bulleted, group in itertools.groupby(made, key=_is_bulleted):
        if bulleted:
            yield ListBlock(items=tuple(Item(blocks=(_without_bullet(block),)) for block in group))
        else:
            yield from group


def _is_bulleted(block: Block) -> bool:
    return isinstance(block, Paragraph) and bool(_BULLET.match(_text(block)))


def _without_bullet(block: Block) -> Paragraph:
    return Paragraph(inlines=_inlines(_BULLET.sub("", _text(block), count=1)))


def _text(block: Block) -> str:
    return block.inlines[0].text if isinstance(block, Paragraph) and isinstance(block.inlines[0], Text) else ""
