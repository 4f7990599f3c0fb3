"""The article: a frozen tree of blocks and inlines, its plain text, and the id that follows from its content."""

import base64
import hashlib
from typing import Literal

import msgspec


class Node(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What every block and inline is: an immutable, tagged value."""


# Inlines


class Text(Node, frozen=True, kw_only=True, tag="text"):
    text: str


class Strong(Node, frozen=True, kw_only=True, tag="strong"):
    inlines: "tuple[Inline, ...]"


class Emphasis(Node, frozen=True, kw_only=True, tag="emphasis"):
    inlines: "tuple[Inline, ...]"


class Superscript(Node, frozen=True, kw_only=True, tag="superscript"):
    inlines: "tuple[Inline, ...]"


class Subscript(Node, frozen=True, kw_only=True, tag="subscript"):
    inlines: "tuple[Inline, ...]"


class Link(Node, frozen=True, kw_only=True, tag="link"):
    """`href` is absolute http(s), mailto, tel, or `#fragment`; nothing else enters the tree."""

    href: str
    inlines: "tuple[Inline, ...]"


class CodeSpan(Node, frozen=True, kw_only=True, tag="code-span"):
    text: str


class Ruby(Node, frozen=True, kw_only=True, tag="ruby"):
    """Base text with the reading printed above it (pinyin, zhuyin, furigana)."""

    base: str
    reading: str


class Foreign(Node, frozen=True, kw_only=True, tag="foreign"):
    """A passage in another language; `lang` is a BCP 47 tag."""

    lang: str
    inlines: "tuple[Inline, ...]"


class Verbatim(Node, frozen=True, kw_only=True, tag="verbatim"):
    """A passage that must stay as written: `translate="no"` or an editor's mark."""

    inlines: "tuple[Inline, ...]"


class Break(Node, frozen=True, kw_only=True, tag="break"):
    """A line break that carries meaning, as in a poem or an address."""


class NoteReference(Node, frozen=True, kw_only=True, tag="note-reference"):
    """Points to the `Note` with this id; `label` is what the source printed, such as `[3]`."""

    note: str
    label: str


class SentenceSpan(Node, frozen=True, kw_only=True, tag="sentence"):
    """Part of one sentence, put into the tree for a page and never stored.

    A sentence cut by a link has several spans with one `id`; `first` is true on the one that carries it.
    """

    id: str
    first: bool
    inlines: "tuple[Inline, ...]"


Inline = (
    Text
    | Strong
    | Emphasis
    | Superscript
    | Subscript
    | Link
    | CodeSpan
    | Ruby
    | Foreign
    | Verbatim
    | Break
    | NoteReference
    | SentenceSpan
)
Inlines = tuple[Inline, ...]


# Blocks


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


def plain(inlines: Inlines) -> str:
    """The characters of inlines, in order, without marks; a break is a newline, a note reference nothing."""
    parts: list[str] = []
    for inline in inlines:
        match inline:
            case Text(text=text) | CodeSpan(text=text) | Ruby(base=text):
                parts.append(text)
            case Break():
                parts.append("\n")
            case NoteReference():
                pass
            case _:
                parts.append(plain(inline.inlines))
    return "".join(parts)


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
