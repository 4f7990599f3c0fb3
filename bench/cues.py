"""Whether cues are where the sound is: a long joined track decoded by programs that share no code with this service.

Each sentence's cue, and each word's that follows a pause, is held against the onset that is heard nearest to it.
Words inside a run of speech have no onset of their own; their times come from the same durations.
"""

import subprocess

import numpy as np
from numpy.typing import NDArray

from service.speech.mp3 import RATE
from service.speech.timeline import Cue

_WINDOW = RATE // 200  # 5 ms
_LOUD = 10 ** (-38 / 20)  # of the loudest window: under a consonant, over the encoder's noise
_PAUSE = 12  # windows of quiet before an onset, 60 ms
_REACH = 0.4  # seconds around a cue in which its onset is looked for


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
