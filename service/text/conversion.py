"""Conversion of one text: words first, then each word's form, with an alignment where lengths change."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

import msgspec

from service.text.alignment import Alignment, Edit
from service.text.detection import detect
from service.text.lexicon import EMPTY, Lexicon
from service.text.protected import Span, merged, patched, protected_spans
from service.text.quotes import convert_quotes
from service.text.routes import Replacement, route
from service.text.tags import FALLBACKS, Script

_HOLE = "\ufffc"
"""Stands for each kept character while the rest is converted: a sign that is part of no word."""


class Conversion(msgspec.Struct, frozen=True):
    """The converted text, and where each part of it stood in the written one."""

    text: str
    alignment: Alignment


def convert_text(
    text: str,
    source: Script | None,
    target: Script,
    lexicon: Lexicon = EMPTY,
    *,
    kept: Sequence[Span] = (),
    bound: Sequence[Span] = (),
    cuts: Sequence[int] = (),
    quotes: bool = True,
) -> Conversion:
    """`text` in the script `target`. `source` None means: see what it is.

    `kept` spans stay as they are, as do addresses and Japanese. In `bound` spans characters are converted but no word
    is replaced by a region's. `cuts` are boundaries that must keep a character on both sides. All rise from left to right. Forms of the lexicon
    count before everything else. Text that is already in `target` only gets those.
    """
    source = source or detect(text) or ("zh-Hant" if target == "zh-Hans" else "zh-Hans")
    kept = merged([*kept, *protected_spans(text)])
    changes = _lexicon_changes(text, target, lexicon, kept)
    if source == target or (target == "zh-Hant" and source != "zh-Hans"):
        return _assemble(text, changes)
    fixed = merged([*kept, *((change.start, change.end) for change in changes)])
    masked = patched(text, _HOLE * len(text), fixed)
    base, replaced = route(source, target).convert(masked)
    changes += [change for change in replaced if _fits(change, bound, cuts)]
    if quotes:
        base = convert_quotes(base, target)
    return _assemble(patched(base, text, fixed), sorted(changes))


def _lexicon_changes(text: str, target: Script, lexicon: Lexicon, kept: Sequence[Span]) -> list[Replacement]:
    found = []
    for start, end, entry in lexicon.matches(text):
        form = next((entry.forms[script] for script in FALLBACKS[target] if script in entry.forms), None)
        if form and not any(start < stop and begin < end for begin, stop in kept):
            found.append(Replacement(start, end, form))
    return found


def _fits(change: Replacement, bound: Sequence[Span], cuts: Sequence[int]) -> bool:
    """Whether a region's word may stand here: never over a ruby's base, and only with a character for each side."""
    number = bisect_right(bound, change.start, key=_end)
    if number < len(bound) and bound[number][0] < change.end:
        return False
    inside = bisect_left(cuts, change.end) - bisect_right(cuts, change.start)
    longer = len(change.form) >= change.end - change.start
    return inside == 0 or longer or (inside == 1 and len(change.form) > 1)


def _end(span: Span) -> int:
    return span[1]


def _assemble(base: str, changes: Sequence[Replacement]) -> Conversion:
    """`base` with the changes put in, and the alignment that follows from those that change a length."""
    pieces: list[str] = []
    edits: list[Edit] = []
    place = moved = 0
    for start, end, form in changes:
        pieces += (base[place:start], form)
        if len(form) != end - start:
            edits.append(Edit(start, end, start + moved, start + moved + len(form)))
            moved += len(form) - (end - start)
        place = end
    return Conversion("".join([*pieces, base[place:]]), Alignment(tuple(edits)))
