"""Waveforms: a recording in any format as the house's samples, as loud as the house's voices."""

import io
from collections.abc import Iterator

import numpy as np
import soundfile
import soxr

from service.speech.loudness import TARGET, limited, loudness
from service.speech.mp3 import RATE, Samples

_GAIN = 12.0  # dB at most, either way, to the house's loudness
_BLOCK = 10 * 48_000  # samples decoded at a time
_MEASURED = 600 * RATE  # samples whose loudness stands for a long recording's


class BadRecording(ValueError):
    """Bytes that are no sound that can be read, or too much or too little of it; says which, `zh` in Chinese."""

    def __init__(self, en: str, zh: str) -> None:
        super().__init__(en)
        self.zh = zh


def decoded(recording: bytes, *, seconds: float) -> Samples:
    """One channel at `RATE` from a WAV, FLAC, Ogg or MP3 file; raises BadRecording, also for more than `seconds`."""
    try:
        with soundfile.SoundFile(io.BytesIO(recording)) as file:
            blocks = list(_resampled(file, seconds))
    except BadRecording:
        raise
    except (soundfile.SoundFileError, RuntimeError, ValueError, TypeError) as error:
        raise BadRecording("it is no sound file, or a damaged one", "它不是声音文件，或者坏了") from error
    samples: Samples = np.concatenate([*blocks, np.zeros(0, np.float32)])
    return np.nan_to_num(samples, posinf=1.0, neginf=-1.0)


def resampled(samples: Samples, rate: int) -> Samples:
    """One channel at `RATE` from one at another; what is no number becomes silence or the loudest there is."""
    finite = np.nan_to_num(samples, posinf=1.0, neginf=-1.0)
    return np.asarray(soxr.resample(finite, rate, RATE), np.float32)


def levelled(samples: Samples) -> Samples:
    """The same sound at the house's loudness, limited."""
    measured = loudness(samples[:_MEASURED], RATE)
    gain = np.clip(TARGET - measured, -_GAIN, _GAIN) if np.isfinite(measured) else 0.0
    return limited(samples * np.float32(10 ** (gain / 20)))


def _resampled(file: soundfile.SoundFile, seconds: float) -> Iterator[Samples]:
    stream = soxr.ResampleStream(file.samplerate, RATE, 1, dtype="float32")
    left = seconds * file.samplerate
    for block in file.blocks(_BLOCK, dtype="float32", always_2d=True):
        left -= len(block)
        if left < 0:
            raise BadRecording(f"longer than {seconds:.0f} seconds", f"它有 {seconds:.0f} 秒以上")
        yield stream.resample_chunk(np.ascontiguousarray(block.mean(axis=1)))
    yield stream.resample_chunk(np.zeros(0, np.float32), last=True)
