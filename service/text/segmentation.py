"""Words: where a Chinese text divides, by jieba's dictionary and its model for words the dictionary lacks."""

import re
from functools import cache

import rjieba

from service.text.han import HAN

_SPOKEN = re.compile(rf"[{HAN}\w]")


@cache
def _jieba() -> rjieba.Jieba:
    return rjieba.Jieba()


def words(text: str) -> tuple[tuple[int, int], ...]:
    """The words of `text` as [start, end), from left to right; punctuation and spaces belong to none."""
    tokens = _jieba().tokenize(text, "default", True)
    return tuple((start, end) for token, start, end in tokens if _SPOKEN.search(token))
