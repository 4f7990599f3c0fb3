"""Trimming: what a site puts before, between and after the blocks of an article taken off again."""

import re
from typing import NamedTuple

from service.article import Block, Blocks, Figure, Heading, ListBlock, Media, Paragraph, Separator, Table, body_text
from service.inlines import Link, plain
from service.intake.credits import is_credits, read_credits
from service.intake.furniture import is_advert, is_idle, is_navigation, is_sharing, leads_elsewhere, opens_related
from service.intake.titles import bare

_HEAD = 12  # blocks in which the title and the credits are looked for
_SHORT = 160  # characters: a longer block is text of the article
_NEIGHBOUR = re.compile(r"\W*[上下]一[篇页頁首条條]")
_ATTACHMENT = re.compile(r"\.(?:docx?|xlsx?|pptx?|pdf|zip|rar|wps|et|ofd|7z|txt)\b", re.IGNORECASE)


class Trimmed(NamedTuple):
    """`lines` are the lines taken off that may hold credits, those before the body first."""

    blocks: Blocks
    lines: tuple[str, ...]


def trim(blocks: Blocks, title: str) -> Trimmed:
    """The blocks of the article itself."""
    lines: list[str] = []
    kept = _without_head(list(blocks), title, lines)
    kept = _without_next_article(kept)
    kept = _without_related(kept)
    kept = _without_tail(kept, lines)
    return Trimmed(tuple(kept), tuple(lines))


def _without_head(blocks: list[Block], title: str, lines: list[str]) -> list[Block]:
    """Off with all up to the title where it stands in the body, and with the credits that follow."""
    texts = [_line(block) for block in blocks[:_HEAD]]
    key = bare(title)
    start = 0
    for place, text in enumerate(texts):
        if (
            key
            and len(text) <= 4 * len(key) + _SHORT
            and bare(text) == key
            and (place == 0 or isinstance(blocks[place], Heading))
            and all(len(other) <= _SHORT for other in texts[:place])
        ):
            start = place + 1
    end = start
    for place in range(start, len(texts)):
        text = texts[place]
        if not isinstance(blocks[place], Paragraph | Heading | ListBlock) or not text:
            continue
        if _NEIGHBOUR.match(text):
            break
        if is_credits(text) or is_navigation(text) or not bare(text):
            end = place + 1
        elif len(text) > 80 or text[-1] in "。！？.!?”":
            break
    lines += [text for text in texts[:end] if text]
    return [block for block in blocks[:end] if isinstance(block, Figure | Table | Media)] + blocks[end:]


def _without_next_article(blocks: list[Block]) -> list[Block]:
    """Off with the next article of an endless page: it begins with a heading and credits with a date."""
    for place, block in enumerate(blocks):
        if place < 2 or not isinstance(block, Heading):
            continue
        for following in blocks[place + 1 : place + 5]:
            text = _line(following)
            if is_credits(text) and read_credits(text, chinese=True).published:
                return blocks[:place]
            if len(text) > 40:
                break
    return blocks


def _without_related(blocks: list[Block]) -> list[Block]:
    """Off with links to other articles, and advertisements, between the paragraphs."""
    kept: list[Block] = []
    related = False
    for block in blocks:
        text = _line(block)
        if isinstance(block, Paragraph | Heading) and opens_related(text):
            related = True
            continue
        share = linked_share(block)
        if related and (share > 0.7 or not text):
            if not isinstance(block, Figure | Table):
                continue
        elif text:
            related = False
        if isinstance(block, Paragraph | Heading | ListBlock) and (
            is_advert(text) or is_sharing(text) or (share > 0.5 and leads_elsewhere(text))
        ):
            continue
        kept.append(block)
    return kept


def _without_tail(blocks: list[Block], lines: list[str]) -> list[Block]:
    end = len(blocks)
    for place in range(max(1, end - 15), end):
        if _NEIGHBOUR.match(_line(blocks[place])) and all(len(_line(block)) <= 80 for block in blocks[place:]):
            end = place
            break
    while end:
        block, text = blocks[end - 1], _line(blocks[end - 1])
        if (
            isinstance(block, Separator | Heading)
            or (isinstance(block, Paragraph) and (is_navigation(text) or is_idle(text)))
        ) or (
            isinstance(block, ListBlock)
            and len(block.items) > 1
            and linked_share(block) > 0.9
            and not _ATTACHMENT.search(text)
        ):
            end -= 1
        else:
            break
    lines += [_line(block) for block in blocks[end:]]
    lines += [text for block in blocks[max(0, end - 4) : end] if len(text := _line(block)) <= 60]
    return blocks[:end]


def _line(block: Block) -> str:
    match block:
        case Paragraph() | Heading():
            return plain(block.inlines).strip()
        case ListBlock():
            return body_text((block,))
        case _:
            return ""


def linked_share(block: Block) -> float:
    """How much of a block's text stands in links."""
    if isinstance(block, ListBlock):
        shares = [linked_share(inner) for item in block.items for inner in item.blocks[:1]]
        return sum(shares) / len(shares) if shares else 0.0
    if not isinstance(block, Paragraph | Heading):
        return 0.0
    whole = len(plain(block.inlines).strip())
    return _linked(block.inlines) / whole if whole else 0.0


def _linked(inlines: tuple[object, ...]) -> int:
    total = 0
    for inline in inlines:
        if isinstance(inline, Link):
            total += len(plain(inline.inlines).strip())
        elif inner := getattr(inline, "inlines", None):
            total += _linked(inner)
    return total
