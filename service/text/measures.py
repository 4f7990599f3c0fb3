"""Quantities: money, percentages, fractions, measures and rates, ranges of them, and plain numbers."""

import re

from service.text.numbers import DASH, NUMBER, by_digit, cardinal, number
from service.text.rewriting import Rule, after, before
from service.text.units import COUNTED, CURRENCIES, UNITS, WORDS

_SCALE = "(?:万亿|千亿|百亿|十亿|千万|百万|十万|亿|万|千|百|余|多)*"
_COUNTED = re.compile(r"\s?" + COUNTED)
_RANGE = re.compile(rf"(?:{DASH}|[、/])(?:{NUMBER})")
_RANGE_BEFORE = re.compile(
    r"(?:\d\s?(?:[余多]?(?:个百分点|个月|个工作日|小时|分钟|公里|平方米|公斤|周岁|万元|亿元|万人|[年月日号时点分秒元米人岁周个届级层楼室路站期天度吨件次名位栋幢弄万亿千百块角]))?"
    r"|[%‰℃°]|[a-zA-Z²³㎡])\s?$"
)
_ENGLISH_SCALES = {"million": "百万", "billion": "十亿", "trillion": "万亿"}


def _alternatives(words: list[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


_UNIT = _alternatives(list(UNITS))
_WORD = _alternatives(WORDS)
_CURRENCY = _alternatives(list(CURRENCIES))


def _name(unit: str) -> str:
    return UNITS.get(unit, unit)


def _ends(match: re.Match[str], *, liang: bool = True) -> str:
    """The number of a match, or the two ends of its range, each with its scale: 三点五万到四万."""
    said = number(match["a"], liang=liang) + (match["scale"] or "")
    if match["b"]:
        said += _joint(match["joint"]) + number(match["b"], liang=liang) + (match["scale_b"] or "")
    return said


def _joint(written: str) -> str:
    return written.strip() if written.strip() in "至到" else "到"


def _money(match: re.Match[str]) -> str:
    currency = CURRENCIES[match["sign"]]
    scale = _ENGLISH_SCALES.get((match["english"] or "").lower(), "")
    return _ends(match) + scale + currency


def _percent(match: re.Match[str]) -> str:
    of = {"%": "百分之", "‰": "千分之", "‱": "万分之"}[match["sign"]]
    said = of + number(match["a"])
    return f"{said}{_joint(match['joint'])}{of}{number(match['b'])}" if match["b"] else said


def _measure(match: re.Match[str]) -> str:
    name, rate, per = _name(match["unit"]).partition("/")
    quantity = _ends(match, liang=match["unit"] != "%") + name
    return f"每{per}{quantity}" if rate else quantity


def _rate(match: re.Match[str]) -> str:
    """10km/h is 每小时十公里, 0.5元/千瓦时 每千瓦时零点五元, 200元/人·天 每人每天两百元."""
    every = "".join(f"每{_name(unit)}" for unit in re.split(r"\s?[/·]\s?", match["per"]))
    unit = match["unit"]
    return f"{every}{_ends(match)}{_name(unit)}"


def _bare_rate(match: re.Match[str]) -> str | None:
    return f"{_name(match['unit'])}每{_name(match['per'])}"


def _fraction(match: re.Match[str]) -> str | None:
    above, below = match["above"], match["below"]
    if int(below) == 0:
        return None
    sign = {"-": "负", "+": "正", "": ""}[match["sign"] or ""]
    whole = f"{cardinal(match['whole'])}又" if match["whole"] else ""
    return f"{sign}{whole}{cardinal(below)}分之{cardinal(above)}"


def _pressure(match: re.Match[str]) -> str:
    unit = match["unit"]
    return f"{cardinal(match['a'])}、{cardinal(match['b'])}{_name(unit)}"


def _joined(match: re.Match[str]) -> str | None:
    """The dash of a range whose ends have units of their own: 6月1日—6月7日."""
    if _RANGE_BEFORE.search(before(match, 8)) is None:
        return None
    if re.match(r"\s?\d+(?:\.\d+)?\s?[=＝]", match.string[match.end() :]):
        return "减"
    whole = match.string.strip()
    return "减" if re.fullmatch(r"\d+\s?-\s?\d+", whole) else "到"


def _signed(match: re.Match[str]) -> str | None:
    sign = match[0]
    previous = before(match, 1)
    if sign == "-" and re.search(r"[A-Za-z)）]$", previous):
        return None
    if sign == "+" and previous and (previous.isalnum() or previous in "）)”"):
        return "加"
    return {"-": "负", "+": "正", "±": "正负"}[sign]


def _plain(match: re.Match[str]) -> str:
    """Any other number; a two before what is counted is 两: 2个, 2至3天, but 第2次, 2月, 2%."""
    written = match[0]
    if written != "2" or re.search(r"[A-Za-z第]\s?$", before(match, 2)):
        return number(written)
    rest = match.string[match.end() : match.end() + 24]
    span = _RANGE.match(rest)
    return number(written, liang=_COUNTED.match(rest[span.end() :] if span else rest) is not None)


_RANGED = rf"(?<![\d.A-Za-z])(?P<a>{NUMBER})\s?(?P<scale>{_SCALE})(?:(?P<joint>{DASH})(?P<b>{NUMBER})\s?(?P<scale_b>{_SCALE}))?"

MEASURES = (
    Rule(
        rf"(?<![A-Za-z])(?P<sign>{_CURRENCY})\s?(?P<a>{NUMBER})\s?(?P<scale>{_SCALE})(?:(?P<joint>{DASH})(?:(?P=sign))?(?P<b>{NUMBER})\s?(?P<scale_b>{_SCALE}))?"
        r"(?:\s?(?P<english>[mbtMBT]illion|[tT]rillion))?(?:美元|元|圆|港元|欧元)?",
        _money,
    ),
    Rule(rf"(?<![\d.])(?P<a>{NUMBER})(?:\s?%)?(?P<joint>{DASH})(?P<b>{NUMBER})\s?(?P<sign>[%‰‱])", _percent),
    Rule(rf"(?P<a>[-+]?(?:{NUMBER}))(?P<b>)(?P<joint>)\s?(?P<sign>[%‰‱])", lambda match: _percent_signed(match)),
    Rule(r"(?P<a>\d{2,3})/(?P<b>\d{2,3})\s?(?P<unit>mmHg|毫米汞柱)", _pressure),
    Rule(
        rf"{_RANGED}\s?(?P<unit>{_UNIT}|{_WORD}|[\u4e00-\u9fff]{{1,2}})\s?/\s?(?P<per>(?:{_UNIT}|{_WORD})(?:[/·](?:{_UNIT}|{_WORD}))?)(?![A-Za-z\d])",
        _rate,
    ),
    Rule(rf"{_RANGED}\s?(?P<unit>{_UNIT})(?![A-Za-z\d²³])", _measure),
    Rule(
        r"(?<![\d./])(?P<sign>(?<![\w)])[-+])?(?:(?P<whole>\d+)又)?(?P<above>\d+)\s?/\s?(?P<below>\d+)(?![\d./])",
        _fraction,
    ),
    Rule(r"(?<![\d.])\d+(?:\.\d+){2,}", lambda match: "点".join(cardinal(part) for part in match[0].split("."))),
    Rule(
        r"(?<![\d.])(?P<n>\d+(?:\.\d+)?)[wW](?=\s?[张人元块件个次名套台条份家户字粉单辆起+多余，。、！]|$)",
        lambda match: f"{number(match['n'], liang=True)}万",
    ),
    Rule(
        r"(?<![\d.])(?P<n>\d+(?:\.\d+)?)k(?=\s?[张人元块件个次名套台条份家户字粉单+多余，。、！])",
        lambda match: f"{number(match['n'], liang=True)}千",
    ),
    Rule(DASH.replace("|至|到", "").replace(r"\s?", r"[ ]?") + r"(?=[-+]?\d)", _joined),
    Rule(r"(?<!\d)[-+±](?=\d)|(?<=\d)[+±](?=\d)", _signed),
    Rule(NUMBER, _plain),
)
"""Rates in the text without a number, such as a table's 元/平方米, are the last."""

BARE_RATES = (
    Rule(
        r"(?<=[（(：:，])(?P<unit>(?:[万亿]?(?:元|吨|人次|人|千瓦时|立方米)))/(?P<per>" + _WORD + r"|㎡|m²|m³|kWh)",
        _bare_rate,
    ),
)


def _percent_signed(match: re.Match[str]) -> str | None:
    written = match["a"]
    if (
        written[0] in "+-"
        and re.search(r"[\w)%℃°]$", before(match, 1))
        and not re.search(r"[\u4e00-\u9fff]$", before(match, 1))
    ):
        return None
    of = {"%": "百分之", "‰": "千分之", "‱": "万分之"}[match["sign"]]
    return of + number(written)
