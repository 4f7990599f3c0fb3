"""A table's cells laid out on a full grid: spans that fit, no empty row or column, every row equally wide."""

from collections.abc import Sequence
from itertools import accumulate, pairwise
from typing import Final

import msgspec

from service.article import Cell, Table
from service.inlines import plain

Rows = Sequence[Sequence[Cell]]

_WIDEST: Final = 1000
"""Columns that one cell may span, as HTML has it."""
_MOST_LABELS: Final = 8
"""Columns of a table that is still shorter as a list."""


class _Placed(msgspec.Struct, frozen=True):
    cell: Cell
    row: int
    column: int
    rows: int
    columns: int


def grid(table: Table) -> tuple[list[list[Cell]], list[list[Cell]]]:
    """Head and body of a table, whose spans may be nonsense, as rows that make up a rectangle.

    A span is cut where the part of the table ends or another cell stands; short rows get empty cells at their end.
    Where the source names no header, the first row is the head, as printed tables have it; where a cell hangs down
    from it, the first column's cells are headers instead.
    """
    table = _headed(table)
    head = _place(table.head, 0)
    body = _place(table.rows, len(table.head))
    placed = head + body
    columns = sorted({item.column for item in placed})
    rows = sorted({item.row for item in placed})
    lines = {row: _line(placed, row, rows, columns) for row in rows}
    return (
        [line for row, line in lines.items() if row < len(table.head)],
        [line for row, line in lines.items() if row >= len(table.head)],
    )


def labels(head: Rows, body: Rows) -> list[list[str]]:
    """What each cell of the body stands under, where one row names all columns and no cell hangs down; else nothing.

    `head` and `body` are a grid's. A phone shows such a table as a list.
    """
    names = [plain(cell.inlines).strip() for cell in head[0]] if len(head) == 1 else []
    if not 1 < len(names) <= _MOST_LABELS or not all(names) or any(cell.columns > 1 for cell in head[0]):
        return []
    if any(cell.rows > 1 for row in body for cell in row):
        return []
    return [_under(row, names) for row in body]


def _under(row: Sequence[Cell], names: list[str]) -> list[str]:
    starts = list(accumulate((cell.columns for cell in row), initial=0))
    return [" ".join(names[start:end]) for start, end in pairwise(starts)]


def _headed(table: Table) -> Table:
    if table.head or any(cell.header for row in table.rows for cell in row):
        return table
    first, rest = table.rows[:1], table.rows[1:]
    if any(rest) and not any(cell.rows > 1 for row in first for cell in row):
        return msgspec.structs.replace(table, head=first, rows=rest)
    named = tuple((msgspec.structs.replace(row[0], header=True), *row[1:]) if row else row for row in table.rows)
    return msgspec.structs.replace(table, rows=named)


def _place(rows: Rows, first: int) -> list[_Placed]:
    taken: set[tuple[int, int]] = set()
    placed = []
    for row, cells in enumerate(rows):
        column = 0
        for cell in cells:
            while (row, column) in taken:
                column += 1
            height = min(max(cell.rows, 1), len(rows) - row)
            width = 1
            while width < min(cell.columns, _WIDEST) and (row, column + width) not in taken:
                width += 1
            taken |= {(row + down, column + right) for down in range(height) for right in range(width)}
            placed.append(_Placed(cell, first + row, column, height, width))
            column += width
    return placed


def _line(placed: list[_Placed], row: int, rows: list[int], columns: list[int]) -> list[Cell]:
    """The cells that begin in a row, their spans counted in rows and columns where some cell begins."""
    line, covered = [], 0
    for item in placed:
        width = sum(item.column <= column < item.column + item.columns for column in columns)
        if item.row <= row < item.row + item.rows:
            covered += width
        if item.row == row:
            height = sum(item.row <= other < item.row + item.rows for other in rows)
            line.append(msgspec.structs.replace(item.cell, rows=height, columns=width))
    return line + [Cell()] * (len(columns) - covered)
