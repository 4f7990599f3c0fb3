"""Dates and times: every form in which officials write them, and the ratios and scores that look like times."""

import re

from service.text.numbers import by_digit, cardinal, number
from service.text.rewriting import Rule, before

_YEAR = r"(?:1[0-9]|20)\d\d"
_MONTH = r"(?:0?[1-9]|1[0-2])"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_TO = r"\s?(?:-{1,2}|–|—{1,2}|~|至|到)\s?"
_SPAN = r"(?:前|后|内|间|来|多|余|以|之|历史|左右|上下|一遇|不变|不遇|底蕴|岁月|文明|光阴|古|老)"
_SCORE_BEFORE = re.compile(
    r"(?:比分|大胜|小胜|完胜|战胜|击败|险胜|负于|不敌|领先|落后|总分|[一二三四五六七八九十\d]局|惜败|完败|横扫|逼平|战平|力克)[^\d，。；]{0,6}"
    r"(?:[为是以]|\d+[:：-]\d+、?)?$"
)
_SCORE_AFTER = re.compile(
    r"\s?(?:的比分|的总分|领先|落后|大胜|小胜|完胜|战胜|击败|险胜|负于|不敌|战平|逼平|获胜|取胜|告负|力克|横扫|惜败|完败|逆转)"
)
_PHRASE_END = r"(?=$|[\s，。；、！？,;）)”])"


def month(written: str) -> str:
    return cardinal(written.lstrip("0"))


def _date(match: re.Match[str]) -> str:
    return f"{by_digit(match['y'])}年{month(match['m'])}月{month(match['d'])}日"


def _month_of_year(match: re.Match[str]) -> str:
    return f"{by_digit(match['y'])}年{month(match['m'])}月"


def _american(match: re.Match[str]) -> str | None:
    first, second = match["m"], match["d"]
    if int(first) > 12:
        first, second = second, first
    return f"{by_digit(match['y'])}年{month(first)}月{month(second)}日" if int(first) <= 12 else None


def _years(match: re.Match[str]) -> str | None:
    first, last = match["from"], match["to"]
    if len(last) == 4 and int(last) <= int(first):
        return None
    joint = match["joint"].strip()
    joint = joint if joint in "至到" else "到"
    return f"{by_digit(first)}{'年' if match['year'] else ''}{joint}{by_digit(last)}"


def _seasons(match: re.Match[str]) -> str:
    return f"{by_digit(match['from'])}到{by_digit(match['to'])}"


def _anniversary(match: re.Match[str]) -> str:
    """3·15 is 三幺五, 12·9 一二九, 11·24 十一二四."""
    first, second = match["m"], match["d"]
    return by_digit(first) + by_digit(second, yao=True)


def _time(match: re.Match[str]) -> str | None:
    hour, minute, second = match["h"], match["n"], match["s"]
    noon = match["noon"]
    if int(hour) > 24 or (not second and not noon and _is_score(match)):
        return None
    said = f"{cardinal(str(int(hour)), liang=True)}点"
    if int(minute) or (second and int(second)):
        said += f"{cardinal(minute)}分"
    if second and int(second):
        said += f"{cardinal(second)}秒"
    return (_noon(noon) if noon else "") + said


def _hour(match: re.Match[str]) -> str:
    return f"{_noon(match['noon'])}{cardinal(match['h'], liang=True)}点"


def _noon(written: str) -> str:
    return "上午" if written.strip()[0] in "aA" else "下午"


def _is_score(match: re.Match[str]) -> bool:
    return (
        _SCORE_BEFORE.search(before(match, 24)) is not None or _SCORE_AFTER.match(match.string, match.end()) is not None
    )


def _ratio(match: re.Match[str]) -> str:
    return "比".join(number(part) for part in re.split(r"\s?[:：]\s?", match[0].strip()))


def _game(match: re.Match[str]) -> str | None:
    """A score with a dash or slash: only where the words around it say so, or a name and a space stand before it."""
    first, sign, second = match["a"], match["sign"], match["b"]
    if not (_is_score(match) or (match["space"] and sign == "/")):
        return None
    return f"{cardinal(first)}比{cardinal(second)}"


_NOON = r"\s?(?P<noon>[aApP]\.?[mM]\b\.?)"

DATES = (
    Rule(rf"(?<!\d)(?P<y>{_YEAR})(?P<sep>[-/.])(?P<m>{_MONTH})(?P=sep)(?P<d>{_DAY})(?![\d]|[-/.]\d)T?", _date),
    Rule(rf"(?<!\d)(?P<m>\d\d)(?P<sep>[-/.])(?P<d>\d\d)(?P=sep)(?P<y>(?:19|20)\d\d)(?!\d)", _american),
    Rule(
        rf"(?<!\d)(?P<from>{_YEAR})(?P<year>年)?(?P<joint>{_TO})(?P<to>{_YEAR}|(?<=\d[-–—~])\d\d(?=年|学年|年度|赛季))(?!\d)(?![-/.]\d)"
        r"(?!年?\s?\d{1,2}月|\s?(?:元|米|人|万|亿|公里|名|家|个))",
        _years,
    ),
    Rule(rf"(?<!\d)(?P<y>{_YEAR})(?P<sep>[-/])(?P<m>{_MONTH})(?![\d年万亿%元]|[-/.]\d)", _month_of_year),
    Rule(rf"(?<!\d)(?P<y>(?:19|20)\d\d)\.(?P<m>0[1-9]|1[0-2])(?![\d万亿%元米]|\.\d)", _month_of_year),
    Rule(rf"(?<!\d)(?P<m>0[1-9]|1[0-2])[/.](?P<y>(?:19|20)\d\d)(?!\d)", _month_of_year),
    Rule(
        r"(?<![\d/])(?=0|\d\d?/0)(?P<m>0?[1-9]|1[0-2])/(?P<d>0?[1-9]|[12]\d|3[01])(?![\d/])",
        lambda match: f"{month(match['m'])}月{month(match['d'])}日",
    ),
    Rule(
        r"(?<![\d-])(?P<m>0[1-9])-(?P<d>0[1-9]|[12]\d|3[01])(?![\d-])",
        lambda match: f"{month(match['m'])}月{month(match['d'])}日",
    ),
    Rule(
        r"(?<![\d.])(?P<m>[1-9]|1[0-2])\.(?P<d>[1-9]|[12]\d|3[01])(?=\s?[（(](?:周|星期|礼拜))",
        lambda match: f"{cardinal(match['m'])}月{cardinal(match['d'])}日",
    ),
    Rule(r"(?<!\d)(?P<m>[1-9]|1[0-2])\s?[·•・‧]\s?(?P<d>[1-9]|[12]\d|3[01])(?!\d)", _anniversary),
    Rule(rf"(?<!\d)(?P<from>(?:19|20)\d\d)/(?P<to>(?:19|20)?\d\d)(?=赛季|学年|年度|财年)", _seasons),
    Rule(
        rf"(?<![\d.])(?P<y>\d{{4}})(?=\s?年(?!{_SPAN}))",
        lambda match: by_digit(match["y"]) if int(match["y"]) < 2200 else None,
    ),
    Rule(
        rf"(?<![\d.])(?P<y>(?:19\d[1-9]|20[0-4]\d|19\d0))(?=\s?年)",
        lambda match: by_digit(match["y"]) if match["y"] != "2000" else None,
    ),
    Rule(r"(?<=公元)(?P<y>\d{3})(?=年)|(?<=公元前)\d{3}(?=年)", lambda match: by_digit(match[0])),
    Rule(r"(?<!\d)\d\d(?=年\s?\d{1,2}月)", lambda match: by_digit(match[0])),
    Rule(
        r"(?<!\d)(?:\d0|\d5)(?=后(?!续|面|来|期|方|半|勤|天|悔|台|卫|，|。|\s?\d))(?<!过\d\d)",
        lambda match: by_digit(match[0]),
    ),
    Rule(r"(?<!\d)0(?P<m>[1-9])(?=月|日)|(?<=月)0[1-9](?=号)", lambda match: month(match[0])),
    Rule(
        r"(?<![\d.])(?P<y>(?:19[4-9]|20[0-4])\d)(?=(?:财年|赛季|学年|春|夏|秋|冬|款|版|届|级|世|全|中国|上海|北京|国际|第[一二三四五六七八九十\d]|“|《|「|\s?[·•]))"
        r"(?!级台)",
        lambda match: by_digit(match["y"]),
    ),
)

TIMES = (
    Rule(
        rf"(?<![\d:：.])(?P<h>\d{{1,2}})[:：](?P<n>[0-5]\d)(?:[:：](?P<s>[0-5]\d))?(?![\d:：]|\.\d)(?:{_NOON})?",
        _time,
    ),
    Rule(rf"(?<![\d.])(?P<h>[1-9]|1[0-2]){_NOON}", _hour),
    Rule(r"(?<![\d:：.])\d+(?:\.\d+)?(?:\s?[:：]\s?\d+(?:\.\d+)?)+(?![:：.]?\d)", _ratio),
    Rule(
        r"(?P<space>(?<=[\u4e00-\u9fff])\s)?(?<![\d.-])(?P<a>\d{1,3})(?P<sign>[-–—/])(?P<b>\d{1,3})(?![\d.%/-])", _game
    ),
    Rule(rf"(?<=[\u4e00-\u9fff])\s(?=\d{{1,3}}[:：]\d{{1,3}}{_PHRASE_END})", lambda match: ""),
)
