"""Editions: an article made ready for one page, its sentences marked and its text in the script asked for."""

from service.article import Article
from service.text.lexicon import EMPTY, Lexicon
from service.text.marking import mark
from service.text.scripts import Script, convert


def edition(article: Article, script: Script | None, lexicon: Lexicon = EMPTY) -> Article:
    """The article with a span around each sentence, in `script` or, where that is None, as it was written.

    Sentences are marked before they are converted, so an id names the same sentence in every script. An article
    that is not Chinese stays as it is.
    """
    marked = mark(article)
    if script is None or not article.language.startswith("zh") or article.language == script:
        return marked
    return convert(marked, script, lexicon)
