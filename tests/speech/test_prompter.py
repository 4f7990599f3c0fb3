"""The prompter: an article's sentences for a voice, and their places in other scripts, worked out elsewhere."""

from collections.abc import Iterator

import msgspec
import pytest

from service.article import Article, Code, Figure, Heading, Item, ListBlock, Paragraph, make_article
from service.inlines import Link, Strong, Text
from service.jobs.processes import Processes
from service.lexicons import Lexicons
from service.sites import NO_SITES
from service.speech.prompter import Prompter, in_script
from service.speech.timeline import Cue
from service.speech.track import Ask, Track, TrackSegment, new_track
from service.text.edition import edition
from service.text.scripts import SCRIPTS, Script
from service.text.sentences import sentences
from service.text.spoken import Spoken
from tests.speech.tones import HUMMER, article, speak

pytestmark = pytest.mark.anyio


@pytest.fixture(scope="module")
def processes() -> Iterator[Processes]:
    pool = Processes(1)
    yield pool
    pool.close()


async def parts(processes: Processes, read: Article) -> list[tuple[Spoken, ...]]:
    return [part async for part in Prompter(processes, Lexicons(None, NO_SITES)).parts(read, "zh-CN")]


async def test_the_first_sentence_comes_alone_and_all_come_in_order(processes: Processes) -> None:
    read = article(*("一句。两句。三句。" for _ in range(30)))
    found = await parts(processes, read)
    assert len(found[0]) == 1
    assert [len(part) for part in found[1:5]] == [2, 4, 8, 16]
    assert [said.sentence for part in found for said in part] == list(sentences(read))


async def test_sentences_without_a_word_are_left_out(processes: Processes) -> None:
    found = await parts(processes, article("——", "有话说。", "……", title="！！"))
    assert [said.sentence.text for part in found for said in part] == ["有话说。"]
    assert await parts(processes, article("……", title="？")) == []


async def test_the_lexicon_of_the_voices_locale_counts(processes: Processes) -> None:
    prompter, read = Prompter(processes, Lexicons(None, NO_SITES)), article("垃圾。", title="？")
    sounds = {
        locale: [said.pinyin async for part in prompter.parts(read, locale) for said in part]
        for locale in ("zh-CN", "zh-TW")
    }
    assert sounds == {"zh-CN": [("la1", "ji1")], "zh-TW": [("le4", "se4")]}
    assert prompter.words(read, "zh-CN") != prompter.words(read, "zh-TW")


async def test_a_policy_leaves_out_what_it_says(processes: Processes) -> None:
    read = make_article(
        title="题目", blocks=(Paragraph(inlines=(Text(text="正文。"),)), Figure(src="a.png", alt="一座桥"))
    )
    body = Prompter(processes, Lexicons(None, NO_SITES), "body")
    assert [said.text for part in [part async for part in body.parts(read, "zh-CN")] for said in part] == [
        "题目",
        "正文。",
    ]
    assert body.version != Prompter(processes, Lexicons(None, NO_SITES)).version


async def test_the_version_is_the_rules(processes: Processes) -> None:
    versions = [Prompter(processes, Lexicons(None, NO_SITES)).version for _ in range(2)]
    assert versions[0] == versions[1]
    assert len(versions[0]) == 16


# In another script

MIXED = make_article(
    title="博客与软件",
    blocks=(
        Heading(level=2, inlines=(Text(text="头发和发展"),)),
        Paragraph(
            inlines=(
                Text(text="写博客的人说：“软"),
                Strong(inlines=(Text(text="件更新了。"),)),
                Text(text="”鼠标坏了！信息"),
                Link(href="https://example.org/", inlines=(Text(text="网络"),)),
                Text(text="不通。"),
            )
        ),
        ListBlock(items=(Item(blocks=(Paragraph(inlines=(Text(text="打印机里面"),)),)),)),
        Code(text="软件 = 1"),
    ),
)


def track_of(read: Article) -> Track:
    """A finished track in which every written character is a word."""
    cues = []
    for said in map(speak, sentences(read)):
        words = tuple((word.written_start, 1, n * 10, n * 10 + 10) for n, word in enumerate(said.words))
        cues.append(Cue(sentence=said.sentence.id, start_ms=0, end_ms=len(words) * 10, words=words))
    segments = tuple(
        TrackSegment(n=n, state="ready", href="", start_ms=0, duration_ms=cue.end_ms, cues=(cue,))
        for n, cue in enumerate(cues)
    )
    track = new_track("t" * 26, Ask(article=read.id, voice="hummer", rate=1.0), HUMMER, read)
    texts = {sentence.id: sentence.text for sentence in sentences(read)}
    return msgspec.structs.replace(track, segments=segments, sentences=texts)


@pytest.mark.parametrize("script", SCRIPTS)
def test_sentences_are_those_of_the_page(script: Script) -> None:
    converted = in_script(MIXED, track_of(MIXED), script)
    assert converted.language == script
    page = {sentence.id: sentence.text for sentence in sentences(edition(MIXED, script))}
    assert converted.sentences == page


@pytest.mark.parametrize("script", SCRIPTS)
def test_words_stay_inside_their_sentence_and_in_order(script: Script) -> None:
    converted = in_script(MIXED, track_of(MIXED), script)
    for segment in converted.segments:
        (cue,) = segment.cues
        text = converted.sentences[cue.sentence]
        places = [(offset, offset + length) for offset, length, _, _ in cue.words]
        assert places == sorted(places)
        assert all(0 <= start < end <= len(text) for start, end in places)


def test_a_word_is_marked_where_its_conversion_stands() -> None:
    converted = in_script(MIXED, track_of(MIXED), "zh-Hant-TW")
    (title,) = [segment.cues[0] for segment in converted.segments if segment.cues[0].sentence == "b0.s1"]
    text = converted.sentences["b0.s1"]
    assert text == "部落格與軟體"
    marked = [text[offset : offset + length] for offset, length, _, _ in title.words]
    assert marked[:3] == ["部落格", "部落格", "與"]
    assert "".join(marked[3:]) in ("軟體", "軟體軟體")


def test_times_do_not_change() -> None:
    before, after = track_of(MIXED), in_script(MIXED, track_of(MIXED), "zh-Hant-HK")
    times = [[word[2:] for word in segment.cues[0].words] for segment in before.segments]
    assert [[word[2:] for word in segment.cues[0].words] for segment in after.segments] == times


def test_an_article_that_is_not_chinese_keeps_its_track() -> None:
    read = make_article(title="Hello", language="en", blocks=(Paragraph(inlines=(Text(text="Good day."),)),))
    track = track_of(read)
    assert in_script(read, track, "zh-Hant") == track
