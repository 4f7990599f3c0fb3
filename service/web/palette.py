"""The colours of pages: the schemes as the style sheet has them, and the style that carries a reader's own two."""

import re
from typing import Final

from service.web.preferences import THEMES, Choices, Theme, contrast

_MEDIA: Final = re.compile(r"@media[^{]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}")
_RULE: Final = re.compile(r"(?P<which>[^{}]*)\{(?P<body>[^}]*)\}")
_COLOUR: Final = re.compile(r"--(ink|paper): #([0-9a-f]{3,6});")


def contrasts(css: str) -> dict[Theme, float]:
    """WCAG contrast of text on its ground in each scheme but the reader's own, to one decimal, rounded down.

    What stands under `@media` belongs to the reader's system or to paper and is left out.
    """
    rules = list(_RULE.finditer(_MEDIA.sub("", css)))
    found: dict[Theme, float] = {}
    for theme in THEMES[:-1]:
        colours: dict[str, str] = {}
        for rule in rules:
            if ":root," in rule["which"] or f'"{theme}"' in rule["which"]:
                colours |= {name: _six(value) for name, value in _COLOUR.findall(rule["body"])}
        found[theme] = int(contrast(colours["ink"], colours["paper"]) * 10) / 10
    return found


def _six(colour: str) -> str:
    return colour if len(colour) == 6 else "".join(digit * 2 for digit in colour)


def own_style(choices: Choices) -> str:
    """The one inline style a page may have: the reader's own two colours."""
    if choices.theme != "own":
        return ""
    return f":root[data-theme=own]{{--ink:#{choices.ink};--paper:#{choices.paper}}}"
