"""Tables: those that hold data, told from those that only lay a page out, read cell by cell."""

import re
from collections.abc import Callable, Iterator

from lxml.etree import _Element as Element

from service.article import Cell, Table
from service.inlines import Inlines
from service.intake.vocabulary import text_of

_LONG = 400  # bytes of text in a cell beyond which it is prose
_BLOCKS = ("h1", "h2", "h3", "h4", "table", "blockquote", "pre", "iframe", "video", "form", "article", "section")
_SPAN = re.compile(r"\s*(\d{1,3})")
_MOST = 1000  # rows or columns that a cell may span


def rows_of(table: Element) -> Iterator[Element]:
    """The table's own rows, not those of tables within it."""
    for child in table:
        if child.tag == "tr":
            yield child
        elif child.tag in ("thead", "tbody", "tfoot"):
            yield from (row for row in child if row.tag == "tr")


def cells_of(row: Element) -> list[Element]:
    return [cell for cell in row if cell.tag in ("td", "th")]


def is_data(table: Element) -> bool:
    """Whether reading it row by row makes sense: headers, or a grid of short cells."""
    if table.get("role") in ("presentation", "none"):
        return False
    if next(table.iterdescendants(*_BLOCKS), None) is not None:
        return False
    rows = [cells_of(row) for row in rows_of(table)]
    rows = [row for row in rows if row]
    if not rows or max(map(len, rows)) < 2:
        return False
    if any(cell.tag == "th" for row in rows for cell in row) or table.find("caption") is not None:
        return True
    texts = [len(text_of(cell).strip().encode()) for row in rows for cell in row]
    filled = [size for size in texts if size]
    if len(rows) < 2 or not filled:
        return False
    images = sum(1 for _ in table.iterdescendants("img"))
    if images * 2 > len(filled):
        return False
    return sum(size > _LONG for size in filled) <= len(filled) * 0.3


def read_table(table: Element, read: Callable[[Element], Inlines]) -> Table | None:
    """The table; its head is the rows of `thead`, or first rows made of `th` alone. None where no cell has text."""
    head: list[tuple[Cell, ...]] = []
    body: list[tuple[Cell, ...]] = []
    caption = table.find("caption")
    for row in rows_of(table):
        cells = cells_of(row)
        read_cells = tuple(
            Cell(
                inlines=read(cell),
                header=cell.tag == "th",
                columns=_span(cell.get("colspan")),
                rows=_span(cell.get("rowspan")),
            )
            for cell in cells
        )
        if not any(cell.inlines for cell in read_cells):
            continue
        parent = row.getparent()
        is_head = (parent is not None and parent.tag == "thead") or all(cell.tag == "th" for cell in cells)
        (head if is_head and not body else body).append(read_cells)
    if not head and not body:
        return None
    return Table(caption=read(caption) if caption is not None else (), head=tuple(head), rows=tuple(body))


def _span(value: str | None) -> int:
    number = _SPAN.match(value) if value else None
    return min(max(int(number[1]), 1), _MOST) if number else 1
