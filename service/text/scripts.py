"""Chinese scripts: the same article in another, over its tree, so that marks stay on the words they were on."""

from collections.abc import Iterator

import msgspec

from service.article import (
    Article,
    Break,
    CodeSpan,
    Foreign,
    Inline,
    Inlines,
    NoteReference,
    Ruby,
    Text,
    Verbatim,
    body_text,
    plain,
)
from service.text.alignment import Alignment
from service.text.conversion import Conversion, convert_text
from service.text.detection import detect
from service.text.lexicon import EMPTY, Lexicon
from service.text.passages import Passage, map_passages, passages
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
    source = source_of(article)
    if source is None:
        return article

    def change(passage: Passage) -> Inlines:
        return _converted(passage.inlines, source, script, lexicon)

    def short(text: str | None) -> str | None:
        return convert_text(text, source, script, lexicon).text if text else text

    return msgspec.structs.replace(
        map_passages(article, change), byline=short(article.byline), site=short(article.site), language=script
    )


def source_of(article: Article) -> Script | None:
    """The script the article is written in: what its text shows, else what its language says; None if not Chinese."""
    declared = script_of(article.language)
    if declared is None:
        return None
    return detect(article.title + "\n" + body_text(article.blocks)) or declared


def conversions(article: Article, script: Script, lexicon: Lexicon = EMPTY) -> tuple[Conversion, ...]:
    """The conversion of each passage's text, by passage number, as `convert` makes it; none if not Chinese."""
    source = source_of(article)
    if source is None:
        return ()
    return tuple(_conversion(passage.inlines, source, script, lexicon) for passage in passages(article))


def _converted(inlines: Inlines, source: Script, target: Script, lexicon: Lexicon) -> Inlines:
    return _Rebuild(_conversion(inlines, source, target, lexicon), target).inlines(inlines)


def _conversion(inlines: Inlines, source: Script, target: Script, lexicon: Lexicon) -> Conversion:
    leaves = list(_leaves(inlines))
    text = plain(inlines)
    return convert_text(
        text,
        _passage_source(text, source),
        target,
        lexicon,
        kept=[leaf.span for leaf in leaves if leaf.kept],
        bound=[leaf.span for leaf in leaves if leaf.bound],
        cuts=[leaf.span[1] for leaf in leaves],
    )


def _passage_source(text: str, article: Script) -> Script:
    """The passage's own script where it plainly differs from the article's, as in a traditional quotation."""
    found = detect(text)
    if found is None or (found == "zh-Hans") == (article == "zh-Hans"):
        return article
    return found


class _Leaf(msgspec.Struct, frozen=True):
    span: Span
    kept: bool
    bound: bool


def _leaves(inlines: Inlines, place: int = 0, kept: bool = False) -> Iterator[_Leaf]:
    """The leaves that carry text, with their spans in the passage's plain text."""
    for inline in inlines:
        length = len(plain((inline,)))
        match inline:
            case Text() | Ruby() | CodeSpan() | Break():
                keep = kept or isinstance(inline, CodeSpan | Break)
                yield _Leaf((place, place + length), keep, isinstance(inline, Ruby))
            case NoteReference():
                pass
            case Foreign(lang=lang):
                yield from _leaves(inline.inlines, place, kept or script_of(lang) is None)
            case Verbatim():
                yield from _leaves(inline.inlines, place, True)
            case _:
                yield from _leaves(inline.inlines, place, kept)
        place += length


class _Rebuild:
    """The inlines again, each leaf with its part of the converted text."""

    def __init__(self, conversion: Conversion, target: Script) -> None:
        self._text = conversion.text
        self._alignment: Alignment = conversion.alignment
        self._target = target
        self._place = 0

    def inlines(self, inlines: Inlines) -> Inlines:
        return tuple(map(self._inline, inlines))

    def _inline(self, inline: Inline) -> Inline:
        match inline:
            case Text(text=text):
                return Text(text=self._take(len(text)))
            case Ruby(base=base):
                return msgspec.structs.replace(inline, base=self._take(len(base)))
            case CodeSpan(text=text):
                self._place += len(text)
                return inline
            case Break():
                self._place += 1
                return inline
            case NoteReference():
                return inline
            case Foreign(lang=lang) if script_of(lang) is not None:
                return Foreign(lang=self._target, inlines=self.inlines(inline.inlines))
            case _:
                return msgspec.structs.replace(inline, inlines=self.inlines(inline.inlines))

    def _take(self, length: int) -> str:
        start, self._place = self._place, self._place + length
        return self._text[self._alignment.cut(start) : self._alignment.cut(self._place)]
