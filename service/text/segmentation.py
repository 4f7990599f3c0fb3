"""Words: where a Chinese text divides, by jieba's dictionary and its model for words the dictionary lacks."""

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from service.text.han import HAN

if TYPE_CHECKING:
    import rjieba

_SPOKEN = re.compile(rf"[{HAN}\w]")


class Token(NamedTuple):
    """A word or a sign at `start`, with jieba's part of speech: nr a person's name, nrt a foreign one, x a sign."""

    start: int
    text: str
    kind: str


@cache
def _jieba() -> "rjieba.Jieba":
    import rjieba  # 33 MB with its dictionary, which only the processes that divide text should hold

    return rjieba.Jieba()


def tokens(text: str) -> tuple[Token, ...]:
    """All of `text` from left to right."""
    found, start = [], 0
    for word, kind in _jieba().tag(text, True):
        found.append(Token(start, word, kind))
        start += len(word)
    return tuple(found)


def words(text: str) -> tuple[tuple[int, int], ...]:
    """The words of `text` as [start, end), from left to right; punctuation and spaces belong to none."""
    divided = _jieba().tokenize(text, "default", True)
    return tuple((start, end) for token, start, end in divided if _SPOKEN.search(token))
