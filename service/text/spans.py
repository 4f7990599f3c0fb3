"""Spans: the dash between two ends that have units of their own, or that name the same thing."""

import re
from functools import cache

from service.text.rewriting import Rule, after, alternatives, before
from service.text.units import units

_RANGE_BEGUN = re.compile(
    r"(?:\d\s?(?:[余多]?(?:个百分点|个月|个工作日|小时|分钟|公里|平方米|公斤|周岁|万元|亿元|万人|"
    r"[年月日号时点分秒元米人岁周个届级层楼室路站期天度吨件次名位栋幢弄万亿千百块角]))?"
    r"|\d#|旬|[年月][初中底末]|[%‰℃°㎡）)]|\d\s?[a-zA-Zμ²³]{1,4})\s?$"
)
_LATER_END = "次[日年] ?|翌日 ?|当[日天晚] ?|第二天 ?|凌晨|早上?|上午|中午|下午|晚上?|第|公元前?|前|[（(](?=\\d+[)）])"
_SAME_NOUN = re.compile(
    r"(?:[\d.]+|[一二三四五六七八九十百]+)(?P<noun>[\u4e00-\u9fff]{1,4}?) ?[-–—~] ?[第初]?(?:[\d.]+|[一二三四五六七八九十百]+)(?P=noun)"
)
_NAMED_MODEL = re.compile(
    r"(?:歼|运|运油|直|轰|红|空警|枭龙|无侦|攻击|鲲龙|新舟|力鸿|双曲线|谷神星|引力|天龙|中星|高分|遥感|试验|苏|米|图|安|强|武直|东风|长征|神舟|嫦娥|天宫|天舟|红旗|巨浪|鹰击|霹雳|翼龙|彩虹|快舟|风云|海洋|天问|朱雀|力箭|实践|问界|米格)$"
)

SPANS = (
    Rule(r"(?<=[一二三四五六日末])(?:-{1,2}|–|—{1,2}|~)(?=周|星期|礼拜)", lambda match: "到"),
    Rule(rf"[ ]?(?:-{{1,2}}|–|—{{1,2}}|~)[ ]?(?=(?:{_LATER_END})?[-+]?\d)", lambda match: _joined(match)),
    Rule(
        r"(?<=[\u4e00-\u9fff])[-–—~](?=[第初]?[一二三四五六七八九十])",
        lambda match: "到" if _of_one_noun(match) else None,
    ),
    Rule(
        r"(?<=\d)[-–—~](?=(?P<letter>DN|[A-FH-RT-Z])\d)",
        lambda match: "到" if re.search(rf"(?<![A-Za-z]){match['letter']}\d+(?:\+\d+)?$", before(match, 10)) else None,
    ),
    Rule(r"(?<=(?<![A-Za-z])[ABC][12])[-–—~](?=[ABC][12](?!\d))", lambda match: "到"),
)


@cache
def _measured() -> re.Pattern[str]:
    return re.compile(rf"\d[余多]?(?:{alternatives(units().words)})$")


def _joined(match: re.Match[str]) -> str | None:
    """The dash of a range whose ends have units of their own (6月1日—6月7日), or of a subtraction."""
    if re.search(r"[A-Za-z]\d+(?:\.\d+)?$", before(match, 8)) and re.match(r"\d+[BM](?![A-Za-z])", after(match, 6)):
        return "杠"
    if _RANGE_BEGUN.search(before(match, 8)) is None and not _of_one_noun(match) and not _after_unit(match):
        return "" if _NAMED_MODEL.search(before(match, 3)) else None
    if re.match(r"\s?\d+(?:\.\d+)?\s?=", match.string[match.end() :]):
        return "减"
    return "减" if re.fullmatch(r"\s*\d+\s?-\s?\d+\s*", match.string) else "到"


def _after_unit(match: re.Match[str]) -> bool:
    return len(match[0].strip()) == 1 and _measured().search(before(match, 12)) is not None


def _of_one_noun(match: re.Match[str]) -> bool:
    """Whether both ends name the same thing: 1号桥—3号桥, 第2章-第5章."""
    start = max(0, match.start() - 8)
    return any(span.start() < match.start() < span.end() for span in _SAME_NOUN.finditer(match.string, start))
