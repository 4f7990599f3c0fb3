"""Quotation marks: “ ” ‘ ’ in simplified text, 「 」 『 』 in traditional text, paired and nested."""

import re
from collections.abc import Iterator, Sequence

from service.text.han import HAN
from service.text.tags import Script

_MARK = re.compile("[“”‘’]")
_CORNER = re.compile("[「」『』]")
_HAN = re.compile(f"[{HAN}]")
_CJK = re.compile(f"[{HAN}\u3001-\u303f\uff01-\uff5e]")
_CODE = re.compile(rf"(?:「[^{HAN}「」]*[%{{}}$<>\\/=_][^{HAN}「」]*」|『[^{HAN}『』]*[%{{}}$<>\\/=_][^{HAN}『』]*』)")
_CODE_CHARACTER = re.compile(r"[%{}$<>\\/=_]")


def convert_quotes(text: str, target: Script) -> str:
    """`text` with the quotation marks of `target`; as long as before.

    Marks in an English sentence and around code (“%s”, 「{name}」) stay, as do apostrophes. A pair of “ ” within another becomes 『 』.
    """
    if target == "zh-Hans":
        return _curly(text) if _CORNER.search(text) else text
    if not _MARK.search(text):
        return text
    corners: dict[int, str] = {}
    for start, end, depth in _pairs(text):
        nested = (text[start] == "‘") != (depth % 2 == 1 and text[start] == "“")
        corners[start] = "『" if nested else "「"
        if end is not None:
            corners[end] = "』" if nested else "」"
    return _MARK.sub(lambda match: corners.get(match.start(), match[0]), text)


def _curly(text: str) -> str:
    """Corner marks as curly ones, but for those around code."""
    curly = text
    for corner, mark in zip("「」『』", "“”‘’", strict=True):
        curly = curly.replace(corner, mark)
    for match in _CODE.finditer(text):
        curly = curly[: match.start()] + match[0] + curly[match.end() :]
    return curly


def _pairs(text: str) -> Iterator[tuple[int, int | None, int]]:
    """Opening mark, closing mark if there is one, and how many marks of the same kind stand open around them.

    A quotation of several paragraphs opens each of them anew and closes only the last.
    """
    open_marks: list[int] = []
    for match in _MARK.finditer(text):
        place, mark = match.start(), match[0]
        if mark in "“‘":
            if open_marks and text.find("\n", open_marks[-1], place) >= 0:
                yield from _left_open(text, open_marks)
                open_marks.clear()
            open_marks.append(place)
            continue
        opening = "“" if mark == "”" else "‘"
        number = next((n for n in reversed(range(len(open_marks))) if text[open_marks[n]] == opening), None)
        if number is None:
            continue
        start = open_marks[number]
        if number + 1 < len(open_marks):
            yield from _left_open(text, open_marks[number + 1 :])
        del open_marks[number:]
        if _chinese(text, start, place):
            yield start, place, sum(text[mark] == opening for mark in open_marks)
    yield from _left_open(text, open_marks)


def _left_open(text: str, places: Sequence[int]) -> Iterator[tuple[int, None, int]]:
    for place in places:
        end = text.find("\n", place)
        if _chinese(text, place, end if end >= 0 else len(text)):
            yield place, None, 0


def _chinese(text: str, start: int, end: int) -> bool:
    """Whether what is quoted, or what stands right outside, is Chinese: an English sentence keeps its own marks."""
    han = _HAN.search(text, start, end) is not None
    if not han and _CODE_CHARACTER.search(text, start, end):
        return False
    outside = text[:start].rstrip()[-1:] + text[end + 1 :].lstrip()[:1]
    return han or not outside or _CJK.search(outside) is not None
