"""Latin in Chinese sentences: addresses, O2O and its like, ranks such as No.1; all other words stay as written."""

import re

from service.text.numbers import by_digit, cardinal
from service.text.rewriting import Rule

_HOST = (
    r"(?:[A-Za-z0-9-]+\.)+(?:com|cn|net|org|gov|edu|io|info|top|vip|app|tv|cc|me|hk|tw|mo|uk|jp|us|eu|int|mil|xyz|club|shop|"
    r"site|tech|online|dev)"
)
_PATH = r"(?::\d+)?(?:/[A-Za-z0-9\-._~:/?#@!$&'()*+,;=%]*)?"


def _spelled(address: str) -> str:
    """An address as it is told: its letters as written, dots as 点, the rest of its signs by their names."""
    names = {
        ".": "点",
        "@": "艾特",
        "/": "斜杠",
        "-": "杠",
        "_": "下划线",
        ":": "冒号",
        "?": "问号",
        "=": "等于",
        "&": "和",
    }
    parts = re.findall(r"\d+|[A-Za-z]+|.", address)
    return "".join(by_digit(part, yao=True) if part.isdecimal() else names.get(part, part) for part in parts)


def _page(match: re.Match[str]) -> str:
    return _spelled(match["host"])


LATIN = (
    Rule(r"(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]+@(?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,}", lambda match: _spelled(match[0])),
    Rule(r"(?:https?|ftp)://(?P<host>[A-Za-z0-9.-]+)" + _PATH, _page),
    Rule(rf"(?<![A-Za-z0-9@])(?P<host>{_HOST})(?![A-Za-z0-9])" + _PATH, _page),
    Rule(r"(?<![A-Za-z\d])[BCFGMOPS](?:2[BCFGMOPS])+(?![A-Za-z\d])", lambda match: " to ".join(match[0].split("2"))),
    Rule(r"(?<![A-Za-z])(?:No|NO|no)\.\s?(?P<n>\d+)", lambda match: f"第{cardinal(match['n'])}"),
    Rule(r"№\s?(?P<n>\d+)", lambda match: f"第{cardinal(match['n'])}"),
    Rule(r"(?<!\d)(?P<n>480|720|1080|1440|2160)(?=[pP](?![A-Za-z]))", lambda match: by_digit(match["n"])),
    Rule(r"24/7", lambda match: "二十四七"),
)
