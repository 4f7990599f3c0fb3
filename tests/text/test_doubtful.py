"""Doubtful conversions: where they stand, what OpenCC would have, and that the lexicon settles them."""

from hypothesis import given

from service.article import Article, Paragraph, make_article
from service.inlines import CodeSpan, Strong, Text
from service.text.doubtful import Doubt, DoubtfulConversion, doubtful_conversions, doubtful_text
from service.text.lexicon import Entry, Lexicon
from service.text.sentences import sentences
from service.text.tags import Script
from tests.text.test_scripts import hans_articles, targets

INVENTION = Doubt(start=2, end=4, written="发明", chosen="發明", other="髮明", why="words")


def test_what_longest_match_would_make_of_it() -> None:
    assert doubtful_text("笔被发明过", "zh-Hant") == (INVENTION,)


def test_another_word_of_the_region() -> None:
    assert doubtful_text("服务窗口", "zh-Hant-TW") == (
        Doubt(start=2, end=4, written="窗口", chosen="窗口", other="視窗", why="region"),
    )
    assert doubtful_text("服务窗口", "zh-Hant") == ()


def test_the_lexicon_settles_it() -> None:
    lexicon = Lexicon((Entry(word="窗口", forms={"zh-Hant-TW": "窗口"}),))
    assert doubtful_text("服务窗口", "zh-Hant-TW", lexicon) == ()


def test_nothing_is_doubtful_in_traditional_text() -> None:
    assert doubtful_text("被髮明", "zh-Hant-TW") == ()


def test_a_doubt_stands_in_its_sentence_across_marks() -> None:
    inlines = (
        Text(text="第一句。笔被"),
        Strong(inlines=(Text(text="发"),)),
        Text(text="明过"),
        CodeSpan(text="被发明"),
    )
    found = doubtful_conversions(make_article(title="题目与发展", blocks=(Paragraph(inlines=inlines),)), "zh-Hant")
    assert found.doubts == (DoubtfulConversion(sentence="b1.s2", text="笔被发明过被发明", doubt=INVENTION),)


@given(hans_articles, targets)
def test_each_doubt_quotes_its_sentence(article: Article, script: Script) -> None:
    texts = {sentence.id: sentence.text for sentence in sentences(article)}
    for found in doubtful_conversions(article, script).doubts:
        assert texts[found.sentence] == found.text
        assert found.text[found.doubt.start : found.doubt.end] == found.doubt.written
        assert found.doubt.chosen != found.doubt.other
