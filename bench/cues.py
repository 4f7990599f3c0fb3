"""Whether cues are where the sound is: a long joined track decoded by programs that share no code with this service.

Each sentence's cue, and each word's that follows a pause, is held against the onset that is heard nearest to it.
Words inside a run of speech have no onset of their own; their times come from the same durations.
"""

import io
import shutil
import subprocess
from collections.abc import AsyncIterator, Callable

import numpy as np
import soundfile
from numpy.typing import NDArray

from bench.setup import Setup, house, spoken
from bench.table import Row, at_most
from service.article import make_article
from service.speech import track as tracks
from service.speech.mp3 import RATE
from service.speech.timeline import Cue

_MINUTES = 20

_WINDOW = RATE // 200  # 5 ms
_LOUD = 10 ** (-38 / 20)  # of the loudest window: under a consonant, over the encoder's noise
_PAUSE = 12  # windows of quiet before an onset, 60 ms
_REACH = 0.4  # seconds around a cue in which its onset is looked for


async def measure(setup: Setup) -> AsyncIterator[Row]:
    """The article, said again and again until the track is long enough: what is said again comes from the store."""
    article = setup.read()
    async with house() as (at, _):
        once = (await spoken(at, article)).duration_ms or 1
        blocks = article.blocks * (_MINUTES * 60_000 // once + 2)
        track = await spoken(at, make_article(title=article.title, blocks=blocks, language=article.language))
        mp3 = await at.blobs.get(await at.studio.joined(track.id, "mp3"))
    assert mp3 is not None
    cues = list(tracks.cues(track))
    for name, decode in _decoders().items():
        heard = onsets(decode(mp3))
        for row in _rows(name, cues, heard, (track.duration_ms or 0) / 60_000):
            yield row


def _rows(decoder: str, cues: list[Cue], heard: NDArray[np.float64], minutes: float) -> list[Row]:
    starts, words = [cue.start_ms for cue in cues], words_after_pauses(cues)
    off, off_words = np.abs(errors(starts, heard)), np.abs(errors(words, heard))
    late = np.abs(errors(starts[-len(starts) // 4 :], heard))
    found = f"{len(off)} of {len(starts)} heard, {minutes:.1f} minutes, by {decoder}"
    return [
        at_most("start of any sentence against its cue, at most", float(off.max()), 30, "{:.0f} ms", found),
        at_most("    the same in the last quarter", float(late.max()), 30, "{:.0f} ms"),
        Row("    the same, median", f"{np.median(off):.0f} ms"),
        at_most(
            "start of any word that follows a pause, median",
            float(np.median(off_words)),
            60,
            "{:.0f} ms",
            f"{len(off_words)} of {len(words)} heard",
        ),
    ]


def _decoders() -> dict[str, Callable[[bytes], NDArray[np.float32]]]:
    if shutil.which("ffmpeg"):
        return {"ffmpeg": by_ffmpeg, "libsndfile": by_libsndfile}
    return {"libsndfile": by_libsndfile}


def by_libsndfile(mp3: bytes) -> NDArray[np.float32]:
    """The file as libsndfile's mpg123 decodes it."""
    samples, _ = soundfile.read(io.BytesIO(mp3), dtype="float32")
    return np.asarray(samples, np.float32)


def by_ffmpeg(mp3: bytes) -> NDArray[np.float32]:
    """The file as ffmpeg decodes it: every sample from the first frame on."""
    command = [
        "ffmpeg",
        "-v",
        "error",
        "-flags2",
        "-skip_manual",
        "-i",
        "-",
        "-f",
        "f32le",
        "-ac",
        "1",
        "-ar",
        str(RATE),
        "-",
    ]
    done = subprocess.run(command, input=mp3, capture_output=True, check=True)
    return np.frombuffer(done.stdout, "<f4")


def onsets(samples: NDArray[np.float32]) -> NDArray[np.float64]:
    """Seconds at which sound begins after a pause."""
    windows = len(samples) // _WINDOW
    power = np.sqrt((samples[: windows * _WINDOW].reshape(windows, _WINDOW).astype(np.float64) ** 2).mean(axis=1))
    loud = np.flatnonzero(power > power.max() * _LOUD)
    begins = np.concatenate([loud[:1], loud[1:][np.diff(loud) > _PAUSE]])
    return begins * (_WINDOW / RATE)


def errors(starts_ms: list[int], heard: NDArray[np.float64]) -> NDArray[np.float64]:
    """Milliseconds from each start to the onset nearest to it; starts without one near are left out."""
    starts = np.array(starts_ms) / 1000
    nearest = heard[np.abs(heard[:, None] - starts[None]).argmin(axis=0)]
    off: NDArray[np.float64] = (nearest - starts)[np.abs(nearest - starts) < _REACH]
    return off * 1000


def words_after_pauses(cues: list[Cue]) -> list[int]:
    """Starts of the words, a sentence's first left out, before which the word times themselves have a pause."""
    return [
        after[2]
        for cue in cues
        for before, after in zip(cue.words, cue.words[1:], strict=False)
        if after[2] - before[3] >= 5 * _PAUSE
    ]
