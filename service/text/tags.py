"""Tags: the Chinese scripts Changdu writes, their BCP 47 tags, and which of them stands in for which."""

from typing import Literal, get_args

Script = Literal["zh-Hans", "zh-Hant", "zh-Hant-TW", "zh-Hant-HK"]
SCRIPTS: tuple[Script, ...] = get_args(Script)

FALLBACKS: dict[Script, tuple[Script, ...]] = {
    "zh-Hans": ("zh-Hans",),
    "zh-Hant": ("zh-Hant",),
    "zh-Hant-TW": ("zh-Hant-TW", "zh-Hant"),
    "zh-Hant-HK": ("zh-Hant-HK", "zh-Hant"),
}
"""Where a form for a script is looked for, in order: what is written for one region, then for all of them."""

_REGIONS: dict[str, Script] = {"tw": "zh-Hant-TW", "hk": "zh-Hant-HK", "mo": "zh-Hant-HK"}


def script_of(tag: str) -> Script | None:
    """The script a BCP 47 tag stands for: `zh-CN` is zh-Hans, `zh-MO` is zh-Hant-HK; None where it is not Chinese."""
    language, *subtags = tag.lower().replace("_", "-").split("-")
    if language not in ("zh", "cmn", "yue"):
        return None
    regions = [_REGIONS[subtag] for subtag in subtags if subtag in _REGIONS]
    if "hans" in subtags or not (regions or "hant" in subtags):
        return "zh-Hans"
    return regions[0] if regions else "zh-Hant"
