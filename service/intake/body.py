"""Body: the region of a page that is its article."""

import re

from lxml.etree import _Element as Element

from service.intake.regions import Region, Survey
from service.intake.tables import is_data
from service.intake.vocabulary import BODY_WORDS

_ENOUGH = 60.0  # for a short article beside longer ones, or beside comments
_LEAST = 30.0  # what is worth less is no body while there is something else
_NEARLY = 0.88  # of the prose of a region: its core may stand for it
_MOST = 0.6  # of it: a core with the name of a body may
_POST = re.compile(r"post_?message_?\d+")  # the id of a post in Discuz! and vBulletin
_LAYOUT = 0.6  # of a table's prose: a cell with more is no part of it, but the body that a layout holds


def body(survey: Survey, title: Region | None) -> Region:
    """The first post of a forum's thread; of other pages the region that is worth most; then, while nearly all of its prose stands in one part of it, that part.

    What stands near the title is preferred, what stands before it does not count.
    """
    posts = (region for region in survey.regions if _POST.fullmatch(region.element.get("id") or ""))
    if (post := next(posts, None)) is not None:
        return post
    best = _bests(survey, title)
    chosen = best[survey.root.order]
    farther = _innermost(chosen)
    for around in survey.upwards(title):
        if around is survey.root:
            break
        near = best[around.order]
        share = 0.1 if around.element.tag == "article" or near.named else 0.3
        if near.worth >= max(_LEAST, share * chosen.worth) or (near.worth >= _ENOUGH and _apart(survey, near, farther)):
            chosen = near
            break
    return _whole(survey, _innermost(chosen))


def _innermost(region: Region) -> Region:
    while (inner := _core(region)) is not None:
        region = inner
    return region


def _apart(survey: Survey, near: Region, farther: Region) -> bool:
    """Whether a heading stands between two regions, as over comments or another article: a lead has none under it.

    What its page calls the body of an article, or holds in one `article` with the other region, is no such thing.
    """
    if farther.named or any(around.tag == "article" for around in _shared(near, farther)):
        return False
    last = near
    while last.children:
        last = last.children[-1]
    return any(last.order < heading.order <= farther.order for heading, _ in survey.headings)


def _shared(near: Region, farther: Region) -> list[Element]:
    """The elements around both regions."""
    around = set(near.element.iterancestors())
    return [element for element in farther.element.iterancestors() if element in around]


def _whole(survey: Survey, region: Region) -> Region:
    """The data table or the list that a region is a part of, or the region itself."""
    for around in survey.upwards(region):
        tag = around.element.tag
        if tag not in ("li", "ul", "ol", "tr", "td", "th", "tbody", "thead", "table"):
            break
        rows = region.element.tag in ("table", "tbody", "thead") or region.prose < _LAYOUT * around.prose
        table = tag == "table" and rows and is_data(around.element)
        if table or (tag in ("ul", "ol") and len(around.children) > 1):
            return around
    return region


def _bests(survey: Survey, title: Region | None) -> list[Region]:
    """For each region, by its order, the most worthy region in its subtree."""
    start = title.order if title is not None else 0
    above = {region.order for region in survey.upwards(title)}
    best = list(survey.regions)
    value = [_value(region) if region.order >= start or region.order in above else 0.0 for region in survey.regions]
    for region in reversed(survey.regions):
        place = region.order
        for child in region.children:
            if not child.hidden and not child.furniture and value[child.order] >= value[place]:
                value[place], best[place] = value[child.order], best[child.order]
    return best


def _core(region: Region) -> Region | None:
    """The part of a region that holds nearly all of its prose, or most of it and a name that says so."""
    inside = [child for child in region.children if not child.hidden and not child.furniture and child.prose]
    if not inside:
        return None
    core = max(inside, key=lambda child: child.prose)
    if core.element.tag in ("p", "li", "blockquote"):
        return None
    if region.prose - core.prose <= (1 - _NEARLY) * core.prose and (core.passages > 1 or core.named):
        return core
    named, part = None, core
    while part.prose >= _MOST * region.prose:
        if part.named:
            named = part
        children = [child for child in part.children if not child.hidden and not child.furniture]
        if not children:
            break
        part = max(children, key=lambda child: child.prose)
    return named


def _value(region: Region) -> float:
    return region.worth * _merit(region)


def _merit(region: Region) -> float:
    merit = 1.0
    if region.element.tag in ("html", "body"):
        return merit
    if region.named:
        merit += 0.1
    if not BODY_WORDS.isdisjoint(region.words):
        merit += 0.1
    return merit
