"""Symbols: mathematical and chemical signs, Roman and circled numerals, powers, and what is not said at all."""

import re

from service.text.numbers import by_digit, cardinal
from service.text.rewriting import Rule

_NAMES = {
    "<=": "小于等于",
    ">=": "大于等于",
    "!=": "不等于",
    "≤": "小于等于",
    "≦": "小于等于",
    "≥": "大于等于",
    "≧": "大于等于",
    "<": "小于",
    ">": "大于",
    "=": "等于",
    "≠": "不等于",
    "≈": "约等于",
    "×": "乘",
    "✕": "乘",
    "*": "乘",
    "÷": "除以",
    "±": "正负",
    "+": "加",
}
_ALONE = {
    "√": "根号",
    "∞": "无穷大",
    "π": "派",
    "α": "阿尔法",
    "β": "贝塔",
    "γ": "伽马",
    "Δ": "德尔塔",
    "δ": "德尔塔",
    "λ": "兰布达",
    "μ": "缪",
    "σ": "西格玛",
    "Ω": "欧米伽",
    "ω": "欧米伽",
    "∑": "求和",
    "∵": "因为",
    "∴": "所以",
    "℃": "摄氏度",
    "㎡": "平方米",
    "㎞": "公里",
    "㎏": "千克",
    "‰": "千分号",
    "%": "百分号",
    "&": "和",
    "@": "艾特",
    "№": "第",
    "℡": "电话",
    "†": "",
    "‡": "",
}
_ROMAN = {chr(0x2160 + n): n + 1 for n in range(12)} | {chr(0x2170 + n): n + 1 for n in range(12)}
_LETTERS = {"I": 1, "V": 5, "X": 10}
_CIRCLED = (
    {chr(0x2460 + n): n + 1 for n in range(20)}
    | {chr(0x2776 + n): n + 1 for n in range(10)}
    | {chr(0x2474 + n): n + 1 for n in range(20)}
    | {chr(0x2488 + n): n + 1 for n in range(20)}
    | {chr(0x3220 + n): n + 1 for n in range(10)}
)
_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺", "0123456789-+")
UNSAID = (
    "\U0001f000-\U0001faff\u2600-\u26ff\u2700-\u2775\u27a0-\u27bf\u2b00-\u2bff\u25a0-\u25ff\ufe0e\ufe0f\u200d\u20e3\u200b-\u200f\u2060\ufeff\u00ad"
    "\U000e0020-\U000e007f\ufffc\ufffd"
)
"""A regular-expression class body of emoji, ornaments and invisible characters."""


def _relation(match: re.Match[str]) -> str:
    return _NAMES[match["sign"]]


def _roman(match: re.Match[str]) -> str | None:
    total = 0
    values = [_ROMAN.get(numeral) or _LETTERS[numeral] for numeral in match["roman"]]
    for value, following in zip(values, [*values[1:], 0], strict=True):
        total += -value if value < following else value
    return cardinal(str(total)) if total > 0 else None


def _power(match: re.Match[str]) -> str:
    written = match["power"].translate(_SUPERSCRIPTS)
    if written == "2":
        return "的平方"
    if written == "3":
        return "的立方"
    return f"的{'负' if written[0] == '-' else ''}{cardinal(written.lstrip('+-') or '0')}次方"


_SIGN = "|".join(re.escape(sign) for sign in _NAMES)
_KINDS = "级|期|型|类|度|卷|章|号|段|部|代|届|册|区|编|步|标|等"
_NUMERALS = "".join(_ROMAN)

SYMBOLS = (
    Rule(rf"(?<=[\w)）%℃”])\s?(?P<sign>{_SIGN})\s?(?=[A-Za-z\d(（±-])", _relation),
    Rule(rf"(?<=[\u4e00-\u9fff])\s?(?P<sign><=|>=|[≤≥≈≠=<>+])\s?(?=[\d\u4e00-\u9fffA-Za-z])", _relation),
    Rule(r"(?P<sign><=|>=|[≤≥≈≠<>])\s?(?=\d)", _relation),
    Rule(r"(?<=[\w”])(?P<sign>\+)(?=[”’」》）)\s，。、！；]|$|[\u4e00-\u9fff“])", _relation),
    Rule(rf"(?P<roman>[{_NUMERALS}]+)", _roman),
    Rule(
        rf"(?<=第)(?P<roman>[IVX]{{1,5}})(?![A-Za-z])|(?<![A-Za-z])(?P<roman_>I{{2,3}}|I[VX]|VI{{0,3}}|I)(?=(?:{_KINDS}))",
        lambda match: _latin_roman(match),
    ),
    Rule(rf"(?P<circled>[{''.join(_CIRCLED)}])", lambda match: cardinal(str(_CIRCLED[match["circled"]]))),
    Rule(r"(?<=[A-Za-z\d)）])(?:\^(?P<power>-?\d+))", _power),
    Rule(r"(?<=[A-Za-z\d)）])(?P<power>[⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺]+)", _power),
    Rule(
        r"(?P<d>\d+(?:\.\d+)?)\s?°\s?(?:(?P<m>\d+)\s?[′'](?:\s?(?P<s>\d+(?:\.\d+)?)\s?[″\"])?)?(?=\s?[NSEWC\u4e00-\u9fff，。]|$)",
        lambda match: None,
    ),
    Rule(rf"[{UNSAID}]+", lambda match: ""),
    Rule(r"(?<=\d)#(?=[\u4e00-\u9fff])", lambda match: "号"),
    Rule(r"#(?=[^#\s]{1,30}#)|(?<=[^\s#])#(?=$|\s|[\u4e00-\u9fff])", lambda match: ""),
    Rule(r"\s?&\s?(?=[A-Za-z])", lambda match: " and "),
    Rule(rf"(?P<alone>[{''.join(map(re.escape, _ALONE))}])", lambda match: _ALONE[match["alone"]]),
)

ERHUA = Rule(
    r"(?<![婴幼少孤健胎患育小产男宠弃女孪娇低托痴病混血孩妻爱歌侍优死畸蜜弄骄幸盲聋哑养雏生乳早虎卡法])儿"
    r"(?![童子女孙科媳歌时戏化孙郎茶保基医院媳辈立]|少[^，。]{0,2}$)",
    lambda match: "",
)
"""The r-coloured ending of 这儿, 事儿, 鸟儿 is left out; 儿 as a word of its own stays."""


def _latin_roman(match: re.Match[str]) -> str | None:
    written = match["roman"] or match["roman_"]
    total = 0
    values = [_LETTERS[numeral] for numeral in written]
    for value, following in zip(values, [*values[1:], 0], strict=True):
        total += -value if value < following else value
    return cardinal(str(total)) if total > 0 else None


def angle(match: re.Match[str]) -> str:
    return by_digit(match[0])
