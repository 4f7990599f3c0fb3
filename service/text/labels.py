"""Labels: numbers that the words around them tell from quantities, such as rooms, routes, trains and numbers of orders."""

import re

from service.text.codes import labelled, parted, short_or_spelled, spelled
from service.text.numbers import by_digit, cardinal, number
from service.text.rewriting import Rule, after, before
from service.text.telephones import COUNTED
from service.text.units import units

_UNIVERSITIES = re.compile(r"\s?[”’]?(?:高校|工程|大学|院校|名校|学校|高等|双一流|[、/和及与])")
_ROOM = re.compile(
    r"(?:[-–—~至到、]\d{3,4})*\s?(?:室|会议室|房|教室|办公室|病房|房间|多功能厅|展厅|包厢|报告厅|(?:美术|书法|实验|微机|会客|接待|调解|值班|图书|档案|谈心|电脑|机|舞蹈|书画|国画|音乐|琴|钢琴|阅览|活动|排练|烹饪|手工|候诊|诊|自习)[房室])"
)
_FLOOR = re.compile(r"(?P<floor>\d{1,2})(?:楼|层|F)\s?(?:\d{3,4}[-–—~至到、/])*$")
_ROOM_BEFORE = re.compile(r"(?:\d\s?(?:号楼|栋|幢|单元|号|座|弄|楼|层|门)|[A-Z][座栋区]|大厦|大楼|中心|广场|楼|室)\s?$")
_MOVED = re.compile(r"(?:室|房间|地点|场地)\s?[由从]\s?(?:\d{3,4}室?[^\d，。；]{0,3}[至为到])?\s?$")
_CHANNELS = re.compile(
    r"(?:[、和及/]\d{1,4})*路\s?(?:[^，。；\d]{0,4}(?:视频|监控|摄像|探头|信号|图像|画面|传感)|大军|人马)"
)
_CHANNELS_BEFORE = re.compile(
    r"(?:视频|监控|摄像头?|探头|信号|图像|高清|资源|接入|新增|增加|增至|[共达超近约兵分各])\s?$"
)
_ROUTE_BEFORE = re.compile(r"(?:公交|乘坐|乘|坐|换乘|车站|站|[、路])\s?$")
_TYPHOON = re.compile(r"台风[“「\"]?[\u4e00-\u9fff·]{0,6}[”」\"]?\s?[（(]$")

LABELLED = (
    Rule(r"(?<![A-Za-z\d])(?=[A-Z-]*\d)[A-Za-z\d]+(?:-[A-Za-z\d]+)*", lambda match: labelled(match)),
    Rule(
        r"(?<![A-Za-z\d])(?P<block>[A-Z]\d{0,2})-(?P<room>\d{3,4})(?=\s?(?:室|教室|房|会议室|办公室))",
        lambda match: (
            f"{match['block'][0]}{cardinal(match['block'][1:]) if match['block'][1:] else ''}杠{spelled(match['room'])}"
        ),
    ),
    Rule(
        r"(?<![\d.])\d{1,2}(?:/\d{1,2})+(?=号线)",
        lambda match: "、".join(map(cardinal, match[0].split("/"))),
    ),
    Rule(r"(?<=\dF)-(?P<n>\d{2,4})(?!\d)", lambda match: f"杠{spelled(match['n'])}"),
    Rule(r"(?<=[A-Za-z])_(?=[A-Za-z\d])", lambda match: "下划线"),
    Rule(r"(?<![A-EG-Za-z\d])(?P<n>\d)G-(?=[A-Z](?![A-Za-z]))", lambda match: cardinal(match["n"]) + "G"),
    Rule(r"(?<![\d.])(?:985|211)(?:/(?:985|211))?(?![\d.])", lambda match: _university(match)),
    Rule(r"(?<=[“「]\+)\d{2,4}(?=[”」])", lambda match: spelled(match[0])),
    Rule(r"(?<=[“「])\d{3,6}(?=[”」])(?!\d*00[”」])", lambda match: by_digit(match[0])),
    Rule(
        r"(?<![\d.-])\d{1,2}-\d{3,4}(?=室)|(?<![\d.-])\d{1,2}-\d{1,2}(?=教室)|(?<=[楼幢栋座馆室])\d{1,2}-[1-9]\d{2,3}(?![\d元个米人.-])",
        lambda match: "杠".join(map(spelled, match[0].split("-"))),
    ),
    Rule(r"(?<![\d.A-Za-z])\d{3,4}(?![\d.,])", lambda match: _room(match)),
    Rule(r"(?<![\d.+])\d{3,4}(?=(?:[、和及/]\d{1,4})*路(?![口网面况段]))", lambda match: _route(match)),
    Rule(
        r"(?:(?<![\d.A-Za-z第])[1-9]0[1-9]|(?<![^，。、；：\s（级一二三])[1-9][1-9]\d)(?=班(?!次|车|组|底|子))",
        lambda match: spelled(match[0]),
    ),
    Rule(r"(?<![\d.])\d{3}(?=[A-Z]?(?:区间|大站车))", lambda match: spelled(match[0])),
    Rule(r"(?<![\d.])\d{3}(?=国道|省道|县道|乡道)", lambda match: spelled(match[0])),
    Rule(r"(?<![\d.第])\d{3}(?=[师旅团](?![生傅长队资范]))", lambda match: spelled(match[0])),
    Rule(r"(?<=[碳铀氢氧碘钴铯锶钚氚镭氡钾磷锝铱镥氟])-(?P<n>\d{1,3})(?!\d)", lambda match: _numbered(match["n"])),
    Rule(r"(?<![\d.])(?:863|973|111|2011)(?=计划)", lambda match: spelled(match[0])),
    Rule(r"(?<![\d.])[1-9]\d[1-9](?=[”’]?计划)|(?<![\d.])[1-9]0[1-9](?=中学)", lambda match: by_digit(match[0])),
    Rule(r"(?<=[\u4e00-\u9fff])-(?P<n>\d{1,3})(?=[”」])", lambda match: _numbered(match["n"])),
    Rule(
        r"(?<![\d.])\d{3,5}(?=[开打]头|号段)|(?<![\d.])\d{2,4}(?=字头)|(?<=[开打]头)\d{2,4}(?=[为是的])|(?<=[开打]头为)\d{2,4}(?!\d)|(?<=舷号)\d{3}(?!\d)",
        lambda match: spelled(match[0]),
    ),
    Rule(r"(?<![\d.])[1-9]\.?[1-9](?=折(?![叠线射返]))|(?<!\d)84(?=消毒)", lambda match: by_digit(match[0])),
    Rule(r"(?<=[\u4e00-\u9fff])2\d(?:0[1-9]|1[0-2])(?=\s?合约|期货)", lambda match: spelled(match[0])),
    Rule(
        r"(?<!\d)[12]\d(?=[\u4e00-\u9fff]{1,6}\d\d[”」])(?<=[“「]\d\d)|(?<!\d)[12]\d(?=[\u4e00-\u9fff]{0,5}(?:国债|债|国开|农发|附息)\d\d(?!\d))",
        lambda match: by_digit(match[0]),
    ),
    Rule(r"(?<!\d)\d{4}(?=号台风)", lambda match: spelled(match[0])),
    Rule(
        r"(?<=[（(])\d{4}(?=号?[)）])",
        lambda match: spelled(match[0]) if _TYPHOON.search(before(match, 10)) else None,
    ),
    Rule(r"(?<=[A-Za-z]_)\d+", lambda match: spelled(match[0])),
    Rule(r"(?<![\d.])\d{3}(?=艺术区|艺术园|文创园|创意园|文化园)", lambda match: by_digit(match[0])),
    Rule(
        r"(?:(?<=波音|空客|骁龙|麒麟|昇腾|天玑|鲲鹏)|(?<=(?:波音|空客|骁龙|麒麟|昇腾|天玑|鲲鹏)\s))\d{3,4}(?:-\d{3,4})?(?!\d)",
        lambda match: spelled(match[0]),
    ),
    Rule(
        r"(?<![A-Za-z\d])(?P<letters>[GDCZTKYSLX])(?P<digits>\d{1,4})(?=\s?次(?!数)|号?列车|高速|国道|省道|县道|[沪京])",
        lambda match: match["letters"] + short_or_spelled(match["digits"]),
    ),
    Rule(
        r"(?<![A-Za-z\d])(?P<letters>[A-Z]{2}|\d[A-Z]|[A-Z]\d)(?P<digits>\d{3,4})(?=\s?次?(?:航班|客机|飞机|航线))",
        lambda match: re.sub(r"\d", lambda digit: by_digit(digit[0]), match["letters"]) + spelled(match["digits"]),
    ),
    Rule(r"(?<=中证A)\d{2,4}(?!\d)|(?<=A)500(?=指数|ETF|基金)", lambda match: cardinal(match[0])),
    Rule(r"(?<=TOP|Top|ATP|WTA)\s?[1-9]\d+", lambda match: cardinal(match[0].strip())),
    Rule(r"(?:(?<=[^A-Za-z]K)|(?<=^K))\d{3,4}(?=\+\d{3}(?!\d))", lambda match: cardinal(match[0])),
    Rule(
        r"(?<=[A-Za-z])-?(?P<digits>\d{3,}|0\d+)(?![\d.,%]|[a-zA-Z]*\d|BP|bp|个基点)", lambda match: spelled(match[0])
    ),
    Rule(
        r"(?:(?<=[图表式例])|(?<=附[件录]))\s?(?P<a>\d{1,2})[-—–](?P<b>\d{1,2})(?![\d年月日人个])",
        lambda match: parted(match),
    ),
    Rule(r"(?<!\d)(?:30[1-9]|31[0-9])(?=医院)", lambda match: spelled(match[0])),
    Rule(
        r"(?<![A-Za-z\d-])(?P<name>[A-Z][A-Za-z]*)-(?P<n>\d{1,3})(?![\d.-]|\s?(?:[=<>≤≥]|BP|bp|个基点))",
        lambda match: match["name"] + short_or_spelled(match["n"]),
    ),
    Rule(
        r"(?<![A-Za-z])(?P<gas>[CSN]O)2(?P<n>\d+(?:\.\d+)?)(?P<scale>[万亿余多]*)(?P<unit>吨|千克|t|kg)(?![A-Za-z])",
        lambda match: f"{match['gas']}二{number(match['n'])}{match['scale']}{units().name(match['unit'])}",
    ),
    Rule(
        r"(?<![A-Za-z\d-])(?P<name>[A-Z]{2,})-(?P<n>\d{1,3})(?=\s?[<>≤≥])",
        lambda match: match["name"] + short_or_spelled(match["n"]),
    ),
    Rule(r"(?<=[RG]TX\s)\d{4}(?!\d)", lambda match: by_digit(match[0])),
    Rule(r"(?<=\bN)95|(?<=\bKN)95", lambda match: by_digit(match[0])),
    Rule(r"(?<![\dA-Za-z.,])\d{7,}(?![\d.,%])", lambda match: _long(match)),
)


def _university(match: re.Match[str]) -> str | None:
    """985 and 211 are names of groups of universities."""
    both = "/" in match[0]
    if not (both or _UNIVERSITIES.match(after(match, 4)) or re.search(r"[“/、和]$|\d所$|业于$", before(match, 2))):
        return None
    return "、".join(by_digit(name, yao=True) for name in match[0].split("/"))


def _room(match: re.Match[str]) -> str | None:
    ends = re.match(r"$|[\s，。；、,（）()”」』’]", after(match, 1))
    named = (
        _ROOM.match(after(match, 16))
        or (ends and _ROOM_BEFORE.search(before(match, 8)))
        or _MOVED.search(before(match, 20))
    )
    floor = _FLOOR.search(before(match, 16))
    upstairs = floor and len(match[0]) == len(floor["floor"]) + 2 and match[0].startswith(floor["floor"])
    return spelled(match[0]) if named or (upstairs and not COUNTED.match(after(match, 3))) else None


def _route(match: re.Match[str]) -> str | None:
    """320路 is a bus, but 接入320路视频 counts channels."""
    if _CHANNELS.match(after(match, 16)):
        return None
    counted = (match[0].endswith("00") and len(match[0]) > 3) or _CHANNELS_BEFORE.search(before(match, 4))
    return spelled(match[0]) if _ROUTE_BEFORE.search(before(match, 4)) or not counted else None


def _numbered(digits: str) -> str:
    """碳-14 is 碳十四, 铀-235 铀二三五, “天衍-504” “天衍五零四”."""
    return cardinal(digits) if len(digits) < 3 else by_digit(digits)


def _long(match: re.Match[str]) -> str | None:
    """Seven digits and more inside a text, without unit or separators, are a name and no quantity."""
    written = match[0]
    if len(written) > 16:
        return by_digit(written, yao=True)
    if match.string.strip() == written or written.endswith("000"):
        return None
    if len(written) > 9 and not COUNTED.match(after(match, 3)):
        return by_digit(written, yao=True)
    return None if re.match(r"\s?[\u4e00-\u9fffA-Za-z%]", after(match, 2)) else by_digit(written, yao=True)
