"""Codes: numbers that name a person, a document, a vehicle or a place, and are said digit by digit."""

import re

from service.text.numbers import by_digit, cardinal
from service.text.rewriting import Rule, after, before
from service.text.telephones import COUNTED

_PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼港澳"
_LABEL = re.compile(
    r"(?:身份证|证件|证号|编号|账号|帐号|卡号|尾号|学号|工号|邮编|邮政编码|验证码|取[件货]码|密码|代码|口令|QQ|微信号|票号|单号|订单|运单|条码|"
    r"编码|许可证|登记证|注册号|批准文号|备案|序列号|车架号|标识码|识别码|准考证|会议号|会议ID|端口|呼号|展位号|摊位号|桌号|书号|户号|设备号|桩号|批次号|追溯码|核销码|兑换码|邀请码|防伪码|提取码|顺序号|房间号|群号|登记号|公告号|专利号|机号|"
    r"车号|合同号|流水号|索[取引]号|批号|文号|货号|箱号|考号|代号|项目号|招标号|保单号|发票号|预约号|执业证|公网安备|信用代码|刊号|VIN|IMEI|ISBN|ISSN|CN)"
    r"(?:号码|号|编号|码|群)?(?:[前后末尾][一二三四五六七八九\d]位)?[是为：:\s“「（(]{0,3}(?:第|No\.|NO\.|[京津沪渝苏浙粤临]|(?<=[：:])[\u4e00-\u9fff]{0,3}[采招建政字审备证许监检])?"
    r"(?:[A-Za-z\d-]{4,}\s?(?:[（(][^（）()]{1,16}[）)])?\s?[、，,；;/和及]\s?)*$"
)
_DATED = re.compile(r"日期[^，。；\d]{0,6}$")
_STANDARDS = "GBZ|GB|DB31|DB|JGJ|CJJ|HJ|YY|WS|GA|JT|QB|SN|ISO|IEC|DL|NY|LY|SL"

CODES = (
    Rule(r"(?<!\d)0\d{2,3}-\d{6}(?!\d|-)", lambda match: spelled(match[0])),
    Rule(r"(?<!\d)\d{3,8}(?: \d{3,8})+(?: \d{1,10})?(?![\d年])", lambda match: labelled(match)),
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
    Rule(r"(?<=[〕）\])】])(?P<a>\d{1,4})-(?P<b>\d{1,4})(?=号)", lambda match: parted(match)),
    Rule(r"(?<![\d-])(?=0|\d+-0)(?P<a>\d{2,4})-(?P<b>\d{3,4})(?=号(?![线楼]))", lambda match: parted(match)),
    Rule(
        r"(?<![月\d.-])(?P<a>\d{1,4})[-–—](?P<b>\d{1,2})(?=(?:[、和]\d{1,4}[-–—]\d{1,2})*(?:号(?![线楼])|室))",
        lambda match: parted(match) if int(match["a"]) > int(match["b"]) else None,
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
    say = short_or_spelled if len(match["head"]) == 1 else spelled
    return match["head"] + ("到" if match["head"] == "P" else "杠").join(map(say, numbers))


def parted(match: re.Match[str]) -> str:
    say = cardinal if len(match[0]) < 6 else spelled
    return f"{say(match['a'])}杠{say(match['b'])}"


def _series(written: str) -> str:
    """365-8821-7740 is a number of a meeting, said digit by digit; 15-15-15 keeps its parts apart."""
    parts = written.split("-")
    return (
        "".join(map(spelled, parts))
        if min(map(len, parts)) > 2 or len(written) > 10
        else "杠".join(map(short_or_spelled, parts))
    )


def labelled(match: re.Match[str]) -> str | None:
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


def short_or_spelled(digits: str) -> str:
    return by_digit(digits, yao=True) if len(digits) >= 3 or digits[0] == "0" else cardinal(digits)
