"""The voices as they come out: how loud by an independent meter, and how well understood by a judge of speech."""

import io
import shutil
import subprocess
from collections.abc import AsyncIterator
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import soundfile

from bench.setup import Setup
from bench.table import Row, at_most
from service.settings import load, resources
from service.speech.kokoro import Kokoro
from service.speech.loudness import TARGET
from service.speech.voice import Catalogue, Voice
from service.text.reading import read_aloud
from service.text.spoken import Spoken

_SENTENCES = 8


async def loudness(setup: Setup) -> AsyncIterator[Row]:
    """The article's first sentences in each voice of its language, measured by pyloudnorm or ffmpeg's ebur128."""
    meter = _pyloudnorm if find_spec("pyloudnorm") else _ebur128 if shutil.which("ffmpeg") else None
    if meter is None:
        yield Row("loudness of each voice", "not measured", "needs pip install pyloudnorm, or ffmpeg")
        return
    said = _sentences(setup)[:_SENTENCES]
    voices = [voice for voice in Catalogue.load(resources("voices")).voices if voice.synthesizer == "kokoro"]
    kokoro = Kokoro(load({}))
    try:
        for voice in voices:
            if not voice.locale.startswith("zh"):
                continue
            mp3 = b"".join([(await kokoro.speak(voice, (spoken,), 1.0)).mp3 for spoken in said])
            off = abs(meter(mp3) - TARGET)
            note = f"of {TARGET:.0f} LUFS by {meter.__name__[1:]}, peak {_peak(mp3):.2f} of 1"
            yield at_most(f"loudness of {voice.id}, away from the target", off, 1, "{:.2f} LU", note)
    finally:
        await kokoro.close()


async def syllables(setup: Setup) -> AsyncIterator[Row]:
    """The syllable error of the default voice over the whole article."""
    settings = load({})
    if setup.judge is None:
        yield Row("syllable error of the default voice", "not measured", "needs --judge PYTHON JUDGE.py")
        return
    voice = Catalogue.load(resources("voices")).get(settings.voice)
    with TemporaryDirectory() as folder:
        await _written(Path(folder), voice, _sentences(setup))
        done = subprocess.run([*setup.judge, folder], capture_output=True, text=True, check=True)
    errors, total = done.stdout.split()[-3].split("/")
    share = int(errors) / int(total)
    yield at_most(f"syllable error of {voice.id}", share, 0.012, "{:.2%}", f"{errors} of {total}")


async def _written(folder: Path, voice: Voice, sentences: tuple[Spoken, ...]) -> None:
    kokoro = Kokoro(load({}))
    try:
        for number, spoken in enumerate(sentences):
            name = folder / f"{number:03}"
            name.with_suffix(".mp3").write_bytes((await kokoro.speak(voice, (spoken,), 1.0)).mp3)
            name.with_suffix(".txt").write_text(spoken.text, "utf-8")
    finally:
        await kokoro.close()


def _sentences(setup: Setup) -> tuple[Spoken, ...]:
    return tuple(spoken for spoken in read_aloud(setup.read()) if spoken.words)


def _peak(mp3: bytes) -> float:
    samples, _ = soundfile.read(io.BytesIO(mp3), dtype="float32")
    return float(np.abs(samples).max())


def _pyloudnorm(mp3: bytes) -> float:
    import pyloudnorm

    samples, rate = soundfile.read(io.BytesIO(mp3), dtype="float64")
    return float(pyloudnorm.Meter(rate).integrated_loudness(samples))


def _ebur128(mp3: bytes) -> float:
    command = ["ffmpeg", "-nostats", "-i", "-", "-filter_complex", "ebur128", "-f", "null", "-"]
    told = subprocess.run(command, input=mp3, capture_output=True, check=True).stderr.decode()
    return float(told.rpartition("I:")[2].split()[0])
