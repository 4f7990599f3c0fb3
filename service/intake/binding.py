"""The blocks of a document bound to an article: its title found, its headings ranked, its language told."""

import re

import msgspec

from service.article import Article, Block, Blocks, Heading, Paragraph, body_text, make_article
from service.errors import EmptyDocument
from service.inlines import Strong, Text, plain
from service.intake.languages import language

_TITLE_CHARACTERS = 80
_HEADING_CHARACTERS = 40
_SAYS_NOTHING = re.compile(
    r"(microsoft word|powerpoint|untitled|document|title|slide|无标题|未命名|文档|新建|幻灯片)\b.*"
    r"|.*\.(docx?|wps|pdf|indd|rtf)",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[。！？；，,;.!?…]$")


def bound(
    blocks: Blocks,
    *,
    source: str | None,
    title: str | None = None,
    hint: str | None = None,
    name: str | None = None,
    byline: str | None = None,
    declared: str | None = None,
) -> Article:
    """The article made of `blocks`.

    Its title is `title` where that is known; else its first heading or the one above all others, `hint` (what a file
    says of itself, often nonsense), a short first paragraph, or the file's `name`. Heading levels become 2, 3, …
    without gaps. `declared` is the language that the document says it is in. Raises EmptyDocument where there is no
    text.
    """
    if not body_text(blocks).strip():
        raise EmptyDocument
    found, rest = _title(blocks, _line(title), _line(hint), name)
    if not body_text(rest).strip():  # a notice of one line is title and text
        rest = (Paragraph(inlines=(Text(text=found),)), *rest)
    rest = _with_bold_headings(rest)
    return make_article(
        title=found,
        blocks=_ranked(rest),
        source=source,
        byline=_line(byline) or None,
        language=language(declared, found + "\n" + body_text(rest)),
    )


def _title(blocks: Blocks, title: str, hint: str, name: str | None) -> tuple[str, Blocks]:
    if title:
        return title, _without(blocks, title)
    levels = [block.level for block in blocks if isinstance(block, Heading)]
    for place, block in enumerate(blocks[:5]):
        if isinstance(block, Heading) and (text := _text(block)):
            if place == 0 or (levels.count(min(levels)) == 1 and block.level == min(levels)):
                return text, blocks[:place] + blocks[place + 1 :]
            break
    if hint and not _SAYS_NOTHING.fullmatch(hint):
        return hint, _without(blocks, hint)
    first = _text(blocks[0])
    if 0 < len(first) <= _TITLE_CHARACTERS and len(blocks) > 1:
        return first, blocks[1:]
    if stem := _line((name or "").rpartition(".")[0]):
        return stem, blocks
    opening = _line(body_text(blocks).strip().partition("\n")[0])
    return re.split(r"(?<=[。！？])", opening)[0][:_TITLE_CHARACTERS], blocks


def _without(blocks: Blocks, title: str) -> Blocks:
    """`blocks` without the first of them where it only repeats the title."""
    place = next((place for place, block in enumerate(blocks[:5]) if _text(block) == title), None)
    return blocks if place is None else blocks[:place] + blocks[place + 1 :]


def _text(block: Block) -> str:
    return _line(plain(block.inlines)) if isinstance(block, Heading | Paragraph) else ""


def _line(text: str | None) -> str:
    """One line of it; what a file says of itself may hold half a character, a lone surrogate."""
    return " ".join((text or "").encode("utf-8", "ignore").decode().split())


def _with_bold_headings(blocks: Blocks) -> Blocks:
    """Short paragraphs wholly in bold are headings, where writers used no heading styles at all."""
    bold = [block for block in blocks if _is_bold_line(block)]
    if any(isinstance(block, Heading) for block in blocks) or len(bold) * 3 > len(blocks):
        return blocks
    return tuple(
        Heading(level=2, inlines=block.inlines[0].inlines)
        if isinstance(block, Paragraph) and isinstance(block.inlines[0], Strong) and _is_bold_line(block)
        else block
        for block in blocks
    )


def _is_bold_line(block: Block) -> bool:
    if not isinstance(block, Paragraph) or len(block.inlines) != 1 or not isinstance(block.inlines[0], Strong):
        return False
    text = _text(block)
    return 0 < len(text) <= _HEADING_CHARACTERS and not _SENTENCE_END.search(text)


def _ranked(blocks: Blocks) -> Blocks:
    levels = sorted({block.level for block in blocks if isinstance(block, Heading)})
    ranks = {level: min(rank, 6) for rank, level in enumerate(levels, 2)}
    return tuple(
        msgspec.structs.replace(block, level=ranks[block.level]) if isinstance(block, Heading) else block
        for block in blocks
    )
