"""Foreign phrases: runs in another language than the text's, told by their script and, in English, by its small words."""

import re
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Final

import msgspec

from service.article import Article
from service.inlines import (
    Abbreviation,
    Break,
    CodeSpan,
    Foreign,
    Inline,
    Inlines,
    NoteReference,
    Ruby,
    Text,
    Verbatim,
    plain,
)
from service.text.passages import Passage, map_passages

_WORD: Final = r"[A-Za-z]+(?:['’-][A-Za-z]+)*"
_ENGLISH: Final = re.compile(rf"\b{_WORD}(?:[,;:]? {_WORD}){{2,}}")
_PHRASE: Final = re.compile(rf"{_WORD}(?: {_WORD})+")
_SMALL_WORDS: Final = re.compile(
    r"(?i)\b(?:the|of|and|to|is|are|was|were|for|with|on|you|that|it|by|as|at|from|this|be|we|not|have|our|your|my)\b"
)
_RUNS: Final[Mapping[str, str]] = {
    "ja": r"[\u3041-\u30fa](?:[\u3041-\u30ff\u3400-\u9fff]*[\u3041-\u30ff])",
    "ko": r"[\uac00-\ud7af](?:[ \uac00-\ud7af]*[\uac00-\ud7af])?",
    "ru": r"[а-яёА-ЯЁ]{2,}(?:[ ,]+[а-яёА-ЯЁ]+)*",
    "ar": r"[\u0621-\u064a]{2,}(?:[ ،]+[\u0621-\u064a]+)*",
    "he": r"[\u05d0-\u05ea]{2,}(?: +[\u05d0-\u05ea]+)*",
    "th": r"[\u0e01-\u0e4e]{2,}",
    "el": r"[\u0370-\u03ff\u1f00-\u1fff]{3,}(?: +[\u0370-\u03ff\u1f00-\u1fff]+)*",
    "zh": r"[\u3400-\u9fff\U00020000-\U0003ffff]{2,}",
}
"""A script that one language is far the likeliest to be written in. Kana stand for Japanese, but not a single one,
which Chinese borrows as an ornament. Chinese is not looked for in Japanese, whose characters it shares."""


def mark_foreign(article: Article) -> Article:
    """The article with a Foreign around each phrase in another language; what the source marked stays as it is.

    English, which shares its letters with many languages, is looked for in Chinese only: three words or more, of which
    one is an article, a preposition or the like, and letters that stand for English words. Names are left alone.
    """
    own = article.language.partition("-")[0]
    tags = [tag for tag in _RUNS if tag != own and (own, tag) != ("ja", "zh")]
    runs = re.compile("|".join(f"(?P<{tag}>{_RUNS[tag]})" for tag in tags))
    return map_passages(article, partial(_marked, runs=runs, with_english=own == "zh"))


def _marked(passage: Passage, runs: re.Pattern[str], with_english: bool) -> Inlines:
    if passage.kind in ("title", "image"):
        return passage.inlines
    return tuple(_walk(passage.inlines, runs, with_english))


def _walk(inlines: Inlines, runs: re.Pattern[str], with_english: bool) -> Iterator[Inline]:
    for inline in inlines:
        match inline:
            case Text():
                yield from _pieces(inline, runs, with_english)
            case Abbreviation() if with_english and _is_english(inline):
                yield Foreign(lang="en", inlines=(inline,))
            case CodeSpan() | Ruby() | Break() | NoteReference() | Foreign() | Verbatim():
                yield inline
            case _:
                yield msgspec.structs.replace(inline, inlines=tuple(_walk(inline.inlines, runs, with_english)))


def _is_english(short: Abbreviation) -> bool:
    return plain(short.inlines).isascii() and _PHRASE.fullmatch(short.expansion) is not None


def _pieces(inline: Text, runs: re.Pattern[str], with_english: bool) -> Iterator[Inline]:
    text = inline.text
    found = [(match.start(), match.end(), str(match.lastgroup)) for match in runs.finditer(text)]
    if with_english:
        phrases = (match for match in _ENGLISH.finditer(text) if _SMALL_WORDS.search(match[0]))
        found += [(match.start(), match.end(), "en") for match in phrases]
    if not found:
        yield inline
        return
    place = 0
    for start, end, tag in sorted(found):
        if place < start:
            yield Text(text=text[place:start])
        yield Foreign(lang=tag, inlines=(Text(text=text[start:end]),))
        place = end
    if place < len(text):
        yield Text(text=text[place:])
