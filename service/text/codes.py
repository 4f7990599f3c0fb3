"""Codes: numbers that name something and are read digit by digit: telephones, identities, documents, plates, rooms."""

import re

from service.text.numbers import NUMBER, by_digit, cardinal
from service.text.rewriting import Rule, after, before

_PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼港澳"
_TELEPHONE = re.compile(
    r"(?:电话|热线|传真|手机|座机|总机|专线|拨打|致电|拨|号码|联系方式|联系人|咨询|报名|预约|报修|投诉|举报|客服|短信|Tel|TEL|tel|Fax|FAX|☎|📞)"
    r"(?:[^\d。；;，,]{0,10}|[^。；;]{0,4}\d[\d\s、,，/／;；或和-]{2,60})$"
)
_CALLED = re.compile(
    r"\s?[”’」』】）)]?\s?(?:热线|电话|平台|客服|便民|政务|服务|市民|举报|投诉|报警|急救|火警|匪警|消防|短信|指挥中心|调度|中心|接警|受理|网上|"
    r"来咨询|咨询|打个|打来|工单|派单|转|接诉|联动|专线|报修|订票|购票|订座)"
)
_CALLING = re.compile(
    r"(?:拨打|拨|呼叫|致电|打|热线|电话|报警|报了|联系|拨通|接通|求助|按|关注|登录|急救|火警|匪警|短信至|发送至|铁路|消费者|市民|"
    r"[、和或/及]\s?[“‘（【(]?)\s?(?:了|过|全国|上海|统一|公安|服务|市民|便民|咨询|政务|免费|当地|本市)?[：:\s“‘「（【(]{0,2}$"
)
_HOTLINES = frozenset(
    "10000 10010 10011 10018 10019 10086 10099 11185 11183 12110 12117 12119 12121 12122 12123 12306 12309 12313 12315 12316 "
    "12317 12318 12319 12320 12321 12322 12323 12325 12326 12328 12329 12331 12333 12336 12337 12338 12339 12340 12342 12345 12348 "
    "12349 12350 12351 12355 12356 12358 12361 12363 12365 12366 12367 12368 12369 12371 12377 12378 12379 12380 12381 12386 12388 "
    "12389 12390 12393 12395 12396 95110 95120 95188 95500 95511 95518 95519 95528 95533 95555 95558 95559 95561 95566 95568 95577 "
    "95580 95588 95595 95598 95599 96822 962121 962288 962222 962777 962828 962345 962512 962525".split()
)
_SHORT = frozenset("110 111 112 114 117 119 120 121 122 999".split())
_LABEL = re.compile(
    r"(?:身份证|证件|证号|编号|账号|帐号|卡号|尾号|学号|工号|邮编|邮政编码|验证码|密码|代码|口令|QQ|微信号|票号|单号|订单|运单|条码|编码|"
    r"许可证|登记证|注册号|批准文号|备案|序列号|车架号|标识码|识别码|准考证|会议号|会议ID|房间号|群号|登记号|公告号|专利号|机号|车号|"
    r"执业证|信用代码|刊号|ISBN|ISSN|CN)"
    r"(?:号码|号|编号|码)?[是为：:\s“「（(]{0,3}(?:第|No\.)?$"
)
_NAMED = re.compile(r"\s?[”’]?(?:高校|工程|大学|院校|名校|学校|高等|双一流|[、/和及与])")
_ROOM_BEFORE = re.compile(
    r"(?:\d\s?(?:号楼|栋|幢|单元|号|座|弄|楼|层|门)|[A-Z][座栋区]|(?:大厦|大楼|中心|广场|楼))\s?$"
)
_ROUTE_BEFORE = re.compile(r"(?:公交|乘坐|乘|坐|换乘|车站|站|[、路])\s?$")
_UNIT_AFTER = re.compile(
    r"\s?(?:[个名人位家项条天年周岁次场座栋套间台辆架部只张本份件元万亿千百米吨克斤亩升里倍多余余来%户件级度户分秒瓦伏点股吨棵株幅首篇字]|"
    r"平方|公|立方|小时|毫|厘)"
)


def yao(match: re.Match[str]) -> str:
    return spelled(match[0])


def spelled(written: str) -> str:
    """Digits one by one with 幺 for one; letters stay; separators fall away."""
    return "".join(
        by_digit(character, yao=True) if character.isdecimal() else character
        for character in written
        if character.isalnum()
    )


def _telephone(match: re.Match[str]) -> str:
    extension = match.groupdict().get("ext")
    plus = "加" if match[0].startswith("+") else ""
    body = match[0] if not extension else match[0][: match.start("ext") - match.start()]
    return plus + by_digit(body, yao=True) + (f"转{by_digit(extension, yao=True)}" if extension else "")


def _labelled(match: re.Match[str]) -> str | None:
    return spelled(match[0]) if _LABEL.search(before(match, 16)) and any(c.isdecimal() for c in match[0]) else None


def _dialled(match: re.Match[str]) -> str | None:
    digits = re.sub(r"\D", "", match[0])
    if len(digits) < 5 or not _TELEPHONE.search(before(match, 80)):
        return None
    return None if len(digits) < 7 and _UNIT_AFTER.match(after(match, 3)) else _telephone(match)


def _hotline(match: re.Match[str]) -> str | None:
    written = match[0]
    called = _CALLED.match(after(match, 6)) is not None or _CALLING.search(before(match, 12)) is not None
    if written in _HOTLINES:
        known = written != "10000" and not _UNIT_AFTER.match(after(match, 3))
        return by_digit(written, yao=True) if known or called else None
    if (
        len(written) == 5
        and written[:2] in ("12", "95", "96", "10")
        and called
        and not _UNIT_AFTER.match(after(match, 3))
    ):
        return by_digit(written, yao=True)
    if written in _SHORT:
        alone = match.string.strip() == written
        return by_digit(written, yao=True) if alone or (called and not _UNIT_AFTER.match(after(match, 3))) else None
    return None


def _university(match: re.Match[str]) -> str | None:
    return by_digit(match[0], yao=True) if _NAMED.match(after(match, 4)) or before(match, 1) in "“/、和" else None


def _room(match: re.Match[str]) -> str | None:
    room = re.match(r"\s?(?:室|会议室|房|教室|办公室|病房|房间|多功能厅|展厅|包厢|报告厅)", after(match, 5))
    if room is None and not (
        _ROOM_BEFORE.search(before(match, 8)) and re.match(r"$|[\s，。；、,）)]", after(match, 1))
    ):
        return None
    return spelled(match[0])


def _route(match: re.Match[str]) -> str | None:
    near = re.match(r"路(?:公交|电车|车|区间|旅游|专线|站|终点|公共|、\d|、[A-Za-z]|或|到|至)", after(match, 5))
    return by_digit(match[0], yao=True) if near or _ROUTE_BEFORE.search(before(match, 4)) else None


def _vehicle(match: re.Match[str]) -> str:
    return match["letters"] + _short_or_spelled(match["digits"])


def _short_or_spelled(digits: str) -> str:
    return by_digit(digits, yao=True) if len(digits) >= 3 or digits[0] == "0" else cardinal(digits)


def _document(match: re.Match[str]) -> str:
    return f"{match['open']}{by_digit(match['year'])}{match['close']}"


def _standard(match: re.Match[str]) -> str:
    part = f"点{cardinal(match['part'])}" if match["part"] else ""
    year = f"杠{by_digit(match['year'])}" if match["year"] else ""
    return f"{match['code']}{by_digit(match['number'], yao=True)}{part}{year}"


def _long(match: re.Match[str]) -> str | None:
    """Seven digits and more in a text, without unit or separators, are a name and no quantity."""
    written = match[0]
    if len(written) > 16:
        return by_digit(written, yao=True)
    if match.string.strip() == written or written.endswith("000"):
        return None
    return None if re.match(r"\s?[\u4e00-\u9fffA-Za-z%]", after(match, 2)) else by_digit(written, yao=True)


CODES = (
    Rule(r"(?<![\dA-Za-z])\d{17}[\dXx](?![\dA-Za-z])", yao),
    Rule(
        r"(?<![\dA-Za-z])\d{3,6}\*{2,}\d{0,4}",
        lambda match: "星".join(map(lambda p: by_digit(p, yao=True), match[0].split("*"))),
    ),
    Rule(r"(?<![\dA-Za-z])[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}(?![\dA-Za-z])", yao),
    Rule(
        rf"(?<=ICP[备证])\d+(?=号)|(?<=公网安备)\s?\d+(?=号?)|(?<=[备证字第])\d{{5,}}(?=号)|(?<=号)-\d{{1,3}}(?!\d)",
        lambda match: ("杠" if match[0][0] == "-" else "") + by_digit(match[0], yao=True),
    ),
    Rule(r"(?P<open>[〔（(\[【［])(?P<year>(?:19|20)\d\d)(?P<close>[〕）)\]】］])", _document),
    Rule(r"(?<=[〕）)\]】］年])0\d+(?=号)", lambda match: by_digit(match[0])),
    Rule(
        r"(?P<code>(?:GB|DB|JGJ|CJJ|HJ|YY|WS|GA|JT|QB|SN|DB31|GBZ|ISO|IEC|DL|NY|LY|SL)(?:/[TZ])?\s?)(?P<number>\d{2,6})(?:\.(?P<part>\d{1,2}))?(?:[-—–](?P<year>(?:19|20)\d\d))?(?![\d.])",
        _standard,
    ),
    Rule(
        rf"(?<=[{_PROVINCES}])(?P<letters>[A-Z])[·•\s]?(?P<digits>(?=[A-Z\d]*\d)[A-Z\d]{{5,6}})(?![A-Za-z\d])",
        lambda m: m["letters"] + spelled(m["digits"]),
    ),
    Rule(r"(?<![\d.])(?:\+|00)\d{1,3}[-\s]?\d{2,4}[-\s]?\d{3,4}[-\s]?\d{4}(?!\d)", _telephone),
    Rule(r"(?<![\dA-Za-z])1[3-9]\d[-\s]?\d{4}[-\s]?\d{4}(?!\d)", _telephone),
    Rule(
        r"(?<![\dA-Za-z])[（(]?0(?:10|2\d|[3-9]\d\d)[)）]?\s?[-–—]?\s?[2-9]\d{2,3}[-\s]?\d{4}(?!\d)(?:\s?(?:[-–—]|转)\s?(?P<ext>\d{1,6}))?",
        _telephone,
    ),
    Rule(
        r"(?<![\dA-Za-z])[48]00(?:[-\s]\d{3,4}[-\s]?\d{3,4}|\d{7})(?!\d)(?:\s?(?:-|转)\s?(?P<ext>\d{1,6}))?", _telephone
    ),
    Rule(r"(?<![\dA-Za-z.])[2-9]\d{2,3}[-\s]?\d{4}(?!\d)(?:\s?(?:[-–—]|转)\s?(?P<ext>\d{1,6}))?", _dialled),
    Rule(r"(?<![\dA-Za-z.])\d{5,12}(?!\d)", _dialled),
    Rule(r"(?<![\dA-Za-z.])\d{3,6}(?![\d.,%])", _hotline),
    Rule(r"(?<![A-Za-z\d])(?=[A-Z-]*\d)[A-Za-z\d]+(?:-[A-Za-z\d]+)*", _labelled),
    Rule(r"(?<![\d.])(?:985|211)(?![\d.])", _university),
    Rule(r"(?<![\d.A-Za-z])\d{3,4}(?![\d.,])", _room),
    Rule(r"(?<![\d.])\d{3}(?=路)", _route),
    Rule(r"(?<![\d.])\d{3}(?=国道|省道|县道|乡道)", yao),
    Rule(
        r"(?<![A-Za-z\d])(?P<letters>[GDCZTKYSL])(?P<digits>\d{1,4})(?=次(?!数)|号?列车|高速|国道|省道|[沪京]|\s?次)",
        _vehicle,
    ),
    Rule(
        r"(?<![A-Za-z\d])(?P<letters>[A-Z]{2}|\d[A-Z]|[A-Z]\d)(?P<digits>\d{3,4})(?=\s?(?:次)?(?:航班|客机|飞机|航线))",
        _vehicle,
    ),
    Rule(
        r"(?<=[A-Za-z])[-\s]?(?P<d>\d{3,}|0\d+)(?![\d.,%]|[a-zA-Z]*\d)",
        lambda match: spelled(match[0]) if not match[0][0].isspace() else None,
    ),
    Rule(r"(?<![\dA-Za-z.,])\d{7,}(?![\d.,%])", _long),
)
