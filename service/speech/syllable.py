"""One pinyin syllable in the symbols of Kokoro v1.0: IPA with an arrow for the tone after the vowel."""

from functools import cache

# IPA as in Duanmu, The Phonology of Standard Chinese (2007), in the one-letter affricates the model was taught.
_INITIALS = {
    "b": "p", "p": "pʰ", "m": "m", "f": "f", "d": "t", "t": "tʰ", "n": "n", "l": "l",
    "g": "k", "k": "kʰ", "h": "x", "j": "ʨ", "q": "ʨʰ", "x": "ɕ",
    "zh": "ꭧ", "ch": "ꭧʰ", "sh": "ʂ", "r": "ɻ", "z": "ʦ", "c": "ʦʰ", "s": "s", "": "",
}  # fmt: skip
# What stands before the tone, and after it.
_FINALS = {
    "a": ("a", ""), "ai": ("ai", ""), "an": ("a", "n"), "ang": ("a", "ŋ"), "ao": ("au", ""),
    "o": ("wo", ""), "ou": ("ou", ""), "ong": ("ʊ", "ŋ"), "e": ("ɤ", ""), "ei": ("ei", ""), "en": ("ə", "n"),
    "eng": ("ə", "ŋ"), "er": ("ɚ", ""), "r": ("ɚ", ""),
    "i": ("i", ""), "ia": ("ja", ""), "ie": ("je", ""), "iao": ("jau", ""), "iou": ("jou", ""), "ian": ("jɛ", "n"),
    "in": ("i", "n"), "iang": ("ja", "ŋ"), "ing": ("i", "ŋ"), "iong": ("jʊ", "ŋ"), "io": ("jɔ", ""),
    "u": ("u", ""), "ua": ("wa", ""), "uo": ("wo", ""), "uai": ("wai", ""), "uei": ("wei", ""), "uan": ("wa", "n"),
    "uen": ("wə", "n"), "uang": ("wa", "ŋ"), "ueng": ("wə", "ŋ"),
    "v": ("y", ""), "ve": ("ɥe", ""), "van": ("ɥɛ", "n"), "vn": ("y", "n"),
    "m": ("m", ""), "n": ("n", ""), "ng": ("ŋ", ""), "hm": ("hm", ""), "hng": ("hŋ", ""),
}  # fmt: skip
_TONES = {"1": "→", "2": "↗", "3": "↓", "4": "↘", "5": ""}
_BUZZ = "ɨ"  # the vowel of zi and zhi
# How finals are spelled where no initial stands before them, and after an initial.
_WHOLE = {
    "yi": "i", "ya": "ia", "ye": "ie", "yao": "iao", "you": "iou", "yan": "ian", "yin": "in", "yang": "iang",
    "ying": "ing", "yong": "iong", "yo": "io", "yu": "v", "yue": "ve", "yuan": "van", "yun": "vn",
    "wu": "u", "wa": "ua", "wo": "uo", "wai": "uai", "wei": "uei", "wan": "uan", "wen": "uen", "wang": "uang",
    "weng": "ueng",
}  # fmt: skip
_SHORT = {"iu": "iou", "ui": "uei", "un": "uen", "ue": "ve"}


@cache
def symbols(syllable: str) -> str:
    """The symbols of a syllable with its tone digit, such as "lv4" or "zhuang1"; raises KeyError for no syllable."""
    letters, tone = syllable[:-1], _TONES[syllable[-1]]
    initial, final = _parts(letters)
    if final == "i" and initial in ("z", "c", "s", "zh", "ch", "sh", "r"):
        return _INITIALS[initial] + _BUZZ + tone
    before, after = _FINALS[final]
    if letters == "o":
        before = "ɔ"
    return _INITIALS[initial] + before + tone + after


def _parts(letters: str) -> tuple[str, str]:
    if letters in _WHOLE:
        return "", _WHOLE[letters]
    if letters in _FINALS:
        return "", letters
    length = 2 if letters[:2] in _INITIALS else 1
    initial, final = letters[:length], letters[length:]
    if initial in ("j", "q", "x") and final.startswith("u"):
        final = "v" + final[1:]
    return initial, _SHORT.get(final, final)
