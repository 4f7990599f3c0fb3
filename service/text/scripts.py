"""Chinese scripts: the same article in another, over its tree, so that marks stay on the words they were on."""

from collections.abc import Iterator
from itertools import chain

from service.article import Article
from service.text.alignment import Alignment, Edit
from service.text.conversion import Conversion, convert_text
from service.text.detection import detect, shows
from service.text.leaves import Written, rewritten, written
from service.text.lexicon import EMPTY, Lexicon
from service.text.protected import Span
from service.text.tags import FALLBACKS, SCRIPTS, Script, script_of

__all__ = [
    "FALLBACKS",
    "SCRIPTS",
    "Conversion",
    "Script",
    "conversions",
    "convert",
    "convert_text",
    "detect",
    "script_of",
    "source_of",
]


def convert(article: Article, script: Script, lexicon: Lexicon = EMPTY) -> Article:
    """The article in `script`, its id kept; also one whose tree is marked with sentence spans.

    A passage in another script than its article is converted from its own. Articles in another language come back as
    they are.
    """
    read = written(article)
    source = _source(article, read.telling)
    if source is None:
        return article
    conversion = _conversion(read, source, script, lexicon)
    ends = iter(conversion.alignment.cuts(chain.from_iterable(read.leaves)))
    texts = [conversion.text[start:end] for start, end in zip(ends, ends, strict=True)]
    return rewritten(article, texts, read.expansions, script)


def source_of(article: Article) -> Script | None:
    """The script the article is written in: what its text shows, else what its language says; None if not Chinese.

    The region of a traditional text is what its language says, where it says one.
    """
    return _source(article, written(article).telling)


def _source(article: Article, text: str) -> Script | None:
    declared = script_of(article.language)
    if declared is None:
        return None
    found = detect(text) or declared
    by_region = found != "zh-Hans" and declared in ("zh-Hant-TW", "zh-Hant-HK")
    return declared if by_region else found


def conversions(article: Article, script: Script, lexicon: Lexicon = EMPTY) -> tuple[Conversion, ...]:
    """The conversion of each passage's text, by passage number, as `convert` makes it; none if not Chinese."""
    read = written(article)
    source = _source(article, read.telling)
    if source is None:
        return ()
    return tuple(_parts(_conversion(read, source, script, lexicon), read.passages))


def _parts(whole: Conversion, passages: tuple[Span, ...]) -> Iterator[Conversion]:
    edits, number = whole.alignment.edits, 0
    for start, end in passages:
        first = number
        while number < len(edits) and edits[number].start < end:
            number += 1
        to_start, to_end = whole.alignment.cut(start), whole.alignment.cut(end)
        moved = tuple(_moved(edit, -start, -to_start) for edit in edits[first:number])
        yield Conversion(whole.text[to_start:to_end], Alignment(moved))


def _moved(edit: Edit, by: int, to_by: int) -> Edit:
    return Edit(edit.start + by, edit.end + by, edit.to_start + to_by, edit.to_end + to_by)


def _conversion(read: Written, source: Script, target: Script, lexicon: Lexicon) -> Conversion:
    """The whole text converted in one go, or one go for each run of passages that are in one script."""
    texts: list[str] = []
    edits: list[Edit] = []
    place = 0
    for own, start, end in _runs(read, source):
        part = convert_text(
            read.text[start:end],
            own,
            target,
            lexicon,
            kept=_within(read.kept, start, end),
            bound=_within(read.bound, start, end),
            cuts=[stop - start for _, stop in read.leaves if start < stop <= end],
        )
        texts.append(part.text)
        edits += [_moved(edit, start, place) for edit in part.alignment.edits]
        place += len(part.text) + 1
    return Conversion("\n".join(texts), Alignment(tuple(edits)))


def _runs(read: Written, source: Script) -> Iterator[tuple[Script, int, int]]:
    """Runs of passages in one script, with their spans: an article in simplified text may quote a traditional one."""
    start, own = 0, source
    telling = read.telling
    if shows(telling, "zh-Hant" if source == "zh-Hans" else "zh-Hans"):
        for begin, end in read.passages:
            found = _passage_source(telling[begin:end], source)
            if found != own and begin > start:
                yield own, start, begin - 1
                start = begin
            own = found
    yield own, start, len(read.text)


def _passage_source(text: str, article: Script) -> Script:
    found = detect(text)
    if found is None or (found == "zh-Hans") == (article == "zh-Hans"):
        return article
    return found


def _within(spans: tuple[Span, ...], start: int, end: int) -> list[Span]:
    return [(first - start, last - start) for first, last in spans if start <= first and last <= end]
