"""The lexicon: how particular words are read, said and written, in TOML files that an editor can change."""

import hashlib
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

import msgspec

from service.errors import BadLexicon
from service.text.han import han_places
from service.text.segmentation import words
from service.text.syllables import BadSyllable, syllable
from service.text.tags import Script


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One word. `reading` has a syllable for each Chinese character of what is said: "feng1 lin2".

    `say` is the spoken form ("APP" is said "应用"), `forms` how the word is written in other scripts. `anywhere`
    lets an entry of a single character count inside words too; otherwise it counts only where it is a word by itself.
    """

    word: str
    reading: str | None = None
    say: str | None = None
    forms: dict[Script, str] = {}
    note: str | None = None
    anywhere: bool = False

    @property
    def syllables(self) -> tuple[str, ...]:
        return tuple(self.reading.split()) if self.reading else ()

    @property
    def spellings(self) -> tuple[str, ...]:
        """The word as it may stand in a text: as given, and in the other scripts."""
        return tuple(dict.fromkeys((self.word, *self.forms.values())))


class Match(NamedTuple):
    """`entry` stands at [start, end) of the text."""

    start: int
    end: int
    entry: Entry


class Lexicon(msgspec.Struct, frozen=True, dict=True):
    """Entries in order; of two with the same spelling the later one counts."""

    entries: tuple[Entry, ...] = ()

    @cached_property
    def _by_first(self) -> dict[str, list[tuple[str, Entry]]]:
        spelled = {spelling: entry for entry in self.entries for spelling in entry.spellings}
        index: dict[str, list[tuple[str, Entry]]] = {}
        for spelling in sorted(spelled, key=len, reverse=True):
            index.setdefault(spelling[0], []).append((spelling, spelled[spelling]))
        return index

    def matches(self, text: str) -> Iterator[Match]:
        """The words of the lexicon in `text`, from left to right, the longest at each place, without overlap."""
        index, start = self._by_first, 0
        alone: set[int] | None = None
        while index and start < len(text):
            for spelling, entry in index.get(text[start], ()):
                if not text.startswith(spelling, start):
                    continue
                if len(spelling) == 1 and not entry.anywhere:
                    alone = {first for first, end in words(text) if end - first == 1} if alone is None else alone
                    if start not in alone:
                        continue
                yield Match(start, start + len(spelling), entry)
                start += len(spelling)
                break
            else:
                start += 1

    @cached_property
    def in_simplified(self) -> "Lexicon":
        """The same words in simplified characters, for texts that are: a word counts in either script."""
        from service.text.simplification import simplified  # OpenCC, which only processes that convert should hold

        return Lexicon(
            tuple(
                msgspec.structs.replace(entry, word=simplified(spelling), forms={})
                for entry in self.entries
                for spelling in entry.spellings
            )
        )

    @cached_property
    def version(self) -> str:
        """Changes whenever a word would be read, said or written otherwise; empty where there is none."""
        if not self.entries:
            return ""
        return hashlib.sha256(msgspec.json.encode(self.entries)).hexdigest()[:16]


EMPTY = Lexicon()


def merge(lexicons: Iterable[Lexicon]) -> Lexicon:
    """One lexicon of all; where they differ the later counts: language, then site, then article."""
    entries = {entry.word: entry for lexicon in lexicons for entry in lexicon.entries}
    return Lexicon(tuple(entries.values()))


def load(paths: Iterable[Path]) -> Lexicon:
    """The lexicon of these TOML files, later files over earlier ones; raises BadLexicon naming file, line and fix."""
    return merge([parse(path.read_bytes().decode("utf-8", "replace"), path.name) for path in paths])


def parse(text: str, name: str) -> Lexicon:
    """The lexicon written in `text`; `name` is how errors call it. Raises BadLexicon."""
    try:
        tables = tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # of numbers without end, and of nesting
        raise BadLexicon(
            place=name, fix_zh=f"写法不对（{error}），文字要放在英文引号里", fix_en=f"not valid TOML: {error}"
        ) from None
    unknown = sorted(tables.keys() - {"word"})
    if unknown:
        raise _not_words(name, "、".join(unknown), ", ".join(unknown))
    return entries(tables.get("word", []), text, name)


def entries(tables: object, text: str, name: str) -> Lexicon:
    """The lexicon of the `[[word]]` tables that stand in `text`, a whole TOML file called `name`. Raises BadLexicon."""
    if not isinstance(tables, list):
        raise _not_words(name, "word", "word")
    lines = [number for number, line in enumerate(text.splitlines(), 1) if line.strip().startswith("[[word]]")]
    return Lexicon(tuple(_entry(table, _place(name, lines, n, table)) for n, table in enumerate(tables)))


def _not_words(name: str, zh: str, en: str) -> BadLexicon:
    return BadLexicon(
        place=name,
        fix_zh=f"每个词都要以 [[word]] 开头，不认识“{zh}”",
        fix_en=f"each word begins with [[word]]; “{en}” is not known",
    )


def _place(name: str, lines: Sequence[int], number: int, table: object) -> str:
    word = table.get("word", "?") if isinstance(table, dict) else "?"
    return f"{name}:{lines[number] if number < len(lines) else '?'} “{word}”"


def _entry(table: object, place: str) -> Entry:
    fields = set(Entry.__struct_fields__)
    unknown = sorted(table.keys() - fields) if isinstance(table, dict) else []
    if unknown:
        raise BadLexicon(
            place=place,
            fix_zh=f"不认识“{'、'.join(unknown)}”，只能写 {'、'.join(sorted(fields))}",
            fix_en=f"“{', '.join(unknown)}” is not known; there are {', '.join(sorted(fields))}",
        )
    try:
        entry = msgspec.convert(table, Entry)
    except msgspec.ValidationError as error:
        raise BadLexicon(place=place, fix_zh=f"内容的种类不对（{error}）", fix_en=str(error)) from None
    if not all(entry.spellings):
        raise BadLexicon(place=place, fix_zh="word 不能是空的", fix_en="word must not be empty")
    if not (entry.reading or entry.say or entry.forms):
        raise BadLexicon(
            place=place,
            fix_zh="要写 reading（读音）、say（念成什么）或 forms（别的写法）",
            fix_en="give a reading, a spoken form (say) or forms in other scripts",
        )
    if not entry.reading:
        return entry
    return msgspec.structs.replace(entry, reading=_reading(entry.reading, entry.say or entry.word, place))


def _reading(reading: str, said: str, place: str) -> str:
    """`reading` with its syllables in the project's spelling, one for each Chinese character of `said`."""
    try:
        syllables = [syllable(written) for written in reading.split()]
    except BadSyllable as error:
        raise BadLexicon(
            place=place,
            fix_zh=f"“{error}”不是拼音，要像 feng1 或 fēng 这样写",
            fix_en=f"“{error}” is not pinyin; write it like feng1 or fēng",
        ) from None
    expected = len(han_places(said))
    if len(syllables) != expected:
        raise BadLexicon(
            place=place,
            fix_zh=f"“{said}”有 {expected} 个汉字，读音却有 {len(syllables)} 个，请用空格隔开，一字一音",
            fix_en=f"“{said}” has {expected} Chinese characters but the reading has {len(syllables)} syllables",
        )
    return " ".join(syllables)
