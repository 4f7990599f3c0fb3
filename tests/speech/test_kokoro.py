"""The embedded voice: it speaks, says exactly when, is as loud as it should be, and outlives what goes wrong."""

import asyncio
import io
import os
import signal
from collections.abc import AsyncIterator

import numpy as np
import pytest
import soundfile
from numpy.typing import NDArray

from service.errors import ChangduError, SpeechFailed
from service.settings import load, resources
from service.speech import frames
from service.speech.kokoro import Kokoro
from service.speech.loudness import loudness
from service.speech.synthesizer import Utterance
from service.speech.voice import Catalogue, Voice
from service.text.sentences import Sentence
from service.text.spoken import Spoken, speak

pytestmark = pytest.mark.anyio
VOICES = Catalogue.load(resources("voices"))


def sentence(text: str, id: str = "b1.s1") -> Spoken:
    return speak(Sentence(id=id, passage=1, start=0, end=len(text), text=text))


@pytest.fixture
async def kokoro() -> AsyncIterator[Kokoro]:
    synthesizer = Kokoro(load({"CHANGDU_VOICE_PROCESSES": "1"}))
    yield synthesizer
    await synthesizer.close()


def voice(id: str = "zf_xiaochang") -> Voice:
    return VOICES.get(id)


def sound(utterance: Utterance) -> NDArray[np.float32]:
    samples, rate = soundfile.read(io.BytesIO(utterance.mp3), dtype="float32")
    assert rate == 24_000
    return np.asarray(samples, np.float32)


async def test_sentences_are_spoken_with_every_word_in_its_place(kokoro: Kokoro) -> None:
    said = (sentence("今天天气很好，我们去公园散步。"), sentence("电话是64160000。", "b1.s2"))
    utterance = await kokoro.speak(voice(), said, 1.0)
    assert frames.whole_frames(utterance.mp3) == utterance.mp3
    assert frames.duration_ms(utterance.mp3) == utterance.duration_ms
    assert 4000 < utterance.duration_ms < 12_000
    assert [cue.sentence for cue in utterance.cues] == ["b1.s1", "b1.s2"]
    for cue, spoken in zip(utterance.cues, said, strict=True):
        assert len(cue.words) == len(spoken.words)
        times = [time for _, _, start, end in cue.words for time in (start, end)]
        assert times == sorted(times)
        assert cue.start_ms <= times[0]
        assert times[-1] <= cue.end_ms <= utterance.duration_ms


async def test_sound_is_where_the_cues_say(kokoro: Kokoro) -> None:
    utterance = await kokoro.speak(voice(), (sentence("请走这边。"), sentence("谢谢大家。", "b1.s2")), 1.0)
    samples = np.abs(np.asarray(sound(utterance)))
    loud = samples > 0.05 * samples.max()
    first, second = utterance.cues
    silent = loud[24 * (first.end_ms + 60) : 24 * (second.start_ms - 20)]
    assert silent.size
    assert silent.mean() < 0.02
    assert loud[24 * second.start_ms : 24 * second.end_ms].mean() > 0.1


async def test_it_is_as_loud_as_a_broadcast_and_never_clips(kokoro: Kokoro) -> None:
    text = "社区图书馆从下周起延长开放时间，每天上午八点到晚上九点，欢迎居民前来阅读。"
    utterance = await kokoro.speak(voice(), (sentence(text),), 1.0)
    samples = np.asarray(sound(utterance), np.float32)
    assert loudness(samples, 24_000) == pytest.approx(-16, abs=2)
    assert np.abs(samples).max() < 1.0


async def test_rate_changes_the_length(kokoro: Kokoro) -> None:
    said = (sentence("春天来了，河边的柳树绿了。"),)
    slow, fast = [(await kokoro.speak(voice(), said, rate)).duration_ms for rate in (0.8, 1.25)]
    assert slow > 1.3 * fast


@pytest.mark.parametrize("text", ["……", "《》", "a", "OK，谢谢！", "𠮷野家", "一" * 300])
async def test_odd_sentences(kokoro: Kokoro, text: str) -> None:
    """Spoken, or refused with the sentence named: never a sound of no length."""
    said = sentence(text)
    (outcome,) = await asyncio.gather(kokoro.speak(voice(), (said,), 1.0), return_exceptions=True)
    if isinstance(outcome, SpeechFailed):
        assert text[:10] in str(outcome)
    else:
        assert isinstance(outcome, Utterance)
        assert outcome.duration_ms > 0


async def test_every_embedded_voice_speaks(kokoro: Kokoro) -> None:
    for each in VOICES.voices:
        if each.synthesizer == "kokoro":
            assert (await kokoro.speak(each, (sentence("你好。"),), 1.0)).duration_ms > 300


async def test_a_killed_process_fails_one_sentence_and_the_next_is_spoken(kokoro: Kokoro) -> None:
    await kokoro.speak(voice(), (sentence("你好。"),), 1.0)
    speaking = asyncio.create_task(kokoro.speak(voice(), (sentence("这句话很长，" * 15),), 1.0))
    await asyncio.sleep(0.3)
    for child in _children():
        os.kill(child, signal.SIGKILL)
    with pytest.raises(ChangduError):
        await speaking
    assert (await kokoro.speak(voice(), (sentence("又好了。"),), 1.0)).duration_ms > 300


def _children() -> list[int]:
    """Processes of this one that hold the speech library."""
    found = []
    for entry in os.listdir("/proc"):
        if entry.isdigit():
            try:
                with open(f"/proc/{entry}/stat") as stat, open(f"/proc/{entry}/maps") as maps:
                    ours = int(stat.read().rpartition(")")[2].split()[1]) == os.getpid()
                    if ours and "onnxruntime" in maps.read():
                        found.append(int(entry))
            except OSError:
                continue
    return found
