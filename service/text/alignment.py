"""The alignment of a converted text with the written one: where each span of one stands in the other."""

from bisect import bisect_right
from collections.abc import Iterable
from typing import NamedTuple

import msgspec


class Edit(NamedTuple):
    """Written characters [start, end) became converted characters [to_start, to_end); neither is empty."""

    start: int
    end: int
    to_start: int
    to_end: int


class Alignment(msgspec.Struct, frozen=True):
    """The edits that changed a length, from left to right. All other characters correspond one to one."""

    edits: tuple[Edit, ...] = ()

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The converted span of the written [start, end), widened to whole words where it cuts a replaced one."""
        return _span(self.edits, start, end)

    def written(self, start: int, end: int) -> tuple[int, int]:
        """The written span of the converted [start, end), widened likewise."""
        return _span(self._reversed, start, end)

    def cut(self, offset: int) -> int:
        """The converted place of one written boundary; inside a replaced word it keeps its proportion.

        Boundaries keep their order, and a replaced word of two or more characters keeps one on each side.
        """
        edit, shift = _before(self.edits, offset)
        return offset + shift if edit is None else _cut(edit, offset)

    def cuts(self, offsets: Iterable[int]) -> list[int]:
        """`cut` of each of many boundaries that rise from left to right."""
        found, edit, rest = [], None, iter(self.edits)
        ahead = next(rest, None)
        for offset in offsets:
            while ahead is not None and ahead.start <= offset:
                edit, ahead = ahead, next(rest, None)
            found.append(offset if edit is None else _cut(edit, offset))
        return found

    @property
    def _reversed(self) -> tuple[Edit, ...]:
        return tuple(Edit(to_start, to_end, start, end) for start, end, to_start, to_end in self.edits)


def _cut(edit: Edit, offset: int) -> int:
    """The converted place of a boundary in `edit` or after it."""
    if offset >= edit.end:
        return offset + edit.to_end - edit.end
    length = edit.to_end - edit.to_start
    inside = (offset - edit.start) * length // (edit.end - edit.start)
    return edit.to_start + (0 if offset == edit.start else min(max(inside, 1), max(length - 1, 1)))


def _before(edits: tuple[Edit, ...], offset: int) -> tuple[Edit | None, int]:
    """The last edit that begins at or before `offset`, and how far places after it have moved."""
    index = bisect_right(edits, offset, key=lambda edit: edit.start) - 1
    return (edits[index], edits[index].to_end - edits[index].end) if index >= 0 else (None, 0)


def _span(edits: tuple[Edit, ...], start: int, end: int) -> tuple[int, int]:
    first, shift = _before(edits, start)
    to_start = first.to_start if first and start < first.end else start + shift
    if end <= start:
        return to_start, to_start
    last, shift = _before(edits, end - 1)
    to_end = last.to_end if last and end <= last.end else end + shift
    return to_start, to_end
