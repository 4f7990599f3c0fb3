"""Editions: an article made ready for one page, its sentences marked and its text in the script asked for."""

from typing import Literal

from service.article import Article
from service.text.annotation import annotate
from service.text.foreign import mark_foreign
from service.text.lexicon import EMPTY, Lexicon
from service.text.marking import mark
from service.text.scripts import Script, convert

Readings = Literal["none", "doubtful", "all"]
"""Which characters have their pinyin above them."""


def edition(
    article: Article, script: Script | None, lexicon: Lexicon = EMPTY, *, readings: Readings = "none"
) -> Article:
    """The article with its sentences and foreign phrases marked, in `script` or, where that is None, as it was written.

    Sentences are marked before they are converted, so an id names the same sentence in every script, and what is in
    another language keeps its characters. An article that is not Chinese stays in its script.
    """
    marked = mark_foreign(mark(article))
    if not article.language.startswith("zh"):
        return marked
    written = marked if script in (None, article.language) else convert(marked, script, lexicon)
    return written if readings == "none" else annotate(written, lexicon, doubtful=readings == "doubtful")
