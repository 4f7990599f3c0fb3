"""The spoken form: pairs of what is written and what is said, spans back, and nothing that breaks it."""

import csv
import re
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from service.text.han import han_places
from service.text.lexicon import EMPTY, Entry, Lexicon
from service.text.reading import Line, say
from service.text.sentences import Sentence
from service.text.spoken import speak, spoken_form

HERE = Path(__file__).parent
SHARED = HERE.parents[2] / "shared" / "corpus" / "spoken.dev.tsv"


SIGNS = "0123456789年月日时分%％.,，:：-—~/+×第号楼室元万亿℃㎡ＡA1２Ⅲ①儿電兩 GPa@.cn#*（）“”"


def rows(path: Path) -> list[tuple[str, str]]:
    with path.open(encoding="utf-8") as lines:
        return [
            (row["written"], row["spoken"] or "")
            for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        ]


def sentence(text: str) -> Sentence:
    return Sentence(id="b1.s1", passage=1, start=0, end=len(text), text=text)


@pytest.mark.parametrize(("written", "spoken"), rows(HERE / "spoken_pairs.tsv"))
def test_own_pairs(written: str, spoken: str) -> None:
    assert spoken_form(written).text == spoken


def test_forms_of_official_news() -> None:
    pairs = rows(HERE / "spoken_news.tsv")
    assert len(pairs) > 2000
    assert [
        (written, spoken_form(written).text) for written, spoken in pairs if spoken_form(written).text != spoken
    ] == []


@pytest.mark.skipif(not SHARED.exists(), reason="the shared development pairs are not beside this checkout")
def test_public_pairs() -> None:
    wrong = [(written, spoken) for written, spoken in rows(SHARED) if spoken_form(written).text != spoken]
    assert wrong == []


def test_text_without_anything_to_say_otherwise_stays() -> None:
    text = "坚持党建引领，挖掘和放大辖区资源禀赋优势。"
    assert spoken_form(text).text == text


@given(st.text(alphabet=SIGNS, max_size=40))
@example("1" * 400)
@example("0/0")
@example("99:99:99")
@example("Ⅻ" * 60)
@example("----5----")
@example("$" * 30 + "1")
def test_any_text_has_a_spoken_form_whose_spans_hold(text: str) -> None:
    form = spoken_form(text)
    assert not re.search(r"\d", form.text.replace("〇", ""))
    last = 0
    for place in range(len(form.text)):
        start, end = form.alignment.written(place, place + 1)
        assert last <= start <= end <= len(text)
        last = start


@pytest.mark.parametrize(
    ("written", "said", "part"),
    [
        ("增长5.2%以上", "百分之五点二", "5.2%"),
        ("于12月15日上午召开", "十五日", "15日"),
        ("每度0.5元/千瓦时起", "每千瓦时零点五元", "0.5元/千瓦时"),
        ("共80余人", "八十", "80"),
        ("共80余人", "余人", "余人"),
        ("电话64161707。", "幺六", "16"),
        ("欢迎👏大家", "大家", "大家"),
    ],
)
def test_what_is_said_leads_back_to_what_is_written(written: str, said: str, part: str) -> None:
    form = spoken_form(written)
    start = form.text.index(said)
    first, last = form.alignment.written(start, start + len(said))
    assert written[first:last] == part


def test_the_lexicon_counts_before_any_rule() -> None:
    lexicon = Lexicon((Entry(word="APP", say="应用"), Entry(word="3·15", say="三一五")))
    form = spoken_form("APP关注3·15和5·12", lexicon)
    assert form.text == "应用关注三一五和五幺二"
    assert spoken_form("APP关注3·15和5·12", EMPTY).text == "APP关注三幺五和五幺二"


def test_a_lexicon_word_inside_a_number_is_left_to_the_lexicon() -> None:
    lexicon = Lexicon((Entry(word="7×24", say="七天二十四小时"),))
    assert spoken_form("提供7×24服务", lexicon).text == "提供七天二十四小时服务"


@given(st.text(alphabet="新华社北京12月5日电，2023年GDP增长5.2%。", max_size=30))
def test_words_cover_the_spoken_text_from_left_to_right(text: str) -> None:
    spoken = speak(sentence(text))
    assert len(spoken.pinyin) == len(han_places(spoken.text))
    done = written = 0
    for word in spoken.words:
        assert done <= word.start < word.end
        assert not re.search(r"\w", spoken.text[done : word.start])
        assert written <= word.written_start <= word.written_end <= len(text)
        done, written = word.end, word.written_start
    assert not re.search(r"\w", spoken.text[done:])


def test_an_announcement_stands_for_no_written_character() -> None:
    (spoken,) = say((Line(sentence=sentence("64161707"), announcement="电话："),))
    assert spoken.text == "电话：六四幺六幺七零七"
    assert spoken.words[0].written_end == 0
    assert (spoken.words[-1].written_end, spoken.words[0].end) == (8, 2)


def test_an_english_article_is_read_as_english_where_it_has_no_chinese() -> None:
    assert spoken_form("In 2023", english=True).text == "In twenty twenty-three"
    assert spoken_form("In 2023").text == "In 二零二三"
    assert spoken_form("中国2023年", english=True).text == "中国二零二三年"
