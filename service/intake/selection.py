"""Selection: the parts of a page that its site's profile names by CSS selectors."""

from typing import NamedTuple

from cssselect import HTMLTranslator
from lxml.etree import _Element as Element

from service.intake.credits import Credits, name, read_credits
from service.intake.dates import written_date
from service.intake.regions import Region, Survey
from service.intake.vocabulary import BLOCK, text_of
from service.sites import Selectors


class Selection(NamedTuple):
    """What was found; None where a selector is not given or matches nothing on this page."""

    title: str | None = None
    body: Element | None = None
    credits: Credits = Credits()


def select(root: Element, selectors: Selectors, *, chinese: bool = True) -> Selection:
    """The named parts of a page; what is never part of a text is taken out of `root`."""
    for selector in selectors.remove:
        for element in _all(root, selector):
            if (parent := element.getparent()) is not None:
                _keep_tail(parent, element)
                parent.remove(element)
    source, author, date = (_text(root, selector) for selector in (selectors.source, selectors.author, selectors.date))
    said = Credits(
        read_credits(source, chinese=chinese).source or name(source) if source else None,
        read_credits(author, chinese=chinese).author or name(author) if author else None,
        written_date(date, chinese=chinese) if date else None,
    )
    body = next(iter(_all(root, selectors.body)), None) if selectors.body else None
    return Selection(_text(root, selectors.title), body, said)


def region_of(survey: Survey, body: Element) -> Region:
    """The region that an element is, or the nearest that it stands in."""
    while body.tag not in BLOCK and (parent := body.getparent()) is not None:
        body = parent
    return next((region for region in survey.regions if region.element is body), survey.root)


def _all(root: Element, selector: str) -> list[Element]:
    found = root.xpath(HTMLTranslator().css_to_xpath(selector))
    return [element for element in found if isinstance(element, Element)] if isinstance(found, list) else []


def _keep_tail(parent: Element, element: Element) -> None:
    """lxml takes the text that follows an element out together with it."""
    if not element.tail:
        return
    before = element.getprevious()
    if before is None:
        parent.text = (parent.text or "") + element.tail
    else:
        before.tail = (before.tail or "") + element.tail


def _text(root: Element, selector: str | None) -> str | None:
    for element in _all(root, selector) if selector else ():
        if text := " ".join(text_of(element).split()):
            return text
    return None
