"""An article as Markdown (CommonMark, with GitHub's tables and footnotes)."""

import re

from service.article import (
    Article,
    Block,
    Blocks,
    Code,
    Figure,
    Heading,
    ListBlock,
    Media,
    Notes,
    Paragraph,
    Quote,
    Separator,
    Table,
)
from service.inlines import Break, CodeSpan, Emphasis, Inline, Inlines, Link, NoteReference, Ruby, Strong, Text

_SPECIAL = re.compile(r"([\\`*_\[\]<>]|~(?=~)|(?<=~)~|&(?=#?\w+;))")
_LINE_START = re.compile(r"^(\s*)(\d+(?=[.)])|)([#+\-=.)])", re.MULTILINE)


def markdown(article: Article) -> str:
    """Title, source and date, then the body. What Markdown has no mark for is written as its text."""
    facts = " · ".join(fact for fact in (article.site, article.byline, article.published) if fact)
    return (
        "\n\n".join(part for part in (f"# {_text(article.title)}", _text(facts), _blocks(article.blocks)) if part)
        + "\n"
    )


def _blocks(blocks: Blocks) -> str:
    return "\n\n".join(text for text in map(_block, blocks) if text)


def _block(block: Block) -> str:
    match block:
        case Heading():
            return f"{'#' * block.level} {_inlines(block.inlines).strip()}"
        case Paragraph():
            return _LINE_START.sub(r"\1\2\\\3", _inlines(block.inlines).strip())
        case ListBlock():
            return "\n".join(
                _indented(f"{block.start + place}. " if block.ordered else "- ", _blocks(item.blocks))
                for place, item in enumerate(block.items)
            )
        case Quote():
            return "\n".join(f"> {line}".rstrip() for line in _blocks(block.blocks).split("\n"))
        case Figure():
            image = f"![{_text(block.alt or '')}](<{block.src}>)"
            return "\n\n".join(filter(None, [image, _inlines(block.caption).strip()]))
        case Table():
            return _table(block)
        case Code():
            fence = "`" * max(3, *(len(run) + 1 for run in re.findall("`+", block.text)), 3)
            return f"{fence}{block.language or ''}\n{block.text}\n{fence}"
        case Media():
            return f"[{_text(block.title or block.kind)}](<{block.src}>)"
        case Separator():
            return "---"
        case Notes():
            return "\n".join(_indented(f"[^{note.id}]: ", _blocks(note.blocks), "    ") for note in block.notes)


def _table(table: Table) -> str:
    rows = [*table.head, *table.rows]
    width = max((sum(cell.columns for cell in row) for row in rows), default=0)
    lines = []
    for row in rows:
        cells = [text for cell in row for text in (_cell(cell.inlines), *[""] * (cell.columns - 1))]
        lines.append("| " + " | ".join(cells + [""] * (width - len(cells))) + " |")
    if not lines:
        return ""
    heads = len(table.head[:1])
    if not heads:
        lines.insert(0, "|" + "  |" * width)
    lines.insert(1, "|" + " --- |" * width)
    caption = _inlines(table.caption).strip()
    return "\n\n".join(filter(None, [caption, "\n".join(lines)]))


def _cell(inlines: Inlines) -> str:
    return _inlines(inlines).strip().replace("\\\n", " ").replace("\n", " ").replace("|", "\\|")


def _indented(mark: str, text: str, indent: str = "") -> str:
    space = indent or " " * len(mark)
    return mark + f"\n{space}".join(text.split("\n"))


def _inlines(inlines: Inlines) -> str:
    return "".join(map(_inline, inlines))


def _inline(inline: Inline) -> str:
    match inline:
        case Text():
            return _text(inline.text)
        case Strong():
            return _wrapped("**", _inlines(inline.inlines))
        case Emphasis():
            return _wrapped("*", _inlines(inline.inlines))
        case Link():
            return f"[{_inlines(inline.inlines)}](<{inline.href}>)"
        case CodeSpan():
            fence = "`" * max(1, *(len(run) + 1 for run in re.findall("`+", inline.text)), 1)
            return f"{fence}{inline.text}{fence}"
        case Ruby():
            return f"{_text(inline.base)}（{_text(inline.reading)}）"
        case Break():
            return "\\\n"
        case NoteReference():
            return f"[^{inline.note}]"
        case _:
            return _inlines(inline.inlines)


def _wrapped(mark: str, text: str) -> str:
    """Marks stand against the text itself: `** text **` would not be bold."""
    inner = text.strip()
    if not inner:
        return text
    start = text.index(inner)
    return f"{text[:start]}{mark}{inner}{mark}{text[start + len(inner) :]}"


def _text(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text)
