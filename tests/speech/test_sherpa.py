"""Models of sherpa-onnx from a folder, over real ones: who speaks, what comes out, and what a bad model leads to."""

import asyncio
import io
import os
import re
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import numpy as np
import pytest
import soundfile
from numpy.typing import NDArray

from service.app import build
from service.errors import SpeechFailed, VoiceUnavailable
from service.settings import BadSetting, load
from service.speech.cast import cast
from service.speech.loudness import loudness
from service.speech.recorder import flaw
from service.speech.segments import plan
from service.speech.sherpa import Sherpa
from service.speech.sherpa_models import models
from service.speech.synthesizer import Utterance
from service.speech.voice import Voice
from service.text.sentences import Sentence
from service.text.spoken import Spoken, Word
from tests.speech.sherpa_folder import KOKORO_VOICES, kokoro, vits
from tests.speech.tones import article

pytestmark = pytest.mark.anyio
FINE = "The weather is fine today. We walk in the park."


def spoken(text: str) -> Spoken:
    words = tuple(Word(*match.span(), *match.span()) for match in re.finditer(r"[a-zA-Z]+|[一-鿿]|[ء-ي]+", text))
    sentence = Sentence(id="b1.s2", passage=1, start=9, end=9 + len(text), text=text)
    return Spoken(sentence=sentence, text=text, pinyin=(), words=words)


def problem(utterance: Utterance, said: Spoken, voice: Voice) -> str | None:
    (segment,) = plan((said,), voice, "1", opening=False)
    return flaw(utterance, segment)


def sound(utterance: Utterance) -> NDArray[np.float32]:
    samples, rate = soundfile.read(io.BytesIO(utterance.mp3), dtype="float32")
    assert rate == 24_000
    return np.asarray(samples, np.float32)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("models")
    vits(path / "vits-joe")
    kokoro(path / "kokoro")
    return path


@pytest.fixture(scope="module")
def voices(folder: Path) -> dict[str, Voice]:
    return {voice.id: voice for voice in cast(load({"CHANGDU_SHERPA": str(folder)})).voices}


@pytest.fixture
def joe(voices: dict[str, Voice]) -> Voice:
    return voices["joe"]


@pytest.fixture(scope="module")
def synthesizer(folder: Path) -> Iterator[Sherpa]:
    """One for all tests: a process takes its time to start."""
    opened = Sherpa(models(folder)[1], 1)
    yield opened
    asyncio.run(opened.close())


def test_a_folder_s_voices_join_the_house_s_own(voices: dict[str, Voice]) -> None:
    joe, guodong = voices["joe"], voices["guodong"]
    assert (joe.synthesizer, joe.native, joe.locale, joe.gender) == ("sherpa-vits-joe", "0", "en-US", "male")
    assert (guodong.synthesizer, guodong.native, voices["peihua"].native) == ("sherpa-kokoro", "1", "0")
    assert all(voice.estimated and not voice.online for voice in (joe, guodong))
    assert voices["zf_xiaobei"].synthesizer == "kokoro"


async def test_a_sentence_is_whole_at_the_house_s_sample_rate_and_loudness(synthesizer: Sherpa, joe: Voice) -> None:
    """The model's own rate is 22,050 and its sound 9 LU too quiet; the limiter holds its peaks down."""
    said = spoken(FINE)
    utterance = await synthesizer.speak(joe, (said,), 1.0)
    assert problem(utterance, said, joe) is None
    assert -18.5 < loudness(sound(utterance), 24_000) < -15
    (cue,) = utterance.cues
    assert [FINE[offset : offset + length] for offset, length, _, _ in cue.words] == re.findall(r"\w+", FINE)
    assert 1500 < cue.end_ms - cue.start_ms < 4000


async def test_a_rate_is_spoken_by_the_model(synthesizer: Sherpa, joe: Voice) -> None:
    slow, fast = [await synthesizer.speak(joe, (spoken(FINE),), rate) for rate in (0.7, 1.3)]
    assert 1.4 < slow.duration_ms / fast.duration_ms < 2.4


async def test_a_long_sentence_is_said_in_parts_and_has_one_cue(synthesizer: Sherpa, joe: Voice) -> None:
    said = spoken("We walk in the park, the park is fine, " * 6 + "today.")
    utterance = await synthesizer.speak(joe, (said,), 1.0)
    assert problem(utterance, said, joe) is None
    assert len(utterance.cues[0].words) == len(said.words)


async def test_mandarin_by_two_speakers_of_another_kind_of_model(folder: Path, voices: dict[str, Voice]) -> None:
    opened, said = Sherpa(models(folder)[0], 1), spoken("今天散步。")
    try:
        utterances = [await opened.speak(voices[id], (said,), 1.0) for id in ("peihua", "guodong")]
    finally:
        await opened.close()
    assert [problem(utterance, said, voices["peihua"]) for utterance in utterances] == [None, None]
    assert utterances[0].mp3 != utterances[1].mp3
    assert all(600 < utterance.duration_ms < 2500 for utterance in utterances)


@pytest.mark.parametrize(
    ("text", "refused"), [("你好。", "silence"), ("مرحبا", None)], ids=["said by others", "by none"]
)
async def test_what_a_model_has_no_sound_for_is_silence(
    synthesizer: Sherpa, joe: Voice, text: str, refused: str | None
) -> None:
    """The recorder refuses it where the sentence can be said."""
    said = spoken(text)
    assert problem(await synthesizer.speak(joe, (said,), 1.0), said, joe) == refused


async def test_a_speaker_that_is_not_there_is_told(synthesizer: Sherpa, joe: Voice) -> None:
    """sherpa-onnx itself would have speaker 0 read instead."""
    with pytest.raises(VoiceUnavailable, match="has 1 speakers and no number 1"):
        await synthesizer.speak(msgspec.structs.replace(joe, native="1"), (spoken(FINE),), 1.0)


@pytest.mark.parametrize(("model", "file"), [("vits-joe", "model.onnx"), ("kokoro", "voices.bin")])
async def test_half_a_model_is_told_and_ends_no_process_of_ours(
    folder: Path, tmp_path: Path, joe: Voice, model: str, file: str
) -> None:
    """sherpa-onnx ends the process it runs in for the second."""
    (tmp_path / "half").mkdir()
    for path in (folder / model).iterdir():
        if path.name == file:
            (tmp_path / "half" / file).write_bytes(path.read_bytes()[:100])
        else:
            (tmp_path / "half" / path.name).symlink_to(path)
    synthesizer = Sherpa(models(tmp_path)[0], 1)
    try:
        with pytest.raises(VoiceUnavailable, match="half cannot be loaded"):
            await synthesizer.speak(joe, (spoken(FINE),), 1.0)
    finally:
        await synthesizer.close()


async def test_a_process_that_hangs_is_ended(synthesizer: Sherpa, joe: Voice, monkeypatch: pytest.MonkeyPatch) -> None:
    await synthesizer.speak(joe, (spoken("Today."),), 1.0)
    (held,) = _workers()
    monkeypatch.setattr("service.speech.sherpa._PATIENCE", (3.0, 0.0))
    speaking = asyncio.create_task(synthesizer.speak(joe, (spoken(f"{FINE} " * 20),), 1.0))
    await asyncio.sleep(0.5)
    os.kill(held, signal.SIGSTOP)
    with pytest.raises(SpeechFailed, match="The weather is fine today"):
        await speaking
    monkeypatch.undo()
    assert (await synthesizer.speak(joe, (spoken("Today."),), 1.0)).duration_ms > 200
    assert held not in _workers()


def _workers() -> list[int]:
    """Processes of ours that hold sherpa-onnx."""
    found = []
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            if f"PPid:\t{os.getpid()}\n" in status.read_text() and "sherpa" in (status.parent / "maps").read_text():
                found.append(int(status.parent.name))
        except OSError:
            continue
    return found


async def test_a_whole_track_says_that_its_times_are_estimated(folder: Path, tmp_path: Path) -> None:
    house = build(load({"CHANGDU_STORE": str(tmp_path), "CHANGDU_SHERPA": str(folder)}))
    read = msgspec.structs.replace(article("We walk in the park.", title="The weather today"), language="en")
    try:
        opened = await house.studio.open(read, "joe")
        kinds = [event.kind async for event in house.studio.events(opened.id)]
        track = await house.studio.get(opened.id)
    finally:
        await house.close()
    assert kinds == ["segment", "segment", "ready"]
    assert (track.state, track.voice.id, track.timings) == ("ready", "joe", "estimated")


def _without(name: str) -> Callable[[Path], None]:
    return lambda folder: (folder / name).unlink()


def _voiced(toml: str) -> Callable[[Path], None]:
    def spoil(folder: Path) -> None:
        (folder / "voices.toml").write_text(toml)

    return spoil


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (_without("voices.toml"), "voices.toml is missing"),
        (_voiced("voice = 3"), "no \\[\\[voice\\]\\] with an id"),
        (_voiced('[[voice]]\nid = "x"'), "locale"),
        (_voiced(KOKORO_VOICES.replace('"1"', '"one"')), "number of a speaker"),
        (_voiced(KOKORO_VOICES.replace("guodong", "peihua")), "the id peihua"),
        (_voiced(KOKORO_VOICES.replace("guodong", "zf_xiaobei")), "the id zf_xiaobei"),
        (_without("tokens.txt"), "tokens.txt is missing"),
        (_without("model.onnx"), "holds 0 models"),
        (lambda folder: (folder / "second.onnx").touch(), "holds 2 models"),
    ],
    ids=["no voices", "no list", "no locale", "no speaker", "twice", "ours", "no tokens", "no model", "two models"],
)
def test_a_folder_that_is_no_model_is_told_at_the_start(
    tmp_path: Path, spoil: Callable[[Path], None], said: str
) -> None:
    model = tmp_path / "model"
    model.mkdir()
    for name, text in {"model.onnx": "", "tokens.txt": "", "voices.toml": KOKORO_VOICES}.items():
        (model / name).write_text(text)
    cast(load({"CHANGDU_SHERPA": str(tmp_path)}))
    spoil(model)
    with pytest.raises(BadSetting, match=f"CHANGDU_SHERPA=.*{said}"):
        cast(load({"CHANGDU_SHERPA": str(tmp_path)}))


def test_the_voices_that_the_documentation_shows(tmp_path: Path) -> None:
    documented = (Path(__file__).parents[2] / "docs" / "voices.md").read_text("utf-8")
    shown = re.search(r"```toml\n(.*?)```", documented, re.DOTALL)
    assert shown is not None
    model = tmp_path / "vits-zh-aishell3"
    model.mkdir()
    for name, text in {"model.onnx": "", "tokens.txt": "", "voices.toml": shown[1]}.items():
        (model / name).write_text(text)
    (tmp_path / ".cache").mkdir()
    voice = cast(load({"CHANGDU_SHERPA": str(tmp_path)})).get("aishell3-10")
    assert (voice.native, voice.locale, voice.synthesizer) == ("10", "zh-CN", "sherpa-vits-zh-aishell3")


def test_no_folder_is_told() -> None:
    with pytest.raises(BadSetting, match="is no folder"):
        cast(load({"CHANGDU_SHERPA": "/nowhere"}))
