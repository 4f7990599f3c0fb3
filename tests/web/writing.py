"""Short ways of writing an article's tree down."""

from service.article import Cell, Heading, Paragraph
from service.inlines import Inline, Text


def text(words: str) -> tuple[Inline, ...]:
    return (Text(text=words),)


def p(*parts: Inline | str) -> Paragraph:
    return Paragraph(inlines=tuple(Text(text=part) if isinstance(part, str) else part for part in parts))


def h(level: int, words: str) -> Heading:
    return Heading(level=level, inlines=text(words))


def row(*cells: str, header: bool = False) -> tuple[Cell, ...]:
    return tuple(Cell(inlines=text(cell), header=header or place == 0) for place, cell in enumerate(cells))
