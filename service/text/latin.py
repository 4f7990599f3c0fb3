"""Latin in Chinese sentences: addresses, O2O and its like, ranks such as No.1; all other words stay as written."""

import re

from service.text.numbers import by_digit, cardinal
from service.text.rewriting import Rule, Say, before

_NAMES = {".": "点", "@": "艾特", "/": "斜杠", "-": "杠", "_": "下划线", "%": "百分号", "+": "加"}
_HOST = (
    r"(?:[A-Za-z0-9-]+\.)+(?:com|cn|net|org|gov|edu|io|info|top|vip|app|tv|cc|me|hk|tw|mo|uk|jp|us|eu|int|mil|xyz|club|shop|"
    r"site|tech|online|dev)"
)
_PATH = r"(?::\d+)?(?:/[A-Za-z0-9\-._~:/?#@!$&'()*+,;=%]*)?"


_MAIL = r"(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]+@(?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,}"
_PAGE = rf"(?:(?:https?|ftp)://(?P<host>[A-Za-z0-9.-]+)|(?<![A-Za-z0-9@])(?P<bare>{_HOST})(?![A-Za-z0-9])){_PATH}"

_DOI = r"(?<![\d.])10\.\d{4,5}/[A-Za-z\d](?:[A-Za-z\d._/-]*[A-Za-z\d])?"

ADDRESSES = (
    Rule(_DOI, lambda match: _spelled(match[0])),
    Rule(_MAIL, lambda match: _spelled(match[0])),
    Rule(_PAGE, lambda match: _spelled(match["host"] or match["bare"])),
)
"""Addresses told so that they can be written down: the host of a page, the whole of a mailbox."""

_WORD_FOR_IT = re.compile(r"(?:网址|网站|官网|网页|链接|[邮郵][箱件])[：:]?\s?$")


def _mentioned(word: str) -> Say:
    """`word`, unless the text has one for it right before."""
    return lambda match: "" if _WORD_FOR_IT.search(before(match, 5)) else word


ADDRESSES_NAMED = (Rule(_MAIL, _mentioned("邮箱地址")), Rule(_PAGE, _mentioned("网址")))
"""Addresses only mentioned."""

LATIN = (
    Rule(r"(?<![A-Za-z\d])[BCFGMOPS](?:2[BCFGMOPS])+(?![A-Za-z\d])", lambda match: " to ".join(match[0].split("2"))),
    Rule(
        r"(?:(?<![A-Za-z])(?:No|NO|no)\.|№)\s?(?P<year>(?:19|20)\d\d)[-—](?P<n>\d{1,4})(?![\d-])",
        lambda match: f"第{by_digit(match['year'])}杠{cardinal(match['n'])}",
    ),
    Rule(r"(?:(?<![A-Za-z])(?:No|NO|no)\.|№)\s?(?P<n>[1-9]\d{0,3})(?!\d)", lambda match: f"第{cardinal(match['n'])}"),
    Rule(r"(?:(?<![A-Za-z])(?:No|NO|no)\.|№)\s?(?P<n>\d+)", lambda match: f"第{by_digit(match['n'], yao=True)}"),
    Rule(r"(?<!\d)(?:480|720|1080|1440|2160)(?=[pP](?![A-Za-z]))", lambda match: by_digit(match[0])),
    Rule(r"(?<![A-Za-z\d])C\+\+", lambda match: "C加加"),
    Rule(r"(?<![A-Za-z])(?P<kind>[AD]C)\s?(?P<n>\d+)V", lambda match: f"{match['kind']}{cardinal(match['n'])}伏"),
    Rule(r"24/7", lambda match: "二十四七"),
    Rule(r"(?<!\d)7-(?:11(?=(?:[、和][^，。\d]{0,8})?(?:便利店|门店|超市))|[Ee]leven)", lambda match: "七幺幺"),
)


def _spelled(address: str) -> str:
    """Letters as written, digits one by one, signs by their names."""
    parts = re.findall(r"\d+|[A-Za-z]+|.", address)
    return "".join(by_digit(part, yao=True) if part.isdecimal() else _NAMES.get(part, part) for part in parts)
