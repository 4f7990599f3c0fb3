"""Inlines: what stands within a line of an article, as frozen values, and its plain text."""

import msgspec


class Node(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What every block and inline is: an immutable, tagged value."""


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


class Abbreviation(Node, frozen=True, kw_only=True, tag="abbreviation"):
    """A short form of `expansion`, which is not part of the text: no offset counts it and no voice reads it."""

    expansion: str
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
    | Abbreviation
    | Break
    | NoteReference
    | SentenceSpan
)
Inlines = tuple[Inline, ...]


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
