"""Reading aloud: every sentence of an article as it is said, with what a listener must hear first."""

import msgspec

from service.article import Article
from service.text.lexicon import EMPTY, Lexicon
from service.text.passages import passages
from service.text.policy import EVERYTHING, Policy
from service.text.sentences import Sentence, passage_sentences
from service.text.spoken import Spoken, speak


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """A sentence that is read, what is announced before it, and how it is to be said (see `speak`)."""

    sentence: Sentence
    announcement: str = ""
    english: bool = False
    addresses: bool = True

    def said(self, lexicon: Lexicon = EMPTY) -> Spoken:
        return speak(
            self.sentence,
            lexicon,
            announcement=self.announcement,
            english=self.english,
            addresses=self.addresses,
        )


def lines(article: Article, policy: Policy = EVERYTHING) -> tuple[Line, ...]:
    """What `policy` lets be read, in order; cheap, so that the first lines can be said before the rest.

    A title that only repeats how the text begins is not said twice.
    """
    english = article.language.startswith("en")
    mentions = policy.mentions(article)
    found: list[Line] = []
    waiting = ""
    title, *body = passages(article)
    repeated = bool(body) and body[0].text.startswith(title.text.removesuffix("…"))
    for passage in body if repeated else (title, *body):
        waiting += mentions.get(passage.number, "")
        if passage.kind in policy.skip:
            continue
        announcement = waiting + policy.announcement(passage, article.language)
        for sentence in passage_sentences(passage):
            line = Line(sentence=sentence, announcement=announcement, english=english, addresses=policy.addresses)
            found.append(line)
            announcement = waiting = ""
    return tuple(found)


def read_aloud(article: Article, policy: Policy = EVERYTHING, lexicon: Lexicon = EMPTY) -> tuple[Spoken, ...]:
    """Every line of an article as it is said."""
    return tuple(line.said(lexicon) for line in lines(article, policy))
