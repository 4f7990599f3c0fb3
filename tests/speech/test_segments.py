"""Segments, timelines, tags and voices: how what is spoken is divided, timed, named and chosen."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.errors import UnknownVoice
from service.settings import resources
from service.speech.mp3 import Chapter, tag
from service.speech.segments import cut, is_finished, plan
from service.speech.voice import Catalogue
from service.text.sentences import Sentence
from service.text.spoken import Spoken, speak

VOICES = Catalogue.load(resources("voices"))
VOICE = VOICES.get("zf_xiaochang")


def sentence(text: str, id: str = "b1.s1") -> Spoken:
    return speak(Sentence(id=id, passage=int(id[1:].partition(".")[0]), start=0, end=len(text), text=text))


def test_a_long_first_sentence_begins_with_its_first_clause() -> None:
    long = sentence("春节期间，图书馆照常开放，请读者带好借书证，从东门进馆。")
    segments = plan((long, sentence("谢谢。", "b1.s2")), VOICE, "1")
    assert [segment.sentences[0].text for segment in segments] == [
        "春节期间，图书馆照常开放，",
        "请读者带好借书证，从东门进馆。",
        "谢谢。",
    ]


@pytest.mark.parametrize(
    ("headline", "subject"),
    [
        ("徐汇区社区学院召开年度教学工作总结会", "徐汇区社区学院"),
        ("市教育委员会关于印发老年教育发展规划的通知", "市教育委员会"),
        ("全市公共体育场馆向老年人免费开放", "全市公共体育场馆"),
        ("区图书馆推出服务", "区图书馆推出服务"),
        ("上海市徐汇区委组织部召开年度工作总结会", "上海市徐汇区委组织部"),
        ("中国特色社会主义理论体系学习读本第二册", "中国特色社会主义理论体系学习读本第二册"),
    ],
)
def test_a_long_headline_begins_with_who_does_it(headline: str, subject: str) -> None:
    parts = [segment.sentences[0] for segment in plan((sentence(headline),), VOICE, "1")]
    assert parts[0].text == subject
    assert "".join(part.text for part in parts) == headline
    assert [is_finished(part) for part in parts] == [False] * (len(parts) - 1) + [True]


def test_one_changed_sentence_is_one_new_segment() -> None:
    before = [sentence(f"这是第{n}句话。", f"b{n}.s1") for n in range(1, 20)]
    after = [*before[:7], sentence("这一句改过了。", "b8.s1"), *before[8:]]
    old, new = [{segment.key for segment in plan(tuple(each), VOICE, "1")} for each in (before, after)]
    assert len(new - old) == 1


def test_the_key_depends_on_all_that_is_heard() -> None:
    said = (sentence("你好。"),)
    keys = {
        plan(said, VOICE, "1")[0].key,
        plan(said, VOICE, "2")[0].key,
        plan(said, VOICES.get("zm_yunxi"), "1")[0].key,
        plan(said, VOICE, "1", 0.9)[0].key,
        plan((sentence("您好。"),), VOICE, "1")[0].key,
    }
    assert len(keys) == 5


def test_a_subject_by_itself_is_not_the_beginning_of_a_headline() -> None:
    """They sound alike, but another pause comes after each."""
    alone, begun = (
        plan((sentence(text),), VOICE, "1") for text in ("市教育委员会", "市教育委员会关于印发发展规划的通知")
    )
    assert alone[0].sentences[0].text == begun[0].sentences[0].text
    assert alone[0].key != begun[0].key


@given(st.integers(0, 12))
def test_a_cut_loses_nothing(number: int) -> None:
    whole = sentence("今天天气很好，我们一起去公园散步吧，好不好？")
    place = whole.words[number % len(whole.words)].start
    first, second = cut(whole, place)
    assert first.text + second.text == whole.text
    assert first.pinyin + second.pinyin == whole.pinyin
    assert len(first.words) + len(second.words) == len(whole.words)


def test_the_tag_says_its_own_length() -> None:
    chapters = (Chapter(title="第一", start_ms=0, end_ms=900), Chapter(title="第二", start_ms=900, end_ms=2000))
    made = tag(title="题", language="zh-Hans", duration_ms=2000, source="https://example.org/", chapters=chapters)
    size = 0
    for byte in made[6:10]:
        size = size << 7 | byte
    assert size == len(made) - 10
    assert made.startswith(b"ID3\x04")
    assert "第二".encode() in made


def test_voices_are_found_and_stand_in_for_each_other(tmp_path: Path) -> None:
    assert VOICES.get("zf_xiaochang").online is False
    online = next(
        voice for voice in VOICES.voices if voice.online and voice.locale == "zh-CN" and voice.gender == "male"
    )
    instead = VOICES.fallback(online)
    assert (instead.online, instead.gender, instead.locale[:2]) == (False, "male", "zh")
    with pytest.raises(UnknownVoice):
        VOICES.get("nobody")
