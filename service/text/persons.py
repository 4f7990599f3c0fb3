"""Persons: where a character that is also a common word is somebody's surname: 于先生, 记者于晓光报道, 老余."""

import re
from collections.abc import Iterable

from service.text.forms import is_word, kind_of_next
from service.text.han import HAN
from service.text.names import OFFICES, PERSONAL, ROLES

_TITLES = "|".join(sorted((word for word in PERSONAL | OFFICES if len(word) > 1), key=len, reverse=True))
_TITLED = re.compile(rf"([{HAN}]{{0,2}}?)(?:{_TITLES}|某(?![些种个一地年月日次位项类]))(?![室府处办])")
_ACTS = (
    "说 表示 指出 认为 介绍 告诉 坦言 透露 回忆 强调 报道 主演 主编 主持 饰演 执导 撰文 夺冠 获得 出生 去世 担任 当选 等 ， 、 。 （ 和 与"
).split()
_ACTING = re.compile(rf"([{HAN}]{{1,2}})(?:{'|'.join(_ACTS)})")
_BEFORE = (*sorted(ROLES), "和", "与", "《")
_NO_NAME = tuple("再才就即请要不仍也还又都没被把给")
"""What no given name begins with: 后再试 is no person."""
_CLAUSE = "，。！？；：、（“「\n "


def name_at(text: str, start: int, end: int) -> str | None:
    """The surname at [start, end) of simplified text with the given name that follows, or None if it is no surname.

    It is one before a title, with or without a given name; and where a clause begins or after a person's role, before
    a given name that then does something. A dictionary word is no given name unless the dictionary says it is one.
    """
    titled = _TITLED.match(text, end)
    if titled:
        return _name(text, start, *titled.span(1))
    if text.endswith(("老", "姓"), 0, start):
        return None if is_word(text[start - 1 : end]) else text[start:end]
    if start and text[start - 1] not in _CLAUSE and not text.endswith(_BEFORE, 0, start):
        return None
    acting = _ACTING.match(text, end)
    return _name(text, start, *acting.span(1)) if acting else None


def _name(text: str, surname: int, start: int, end: int) -> str | None:
    given = text[start:end]
    if given.startswith(_NO_NAME):
        return None
    is_name = len(given) < 2 or not is_word(given) or kind_of_next(text, start).startswith("nr")
    return text[surname:end] if is_name else None


def names_of(text: str, surnames: Iterable[int]) -> frozenset[str]:
    """Surname with given name of each person who is surely named at one of these places, so that the name means the
    same person everywhere in the text."""
    found = (name_at(text, place, place + 1) for place in surnames)
    return frozenset(name for name in found if name and len(name) > 1)
