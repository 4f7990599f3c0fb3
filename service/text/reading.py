"""Reading aloud: every sentence of an article as it is said, with what a listener must hear first."""

from collections.abc import Iterator, Sequence

import msgspec

from service.article import Article
from service.text.han import han_places
from service.text.lexicon import EMPTY, Lexicon
from service.text.passages import passages
from service.text.policy import policies
from service.text.pronunciation import pinyins
from service.text.ruby import Printed, printed
from service.text.sentences import Sentence, passage_sentences
from service.text.spoken import Spoken, SpokenForm, spoken_form, told


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """A sentence that is read, what is announced before it, and how it is to be said (see `spoken_form`).

    `printed` are the readings that the article itself prints above the sentence, by places in its text.
    """

    sentence: Sentence
    announcement: str = ""
    english: bool = False
    addresses: bool = True
    printed: tuple[Printed, ...] = ()

    def form(self, lexicon: Lexicon) -> SpokenForm:
        """The words said for the announcement and the sentence."""
        text = self.announcement + self.sentence.text
        return spoken_form(text, lexicon, english=self.english, addresses=self.addresses)


def say(part: Sequence[Line], lexicon: Lexicon = EMPTY) -> tuple[Spoken, ...]:
    """Lines as they are said; many at once take an eighth of the time that each by itself does."""
    forms = [line.form(lexicon) for line in part]
    sounds = pinyins([form.text for form in forms], lexicon)
    return tuple(
        told(line.sentence, form, _as_printed(line, form, sound), len(line.announcement))
        for line, form, sound in zip(part, forms, sounds, strict=True)
    )


def _as_printed(line: Line, form: SpokenForm, sounds: tuple[str, ...]) -> tuple[str, ...]:
    if not line.printed:
        return sounds
    said, places = list(sounds), han_places(form.text)
    for one in line.printed:
        announced = len(line.announcement)
        start, end = form.alignment.span(one.start + announced, one.end + announced)
        within = [number for number, place in enumerate(places) if start <= place < end]
        if len(within) == len(one.syllables):
            for number, sound in zip(within, one.syllables, strict=True):
                said[number] = sound
    return tuple(said)


def lines(article: Article, policy: str = "everything") -> tuple[Line, ...]:
    """What a policy of `service.text.policy` lets be read, in order; cheap, so that the first lines can be said before the rest.

    A title that only repeats how the text begins is not said twice.
    """
    english = article.language.startswith("en")
    preset = policies()[policy]
    mentions = preset.mentions(article)
    found: list[Line] = []
    waiting = ""
    title, *body = passages(article)
    repeated = bool(body) and body[0].text.startswith(title.text.removesuffix("…"))
    for passage in body if repeated else (title, *body):
        waiting += mentions.get(passage.number, "")
        if passage.kind in preset.skip:
            continue
        announcement = waiting + preset.announcement(passage, article.language)
        readings = printed(passage.inlines)
        for sentence in passage_sentences(passage):
            found.append(
                Line(
                    sentence=sentence,
                    announcement=announcement,
                    english=english,
                    addresses=preset.addresses,
                    printed=tuple(_within(readings, sentence)),
                )
            )
            announcement = waiting = ""
    return tuple(found)


def _within(readings: tuple[Printed, ...], sentence: Sentence) -> Iterator[Printed]:
    """The readings above a sentence, by places in it."""
    for one in readings:
        if sentence.start <= one.start and one.end <= sentence.end:
            yield Printed(one.start - sentence.start, one.end - sentence.start, one.syllables)


def read_aloud(article: Article, policy: str = "everything", lexicon: Lexicon = EMPTY) -> tuple[Spoken, ...]:
    """Every line of an article as it is said."""
    return say(lines(article, policy), lexicon)
