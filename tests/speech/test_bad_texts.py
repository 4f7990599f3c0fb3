"""Texts that no voice was made for: each is divided into what a voice can say, and its track is finished."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from service.article import Article, Cell, Table, make_article
from service.inlines import Text
from service.settings import resources
from service.speech import track as tracks
from service.speech.frames import duration_ms, whole_frames
from service.speech.segments import plan
from service.speech.voicebox import VoiceBox
from service.text.reading import read_aloud
from service.text.spoken import Spoken
from tests.speech.house import house
from tests.speech.tones import HUMMER, PlainRecital, Tones, article, silenced

pytestmark = pytest.mark.anyio

TEXTS = {
    "5,000 characters without punctuation": "春天来了河边的柳树绿了人们走出家门" * 300,
    "5,000 letters in one word": "a" * 5000,
    "only symbols": "※◆→★☆" * 200,
    "only emoji": "😀🎉" * 200,
    "Arabic beside Chinese": "他说 مرحبا بالعالم，大家都笑了。",
    "only Arabic": "مرحبا بالعالم",
    "classical Chinese": "學而時習之，不亦說乎？有朋自遠方來，不亦樂乎？人不知而不慍，不亦君子乎？",
    "lyrics": "\n".join(["啦啦啦，啦啦啦", "我们一起走啊走", "Oh, oh, yeah", "（重复）"] * 20),
    "a table of numbers": "\n".join("\t".join(str(row * 137.25 + column) for column in range(8)) for row in range(30)),
    "digits without end": "1234567890" * 300,
    "control characters": "你好\u200b\u202e\ufeff世界\u0301。",
}


class WrittenRecital(PlainRecital):
    """An article's sentences in the spoken form that readers hear, worked out beforehand."""

    def __init__(self, read: Article) -> None:
        super().__init__()
        self._spoken = [spoken for spoken in read_aloud(read) if spoken.words]

    async def parts(self, article: Article, locale: str) -> AsyncIterator[tuple[Spoken, ...]]:
        yield tuple(self._spoken)


@pytest.mark.parametrize("name", TEXTS)
async def test_the_track_is_finished(name: str) -> None:
    read = article(*TEXTS[name].split("\n"))
    synthesizer = Tones()
    async with house(synthesizer=synthesizer, recital=WrittenRecital(read)) as at:
        track = await at.read(read)
    assert track.problem is None
    assert track.state == "ready"
    assert len(track.segments) >= len(synthesizer.spoken) > 0
    assert max(synthesizer.times.values()) <= 2  # what is said again is not spoken again, but after another pause
    assert [segment.start_ms for segment in track.segments] == sorted(
        segment.start_ms or 0 for segment in track.segments
    )


@pytest.mark.parametrize("name", TEXTS)
def test_no_part_is_longer_than_a_process_has_room_for(name: str) -> None:
    box = VoiceBox(Path("no model is needed"), resources("voices") / "kokoro")
    read = article(*TEXTS[name].split("\n"))
    for segment in plan(tuple(spoken for spoken in read_aloud(read) if spoken.words), HUMMER, "1"):
        (sentence,) = segment.sentences
        for rate, most in ((1.3, 240), (1.0, 240), (0.7, 168)):
            parts = list(box.parts(sentence, rate))
            assert "".join(part.text for part, _ in parts) == sentence.text
            assert all(len(said.tokens) <= most for _, said in parts if len(said.words) > 1)


async def test_two_hundred_thousand_characters_are_planned_in_short_segments() -> None:
    """Each segment takes seconds at most, so that none is given up; what a sentence costs does not grow with the text."""
    sentence = "街道召开工作会议，总结上半年的情况，安排下一步的任务，请大家按时参加。"
    read = article(*[sentence * 20] * 286)
    plain = [spoken async for part in PlainRecital().parts(read, "zh-CN") for spoken in part]
    segments = plan(tuple(plain), HUMMER, "1")
    assert sum(len(spoken.text) for segment in segments for spoken in segment.sentences) > 200_000
    assert max(len(segment.sentences[0].text) for segment in segments) <= 60
    assert len({segment.key for segment in segments}) <= 4


async def test_two_hundred_thousand_characters_become_one_track() -> None:
    """What is said again comes from the store; the file is as long as its parts, and every sentence has its cue."""
    sentence = "街道召开工作会议，总结上半年的情况，安排下一步的任务，请大家按时参加。"
    read = article(*[sentence * 20] * 286)
    synthesizer = Tones()
    async with house(synthesizer=synthesizer) as at:
        opened = await at.open(read)
        await asyncio.wait_for(at.listen(opened.id), 300)
        track = await at.studio.get(opened.id)
        audio = await at.blobs.get(await at.studio.joined(track.id, "mp3"))
    assert track.state == "ready"
    assert len(track.segments) == 286 * 20 + 1
    assert audio is not None
    assert audio.endswith(encoded := whole_frames(audio))
    assert duration_ms(encoded) == track.duration_ms == sum(segment.duration_ms or 0 for segment in track.segments)
    assert len(tracks.cues(track)) == len(track.sentences) == 286 * 20 + 1
    assert len(synthesizer.spoken) < 10


def test_a_table_of_numbers_is_said_cell_by_cell_with_its_headers() -> None:
    def row(*cells: str) -> tuple[Cell, ...]:
        return tuple(Cell(inlines=(Text(text=cell),)) for cell in cells)

    rows = tuple(row(f"{2000 + year}年", f"{year * 137.25:,.2f}", f"{year}%") for year in range(40))
    table = Table(head=(row("年份", "金额", "占比"),), rows=rows)
    said = [spoken.text for spoken in read_aloud(make_article(title="决算", blocks=(table,)))]
    assert said[4:7] == ["年份：二零零零年", "金额：零点零零", "占比：百分之零"]
    assert said[-2:] == ["金额：五千三百五十二点七五", "占比：百分之三十九"]
    assert len(said) == 1 + 3 + 40 * 3


async def test_a_sentence_in_a_script_without_a_voice_is_passed_over() -> None:
    """Silence where nothing can be said is no failure; silence in place of words is."""
    synthesizer = Tones()
    async with house(synthesizer=synthesizer) as at:
        synthesizer.spoils["مرحبا"] = synthesizer.spoils["第二句"] = silenced
        assert (await at.read(article("第一句。", "مرحبا بالعالم"))).state == "ready"
        track = await at.read(article("第一句。", "第二句。"))
        assert track.problem is not None
        assert "第二句" in track.problem.zh
