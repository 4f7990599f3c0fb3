"""Definitions: a list of terms, each with what it means, told from the same element used to lay a page out."""

from lxml.etree import _Element as Element

from service.intake.vocabulary import HEADINGS, text_of

_LONGEST = 40  # characters of a term


def entries(element: Element) -> list[Element]:
    """The terms and meanings of a `dl` in order, or nothing where it is no such list: it has two short terms at least."""
    parts = [part for child in element for part in (child if child.tag == "div" else (child,))]
    terms = [" ".join(text_of(part).split()) for part in parts if part.tag == "dt"]
    names = len(terms) > 1 and all(0 < len(term) <= _LONGEST for term in terms)
    found = [part for part in parts if part.tag in ("dt", "dd")]
    means = len(found) > len(terms) and found[0].tag == "dt" and found[-1].tag == "dd"
    lays_out = next(element.iterdescendants(*HEADINGS, "dl", "table"), None) is not None
    return found if names and means and not lays_out else []
