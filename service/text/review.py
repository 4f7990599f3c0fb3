"""Review: the readings of an article that an editor should look at, where they stand in what is written."""

from collections.abc import Iterator

import msgspec

from service.article import Article
from service.text.lexicon import EMPTY, Lexicon
from service.text.polyphones import Why
from service.text.pronunciation import Doubt, doubts
from service.text.reading import Line, lines
from service.text.spoken import SpokenForm


class DoubtfulReading(msgspec.Struct, frozen=True, kw_only=True):
    """`character` of `word` is read `reading`, one of `choices`, the likeliest first.

    `start` and `end` are offsets in `text`, the sentence as it is written. `why`: the phrase table and the model
    disagree (`sources`), the model finds two readings likely (`close`), or it is taken for a person's `name`.
    """

    sentence: str
    text: str
    start: int
    end: int
    character: str
    word: str
    reading: str
    choices: tuple[str, ...]
    why: Why


def doubtful_readings(article: Article, lexicon: Lexicon = EMPTY) -> tuple[DoubtfulReading, ...]:
    """In reading order; what the lexicon or the article's own ruby says is never doubtful."""
    if not article.language.startswith("zh"):
        return ()
    read = lines(article)
    forms = [line.form(lexicon) for line in read]
    found = doubts([form.text for form in forms], lexicon)
    return tuple(one for line, form, each in zip(read, forms, found, strict=True) for one in _placed(line, form, each))


def _placed(line: Line, form: SpokenForm, found: tuple[Doubt, ...]) -> Iterator[DoubtfulReading]:
    announced = len(line.announcement)
    for doubt in found:
        start, end = form.alignment.written(doubt.place, doubt.place + 1)
        start, end = start - announced, end - announced
        if start < 0 or any(one.start <= start and end <= one.end for one in line.printed):
            continue
        yield DoubtfulReading(
            sentence=line.sentence.id,
            text=line.sentence.text,
            start=start,
            end=end,
            character=doubt.character,
            word=doubt.word,
            reading=doubt.chosen,
            choices=doubt.candidates,
            why=doubt.why,
        )
