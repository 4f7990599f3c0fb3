"""Quotation marks: “ ” ‘ ’ in simplified text, 「 」 『 』 in traditional text, paired and nested."""

import re
from collections.abc import Iterator

from service.text.han import HAN
from service.text.tags import Script

_MARK = re.compile("[“”‘’]")
_CORNER = re.compile("[「」『』]")
_HAN = re.compile(f"[{HAN}]")
_TO_CORNER = str.maketrans("“”‘’", "「」『』")
_TO_CURLY = str.maketrans("「」『』", "“”‘’")


def convert_quotes(text: str, target: Script) -> str:
    """`text` with the quotation marks of `target`; as long as before.

    Marks around what has no Chinese character inside stay, as do apostrophes. A pair of “ ” directly within
    another becomes 『 』, and a pair of 『 』 that stands alone stays what it is in the other script.
    """
    if target == "zh-Hans":
        return text.translate(_TO_CURLY) if _CORNER.search(text) else text
    if not _MARK.search(text):
        return text
    characters = list(text)
    for start, end, depth in _pairs(text):
        nested = (text[start] == "‘") != (depth % 2 == 1 and text[start] == "“")
        characters[start] = "『" if nested else "「"
        if end is not None:
            characters[end] = "』" if nested else "」"
    return "".join(characters)


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
            if _HAN.search(text, start, place):
                yield start, place, sum(text[mark] == opening for mark in open_marks)
