"""Detection: which Chinese script a text is written in, by the characters and words that only one of them uses."""

import re
from functools import cache

from service.text.tables import characters_of
from service.text.tags import Script

_TAIWAN = re.compile(
    "[裡汙著臺]|軟體|硬體|網路|程式|螢幕|品質|專案|計畫|預設|計程車|部落格|捷運|公車|簡訊|列印|資料夾|數位"
)
_HONG_KONG = re.compile(
    "[裏説衞綫着税閲温啓鋭脱藴悦嘅咗喺哋佢啲嚟嗰冇]|軟件|硬件|網絡|巴士|的士|網誌|屏幕|數據|質素|短訊|打印|數碼"
)


def detect(text: str) -> Script | None:
    """The script of `text`: zh-Hant where nothing tells the region, None where nothing tells any script."""
    simplified, traditional = _evidence()
    hans, hant = len(simplified.findall(text)), len(traditional.findall(text))
    if not (hans or hant):
        return None
    if hans > hant:
        return "zh-Hans"
    taiwan, hong_kong = len(_TAIWAN.findall(text)), len(_HONG_KONG.findall(text))
    if taiwan == hong_kong:
        return "zh-Hant"
    return "zh-Hant-TW" if taiwan > hong_kong else "zh-Hant-HK"


@cache
def _evidence() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Patterns of the characters that only simplified text has, and of those that only traditional text has."""
    simplified, traditional = characters_of("zh-Hans"), characters_of("zh-Hant")
    return re.compile(f"[{simplified}]"), re.compile(f"[{traditional}]")
