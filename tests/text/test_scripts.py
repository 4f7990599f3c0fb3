"""Scripts over trees: the same words under every mark, whatever the tree, and what must stay stays."""

from collections.abc import Iterator
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from service.article import Article, Paragraph, make_article
from service.inlines import (
    Abbreviation,
    CodeSpan,
    Foreign,
    Inlines,
    Link,
    Ruby,
    SentenceSpan,
    Strong,
    Text,
    Verbatim,
    plain,
)
from service.text.conversion import convert_text
from service.text.forms import simplified
from service.text.leaves import written
from service.text.marking import mark
from service.text.passages import passages
from service.text.protected import protected_spans
from service.text.quotes import convert_quotes
from service.text.scripts import conversions, convert
from service.text.sentences import sentences
from service.text.tags import SCRIPTS, Script
from tests.text.trees import articles_of

HANS = (
    "头发 发展 后来 皇后 里面 公里 干净 干部 面条 面 只有 一只 台湾 了解 关系 系 制造 并且 软件 信息 博客 出租车 程序 服务器 "
    "打印机 我 的 发 后 里 博 客 于先生 “ ” ‘ ’ 「 」 ， 。 ！ \n 5 GDP https://例子.cn/头发 a.b@example.cn カタカナ"
).split(" ")
HANT = "頭髮 發展 後來 皇后 裡面 裏面 軟體 軟件 資訊 程式 著 着 說 説 污染 濕 台灣 臺灣 部落格 的士 「 」 『 』 “ ， 。 \n 我 的".split(
    " "
)
simplified_text = st.lists(st.sampled_from(HANS), max_size=12).map("".join)
traditional_text = st.lists(st.sampled_from(HANT), max_size=12).map("".join)
hans_articles = articles_of(simplified_text, base="头发")
scripts = st.sampled_from(SCRIPTS)
targets = st.sampled_from(SCRIPTS[1:])


def leaves(article: Article) -> list[str]:
    read = written(article)
    return [read.text[start:end] for start, end in read.leaves]


def of_kind(inlines: Inlines, *kinds: type) -> Iterator[str]:
    for inline in inlines:
        if isinstance(inline, kinds):
            yield plain((inline,))
        else:
            yield from of_kind(getattr(inline, "inlines", ()), *kinds)


def kept(article: Article) -> list[str]:
    return [text for passage in passages(article) for text in of_kind(passage.inlines, CodeSpan, Verbatim, Foreign)]


@given(hans_articles)
def test_in_characters_alone_each_leaf_keeps_its_text(article: Article) -> None:
    converted = convert(article, "zh-Hant")
    assert list(map(len, leaves(converted))) == list(map(len, leaves(article)))
    back = [simplified(leaf) for leaf in leaves(converted)]
    assert [unquoted(leaf) for leaf in back] == [unquoted(simplified(leaf)) for leaf in leaves(article)]


def unquoted(text: str) -> str:
    return text.translate(dict.fromkeys(map(ord, "“”‘’「」『』")))


@given(hans_articles, targets)
def test_each_mark_covers_the_same_words(article: Article, script: Script) -> None:
    marked = mark(article)
    whole = conversions(marked, script)
    for before, after, conversion in zip(passages(marked), passages(convert(marked, script)), whole, strict=True):
        assert after.text == conversion.text
        texts = dict[str, str]()
        for span in spans(after.inlines):
            texts[span.id] = texts.get(span.id, "") + plain(span.inlines)
        cut = conversion.alignment.cut
        for sentence in (one for one in sentences(article) if one.passage == before.number and one.id in texts):
            assert texts[sentence.id] == conversion.text[cut(sentence.start) : cut(sentence.end)].strip("\n")


def spans(inlines: Inlines) -> Iterator[SentenceSpan]:
    for inline in inlines:
        if isinstance(inline, SentenceSpan):
            yield inline
        else:
            yield from spans(getattr(inline, "inlines", ()))


@given(simplified_text, targets)
def test_an_alignment_is_total_and_keeps_order(text: str, script: Script) -> None:
    conversion = convert_text(text, "zh-Hans", script)
    alignment = conversion.alignment
    cuts = alignment.cuts(range(len(text) + 1))
    assert cuts == [alignment.cut(place) for place in range(len(text) + 1)]
    assert (cuts[0], cuts[-1]) == (0, len(conversion.text))
    assert all(left <= right for left, right in pairwise(cuts))
    for place in range(len(text)):
        start, end = alignment.span(place, place + 1)
        assert start < end
        back = alignment.written(start, end)
        assert back[0] <= place < back[1]


@given(hans_articles, scripts)
def test_what_must_stay_stays(article: Article, script: Script) -> None:
    assert kept(convert(article, script)) == kept(article)


@given(simplified_text, targets)
def test_addresses_and_japanese_stay(text: str, script: Script) -> None:
    converted = convert_text(text, "zh-Hans", script).text
    for start, end in protected_spans(text):
        assert text[start:end] in converted


SHARED_WORD_BESIDE_AN_ADDRESS = make_article(
    title="干部程序",
    byline="干部程序",
    blocks=(Paragraph(inlines=(Text(text="https://例子.cn/头发"),)),),
    language="zh-Hans",
)


@given(hans_articles, scripts)
@example(SHARED_WORD_BESIDE_AN_ADDRESS, "zh-Hant-TW")
def test_converting_again_changes_nothing(article: Article, script: Script) -> None:
    once = convert(article, script)
    assert convert(once, script) == once


@pytest.mark.parametrize("script", SCRIPTS[1:])
@given(data=st.data())
@settings(max_examples=50)
def test_a_text_of_the_region_stays_untouched(script: Script, data: st.DataObject) -> None:
    article = data.draw(articles_of(traditional_text, base="頭髮", language=script))
    assert convert(article, script) == article


def nested(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.one_of(
        inner.map(lambda text: f"他说“{text}”。"),
        st.tuples(inner, inner).map(lambda pair: f"{pair[0]}，{pair[1]}"),
    )


@given(st.recursive(st.sampled_from(["头发", "it’s 很好", "走了", "“反馈”"]), nested, max_leaves=6))
def test_quotations_nest(text: str) -> None:
    converted = convert_quotes(text, "zh-Hant")
    open_marks: list[str] = []
    for character in converted:
        if character in "「『":
            assert character == ("「" if len(open_marks) % 2 == 0 else "『")
            open_marks.append(character)
        elif character in "」』":
            assert open_marks.pop() == ("「" if character == "」" else "『")
    assert not open_marks
    assert converted.count("’") == text.count("’")


def test_a_quotation_of_several_paragraphs_opens_each_anew() -> None:
    assert convert_quotes("“第一段。\n“第二段。”\n他走了。", "zh-Hant") == "「第一段。\n「第二段。」\n他走了。"


def test_what_abbreviations_stand_for_is_converted_and_is_no_text() -> None:
    def short(expansion: str) -> Abbreviation:
        return Abbreviation(expansion=expansion, inlines=(Text(text="简称"),))

    written = Paragraph(
        inlines=(short("头发"), Foreign(lang="ja", inlines=(short("国会"),)), Verbatim(inlines=(short("发展"),)))
    )
    article = make_article(title="题", byline="叶师傅", blocks=(written, Paragraph(inlines=(short("皇后"),))))
    converted = convert(article, "zh-Hant")
    first, second = (block.inlines for block in converted.blocks if isinstance(block, Paragraph))
    assert first[0] == Abbreviation(expansion="頭髮", inlines=(Text(text="簡稱"),))
    assert first[1:] == written.inlines[1:]
    assert second == (Abbreviation(expansion="皇后", inlines=(Text(text="簡稱"),)),)
    assert converted.byline == "葉師傅"
    assert [sentence.text for sentence in sentences(converted)] == ["題", "簡稱简称简称", "簡稱"]


def test_a_phrase_cut_by_marks_converts_as_one() -> None:
    paragraph = Paragraph(
        inlines=(
            Strong(inlines=(Text(text="头"),)),
            Text(text="发和皇"),
            Link(href="https://example.org/", inlines=(Text(text="后的博"),)),
            Text(text="客里"),
            Ruby(base="面", reading="miàn"),
        )
    )
    converted = convert(make_article(title="题", blocks=(paragraph,)), "zh-Hant-TW").blocks[0]
    assert converted == Paragraph(
        inlines=(
            Strong(inlines=(Text(text="頭"),)),
            Text(text="髮和皇"),
            Link(href="https://example.org/", inlines=(Text(text="后的部"),)),
            Text(text="落格裡"),
            Ruby(base="面", reading="miàn"),
        )
    )


def test_a_passage_in_another_script_is_converted_from_its_own() -> None:
    blocks = tuple(
        Paragraph(inlines=(Text(text=text),))
        for text in ("头发里的软件，还有网络的质量与发展", "軟體與網路的發展", "后面")
    )
    article = make_article(title="后来的发展", blocks=blocks)
    texts = [passage.text for passage in passages(convert(article, "zh-Hant-HK"))]
    assert texts == ["後來的發展", "頭髮裏的軟件，還有網絡的質量與發展", "軟件與網絡的發展", "後面"]


def test_what_is_not_chinese_comes_back_as_it_is() -> None:
    article = make_article(title="A title", blocks=(Paragraph(inlines=(Text(text="“Text”"),)),), language="en")
    assert convert(article, "zh-Hant-TW") is article
    assert conversions(article, "zh-Hant-TW") == ()


def test_a_number_of_many_digits_is_one_word_and_costs_no_more_than_its_length() -> None:
    digits = "9" * 300_000  # looked through in each of its parts, it took half a minute
    assert convert_text(digits, "zh-Hans", "zh-Hant-HK").text == digits
