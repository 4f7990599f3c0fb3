"""Policies: which parts of an article are read, and what is said before those a listener could not tell apart."""

from collections.abc import Iterator
from typing import Literal

import msgspec

from service.article import Article, Blocks, Code, Figure, ListBlock, Media, Notes, Quote, Table
from service.text.passages import Kind, Passage

Silent = Literal["figure", "code", "media"]
"""Blocks without words to read: a figure that nobody described, program code, video or sound."""


class Phrases(msgspec.Struct, frozen=True):
    """What one language says: before a passage of a kind, and in place of a silent block.

    `{label}` is the number of an item or the header of a column; without one such a phrase is left out.
    """

    before: dict[Kind, str] = {}
    instead: dict[Silent, str] = {}


class Policy(msgspec.Struct, frozen=True, kw_only=True):
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


EVERYTHING = Policy(
    announce=frozenset({"image", "item", "cell", "note"}),
    mention=frozenset({"code"}),
)
"""All that is written, with the words that a listener needs to follow it."""

POLICIES: dict[str, Policy] = {
    "everything": EVERYTHING,
    "body": Policy(
        skip=frozenset({"image", "caption", "cell", "note"}),
        announce=frozenset({"item"}),
        addresses=False,
    ),
    "described": Policy(
        announce=frozenset({"image", "caption", "item", "cell", "note"}),
        mention=frozenset({"figure", "code", "media"}),
    ),
    "verbatim": Policy(),
}
"""`body` leaves out figures, tables and notes; `described` says also where something cannot be heard;
`verbatim` adds nothing to what is written."""

_PHRASES = {
    "zh-Hans": Phrases(
        {"image": "图片：", "caption": "说明：", "item": "{label}，", "cell": "{label}：", "note": "注："},
        {
            "figure": "此处有一张图片，没有文字说明。",
            "code": "此处有一段代码，略过。",
            "media": "此处有一段音视频，略过。",
        },
    ),
    "zh-Hant": Phrases(
        {"image": "圖片：", "caption": "說明：", "item": "{label}，", "cell": "{label}：", "note": "註："},
        {
            "figure": "此處有一張圖片，沒有文字說明。",
            "code": "此處有一段程式碼，略過。",
            "media": "此處有一段影音，略過。",
        },
    ),
    "en": Phrases(
        {"image": "Picture: ", "caption": "Caption: ", "item": "{label}. ", "cell": "{label}: ", "note": "Note: "},
        {
            "figure": "There is a picture without a description. ",
            "code": "Some program code is left out. ",
            "media": "A recording is left out. ",
        },
    ),
}


def phrases(language: str) -> Phrases:
    """The phrases for a BCP 47 language tag; Chinese where nothing fits better."""
    if language.startswith("zh-Hant"):
        return _PHRASES["zh-Hant"]
    return _PHRASES["en"] if language.startswith("en") else _PHRASES["zh-Hans"]


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
