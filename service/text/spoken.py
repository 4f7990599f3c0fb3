"""The spoken form of a sentence: the words a voice says, and where each stands in what is written."""

import re
from bisect import bisect_left
from functools import cache

import msgspec

from service.text.alignment import Alignment, Edit
from service.text.english import ENGLISH
from service.text.han import HAN
from service.text.lexicon import EMPTY, Lexicon
from service.text.mandarin import mandarin
from service.text.pronunciation import pinyin, words
from service.text.rewriting import Rewriter, aligned
from service.text.sentences import Sentence
from service.text.spacing import blanks
from service.text.variants import fold, unfold


class Word(msgspec.Struct, frozen=True, array_like=True):
    """A word of the spoken text and the written characters of the sentence it stands for, as [start, end)."""

    start: int
    end: int
    written_start: int
    written_end: int


class Spoken(msgspec.Struct, frozen=True, kw_only=True):
    """`pinyin` has one syllable with a tone digit 1 to 5 for each Chinese character of `text`, in order.

    `words` cover `text` from left to right without overlap; punctuation belongs to no word. What is announced
    before the sentence stands for no written character: those words have an empty written span.
    """

    sentence: Sentence
    text: str
    pinyin: tuple[str, ...]
    words: tuple[Word, ...]


class SpokenForm(msgspec.Struct, frozen=True):
    """The words said for a text; `alignment.written` gives the written span of a span of them."""

    text: str
    alignment: Alignment


def spoken_form(text: str, lexicon: Lexicon = EMPTY, *, english: bool = False, addresses: bool = True) -> SpokenForm:
    """The words a voice says for one sentence: numbers, dates, units and signs as words, all else as written.

    `english` says that the article is: then its sentences without Chinese are read as English, and otherwise those
    of at least three English words. What the lexicon says about a word counts before any rule. Without `addresses` those of
    pages and mailboxes are only mentioned.
    """
    folded = fold(text)
    lexical = _from_lexicon(text, lexicon)
    taken = [(start, end) for start, end, _ in lexical]
    if is_english(text, few=english):
        ruled = ENGLISH.edits(folded, taken)
    else:
        ruled = _closed_up(folded, taken, mandarin(addresses=addresses))
    return _apply(text, folded, sorted(lexical + [(start, end, unfold(said, text)) for start, end, said in ruled]))


def _closed_up(text: str, taken: list[tuple[int, int]], rewriter: Rewriter) -> list[tuple[int, int, str]]:
    """The rewriter's edits of `text` as it is without the blanks that part nothing, and the blanks' own."""
    gaps = [place for place in blanks(text) if not any(start <= place < end for start, end in taken)]
    if not gaps:
        return rewriter.edits(text, taken)
    places = sorted({*range(len(text) + 1)} - {*gaps})
    inside = [(bisect_left(places, start), bisect_left(places, end)) for start, end in taken]
    closed = "".join(text[place] for place in places[:-1])
    edits = [(places[start], places[end - 1] + 1, said) for start, end, said in rewriter.edits(closed, inside)]
    return edits + [(gap, gap + 1, "") for gap in gaps if not any(start <= gap < end for start, end, _ in edits)]


def _from_lexicon(text: str, lexicon: Lexicon) -> list[tuple[int, int, str]]:
    return [(match.start, match.end, match.entry.say) for match in lexicon.matches(text) if match.entry.say is not None]


def _apply(text: str, folded: str, changes: list[tuple[int, int, str]]) -> SpokenForm:
    parts: list[str] = []
    edits: list[Edit] = []
    done = length = 0
    for start, end, said in changes:
        parts.append(_kept(text, folded, done, start))
        length += start - done
        edits += aligned(start, folded[start:end], length, said)
        parts.append(said)
        length += len(said)
        done = end
    parts.append(_kept(text, folded, done, len(text)))
    return SpokenForm("".join(parts), Alignment(tuple(edits)))


def _kept(text: str, folded: str, start: int, end: int) -> str:
    """Unchanged text as written, but its Latin letters and digits in their common width."""
    if folded is text:
        return text[start:end]
    return "".join(
        common if common.isascii() and common.isalnum() else written
        for written, common in zip(text[start:end], folded[start:end], strict=True)
    )


@cache
def _tests() -> tuple[re.Pattern[str], re.Pattern[str]]:
    word = r"(?<!\S)[“‘\"'(（]*[A-Za-z'’-]*[a-z][A-Za-z'’-]*[,.;:!?)）”’\"']*(?!\S)"
    return re.compile(f"[{HAN}]"), re.compile(word)


def is_english(text: str, *, few: bool = False) -> bool:
    """Whether a text has no Chinese character and three or more English words; with `few` one is enough."""
    han, word = _tests()
    return han.search(text) is None and len(word.findall(text)) >= (1 if few else 3)


def speak(sentence: Sentence, lexicon: Lexicon = EMPTY) -> Spoken:
    """A sentence by itself as it is said; see `spoken_form`."""
    form = spoken_form(sentence.text, lexicon)
    return told(sentence, form, pinyin(form.text, lexicon))


def told(sentence: Sentence, form: SpokenForm, sounds: tuple[str, ...], announced: int = 0) -> Spoken:
    """A sentence with its spoken form and the pinyin of that; its first `announced` characters are written nowhere."""

    def word(start: int, end: int) -> Word:
        written_start, written_end = form.alignment.written(start, end)
        return Word(start, end, max(written_start - announced, 0), max(written_end - announced, 0))

    return Spoken(
        sentence=sentence,
        text=form.text,
        pinyin=sounds,
        words=tuple(word(start, end) for start, end in words(form.text)),
    )
