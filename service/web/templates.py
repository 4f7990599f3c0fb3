"""The folder of templates as an environment of Jinja."""

import re
from pathlib import Path
from typing import Final
from urllib.parse import quote, urlsplit

import jinja2

from service.inlines import Text, plain
from service.web import outline
from service.web.grid import grid, labels
from service.web.preferences import Language

_WIDE_LINE: Final = 60
_NOT_IN_ADDRESS: Final = re.compile(r"""[\x00-\x20\x7f"<>\\^`{|}]|%(?![0-9A-Fa-f]{2})""")


def environment(templates: Path) -> jinja2.Environment:
    """Autoescaped, strict about names it does not know, with the filters and tests that the templates use."""
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(templates),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "separators": (",", ":")}
    environment.filters |= {
        "tag": lambda node: type(node).__struct_config__.tag,
        "has_text": lambda inlines: bool(plain(inlines).strip()),
        "is_web": is_web,
        "is_outward": lambda href: is_web(href) or href.lower().startswith(("mailto:", "tel:")),
        "host": _host,
        "grid": grid,
        "address": address,
        "under": lambda path, root: root + path if path.startswith("/") else path,
        "moment": _moment,
    }
    environment.globals["labels"] = labels
    environment.tests |= {
        "language_tag": outline.is_language_tag,
        "right_to_left": outline.runs_right_to_left,
        "right_to_left_text": lambda text: outline.runs_right_to_left((Text(text=text),)),
        "wide": lambda text: any(len(line) > _WIDE_LINE for line in text.splitlines()),
    }
    return environment


def is_web(href: str) -> bool:
    """Whether an address is http or https and names a host."""
    return href.lower().startswith(("http://", "https://")) and _host(href) != href


def _host(href: str) -> str:
    """The host of an address, or the address itself where it has none."""
    try:
        return urlsplit(href).hostname or href
    except ValueError:
        return href


def address(href: str) -> str:
    """An address with the characters that may not stand in one written as their percent codes."""
    return _NOT_IN_ADDRESS.sub(lambda match: quote(match[0]), href.strip())


def _moment(published: str, language: Language) -> str:
    """`2023-12-26T10:10+08:00` as a reader writes it, in the time of the place where it was published."""
    day, _, time = published.partition("T")
    parts = day.split("-")
    if language != "en" and all(part.isdigit() for part in parts):
        day = " ".join(f"{int(part)} {unit}" for part, unit in zip(parts, "年月日", strict=False))
    return f"{day} {time[:5]}" if time else day
