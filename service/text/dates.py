"""Dates: every form in which officials write days, months, years and spans of them."""

import re

from service.text.numbers import DASH, by_digit, cardinal, joint
from service.text.rewriting import Rule, before
from service.text.years import MODERN, years

_YEAR = r"(?:1[0-9]|20)\d\d"
_MONTH = r"(?:0?[1-9]|1[0-2])"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_QUANTITY = (
    r"\s?(?:[A-Za-zμ℃㎡%‰°元米人万亿名家个千百毫克吨升户件台套亩字次斤瓦步株棵点卡辆座只头条本册页场例位倍帕伏室房]|"
    r"公[里斤顷]|平方|立方|大卡)"
)
_ANNIVERSARIES = r"(?:3\.15|3\.8|4\.15|5\.4|5\.12|6\.18|7\.7|9\.3|9\.11|9\.18|10\.1|11\.9|12\.4|12\.9|12\.13)"
_FEASTS = "[”’」]?(?:国际)?(?:儿童节|劳动节|妇女节|植树节|教师节|建[党军]|国庆|护士节|青年节|记者节|读书日|环境日|地球日|禁毒日|献血者日|博物馆日)"
_OCCASIONS = (
    "[”’」]?(?:晚会|消费|国际|打假|运动|事件|大地震|地震|汶川|事变|讲话|阅兵|国家|宪法|消防|购物|大促|活动日|主题)"
)

_CASES = "[”’」](?:专案|案件?|特大|重大|系列|惨案|事故|事件|洪灾|火灾|爆炸|地震|讲话|批示|指示|[\u4e00-\u9fff]{2,8}日)"

_DATED = re.compile(
    r"(?:[于自]|(?:时间|日期|期限?|报名|公示|展期|档期|改造|施工|封闭|停业|维修|放假|暂停|开放|征集|招募|培训|"
    r"(?:宣传|活动|教育|文化|科技|科普|学习|读书|艺术|服务|主题|安全|生产|节能|公益)[周月日节季])[为是：:]?)\s?$"
)
_DATED_ONLY = re.compile(r"\s*(?:$|[，。；、,;）)起止举开进报公])")
_WEEKLY = re.compile(
    r"(?:[周月旬]报|[本上下一]周|日程|值[班守]表?|排班表?|课[程表]表?|菜[单谱]|食谱|安排表?|动态|预告|第\d+[期周])[（(]$"
)
_SCALED = re.compile(r"(?:区间|范围|考值|常值|指数|系数|[高长宽重值率米分元])[（(]$")
_LISTED = re.compile(
    rf"(?:时间|日期|[放动务询诊]日|报名|举办|截止|档期)[为是于：:]?\s?(?:{_MONTH}/{_DAY}\s?[、,，和及与至到~—–-]\s?)*$"
)
_SECTION = re.compile(r"^$|[\s版本代统、.]$")
_TERMS = "立[春夏秋冬]|雨水|惊蛰|春分|清明|谷雨|小满|芒种|夏至|小暑|大暑|处暑|白露|秋分|寒露|霜降|小雪|大雪|冬至|小寒|大寒|除夕|元旦"
_PART = "上午|下午|晚(?!会)|凌晨|夜间|夜里|白天|早[上晨]?|中午|傍晚|全天"
_EVENT = "施行|实施|执行|封闭|施工|开[放工业学幕展园课]|启[用动]|举[行办]|召开|开展|报名|截止"
_HELD = re.compile(
    rf"\s?(?:{_PART}|(?:正式|起)?(?:{_EVENT})|举[行办]|开展|进行|期间|报名|公示|展出|[^，。]{{0,2}}放假)"
)

DATES = (
    Rule(r"(?<![\s\S])\d{1,2}(?=\.(?:1[0-2]|[1-9])月(?!均))", lambda match: cardinal(match[0])),
    Rule(
        rf"(?<!\d)(?P<y>{_YEAR})(?P<sep>[-/.])(?P<m>{_MONTH})(?P=sep)(?P<d>{_DAY})(?!\d|[/.]\d|-\d+(?:[^./\d-]|$))T?",
        lambda match: f"{by_digit(match['y'])}年{_place(match['m'])}月{_place(match['d'])}日",
    ),
    Rule(rf"(?<!\d)(?P<m>\d\d)(?P<sep>[-/.])(?P<d>\d\d)(?P=sep)(?P<y>{MODERN})(?!\d)", lambda match: _american(match)),
    Rule(
        r"(?:(?<=©)|(?<=©\s))\s?(?P<from>\d{4})(?:\s?[-–—~]\s?(?P<to>\d{4}))?(?!\d)",
        lambda match: by_digit(match["from"]) + (f"到{by_digit(match['to'])}" if match["to"] else ""),
    ),
    Rule(
        rf"(?<!\d)(?P<from>{_YEAR})(?P<year>年)?(?P<joint>{DASH})"
        rf"(?P<to>{_YEAR}|(?<=\d[-–—~])\d\d(?=年|学年|年度|赛季))"
        rf"(?!\d|[-/.]\d)(?!年?\s?\d{{1,2}}月|{_QUANTITY}|[号弄])",
        lambda match: years(match),
    ),
    Rule(
        r"(?<!\d)(?P<from>\d\d)[-–—](?P<to>\d\d)(?=学年|赛季)",
        lambda match: f"{by_digit(match['from'])}到{by_digit(match['to'])}",
    ),
    Rule(rf"(?<!\d)(?P<y>{_YEAR})[-/](?P<m>{_MONTH})(?![\d年万亿%元]|[-/.]\d)", lambda match: _month(match)),
    Rule(rf"(?<!\d)(?P<y>{MODERN})\.(?P<m>0[1-9]|1[0-2])(?![\d万亿%元米]|\.\d)", lambda match: _month(match)),
    Rule(
        rf"(?<![\d.])(?P<y>{MODERN})\.(?P<m>{_MONTH})(?={DASH}{MODERN}\.\d)",
        lambda match: _month(match),
    ),
    Rule(rf"(?<![\d.])(?P<y>{MODERN})\.(?P<m>{_MONTH})(?![\d.])", lambda match: _month_of_span(match)),
    Rule(rf"(?<![\d-])(?P<m>0[1-9]|1[0-2])[-/.](?P<y>{MODERN})(?![\d-])", lambda match: _month(match)),
    Rule(
        rf"(?<![\d/])(?<!%[（(])(?=0|\d\d?/0|1[0-2]/[123]\d)(?P<m>{_MONTH})/(?P<d>{_DAY})(?![\d/]|[月日]|\s?(?:[A-Za-z%℃元米]|人(?!民)|分钟|小时|周?岁|公里)|{DASH}\d{{1,2}}/\d)",
        lambda match: _day(match),
    ),
    Rule(
        r"(?<![\d./])\d{1,2}(?:/\d{1,2})+(?=[月日](?!均))",
        lambda match: "、".join(cardinal(part.lstrip("0")) for part in match[0].split("/")),
    ),
    Rule(
        r"(?<![\d.])(?P<y>2\d)\.(?P<m>0[1-9]|1[0-2])\.(?P<d>0[1-9]|[12]\d|3[01])(?![\d.])",
        lambda match: f"{by_digit(match['y'])}年{_place(match['m'])}月{_place(match['d'])}日",
    ),
    Rule(
        rf"(?<![\s\S])(?P<m>{_MONTH})/(?P<d>{_DAY})(?=\s+[晴多阴小中大雷阵雨雪霾雾周星上下早晚])",
        lambda match: _day(match),
    ),
    Rule(
        rf"(?<![\d./])(?P<m>{_MONTH})/(?P<d>{_DAY})(?=\s\d{{1,2}}[:：]\d\d(?!\d))",
        lambda match: _day(match),
    ),
    Rule(
        rf"(?<![\d./])(?P<m>{_MONTH})/(?P<d>{_DAY})(?![\d/.]|\s?[A-Za-z%℃])",
        lambda match: _day(match) if _LISTED.search(before(match, 24)) else None,
    ),
    Rule(
        rf"(?<![\d-])(?P<m>0[1-9])-(?P<d>0[1-9]|{_DAY})(?![\d-]|[周个]?岁|年|[届期级号班时点]|{_QUANTITY})",
        lambda match: _day(match),
    ),
    Rule(
        rf"(?<![\d.])(?P<m>{_MONTH})\.(?P<d>{_DAY})(?=\s?[（(](?:周|星期|礼拜))",
        lambda match: _day(match),
    ),
    Rule(
        rf"(?<![\d.A-Za-z])(?P<m>{_MONTH})\.(?P<d>{_DAY})(?=\s?(?:{_PART}|(?:将|[拟起][^，。\d]{{0,2}}|正式|在[^，。\d]{{2,8}})(?:{_EVENT})|(?P<event>{_EVENT})|{_TERMS}))",
        lambda match: None if match["event"] and _SECTION.search(before(match, 1)) else _day(match),
    ),
    Rule(
        rf"(?<![\d.A-Za-z])(?P<m>{_MONTH})\.(?P<d>{_DAY})(?=日(?!均)|[-–—~至到](?:\d{{1,2}}\.)?\d{{1,2}}日)",
        lambda match: f"{_place(match['m'])}月{_place(match['d'])}",
    ),
    Rule(
        rf"(?<=[（(])(?P<m>{_MONTH})(?P<sep>\.)(?P<d>{_DAY})(?P<joint>{DASH})(?P<m2>{_MONTH})\.(?P<d2>{_DAY})(?=[）)])",
        lambda match: _days_in_brackets(match),
    ),
    Rule(
        rf"(?<![\d./])(?P<m>{_MONTH})(?P<sep>[./])(?P<d>{_DAY})(?P<joint>{DASH})"
        rf"(?P<m2>{_MONTH})(?P=sep)(?P<d2>{_DAY})(?![\d./])",
        lambda match: _days_of_span(match),
    ),
    Rule(r"(?<=[一二三四五六七八九十])[·•・‧](?=[一二三四五六七八九十])", lambda match: ""),
    Rule(
        r"(?<![\d.])(?:(?:[1-9]|1[0-2])\s?[·•・‧]\s?(?:[1-9]|[12]\d|3[01])(?!\d)"
        rf"|{_ANNIVERSARIES}(?={_OCCASIONS})|{_MONTH}\.{_DAY}(?={_FEASTS})"
        rf"|(?<=[“‘「]){_MONTH}\.{_DAY}(?={_CASES}))",
        lambda match: _anniversary(match),
    ),
    Rule(r"(?<!\d)99(?=公益)", lambda match: by_digit(match[0])),
    Rule(
        r"(?<!\d)(?:315|618)(?=[”’」]?(?:晚会|打假|大促|购物|年中|促销|电商))",
        lambda match: by_digit(match[0], yao=True),
    ),
    Rule(
        rf"(?<=[-–—~至到])(?P<m>{_MONTH})\.(?P<d>{_DAY})(?![\d.])",
        lambda match: _day_of_span(match),
    ),
)


def _place(written: str) -> str:
    """The number of a month or day: 05 is 五."""
    return cardinal(written.lstrip("0"))


def _day(match: re.Match[str]) -> str:
    return f"{_place(match['m'])}月{_place(match['d'])}日"


def _month(match: re.Match[str]) -> str:
    return f"{by_digit(match['y'])}年{_place(match['m'])}月"


def _month_of_span(match: re.Match[str]) -> str | None:
    """2024.6 is a month only at the end of a span that began with one."""
    return _month(match) if re.search(rf"{MODERN}\.\d{{1,2}}{DASH}$", before(match, 14)) else None


def _day_of_span(match: re.Match[str]) -> str | None:
    """12.28 is a day at the end of a span that began with one: 2023.12.26-12.28."""
    if not re.search(rf"{MODERN}\.{_MONTH}\.{_DAY}{DASH}$", before(match, 16)):
        return None
    return _day(match)


def _days_of_span(match: re.Match[str]) -> str | None:
    """4.15-4.20 are days where the words around them tell when something is."""
    begun = _DATED.search(before(match, 5)) and _DATED_ONLY.match(match.string, match.end())
    months, days = (int(match["m"]), int(match["m2"])), (int(match["d"]), int(match["d2"]))
    improper = match["sep"] == "/" and (
        (months[0] > days[0] and months[1] > days[1])
        or (max(days) > 10 and months != (1, 1))
        or "0" in (match["m"][0], match["d"][0])
    )
    late = match["sep"] == "/" and (int(match["d"]) > 12 or int(match["d2"]) > 12) and match["m"] != match["m2"]
    return _both_days(match) if begun or improper or late or _HELD.match(match.string, match.end()) else None


def _days_in_brackets(match: re.Match[str]) -> str | None:
    """周报（11.18—11.24） has days, which go on by a month at most; 区间（1.5—2.5） has not."""
    weekly = _WEEKLY.search(before(match, 10))
    later = 0 <= int(match["m2"]) - int(match["m"]) <= 1 and (
        match["m"] != match["m2"] or int(match["d"]) < int(match["d2"])
    )
    long = len(match["d"]) == len(match["d2"]) == 2 and not _SCALED.search(before(match, 8))
    return _both_days(match) if weekly or (later and long) else None


def _both_days(match: re.Match[str]) -> str:
    first, last = (f"{_place(match['m' + end])}月{_place(match['d' + end])}日" for end in ("", "2"))
    return f"{first}{joint(match['joint'])}{last}"


def _american(match: re.Match[str]) -> str | None:
    """08-16-2008, or 16/08/2008 where the first number can be no month."""
    first, second = match["m"], match["d"]
    if int(first) > 12:
        first, second = second, first
    if not (0 < int(first) <= 12 and 0 < int(second) <= 31):
        return None
    return f"{by_digit(match['y'])}年{_place(first)}月{_place(second)}日"


def _anniversary(match: re.Match[str]) -> str:
    """3·15 is 三幺五, 12·9 一二九, 5·1 五一, 11·24 十一二十四."""
    first, second = re.split(r"\s?[.·•・‧]\s?", match[0])
    if (first, second) in (("9", "18"), ("6", "18")):
        return by_digit(first + second)
    if second == "1" or (len(first) == len(second) == 2):
        return cardinal(first) + cardinal(second)
    return by_digit(first) + by_digit(second, yao=True)
