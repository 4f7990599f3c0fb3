"""Voices of a server that speaks `/v1/audio/speech`, over a real one on loopback."""

import io
import socket
from collections.abc import AsyncIterator

import msgspec
import pytest
import soundfile

from service.errors import SpeechFailed, VoiceUnavailable
from service.speech.loudness import loudness
from service.speech.online import Limits
from service.speech.openai import OpenAISynthesizer, Server, voices
from service.speech.recorder import flaw
from service.speech.segments import plan
from service.speech.synthesizer import Utterance
from service.speech.voice import Catalogue
from service.text.sentences import Sentence
from service.text.spoken import Spoken, Word
from tests.speech.house import THREE, house
from tests.speech.openai_server import CHARACTER_MS, Failure, SpeechServer
from tests.speech.tones import HUMMER

pytestmark = pytest.mark.anyio

(ALLOY,) = voices(("alloy",))
QUICK = Limits(attempts=3, seconds=5.0, connect_seconds=1, wait_seconds=0.001, failures=2, rest_seconds=60.0)


@pytest.fixture
async def server() -> AsyncIterator[SpeechServer]:
    async with SpeechServer().running() as running:
        yield running


@pytest.fixture
async def synthesizer(server: SpeechServer) -> AsyncIterator[OpenAISynthesizer]:
    opened = OpenAISynthesizer(Server(url=server.url, key="secret", model="cosyvoice"), QUICK)
    yield opened
    await opened.close()


def spoken(text: str) -> Spoken:
    sentence = Sentence(id="b1.s2", passage=1, start=9, end=9 + len(text), text=text)
    words = tuple(Word(n, n + 1, n, n + 1) for n, char in enumerate(text) if char.isalnum())
    return Spoken(sentence=sentence, text=text, pinyin=(), words=words)


def check(utterance: Utterance, said: Spoken) -> None:
    (segment,) = plan((said,), ALLOY, "1")
    assert flaw(utterance, segment) is None


@pytest.mark.parametrize("failure", ["busy", "broken", "refused", "page", "hang", "reset"])
async def test_why_it_cannot_be_used_is_told_in_the_readers_language(server: SpeechServer, failure: Failure) -> None:
    server.always = failure
    limits = Limits(attempts=2, seconds=0.3, character_seconds=0, wait_seconds=0.001, failures=1)
    opened = OpenAISynthesizer(Server(url=server.url, key="", model="cosyvoice"), limits)
    voice = msgspec.structs.replace(ALLOY, name="小雨")
    for _ in range(2):  # the second time it is left alone
        with pytest.raises(VoiceUnavailable) as caught:
            await opened.speak(voice, (spoken("今天下雨。"),), 1.0)
        assert not any(letter.isascii() and letter.isalpha() for letter in caught.value.sentence("zh"))
        assert "小雨" in caught.value.sentence("en")
    await opened.close()


async def test_what_is_asked_for(server: SpeechServer, synthesizer: OpenAISynthesizer) -> None:
    said = spoken("今天下雨。")
    check(await synthesizer.speak(ALLOY, (said,), 0.9), said)
    wish = {"model": "cosyvoice", "voice": "alloy", "input": "今天下雨。", "response_format": "wav", "speed": 0.9}
    assert server.wishes == [wish]
    assert server.keys == ["Bearer secret"]


async def test_times_are_spread_over_what_is_heard(synthesizer: OpenAISynthesizer) -> None:
    said = spoken("今天下雨")
    (cue,) = (await synthesizer.speak(ALLOY, (said,), 1.0)).cues
    assert abs(cue.end_ms - cue.start_ms - 4 * CHARACTER_MS) < 20
    starts = [word[2] for word in cue.words]
    assert [round((start - cue.start_ms) / CHARACTER_MS, 1) for start in starts] == [0, 1, 2, 3]
    assert (cue.words[0][2], cue.words[-1][3]) == (cue.start_ms, cue.end_ms)


async def test_silence_around_is_cut_and_a_pause_put_in_its_place(synthesizer: OpenAISynthesizer) -> None:
    comma, stop = spoken("今天，"), spoken("今天。")
    lengths = [(await synthesizer.speak(ALLOY, (said,), 1.0)).duration_ms for said in (comma, stop)]
    assert 3 * CHARACTER_MS < lengths[0] < lengths[1] < 3 * CHARACTER_MS + 600


@pytest.mark.parametrize("rate", [8_000, 16_000, 22_050, 44_100, 48_000])
@pytest.mark.parametrize("channels", [1, 2])
async def test_any_sample_rate(server: SpeechServer, synthesizer: OpenAISynthesizer, rate: int, channels: int) -> None:
    server.rate, server.channels = rate, channels
    said = spoken("采样率。")
    utterance = await synthesizer.speak(ALLOY, (said,), 1.0)
    check(utterance, said)
    assert abs(utterance.cues[0].end_ms - utterance.cues[0].start_ms - 4 * CHARACTER_MS) < 30


@pytest.mark.parametrize("kind", [("WAV", "FLOAT"), ("WAV", "PCM_24"), ("FLAC", "PCM_16"), ("OGG", "VORBIS"),
                                  ("MP3", "MPEG_LAYER_III")], ids=lambda kind: "-".join(kind))  # fmt: skip
async def test_any_format(server: SpeechServer, synthesizer: OpenAISynthesizer, kind: tuple[str, str]) -> None:
    server.kind = kind
    said = spoken("格式。")
    check(await synthesizer.speak(ALLOY, (said,), 1.0), said)


async def test_the_houses_loudness(synthesizer: OpenAISynthesizer) -> None:
    utterance = await synthesizer.speak(ALLOY, (spoken("响度应当和别的声音一样"),), 1.0)
    samples, rate = soundfile.read(io.BytesIO(utterance.mp3), dtype="float32")
    assert abs(loudness(samples, rate) + 16) < 1


@pytest.mark.parametrize("failure", ["busy", "broken", "reset", "page", "silence", "redirect"])
async def test_one_failure_is_made_good(server: SpeechServer, synthesizer: OpenAISynthesizer, failure: Failure) -> None:
    server.failures.append(failure)
    said = spoken("再试。")
    check(await synthesizer.speak(ALLOY, (said,), 1.0), said)
    assert len(server.wishes) == 2


@pytest.mark.parametrize("failure", ["refused", "unknown"])
async def test_a_refusal_is_not_repeated(
    server: SpeechServer, synthesizer: OpenAISynthesizer, failure: Failure
) -> None:
    server.always = failure
    with pytest.raises(VoiceUnavailable) as caught:
        await synthesizer.speak(ALLOY, (spoken("不行。"),), 1.0)
    assert len(server.wishes) == 1
    assert "status 4" in str(caught.value)
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize("failure", ["busy", "broken", "reset", "page", "hang"])
async def test_a_server_that_keeps_failing_is_left_alone(server: SpeechServer, failure: Failure) -> None:
    limits = msgspec.structs.replace(QUICK, attempts=2, seconds=0.5, character_seconds=0)
    synthesizer = OpenAISynthesizer(Server(url=server.url, key="", model="m"), limits)
    server.always = failure
    for _ in range(2):
        with pytest.raises(VoiceUnavailable):
            await synthesizer.speak(ALLOY, (spoken("不行。"),), 1.0)
    asked = len(server.wishes)
    with pytest.raises(VoiceUnavailable):
        await synthesizer.speak(ALLOY, (spoken("不行。"),), 1.0)
    assert len(server.wishes) == asked
    assert server.keys[0] is None
    await synthesizer.close()


async def test_silence_names_the_sentence(server: SpeechServer, synthesizer: OpenAISynthesizer) -> None:
    server.always = "silence"
    with pytest.raises(SpeechFailed) as caught:
        await synthesizer.speak(ALLOY, (spoken("没有声音。"),), 1.0)
    assert caught.value.facts["sentence"] == "没有声音。"


async def test_nothing_listens_there() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    synthesizer = OpenAISynthesizer(Server(url=f"http://127.0.0.1:{port}/v1", key="", model="m"), QUICK)
    with pytest.raises(VoiceUnavailable):
        await synthesizer.speak(ALLOY, (spoken("没有。"),), 1.0)
    await synthesizer.close()


async def test_a_whole_track_says_that_its_times_are_estimated(
    server: SpeechServer, synthesizer: OpenAISynthesizer
) -> None:
    catalogue = Catalogue((HUMMER, ALLOY))
    async with house(voices=catalogue, more={"openai": synthesizer}) as at:
        track = await at.read(THREE, ALLOY.id)
        assert (track.state, track.timings, track.fallback) == ("ready", "estimated", None)
        assert (await at.read(THREE)).timings == "measured"


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        ("alloy", ("openai-alloy", "alloy", "zh-CN", "female")),
        ("中文女@zh-CN@female", ("openai-中文女", "中文女", "zh-CN", "female")),
        ("onyx@en-US@male", ("openai-onyx", "onyx", "en-US", "male")),
    ],
)
def test_voices_from_settings(entry: str, expected: tuple[str, ...]) -> None:
    (voice,) = voices((entry,))
    assert (voice.id, voice.native, voice.locale, voice.gender) == expected
    assert voice.online
