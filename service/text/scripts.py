"""Chinese scripts: what an article is written in, and the same article in another."""

from typing import Literal

Script = Literal["zh-Hans", "zh-Hant", "zh-Hant-TW", "zh-Hant-HK"]
SCRIPTS: tuple[Script, ...] = ("zh-Hans", "zh-Hant", "zh-Hant-TW", "zh-Hant-HK")
