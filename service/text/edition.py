"""Editions: an article made ready for one page, its sentences marked and its text in the script asked for."""

from service.article import Article
from service.text.annotation import annotate
from service.text.foreign import mark_foreign
from service.text.lexicon import EMPTY, Lexicon
from service.text.marking import mark
from service.text.scripts import Script, convert


def edition(article: Article, script: Script | None, lexicon: Lexicon = EMPTY, *, with_pinyin: bool = False) -> Article:
    """The article with its sentences and foreign phrases marked, in `script` or, where that is None, as it was written.

    Sentences are marked before they are converted, so an id names the same sentence in every script, and what is in
    another language keeps its characters. An article that is not Chinese stays in its script.
    """
    marked = mark_foreign(mark(article))
    if not article.language.startswith("zh"):
        return marked
    written = marked if script in (None, article.language) else convert(marked, script, lexicon)
    return annotate(written, lexicon) if with_pinyin else written
