"""Reading aloud: what is skipped, what is announced, and in which words."""

import pytest
from hypothesis import given, settings

from service.article import (
    Article,
    Blocks,
    Cell,
    Code,
    Figure,
    Item,
    ListBlock,
    Note,
    Notes,
    Paragraph,
    Table,
    make_article,
)
from service.inlines import Text
from service.text.policy import phrases, policies
from service.text.reading import lines, read_aloud
from service.text.sentences import sentences
from tests.text.trees import articles


def text(words: str) -> tuple[Text]:
    return (Text(text=words),)


def paragraph(words: str) -> Paragraph:
    return Paragraph(inlines=text(words))


BLOCKS: Blocks = (
    Figure(src="a.png"),
    paragraph("正文。"),
    ListBlock(ordered=True, start=2, items=(Item(blocks=(paragraph("甲项。第二句。"),)),)),
    Figure(src="b.png", alt="一座桥", caption=text("老桥")),
    Code(text="print(1)"),
    Table(
        caption=text("价目"),
        head=((Cell(inlines=text("项目")), Cell(inlines=text("电话"))),),
        rows=((Cell(inlines=text("热线")), Cell(inlines=text("64161707"))),),
    ),
    Notes(notes=(Note(id="n1", blocks=(paragraph("见上文。"),)),)),
)
ARTICLE = make_article(title="题目", blocks=BLOCKS)


def said(policy: str, article: Article = ARTICLE) -> list[str]:
    return [spoken.text for spoken in read_aloud(article, policy)]


def test_everything_is_read_with_what_a_listener_needs() -> None:
    assert said("everything") == [
        "题目",
        "正文。",
        "二，甲项。",
        "第二句。",
        "图片：一座桥",
        "老桥",
        "此处有一段代码，略过。价目",
        "项目",
        "电话",
        "项目：热线",
        "电话：六四幺六幺七零七",
        "注：见上文。",
    ]


def test_the_body_alone() -> None:
    assert said("body") == ["题目", "正文。", "二，甲项。", "第二句。"]


def test_everything_described() -> None:
    assert said("described")[:2] == ["题目", "此处有一张图片，没有文字说明。正文。"]
    assert "说明：老桥" in said("described")


def test_nothing_added() -> None:
    assert "热线" in said("verbatim")
    assert "甲项。" in said("verbatim")


def test_announcements_speak_the_article_s_language() -> None:
    article = make_article(title="Title", language="en", blocks=(Figure(src="b.png", alt="An old bridge"),))
    assert said("everything", article)[1] == "Picture: An old bridge"
    article = make_article(title="題", language="zh-Hant-TW", blocks=(Figure(src="b.png", alt="橋"),))
    assert said("everything", article)[1] == "圖片：橋"


@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant", "zh-Hant-HK", "en", "fr"])
def test_every_phrase_that_a_policy_needs_is_there(language: str) -> None:
    for policy in policies().values():
        assert policy.announce <= phrases(language).before.keys()
        assert policy.mention <= phrases(language).instead.keys()


@given(articles)
@settings(max_examples=25, deadline=None)
def test_the_same_sentences_as_the_page_in_the_same_order(article: Article) -> None:
    for policy in policies():
        said = tuple(one.sentence for one in read_aloud(article, policy))
        shown = sentences(article, policy)
        assert said in (shown, tuple(one for one in shown if one.passage > 0))


def test_a_title_that_is_how_the_text_begins_is_said_once() -> None:
    text = Paragraph(inlines=(Text(text="今天天气很好，我们去公园散步。"),))
    said = lines(make_article(title="今天天气很好…", blocks=(text,)))
    assert [line.sentence.id for line in said] == ["b1.s1"]
    assert [line.sentence.id for line in lines(make_article(title="散步", blocks=(text,)))] == ["b0.s1", "b1.s1"]


def test_an_address_that_is_only_mentioned_is_mentioned_once() -> None:
    text = "网址：https://www.example.cn/a，邮箱 a@example.cn。见www.example.cn或写信到b@example.cn。"
    written = make_article(title="题", language="zh-Hans", blocks=(Paragraph(inlines=(Text(text=text),)),))
    assert said("body", written)[1:] == ["网址：，邮箱 。", "见网址或写信到邮箱地址。"]
