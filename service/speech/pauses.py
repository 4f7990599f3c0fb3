"""Pauses: the silence before and after what is read, from its punctuation and its place in the article."""

from service.speech.segments import opens_passage
from service.text.spoken import Spoken

_CLOSERS = "”’」』）)》〉】\"' \n"
_AFTER = {
    "，": 160, ",": 160, "、": 120, "；": 260, ";": 260, "：": 260, ":": 260, "—": 200, "…": 420,
    "。": 400, ".": 400, "！": 420, "!": 420, "？": 420, "?": 420,
}  # fmt: skip
_UNMARKED = 480  # a heading, an item or a cell: it ends where its line ends
_INSIDE = 60  # where an over-long sentence without punctuation is cut
_PASSAGE = 320


def before(spoken: Spoken) -> int:
    """Milliseconds before a sentence: more than none where it begins a paragraph or a heading."""
    return _PASSAGE if opens_passage(spoken) else 0


def after(text: str, *, last: bool) -> int:
    """Milliseconds after a spoken text; `last` says that its sentence ends with it."""
    ending = text.rstrip(_CLOSERS)[-1:]
    return _AFTER.get(ending, _UNMARKED if last else _INSIDE)
