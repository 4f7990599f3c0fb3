"""Pinyin syllables as this project writes them: letters with v for ü, then a tone digit 1 to 5 (5 is neutral)."""

import re
import unicodedata

_TONES = {"\u0304": "1", "\u0301": "2", "\u030c": "3", "\u0300": "4"}
_SYLLABLE = re.compile(
    r"(?:[bpmfdtnlgkhjqxrzcsyw]|[zcs]h)?"
    r"(?:a|o|e|ai|ei|ao|ou|an|en|ang|eng|ong|er|i|ia|ie|iao|iu|ian|in|iang|ing|iong|io|u|ua|uo|uai|ui|uan|un|uang|ueng"
    r"|v|ve|van|vn|ue|r)[1-5]|(?:m|n|ng|hm|hng)[1-5]"
)


_NUCLEUS = re.compile(r"[ae]|o(?=u)|[iouv](?![aeiouv])|(?:^|(?<=^h))[mn](?=g?$)")
"""Where the mark stands (GB/T 16159): on a or e, on the o of ou, otherwise on the last vowel."""


class BadSyllable(ValueError):
    """The argument is the syllable that is not pinyin."""


def syllable(written: str) -> str:
    """`Lǜ`, `lü4`, `lu:4` and `lv4` are all "lv4"; no tone is tone 5. Raises BadSyllable."""
    letters, tone = "", ""
    for mark in unicodedata.normalize("NFD", written.strip().lower().replace("u:", "ü")):
        if mark in _TONES:
            tone += _TONES[mark]
        elif mark == "\u0308":
            letters = letters[:-1] + "v"
        elif mark.isdigit():
            tone += mark if mark != "0" else "5"
        else:
            letters += mark
    found = letters + (tone or "5")
    if not _SYLLABLE.fullmatch(found):
        raise BadSyllable(written)
    return found


def accented(written: str) -> str:
    """A syllable as it is printed above its character: "lv4" is `lǜ`, "me5" is `me`."""
    letters, tone = written[:-1], written[-1]
    marks = {digit: mark for mark, digit in _TONES.items()}
    nucleus = _NUCLEUS.search(letters)
    if nucleus and tone in marks:
        letters = letters[: nucleus.start() + 1] + marks[tone] + letters[nucleus.start() + 1 :]
    return unicodedata.normalize("NFC", letters.replace("v", "u\u0308"))
