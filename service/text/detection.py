"""Detection: which Chinese script a text is written in, by the characters and words that only one of them uses."""

import re
from functools import cache
from typing import Literal

from service.text.tables import characters_of
from service.text.tags import Script

_TAIWAN = (
    "裡 汙 著 臺 軟體 硬體 網路 程式 螢幕 品質 專案 計畫 預設 計程車 部落格 捷運 公車 簡訊 列印 資料夾 數位".split()
)
_HONG_KONG = (
    "裏 説 衞 綫 着 税 閲 温 啓 鋭 脱 藴 悦 嘅 咗 喺 哋 佢 啲 嚟 嗰 冇 "
    "軟件 硬件 網絡 巴士 的士 網誌 屏幕 數據 質素 短訊 打印 數碼"
).split()


def detect(text: str) -> Script | None:
    """The script of `text`: zh-Hant where nothing tells the region, None where nothing tells any script."""
    hans, hant = shows(text, "zh-Hans"), shows(text, "zh-Hant")
    if not (hans or hant):
        return None
    if hans and (not hant or len(_only("zh-Hans").findall(text)) > len(_only("zh-Hant").findall(text))):
        return "zh-Hans"
    taiwan, hong_kong = sum(map(text.count, _TAIWAN)), sum(map(text.count, _HONG_KONG))
    if taiwan == hong_kong:
        return "zh-Hant"
    return "zh-Hant-TW" if taiwan > hong_kong else "zh-Hant-HK"


def shows(text: str, script: Literal["zh-Hans", "zh-Hant"]) -> bool:
    """Whether `text` has a character that only this script is written with."""
    return _only(script).search(text) is not None


@cache
def _only(script: Literal["zh-Hans", "zh-Hant"]) -> re.Pattern[str]:
    return re.compile(f"[{characters_of(script)}]")
