"""Quantities: money, percentages, fractions, measures, rates, ranges of them, and every other number."""

import re
from functools import cache

from service.text.numbers import DASH, NUMBER, by_digit, cardinal, joint, number
from service.text.rewriting import Rule, after, alternatives, before
from service.text.spans import SPANS
from service.text.technical import technical
from service.text.units import units

_SCALE = "(?:万亿|千亿|百亿|十亿|千万|百万|十万|亿|万|千|百|余|多)*"
_ENGLISH = r"(?:\s?(?P<english>[mb]illion|[MBtT]rillion|[MB]illion))?"
_ENGLISH_SCALES = {"million": "百万", "billion": "十亿", "trillion": "万亿"}
_PARTS = {"%": "百分之", "‰": "千分之", "‱": "万分之"}
_RANGE = re.compile(rf"(?:{DASH}|[、/])(?:{NUMBER})")
_NO_COUNT = re.compile(
    r"[A-Za-z×]\s?$|\d\+$|[A-Z]\d{2,4}/$|[木土火天海]卫$|第[\d一二三四五六七八九十百零、，和及至到~—+-]*$"
)
_FLOORS = re.compile(rf"(?<![共高有建为约仅各\d.])(?:\d{{1,2}}{DASH}2|2{DASH}\d{{1,2}})层(?!楼)")
_IN_ALL = re.compile(r"(?:共计?|[累合总]计|惠及|服务|参与|接待)[了达约超]?$")
_TENS_OF_THOUSANDS = r"(?=\s?[张人元块件个次名套台条份家户字粉单辆起+多余，。、！；）)”]|$)"


def measures() -> tuple[Rule, ...]:
    """The rules, in order of precedence; the last takes any number that is left."""
    table = units()
    unit, word, currency = alternatives(table.units), alternatives(table.words), alternatives(table.currencies)
    per = rf"(?:{unit}|{word}|[半百千万](?:{word}))(?:[/·](?:{unit}|{word}))?(?![A-Za-z\d])|[（(](?:{unit}|{word})[·*](?:{unit}|{word})[)）]|[\u4e00-\u9fff]{{1,2}}(?=$|[，。；、,;）)\s])"
    first = rf"(?P<a>{NUMBER})\s?(?P<scale>{_SCALE})"
    second = rf"(?P<b>{NUMBER})\s?(?P<scale_b>{_SCALE})"
    ranged = rf"(?<![\d.A-Za-z]){first}(?:(?P<joint>{DASH}){second})?"
    return (
        Rule(
            rf"(?<![A-Za-z])(?P<sign>{currency})\s?(?P<wide>\d{{1,3}}，\d{{3}}(?=/|\s?元|$|[。；）)]))?"
            rf"(?(wide)|{first}(?:(?P<joint>{DASH})(?:(?P=sign))?{second})?){_ENGLISH}"
            rf"(?:美元|元|圆|港元|欧元)?(?:/(?P<per>{per}))?",
            _money,
        ),
        Rule(r"(?<=[（(])1\s?[-−–—](?=\s?(?:[\d.]+%|[\u4e00-\u9fff]{2,6}[)）]))", lambda match: "一减"),
        Rule(
            rf"(?<![\d.])(?P<a>{NUMBER})(?:\s?[%‰‱])?(?P<joint>{DASH})(?P<b>{NUMBER})\s?(?P<sign>[%‰‱])", _percentages
        ),
        Rule(
            rf"(?P<a>[-+]?(?:{NUMBER}))\s?(?P<sign>[%‰‱])(?:/(?P<per>年|月|日|天|周|小时|分钟|季度|次))?", _percentage
        ),
        Rule(
            rf"(?<![\dA-Za-z)）%℃])[-−](?P<a>{NUMBER})\s?(?:℃|°C)?(?:(?P<joint>{DASH})(?P<below>[-−])?(?P<b>{NUMBER}))?"
            r"\s?(?:℃|°C)",
            _frost,
        ),
        *technical(per),
        Rule(
            rf"{ranged}\s?(?P<unit>{unit}|{word}|[\u4e00-\u9fff]{{1,3}})\s?/\s?(?P<many>\d+(?=[^\d.]))?\s?(?P<per>{per})",
            _rate,
        ),
        Rule(rf"{ranged}(?P<unit>)/(?P<many>)(?P<per>月|年|天|小时|晚|人|次|学期|课时)(?=$|[，。；、）)\s起+])", _rate),
        Rule(
            r"(?<![\d.A-Za-z])(?P<whole>\d{1,2})m(?P<rest>\d\d)(?!\d|[\u4e00-\u9fff]*?元)",
            lambda match: f"{cardinal(match['whole'], liang=True)}米{by_digit(match['rest'])}",
        ),
        Rule(rf"{ranged}\s?(?P<unit>{unit})(?![A-Za-z²³]|\d(?!\d*元))", _measure),
        Rule(
            r"(?<![\d./])(?P<above>\d{2})/(?P<below>\d{2})(?=法则|定律|原则|开\b|规律)",
            lambda match: cardinal(match["above"]) + cardinal(match["below"]),
        ),
        Rule(
            rf"(?<![\d./])(?P<all>\d+(?:/\d+){{2,}}|[1-9]\d{{1,2}}/[1-9]\d{{1,3}}(?=周?岁|元|公里|分钟|→|\s?(?:{unit}))|(?<=→)[1-9]\d/[1-9]\d|[1-9]/[1-9](?=年级))"
            rf"(?![\d./])(?:\s?(?P<unit>{unit})(?![A-Za-z\d]))?",
            _listed,
        ),
        Rule(
            r"(?<![\d./A-Za-z])(?P<sign>(?<![\w)])[-+])?(?:(?P<whole>\d+)又)?(?P<above>\d+)\s?/\s?(?P<below>\d+)(?![\d./]|丘)",
            _fraction,
        ),
        Rule(r"(?<![\d.])\d+(?:\.\d+){2,}", _version),
        Rule(r"(?<=[A-Za-z])(?:\.\d+)+(?!\d*-\d{7})", lambda match: _version(match)),
        Rule(
            rf"(?<![\d.])(?P<n>\d+(?:\.\d+)?)[wW]{_TENS_OF_THOUSANDS}",
            lambda match: number(match["n"], liang=True) + "万",
        ),
        Rule(
            rf"(?<![\d.])(?P<n>\d+(?:\.\d+)?)k{_TENS_OF_THOUSANDS}", lambda match: number(match["n"], liang=True) + "千"
        ),
        *SPANS,
        Rule(
            rf"(?<=[\d元])/(?=(?:{currency})\s?\d|\d[\d.]*元)|(?<=\d[-–—]\d)/(?=\d)|(?<=\.\d)/(?=\d+\.\d)",
            lambda match: "、",
        ),
        Rule(r"(?<!\d)[-+±](?=\d)|(?<=\d)[+±](?=\d)", _signed),
        Rule(
            rf"(?<=[（(：:，])(?P<unit>[万亿]?(?:元|吨|人次|人|千瓦时|立方米))(?P<per>(?:/(?:{word}|㎡|m²|m³|kWh)){{1,2}})",
            lambda match: match["unit"] + "".join(f"每{units().name(per)}" for per in match["per"][1:].split("/")),
        ),
        Rule(NUMBER, _plain),
    )


@cache
def _counted() -> re.Pattern[str]:
    return re.compile(rf"\s?(?:{'|'.join(units().counted)})")


def _ends(match: re.Match[str]) -> str:
    """The number of a match, or the two ends of its range, each with its scale: 三点五万到四万."""
    said = number(match["a"], liang=True) + match["scale"]
    if match["b"]:
        said += joint(match["joint"]) + number(match["b"], liang=True) + match["scale_b"]
    return said


def _money(match: re.Match[str]) -> str:
    currency = units().currencies[match["sign"]]
    every = f"每{units().name(match['per'])}" if match["per"] else ""
    if match["wide"]:
        return every + number(match["wide"]) + currency
    if match["a"].endswith(".00") and not match["scale"] and not match["b"]:
        return f"{number(match['a'][:-3], liang=True)}{currency}"
    scale = _ENGLISH_SCALES.get((match["english"] or "").lower(), "")
    return every + _ends(match) + scale + currency


def _percentages(match: re.Match[str]) -> str:
    of = _PARTS[match["sign"]]
    return f"{of}{number(match['a'])}{joint(match['joint'])}{of}{number(match['b'])}"


def _percentage(match: re.Match[str]) -> str | None:
    if match["a"][0] in "+-" and re.search(r"[A-Za-z\d)%℃°]$", before(match, 1)):
        return None
    return (f"每{match['per']}" if match["per"] else "") + _PARTS[match["sign"]] + number(match["a"])


def _frost(match: re.Match[str]) -> str:
    """-5℃ is 零下五摄氏度, -5~-2℃ 零下五到零下二摄氏度."""
    said = f"零下{number(match['a'])}" + ("摄氏度" if match["joint"] and re.search("℃|°C", match[0][:-2]) else "")
    if match["joint"]:
        said += f"{joint(match['joint'])}{'零下' if match['below'] else ''}{number(match['b'])}"
    return said + "摄氏度"


def _rate(match: re.Match[str]) -> str | None:
    """10km/h is 每小时十公里, 0.5元/千瓦时 每千瓦时零点五元, 200元/人·天 每人每天两百元; 220V/50Hz is no rate."""
    if match["many"] and (
        (
            match["unit"] in units().units
            and (match["per"] in ("人", "位", "站", "座", "处", "个") or match["per"].endswith("Wh"))
        )
        or match["per"] in ("Hz", "赫兹", "W", "A", "V", "kW", "MW", "kV", "kVA")
        or match["per"] in ("课时", "学时")
        or (
            match["unit"].startswith(match["per"])
            and match["many"] + match["per"] not in ("100g", "100克", "100ml", "100mL")
        )
        or re.match("[通套联]?票", after(match, 2))
    ):
        return None
    if match["unit"] == "人" and match["per"] in ("次", "户", "家", "单位") and _IN_ALL.search(before(match, 6)):
        return f"{_ends(match)}人次" if match["per"] == "次" else None
    many = number(match["many"], liang=True) if match["many"] else ""
    per = [match["per"]] if match["per"] in units().units else re.split(r"[/·*]", match["per"].strip("()（）"))
    every = "".join(f"每{many}{units().name(unit)}" for unit in per)
    return every + _ends(match) + units().name(match["unit"])


def _measure(match: re.Match[str]) -> str:
    name, _, per = units().name(match["unit"]).partition("/")
    return (f"每{per}" if per else "") + _ends(match) + name


def _listed(match: re.Match[str]) -> str:
    """80/180/280 are three numbers, 55/58岁 and 50/100m two."""
    return "、".join(cardinal(part) for part in match["all"].split("/")) + units().name(match["unit"] or "")


def _fraction(match: re.Match[str]) -> str | None:
    if int(match["below"]) == 0:
        return None
    whole = f"{cardinal(match['whole'])}又" if match["whole"] else ""
    sign = {"-": "负", "+": "正"}.get(match["sign"] or "", "")
    return f"{whole}{cardinal(match['below'])}分之{sign}{cardinal(match['above'])}"


def _version(match: re.Match[str]) -> str:
    """3.0.2 is 三点零点二; an address of a machine is said digit by digit."""
    parts = match[0].split(".")
    if len(parts) == 4 and max(map(len, parts)) == 3:
        return "点".join(map(by_digit, parts))
    return "点".join(
        part and (by_digit(part) if parts[0] == "" and len(part) > 2 else cardinal(part)) for part in parts
    )


def _signed(match: re.Match[str]) -> str | None:
    sign, previous = match[0], before(match, 1)
    if sign == "-" and re.fullmatch(r"[A-Za-z)）]", previous):
        return None
    if sign == "+" and previous and (previous.isalnum() or previous in "）)”"):
        return "加"
    return {"-": "负", "+": "正", "±": "正负"}[sign]


def _plain(match: re.Match[str]) -> str:
    """Any other number; a two before what is counted is 两: 2个, 2至3天, but 第2次, 2月, 2%."""
    if match[0] != "2" or _NO_COUNT.search(before(match, 8)):
        return number(match[0])
    rest = match.string[match.end() : match.end() + 24]
    if rest[:1] == "层" and (
        re.match(r"层(?:[：:]|\d\.\d)", rest) or re.search(r"(?:号楼|[栋幢座厦]|[A-Z]区|地下|-)$", before(match, 2))
    ):
        return "二"
    if rest[:1] in "幢栋座" and re.search(r"\d[号弄]$", before(match, 2)):
        return "二"
    if rest[:1] in "期类级型版" and before(match, 1) in ("分", "共", "各"):
        return "两"
    if any(
        span.end() > match.start()
        for span in _FLOORS.finditer(match.string, max(0, match.start() - 5), match.end() + 5)
    ):
        return "二"
    span = _RANGE.match(rest)
    return number(match[0], liang=_counted().match(rest[span.end() :] if span else rest) is not None)
