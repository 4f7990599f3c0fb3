"""Listing: a list or home page told from an article, and read as a list of its links."""

from urllib.parse import urlsplit

from lxml.etree import _Element as Element

from service.article import Item, ListBlock, Paragraph
from service.inlines import Inline, Link, Text
from service.intake.addresses import Base
from service.intake.credits import is_credits
from service.intake.dates import written_date
from service.intake.regions import Region, Survey
from service.intake.vocabulary import text_of

_HEADLINE = 18  # bytes of a link that is a headline: six Chinese characters
_FEWEST = 8  # headlines of a list
_PROSE = 120.0  # what an article has at least, when it stands among so many links
_MOST = 300  # links


def is_listing(survey: Survey, title: Region | None, body: Region, headlines: list[Element]) -> bool:
    """Whether a page holds hardly any prose, many headlines, and no credits of an article."""
    if len(headlines) < _FEWEST or body.prose > _PROSE:
        return False
    length = sum(len(link_text(link).encode()) for link in headlines) / 3
    credited = any(is_credits(line) and written_date(line, chinese=True) for line in survey.between(title, body))
    return length > 2 * body.prose and not (credited and title is not None)


def headlines(survey: Survey) -> list[Element]:
    """The links of a page whose text is long enough for a headline, outside navigation and footer, each target once; never the home page."""
    found: dict[str, Element] = {}
    stack = [survey.root]
    left_out = survey.left_out(survey.root, cards=False)
    while stack:
        region = stack.pop()
        if region.hidden or region.element in left_out:
            continue
        for element in region.element.iterdescendants("a") if not region.children else _own_links(region):
            href = (element.get("href") or "").strip()
            leads_on = href and not href.startswith("#") and urlsplit(href).path != "/"
            if leads_on and len(link_text(element).encode()) >= _HEADLINE:
                found.setdefault(href, element)
        stack.extend(reversed(region.children))
    return list(found.values())[:_MOST]


def read_listing(links: list[Element], base: Base) -> ListBlock | None:
    """The links, each with the date that stands beside it."""
    items = []
    for link in links:
        href = base.link(link.get("href"))
        if href:
            inlines: tuple[Inline, ...] = (Link(href=href, inlines=(Text(text=link_text(link)),)),)
            if beside := date_beside(link):
                inlines = (*inlines, Text(text=f" {beside}"))
            items.append(Item(blocks=(Paragraph(inlines=inlines),)))
    return ListBlock(items=tuple(items)) if items else None


def _own_links(region: Region) -> list[Element]:
    """Links that stand in a region itself, and those that hold its parts."""
    inner = {child.element for child in region.children}
    found, stack = [], list(region.element)
    while stack:
        element = stack.pop()
        if element in inner:
            continue
        if element.tag == "a":
            found.append(element)
        stack.extend(element)
    return found[::-1]


def link_text(link: Element) -> str:
    title = (link.get("title") or "").strip()
    text = " ".join(text_of(link).split())
    return title if text.endswith(("…", "...")) and title else text


def date_beside(link: Element) -> str | None:
    around = link.getparent()
    while around is not None and around.tag not in ("li", "tr", "p", "dd", "div"):
        around = around.getparent()
    if around is None:
        return None
    text = " ".join(text_of(around).split())
    return written_date(text.replace(link_text(link), " "), chinese=True) if len(text) < 200 else None
