"""Reading aloud: every sentence of an article as it is said, with what a listener must hear first."""

from service.article import Article
from service.text.lexicon import EMPTY, Lexicon
from service.text.passages import passages
from service.text.policy import EVERYTHING, Policy
from service.text.sentences import passage_sentences
from service.text.spoken import Spoken, speak


def read_aloud(article: Article, policy: Policy = EVERYTHING, lexicon: Lexicon = EMPTY) -> tuple[Spoken, ...]:
    """The sentences that `policy` lets be read, in order, each in its spoken form."""
    english = True if article.language.startswith("en") else None
    mentions = policy.mentions(article)
    spoken: list[Spoken] = []
    waiting = ""
    for passage in passages(article):
        waiting += mentions.get(passage.number, "")
        if passage.kind in policy.skip:
            continue
        announcement = waiting + policy.announcement(passage, article.language)
        for sentence in passage_sentences(passage):
            spoken.append(speak(sentence, lexicon, announcement=announcement, english=english))
            announcement = waiting = ""
    return tuple(spoken)
