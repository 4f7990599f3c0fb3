"""Code: the text of a program in a `pre`, told from prose that was only typed into one."""

import re

from lxml.etree import _Element as Element

from service.article import Code
from service.intake.vocabulary import text_of

_LANGUAGE = re.compile(r"(?:lang(?:uage)?|brush|highlight-source|code)[-:]\s*([A-Za-z0-9+#]{1,16})\b")
_HAN = re.compile(r"[\u3400-\u9fff]")


def read_code(element: Element) -> Code:
    """The text of a `pre`, its breaks as newlines, and the programming language that its classes name."""
    for line_break in element.iter("br"):
        line_break.tail = "\n" + (line_break.tail or "")
    language = _LANGUAGE.search(_names(element))
    return Code(text=text_of(element).strip("\n").rstrip(), language=language[1].lower() if language else None)


def is_prose(element: Element, text: str) -> bool:
    """Whether the text of a `pre` is Chinese prose and nothing says that it is code."""
    return not _names(element) and len(_HAN.findall(text)) * 3 > len(text)


def _names(element: Element) -> str:
    return " ".join(one.get("class") or one.get("data-lang") or "" for one in (element, *element.iter("code"))).strip()
