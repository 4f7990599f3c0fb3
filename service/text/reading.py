"""Reading aloud: the spoken form of an article's sentences, in the order in which a listener hears them."""

from collections.abc import Iterator

from service.article import Article
from service.text.lexicon import EMPTY, Lexicon
from service.text.policy import EVERYTHING, Policy
from service.text.sentences import sentences
from service.text.spoken import Spoken, speak


def read_aloud(article: Article, policy: Policy = EVERYTHING, lexicon: Lexicon = EMPTY) -> Iterator[Spoken]:
    """Each sentence that is read, made as it is asked for: the first is there before the last is begun."""
    for sentence in sentences(article, policy):
        yield speak(sentence, lexicon)
