"""Marks: what an element makes of the text in it, such as strong or a link, and the inlines that come of it."""

import re
from typing import NamedTuple

from lxml.etree import _Element as Element

from service.inlines import (
    Abbreviation,
    Emphasis,
    Foreign,
    Inline,
    Inlines,
    Link,
    Strong,
    Subscript,
    Superscript,
    Verbatim,
)
from service.intake.vocabulary import HEADINGS, text_of

_EXPANSION = 120  # characters: a longer title of an abbreviation is a remark about it
_BOLD = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)


class Mark(NamedTuple):
    """What a stretch of text is: `kind` is a tag of `Inline`, `value` its href, language or expansion."""

    kind: str
    value: str = ""


Marks = tuple[Mark, ...]

_MARKS = {
    "strong": Mark("strong"),
    "b": Mark("strong"),
    "em": Mark("emphasis"),
    "i": Mark("emphasis"),
    "cite": Mark("emphasis"),
    "dfn": Mark("emphasis"),
    "sup": Mark("superscript"),
    "sub": Mark("subscript"),
}


def marks_of(element: Element, outer: Marks, language: str) -> Marks:
    """The marks of text in an element that itself stands in text with `outer` marks, on a page in `language`."""
    get = element.get
    mark = _MARKS.get(element.tag)
    if mark is None and (style := get("style")) and _BOLD.search(style) and element.tag not in HEADINGS:
        mark = _MARKS["b"]
    marks = outer
    if mark is not None and mark not in marks:
        marks = (*marks, mark)
    foreign = get("lang")
    if foreign and foreign.partition("-")[0].lower() != language and foreign.replace("-", "").isalnum():
        marks = (*marks, Mark("foreign", foreign))
    if get("translate") == "no" and Mark("verbatim") not in marks:
        marks = (*marks, Mark("verbatim"))
    if element.tag in ("abbr", "acronym") and (expansion := _expansion(element)):
        marks = (*marks, Mark("abbreviation", expansion))
    return marks


def _expansion(element: Element) -> str | None:
    """What an abbreviation's title says that its text does not."""
    title = " ".join((element.get("title") or "").split())
    return title if 0 < len(title) <= _EXPANSION and title != text_of(element).strip() else None


def marked(mark: Mark, inlines: Inlines) -> Inline:
    """The inline that a mark makes of others."""
    match mark.kind:
        case "link":
            return Link(href=mark.value, inlines=inlines)
        case "strong":
            return Strong(inlines=inlines)
        case "emphasis":
            return Emphasis(inlines=inlines)
        case "superscript":
            return Superscript(inlines=inlines)
        case "subscript":
            return Subscript(inlines=inlines)
        case "foreign":
            return Foreign(lang=mark.value, inlines=inlines)
        case "abbreviation":
            return Abbreviation(expansion=mark.value, inlines=inlines)
        case _:
            return Verbatim(inlines=inlines)
