"""Codes: numbers that name a person, a document, a vehicle or a place, and are said digit by digit."""

import re

from service.text.numbers import by_digit, cardinal, number
from service.text.rewriting import Rule, after, before
from service.text.telephones import COUNTED
from service.text.units import units

_PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼港澳"
_LABEL = re.compile(
    r"(?:身份证|证件|证号|编号|账号|帐号|卡号|尾号|学号|工号|邮编|邮政编码|验证码|取[件货]码|密码|代码|口令|QQ|微信号|票号|单号|订单|运单|条码|"
    r"编码|许可证|登记证|注册号|批准文号|备案|序列号|车架号|标识码|识别码|准考证|会议号|会议ID|端口|呼号|展位号|摊位号|桌号|书号|户号|设备号|桩号|批次号|追溯码|核销码|兑换码|邀请码|防伪码|提取码|顺序号|房间号|群号|登记号|公告号|专利号|机号|"
    r"车号|合同号|流水号|索[取引]号|批号|文号|货号|箱号|考号|代号|项目号|招标号|保单号|发票号|预约号|执业证|公网安备|信用代码|刊号|VIN|IMEI|ISBN|ISSN|CN)"
    r"(?:号码|号|编号|码|群)?(?:[前后末尾][一二三四五六七八九\d]位)?[是为：:\s“「（(]{0,3}(?:第|No\.|NO\.|[京津沪渝苏浙粤临]|(?<=[：:])[\u4e00-\u9fff]{0,3}[采招建政字审备证许监检])?"
    r"(?:[A-Za-z\d-]{4,}\s?(?:[（(][^（）()]{1,16}[）)])?\s?[、，,；;/和及]\s?)*$"
)
_DATED = re.compile(r"日期[^，。；\d]{0,6}$")
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
_STANDARDS = "GBZ|GB|DB31|DB|JGJ|CJJ|HJ|YY|WS|GA|JT|QB|SN|ISO|IEC|DL|NY|LY|SL"

CODES = (
    Rule(r"(?<!\d)0\d{2,3}-\d{6}(?!\d|-)", lambda match: spelled(match[0])),
    Rule(r"(?<!\d)\d{3,8}(?: \d{3,8})+(?: \d{1,10})?(?![\d年])", lambda match: _labelled(match)),
    Rule(r"(?<![\dA-Za-z])\d{17}[\dXx](?![\dA-Za-z])", lambda match: spelled(match[0])),
    Rule(r"(?<![\dA-Za-z])[\dA-Z]{2}\d{6}[\dA-Z]{10}(?![\dA-Za-z])", lambda match: spelled(match[0])),
    Rule(r"(?<![\dA-Za-z])\d{3,17}\*{2,}\d{0,4}", lambda match: _masked(match[0])),
    Rule(
        rf"(?<=[{_PROVINCES}])(?P<letter>[A-Z])[·•\s]?(?P<rest>[A-Z\d]{{1,4}}\*{{2,}}[A-Z\d]*)",
        lambda match: match["letter"] + _masked(match["rest"]),
    ),
    Rule(r"(?<=第)0\d{2,3}(?=[号期件])", lambda match: spelled(match[0])),
    Rule(r"(?<=ICP[备证])\d+(?=号)|(?<=[备证字第])\d{5,}(?=号)", lambda match: spelled(match[0])),
    Rule(
        r"(?<=第)(?P<year>(?:19|20)\d\d)[-—](?P<n>\d{1,4})(?=[号期])",
        lambda match: f"{by_digit(match['year'])}杠{cardinal(match['n'])}",
    ),
    Rule(r"(?<=第)20\d{5}(?=期)", lambda match: by_digit(match[0])),
    Rule(
        r"(?<=[\u4e00-\u9fff])(?:60[0135]|000|00[123]|30[01]|688)\d{3}(?=[收报涨跌])|(?<=[A-Za-z\u4e00-\u9fff][（(])(?:(?:60|00|30|68)\d{4}|(?:5\d|1[1-8]|83|87|92)(?!\d*000)\d{4})(?=[)）])",
        lambda match: spelled(match[0]),
    ),
    Rule(
        r"(?P<stock>(?<![\dA-Za-z.])\d{5,6})\.(?P<market>SH|SZ|BJ|HK|SS)(?![A-Za-z])",
        lambda match: f"{spelled(match['stock'])}点{match['market']}",
    ),
    Rule(
        r"(?<![A-Za-z\d-])(?P<head>[A-Z]{1,4})(?P<a>\d{1,8})(?P<rest>(?:-\d{1,8})+)(?![A-Za-z\d.-]|\s?[页版级期层楼区排栋座馆厅])",
        lambda match: _hyphened(match),
    ),
    Rule(r"(?<![A-Za-z\d-])[A-Z]{2,}(?:-\d{3,}){2,}(?![\d-])", lambda match: spelled(match[0])),
    Rule(r"(?<=[〕）\])】])(?P<a>\d{1,4})-(?P<b>\d{1,4})(?=号)", lambda match: _parted(match)),
    Rule(r"(?<![\d-])(?=0|\d+-0)(?P<a>\d{2,4})-(?P<b>\d{3,4})(?=号(?![线楼]))", lambda match: _parted(match)),
    Rule(
        r"(?<![月\d.-])(?P<a>\d{1,4})[-–—](?P<b>\d{1,2})(?=(?:[、和]\d{1,4}[-–—]\d{1,2})*(?:号(?![线楼])|室))",
        lambda match: _parted(match) if int(match["a"]) > int(match["b"]) else None,
    ),
    Rule(r"(?:(?<=\*\*)|(?<=\*\*\s))\d{3,4}(?!\d)", lambda match: spelled(match[0])),
    Rule(r"(?<=[甲乙丙丁])-(?=\d{1,3}[号室])", lambda match: "杠"),
    Rule(r"(?<=号)-(?P<n>\d{1,3})(?!\d)", lambda match: f"杠{by_digit(match['n'], yao=True)}"),
    Rule(r"(?P<open>[〔（(\[【［])(?P<year>(?:19|20)\d\d)(?P<close>[〕）)\]】］])", lambda match: _year(match)),
    Rule(
        r"(?<=Q/)(?P<code>[A-Z]{2,6}\s?)(?P<number>\d{4})(?P<kind>S?)[-—–](?P<year>20\d\d)(?!\d)",
        lambda match: f"{match['code']}{spelled(match['number'])}{match['kind']}杠{by_digit(match['year'])}",
    ),
    Rule(
        rf"(?P<code>(?<![A-Za-z])(?:{_STANDARDS})(?:/[TZ])?\s?)(?P<number>\d{{2,6}}|\d(?=\.\d{{1,2}}[-—–]))(?:\.(?P<part>\d{{1,2}}))?"
        r"(?:[-—–:](?P<year>(?:19|20)\d\d))?(?![\d.])",
        lambda match: _standard(match),
    ),
    Rule(
        rf"(?<=[{_PROVINCES}])(?P<letter>[A-Z])[·•.\s-]?(?P<rest>(?=[A-Z\d]*\d)(?:[A-Z\d]{{5,6}}|[A-Z\d]{{4}}(?=[港澳学警领使挂急]|应急)))(?![A-Za-z\d])",
        lambda match: match["letter"] + spelled(match["rest"]),
    ),
)
"""Codes that their form alone gives away."""

LABELLED = (
    Rule(r"(?<![A-Za-z\d])(?=[A-Z-]*\d)[A-Za-z\d]+(?:-[A-Za-z\d]+)*", lambda match: _labelled(match)),
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
        lambda match: match["letters"] + _short_or_spelled(match["digits"]),
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
        lambda match: _parted(match),
    ),
    Rule(r"(?<!\d)(?:30[1-9]|31[0-9])(?=医院)", lambda match: spelled(match[0])),
    Rule(
        r"(?<![A-Za-z\d-])(?P<name>[A-Z][A-Za-z]*)-(?P<n>\d{1,3})(?![\d.-]|\s?(?:[=<>≤≥]|BP|bp|个基点))",
        lambda match: match["name"] + _short_or_spelled(match["n"]),
    ),
    Rule(
        r"(?<![A-Za-z])(?P<gas>[CSN]O)2(?P<n>\d+(?:\.\d+)?)(?P<scale>[万亿余多]*)(?P<unit>吨|千克|t|kg)(?![A-Za-z])",
        lambda match: f"{match['gas']}二{number(match['n'])}{match['scale']}{units().name(match['unit'])}",
    ),
    Rule(
        r"(?<![A-Za-z\d-])(?P<name>[A-Z]{2,})-(?P<n>\d{1,3})(?=\s?[<>≤≥])",
        lambda match: match["name"] + _short_or_spelled(match["n"]),
    ),
    Rule(r"(?<=[RG]TX\s)\d{4}(?!\d)", lambda match: by_digit(match[0])),
    Rule(r"(?<=\bN)95|(?<=\bKN)95", lambda match: by_digit(match[0])),
    Rule(r"(?<![\dA-Za-z.,])\d{7,}(?![\d.,%])", lambda match: _long(match)),
)
"""Codes that the words around them tell from quantities."""

SERIES = (
    Rule(r"(?<=[“「])\d(?:-\d){2,3}(?=[”」])", lambda match: by_digit(match[0])),
    Rule(r"(?<![\d.:-])\d(?:-\d){2,3}(?=阵型|阵容)|(?<=阵型)\d(?:-\d){2,3}(?!\d)", lambda match: by_digit(match[0])),
    Rule(r"(?<![\d.:/-])\d+(?:-\d+){2,}(?![\d.:/-]|年)", lambda match: _series(match[0])),
)
"""Three numbers and more that hyphens join, and that are no date."""


def spelled(written: str) -> str:
    """Digits one by one with 幺 for one; letters stay; separators fall away."""
    return "".join(by_digit(sign, yao=True) if sign.isdecimal() else sign for sign in written if sign.isalnum())


def _masked(written: str) -> str:
    return "".join("星" if sign == "*" else spelled(sign) for sign in written)


def _year(match: re.Match[str]) -> str:
    return f"{match['open']}{by_digit(match['year'])}{match['close']}"


def _standard(match: re.Match[str]) -> str:
    part = f"点{cardinal(match['part'])}" if match["part"] else ""
    year = f"杠{by_digit(match['year'])}" if match["year"] else ""
    return f"{match['code']}{by_digit(match['number'], yao=True)}{part}{year}"


def _hyphened(match: re.Match[str]) -> str:
    """B1-12, CN31-0001: a letter with numbers is a code, in which a hyphen is no range; P25-38 are pages."""
    numbers = (match["a"] + match["rest"]).split("-")
    say = _short_or_spelled if len(match["head"]) == 1 else spelled
    return match["head"] + ("到" if match["head"] == "P" else "杠").join(map(say, numbers))


def _parted(match: re.Match[str]) -> str:
    say = cardinal if len(match[0]) < 6 else spelled
    return f"{say(match['a'])}杠{say(match['b'])}"


def _series(written: str) -> str:
    """365-8821-7740 is a number of a meeting, said digit by digit; 15-15-15 keeps its parts apart."""
    parts = written.split("-")
    return (
        "".join(map(spelled, parts))
        if min(map(len, parts)) > 2 or len(written) > 10
        else "杠".join(map(_short_or_spelled, parts))
    )


def _numbered(digits: str) -> str:
    """碳-14 is 碳十四, 铀-235 铀二三五, “天衍-504” “天衍五零四”."""
    return cardinal(digits) if len(digits) < 3 else by_digit(digits)


def _labelled(match: re.Match[str]) -> str | None:
    """What a label names as a code, unless it counts, as in 身份证2张; hyphens are said where its first number is short, as in 3-28."""
    if match[0].isdecimal() and len(match[0]) < 4 and re.match(r"\.\d|,\d{3}|[%‰]", after(match, 4)):
        return None
    if not _LABEL.search(before(match, 60)) or _DATED.search(before(match, 16)):
        return None
    counted = COUNTED.match(after(match, 3)) or re.match("[月日时行]", after(match, 1))
    if len(match[0]) < 5 and match[0].isdecimal() and counted and before(match, 1) not in "：:是为 ":
        return None
    if re.fullmatch(r"[A-Z]{0,2}\d", match[0]):
        return match[0][:-1] + by_digit(match[0][-1])
    short = re.match(r"\d{1,2}-", match[0])
    return "杠".join(map(spelled, match[0].split("-"))) if short else spelled(match[0])


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


def _short_or_spelled(digits: str) -> str:
    return by_digit(digits, yao=True) if len(digits) >= 3 or digits[0] == "0" else cardinal(digits)


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
