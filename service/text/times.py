"""Times of day, and the ratios and scores that look like them."""

import re

from service.text.numbers import by_digit, cardinal, number
from service.text.rewriting import Rule, before

_NOON = r"\s?(?P<noon>[aApP]\.?[mM]\b\.?)"
_SCORED = re.compile(
    r"(?:[比局盘]分|大胜|小胜|完胜|战胜|击败|险胜|负于|不敌|领先|落后|总分|抢[七十]|[一二三四五六七八九十\d]局|惜败|完败|横扫|逼平|战平|力克)"
    r"[^\d，。；]{0,6}(?:[为是以]|(?:\d+[:：-]\d+[、，和/]?)+)?$"
)
_HALVES = re.compile(r"(?:[全半终]场|加时赛?)$")
_SCORES = re.compile(
    r"[、，和]\s?\d+[:：]\d(?!\d)|(?:[、，和/]\s?\d+[:：-]\d+)*(?:[（(][\d:：，,、\s-]+[）)])?\s?(?:的比分|的总分|领先|落后|大胜|小胜|完胜|战胜|击败|险胜|负于|不敌|战平|逼平|获胜|取胜|告负|力克|横扫|惜败|完败|胜(?![利率任出])|逆转|轻取|直落|淘汰|速胜)"
)
_TAKEN = re.compile(r"(?:以|用时|耗时|历时|时长|成绩|跑出|[纪记]录)(?:[是为：:]|了|约)?\s?$")
_RATIO = re.compile(r"(?:\s?的?(?:比[例率]|配比|模型|缩[小放]))")
_RATIO_BEFORE = re.compile(r"(?:比[例率]|配比|比例尺)[为是：:约达]*\s?$")
_PAUSE = re.compile(r"$|[\s，。；、！？,;]")
_TEAM = re.compile(r"(?:^|[，。；、\s])[\u4e00-\u9fff]{2,8}$")
_SETS = re.compile(r"(?:\d[-–]\d{1,3}|\d[:：]\d)[（(](?:\d+[-–:：]\d+[，,、\s]+)*$")

TIMES = (
    Rule(
        r"(?<![\d.])(?<!\d[:：])(?P<h>\d{1,2})[:：](?P<n>[0-5]\d)(?:[:：](?P<s>[0-5]\d))?(?![\d:：万亿]|\.\d)"
        rf"(?:分(?!钟))?(?:{_NOON})?",
        lambda match: _time(match),
    ),
    Rule(
        rf"(?<![\d.])(?P<h>[1-9]|1[0-2]){_NOON}",
        lambda match: f"{_noon(match['noon'])}{cardinal(match['h'], liang=True)}点",
    ),
    Rule(
        r"(?<![\d.A-Za-z])(?<!\d[:：])(?<!(?:附件|案例))(?<![图表注])(?<![图表注件]\d)\d+(?:\.\d+)?"
        r"(?:\s?[:：]\s?\d+(?:\.\d+)?)+(?![:：.]?\d)",
        lambda match: "比".join(number(part.strip()) for part in re.split("[:：]", match[0])),
    ),
    Rule(
        r"(?P<space>(?<=[\u4e00-\u9fff])\s)?(?<![\d.-])(?P<a>\d{1,3})(?P<sign>[-–—/])(?P<b>\d{1,3})(?![\d.%-]|/(?!\d+[-–—]\d))",
        lambda match: _game(match),
    ),
    Rule(r"(?<=\d秒)\d\d(?!\d)|(?<=\d米)\d\d(?=$|[，。、；！）)的夺获])", lambda match: by_digit(match[0])),
    Rule(r"(?<=[\u4e00-\u9fff])\s(?=\d{1,3}[:：]\d{1,3}(?:$|[\s，。；、！？,;）)”]))", lambda match: ""),
)


def _time(match: re.Match[str]) -> str | None:
    hour, minute, second, noon = match["h"], match["n"], match["s"], match["noon"]
    if second and not noon and _TAKEN.search(before(match, 6)):
        return f"{cardinal(str(int(hour)), liang=True)}小时{cardinal(str(int(minute)))}分{cardinal(str(int(second)))}秒"
    if int(hour) > 24 or (not second and not noon and _is_score(match)):
        return None
    said = f"{cardinal(str(int(hour)), liang=True)}点"
    if int(minute):
        said += f"{cardinal(minute)}分"
    if second and int(second):
        said += f"{cardinal(second)}秒"
    return (_noon(noon) if noon else "") + said


def _noon(written: str) -> str:
    return "上午" if written[0] in "aA" else "下午"


def _is_score(match: re.Match[str]) -> bool:
    return bool(
        _SCORED.search(before(match, 24))
        or _HALVES.search(before(match, 3))
        or _SCORES.match(match.string, match.end())
        or _RATIO.match(match.string, match.end())
        or _RATIO_BEFORE.search(before(match, 8))
        or _SETS.search(before(match, 24))
    )


def _game(match: re.Match[str]) -> str | None:
    """A score with a dash or slash: where the words around it say so, or where it stands alone after a name."""
    alone = match["space"] and _PAUSE.match(match.string, match.end())
    if not (_is_score(match) or (alone and (match["sign"] == "/" or _TEAM.search(before(match, 12))))):
        return None
    return f"{cardinal(match['a'])}比{cardinal(match['b'])}"
