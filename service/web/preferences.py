"""What a reader has chosen, as the page's address says it: view, script, colours, size, spacing, voice."""

import re
from collections.abc import Mapping
from typing import Any, Literal, get_args
from urllib.parse import urlencode

import msgspec

from service.errors import UnknownScript, UnknownView
from service.text.scripts import SCRIPTS, Script

View = Literal["elder", "accessible"]
Theme = Literal["original", "black-on-white", "yellow-on-black", "black-on-yellow", "white-on-blue", "own"]
Spacing = Literal["normal", "wide", "wider"]
Language = Literal["zh-Hans", "zh-Hant", "en"]
ChosenScript = Script | Literal["none"]

VIEWS: tuple[View, ...] = get_args(View)
THEMES: tuple[Theme, ...] = get_args(Theme)
SPACINGS: tuple[Spacing, ...] = get_args(Spacing)
LANGUAGES: tuple[Language, ...] = get_args(Language)
CHOSEN_SCRIPTS: tuple[ChosenScript, ...] = (*SCRIPTS, "none")
SIZES = tuple(range(75, 301, 25))
"""Per cent of 24 px, the elder view's body text: 18 px to 72 px in the steps of 放大 and 缩小."""
RATES = tuple(round(tenth / 10, 1) for tenth in range(5, 31))
"""How fast the player plays a reading; how fast a voice speaks is another rate, see `studio.RATES`."""

_COLOUR = re.compile(r"#?([0-9a-fA-F]{6})")
_NAME = re.compile(r"[A-Za-z0-9_.-]{1,64}")


class Choices(msgspec.Struct, frozen=True, kw_only=True):
    """One reader's choices; the defaults stand for "as it comes" and never appear in an address.

    `script` is "none" for the text as it was written, and None where the reader has not said.
    `ink` and `paper` are the reader's own two colours, six hex digits, used by the theme `own`.
    `track` is the reading to play on a page without scripts; `language` is the interface's.
    """

    view: View = "elder"
    script: ChosenScript | None = None
    theme: Theme = "original"
    size: int = 100
    spacing: Spacing = "normal"
    pinyin: bool = False
    ink: str = "000000"
    paper: str = "ffffff"
    voice: str | None = None
    rate: float = 1.0
    track: str | None = None
    language: Language | None = None

    def change(self, **changes: Any) -> "Choices":
        """These choices with some of them changed."""
        return msgspec.structs.replace(self, **changes)

    def query(self, usual: "Choices | None" = None) -> str:
        """The address's query, from `?` on, or nothing where every choice is `usual`, else the default."""
        pairs = [
            (name, _written(value))
            for name in self.__struct_fields__
            if name != "view"
            and (value := getattr(self, name)) != getattr(usual or DEFAULT, name)
            and value is not None
        ]
        return f"?{urlencode(pairs)}" if pairs else ""

    def fields(self, *without: str) -> tuple[tuple[str, str], ...]:
        """Name and value of each choice that is not the default, for a form's hidden fields."""
        return tuple(
            (name, _written(value))
            for name in self.__struct_fields__
            if name not in ("view", *without) and (value := getattr(self, name)) != getattr(DEFAULT, name)
        )

    @property
    def converted(self) -> Script | None:
        """The script to convert the text to, or None where it stays as it was written."""
        return None if self.script == "none" else self.script

    @property
    def larger(self) -> int | None:
        """The next size up, or None at the largest."""
        return next((size for size in SIZES if size > self.size), None)

    @property
    def smaller(self) -> int | None:
        """The next size down, or None at the smallest."""
        return next((size for size in reversed(SIZES) if size < self.size), None)


DEFAULT = Choices()


def parse(query: Mapping[str, str], view: str = "elder") -> Choices:
    """Choices from an address. Colours, sizes and the like that make no sense are the default.

    Raises UnknownView, and UnknownScript because another script would be another text.
    """
    if view not in VIEWS:
        raise UnknownView(view=view)
    asked = query.get("script")
    script = _one_of(CHOSEN_SCRIPTS, asked, None)
    if asked and script is None:
        raise UnknownScript(script=asked[:40])
    return Choices(
        view=view,
        script=script,
        theme=_one_of(THEMES, query.get("theme"), "original"),
        size=_size(query.get("size", "")),
        spacing=_one_of(SPACINGS, query.get("spacing"), "normal"),
        pinyin=query.get("pinyin") in ("on", "1", "true"),
        ink=_colour(query.get("ink"), DEFAULT.ink),
        paper=_colour(query.get("paper"), DEFAULT.paper),
        voice=_name(query.get("voice")),
        rate=_rate(query.get("rate", "")),
        track=_name(query.get("track")),
        language=_one_of(LANGUAGES, query.get("language"), None),
    )


def script_named(name: str) -> Script:
    """The script with this name; raises UnknownScript."""
    found: Script | None = _one_of(SCRIPTS, name, None)
    if found is None:
        raise UnknownScript(script=name[:40])
    return found


def interface(language: str) -> Language:
    """The interface language that goes with a text's language (BCP 47)."""
    if language.startswith("zh-Hant"):
        return "zh-Hant"
    return "en" if language.split("-")[0] == "en" else "zh-Hans"


def contrast(ink: str, paper: str) -> float:
    """WCAG 2.2 contrast ratio of two colours given as six hex digits, 1 to 21."""
    light, dark = sorted((_luminance(ink), _luminance(paper)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    channels = (int(colour[place : place + 2], 16) / 255 for place in (0, 2, 4))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _written(value: object) -> str:
    return "on" if value is True else str(value)


def _one_of(known: tuple[Any, ...], value: str | None, otherwise: Any) -> Any:
    return value if value in known else otherwise


def _size(value: str) -> int:
    return (
        int(value) if value.isascii() and value.isdigit() and len(value) < 4 and int(value) in SIZES else DEFAULT.size
    )


def _rate(value: str) -> float:
    try:
        rate = round(float(value), 1)
    except ValueError:
        return DEFAULT.rate
    return rate if rate in RATES else DEFAULT.rate


def _colour(value: str | None, otherwise: str) -> str:
    match = _COLOUR.fullmatch(value or "")
    return match[1].lower() if match else otherwise


def _name(value: str | None) -> str | None:
    return value if value and _NAME.fullmatch(value) else None
