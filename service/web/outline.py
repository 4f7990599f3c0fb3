"""What a page must know about an article before it is written out: heading levels, notes, numbers, reading time."""

import re
import unicodedata
from collections.abc import Iterator

import msgspec

from service.article import (
    Article,
    Block,
    Blocks,
    Figure,
    Heading,
    ListBlock,
    Note,
    Notes,
    Paragraph,
    Quote,
    Table,
    body_text,
)
from service.inlines import Abbreviation, Break, CodeSpan, Inlines, Link, NoteReference, Ruby, Text, plain
from service.text.passages import passages

_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_WORD = re.compile(r"[^\W\d_\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+|\d+")
_LANGUAGE_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """A heading as the page has it: `level` 2 to 6 without a gap, and the id it is reached by."""

    id: str
    level: int
    text: str


class Reference(msgspec.Struct, frozen=True, kw_only=True):
    """A place in the text that points to note number `number`; `first` is the one that the note points back to."""

    number: int
    first: bool


class Outline:
    """Made for one rendering: its methods hand out the article's headings, pictures and tables in reading order."""

    def __init__(self, article: Article) -> None:
        blocks = tuple(walk(article.blocks))
        self.contents = _contents([block for block in blocks if isinstance(block, Heading)])
        self._headings = iter(self.contents)
        self._pictures = iter([f"b{p.number}" for p in passages(article) if p.kind == "image"])
        notes = [block for block in blocks if isinstance(block, Note)]
        self._notes = {note.id: number for number, note in reversed(list(enumerate(notes, 1)))}
        self.next_note = 1
        self._referred: set[int] = set()
        self._pointed_to = {self._notes[name] for name in _references(blocks) if name in self._notes}
        self._unexplained = _unexplained(article)
        self._figures = 0
        self._tables = 0

    def heading(self) -> Entry:
        """The next heading that has text."""
        return next(self._headings)

    def picture(self) -> str:
        """The passage id of the next picture's description."""
        return next(self._pictures)

    def figure(self) -> int:
        """The next figure's number, from 1."""
        self._figures += 1
        return self._figures

    def table(self) -> int:
        """The next table's number, from 1."""
        self._tables += 1
        return self._tables

    def note(self) -> int:
        """The next note's number, from 1."""
        self.next_note += 1
        return self.next_note - 1

    def reference(self, name: str) -> Reference | None:
        """Where a note reference points, or None where the article has no such note."""
        number = self._notes.get(name)
        if number is None:
            return None
        first = number not in self._referred
        self._referred.add(number)
        return Reference(number=number, first=first)

    def explains(self, short: Abbreviation) -> bool:
        """Whether the reader must be told here what this stands for: at its first use, where no text before says it."""
        key = _key(short)
        asked = key in self._unexplained
        self._unexplained.discard(key)
        return asked

    def is_pointed_to(self, number: int) -> bool:
        """Whether the text refers to this note, so that there is a way back."""
        return number in self._pointed_to


def minutes(article: Article) -> tuple[int, int]:
    """Minutes to read and to listen, at least 1: 300 and 240 Chinese characters, 180 and 150 other words a minute."""
    text = f"{article.title}\n{body_text(article.blocks)}"
    characters, words = len(_HAN.findall(text)), len(_WORD.findall(text))
    return max(1, round(characters / 300 + words / 180)), max(1, round(characters / 240 + words / 150))


def runs_right_to_left(inlines: Inlines) -> bool:
    """Whether some of the text is written from right to left, so that its direction must be found by itself."""
    text = plain(inlines)
    return not text.isascii() and any(unicodedata.bidirectional(letter) in ("R", "AL") for letter in text)


def is_language_tag(tag: str) -> bool:
    """Whether a tag has the shape of BCP 47, so that a `lang` attribute may carry it."""
    return _LANGUAGE_TAG.fullmatch(tag) is not None


def _contents(headings: list[Heading]) -> tuple[Entry, ...]:
    """Levels without a gap: a heading is one below the nearest heading before it that stands above it."""
    entries: list[Entry] = []
    above: list[int] = []
    for heading in headings:
        text = plain(heading.inlines).strip()
        if not text:
            continue
        while above and above[-1] >= heading.level:
            above.pop()
        above.append(heading.level)
        entries.append(Entry(id=f"h{len(entries) + 1}", level=min(len(above) + 1, 6), text=text))
    return tuple(entries)


def _unexplained(article: Article) -> set[tuple[str, str]]:
    """The abbreviations whose expansion stands neither before their first use nor in the same passage."""
    said, met, wanted = "", set[tuple[str, str]](), set[tuple[str, str]]()
    for passage in passages(article):
        said += passage.text.casefold()
        for short in _abbreviations(passage.inlines):
            key = _key(short)
            if key not in met and short.expansion.casefold() not in said:
                wanted.add(key)
            met.add(key)
    return wanted


def _abbreviations(inlines: Inlines) -> Iterator[Abbreviation]:
    for inline in inlines:
        if isinstance(inline, Abbreviation):
            yield inline
        yield from _abbreviations(getattr(inline, "inlines", ()))


def _key(short: Abbreviation) -> tuple[str, str]:
    return plain(short.inlines), short.expansion


def walk(blocks: Blocks) -> Iterator[Block | Note]:
    """Every block and note, in the order of the page."""
    for block in blocks:
        yield block
        match block:
            case ListBlock():
                for item in block.items:
                    yield from walk(item.blocks)
            case Quote():
                yield from walk(block.blocks)
            case Notes():
                for note in block.notes:
                    yield note
                    yield from walk(note.blocks)
            case _:
                pass


def _references(blocks: tuple[Block | Note, ...]) -> Iterator[str]:
    """The notes that the page's text points to by a link."""
    for block in blocks:
        for inlines in _lines(block):
            yield from _names(inlines)


def _lines(block: Block | Note) -> Iterator[Inlines]:
    match block:
        case Heading(inlines=line) | Paragraph(inlines=line) | Figure(caption=line):
            if plain(line).strip():
                yield line
        case Table():
            if plain(block.caption).strip():
                yield block.caption
            for row in block.head + block.rows:
                yield from (cell.inlines for cell in row)
        case _:
            pass


def _names(inlines: Inlines) -> Iterator[str]:
    for inline in inlines:
        match inline:
            case NoteReference():
                yield inline.note
            case Text() | CodeSpan() | Ruby() | Break() | Link():
                pass
            case _:
                yield from _names(inline.inlines)
