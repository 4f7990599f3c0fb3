"""Silence: where the sound in a stretch of samples begins and ends, and quiet edges for it."""

import numpy as np
from numpy.typing import NDArray

Samples = NDArray[np.float32]

_WINDOW = 120  # samples, 5 ms at 24 kHz
_FLOOR = 0.003  # of full scale, for what is quiet throughout
_BELOW_PEAK = 0.012  # -38 dB: under a final consonant, over the model's breath noise


def sound(samples: Samples) -> tuple[int, int]:
    """The samples [start, end) between the first and the last that are heard; (0, 0) where nothing is."""
    windows = len(samples) // _WINDOW
    if not windows:
        return 0, 0
    power = np.sqrt((samples[: windows * _WINDOW].reshape(windows, _WINDOW).astype(np.float64) ** 2).mean(axis=1))
    heard = np.flatnonzero(power > max(_FLOOR, float(power.max()) * _BELOW_PEAK))
    if not heard.size:
        return 0, 0
    return int(heard[0]) * _WINDOW, (int(heard[-1]) + 1) * _WINDOW


def faded(samples: Samples, rise: int, fall: int) -> Samples:
    """The same sound rising over its first samples and falling over its last, so that neither edge clicks."""
    gain = np.ones(len(samples), np.float32)
    rise, fall = min(rise, len(samples)), min(fall, len(samples))
    gain[:rise] = np.linspace(0, 1, rise, dtype=np.float32)
    gain[len(gain) - fall :] *= np.linspace(1, 0, fall, dtype=np.float32)
    return samples * gain
