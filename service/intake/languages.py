"""Languages: what language a page is in, from what it says of itself, checked against its characters."""

import re

_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
_KANA = re.compile(r"[\u3040-\u30ff]")
_HANGUL = re.compile(r"[\uac00-\ud7af]")
_LETTER = re.compile(r"[^\W\d_]")
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_TAG = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")

# Characters that are written in one script only, frequent enough for any page to have some.
_SIMPLIFIED = re.compile(
    "[们这个为会来时国说对过发还经动进实长现开关话总问应电业东间种级务设产网门车见传当让从给点两样种边头将处广书条万与]"
)
_TRADITIONAL = re.compile(
    "[們這個為會來時國說對過發還經動進實長現開關話總問應電業東間種級務設產網門車見傳當讓從給點兩樣種邊頭將處廣書條萬與]"
)
_SAMPLE = 4000  # characters


def language(declared: str | None, text: str, host: str = "") -> str:
    """The BCP 47 tag of a text. Chinese has its script, and its region where the page or its host says so."""
    sample = text[:_SAMPLE]
    letters = len(_LETTER.findall(sample)) or 1
    tag = _tag(declared)
    if len(_HANGUL.findall(sample)) > letters * 0.3:
        return "ko"
    if len(_KANA.findall(sample)) > letters * 0.15:
        return "ja"
    if len(_HAN.findall(sample)) > letters * 0.25:
        return _chinese(tag.lower(), sample, host.lower())
    if len(_CYRILLIC.findall(sample)) > letters * 0.5:
        return tag if tag.partition("-")[0] in ("ru", "uk", "bg", "sr", "be", "mk", "kk", "ky", "mn", "tg") else "ru"
    if not tag or tag.partition("-")[0] in ("zh", "ja", "ko", "ru"):
        return "en"
    return tag


def _chinese(tag: str, sample: str, host: str) -> str:
    traditional, simplified = len(_TRADITIONAL.findall(sample)), len(_SIMPLIFIED.findall(sample))
    if traditional == simplified:
        is_traditional = any(part in tag for part in ("hant", "-tw", "-hk", "-mo"))
    else:
        is_traditional = traditional > simplified
    if not is_traditional:
        return "zh-Hans"
    if "-tw" in tag or host.endswith(".tw"):
        return "zh-Hant-TW"
    if "-hk" in tag or host.endswith((".hk", ".mo")) or "-mo" in tag or host.startswith("hk."):
        return "zh-Hant-HK"
    return "zh-Hant"


def _tag(declared: str | None) -> str:
    if not declared or not _TAG.fullmatch(declared.strip()):
        return ""
    first, *rest = declared.strip().replace("_", "-").split("-")
    parts = [first.lower()]
    for part in rest:
        parts.append(
            part.upper() if len(part) == 2 else part.title() if len(part) == 4 and part.isalpha() else part.lower()
        )
    return "-".join(parts)
