"""Sentences: where they end, that nothing is lost, and that their ids hold."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from service.article import Paragraph, make_article
from service.inlines import Text
from service.text.boundaries import LIMIT, width
from service.text.passages import passages
from service.text.policy import policies
from service.text.sentences import sentences, split
from tests.text.trees import articles, written


def pieces(text: str) -> list[str]:
    return [text[start:end] for start, end in split(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("春天来了。花开了！你看见了吗？", ["春天来了。", "花开了！", "你看见了吗？"]),
        ("真的吗？！是的……", ["真的吗？！", "是的……"]),
        ("他说：“今天很好。我们去吧！”然后走了。", ["他说：“今天很好。我们去吧！”", "然后走了。"]),
        ("“太好了！”王阿姨说，她很高兴。", ["“太好了！”王阿姨说，她很高兴。"]),
        ("他问：“为什么？”“因为下雨。”她答。", ["他问：“为什么？”", "“因为下雨。”她答。"]),
        ("打造“近者悦。远者来”的街区。下一句。", ["打造“近者悦。远者来”的街区。", "下一句。"]),
        ("（一）总体要求。全面推进。（二）主要目标。", ["（一）总体要求。", "全面推进。", "（二）主要目标。"]),
        ("全长3.5公里。完工。", ["全长3.5公里。", "完工。"]),
        ("1.各支部要学习。2.积极参与。", ["1.各支部要学习。", "2.积极参与。"]),
        ("甲；乙；丙。", ["甲；乙；丙。"]),
        (
            "加快推进老旧小区改造和加装电梯工作；不断提升社区治理的水平。",
            ["加快推进老旧小区改造和加装电梯工作；", "不断提升社区治理的水平。"],
        ),
        ("他想了很久……还是走了。", ["他想了很久……还是走了。"]),
        ("床前明月光，\n疑是地上霜。", ["床前明月光，", "疑是地上霜。"]),
        (
            "U.S. officials met Dr. Li at 5 p.m. on Monday. It rained! Did it stop?",
            ["U.S. officials met Dr. Li at 5 p.m. on Monday.", "It rained!", "Did it stop?"],
        ),
        (
            "See www.example.org?a=1 for version 3.0.2. Thanks.",
            ["See www.example.org?a=1 for version 3.0.2.", "Thanks."],
        ),
        ("“没有说完的话。还有一句。", ["“没有说完的话。", "还有一句。"]),
        ("　　", []),
        ("", []),
        ("。。。", ["。。。"]),
    ],
)
def test_ends_where_a_reader_breathes(text: str, expected: list[str]) -> None:
    assert pieces(text) == expected


def test_a_long_quotation_is_read_sentence_by_sentence() -> None:
    text = "“" + "我们要把这件事情办好，让大家都满意。" * 6 + "”他说。"
    assert len(pieces(text)) == 6


def test_an_endless_sentence_is_cut_at_clauses() -> None:
    text = "，".join(["这是没有句号的一个分句"] * 200)
    assert all(piece.endswith("，") for piece in pieces(text)[:-1])
    assert max(len(piece) for piece in pieces(text)) <= 60


def test_without_any_pause_it_is_cut_between_words() -> None:
    text = "我们在人民广场参加社区志愿服务活动" * 300
    found = pieces(text)
    assert max(len(piece) for piece in found) <= LIMIT
    assert all(piece[0] in "我在人参社志服活" for piece in found)


@given(st.one_of(written, st.text(max_size=200)))
@example("a" * 3000)
@example("（" * 500 + "甲。" * 50)
@example("1" * 700)
def test_sentences_cover_all_that_is_not_space(text: str) -> None:
    done = 0
    for start, end in split(text):
        assert done <= start < end
        assert not text[done:start].strip()
        assert text[start:end] == text[start:end].strip()
        assert width(text[start:end]) <= LIMIT
        done = end
    assert not text[done:].strip()


@given(articles)
@settings(max_examples=60)
def test_offsets_and_ids_are_those_of_the_passages(article: object) -> None:
    assert isinstance(article, type(make_article(title="", blocks=())))
    by_number = {passage.number: passage for passage in passages(article)}
    found = sentences(article)
    assert len({sentence.id for sentence in found}) == len(found)
    for sentence in found:
        passage = by_number[sentence.passage]
        assert passage.text[sentence.start : sentence.end] == sentence.text
        assert sentence.id.startswith(f"b{passage.number}.s")
    for name, policy in policies().items():
        assert [one for one in found if by_number[one.passage].kind not in policy.skip] == list(
            sentences(article, name)
        )


WHOLE = st.sampled_from(
    (
        "春天来了。",
        "他说：“今天很好。我们去吧！”",
        "（一）总体要求。",
        "全长3.5公里。",
        "《朝花。夕拾》出版了！",
        "“甲。”“乙！”",
        "真的吗？！",
    )
)
PARAGRAPH = st.lists(WHOLE, min_size=1, max_size=6)


def read(paragraphs: list[list[str]]) -> dict[str, str]:
    """The text of every sentence, by its id, of an article of these paragraphs."""
    blocks = tuple(Paragraph(inlines=(Text(text="".join(parts)),)) for parts in paragraphs)
    return {sentence.id: sentence.text for sentence in sentences(make_article(title="题", blocks=blocks))}


@given(st.lists(PARAGRAPH, min_size=1, max_size=5), st.integers(0, 4), PARAGRAPH)
def test_an_edit_changes_no_id_in_other_paragraphs(paragraphs: list[list[str]], place: int, edit: list[str]) -> None:
    place %= len(paragraphs)
    before, after = read(paragraphs), read([*paragraphs[:place], edit, *paragraphs[place + 1 :]])
    elsewhere = {id: text for id, text in before.items() if not id.startswith(f"b{place + 1}.")}
    assert elsewhere == {id: text for id, text in after.items() if not id.startswith(f"b{place + 1}.")}


@given(PARAGRAPH, PARAGRAPH)
def test_what_is_added_behind_changes_no_id_before_it(paragraph: list[str], added: list[str]) -> None:
    before, after = read([paragraph]), read([paragraph + added])
    assert after.items() >= dict(list(before.items())[:-1]).items()


@given(PARAGRAPH)
def test_quotations_and_brackets_stay_whole(paragraph: list[str]) -> None:
    for text in read([paragraph]).values():
        assert [text.count(mark) for mark in "“（《"] == [text.count(mark) for mark in "”）》"]


@given(PARAGRAPH, st.data())
def test_one_sentence_changed_is_one_sentence_changed(paragraph: list[str], data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(paragraph) - 1))
    changed = [*paragraph[:place], "换成这一句了。", *paragraph[place + 1 :]]
    before, after = list(read([paragraph]).values()), list(read([changed]).values())
    assert len([text for text in after if text not in before]) <= 1


def test_the_title_is_one_sentence_and_the_first() -> None:
    article = make_article(title="第一句。第二句。", blocks=(Paragraph(inlines=(Text(text="正文。"),)),))
    assert [(sentence.id, sentence.text) for sentence in sentences(article)] == [
        ("b0.s1", "第一句。第二句。"),
        ("b1.s1", "正文。"),
    ]
