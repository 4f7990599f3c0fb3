"""What is made of a finished track: Opus that is heard at the same moments, and recordings by people."""

import io
import re
from collections.abc import Sequence

import numpy as np
import pytest
import soundfile

from service.blobs.store import Blobs
from service.errors import BadRecording, NothingToRead
from service.speech.frames import whole_frames
from service.text.sentences import sentences
from tests.speech.house import THREE, house
from tests.speech.readings import reading
from tests.speech.tones import PlainRecital, article

pytestmark = pytest.mark.anyio

TALE = article(
    "从前有一座山。山里有一座庙，庙里有一个老和尚。老和尚在讲故事！",
    "讲的是什么呢？从前有一座山，山里有一座庙，庙里有一个小和尚在听老和尚讲故事。完了。",
    title="老和尚的故事",
)


def onsets(mp3: bytes, near: Sequence[float]) -> list[float]:
    """Seconds at which sound begins after a pause, nearest to each of the given ones."""
    samples, rate = soundfile.read(io.BytesIO(mp3), dtype="float32")
    loud = np.abs(samples[: len(samples) // 240 * 240]).reshape(-1, 240).max(axis=1) > 0.02
    begins = np.flatnonzero(loud & ~np.roll(loud, 1)) * 240 / rate
    return [float(begins[np.argmin(np.abs(begins - time))]) for time in near]


@pytest.mark.parametrize("pace", [0.16, 0.22, 0.31])
async def test_a_recording_becomes_the_reading_with_each_sentence_in_its_place(pace: float) -> None:
    recording, starts = reading(TALE, pace)
    async with house() as at:
        at.articles[TALE.id] = TALE
        track = await at.studio.archive.narrate(TALE, recording, "王老师")
        assert (track.state, track.timings, track.voice.name) == ("ready", "estimated", "王老师")
        assert (await at.open(TALE)).id == track.id
        assert (await at.open(TALE, "hummer")).id != track.id
        cues = [(segment.start_ms or 0) + segment.cues[0].start_ms for segment in track.segments]
        mp3 = await at.blobs.get(await at.studio.joined(track.id, "mp3")) or b""
        heard = onsets(mp3, [cue / 1000 for cue in cues])
        assert np.abs(np.array(cues) / 1000 - heard).max() < 0.03
        assert np.abs(np.array(cues) / 1000 - starts).max() < 0.1
        assert track.duration_ms == len(whole_frames(mp3)) // 144 * 24
        assert await at.blobs.get(await at.studio.segment(track.id, 2))
        words = [word for segment in track.segments for cue in segment.cues for word in cue.words]
        assert len(words) == sum(char.isalnum() for sentence in sentences(TALE) for char in sentence.text)


async def test_a_recording_is_found_after_a_restart_and_cut_anew_under_new_rules() -> None:
    blobs = Blobs("memory://")
    recording, _ = reading(THREE)
    async with house(blobs) as at:
        first = await at.studio.archive.narrate(THREE, recording, "王老师")
    async with house(blobs) as at:
        assert (await at.open(THREE)).id == first.id
    async with house(blobs, recital=PlainRecital("plain-2")) as at:
        again = await at.open(THREE)
        assert again.id != first.id
        assert again.voice == first.voice
        assert again.segments[1].cues == first.segments[1].cues


@pytest.mark.parametrize(
    "recording", [b"<html>", b"", reading(article("啊。"))[0]], ids=["not sound", "nothing", "too short"]
)
async def test_what_is_no_reading_of_the_article_changes_nothing(recording: bytes) -> None:
    read = article(*["很长的一段话。" * 30] * 3)
    async with house() as at:
        with pytest.raises(BadRecording):
            await at.studio.archive.narrate(read, recording, "王老师")
        assert (await at.open(read)).voice.id == "hummer"


async def test_half_a_recording_replaces_nothing_and_says_so() -> None:
    """A WAV file that was cut off on its way is sound all the same."""
    recording, _ = reading(TALE)
    async with house() as at:
        for sent in (recording[: len(recording) // 3], recording[:9_000], b"<html>"):
            with pytest.raises(BadRecording) as caught:
                await at.studio.archive.narrate(TALE, sent, "王老师")
            assert re.search("[A-Za-z_]", str(caught.value.facts["what_zh"])) is None
            assert "object at" not in str(caught.value)
        assert (await at.open(TALE)).voice.id == "hummer"


async def test_an_article_without_a_word_takes_no_recording() -> None:
    async with house() as at:
        with pytest.raises(NothingToRead):
            await at.studio.archive.narrate(article("……", title="——"), reading(THREE)[0], "王老师")


async def test_opus_is_heard_at_the_same_moments() -> None:
    async with house() as at:
        track = await at.studio.archive.narrate(TALE, reading(TALE)[0], "王老师")
        at.articles[TALE.id] = TALE
        mp3, opus = [await at.blobs.get(await at.studio.joined(track.id, kind)) or b"" for kind in ("mp3", "opus")]
    assert len(opus) < len(mp3)
    times = [((segment.start_ms or 0) + segment.cues[0].start_ms) / 1000 for segment in track.segments]
    assert np.abs(np.array(onsets(mp3, times)) - onsets(opus, times)).max() <= 0.01
    with soundfile.SoundFile(io.BytesIO(opus)) as file:
        assert (file.subtype, file.title) == ("OPUS", "老和尚的故事")
        assert file.frames / file.samplerate == pytest.approx((track.duration_ms or 0) / 1000, abs=0.05)
