"""Phonemes: what is said, as token numbers of Kokoro v1.0, and which tokens belong to which word."""

import re

import msgspec

from service.speech.english import English
from service.speech.syllable import symbols
from service.text.han import is_han
from service.text.spoken import Spoken

# The numbers of hexgrad/Kokoro-82M config.json, "vocab", in runs: the symbols that Chinese and English use.
_RUNS = {
    1: ";:,.!?", 9: '—…"()“”', 16: " ", 18: "ʣʥʦʨᵝꭧAI", 31: "O", 33: "Q", 35: "ST", 39: "W", 41: "Yᵊabcdef",
    50: "hijklmnopqrstuvwxyzɑɐɒæ", 75: "βɔɕç", 80: "ɖðʤə", 85: "ɚɛɜ", 90: "ɟ", 92: "ɡ", 99: "ɥ", 101: "ɨɪʝ",
    110: "ɯɰŋɳɲɴø", 118: "ɸθœ", 123: "ɹ", 125: "ɾɻ", 128: "ʁɽʂʃʈʧ", 135: "ʊʋ", 138: "ʌɣɤ", 142: "χʎ", 147: "ʒʔ",
    156: "ˈˌː", 162: "ʰ", 164: "ʲ", 169: "↓", 171: "→↗↘", 177: "ᵻ",
}  # fmt: skip
VOCABULARY = {symbol: first + place for first, run in _RUNS.items() for place, symbol in enumerate(run)}

_MARKS = {
    "，": ", ", ",": ", ", "、": ", ", "。": ". ", "．": ". ", ".": ". ", "！": "! ", "!": "! ", "？": "? ", "?": "? ",
    "；": "; ", ";": "; ", "：": ": ", ":": ": ", "—": "—", "–": "—", "…": "…",
    "（": " (", "(": " (", "）": ") ", ")": ") ", "【": " “", "】": "” ", "“": " “", "”": "” ", "「": " “", "」": "” ",
    "『": " “", "』": "” ", "《": " “", "》": "” ", "〈": " “", "〉": "” ",
}  # fmt: skip
_LATIN = re.compile(r"[A-Za-z0-9]+(?:['’][A-Za-z]+)*")


class Phonemes(msgspec.Struct, frozen=True, kw_only=True):
    """`symbols` holds one character a token; `words` are the tokens [start, end) of each word of the spoken text."""

    symbols: str
    words: tuple[tuple[int, int], ...]

    @property
    def tokens(self) -> list[int]:
        return [VOCABULARY[symbol] for symbol in self.symbols]


def phonemes(spoken: Spoken, said: tuple[str, ...], english: English) -> Phonemes:
    """The phonemes of a sentence; `said` is its pinyin: the model was taught dictionary tones. Words are apart by a space, as taught."""
    writer = _Writer(said, english)
    spans: list[tuple[int, int]] = []
    place = 0
    for word in spoken.words:
        writer.write(spoken.text[place : word.start])
        writer.space()
        start = len(writer.symbols)
        writer.write(spoken.text[word.start : word.end])
        spans.append((start, max(start, len(writer.symbols.rstrip()))))
        writer.space()
        place = word.end
    writer.write(spoken.text[place:])
    end = len(writer.symbols.rstrip())
    return Phonemes(symbols=writer.symbols[:end], words=tuple((min(a, end), min(b, end)) for a, b in spans))


class _Writer:
    """Symbols written from left to right, one syllable taken from `said` at each Chinese character."""

    def __init__(self, said: tuple[str, ...], english: English) -> None:
        self.symbols = ""
        self._said = iter(said)
        self._english = english

    def space(self) -> None:
        if self.symbols and self.symbols[-1] not in " “(":
            self.symbols += " "

    def write(self, text: str) -> None:
        place = 0
        while place < len(text):
            latin = _LATIN.match(text, place)
            if latin:
                self._add(self._english.word(latin.group()))
                place = latin.end()
                continue
            character = text[place]
            if is_han(character):
                self.symbols += symbols(next(self._said))
            elif character in _MARKS:
                self._mark(_MARKS[character])
            elif character.isspace():
                self.space()
            place += 1

    def _add(self, word: str) -> None:
        self.symbols += "".join(symbol for symbol in word if symbol in VOCABULARY)

    def _mark(self, mark: str) -> None:
        if mark.startswith(" "):
            self.space()
        else:
            self.symbols = self.symbols.rstrip(" ")
        self.symbols += mark.lstrip(" ")
