"""Simplification: the simplified character that each traditional one is looked up under, place by place."""

import re
from functools import cache

from opencc import OpenCC

_READINGS = {
    "髮": "fa4", "發": "fa1", "鬥": "dou4", "鬪": "dou4", "隻": "zhi1", "祇": "zhi3", "衹": "zhi3", "幹": "gan4",
    "乾": "gan1", "繫": "xi4", "儘": "jin3", "盡": "jin4", "捲": "juan3", "瞭": "liao3", "摺": "zhe2", "徵": "zheng1",
    "癥": "zheng1", "臟": "zang4", "髒": "zang1", "葉": "ye4", "捨": "she3", "佔": "zhan4", "籲": "yu4", "縴": "qian4",
    "樸": "pu3", "麴": "qu1", "彆": "bie4", "檯": "tai2", "颱": "tai2", "噁": "e3", "劃": "hua4", "蔔": "bo5",
    "夥": "huo3", "鬍": "hu2", "誇": "kua1", "採": "cai3", "寀": "cai4", "甯": "ning4", "纔": "cai2",
    "徬": "pang2", "闆": "ban3", "佈": "bu4", "昇": "sheng1", "彷": "fang3", "併": "bing4", "並": "bing4", "鹹": "xian2",
    "噹": "dang1", "嚐": "chang2", "慾": "yu4", "鍾": "zhong1", "鐘": "zhong1", "醜": "chou3", "穀": "gu3", "範": "fan4",
    "藉": "jie4", "閤": "ge2", "朮": "zhu2",
}  # fmt: skip
"""Traditional characters whose simplified form has more readings than they have."""

_WRITTEN = frozenset(_READINGS)

_ASPECT = re.compile(
    "(?<![名原显顯专專论論土巨编編卓昭拙译譯遗遺合所新旧舊大少文撰自])著(?!名|作|者|称|稱|述|书立|書立|录|錄|有|于|於|撰|译|譯|《|）)"
)
"""著 where mainland texts write 着: 看著, 著急."""


@cache
def _converter() -> OpenCC:
    return OpenCC("t2s")


def simplified(text: str) -> str:
    """`text` in simplified characters, one for one, so that every offset stays."""
    if "著" in text:
        text = _ASPECT.sub("着", text)
    whole = str(_converter().convert(text))
    if len(whole) == len(text):
        return whole
    return "".join(one if len(one) == 1 else character for character, one in ((c, _one(c)) for c in text))


def _one(character: str) -> str:
    return str(_converter().convert(character))


def own_readings(text: str) -> dict[int, str]:
    """By place, the reading of each traditional character that has only one where its simplified form has several.

    Where its word keeps it in simplified script as well (狼藉), it has readings of its own.
    """
    if _WRITTEN.isdisjoint(text):
        return {}
    plain = simplified(text)
    return {place: _READINGS[char] for place, char in enumerate(text) if char in _WRITTEN and plain[place] != char}
