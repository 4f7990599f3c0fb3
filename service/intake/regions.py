"""Regions: the block elements of a page, and what each is worth as part of an article."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml.etree import _Element as Element

from service.intake.vocabulary import (
    ASIDE_TAGS,
    BLOCK,
    FURNITURE,
    HEADINGS,
    TITLE_WORDS,
    hidden,
    names_body,
    text_of,
    words,
)

_STOPS = re.compile(r"[。！？；，、…]|[.!?,;:](?=\s|[\"'”’)]|$)")
_FULL = 40.0  # a shorter passage counts for less than it is long
_LABEL = 8.0  # a run shorter than this without any punctuation is a label
_MANY_WORDS = 12  # of a class: settings of a framework, which say nothing of this element
_HEADING = 120.0  # a title is shorter than this
_BEFORE = 6  # regions before the title that may hold credits
_TAIL = 12  # lines after a body that may hold its date
_LINES = 60  # that are looked through for credits


@dataclass(slots=True, eq=False)
class Region:
    """A block element. Weights are in Chinese characters, or three letters each.

    `prose` is the text of runs with punctuation, `worth` what the region is worth as part of an article:
    prose for it, links and labels against it. `named`: the page itself calls it the body of an article. `parent` is the
    order of the region around it: regions that held each other would stay in memory, and their page with them.
    """

    element: Element
    words: frozenset[str]
    named: bool
    order: int
    parent: int | None
    children: "list[Region]" = field(default_factory=list)
    own: float = 0.0
    worth: float = 0.0
    own_prose: float = 0.0
    prose: float = 0.0
    passages: int = 0
    links: int = 0
    furniture: bool = False
    cards: bool = False
    hidden: bool = False


class Survey:
    """One walk over a page: every block element becomes a Region, every run of text between them is weighed."""

    def __init__(self, root: Element) -> None:
        self.regions: list[Region] = []
        self.headings: list[tuple[Region, str]] = []
        self.lines: list[tuple[int, str]] = []  # short runs of text, with the order of their region
        self._names: dict[tuple[str | None, str | None], tuple[frozenset[str], bool]] = {}
        self._text: list[str] = []
        self._linked = 0.0
        self.root = self._visit(root, None, False)
        self._settle()

    def upwards(self, region: Region | None) -> Iterator[Region]:
        """A region and then those around it, from the inside."""
        while region is not None:
            yield region
            region = None if region.parent is None else self.regions[region.parent]

    def sample(self, region: Region) -> str:
        """Enough of a region's text to tell its language."""
        text = text_of(region.element)
        for code in region.element.iter("pre"):  # is in no language that people speak
            text = text.replace(text_of(code), " ")
        return text[:20_000]

    def between(self, title: Region | None, body: Region) -> list[str]:
        """The lines from shortly before the title to the body, where credits stand."""
        start = (title.order if title is not None else body.order) - _BEFORE
        lines = [line for order, line in self.lines if start <= order < body.order]
        return lines[:_LINES]

    def after(self, body: Region) -> list[str]:
        """The lines that follow the body, where some sites put its date."""
        last = body.order
        inside = [body]
        while inside:
            region = inside.pop()
            last = max(last, region.order)
            inside += region.children
        return [line for order, line in self.lines if order > last][:_TAIL]

    def left_out(self, region: Region, *, cards: bool = True) -> set[Element]:
        """The elements within a region that are not part of the article."""
        out: set[Element] = set()
        stack = [region]
        while stack:
            for child in stack.pop().children:
                if child.furniture or (cards and child.cards):
                    out.add(child.element)
                else:
                    stack.append(child)
        return out

    def _visit(self, element: Element, parent: Region | None, cell: bool) -> Region:
        names, named = self._names_of(element)
        tag = element.tag
        named = named or tag == "article" or element.get("itemprop") == "articleBody"
        region = Region(element, names, named, len(self.regions), None if parent is None else parent.order)
        region.hidden = hidden(element)
        region.furniture = tag in ASIDE_TAGS or (
            tag not in ("html", "body", "main", "article")
            and not FURNITURE.isdisjoint(names)
            and len(names) <= _MANY_WORDS
        )
        self.regions.append(region)
        if parent is not None:
            parent.children.append(region)
        cell = cell or tag in ("td", "th")
        self._content(element, region, False, cell)
        self._flush(region, cell)
        return region

    def _names_of(self, element: Element) -> tuple[frozenset[str], bool]:
        """The word parts of an element's names, and whether they are a body's; a page repeats its names."""
        key = element.get("class"), element.get("id")
        if key not in self._names:
            self._names[key] = words(*key), names_body(*key)
        return self._names[key]

    def _content(self, element: Element, region: Region, linked: bool, cell: bool) -> None:
        if element.text:
            self._add(element.text, linked)
        for child in element:
            tag = child.tag
            if tag in BLOCK:
                self._flush(region, cell)
                self._visit(child, region, cell)
            elif tag == "br" and region.element.tag in HEADINGS:
                self._text.append(" ")
            elif tag == "br":
                self._flush(region, cell)
            elif tag not in ("head", "title"):
                if len(child):
                    self._content(child, region, linked or tag == "a", cell)
                elif child.text:
                    self._add(child.text, linked or tag == "a")
            if child.tail:
                self._add(child.tail, linked)

    def _add(self, text: str, linked: bool) -> None:
        self._text.append(text)
        if linked:
            self._linked += len(text.strip().encode()) / 3

    def _flush(self, region: Region, cell: bool) -> None:
        if not self._text:
            return
        text, linked = "".join(self._text).strip(), self._linked
        self._text.clear()
        self._linked = 0.0
        size = len(text.encode()) / 3
        prose = size - linked
        if not size:
            return
        if size <= _HEADING:
            self.lines.append((region.order, text))
        if size <= _HEADING and (region.element.tag in HEADINGS or not TITLE_WORDS.isdisjoint(region.words)):
            self.headings.append((region, text))
        if linked > prose:
            region.own -= 3 + linked * 0.4
            region.links += 1
        elif region.element.tag in HEADINGS:
            pass
        elif _STOPS.search(text):
            weight = prose * min(1.0, 0.3 + prose / _FULL)
            region.own_prose += weight
            region.passages += 1
            region.own += weight - linked
        elif size >= _LABEL or cell:
            region.own += 0.5 * (prose - linked)
        else:
            region.own -= 1.0

    def _settle(self) -> None:
        for region in reversed(self.regions):
            region.prose += region.own_prose
            if region.parent is not None and not region.hidden:
                self.regions[region.parent].prose += region.prose
        for region in self.regions:
            if region.prose > 0.4 * self.root.prose:
                region.furniture = False
        for region in reversed(self.regions):
            region.worth, region.prose = region.own, region.own_prose
            for child in region.children:
                if child.hidden:
                    continue
                if child.furniture:
                    region.worth += min(child.worth, 0.0)
                    continue
                region.prose += child.prose
                region.worth += child.worth
                region.passages += child.passages
                region.links += child.links
            cards = [child for child in region.children if child.links and 0 < child.passages <= 2]
            if len(cards) >= 3 and sum(card.passages for card in cards) >= 0.7 * region.passages:
                region.cards = True
                region.worth = min(region.worth, 0.2 * region.worth)
