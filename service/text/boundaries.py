"""Boundaries: where sentences end in Chinese, English and mixed text, and where an endless one may be cut."""

import re
from bisect import bisect_right
from collections.abc import Iterator

from service.text.segmentation import words

PREFERRED = 60
"""Widths are in syllables, roughly: what a voice says well in one go."""
LIMIT = 90
"""What a voice can say at all: 509 phonemes, of which a syllable takes five with its tone and space."""
_LEAST = 15

Span = tuple[int, int]

_PAIRS = {
    "“": "”",
    "‘": "’",
    "「": "」",
    "『": "』",
    "（": "）",
    "(": ")",
    "【": "】",
    "《": "》",
    "〈": "〉",
    "〔": "〕",
}
_CLOSERS = "”’」』）)】》〉〕\"'"
_OPENERS = frozenset(_PAIRS)
_CLOSER_OF = {closer: opener for opener, closer in _PAIRS.items()}

_STOP = re.compile(
    r"(?P<mark>[。！？!?｡]+(?:…+|\.{3,})?[。！？!?｡]*|…+[。！？!?]*|\.{3,}|；|;(?=\s|[^\x00-\x7f]|$)"
    rf"|\.(?=[\s{re.escape(_CLOSERS)}]|[^\x00-\x7f]|$))"
    rf"(?P<closers>[{re.escape(_CLOSERS)}]*)"
)
_ABBREVIATION = re.compile(
    r"(?:^|[\s(“\"'（\-])(?:[A-Z]|(?:[A-Za-z]\.)+[A-Za-z]|Mr|Mrs|Ms|Dr|Prof|St|Jr|Sr|Gen|Gov|Sen|Rep|Rev|Capt|Col|Lt|Mt|Ft|Co|Corp|Inc|Ltd|"
    r"vs|v|etc|cf|al|approx|est|dept|No|no|Nos|Vol|vol|Fig|fig|pp|p|ed|eds|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)$"
)
_ENDS_WITH_PLACE = re.compile(r"(?:^|\s|[、（(])\(?[0-9]{1,3}$|(?:^|\s)[A-Za-z]$")
_NEW_ENGLISH = re.compile(r"[\s\"'”’)]*[A-Z0-9“\"'(\[]|[\s\"'”’)]*[^\x00-\x7f]")
_SAYS = re.compile(
    r"[^，。！？；：,.!?;:“”]{0,10}?(?:说|說|表示|道|问|問|答|称|稱|指出|强调|強調|介绍|介紹|认为|認為|感叹|感嘆|坦言|写道|寫道|喊|回忆|回憶|透露|解释|解釋)"
    r"(?:[，。！？；,.!?;…]|[：:](?!\s?[“「『\"]))"
)
_GOES_ON = re.compile(
    r"[，,、；;：:。.！!？?]|的|地(?!方|区|區|铁|鐵|点|點|址|图|圖)|等(?!到|待|了|级|級)|之(?!后|後|前)"
    r"|是|成为|成為|和|与|與|及|或|这|這"
)
_CLAUSE = re.compile(r"[，、：；—…]+[”’」』）》]*|[,:;](?=\s|[^\x00-\x7f])|[)）](?=[^\s，。])")
_SPACE = re.compile(r"\s+")
_NARROW = re.compile(r"[a-z\s]")


def width(text: str) -> float:
    """How long a text takes to say, in Chinese syllables: three small Latin letters count as one."""
    return len(text) - len(_NARROW.findall(text)) * 2 / 3


def wider(text: str, start: int, end: int, limit: float) -> bool:
    """Whether a piece of text is wider than `limit`; looks no further than it must."""
    return width(text[start : min(end, start + int(limit * 3) + 1)]) > limit


def ends(text: str) -> list[int]:
    """Where sentences end in a text without line breaks, in order; the end of the text is always one."""
    protected = _protected(text)
    stops = list(_stops(text, protected))
    found = [end for end, inside in stops if not inside]
    if not found or found[-1] < len(text):
        found.append(len(text))
    inner = [end for end, inside in stops if inside]
    return [end for span in _between(found) for end in _shorten(text, span, inner)]


def _between(bounds: list[int]) -> Iterator[Span]:
    start = 0
    for end in bounds:
        yield start, end
        start = end


def _stops(text: str, protected: list[Span]) -> Iterator[tuple[int, bool]]:
    """Each place where a sentence may end, and whether it lies inside quotation marks or brackets."""
    begun, starts = 0, [start for start, _ in protected]
    for match in _STOP.finditer(text):
        end = match.end()
        owner = bisect_right(starts, match.start()) - 1
        inside = owner >= 0 and end < protected[owner][1]
        if owner >= 0 and match.start() < protected[owner][1] < end and not match["closers"]:
            continue
        if _is_end(text, match, begun, closes=bool(match["closers"])):
            yield end, inside
            if not inside:
                begun = end


def _is_end(text: str, match: re.Match[str], begun: int, *, closes: bool) -> bool:
    mark, end = match["mark"], match.end()
    rest = text[end : end + 20]
    if not rest.strip():
        return True
    if mark == ".":
        before = text[max(begun, match.start() - 12) : match.start()]
        if _ENDS_WITH_PLACE.search(before) and match.start() - begun < 6:
            return False
        return not _ABBREVIATION.search(before) and _NEW_ENGLISH.match(rest) is not None
    if mark in "；;":
        return wider(text, begun, end, _LEAST - 1)
    if mark[0] in "….":
        return not _GOES_ON.match(rest) and (closes or wider(text, begun, end, _LEAST - 1))
    if mark[0] in "!?" and rest[0].isascii() and rest[0].isalnum():
        return False
    return not (closes and (_GOES_ON.match(rest) or _SAYS.match(rest)))


def _protected(text: str) -> list[Span]:
    """The outermost matched pairs of quotation marks and brackets, as spans from opener to after the closer."""
    spans: list[Span] = []
    waiting: list[tuple[str, int]] = []
    straight = -1
    for place, character in enumerate(text):
        if character in _OPENERS:
            waiting.append((character, place))
        elif character in _CLOSER_OF:
            opener = _CLOSER_OF[character]
            for depth in range(len(waiting) - 1, max(-1, len(waiting) - 9), -1):
                if waiting[depth][0] == opener:
                    spans.append((waiting[depth][1], place + 1))
                    del waiting[depth:]
                    break
        elif character == '"':
            if straight >= 0:
                spans.append((straight, place + 1))
                straight = -1
            else:
                straight = place
    outer: list[Span] = []
    for start, end in sorted(spans):
        if not outer or start >= outer[-1][1]:
            outer.append((start, end))
    return outer


def _shorten(text: str, span: Span, inner: list[int]) -> Iterator[int]:
    """The ends of the pieces of one sentence: itself, or where it is too long, cuts where a reader could breathe."""
    start, end = span
    if wider(text, start, end, PREFERRED):
        for cut in inner[bisect_right(inner, start + 1) : bisect_right(inner, end - 2)]:
            if wider(text, start, cut, _LEAST - 1):
                yield from _cut(text, start, cut)
                start = cut
    yield from _cut(text, start, end)


def _cut(text: str, start: int, end: int) -> Iterator[int]:
    while wider(text, start, end, LIMIT):
        start = _breath(text, start, end)
        yield start
    yield end


def _breath(text: str, start: int, end: int) -> int:
    """Where to cut: after a clause, else at a space, else between words, else anywhere."""
    reach = _reach(text, start, end, LIMIT)
    for pattern in (_CLAUSE, _SPACE):
        places = [match.end() for match in pattern.finditer(text, start, reach)]
        good = [place for place in places if width(text[start:place]) >= _LEAST]
        near = [place for place in good if width(text[start:place]) <= PREFERRED]
        if near or good:
            return near[-1] if near else good[0]
    return _word_end(text, start, _reach(text, start, end, PREFERRED))


def _reach(text: str, start: int, end: int, limit: float) -> int:
    """The furthest place from `start` within `limit`, at least one character on."""
    low, high = start + 1, min(end, start + int(limit * 3) + 1)
    while low < high:
        middle = (low + high + 1) // 2
        if width(text[start:middle]) <= limit:
            low = middle
        else:
            high = middle - 1
    return low


def _word_end(text: str, start: int, reach: int) -> int:
    bounds = [start + end for _, end in words(text[start : reach + 12]) if start + end <= reach]
    return max([bound for bound in bounds if width(text[start:bound]) >= _LEAST], default=reach)
