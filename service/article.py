"""The article: a frozen tree of blocks, their text, and the id that follows from its content."""

import base64
import hashlib
from typing import Literal

import msgspec

from service.inlines import Inlines, Node, plain


class Heading(Node, frozen=True, kw_only=True, tag="heading"):
    """`level` is 2 to 6: the article's title is the page's only level 1."""

    level: int
    inlines: Inlines


class Paragraph(Node, frozen=True, kw_only=True, tag="paragraph"):
    inlines: Inlines


class Item(Node, frozen=True, kw_only=True):
    blocks: "tuple[Block, ...]"


class ListBlock(Node, frozen=True, kw_only=True, tag="list"):
    ordered: bool = False
    start: int = 1
    items: tuple[Item, ...]


class Quote(Node, frozen=True, kw_only=True, tag="quote"):
    blocks: "tuple[Block, ...]"


class Figure(Node, frozen=True, kw_only=True, tag="figure"):
    """`alt` is None where the source gives no description, "" where it says the image is decorative."""

    src: str
    alt: str | None = None
    caption: Inlines = ()


class Cell(Node, frozen=True, kw_only=True):
    inlines: Inlines = ()
    header: bool = False
    columns: int = 1
    rows: int = 1


class Table(Node, frozen=True, kw_only=True, tag="table"):
    """`head` and `rows` hold rows of cells; a spanned cell stands once, where it begins."""

    caption: Inlines = ()
    head: tuple[tuple[Cell, ...], ...] = ()
    rows: tuple[tuple[Cell, ...], ...] = ()


class Code(Node, frozen=True, kw_only=True, tag="code"):
    text: str
    language: str | None = None


class Media(Node, frozen=True, kw_only=True, tag="media"):
    kind: Literal["video", "audio", "embed"]
    src: str
    title: str | None = None


class Separator(Node, frozen=True, kw_only=True, tag="separator"):
    """A thematic break."""


class Note(Node, frozen=True, kw_only=True):
    id: str
    blocks: "tuple[Block, ...]"


class Notes(Node, frozen=True, kw_only=True, tag="notes"):
    """Footnotes, in the order in which the text points to them."""

    notes: tuple[Note, ...]


Block = Heading | Paragraph | ListBlock | Quote | Figure | Table | Code | Media | Separator | Notes
Blocks = tuple[Block, ...]


class Article(msgspec.Struct, frozen=True, kw_only=True):
    """One article, whatever it came from. Make it with `make_article`, which gives it its id.

    `published` is ISO 8601, as precise as the source: `2023-12-26` or `2023-12-26T10:10+08:00`.
    `language` is BCP 47 with the script for Chinese: `zh-Hans`, `zh-Hant-TW`, `en`.
    `kind` is `index` for a page that is a list of links and not an article, `form` for one that is there to be filled
    in at its source.
    """

    id: str
    source: str | None
    title: str
    byline: str | None
    site: str | None
    published: str | None
    language: str
    kind: Literal["article", "index", "form"]
    blocks: Blocks


def make_article(
    *,
    title: str,
    blocks: Blocks,
    source: str | None = None,
    byline: str | None = None,
    site: str | None = None,
    published: str | None = None,
    language: str = "zh-Hans",
    kind: Literal["article", "index", "form"] = "article",
) -> Article:
    """An article whose id is the first 26 characters of base32(sha256(its canonical JSON)), in lower case."""
    draft = Article(
        id="",
        source=source,
        title=title,
        byline=byline,
        site=site,
        published=published,
        language=language,
        kind=kind,
        blocks=blocks,
    )
    digest = hashlib.sha256(msgspec.json.encode(draft)).digest()
    return msgspec.structs.replace(draft, id=base64.b32encode(digest)[:26].decode().lower())


def body_text(blocks: Blocks) -> str:
    """The text of blocks apart by a blank line; list items and table rows one a line, cells apart by a tab."""
    return "\n\n".join(text for text in map(_block_text, blocks) if text)


def _block_text(block: Block) -> str:
    match block:
        case Heading() | Paragraph():
            return plain(block.inlines).strip()
        case ListBlock():
            return "\n".join(body_text(item.blocks) for item in block.items)
        case Quote():
            return body_text(block.blocks)
        case Figure():
            return plain(block.caption).strip()
        case Table():
            rows = ["\t".join(plain(cell.inlines).strip() for cell in row) for row in block.head + block.rows]
            return "\n".join(filter(None, [plain(block.caption).strip(), *rows]))
        case Code():
            return block.text
        case Notes():
            return "\n".join(body_text(note.blocks) for note in block.notes)
        case _:
            return ""
