"""Policies: which parts of an article are read, and what is said before those a listener could not tell apart."""

import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any, Literal

import msgspec

from service.article import Article, Blocks, Code, Figure, ListBlock, Media, Notes, Quote, Table
from service.text.passages import Kind, Passage

Silent = Literal["figure", "code", "media"]
"""Blocks without words to read: a figure that nobody described, program code, video or sound."""


class Phrases(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What one language says: before a passage of a kind, and in place of a silent block.

    `{label}` is the number of an item or the header of a column; without one such a phrase is left out.
    """

    before: dict[Kind, str] = {}
    instead: dict[Silent, str] = {}


class Policy(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`skip` names the kinds of passages not read; `announce` and `mention` the phrases that are said.

    Without `addresses` those of pages and mailboxes are only mentioned.
    """

    skip: frozenset[Kind] = frozenset()
    announce: frozenset[Kind] = frozenset()
    mention: frozenset[Silent] = frozenset()
    addresses: bool = True

    def announcement(self, passage: Passage, language: str) -> str:
        """What is said before the first sentence of `passage`."""
        phrase = phrases(language).before.get(passage.kind, "") if passage.kind in self.announce else ""
        return "" if "{label}" in phrase and not passage.label else phrase.format(label=passage.label)

    def mentions(self, article: Article) -> dict[int, str]:
        """What is said before passage n because a silent block stands before it."""
        said: dict[int, str] = {}
        for number, kind in _silences(article.blocks, _Count(1)):
            if kind in self.mention:
                said[number] = said.get(number, "") + phrases(article.language).instead[kind]
        return said


@cache
def policies() -> dict[str, Policy]:
    """The presets of `data/policies.toml` by their names; `everything` is the one that counts where none is named."""
    return msgspec.convert(_data()["policy"], dict[str, Policy])


def phrases(language: str) -> Phrases:
    """The phrases for a BCP 47 language tag; Chinese where nothing fits better."""
    if language.startswith("zh-Hant"):
        return _phrases()["zh-Hant"]
    return _phrases()["en"] if language.startswith("en") else _phrases()["zh-Hans"]


@cache
def _phrases() -> dict[str, Phrases]:
    return msgspec.convert(_data()["phrases"], dict[str, Phrases])


def _data() -> dict[str, Any]:
    return tomllib.loads((files("service.text") / "data" / "policies.toml").read_text("utf-8"))


class _Count:
    """The number of the next passage, as `service.text.passages` counts them."""

    def __init__(self, number: int) -> None:
        self.number = number


def _silences(blocks: Blocks, count: _Count) -> Iterator[tuple[int, Silent]]:
    for block in blocks:
        match block:
            case Code():
                yield count.number, "code"
            case Media():
                yield count.number, "media"
            case Figure():
                if block.alt is None and not block.caption:
                    yield count.number, "figure"
                count.number += bool(block.alt) + bool(block.caption)
            case Quote():
                yield from _silences(block.blocks, count)
            case ListBlock():
                for item in block.items:
                    yield from _silences(item.blocks, count)
            case Notes():
                for note in block.notes:
                    yield from _silences(note.blocks, count)
            case Table():
                count.number += bool(block.caption) + sum(len(row) for row in block.head + block.rows)
            case _:
                count.number += hasattr(block, "inlines")
