"""Chinese characters: which characters have a pinyin syllable of their own."""

import re

HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
"""A regular-expression class body: 〇, the unified ideographs with their extensions, the compatibility ones."""

_HAN = re.compile(f"[{HAN}]")


def is_han(character: str) -> bool:
    """Whether this one character is a Chinese character."""
    return _HAN.fullmatch(character) is not None


def han_places(text: str) -> list[int]:
    """The offsets of the Chinese characters of `text`, in order."""
    return [match.start() for match in _HAN.finditer(text)]
