"""Quotation marks: “ ” ‘ ’ in simplified text, 「 」 『 』 in traditional text, paired and nested."""

import re
from collections.abc import Iterator

from service.text.han import HAN
from service.text.tags import Script

_MARK = re.compile("[“”‘’]")
_CORNER = re.compile("[「」『』]")
_HAN = re.compile(f"[{HAN}]")
_CJK = re.compile(f"[{HAN}\u3001-\u303f\uff01-\uff5e]")
_CODE = re.compile(rf"(?:「[^{HAN}「」]*[%{{}}$<>\\/=_][^{HAN}「」]*」|『[^{HAN}『』]*[%{{}}$<>\\/=_][^{HAN}『』]*』)")
_CODE_CHARACTER = re.compile(r"[%{}$<>\\/=_]")
_TO_CURLY = str.maketrans("「」『』", "“”‘’")


def convert_quotes(text: str, target: Script) -> str:
    """`text` with the quotation marks of `target`; as long as before.

    Marks in an English sentence and around code (“%s”, 「{name}」) stay, as do apostrophes. A pair of “ ” within another becomes 『 』.
    """
    if target == "zh-Hans":
        return _curly(text) if _CORNER.search(text) else text
    if not _MARK.search(text):
        return text
    characters = list(text)
    for start, end, depth in _pairs(text):
        nested = (text[start] == "‘") != (depth % 2 == 1 and text[start] == "“")
        characters[start] = "『" if nested else "「"
        if end is not None:
            characters[end] = "』" if nested else "」"
    return "".join(characters)


def _curly(text: str) -> str:
    """Corner marks as curly ones, but for those around code."""
    code = {place for match in _CODE.finditer(text) for place in (match.start(), match.end() - 1)}
    return "".join(c if place in code else c.translate(_TO_CURLY) for place, c in enumerate(text))


def _pairs(text: str) -> Iterator[tuple[int, int | None, int]]:
    """Opening mark, closing mark if there is one, and how many marks of the same kind stand open around them."""
    open_marks: list[int] = []
    for match in _MARK.finditer(text):
        place, mark = match.start(), match[0]
        if mark in "“‘":
            open_marks.append(place)
            continue
        opening = "“" if mark == "”" else "‘"
        if open_marks and text[open_marks[-1]] == opening:
            start = open_marks.pop()
            if _chinese(text, start, place):
                yield start, place, sum(text[mark] == opening for mark in open_marks)
    for place in open_marks:
        if _chinese(text, place, len(text)):
            yield place, None, 0


def _chinese(text: str, start: int, end: int) -> bool:
    """Whether what is quoted, or what stands right outside, is Chinese: an English sentence keeps its own marks."""
    han = _HAN.search(text, start, end) is not None
    if not han and _CODE_CHARACTER.search(text, start, end):
        return False
    outside = text[:start].rstrip()[-1:] + text[end + 1 :].lstrip()[:1]
    return han or not outside or _CJK.search(outside) is not None
