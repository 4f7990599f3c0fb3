"""Silence that is skipped: what is heard stays where it was and as it was, and a sentence that lasts longer is not cut."""

from collections.abc import Iterator

import numpy as np
import pytest
from numpy.typing import NDArray

from service.settings import load, resources
from service.speech.model import DURATIONS, assemble, has_vnni
from service.speech.phonemes import Phonemes
from service.speech.silence import sound
from service.speech.skipping import CLOSING, SKIPPED
from service.speech.voice import Catalogue
from service.speech.voicebox import VoiceBox
from service.text.sentences import Sentence
from service.text.spoken import Spoken, speak

VOICES = Catalogue.load(resources("voices"))
FRAME = 600

Samples = NDArray[np.float32]


class Mistaken(VoiceBox):
    """One that takes the last three words for silent."""

    def parts(self, spoken: Spoken, rate: float = 1.0) -> Iterator[tuple[Spoken, Phonemes]]:
        for part, said in super().parts(spoken, rate):
            yield part, Phonemes(symbols=said.symbols, words=said.words[:-3] + ((0, 0),) * 3)


def made(kind: type[VoiceBox]) -> VoiceBox:
    return kind(assemble(load({}).cache, vnni=has_vnni()), resources("voices") / "kokoro")


@pytest.fixture(scope="module")
def box() -> VoiceBox:
    return made(VoiceBox)


def spoken(text: str) -> Spoken:
    return speak(Sentence(id="b1.s1", passage=1, start=0, end=len(text), text=text))


def closing(said: Phonemes) -> int:
    """The tokens from the last symbol spoken: one stands before the symbols and one after them."""
    return len(said.tokens) + 2 - max(end for _, end in said.words)


def run(box: VoiceBox, voice: str, rate: float, said: Phonemes, closing: int = 0) -> tuple[Samples, int, int]:
    """The samples, the frames skipped before them, and all frames of the sentence."""
    style = box.style(VOICES.get(voice), len(said.symbols))
    feed = {"tokens": [[0, *said.tokens, 0]], "style": style[None], "speed": np.array([rate], np.float32)}
    audio, durations, skipped = box.session(2).run(
        ["audio", DURATIONS, SKIPPED], {**feed, CLOSING: np.array([closing])}
    )
    return audio, int(skipped[0]), round(float(durations.sum()))


@pytest.mark.parametrize("voice", ["zf_xiaochang", "zm_yunxi"])
@pytest.mark.parametrize("rate", [0.7, 1.0, 1.3])
@pytest.mark.parametrize("text", ["今天天气好。", "请看第二张图", "社区学校从下周起开放，欢迎报名！", "请打开WiFi。"])
def test_only_silence_is_left_out(box: VoiceBox, voice: str, rate: float, text: str) -> None:
    ((_, said),) = box.parts(spoken(text))
    whole, _, frames = run(box, voice, rate, said)
    kept, skipped, _ = run(box, voice, rate, said, closing(said))
    assert len(whole) == frames * FRAME
    assert len(kept) <= len(whole) - 20 * FRAME, "half a second and more"
    placed = np.zeros_like(whole)
    placed[skipped * FRAME : skipped * FRAME + len(kept)] = kept
    assert np.allclose(sound(placed), sound(whole), atol=0.03 * 24_000)
    before, after = (np.log(loudness(samples) + 0.01) for samples in (whole, placed))
    assert np.corrcoef(before, after)[0, 1] > 0.97
    assert abs(float(np.median((after - before)[before > np.log(0.05)]))) < 0.12, "1 dB"


def test_nothing_is_left_out_where_nothing_is_said_of_the_end(box: VoiceBox) -> None:
    ((_, said),) = box.parts(spoken("今天天气好。"))
    audio, skipped, frames = run(box, "zf_xiaochang", 1.0, said)
    assert (skipped, len(audio)) == (0, frames * FRAME)


def test_a_sound_that_lasts_longer_than_expected_is_not_cut(box: VoiceBox) -> None:
    text, voice = "社区学校从下周起开放，欢迎报名！", VOICES.get("zf_xiaochang")
    mistaken = made(Mistaken)
    ((_, said),) = mistaken.parts(spoken(text))
    kept, _, _ = run(box, voice.id, 1.0, said, closing(said))
    assert sound(kept)[1] > len(kept) - 2 * FRAME, "cut within its sound"
    lengths = [each.speak(voice, (spoken(text),), 1.0).duration_ms for each in (box, mistaken)]
    assert abs(lengths[0] - lengths[1]) <= 48


def loudness(samples: Samples) -> NDArray[np.float64]:
    """Root mean square of each hundredth of a second."""
    blocks = samples[: samples.size // 240 * 240].reshape(-1, 240).astype(np.float64)
    return np.asarray(np.sqrt((blocks**2).mean(axis=1)))
