"""Regions: the elements of a page with what each is worth as part of an article, and the one that is the article."""

import re
from dataclasses import dataclass, field

from lxml.etree import _Element as Element

from service.intake.vocabulary import ASIDE_TAGS, BLOCK, BODY_WORDS, FURNITURE, HEADINGS, words

_STOPS = re.compile(r"[。！？；，、…]|[.!?,;:](?=\s|[\"'”’)]|$)")
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_LABEL = 8.0  # a run shorter than this without any punctuation is a label


@dataclass(slots=True, eq=False)
class Region:
    """A block element. `own` is the worth of its own runs of text, `worth` that of its whole subtree.

    The unit is one Chinese character of prose, or three letters.
    """

    element: Element
    words: set[str]
    order: int
    parent: "Region | None" = None
    children: "list[Region]" = field(default_factory=list)
    own: float = 0.0
    worth: float = 0.0
    size: float = 0.0
    prose: float = 0.0
    linked: float = 0.0
    furniture: bool = False
    hidden: bool = False


class Survey:
    """One walk over a page: every block element becomes a Region, every run of text between them is weighed."""

    def __init__(self, root: Element) -> None:
        self.regions: list[Region] = []
        self._text: list[str] = []
        self._links: list[str] = []
        self._images = 0
        self.root = self._visit(root, None)
        self._settle()

    def sample(self, region: Region) -> str:
        """Enough of a region's text to tell its language."""
        return "".join(region.element.itertext())[:20_000]

    def left_out(self, region: Region) -> set[Element]:
        """The elements within a region that are not part of the article."""
        out: set[Element] = set()
        stack = [region]
        while stack:
            for child in stack.pop().children:
                if child.furniture:
                    out.add(child.element)
                else:
                    stack.append(child)
        return out

    def _visit(self, element: Element, parent: Region | None) -> Region:
        get = element.get
        names = words(get("class"), get("id"))
        region = Region(element, names, len(self.regions), parent)
        style = get("style")
        region.hidden = get("hidden") is not None or bool(style and _HIDDEN.search(style))
        tag = element.tag
        region.furniture = tag in ASIDE_TAGS or (
            tag not in ("html", "body", "main", "article") and not FURNITURE.isdisjoint(names)
        )
        self.regions.append(region)
        if parent is not None:
            parent.children.append(region)
        self._content(element, region, False)
        self._flush(region)
        return region

    def _content(self, element: Element, region: Region, linked: bool) -> None:
        into = self._links if linked else self._text
        if element.text:
            into.append(element.text)
        for child in element:
            tag = child.tag
            if tag in BLOCK:
                self._flush(region)
                self._visit(child, region)
            elif tag == "br":
                self._flush(region)
            elif tag == "img":
                self._images += 1
            else:
                self._content(child, region, linked or tag == "a")
            if child.tail:
                into.append(child.tail)

    def _flush(self, region: Region) -> None:
        if not self._text and not self._links:
            return
        text, links = "".join(self._text).strip(), "".join(self._links).strip()
        self._text.clear()
        self._links.clear()
        prose, linked = len(text.encode()) / 3, len(links.encode()) / 3
        size = prose + linked
        if not size:
            return
        region.size += size
        region.linked += linked
        stops = len(_STOPS.findall(text)) + len(_STOPS.findall(links)) * (linked < prose)
        if linked > prose:
            region.own -= 3 + linked * 0.4
        elif region.element.tag in HEADINGS:
            region.own += 0.0
        elif stops:
            region.prose += prose
            region.own += prose - linked
        elif size >= _LABEL:
            region.own += 0.5 * (prose - linked)
        else:
            region.own -= 1.0

    def _settle(self) -> None:
        for region in reversed(self.regions):
            if region.parent is not None and not region.hidden:
                region.parent.prose += region.prose
        for region in self.regions:
            if region.prose > 0.4 * self.root.prose or len(region.words) > 12:
                region.furniture = False
        for region in reversed(self.regions):
            worth = region.own
            for child in region.children:
                if not child.hidden:
                    region.size += child.size
                    region.linked += child.linked
                    worth += min(child.worth, 0.0) if child.furniture else child.worth
            region.worth = worth


def body(survey: Survey) -> Region:
    """The region that is worth most; of equals the innermost."""
    best = survey.root
    stack = [survey.root]
    while stack:
        region = stack.pop()
        if region.worth * _merit(region) >= best.worth * _merit(best):
            best = region
        stack.extend(child for child in reversed(region.children) if not child.hidden and not child.furniture)
    return best


def _merit(region: Region) -> float:
    merit = 1.0
    if region.element.tag == "article" or region.element.get("itemprop") == "articleBody":
        merit += 0.1
    if not BODY_WORDS.isdisjoint(region.words):
        merit += 0.1
    return merit
