"""Conversion of one text: words first, then each word's form, with an alignment where lengths change."""

from collections.abc import Sequence

import msgspec

from service.text.alignment import Alignment, Edit
from service.text.detection import detect
from service.text.lexicon import EMPTY, Lexicon
from service.text.protected import Span, merged, protected_spans
from service.text.quotes import convert_quotes
from service.text.routes import Replacement, route
from service.text.tags import FALLBACKS, Script


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
    is replaced by a region's. `cuts` are boundaries that must keep a character on both sides. Forms of the lexicon
    count before everything else. Text that is already in `target` only gets those.
    """
    source = source or detect(text) or ("zh-Hant" if target == "zh-Hans" else "zh-Hans")
    kept = merged([*kept, *protected_spans(text)])
    changes = _lexicon_changes(text, target, lexicon, kept)
    base = text
    if source != target and not (target == "zh-Hant" and source != "zh-Hans"):
        fixed = merged([*kept, *((change.start, change.end) for change in changes)])
        pieces: list[str] = []
        place = 0
        for start, end in [*fixed, (len(text), len(text))]:
            characters, replaced = route(source, target).convert(text, place, start)
            changes += [change for change in replaced if _fits(change, bound, cuts)]
            pieces += (characters, text[start:end])
            place = end
        base = "".join(pieces)
        if quotes:
            base = _outside(kept, base, convert_quotes(base, target))
    return _assemble(base, sorted(changes))


def _lexicon_changes(text: str, target: Script, lexicon: Lexicon, kept: Sequence[Span]) -> list[Replacement]:
    found = []
    for start, end, entry in lexicon.matches(text):
        form = next((entry.forms[script] for script in FALLBACKS[target] if script in entry.forms), None)
        if form and not any(start < stop and begin < end for begin, stop in kept):
            found.append(Replacement(start, end, form))
    return found


def _fits(change: Replacement, bound: Sequence[Span], cuts: Sequence[int]) -> bool:
    """Whether a region's word may stand here: never over a ruby's base, and only with a character for each side."""
    if any(change.start < end and start < change.end for start, end in bound):
        return False
    inside = sum(change.start < cut < change.end for cut in cuts)
    longer = len(change.form) >= change.end - change.start
    return inside == 0 or longer or (inside == 1 and len(change.form) > 1)


def _outside(kept: Sequence[Span], before: str, after: str) -> str:
    """`after`, but `before` in the kept spans."""
    for start, end in kept:
        after = after[:start] + before[start:end] + after[end:]
    return after


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
