"""The spoken form of a sentence: the words a voice says, and where each stands in what is written."""

import re
from bisect import bisect_right
from functools import cache

import msgspec
from wetext import Normalizer

from service.text.lexicon import EMPTY, Lexicon
from service.text.pronunciation import pinyin, words
from service.text.sentences import Sentence

_WRITTEN = re.compile(r"[0-9０-９%％‰℃℉㎡㎞￥¥$€£±×÷=<>≤≥+²³°ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ]")


class Word(msgspec.Struct, frozen=True, array_like=True):
    """A word of the spoken text and the written characters of the sentence it stands for, as [start, end)."""

    start: int
    end: int
    written_start: int
    written_end: int


class Spoken(msgspec.Struct, frozen=True, kw_only=True):
    """`pinyin` has one syllable with a tone digit 1 to 5 for each Chinese character of `text`, in order.

    `words` cover `text` from left to right without overlap; punctuation belongs to no word.
    """

    sentence: Sentence
    text: str
    pinyin: tuple[str, ...]
    words: tuple[Word, ...]


class SpokenForm(msgspec.Struct, frozen=True, kw_only=True):
    """`spans` are the parts that are said otherwise than written, in order; all between them is the same."""

    text: str
    spans: tuple[Word, ...] = ()

    def written(self, start: int, end: int) -> tuple[int, int]:
        """The written characters that spoken characters [start, end) stand for."""
        return self._place(start, 0), self._place(end, 1)

    def _place(self, place: int, edge: int) -> int:
        before = bisect_right([span.start for span in self.spans], place - edge) - 1
        if before < 0:
            return place
        span = self.spans[before]
        if place - edge < span.end:
            return span.written_end if edge else span.written_start
        return place - span.end + span.written_end


@cache
def _normalizer() -> Normalizer:
    return Normalizer(lang="zh", operator="tn")


def spoken_form(text: str, lexicon: Lexicon = EMPTY) -> SpokenForm:
    """What is said for `text`: numbers, dates, units and signs as words, the lexicon's `say` over all."""
    if not _WRITTEN.search(text):
        return SpokenForm(text=text)
    result = _normalizer().normalize_with_mapping(text)
    spans = tuple(
        Word(part.output_start, part.output_end, part.input_start, part.input_end) for part in result.mappings
    )
    return SpokenForm(text=result.output_text, spans=spans)


def speak(sentence: Sentence, lexicon: Lexicon = EMPTY) -> Spoken:
    """A sentence as a voice says it."""
    form = spoken_form(sentence.text, lexicon)
    placed = tuple(Word(start, end, *form.written(start, end)) for start, end in words(form.text))
    return Spoken(sentence=sentence, text=form.text, pinyin=pinyin(form.text, lexicon), words=placed)
