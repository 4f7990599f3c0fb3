"""English words in the symbols of Kokoro v1.0, from the dictionary that its voices were taught with."""

import gzip
import re
from collections.abc import Iterator
from pathlib import Path

from service.speech.syllable import symbols

_HUMPS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+(?:['’][a-z]+)?|\d")
_DIGITS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_PINYIN = re.compile(
    r"(?:[bpmfdtnlgkhjqxrzcs]|[zcs]h)?(?:uang|iang|iong|ang|eng|ing|ong|uan|uai|ian|iao|ai|ei|ao|ou|an|en|in|er|ia|ie"
    r"|iu|ua|uo|ui|un|ue|a|o|e|i|u)|y(?:uan|ang|ing|ong|ao|ou|an|in|ue|un|a|e|i|u)|w(?:ang|eng|ai|ei|an|en|a|o|u)"
)
_VOWELS = "AIOWYaiuæɑɔəɛɜɪʊʌᵊᵻ"


class English:
    """A dictionary of American English, `word<TAB>symbols` a line, compressed; read at the first word."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._words: dict[str, str] = {}

    def word(self, word: str) -> str:
        """The symbols of a run of Latin letters and digits: a word, an abbreviation, or several written as one.

        What no dictionary knows is read as pinyin where it is pinyin (Xuhui), and spelled otherwise.
        """
        if not self._words:
            lines = gzip.decompress(self._path.read_bytes()).decode("utf-8").splitlines()
            self._words = dict(line.split("\t") for line in lines)
        word = word.replace("’", "'")
        known = self._known(word)
        return known if known else " ".join(map(self._part, _HUMPS.findall(word)))

    def _part(self, part: str) -> str:
        if part.isdigit():
            return self._words[_DIGITS[int(part)]]
        return self._known(part) or _as_pinyin(part.lower()) or self._spelled(part)

    def _known(self, word: str) -> str:
        """A word of the dictionary or a form of one; capitals are an abbreviation unless it has them as a word."""
        if word in self._words:
            return self._words[word]
        if word.isupper():
            return ""
        lower = word.lower()
        found = self._words.get(lower) or self._words.get(word.capitalize())
        return found or next(self._inflected(lower), "")

    def _inflected(self, word: str) -> Iterator[str]:
        for ending, stems in (("'s", ("",)), ("s", ("", "e")), ("es", ("",)), ("ed", ("", "e")), ("ing", ("", "e"))):
            for stem in (word.removesuffix(ending) + rest for rest in stems):
                if word.endswith(ending) and len(stem) > 1 and stem in self._words:
                    yield self._words[stem] + _ending(ending, self._words[stem][-1])

    def _spelled(self, part: str) -> str:
        names = [self._words[letter] for letter in part.upper() if letter in self._words]
        return "".join(name.replace("ˈ", "ˌ") for name in names[:-1]) + "".join(names[-1:])


def _ending(ending: str, last: str) -> str:
    if ending == "ing":
        return "ɪŋ"
    if ending == "ed":
        return "ᵻd" if last in "td" else "t" if last in "pkfθʃsʧ" else "d"
    return "ᵻz" if last in "szʃʒʧʤ" else "s" if last in "ptkfθ" else "z"


def _as_pinyin(word: str) -> str:
    """The symbols of a Chinese name in Latin letters, every syllable in the first tone; "" for no pinyin."""
    parts: list[str] = []
    place = 0
    while place < len(word):
        match = _PINYIN.match(word, place)
        if match is None or match.end() == place:
            return ""
        place = match.end()
        parts.append(match.group())
    try:
        return "".join(symbols(part + "1") for part in parts) if len(parts) > 1 else ""
    except KeyError:
        return ""
