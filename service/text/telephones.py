"""Telephone numbers, hotlines and the like: said digit by digit, with 幺 for one."""

import re
import tomllib
from functools import cache
from importlib.resources import files

from service.text.numbers import by_digit
from service.text.rewriting import Rule, after, before

_EXTENSION = r"(?:\s?(?:[-–—转*×])\s?(?P<ext>\d{1,6}))?"
_ANNOUNCED = re.compile(
    r"(?:电话|热线|传真|手机|座机|总机|专线|拨打|致电|拨|号码|联系方式|联系人|咨询|报名|预约|报修|投诉|举报|客服|短信|"
    r"Tel|TEL|tel|Fax|FAX|☎)"
    r"(?:[^\d。；;，,]{0,10}|[^。；;]{0,4}\d[\d\s、,，/／;；或和-]{2,60})$"
)
_CALLED = re.compile(
    r"\s?[”’」』】）)]?\s?(?:[^，。\d]{0,5}(?:热线|电话|平台|专线)|客服|便民|政务|服务|市民|举报|投诉|报警|急救|火警|匪警|消防|短信|"
    r"指挥|指令|民警|救护|出警|巡逻|调度|中心|接警|受理|网上|查号|来电|来咨询|咨询|打个|打来|工单|派单|转|接诉|联动|报修|订票|购票|到达|到场|抵达|赶到|派车|出车|官网|网站|客户端|宣传日|交通|警|A[Pp][Pp]|"
    r"[、/和或及](?:110|119|120|122|12345)(?!\d))"
)
_LINE = re.compile(r"[^，。\d]{0,10}(?:热线|专线)")
_CALLING = re.compile(
    r"(?:拨打|拨|呼叫|致电|打|热线|专线|电话|报警|报了|联系|拨通|接通|接到|求助|按|消防|急救|打了?一?个|登录|急救|火警|匪警|短信至|发送至|铁路|消费者|市民|"
    r"(?:1[12]\d|[19]\d{4,5})[”’」】]?[、和或/及与]\s?[“‘（【(]?)\s?(?:了|过|全国|上海|统一|公安|服务|市民|便民|咨询|政务|免费|当地|本市)?[：:\s“‘「（【(\"]{0,2}$"
)
_QUOTES = ("“”", "「」", "‘’", "『』", "【】", '""', "''")
_SWITCHBOARD = re.compile(r"(?:总机|电话|热线)[^。]*\d{4}[^。]*转$")
_EXTENDED = re.compile(
    r"\d{3,4}\s?\d{4}\s?(?:[-–—转*]\s?(?:\d{3,5}[、，/或])+|转分机)$|(?<!\d)[2-9]\d{3}\s?\d{4}(?:/\d{4})*/$"
)
COUNTED = re.compile(
    r"\s?(?:[个名人位家项条天年周岁次场座栋套间台辆架部只张本份件元万亿千百米吨克斤亩升里倍多余%户级度分秒瓦伏点股棵株幅首篇字]|来(?!电)|"
    r"平方|公|立方|小时|毫|厘|起(?![来诉步飞])|[两三四五]档|笔|票(?!务)|单(?![位号])|㎡|m²)"
)
"""What follows a number that is a quantity after all."""
_COUNTED_LIST = re.compile(rf"(?:[、/和或及]\d{{2,4}})+(?:{COUNTED.pattern})")

TELEPHONES = (
    Rule(
        r"(?<![\d.])(?:\+\d{1,3}|00\d{1,3}|86(?=-))[-\s]?\d{2,4}[-\s]?\d{3,4}[-\s]?\d{4}(?!\d)",
        lambda match: _telephone(match),
    ),
    Rule(r"(?<![\d.])(?:\+|00)86[-\s]?(?:\d{2,3}-)?1[02]\d{3}(?!\d)", lambda match: _telephone(match)),
    Rule(
        r"(?<!\d)(?:86-?(?:10|2\d|[3-9]\d\d)-|\+?86\s?[（(]0?\d{2,3}[)）]\s?)[2-9]\d{2,3}[-\s]?\d{4}(?!\d)"
        + _EXTENSION,
        lambda match: _telephone(match),
    ),
    Rule(r"(?<!\d)1[3-9]\d\d-\d{7}(?!\d)", lambda match: _telephone(match)),
    Rule(r"[（(]\+?86[-\s]?0?\d{2,3}[)）]\s?[2-9]\d{2,3}[-\s]?\d{4}(?!\d)", lambda match: _telephone(match)),
    Rule(r"(?<![\dA-Za-z])1[3-9]\d[-\s]?\d{4}[-\s]?\d{4}(?!\d)", lambda match: _telephone(match)),
    Rule(
        r"(?<![\dA-Za-z])(?:0(?:10|2\d|[3-9]\d\d)\s?[-–—]\s?\d|[（(]?0(?:10|2\d|[3-9]\d\d)[)）]?\s?[2-9])\d{2,3}[-\s]?\d{4}(?!\d)"
        + _EXTENSION,
        lambda match: _telephone(match),
    ),
    Rule(
        r"(?<![\dA-Za-z])0(?:10|2\d|[3-9]\d\d)[-–—](?:1[12]\d(?:\d\d)?|9[56]\d{3,4})(?![\d-])",
        lambda match: _telephone(match),
    ),
    Rule(
        r"(?<![\dA-Za-z])[48]00(?:[-\s]\d{3,4}[-\s]?\d{3,4}|\d-?\d{3}-?\d{3})(?!\d)" + _EXTENSION,
        lambda match: _telephone(match),
    ),
    Rule(r"(?<![\dA-Za-z.])[2-9]\d{2,3}[-\s]?\d{4}(?!\d)" + _EXTENSION, lambda match: _announced(match)),
    Rule(
        r"(?<![\dA-Za-z.])[2-9]\d{6,7}\s?(?:[-*×]\s?(?=\d{3})|转\s?)(?P<ext>\d{1,6})(?![\d-])",
        lambda match: _telephone(match),
    ),
    Rule(r"(?<![\d.])[2-9]\d(?: \d\d){3}(?![\d.])", lambda match: _announced(match)),
    Rule(
        r"(?<![\d.])(?P<line>12\d{3}|96\d{4})[-–—转](?P<ext>\d{1,2})(?!\d)",
        lambda match: _telephone(match) if _is_service(match["line"]) else None,
    ),
    Rule(
        r"(?<=转)\d{3,5}(?![\d.])",
        lambda match: _extension(match),
    ),
    Rule(r"(?<=\d{7})\s?/\s?(?=\d{7}|0\d{2,3}-)", lambda match: "、"),
    Rule(r"(?<=\d{3})/(?=\d{3,4}(?!\d))", lambda match: "、" if _EXTENDED.search(before(match, 40) + "/") else None),
    Rule(r"(?<![\dA-Za-z.])\d{3,5}(?!\d)", lambda match: _another_extension(match)),
    Rule(r"(?<![\dA-Za-z.])\d{5,12}(?!\d)", lambda match: _announced(match)),
    Rule(r"(?<![\d.])10000(?=号(?!楼|[,，]?\d))", lambda match: by_digit(match[0])),
    Rule(r"(?<![\dA-Za-z.第])\d{3,6}(?![\d.,%a-z]|[A-Z](?!pp)[A-Za-z])", lambda match: _hotline(match)),
)


@cache
def _hotlines() -> dict[str, frozenset[str]]:
    table = tomllib.loads((files("service.text") / "data" / "hotlines.toml").read_text("utf-8"))
    return {kind: frozenset(numbers.split()) for kind, numbers in table.items()}


def _telephone(match: re.Match[str]) -> str:
    extension = match.groupdict().get("ext")
    number = match[0] if extension is None else match[0][: match.start("ext") - match.start()]
    plus = "加" if number[0] == "+" else ""
    return plus + by_digit(number, yao=True) + (f"转{by_digit(extension, yao=True)}" if extension else "")


def _announced(match: re.Match[str]) -> str | None:
    """Digits that only the words before them make a telephone number."""
    digits = sum(character.isdecimal() for character in match[0])
    if not _ANNOUNCED.search(before(match, 80)) or (digits < 7 and COUNTED.match(after(match, 3))):
        return None
    return _telephone(match)


def _extension(match: re.Match[str]) -> str | None:
    """总机64382660，预防接种科转8026: an extension far from its switchboard."""
    counted = COUNTED.match(after(match, 3))
    return _telephone(match) if _SWITCHBOARD.search(before(match, 40)) and not counted else None


def _another_extension(match: re.Match[str]) -> str | None:
    return _telephone(match) if _EXTENDED.search(before(match, 40)) else None


def _is_service(number: str) -> bool:
    """Whether it is a service line wherever it stands: one of the table, or one of Shanghai's 962 and three digits."""
    return number in _hotlines()["service"] or (len(number) == 6 and number.startswith("962"))


def _hotline(match: re.Match[str]) -> str | None:
    """12345 and its like wherever they stand; 120 and unknown numbers only where somebody dials them."""
    written, known = match[0], _hotlines()
    counted = (COUNTED.match(after(match, 3)) or _COUNTED_LIST.match(after(match, 30))) is not None
    named = len(written) > 4 and _LINE.match(after(match, 14)) is not None
    dialled = named or _CALLED.match(after(match, 12)) is not None or _CALLING.search(before(match, 12)) is not None
    if _is_service(written):
        said = dialled or not counted
    elif written in known["emergency"]:
        quoted = before(match, 1) + after(match, 1) in _QUOTES
        said = match.string.strip() == written or quoted or (dialled and not counted)
    else:
        said = len(written) in (5, 6) and written[:2] in ("12", "95", "96", "10") and dialled and not counted
    return by_digit(written, yao=True) if said else None
