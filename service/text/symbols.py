"""Symbols: mathematical signs, powers, degrees, Roman and circled numerals, and what is not said at all."""

import re

from service.text.numbers import by_digit, cardinal, number
from service.text.rewriting import Rule, alternatives, before

_BETWEEN = {
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
    "½": "二分之一",
    "⅓": "三分之一",
    "⅔": "三分之二",
    "¼": "四分之一",
    "¾": "四分之三",
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
    "∠": "角",
    "⊥": "垂直于",
    "℃": "摄氏度",
    "㎡": "平方米",
    "㎞": "公里",
    "㎏": "千克",
    "°": "度",
    "‰": "千分号",
    "%": "百分号",
    "&": "和",
    "@": "艾特",
    "№": "第",
    "℡": "电话",
}
_VALUES = (
    {chr(0x2160 + n): n + 1 for n in range(12)}
    | {chr(0x2170 + n): n + 1 for n in range(12)}
    | {"I": 1, "V": 5, "X": 10}
)
_ROMAN = "\u2160-\u216b\u2170-\u217b"
_ORDERS = "级|期|型|类|度|卷|章|号|段|部|代|届|册|区|编|步|标|等"
_CIRCLED = (
    {chr(0x2460 + n): n + 1 for n in range(20)}
    | {chr(0x2474 + n): n + 1 for n in range(20)}
    | {chr(0x2488 + n): n + 1 for n in range(20)}
    | {chr(0x2776 + n): n + 1 for n in range(10)}
    | {chr(0x3220 + n): n + 1 for n in range(10)}
)
CIRCLED = "\u2460-\u249b\u2776-\u277f\u3220-\u3229"
RAISED = "[⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺]+"
"""A regular expression of a power in small figures."""
_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺", "0123456789-+")
UNSAID = (
    "\U0001f000-\U0001faff\u2600-\u26ff\u2700-\u2714\u2716-\u2775\u27a0-\u27bf\u2b00-\u2bff\u25a0-\u25ff\ufe0e\ufe0f"
    "\u231a\u231b\u23e9-\u23fa\u200b-\u200f\u2060\u20e3\ufeff\u00ad\U000e0020-\U000e007f\ufffc\ufffd†‡※"
)
"""A regular-expression class body of emoji, ornaments and invisible characters."""

_SIGN = alternatives(_BETWEEN)
_SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田姜范方石姚谭廖邹熊陆郝孔崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易武乔贺赖龚"
_FORMULA = re.compile(r"[\u4e00-\u9fff]\s?=[^=，。；]*$")
_ELEMENTS = dict(
    pair.split(":")
    for pair in "H:氢 C:碳 N:氮 O:氧 F:氟 P:磷 I:碘 K:钾 U:铀 Ga:镓 Tc:锝 Lu:镥 Cs:铯 Sr:锶 Co:钴 Pu:钚 Th:钍 Ra:镭 Be:铍".split()
)

SYMBOLS = (
    Rule(r"√(?!\s?[\dA-Za-zα-ω(（])", lambda match: ""),
    Rule(r"[<>]", lambda match: match[0] if _encloses(match) else None),
    Rule(rf"(?<=[{_ROMAN}])[-–—~](?=[{_ROMAN}])", lambda match: "到"),
    Rule(
        r"(?:(?<=[^A-Za-z\d-][A-Z])|(?<=^[A-Z]))[-–—~](?=[A-Z][区馆级座岛栋幢组类口厅排段款档])",
        lambda match: "到",
    ),
    Rule(r"(?<=[“‘「])\+(?=[”’」])", lambda match: "加"),
    Rule(r"(?<=[年月日在于\s，。（])[×╳X]{1,2}(?=[年月日时])", lambda match: "某"),
    Rule(r"(?<=[\u4e00-\u9fff])×(?=[”’」》])", lambda match: "乘"),
    Rule(r"(?<=\w)\s?×\s?(?=[长宽高横纵深厚])", lambda match: "乘"),
    Rule(r"(?<=[到至从为])\+(?=\d)", lambda match: "正"),
    Rule(r"(?<=\d环)-(?=\d)|(?<=O3)-(?=8\s?h)", lambda match: ""),
    Rule(
        r"(?:(?<=[（(])|(?<=[（(][+-])|(?<=[（(][+-][、/]))[+\-−](?=(?:[、/]?[+\-−])?[)）])",
        lambda match: "正" if match[0] == "+" else "负",
    ),
    Rule(r"±(?=\s?[%‰])", lambda match: "正负"),
    Rule(r"\+(?=00|\d{1,4}[”’」]?(?:[、和或及]?[“‘「]?\+?\d{1,4}[”’」]?)*(?:[开打]头|区号))", lambda match: "加"),
    Rule(
        r"(?<=[\w)）])\^[（(](?P<above>\d{1,3})/(?P<below>\d{1,3})[)）]",
        lambda match: f"的{cardinal(match['below'])}分之{cardinal(match['above'])}次方",
    ),
    Rule(
        r"(?<=[)）\u4e00-\u9fff])\s?[-−]\s?(?=1(?![\d.]))|(?<=[)）])\s?[-−]\s?(?=[\d(（])",
        lambda match: "减" if _FORMULA.search(before(match, 40)) else None,
    ),
    Rule(r"(?<=[1-9])x(?=\d)", lambda match: "乘"),
    Rule(r"(?<![A-Za-z\d][A-D])(?<=[A-D])-(?=[至到占、，。；”）)以及为]|$)", lambda match: "减"),
    Rule(rf"(?<=[{_SURNAMES}])[*×╳]{{1,2}}(?=[\u4e00-\u9fff，。、；）)\s]|$)", lambda match: "某" * len(match[0])),
    Rule(r"(?<=[²³⁴-⁹])[-−](?=[\dA-Za-z])", lambda match: "减"),
    Rule(r"(?<=[A-Za-z])-(?=\d+\s?(?:[=<>≤≥]|BP|bp|个基点))", lambda match: "减"),
    Rule(
        rf"(?<=[\w)）%℃°”])\s?(?P<sign>{_SIGN})\s?(?=[A-Za-zα-ω\d(（±¥$€£½⅓⅔¼¾√-])",
        lambda match: _BETWEEN[match["sign"]],
    ),
    Rule(
        r"(?<=[\u4e00-\u9fff])\s?(?P<sign><=|>=|[≤≥≈≠=<>+×÷])\s?(?=[\d\u4e00-\u9fffA-Za-z（(])",
        lambda match: _BETWEEN[match["sign"]],
    ),
    Rule(
        r"(?<=[\u4e00-\u9fff)）])\s?/\s?(?=[\u4e00-\u9fff(（\d])",
        lambda match: "除以" if _FORMULA.search(before(match, 30)) else None,
    ),
    Rule(r"(?P<sign><=|>=|[≤≥≈≠<>]|(?<!=)=)\s?(?=\d)", lambda match: _BETWEEN[match["sign"]]),
    Rule(r"(?<=[\w”%℃])\+(?=[”’」》）)\s，。、！；,;/?？]|$|[\u4e00-\u9fff“])", lambda match: "加"),
    Rule(
        r"(?<![A-Za-z\d])(?:[Xx]{2,4}|[×╳]{1,4})(?=[省市区县镇乡村路街弄里司局委办部处科厂校院系站所]|街道|公司|先生|女士|同志|老师|同学|小区|社区|单位|学校|医院)"
        r"|(?<![A-Za-z\d])[×╳]{2,4}(?=[\u4e00-\u9fff])",
        lambda match: "某" * max(2, len(match[0])),
    ),
    Rule(
        rf"(?P<roman>[{_ROMAN}]+)|(?<=第)(?P<latin>[IVX]{{1,5}})(?![A-Za-z])"
        r"|(?<=[\u4e00-\u9fff])(?P<after>I{2,3}|IV|VI{2,3}|IX|X(?:I{1,3}|IV|V))(?![A-Za-z])"
        rf"|(?<![A-Za-z])(?P<rank>I{{2,3}}|I[VX]|VI{{0,3}}|I|XI{{0,3}}|X[IXV]{{1,4}})(?=(?:{_ORDERS}|世纪))",
        lambda match: _roman(match),
    ),
    Rule(rf"[{CIRCLED}](?=[，。、；：）)项款条号类]|\s*$)", lambda match: cardinal(str(_CIRCLED[match[0]]))),
    Rule(rf"[{CIRCLED}]\s*", lambda match: f"{cardinal(str(_CIRCLED[match[0][0]]))}、"),
    Rule(rf"(?<=[A-Za-z\d)）])(?:\^(?P<caret>-?\d+)|(?P<raised>{RAISED}))", lambda match: power(match)),
    Rule(
        r"(?<![\d.])(?P<degrees>\d+(?:\.\d+)?)°(?:(?P<minutes>\d+(?:\.\d+)?)′)?(?:(?P<seconds>\d+(?:\.\d+)?)″)?\s?"
        r"(?P<side>[NSEW])(?![A-Za-z])",
        lambda match: _coordinate(match),
    ),
    Rule(
        r"(?<![\d.])(?P<first>\d+(?:\.\d+)?)(?P<sign>[°′])(?=\d|[NSEW\s，。、；）)\u4e00-\u9fff]|$)",
        lambda match: number(match["first"]) + {"°": "度", "′": "分"}[match["sign"]],
    ),
    Rule(
        r"(?<![\d.])(?P<first>\d+(?:\.\d+)?)(?:″(?P<part>\d{1,2}(?!\d))?|(?<![\"“]\d)(?<![\"“]\d\d)\"(?P<tenths>\d{1,2}(?![\d\"])))",
        lambda match: f"{number(match['first'])}秒{by_digit(match['part'] or match['tenths'] or '')}",
    ),
    Rule(rf"(?<!\S)[{UNSAID}]+\s?|[{UNSAID}]+", lambda match: ""),
    Rule(r"#(?=$|[^#\s\x00-\x22\x24-\x2c\x3a-\x7f]|\s)", lambda match: _hash(match)),
    Rule(r"\s?&\s?(?=[A-Za-z])", lambda match: " and "),
    Rule(
        rf"(?:(?<![\dA-Za-z)）⁰¹²³⁴⁵⁶⁷⁸⁹])(?P<raised>[⁰¹²³⁴⁵⁶⁷⁸⁹]+)|(?<![\dA-Za-z.])(?P<mass>1[34])(?=C))(?P<element>{alternatives(_ELEMENTS)})(?![A-Za-z\d])(?(mass)(?=\s?[-—]?(?:测|年代|尿素|呼气|/)))",
        lambda match: _isotope(match),
    ),
    Rule(r"(?<=[αβγδωΩ])-(?=\S)", lambda match: ""),
    Rule(rf"[{''.join(map(re.escape, _ALONE))}]", lambda match: _ALONE[match[0]]),
)

ERHUA = Rule(
    r"(?:(?<=[\u4e00-\u9fff])|^(?=儿$))(?<![婴幼少孤健胎患病育小产男宠弃女孪娇低托痴混血妻爱优死畸蜜弄骄幸盲聋哑养雏生乳早有无木])"
    r"(?<!(?<![小男女])孩)儿(?![童子女孙科媳歌时戏化郎茶保基医院辈立])",
    lambda match: "",
)
"""The r-coloured ending of 这儿, 事儿, 鸟儿 is left out; 儿 as a word of its own stays."""


def _roman(match: re.Match[str]) -> str | None:
    values = [_VALUES[numeral] for numeral in match["roman"] or match["latin"] or match["after"] or match["rank"]]
    pairs = zip(values, [*values[1:], 0], strict=True)
    total = sum(-value if value < following else value for value, following in pairs)
    return cardinal(str(total)) if total > 0 else None


def _encloses(match: re.Match[str]) -> bool:
    """Whether < and > stand around words, in place of 〈 and 〉."""
    if match[0] == "<":
        return re.match(r"[\u4e00-\u9fff“][^<>]{0,40}>", match.string[match.end() :]) is not None
    return re.search(r"<[\u4e00-\u9fff“][^<>]*$", before(match, 42)) is not None


def _hash(match: re.Match[str]) -> str:
    """1#楼 is 一号楼; the two that enclose a topic are not said."""
    closes = len(re.findall(r"(?<!\d)#", before(match, 30))) % 2 == 1
    return "号" if before(match, 1).isdecimal() and not closes else ""


def _coordinate(match: re.Match[str]) -> str:
    """19.3°N is 北纬十九点三度."""
    said = {"N": "北纬", "S": "南纬", "E": "东经", "W": "西经"}[match["side"]]
    for part, name in (("degrees", "度"), ("minutes", "分"), ("seconds", "秒")):
        said += number(match[part]) + name if match[part] else ""
    return said


def _isotope(match: re.Match[str]) -> str:
    """¹⁴C is 碳十四, ²³⁵U 铀二三五."""
    mass = (match["raised"] or match["mass"]).translate(_SUPERSCRIPTS)
    return _ELEMENTS[match["element"]] + (cardinal(mass) if len(mass) < 3 else by_digit(mass))


def power(match: re.Match[str]) -> str:
    """What is said of a power, written as `caret` or as `raised`: 的平方, 的五次方, 二正."""
    written = (match["caret"] or match["raised"]).translate(_SUPERSCRIPTS)
    if written[-1] in "+-":
        return (cardinal(written[:-1]) if written[:-1] else "") + {"+": "正", "-": "负"}[written[-1]]
    if written in ("2", "3"):
        return {"2": "的平方", "3": "的立方"}[written]
    digits = written.strip("+-")
    return f"的{'负' if written[0] == '-' else ''}{cardinal(digits or '0')}次方"
