"""Titles: the one title of an article among what its page says in its head and in its headings."""

import re

from service.intake.regions import Region, Survey

_SEPARATOR = re.compile(
    r"\s+[|\-–—·•»:]+\s+|\s*[_|｜]+\s*|(?<=[\u3000-\u9fff\uff00-\uffef])\s*[-–—]+\s*(?=[\u3400-\u9fffA-Za-z])"
)
_BARE = re.compile(r"[\W_]+")
_LONGEST = 10_000  # characters: no title is longer, and a page may be one line
_POOR = 27  # bytes: nine Chinese characters
_NEAR = 12  # regions


def bare(text: str) -> str:
    """Letters and digits alone, in lower case: what two spellings of a title have in common; of a text, its beginning."""
    return _BARE.sub("", text[:_LONGEST]).lower()


def find_title(survey: Survey, declared: tuple[str, ...], site: str | None) -> tuple[str, Region | None]:
    """The title, and the region of the page that shows it, if one does.

    `declared` are the titles that the page's head gives, the surest first and the browser's title last.
    """
    wholes = {key: _pairs(key) for title in declared if (key := bare(title))}
    cut = {key: _pairs(key) for title in declared if (key := bare(without_site(title, site)))}
    first = {bare(_SEPARATOR.split(title)[0]) for title in declared}
    best: tuple[float, str, Region] | None = None
    for region, text in survey.headings:
        key = bare(text)
        if len(key) < 2 or (site and key == bare(site)):
            continue
        pairs = _pairs(key)
        likeness = max(
            *(_likeness(key, pairs, *whole) for whole in cut.items()),
            *(_likeness(key, pairs, *whole) for whole in wholes.items() if 2 * len(key) > len(whole[0])),
            0.9 * (key in first),
            0.0,
        )
        score = likeness + {"h1": 0.15, "h2": 0.05}.get(str(region.element.tag), 0.0)
        if likeness >= 0.5 and (best is None or score > best[0]):
            best = (score, _one_line(text), region)
    if best:
        return best[1], best[2]
    title = without_site(declared[0], site) if declared else ""
    for region, text in survey.headings:
        if region.element.tag == "h1" and len(bare(text)) >= 4:
            return (title if len(title.encode()) >= _POOR else _one_line(text)), region
    return title, None


def nearer_title(survey: Survey, title: str, body: Region) -> str:
    """The heading that stands over the body, where what the page's head says is only the name of a section."""
    if len(title.encode()) >= _POOR:
        return title
    over = [
        text
        for region, text in survey.headings
        if body.order - _NEAR <= region.order <= body.order + 2 and len(text) > len(title)
    ]
    return _one_line(over[-1]) if over else title


def without_site(title: str, site: str | None) -> str:
    """A title without the names of the site and of its sections after it."""
    parts = [part.strip(" -–—_|｜") for part in _SEPARATOR.split(title)]
    parts = [part for part in parts if part]
    if site:
        parts = [part for part in parts if bare(part) != bare(site)] or parts
    if not parts:
        return title.strip()
    first = parts[0]
    return first if len(first.encode()) >= 12 or len(parts) == 1 else max(parts, key=lambda part: len(part.encode()))


def _one_line(text: str) -> str:
    """A heading as one line; a second line that begins with a dash follows the first without a space."""
    return " ".join(text.split()).replace(" ——", "——")


def _likeness(heading: str, pairs: set[str], whole: str, others: set[str]) -> float:
    """How much of a declared title a heading is: 1 where they are equal, by the pairs of letters they share."""
    if heading in whole or whole in heading:
        shorter, longer = sorted((len(heading), len(whole)))
        return 0.5 + 0.5 * shorter / longer if shorter >= 6 else float(shorter == longer)
    return 2 * len(pairs & others) / (len(pairs) + len(others)) if pairs and others else 0.0


def _pairs(text: str) -> set[str]:
    return {text[place : place + 2] for place in range(len(text) - 1)}
