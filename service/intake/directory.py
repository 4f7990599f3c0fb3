"""Directories: home, column and list pages of a site that is followed from page to page, with every way on from them."""

import re
from collections.abc import Iterable
from typing import NamedTuple
from urllib.parse import urlsplit

from lxml.etree import _Element as Element

from service.article import Block, Blocks, Heading, Item, ListBlock, Paragraph
from service.inlines import Inline, Link, Text
from service.intake.addresses import Base
from service.intake.listing import date_beside, link_text
from service.intake.regions import Region, Survey
from service.intake.vocabulary import BLOCK, HEADINGS

_HOME = re.compile(r"(/((index|default|home|main)\.\w{3,5})?)?", re.IGNORECASE)
_PAGER = re.compile(
    r"(上一?页|下一?页|前一页|后一页|首\s*页|尾页|末页|上一?頁|下一?頁|首\s*頁|末頁|第?\d{1,4}[页頁]?|[<>«»‹›]{1,2}|Prev(ious)?|Next|First|Last)",
    re.IGNORECASE,
)
_TURN = re.compile(r"下一?页|上一?页|尾页|末页|下一?頁|上一?頁|末頁|Next|Prev(ious)?", re.IGNORECASE)
_NEIGHBOUR = re.compile(
    r"(上|下|前|后|後)一?[篇条條则則]|没有了|沒有了|返回|打印|关闭|關閉|(Previous|Next) (article|post)", re.IGNORECASE
)
_MORE = re.compile(r"[\s【\[(（]*(更多|详细|詳細|查看全部|more)[\s.…+>»›】\])）]*|[>»›+]+", re.IGNORECASE)
_UNSEEN = frozenset(("a", "head", "button", "label"))  # what holds no text of a page's own
_FEWEST = 3  # links of a list
_LINKED = 0.7  # of the text of a list's page
_CARDS = 4  # summaries of a list
_MOST = 400  # links
_LONGEST = 30  # characters of a heading over a group of links


class _Way(NamedTuple):
    order: int
    element: Element
    text: str
    href: str
    aside: bool


class Directory:
    """A page's links, and what they say of it. `base` is where relative addresses start from."""

    def __init__(self, survey: Survey, base: Base) -> None:
        self._survey = survey
        self._own = (base.url or "").partition("#")[0]
        self._aside = survey.left_out(survey.root, cards=False)
        self._ways = list(self._collect(base))
        turning = {way.order for way in self._ways if _TURN.fullmatch(way.text)}
        self._pager = [way for way in self._ways if way.order in turning and _PAGER.fullmatch(way.text)]
        paged = {way.element for way in self._pager}
        rest = [way for way in self._ways if way.element not in paged and not _NEIGHBOUR.match(way.text)]
        self._main = [way for way in rest if not way.aside and not _MORE.fullmatch(way.text)]
        self._side = [way for way in rest if way.aside or _MORE.fullmatch(way.text)]

    def is_one(self, body: Region, url: str | None, *, credited: bool) -> bool:
        """Whether the page leads on to others and is not itself an article. `credited`: it says when it was written."""
        home = _HOME.fullmatch(urlsplit(url or "").path) is not None
        if home and len(self._main) + len(self._side) >= _FEWEST:
            return True
        if len(self._main) < _FEWEST:
            return not self._main and len(self._side) >= _FEWEST and body.prose == 0 and not credited
        if self._pager or not credited:
            return self._linked() >= _LINKED or self._is_cards()
        return False

    def blocks(self, title: str) -> Blocks:
        """The links in groups under the page's own headings, those that turn its pages, and its columns."""
        found: list[Block] = [*self._groups(title)]
        if self._pager:
            found.append(_list(self._pager))
        seen = {way.href for way in (*self._main, *self._pager)}
        side = [way for way in self._side if way.href not in seen and not _MORE.fullmatch(way.text)]
        if side:
            found.append(_list(side))
        return tuple(found)

    def _groups(self, title: str) -> Iterable[Block]:
        headings = sorted(
            ((region.order, _MORE.sub("", text).strip()) for region, text in self._survey.headings if _over(region)),
            key=lambda heading: heading[0],
        )
        waiting: list[_Way] = []
        for way in self._main:
            over = None
            while headings and headings[0][0] <= way.order:
                over = headings.pop(0)[1]
            if over and over not in (title, way.text) and len(over) <= _LONGEST:
                if waiting:
                    yield _list(waiting)
                    waiting = []
                yield Heading(level=2, inlines=(Text(text=over),))
            waiting.append(way)
        if waiting:
            yield _list(waiting)

    def _collect(self, base: Base) -> Iterable[_Way]:
        regions = {region.element: region for region in self._survey.regions}
        seen: set[str] = set()
        for element in self._survey.root.element.iter("a"):
            href, text = base.link(element.get("href")), link_text(element)
            around = element
            while around.tag not in BLOCK and (parent := around.getparent()) is not None:
                around = parent
            region = regions.get(around)
            if not href or not href.startswith("http") or not text or region is None:
                continue
            around_it = list(self._survey.upwards(region))
            if any(one.hidden for one in around_it):
                continue
            plain = href.partition("#")[0]
            if plain == self._own or (plain in seen and not _PAGER.fullmatch(text)):
                continue
            seen.add(plain)
            aside = any(one.element in self._aside for one in around_it) or urlsplit(href).path in ("", "/")
            yield _Way(region.order, element, text, href, aside)
            if len(seen) >= _MOST:
                return

    def _linked(self) -> float:
        """How much of the text outside navigation, head and foot is links."""
        linked = sum(len(way.text) for way in self._main)
        paged = {way.element for way in self._pager}
        other = 0
        stack = [self._survey.root]
        while stack:
            region = stack.pop()
            if region.hidden or region.element in self._aside or region.element.tag in HEADINGS:
                continue
            other += len(_own_text(region.element, paged))
            stack.extend(region.children)
        return linked / (linked + other) if linked else 0.0

    def _is_cards(self) -> bool:
        """Whether the text is many short summaries, each with a link of its own."""
        return any(
            len(inside := [child for child in region.children if 0 < child.passages <= 2 and _linking(child)]) >= _CARDS
            and sum(child.prose for child in inside) >= 0.6 * self._survey.root.prose
            for region in self._survey.regions
        )


def _list(ways: Iterable[_Way]) -> ListBlock:
    def item(way: _Way) -> Item:
        inlines: tuple[Inline, ...] = (Link(href=way.href, inlines=(Text(text=way.text),)),)
        if beside := date_beside(way.element):
            inlines = (*inlines, Text(text=f" {beside}"))
        return Item(blocks=(Paragraph(inlines=inlines),))

    return ListBlock(items=tuple(map(item, ways)))


def _over(region: Region) -> bool:
    """Whether a heading stands over links and is not itself the text of one of many."""
    links = list(region.element.iter("a"))
    return not links or any(_MORE.fullmatch(link_text(link)) for link in links) or region.element.tag in ("h2", "h3")


def _linking(region: Region) -> bool:
    return next(region.element.iter("a"), None) is not None


def _own_text(element: Element, left_out: set[Element]) -> str:
    """The text of a block outside its inner blocks and links, without dates' digits and marks."""
    parts = [element.text or ""]
    for child in element:
        if child.tag not in BLOCK and child.tag not in _UNSEEN and child not in left_out:
            parts.append(_own_text(child, left_out))
        parts.append(child.tail or "")
    return re.sub(r"[\d\W_]+|[年月日]", "", "".join(parts))
