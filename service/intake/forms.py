"""Forms: whether a page is there to be filled in or to log in, which no reading of it can replace."""

from lxml.etree import _Element as Element

from service.intake.vocabulary import hidden, words

_TYPED = frozenset("text password tel email number date datetime-local month time url file radio checkbox".split())
_FEWEST = 2  # fields
_SEARCH = frozenset("search sousuo so query".split())
_SEARCHED = 2  # fields of a plain search: the words, and where to look for them
_ASIDE = frozenset(
    "comment comments respond pinglun disqus footer header top topbar sidebar subscribe newsletter".split()
)


def asks(root: Element) -> bool:
    """Whether some form of the page, no plain search, no comment box and none in its head or foot, is to be filled in."""
    return any(len(_fields(form)) >= _fewest(form) for form in root.iter("form") if not _aside(form)) or any(
        not _aside(field) for field in root.iter("input") if _kind(field) == "password"
    )


def _fewest(form: Element) -> int:
    names = words(form.get("class"), form.get("id"), form.get("action"))
    return _FEWEST if _SEARCH.isdisjoint(names) else _SEARCHED + 1


def _fields(form: Element) -> list[Element]:
    """Fields that a reader fills in; of radio buttons and checkboxes with one name only the first."""
    found: dict[object, Element] = {}
    for element in form.iter("input", "textarea", "select"):
        kind = _kind(element)
        if kind in _TYPED and not hidden(element):
            found.setdefault((kind, element.get("name")) if kind in ("radio", "checkbox") else element, element)
    return list(found.values())


def _kind(element: Element) -> str:
    return (element.get("type") or "text").strip().lower() if element.tag == "input" else "text"


def _aside(element: Element) -> bool:
    around: Element | None = element
    while around is not None and around.tag != "body":
        if around.tag in ("header", "footer", "nav", "aside") or hidden(around):
            return True
        if not _ASIDE.isdisjoint(words(around.get("class"), around.get("id"))):
            return True
        around = around.getparent()
    return False
