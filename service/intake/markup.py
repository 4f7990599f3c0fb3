"""Markup: hostile HTML text to a tree of bounded depth that holds nothing but elements an article can be made of."""

import itertools
import re

from lxml import etree
from lxml.etree import _Element as Element

from service.errors import NoArticle, TooManyElements

DEPTH = 100  # elements deep: the readers of the tree are recursive
TAGS = 150_000  # of a page: a book of 20,000 paragraphs has 40,000, and ten times as many take several seconds
ATTRIBUTES = 60  # of one tag: libxml2's time is quadratic in them

_CONTROLS = bytes({*range(0x20), 0x7F} - set(b"\t\n\f\r"))
# Of a tag: quotation marks after a `=` hold even a `>`; elsewhere they are characters as any other.
_VALUE = r"=\s*+(?:\"[^\"]*+(?:\"|\Z)|'[^']*+(?:'|\Z)|(?![\"']))"
_REST = rf"(?:[^>=]++|{_VALUE})*+"
_MANY_VALUES = re.compile(rf"<[a-zA-Z](?:[^>=]*+{_VALUE}){{12}}{_REST}")
_LONG = 600  # characters of a tag that may have too many without a value
_ATTRIBUTE = re.compile(r"""[^\s/>=][^\s/>=]*+(?:\s*+=\s*+(?:"[^"]*+"?|'[^']*+'?|[^\s>]++))?""")
_TAG = re.compile(rf"<(/?)([a-zA-Z][^\s/>]*+){_REST}>?")
_SCRIPTS = re.compile(r"(<(?:script|style)\b[^<]*+(?:<(?!/(?:script|style)\b)[^<]*+)*+)", re.IGNORECASE)
_RAW = re.compile(r"<!--.*?(?:-->|\Z)|<(script|style|textarea|iframe)\b.*?(?:</\1|\Z)", re.IGNORECASE | re.DOTALL)
_VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"]
)
_CLOSED_BY_NEXT = frozenset(["p", "li", "td", "th", "tr", "dt", "dd", "option"])
_METADATA = frozenset(["base", "link", "meta", "noscript", "script", "style", "template", "title"])
_NEVER_READ = (
    "script",
    "style",
    "template",
    "svg",
    "canvas",
    "object",
    "applet",
    "select",
    "input",
    "textarea",
    "dialog",
    "frameset",
    "map",
)


def parse(html: str) -> Element:
    """The tree of an HTML text, never deeper than `DEPTH`. Scripts, styles and the like stay in the tree until `prune`.

    Raises NoArticle where there is no element at all, TooManyElements.
    """
    if html.count("<") > TAGS:
        raise TooManyElements
    html = _with_bounded_tags(html)
    root, whole = _tree(html, huge=False)
    if not whole:
        root, _ = _tree(_flattened(_RAW.sub(" <", html)), huge=True)
    if root is None:
        raise NoArticle
    _close_head(root)
    return root


def prune(root: Element) -> None:
    """Take out, in place, what is never read: scripts, styles, form controls, drawings."""
    etree.strip_elements(root, *_NEVER_READ, with_tail=False)


def _tree(html: str, *, huge: bool) -> tuple[Element | None, bool]:
    """The tree, and whether all of the text is in it: libxml2 stops where a limit of its own is passed."""
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=huge)
    try:
        root = etree.fromstring(html.encode("utf-8", "ignore").translate(None, _CONTROLS), parser)
    except etree.XMLSyntaxError:
        root = None
    last = parser.error_log.last_error
    return root, last is None or last.type_name not in ("ERR_RESOURCE_LIMIT", "ERR_NAME_TOO_LONG")


def _close_head(root: Element) -> None:
    """Move what is no metadata from the head into the body, where libxml2, which knows no `article`, left it."""
    head, body = root.find("head"), root.find("body")
    if head is None:
        return
    strays = list(itertools.dropwhile(lambda child: child.tag in _METADATA, head))
    if strays:
        if body is None:
            body = etree.SubElement(root, "body")
        for place, stray in enumerate(strays):
            body.insert(place, stray)


def _with_bounded_tags(html: str) -> str:
    """The same markup with no more than `ATTRIBUTES` in a tag."""
    parts = _SCRIPTS.split(html)
    parts[::2] = (_MANY_VALUES.sub(lambda tag: _bounded(tag[0]), part) for part in parts[::2])
    pieces = "".join(parts).split("<")
    for place, piece in enumerate(pieces):
        if len(piece) > _LONG and piece[0].isalpha() and piece.find(">", 0, _LONG) < 0:
            tag, end, rest = piece.partition(">")
            pieces[place] = _bounded(tag) + end + rest
    return "<".join(pieces)


def _bounded(tag: str) -> str:
    name, *attributes = _ATTRIBUTE.findall(tag) or [""]
    return tag if len(attributes) <= ATTRIBUTES else " ".join([name, *attributes[:ATTRIBUTES]])


def _flattened(html: str) -> str:
    """The same markup without the tags that stand deeper than `DEPTH`: their text moves up."""
    open_tags: list[str] = []
    dropped: dict[str, int] = {}

    def keep(tag: re.Match[str]) -> str:
        closing, name = tag[1], tag[2].lower()
        if name in _VOID:
            return tag[0]
        if not closing:
            if name in _CLOSED_BY_NEXT and open_tags[-1:] == [name]:
                return tag[0]
            if len(open_tags) >= DEPTH - 10:
                dropped[name] = dropped.get(name, 0) + 1
                return "\n"
            open_tags.append(name)
            return tag[0]
        if dropped.get(name):
            dropped[name] -= 1
            return "\n"
        if name in open_tags:
            while open_tags.pop() != name:
                pass
        return tag[0]

    return _TAG.sub(keep, html)
