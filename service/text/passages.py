"""Passages: the runs of text in an article that are read on their own, numbered in reading order."""

from collections.abc import Callable
from typing import Literal

import msgspec

from service.article import (
    Article,
    Block,
    Blocks,
    Cell,
    Figure,
    Heading,
    Item,
    ListBlock,
    Note,
    Notes,
    Paragraph,
    Quote,
    Table,
)
from service.inlines import Inlines, Text, plain

Kind = Literal["title", "heading", "paragraph", "item", "quote", "image", "caption", "cell", "note"]


class Passage(msgspec.Struct, frozen=True, kw_only=True):
    """One run of inlines. Passage 0 is the title; the rest follow in the order of the tree.

    `label` is what a listener must hear first because the page shows it otherwise: the number of an
    ordered item, the column header of a cell. `kind` is `image` for a figure's description.
    """

    number: int
    kind: Kind
    inlines: Inlines
    label: str = ""

    @property
    def text(self) -> str:
        return plain(self.inlines)


Change = Callable[[Passage], Inlines]


def passages(article: Article) -> tuple[Passage, ...]:
    """Every passage of an article in reading order, beginning with its title."""
    found: list[Passage] = []

    def collect(passage: Passage) -> Inlines:
        found.append(passage)
        return passage.inlines

    map_passages(article, collect)
    return tuple(found)


def map_passages(article: Article, change: Change) -> Article:
    """The same tree with each passage's inlines replaced by what `change` returns for it.

    The title and an image's description are plain strings in the tree: of their change the characters are kept.
    """
    walk = _Walk(change)
    title = plain(walk.visit("title", (Text(text=article.title),)))
    return msgspec.structs.replace(article, title=title, blocks=walk.blocks(article.blocks, "paragraph"))


class _Walk:
    def __init__(self, change: Change) -> None:
        self._change = change
        self._number = 0

    def visit(self, kind: Kind, inlines: Inlines, label: str = "") -> Inlines:
        passage = Passage(number=self._number, kind=kind, inlines=inlines, label=label)
        self._number += 1
        return self._change(passage)

    def blocks(self, blocks: Blocks, kind: Kind, label: str = "") -> Blocks:
        return tuple(self._block(block, kind, label if first == 0 else "") for first, block in enumerate(blocks))

    def _block(self, block: Block, kind: Kind, label: str) -> Block:
        replace = msgspec.structs.replace
        match block:
            case Heading():
                return replace(block, inlines=self.visit("heading", block.inlines))
            case Paragraph():
                return replace(block, inlines=self.visit(kind, block.inlines, label))
            case ListBlock():
                return replace(block, items=self._items(block))
            case Quote():
                return replace(block, blocks=self.blocks(block.blocks, "quote"))
            case Figure():
                alt = plain(self.visit("image", (Text(text=block.alt),))) if block.alt else block.alt
                caption = self.visit("caption", block.caption) if block.caption else ()
                return replace(block, alt=alt, caption=caption)
            case Table():
                return self._table(block)
            case Notes():
                return replace(block, notes=tuple(self._note(note) for note in block.notes))
            case _:
                return block

    def _items(self, block: ListBlock) -> tuple[Item, ...]:
        def label(place: int) -> str:
            return str(block.start + place) if block.ordered else ""

        return tuple(
            Item(blocks=self.blocks(item.blocks, "item", label(place))) for place, item in enumerate(block.items)
        )

    def _note(self, note: Note) -> Note:
        return msgspec.structs.replace(note, blocks=self.blocks(note.blocks, "note"))

    def _table(self, table: Table) -> Table:
        caption = self.visit("caption", table.caption) if table.caption else ()
        headers = _column_headers(table)
        head = tuple(self._row(row, {}) for row in table.head)
        rows = tuple(self._row(row, headers) for row in table.rows)
        return msgspec.structs.replace(table, caption=caption, head=head, rows=rows)

    def _row(self, row: tuple[Cell, ...], headers: dict[int, str]) -> tuple[Cell, ...]:
        cells, column = [], 0
        for cell in row:
            label = "" if cell.header else headers.get(column, "")
            cells.append(msgspec.structs.replace(cell, inlines=self.visit("cell", cell.inlines, label)))
            column += cell.columns
        return tuple(cells)


def _column_headers(table: Table) -> dict[int, str]:
    """The last head row's text for each column it covers."""
    headers: dict[int, str] = {}
    for row in table.head[-1:]:
        column = 0
        for cell in row:
            for covered in range(column, column + cell.columns):
                headers[covered] = plain(cell.inlines).strip()
            column += cell.columns
    return headers
