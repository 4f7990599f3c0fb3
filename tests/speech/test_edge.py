"""Microsoft's online voices, over a local server that speaks their protocol and fails in their ways."""

import asyncio
import socket
import time
from collections.abc import AsyncIterator

import pytest
from edge_tts import communicate
from edge_tts.drm import DRM

from service.errors import SpeechFailed, VoiceUnavailable
from service.settings import resources
from service.speech.edge import EdgeSynthesizer
from service.speech.frames import is_silent, whole_frames
from service.speech.online import Limits
from service.speech.recorder import flaw
from service.speech.segments import plan
from service.speech.voice import Catalogue, Voice
from service.text.sentences import Sentence
from service.text.spoken import Spoken, Word
from tests.speech.edge_server import HEAD_MS, WORD_MS, EdgeServer, Failure
from tests.speech.house import THREE, house
from tests.speech.tones import catalogue

pytestmark = pytest.mark.anyio

XIAOXIAO = Catalogue.load(resources("voices")).get("zh-CN-XiaoxiaoNeural")
QUICK = Limits(attempts=3, seconds=2.0, connect_seconds=1, wait_seconds=0.001, failures=2, rest_seconds=60.0)


@pytest.fixture
async def server(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[EdgeServer]:
    monkeypatch.setattr(DRM, "clock_skew_seconds", 0.0)
    async with EdgeServer().running() as running:
        monkeypatch.setattr(communicate, "WSS_URL", running.address)
        yield running


@pytest.fixture
def unused_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def spoken(
    text: str, words: list[tuple[int, int, int, int]] | None = None, said: str | None = None, id: str = "b1.s1"
) -> Spoken:
    sentence = Sentence(id=id, passage=1, start=0, end=len(text), text=text)
    placed = words or [(n, n + 1, n, n + 1) for n, char in enumerate(text) if char.isalnum()]
    return Spoken(sentence=sentence, text=said or text, pinyin=(), words=tuple(Word(*word) for word in placed))


async def test_a_sentence_with_its_words(server: EdgeServer) -> None:
    said = spoken("今天下雨。")
    utterance = await EdgeSynthesizer(QUICK).speak(XIAOXIAO, (said,), 1.0)
    assert server.texts == ["今天下雨。"]
    assert server.voices == ["Microsoft Server Speech Text to Speech Voice (zh-CN, XiaoxiaoNeural)"]
    (cue,) = utterance.cues
    end = HEAD_MS + 2 * WORD_MS - 20
    assert cue.words == ((0, 2, HEAD_MS, HEAD_MS + WORD_MS - 20), (2, 2, HEAD_MS + WORD_MS, end))
    assert (cue.start_ms, cue.end_ms) == (HEAD_MS, end)
    assert end + 400 <= utterance.duration_ms < end + 400 + 24
    assert not is_silent(utterance.mp3)
    (segment,) = plan((said,), XIAOXIAO, "1")
    assert flaw(utterance, segment) is None


async def test_words_stand_where_they_are_written(server: EdgeServer) -> None:
    said = spoken("2023年￥5", [(0, 4, 0, 4), (4, 5, 4, 5), (5, 6, 6, 7), (6, 7, 5, 6)], "二零二三年五元")
    utterance = await EdgeSynthesizer(QUICK).speak(XIAOXIAO, (said,), 1.0)
    places = [word[:2] for word in utterance.cues[0].words]
    assert places == [(0, 4), (4, 3)]


async def test_one_sentence_is_one_request_and_all_are_joined(server: EdgeServer) -> None:
    utterance = await EdgeSynthesizer(QUICK).speak(XIAOXIAO, (spoken("一句。"), spoken("两句话。", id="b1.s2")), 1.0)
    assert server.texts == ["一句。", "两句话。"]
    first, second = utterance.cues
    alone = await EdgeSynthesizer(QUICK).speak(XIAOXIAO, (spoken("一句。"),), 1.0)
    assert second.start_ms == alone.duration_ms + HEAD_MS
    assert first.end_ms < second.start_ms
    assert whole_frames(utterance.mp3) == utterance.mp3


@pytest.mark.parametrize(("rate", "sent"), [(1.0, "+0%"), (0.8, "-20%"), (1.25, "+25%")])
async def test_rate(server: EdgeServer, rate: float, sent: str) -> None:
    await EdgeSynthesizer(QUICK).speak(XIAOXIAO, (spoken("快慢。"),), rate)
    assert server.rates == [sent]


async def test_markup_in_the_text_is_text(server: EdgeServer) -> None:
    text = "a<b>&c</prosody>]]>"
    await EdgeSynthesizer(QUICK).speak(XIAOXIAO, (spoken(text),), 1.0)
    assert server.texts == [text]


async def test_a_long_sentence_without_a_stop(server: EdgeServer) -> None:
    said = spoken("字" * 300)
    utterance = await EdgeSynthesizer().speak(XIAOXIAO, (said,), 1.0)
    assert server.texts == [said.text]
    assert len(utterance.cues[0].words) == 150
    (segment,) = plan((said,), XIAOXIAO, "1")
    assert flaw(utterance, segment) is None


async def test_a_clock_that_is_wrong_is_corrected(server: EdgeServer) -> None:
    server.skew = 3600.0
    await EdgeSynthesizer(QUICK).speak(XIAOXIAO, (spoken("钟慢了。"),), 1.0)
    assert server.connections == 2
    assert abs(DRM.clock_skew_seconds - 3600) < 5


@pytest.mark.parametrize("failure", ["refuse", "throttle", "reset", "no-audio", "half", "other-rate"])
async def test_one_failure_is_made_good(server: EdgeServer, failure: Failure) -> None:
    server.failures.append(failure)
    said = spoken("再试一次。")
    utterance = await EdgeSynthesizer(QUICK).speak(XIAOXIAO, (said,), 1.0)
    assert server.connections == 2
    assert len(utterance.cues[0].words) == 2


@pytest.mark.parametrize("failure", ["refuse", "throttle", "reset", "half", "other-rate", "hang"])
async def test_a_service_that_keeps_failing_is_left_alone(server: EdgeServer, failure: Failure) -> None:
    server.always = failure
    synthesizer = EdgeSynthesizer(Limits(attempts=2, seconds=0.3, character_seconds=0, wait_seconds=0.001, failures=2))
    for _ in range(2):
        with pytest.raises(SpeechFailed if failure == "reset" else VoiceUnavailable):
            await synthesizer.speak(XIAOXIAO, (spoken("总是不行。"),), 1.0)
    asked = server.connections
    with pytest.raises(VoiceUnavailable) as caught:
        await synthesizer.speak(XIAOXIAO, (spoken("不再去问。"),), 1.0)
    assert server.connections == asked
    assert "晓晓" in caught.value.sentence("zh")
    assert 50 <= (caught.value.retry_after or 0) <= 60


async def test_it_is_tried_again_after_its_rest(server: EdgeServer) -> None:
    server.always = "refuse"
    synthesizer = EdgeSynthesizer(Limits(attempts=1, wait_seconds=0.001, failures=1, rest_seconds=0.05))
    with pytest.raises(VoiceUnavailable):
        await synthesizer.speak(XIAOXIAO, (spoken("先不行。"),), 1.0)
    server.always = None
    await asyncio.sleep(0.06)
    assert await synthesizer.speak(XIAOXIAO, (spoken("又行了。"),), 1.0)


async def test_nothing_listens_there(monkeypatch: pytest.MonkeyPatch, unused_port: int) -> None:
    monkeypatch.setattr(communicate, "WSS_URL", f"ws://127.0.0.1:{unused_port}/edge/v1?TrustedClientToken=test")
    begun = time.monotonic()
    with pytest.raises(VoiceUnavailable) as caught:
        await EdgeSynthesizer(QUICK).speak(XIAOXIAO, (spoken("没有网。"),), 1.0)
    assert time.monotonic() - begun < 2 * QUICK.seconds
    assert caught.value.facts["what"] == "cannot be reached"


async def test_a_sentence_it_has_no_sound_for_is_named(server: EdgeServer) -> None:
    server.always = "no-audio"
    with pytest.raises(SpeechFailed) as caught:
        await EdgeSynthesizer(QUICK).speak(XIAOXIAO, (spoken("没有声音。"),), 1.0)
    assert caught.value.facts["sentence"] == "没有声音。"
    assert server.connections == QUICK.attempts


async def test_without_boundaries_the_sentence_is_one_cue(server: EdgeServer) -> None:
    server.always = "no-words"
    utterance = await EdgeSynthesizer(QUICK).speak(XIAOXIAO, (spoken("没有词。"),), 1.0)
    (cue,) = utterance.cues
    assert (cue.start_ms, cue.end_ms, cue.words) == (0, utterance.duration_ms, ())


# The whole studio with it


async def test_a_track_in_an_online_voice(server: EdgeServer) -> None:
    async with house(far=EdgeSynthesizer(QUICK), voices=_voices()) as at:
        track = await at.read(THREE, "far")
        assert (track.state, track.voice.id, track.fallback) == ("ready", "far", None)
        assert sorted(server.texts) == sorted(track.sentences.values())


@pytest.mark.parametrize("failure", ["refuse", "hang", "silence", "no-audio"])
async def test_a_track_falls_back(server: EdgeServer, failure: Failure) -> None:
    server.always = failure
    limits = Limits(attempts=1, seconds=0.3, character_seconds=0, wait_seconds=0.001)
    async with house(far=EdgeSynthesizer(limits), voices=_voices()) as at:
        track = await at.read(THREE, "far")
        assert (track.state, track.asked, track.voice.id) == ("ready", "far", "hummer")
        assert track.fallback is not None


async def test_a_track_fails_where_falling_back_is_off(server: EdgeServer) -> None:
    server.always = "refuse"
    async with house(far=EdgeSynthesizer(QUICK), voices=_voices(), fallback=False) as at:
        track = await at.read(THREE, "far")
        assert track.problem is not None
        assert track.problem.type == "/problems/voice-unavailable"


def _voices() -> Catalogue:
    native = XIAOXIAO.native
    far = Voice(id="far", locale="zh-CN", name="晓晓", gender="female", synthesizer="far", online=True, native=native)
    return Catalogue((*(voice for voice in catalogue().voices if voice.id != "far"), far))


def test_every_voice_of_the_catalogue_says_that_it_is_online() -> None:
    voices = [voice for voice in Catalogue.load(resources("voices")).voices if voice.synthesizer == "edge"]
    assert {"zh-CN", "zh-TW", "zh-HK", "en-US"} <= {voice.locale for voice in voices}
    assert all(voice.online for voice in voices)
    assert all(voice.native.startswith(voice.locale) for voice in voices)
