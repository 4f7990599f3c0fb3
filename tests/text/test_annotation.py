"""Pinyin above characters: the right reading over each, and not a character of the text changed."""

from hypothesis import given, settings
from hypothesis import strategies as st

from service.article import Article, Paragraph, body_text, make_article
from service.inlines import Inline, Inlines, Link, Ruby, SentenceSpan, Text
from service.text.annotation import annotate
from service.text.marking import mark
from service.text.scripts import convert
from tests.web import specimens


def _article(*inlines: Inline, language: str = "zh-Hans") -> Article:
    return make_article(title="题", blocks=(Paragraph(inlines=inlines),), language=language)


def _readings(article: Article) -> list[tuple[str, str]]:
    def walk(inlines: Inlines) -> list[tuple[str, str]]:
        found = []
        for inline in inlines:
            if isinstance(inline, Ruby):
                found.append((inline.base, inline.reading))
            elif isinstance(inline, Link | SentenceSpan):
                found += walk(inline.inlines)
        return found

    (paragraph,) = article.blocks
    assert isinstance(paragraph, Paragraph)
    return walk(paragraph.inlines)


def test_each_character_has_its_reading_with_a_tone_mark() -> None:
    assert _readings(annotate(_article(Text(text="绿色的树，2 棵。")))) == [
        ("绿", "lǜ"),
        ("色", "sè"),
        ("的", "de"),
        ("树", "shù"),
        ("棵", "kē"),
    ]


def test_only_what_is_doubtful() -> None:
    """曼声是长的意思 leaves 长 open; nothing else in it is."""
    article = _article(Text(text="“慢”字从心，曼声。曼是长的意思。"))
    assert _readings(annotate(article, doubtful=True)) == [("长", "cháng")]
    assert _readings(annotate(_article(Text(text="请提前储水。")), doubtful=True)) == []


def test_a_word_cut_by_a_link_is_read_as_a_word() -> None:
    cut = _article(
        Text(text="他去银"), Link(href="https://example.org/", inlines=(Text(text="行"),)), Text(text="了。")
    )
    assert ("行", "háng") in _readings(annotate(cut))


def test_traditional_characters_have_the_readings_of_simplified_ones() -> None:
    assert ("髮", "fà") in _readings(annotate(_article(Text(text="他的頭髮很長。"), language="zh-Hant")))


def test_a_regions_own_word_has_its_own_readings() -> None:
    """What a simplified page calls 软件 and 鼠标 is another word there, and its characters are read as they stand."""
    written = _article(Text(text="软件和鼠标都要用。"))
    assert ("件", "jiàn") in _readings(annotate(written))
    converted = _readings(annotate(convert(written, "zh-Hant-TW")))
    assert [reading for reading in converted if reading[0] in "軟體滑鼠"] == [
        ("軟", "ruǎn"),
        ("體", "tǐ"),
        ("滑", "huá"),
        ("鼠", "shǔ"),
    ]


def test_the_sources_own_readings_stay() -> None:
    own = Ruby(base="曼", reading="màn")
    assert _readings(annotate(_article(own, Text(text="声"))))[0] == ("曼", "màn")


def test_the_text_of_every_specimen_stays() -> None:
    for shape in specimens.SHAPES:
        article = mark(shape())
        assert body_text(annotate(article).blocks) == body_text(article.blocks)


@given(st.lists(st.text("绿水青山𠮷龘，a1 ", max_size=6), max_size=4))
@settings(max_examples=30, deadline=None)
def test_any_text_stays(parts: list[str]) -> None:
    article = _article(*(Text(text=part) for part in parts))
    assert body_text(annotate(article).blocks) == body_text(article.blocks)
