"""Headings: those that a page only suggests, by bold type or by numbering, and an order of levels without gaps."""

import re

from service.article import Block, Blocks, Heading, Paragraph
from service.inlines import Break, Inlines, Strong, Text, plain

_DIGITS = "一二三四五六七八九十百"
_ENUMERATORS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"第[{_DIGITS}\d]+[章编編部篇](?=[\s\u3000:：、，,]|\S{{1,24}}$)",
        rf"第[{_DIGITS}\d]+[节節条條](?=[\s\u3000:：]|\S{{1,24}}$)",
        rf"第[{_DIGITS}]+[，,、：:]",
        rf"[{_DIGITS}]+[、．.]",
        rf"[（(][{_DIGITS}]+[）)]",
    )
)
_END = re.compile(r"[。；;，,、.…]$|[。；]")
_LONGEST = 40  # characters of a heading
_RUN_ON = re.compile(rf"(第[{_DIGITS}]+[，,、][^，。；：,;:]{{2,20}}?)(?=(?:一是|一要|首先[，,]))")


def enumerated(text: str) -> int | None:
    """Which kind of Chinese enumerator a line begins with (`第一章` 0, …, `（一）` 4), if it can be a heading."""
    if len(text) > _LONGEST or _END.search(text):
        return None
    return next((kind for kind, enumerator in enumerate(_ENUMERATORS) if enumerator.match(text)), None)


def split_run_on(text: str) -> tuple[str, str] | None:
    """`第一，抓好学习一是要…` as its heading and its paragraph."""
    found = _RUN_ON.match(text)
    return (found[1], text[found.end() :]) if found else None


def with_headings(blocks: Blocks) -> Blocks:
    """The same blocks with paragraphs that serve as headings made headings, and levels from 2 without gaps."""
    kinds: list[str | None] = [
        _kind(block, blocks[place + 1] if place + 1 < len(blocks) else None) for place, block in enumerate(blocks)
    ]
    for kind in {kind for kind in kinds if kind and kind[0] == "n"}:
        if kinds.count(kind) < 2:  # one number alone is no series
            kinds = [None if other == kind else other for other in kinds]
    return tuple(_levelled(blocks, kinds))


def _kind(block: Block, following: Block | None) -> str | None:
    """`h2` for a heading, `n3` for an enumerator, `s` for bold type."""
    match block:
        case Heading():
            return f"h{block.level}"
        case Paragraph() if (
            isinstance(following, Paragraph | Heading)
            or following is None
            or following.__class__.__name__ in ("ListBlock", "Table", "Figure", "Quote")
        ):
            text = plain(block.inlines).strip()
            number = enumerated(text)
            if number is not None and following is not None and not isinstance(following, Heading):
                return f"n{number}"
            if (
                _is_bold(block.inlines)
                and following is not None
                and 2 <= len(text) <= _LONGEST
                and not _END.search(text)
                and "\n" not in text
            ):
                return "s"
    return None


def _is_bold(inlines: Inlines) -> bool:
    """Whether every letter is in bold type."""
    strong = False
    for inline in inlines:
        match inline:
            case Strong():
                strong = True
            case Text(text=text) if not any(map(str.isalnum, text)):
                pass
            case Break():
                pass
            case _:
                return False
    return strong


def _levelled(blocks: Blocks, kinds: list[str | None]) -> list[Block]:
    """A level for each kind, outermost first: a heading goes under the nearest of another kind that it first stood under."""
    real = sorted({kind for kind in kinds if kind and kind[0] == "h"})
    numbered = sorted({kind for kind in kinds if kind and kind[0] == "n"})
    order = [*real, *numbered, *(["s"] if "s" in kinds else [])]
    levelled: list[Block] = []
    open_kinds: list[str] = []
    for block, kind in zip(blocks, kinds, strict=True):
        if kind is None:
            levelled.append(block)
            continue
        while open_kinds and order.index(open_kinds[-1]) >= order.index(kind):
            open_kinds.pop()
        open_kinds.append(kind)
        inlines = block.inlines if isinstance(block, Heading | Paragraph) else ()
        if kind == "s":
            inlines = tuple(
                part for inline in inlines for part in (inline.inlines if isinstance(inline, Strong) else (inline,))
            )
        levelled.append(Heading(level=min(len(open_kinds) + 1, 6), inlines=inlines))
    return levelled
