"""Silence: where the sound in a stretch of samples begins, pauses and ends, and quiet edges for it."""

import numpy as np
from numpy.typing import NDArray

Samples = NDArray[np.float32]

_WINDOW = 120  # samples, 5 ms at 24 kHz
_FLOOR = 0.003  # of full scale, for what is quiet throughout
_BELOW_PEAK = 0.012  # -38 dB: under a final consonant, over the model's breath noise
_SHORTEST = 8  # windows; less is the closure of a consonant


def sound(samples: Samples) -> tuple[int, int]:
    """The samples [start, end) between the first and the last that are heard; (0, 0) where nothing is."""
    heard = np.flatnonzero(_loud(samples))
    if not heard.size:
        return 0, 0
    return int(heard[0]) * _WINDOW, (int(heard[-1]) + 1) * _WINDOW


def gaps(samples: Samples) -> list[tuple[int, int]]:
    """The pauses [start, end) between sounds, in samples."""
    heard = np.flatnonzero(_loud(samples))
    quiet = np.flatnonzero(np.diff(heard) > _SHORTEST)
    return [((int(heard[place]) + 1) * _WINDOW, int(heard[place + 1]) * _WINDOW) for place in quiet]


def faded(samples: Samples, rise: int, fall: int) -> Samples:
    """The same sound rising over its first samples and falling over its last, so that neither edge clicks."""
    gain = np.ones(len(samples), np.float32)
    rise, fall = min(rise, len(samples)), min(fall, len(samples))
    gain[:rise] = np.linspace(0, 1, rise, dtype=np.float32)
    gain[len(gain) - fall :] *= np.linspace(1, 0, fall, dtype=np.float32)
    return samples * gain


def _loud(samples: Samples) -> NDArray[np.bool_]:
    """For each window, whether it is heard beside the loudest one."""
    windows = len(samples) // _WINDOW
    power = (samples[: windows * _WINDOW].reshape(windows, _WINDOW).astype(np.float64) ** 2).mean(axis=1)
    floor = max(_FLOOR, float(np.sqrt(power.max(initial=0))) * _BELOW_PEAK)
    loud: NDArray[np.bool_] = power > floor**2
    return loud
