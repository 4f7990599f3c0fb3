"""Years: spans of them, school years and seasons, reigns, decades, and years that stand before what is of them."""

import re

from service.text.numbers import DASH, by_digit, cardinal, joint
from service.text.rewriting import Rule, after, alternatives, before
from service.text.units import units

_LATER = "前|内|间|来|多|余|以前|以上|以内|之久|历史|左右|上下|一遇|不变|底蕴|岁月|文明|光阴|古|老"
_HEADS = (
    r"财年|赛季|学年|春|夏|秋|冬|款|版|届|级(?!台)|世|全|中国|上海|北京|国际|第[一二三四五六七八九十\d]"
    r"|“|《|「|\s?[·•]|\s/\s"
)
MODERN = r"(?:19|20)\d\d"

YEARS = (
    Rule(
        rf"(?<!\d)(?P<from>{MODERN})/(?P<to>(?:19|20)?\d\d)(?=赛季|学年|年度|财年|[\u4e00-\u9fff]{{1,2}}季)",
        lambda match: f"{by_digit(match['from'])}到{by_digit(match['to'])}",
    ),
    Rule(
        rf"(?<![\d.])(?P<y>\d{{4}})(?=\s?年(?!{_LATER}))",
        lambda match: by_digit(match[0]) if int(match[0]) < 2200 else None,
    ),
    Rule(rf"(?<![\d.])(?!2000){MODERN}(?=\s?年)", lambda match: by_digit(match[0])),
    Rule(
        r"(?:(?<=^前)|(?<=[约（(，、—-]前))\d{2,4}(?=年(?!来|间|内|以来|多|前)|[-–—~至]前\d+年)",
        lambda match: by_digit(match[0]),
    ),
    Rule(r"['’‘](?P<y>\d\d)(?=年|[\u4e00-\u9fff]{2})", lambda match: by_digit(match["y"])),
    Rule(
        rf"(?<=[（(])(?P<from>\d{{2,4}})(?P<year>年)?(?P<joint>{DASH})(?P<to>\d{{3,4}})(?=(?P<closed>年)?[）)])",
        lambda match: _reign(match),
    ),
    Rule(
        rf"(?<![\d.]){MODERN}(?=\s?[QH][1-4](?![A-Za-z\d])|E(?![A-Za-z\d]))|(?<![\d.])2\d(?=Q[1-4](?!\d))|(?<=[1-4][QH])(?<![A-Za-z\d][1-4][QH])\d\d(?![\dA-Za-z])",
        lambda match: by_digit(match[0]),
    ),
    Rule(r"(?<=年[（(])1\d{3}(?=[）)])", lambda match: by_digit(match[0])),
    Rule(
        r"(?:(?<=[A-Za-z]\s)|(?<=[A-Za-z],\s))(?:19[5-9]|20[0-4])\d(?![\d.,]|\s?[\u4e00-\u9fff%℃A-Za-z])",
        lambda match: by_digit(match[0]),
    ),
    Rule(
        r"(?:(?<=[（(]前)|(?<=[-–—~至]前)|(?<=公元前))\d{2,4}(?=[-–—~至]前?\d|[）)])",
        lambda match: by_digit(match[0]),
    ),
    Rule(
        rf"(?<=[\u4e00-\u9fff])[-–—](?P<y>{MODERN})(?=[A-Z]?(?:[”’」》）)，。；、]|$))",
        lambda match: by_digit(match["y"]),
    ),
    Rule(
        r"(?<![\d.,A-Za-z第超近约达共至到增减剩满逾过有前])(?:199\d|20[0-3]\d)(?=[\u4e00-\u9fff]{2})|(?<=[\u4e00-\u9fff])(?<![超近约达共至到增减剩满逾过有前数量])202\d(?=[：:](?!\d))",
        lambda match: _named_year(match),
    ),
    Rule(
        r"(?:(?<=[星CPD]/)|(?<=小行星)|(?<=小行星\s)|(?<=彗星))(?:19|20)\d\d(?=\s?[A-Z]{1,2}\d{0,3}(?![A-Za-z\d]))",
        lambda match: by_digit(match[0]),
    ),
    Rule(r"(?<!\d)20[2-6]\d(?=碳|远景|愿景|议程|目标|战略|纲要|规划)", lambda match: by_digit(match[0])),
    Rule(r"(?<=公元)\d{3}(?=年)|(?<=公元前)\d{3}(?=年)", lambda match: by_digit(match[0])),
    Rule(rf"(?<![\d.]){MODERN}(?=(?:[、和及与]{MODERN})+[财学]?年)", lambda match: by_digit(match[0])),
    Rule(
        r"(?<!\d)[4-9]\d(?=级[\u4e00-\u9fff]{0,6}(?:系|专业|校友|学[生员]|本科|班|毕业|研究生|新生))",
        lambda match: by_digit(match[0]),
    ),
    Rule(r"(?<!\d)\d\d(?=年\s?\d{1,2}月)", lambda match: by_digit(match[0])),
    Rule(
        r"(?<!\d)(?:\d0|\d5|[6-9]\d|0\d)(?=后(?!续|面|来|期|方|半|勤|天|悔|台|卫|，|。|\s?\d)|前[、和与及]\d[05]后)(?<!过\d\d)",
        lambda match: by_digit(match[0]),
    ),
    Rule(r"(?<!\d)\d0(?=末(?:\d|出?生))|(?<=\d末)\d0(?=初)", lambda match: by_digit(match[0])),
    Rule(r"(?<!\d)0[1-9](?=月|日|时|点)|(?<=月)0[1-9](?=号)", lambda match: cardinal(match[0].lstrip("0"))),
    Rule(rf"(?<![\d.])(?:19[4-9]|20[0-4])\d(?={_HEADS})", lambda match: by_digit(match[0])),
)


def years(match: re.Match[str]) -> str | None:
    first, last = match["from"], match["to"]
    if len(last) == 4 and int(last) <= int(first):
        return None
    return f"{by_digit(first)}{match['year'] or ''}{joint(match['joint'])}{by_digit(last)}"


def _named_year(match: re.Match[str]) -> str | None:
    """2024赏花活动 is of a year: a number of things has a measure word, and 2000 is too round to tell."""
    counted = rf"\s?(?:{alternatives(units().words)}|{'|'.join(units().counted)}|[余多几来年月日号路弄室路楼栋幢线班届级期页章集元户])"
    return None if match[0].endswith("00") or re.match(counted, after(match, 6)) else by_digit(match[0])


def _reign(match: re.Match[str]) -> str | None:
    """（618—907年） is when somebody lived or reigned, where it follows no age and no span of time; （101-150） is a step
    of a scale."""
    first, last = int(match["from"]), int(match["to"])
    lasts = before(match, 2)[:1] in "龄期限长约达" or first % 50 == last % 50 == 0
    steps = not match["closed"] and (first < 100 or (first % 10 < 2 and last % 10 == 0))
    return None if lasts or steps or last <= first else years(match)
