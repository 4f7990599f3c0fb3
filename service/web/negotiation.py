"""What an `Accept-Language` header asks for (RFC 9110 12.5.4): a language of the interface, a script of the text."""

from typing import Final

from service.text.tags import Script, script_of
from service.web.preferences import Language

_MOST: Final = 20
"""Ranges that are looked at; no browser sends as many."""


def ranges(header: str) -> tuple[str, ...]:
    """The language ranges by weight, the heaviest first; what weighs nothing is refused and left out."""
    weighed: list[tuple[float, int, str]] = []
    for part in header.split(",")[:_MOST] if header else ():
        tag, *parameters = (piece.strip() for piece in part.split(";"))
        weight = _weight(parameters)
        if tag and 0 < weight <= 1:
            weighed.append((-weight, len(weighed), tag))
    return tuple(tag for _, _, tag in sorted(weighed))


def interface_language(header: str) -> Language:
    """The interface's language: simplified Chinese where nothing it has is asked for."""
    for tag in ranges(header):
        if tag.lower().split("-")[0] == "en":
            return "en"
        if script := script_of(tag):
            return "zh-Hans" if script == "zh-Hans" else "zh-Hant"
    return "zh-Hans"


def text_script(header: str) -> Script | None:
    """The script of the Chinese that is asked for before any other Chinese, or None where none is."""
    return next((script for tag in ranges(header) if (script := script_of(tag))), None)


def _weight(parameters: list[str]) -> float:
    weight = next((each[2:] for each in parameters if each[:2].lower() == "q="), "1")
    try:
        return float(weight)
    except ValueError:
        return 0
