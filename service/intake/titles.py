"""Titles: the one title of an article among what its page says in its head and in its headings."""

import re
from service.intake.regions import Region, Survey

_SEPARATOR = re.compile(
    r"\s+[|\-–—·•»:]+\s+|\s*[_|｜]+\s*|(?<=[\u3000-\u9fff\uff00-\uffef])\s*[-–—]+\s*(?=[\u3400-\u9fffA-Za-z])"
)
_BARE = re.compile(r"[\W_]+")


def bare(text: str) -> str:
    """Letters and digits alone, in lower case: what two spellings of a title have in common."""
    return _BARE.sub("", text).lower()


def find_title(survey: Survey, declared: tuple[str, ...], site: str | None) -> tuple[str, Region | None]:
    """The title, and the region of the page that shows it, if one does.

    `declared` are the titles that the page's head gives, the surest first and the browser's title last.
    """
    wholes = [bare(title) for title in declared]
    best: tuple[float, str, Region] | None = None
    for region, text in survey.headings:
        text = " ".join(text.split())
        key = bare(text)
        if len(key) < 2 or (site and key == bare(site)):
            continue
        inside = max((_likeness(key, whole) for whole in wholes), default=0.0)
        level = {"h1": 0.15, "h2": 0.05}.get(str(region.element.tag), 0.0)
        score = inside + level if inside >= 0.5 else 0.0
        if score and (best is None or score > best[0]):
            best = (score, text, region)
    if best:
        return best[1], best[2]
    first = next(((region, text) for region, text in survey.headings if region.element.tag == "h1" and len(bare(text)) >= 4), None)
    if declared:
        return without_site(declared[0], site), first[0] if first else None
    return (" ".join(first[1].split()), first[0]) if first else ("", None)


def without_site(title: str, site: str | None) -> str:
    """A title without the names of the site and of its sections after it."""
    parts = [part for part in _SEPARATOR.split(title) if part and part.strip()]
    if site:
        parts = [part for part in parts if bare(part) != bare(site)] or parts
    if not parts:
        return title.strip()
    first = parts[0].strip()
    return first if len(first.encode()) >= 12 or len(parts) == 1 else max(parts, key=lambda part: len(part.encode())).strip()


def _likeness(heading: str, whole: str) -> float:
    """How much of a declared title a heading is: 1 where they are equal, by the pairs of letters they share."""
    if not whole:
        return 0.0
    if heading in whole or whole in heading:
        shorter, longer = sorted((len(heading), len(whole)))
        return 0.5 + 0.5 * shorter / longer if shorter >= 6 else shorter / longer
    pairs, others = _pairs(heading), _pairs(whole)
    return 2 * len(pairs & others) / (len(pairs) + len(others)) if pairs and others else 0.0


def _pairs(text: str) -> set[str]:
    return {text[place : place + 2] for place in range(len(text) - 1)}
