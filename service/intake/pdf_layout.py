"""The order in which a page is read: rows of pieces, down one column and then the next, without running heads."""

import itertools
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from statistics import median

import msgspec

from service.intake.pdf_lines import Piece

_EDGE_ROWS = 3  # running heads and feet stand in the first or last three rows
_COLUMN_ROWS = 4  # fewer rows side by side are no columns
_PAGE_NUMBER = re.compile(
    r"[-—–·\s]*(第?\s*[\divxlc]{1,4}\s*页?|第?\s*\d+\s*页?\s*[/／,，共]+\s*\d+\s*页?)[-—–·\s]*", re.I
)


class Row(msgspec.Struct, frozen=True):
    """Pieces on one baseline, from left to right, and the edges of the column that they stand in.

    `limit` is where the next column begins, infinite in the last.
    """

    pieces: tuple[Piece, ...]
    left: float
    right: float
    limit: float

    @property
    def text(self) -> str:
        return " ".join(piece.text for piece in self.pieces)

    @property
    def y(self) -> float:
        return self.pieces[0].y

    @property
    def size(self) -> float:
        return max(piece.size for piece in self.pieces)


def reading_order(pages: Sequence[Sequence[Piece]]) -> list[list[Row]]:
    """The rows of each page as they are read."""
    kept = _without_running_heads([[piece for piece in page if not piece.artifact] for page in pages])
    return [_columns(page) for page in kept]


# Running heads


def _without_running_heads(pages: list[list[Piece]]) -> list[list[Piece]]:
    """Pages without what stands at nearly the same place of two of them and differs in its numbers at most."""
    edges = [_edge_rows(page) for page in pages]
    seen = Counter(key for rows in edges for key in {_key(row) for row in rows})
    kept = []
    for number, (page, rows) in enumerate(zip(pages, edges, strict=True), 1):
        heads = {piece for row in rows if seen[_key(row)] > 1 or _is_page_number(row, number, rows) for piece in row}
        kept.append([piece for piece in page if piece not in heads] or page)  # one form filled in again and again
    return kept


def _edge_rows(page: list[Piece]) -> list[tuple[Piece, ...]]:
    rows = list(_rows(page))
    return rows if len(rows) <= 2 * _EDGE_ROWS else rows[:_EDGE_ROWS] + rows[-_EDGE_ROWS:]


def _key(row: tuple[Piece, ...]) -> tuple[str, int]:
    return re.sub(r"\d+|\s+", "#", "".join(piece.text for piece in row)), round(row[0].y / 6)


def _is_page_number(row: tuple[Piece, ...], number: int, rows: list[tuple[Piece, ...]]) -> bool:
    text = " ".join(piece.text for piece in row).strip()
    if row not in (rows[0], rows[-1]) or not _PAGE_NUMBER.fullmatch(text):
        return False
    return text == str(number) or not text.isalnum()


# Columns


def _columns(page: Sequence[Piece], limit: float = float("inf")) -> list[Row]:
    """Rows of the left column first, between pieces that reach across: those part the page into zones."""
    left, right = _edges(page)
    gutter = _gutter(page)
    if gutter is None:
        return [Row(row, left, right, limit) for row in _rows(page)]
    rows: list[Row] = []
    from_top = sorted(page, key=lambda piece: -piece.y)
    for reaches_across, zone in itertools.groupby(from_top, lambda piece: piece.left < gutter - 1 < piece.right - 1):
        pieces = list(zone)
        if reaches_across:
            rows += [Row(row, left, right, limit) for row in _rows(pieces)]
        else:
            rows += _columns([piece for piece in pieces if piece.left < gutter - 1], gutter)
            rows += _columns([piece for piece in pieces if piece.left >= gutter - 1], limit)
    return rows


def _gutter(page: Sequence[Piece]) -> float | None:
    """Where the second column begins, or None. Columns are filled by their lines; the cells of a table are not."""
    if len(page) < 2 * _COLUMN_ROWS:
        return None
    left, right = _edges(page)
    em = max(median(piece.size for piece in page), 1.0)  # type may have no size at all
    starts = Counter(round(piece.left / em * 2) for piece in page if piece.left > left + (right - left) / 6)
    for start, count in starts.most_common(8):
        if count < _COLUMN_ROWS - 1:
            break
        edge = min(piece.left for piece in page if round(piece.left / em * 2) == start)
        if _parts(page, edge, left, right, em):
            return edge
    return None


def _parts(page: Sequence[Piece], edge: float, left: float, right: float, em: float) -> bool:
    before = [piece for piece in page if piece.right <= edge - em / 2]
    after = [piece for piece in page if piece.left >= edge - 1]
    if min(len(before), len(after)) < _COLUMN_ROWS or len(before) + len(after) < 0.8 * len(page):
        return False
    lowest, highest = min(piece.y for piece in before), max(piece.y for piece in before)
    beside = sum(lowest <= piece.y <= highest for piece in after)
    return beside >= _COLUMN_ROWS and _filled(before, edge - left, em) and _filled(after, right - edge, em)


def _filled(pieces: Sequence[Piece], width: float, em: float) -> bool:
    """Whether most lines reach across a column, or are longer than a cell is where several columns are left."""
    return median(piece.right - piece.left for piece in pieces) > min(0.6 * width, 10 * em)


def _edges(page: Iterable[Piece]) -> tuple[float, float]:
    pieces = list(page)
    return min((piece.left for piece in pieces), default=0.0), max((piece.right for piece in pieces), default=0.0)


def _rows(page: Iterable[Piece]) -> Iterator[tuple[Piece, ...]]:
    """Pieces on one baseline, give or take half a character, from the top."""
    row: list[Piece] = []
    for piece in sorted(page, key=lambda piece: -piece.y):
        if row and row[0].y - piece.y > max(row[0].size, piece.size) / 2:
            yield tuple(sorted(row, key=lambda piece: piece.left))
            row = []
        row.append(piece)
    if row:
        yield tuple(sorted(row, key=lambda piece: piece.left))
