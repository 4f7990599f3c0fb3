"""Elements: the links, lists, tables, images and captions of a page's right answer, and those that an extractor kept.

The right answers of the corpus are text alone. An element belongs to one when its own text stands in it and the element
lies between its first and its last passage; so does an image there unless the text around it does not.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from lxml import etree
from lxml.etree import _Element as Element

from service.article import Figure, ListBlock, Table, body_text
from service.inlines import Link, Node, plain
from service.intake.titles import bare

_PASSAGES = "p li td th h1 h2 h3 h4 h5 h6 blockquote figcaption pre dd div section".split()
_UNSEEN = frozenset(["script", "style", "noscript", "template", "nav", "footer", "aside", "form"])
_LONG = 20  # letters: a shorter passage may stand in an answer by chance
_MUCH = 400  # characters: a part of the page with more text than this is not about one image
_ICON = 64  # pixels
_CAPTION = re.compile(r"(?:^|[\s_-])(?:caption|figcaption|wp-caption-text)(?:[\s_-]|$)", re.IGNORECASE)
_LAZY = ("data-src", "data-original", "data-lazy-src", "data-actualsrc", "data-lazyload", "src")
_PLACEHOLDER = re.compile(r"^data:|blank|spacer|pixel|loading|grey\.|transparent|lazy", re.IGNORECASE)

Texts = tuple[str, ...]


class Elements(NamedTuple):
    """Bare texts: a list's of its items, a table's of its cells, an image's of its file name and its alternative."""

    links: list[Texts]
    lists: list[Texts]
    tables: list[Texts]
    images: list[Texts]
    captions: list[Texts]


def right_elements(html: str, answer: str) -> Elements:
    """What of a page's elements the right answer has."""
    text = bare(answer)

    def stands(element: Element, least: int = 1) -> bool:
        own = bare(_text(element))
        return len(own) >= least and own in text

    shown = list(_shown(_tree(html)))
    passages = {element for element in shown if element.tag in _PASSAGES and stands(element, _LONG)}
    places = [place for place, element in enumerate(shown) if element in passages]
    between = shown[places[0] : places[-1] + sum(1 for _ in shown[places[-1]].iter())] if places else []
    found = Elements([], [], [], [], [])
    for element in between:
        tag = element.tag
        if tag == "a" and stands(element) and element.get("href", "").startswith(("http", "/", ".")):
            if _passage(element) in passages and next(element.iterdescendants(*_PASSAGES), None) is None:
                found.links.append((bare(_text(element)),))
        elif tag in ("ul", "ol"):
            items = _texts(element.iterchildren("li"))
            if len(items) > 1 and sum(map(len, items)) >= _LONG and _mostly(items, lambda item: item in text):
                found.lists.append(items)
        elif tag == "table" and element.find(".//table") is None:
            cells = _texts(element.iter("td", "th"))
            rows = [len(_texts(row.iterchildren("td", "th"))) for row in element.iter("tr")]
            if sum(filled > 1 for filled in rows) > 1 and _mostly(cells, lambda cell: cell in text):
                found.tables.append(cells)
        elif tag == "img" and (image := _image(element)):
            around = _around(element)
            if stands(around) or len(_text(around)) > _MUCH:
                found.images.append(image)
        elif _is_caption(element) and stands(element, 4):
            found.captions.append((bare(_text(element)),))
    return found


def html_elements(html: str) -> Elements:
    """What of them stands in an extractor's HTML."""
    found = Elements([], [], [], [], [])
    for element in _tree(html).iter() if html.strip() else ():
        match element.tag:
            case "a":
                found.links.append((bare(_text(element)),))
            case "ul" | "ol":
                found.lists.append(_texts(element.iterchildren("li")))
            case "table":
                found.tables.append(_texts(element.iter("td", "th")))
            case "img" if image := _image(element):
                found.images.append(image)
            case _ if _is_caption(element):
                found.captions.append((bare(_text(element)),))
    return found


def article_elements(blocks: object) -> Elements:
    """What of them stands in an article's tree."""
    found = Elements([], [], [], [], [])
    for node in _nodes(blocks):
        match node:
            case Link(inlines=inlines):
                found.links.append((bare(plain(inlines)),))
            case ListBlock(items=items):
                found.lists.append(tuple(bare(body_text(item.blocks)) for item in items))
            case Table(caption=caption, head=head, rows=rows):
                found.tables.append(tuple(bare(plain(cell.inlines)) for row in head + rows for cell in row))
                found.captions.append((bare(plain(caption)),))
            case Figure(src=src, alt=alt, caption=caption):
                found.images.append((_file(src), bare(alt or "")))
                found.captions.append((bare(plain(caption)),))
            case _:
                pass
    return found


def kept(right: Elements, found: Elements) -> dict[str, list[bool]]:
    """For each kind, which of the right answer's elements were found: lists and tables with nine tenths of their texts."""
    items = {item for one in found.lists for item in one}
    captions = [caption for (caption,) in found.captions]
    return {
        "tables": [any(_mostly(one, set(other).__contains__) for other in found.tables) for one in right.tables],
        "images": [image in found.images for image in right.images],
        "captions": [any(caption in other for other in captions) for (caption,) in right.captions],
        "links": [any(link in other for (other,) in found.links) for (link,) in right.links],
        "lists": [_mostly(one, items.__contains__) for one in right.lists],
    }


def _tree(html: str) -> Element:
    root = etree.fromstring(html.encode(), etree.HTMLParser(encoding="utf-8", remove_comments=True, huge_tree=True))
    etree.strip_elements(root, "script", "style", with_tail=False)
    return root


def _shown(element: Element) -> Iterator[Element]:
    if element.tag not in _UNSEEN and "display:none" not in element.get("style", "").replace(" ", ""):
        yield element
        for child in element:
            yield from _shown(child)


def _passage(element: Element) -> Element | None:
    return next((around for around in element.iterancestors() if around.tag in _PASSAGES), None)


def _around(image: Element) -> Element:
    """The nearest element around an image that has any text."""
    return next((around for around in image.iterancestors() if _text(around).strip()), image)


def _is_caption(element: Element) -> bool:
    return element.tag in ("figcaption", "caption") or bool(_CAPTION.search(element.get("class", "")))


def _image(element: Element) -> Texts | None:
    sizes = [
        int(size) for name in ("width", "height") if (size := element.get(name, "").removesuffix("px")).isdecimal()
    ]
    sources = [value for name in _LAZY if (value := element.get(name)) and not _PLACEHOLDER.search(value)]
    return (_file(sources[0]), bare(element.get("alt", ""))) if sources and min(sizes, default=_ICON) >= _ICON else None


def _file(src: str) -> str:
    parts = urlsplit(src.strip())
    return unquote(parts.path.rpartition("/")[2] + parts.query)


def _text(element: Element) -> str:
    return "".join(str(part) for part in element.itertext())


def _texts(elements: Iterable[Element]) -> Texts:
    return tuple(text for element in elements if (text := bare(_text(element))))


def _mostly(texts: Texts, test: Callable[[str], bool]) -> bool:
    return sum(map(test, texts)) >= 0.9 * len(texts)


def _nodes(value: object) -> Iterator[Node]:
    if isinstance(value, tuple):
        for inner in value:
            yield from _nodes(inner)
    elif isinstance(value, Node):
        yield value
        for name in value.__struct_fields__:
            yield from _nodes(getattr(value, name))
