"""Foreign phrases: found by themselves, nothing that is Chinese or a name, and no character moved."""

import pytest
from hypothesis import given

from service.article import Article, Paragraph, body_text, make_article
from service.inlines import Abbreviation, CodeSpan, Foreign, Inline, Inlines, Strong, Text
from service.text.foreign import mark_foreign
from tests.web.trees import articles


def _found(inlines: Inlines) -> list[tuple[str, str]]:
    found = []
    for inline in inlines:
        if isinstance(inline, Foreign):
            found.append((inline.lang, "".join(text.text for text in inline.inlines if isinstance(text, Text))))
        found += _found(getattr(inline, "inlines", ())) if not isinstance(inline, Foreign) else []
    return found


def _marked(*inlines: Inline | str, language: str = "zh-Hans") -> list[tuple[str, str]]:
    written = tuple(Text(text=inline) if isinstance(inline, str) else inline for inline in inlines)
    article = mark_foreign(make_article(title="题", language=language, blocks=(Paragraph(inlines=written),)))
    block = article.blocks[0]
    assert isinstance(block, Paragraph)
    return _found(block.inlines)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("他说 slow and steady wins the race，意思相近。", [("en", "slow and steady wins the race")]),
        ("“To be, or not to be.”这是名句", [("en", "To be, or not to be")]),
        ("日文写作 ありがとう，韩文写作 감사합니다。", [("ja", "ありがとう"), ("ko", "감사합니다")]),
        ("俄文 спасибо большое，阿拉伯文 شكرا جزيلا。", [("ru", "спасибо большое"), ("ar", "شكرا جزيلا")]),
        ("鲜の每日，用 Word 和 PDF 都行。", []),
        ("Harvard University Press 出版", []),
        ("世界卫生组织 WHO 说", []),
    ],
)
def test_in_chinese(text: str, found: list[tuple[str, str]]) -> None:
    assert _marked(text) == found


def test_chinese_in_english_but_not_in_japanese() -> None:
    assert _marked("The name is 慢读书屋, read slowly.", language="en") == [("zh", "慢读书屋")]
    assert _marked("日本語の文章です", language="ja") == []


def test_within_marks_and_never_in_code_or_what_is_marked() -> None:
    phrase = "one of the best books"
    assert _marked(Strong(inlines=(Text(text=f"叫 {phrase}"),))) == [("en", phrase)]
    assert _marked(CodeSpan(text=phrase), Foreign(lang="fr", inlines=(Text(text=phrase),))) == [("fr", phrase)]


@given(articles)
def test_no_character_is_moved(article: Article) -> None:
    marked = mark_foreign(article)
    assert body_text(marked.blocks) == body_text(article.blocks)
    assert mark_foreign(marked) == marked


def test_letters_that_stand_for_english_words_are_english() -> None:
    who = Abbreviation(expansion="World Health Organization", inlines=(Text(text="WHO"),))
    chinese = Abbreviation(expansion="World Health Organization", inlines=(Text(text="世卫"),))
    led = Abbreviation(expansion="发光二极管", inlines=(Text(text="LED"),))
    paragraph = Paragraph(inlines=(who, chinese, led))
    marked = mark_foreign(make_article(title="题", blocks=(paragraph,)))
    assert marked.blocks == (Paragraph(inlines=(Foreign(lang="en", inlines=(who,)), chinese, led)),)
