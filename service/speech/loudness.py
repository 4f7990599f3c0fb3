"""Loudness: measured as broadcasters do (ITU-R BS.1770-4), and kept below clipping."""

import numpy as np
from numpy.typing import NDArray

Samples = NDArray[np.float32]

TARGET = -16.0  # LUFS
_CEILING = 0.84  # -1.5 dB: an MP3 decoder overshoots by about 1 dB
_STEP = 60  # samples between the limiter's gains, 2.5 ms at 24 kHz

# BS.1770-4 annex 1, its two filters for 48 kHz given as what they are: a shelf and a high pass.
_SHELF = (1681.974450955533, 0.7071752369554196, 3.999843853973347)
_HIGH_PASS = (38.13547087602444, 0.5003270373238773)


def loudness(samples: Samples, rate: int) -> float:
    """Integrated loudness in LUFS of one channel; minus infinity for silence or less than 400 ms."""
    weighted = _weighted(samples, rate)
    block, hop = rate * 2 // 5, rate // 10
    if len(weighted) < block:
        return float("-inf")
    energy = np.concatenate([[0.0], np.cumsum(weighted**2)])
    starts = np.arange(0, len(weighted) - block + 1, hop)
    power = (energy[starts + block] - energy[starts]) / block
    power = power[_lufs(power) > -70]
    if power.size:
        power = power[_lufs(power) > _lufs(np.mean(power)) - 10]
    return float(_lufs(np.mean(power))) if power.size else float("-inf")


def limited(samples: Samples) -> Samples:
    """The same sound with every peak under the ceiling: the gain glides down before a peak and up after it."""
    blocks = -(-len(samples) // _STEP)
    if not blocks:
        return samples
    padded = np.zeros(blocks * _STEP, np.float32)
    padded[: len(samples)] = samples
    peaks = np.abs(padded).reshape(blocks, _STEP).max(axis=1)
    gains = np.minimum(1.0, _CEILING / np.maximum(peaks, 1e-9))
    edges = np.concatenate([[1.0] * 2, gains, [1.0] * 2])
    edges = np.min([edges[shift : shift + blocks + 1] for shift in range(4)], axis=0)
    places = np.arange(len(samples)) / _STEP
    gain: Samples = np.interp(places, np.arange(blocks + 1), edges).astype(np.float32)
    return samples * gain


def _lufs(power: NDArray[np.float64] | np.float64) -> NDArray[np.float64]:
    return -0.691 + 10 * np.log10(np.maximum(power, 1e-12))


def _weighted(samples: Samples, rate: int) -> NDArray[np.float64]:
    """The K-weighted signal, filtered in the frequency domain: both filters die away within a second of zeros."""
    size = 1 << (len(samples) + rate - 1).bit_length()
    spectrum = np.fft.rfft(samples.astype(np.float64), size)
    z = np.exp(-2j * np.pi * np.arange(size // 2 + 1) / size)
    response = np.ones_like(spectrum)
    for numerator, denominator in (_shelf(rate), _high_pass(rate)):
        response *= np.polyval(numerator[::-1], z) / np.polyval(denominator[::-1], z)
    return np.fft.irfft(spectrum * response, size)[: len(samples)]


def _shelf(rate: int) -> tuple[list[float], list[float]]:
    frequency, quality, gain = _SHELF
    k = float(np.tan(np.pi * frequency / rate))
    high = 10 ** (gain / 20)
    band = high**0.4996667741545416
    norm = 1 + k / quality + k * k
    return (
        [
            (high + band * k / quality + k * k) / norm,
            2 * (k * k - high) / norm,
            (high - band * k / quality + k * k) / norm,
        ],
        [1.0, 2 * (k * k - 1) / norm, (1 - k / quality + k * k) / norm],
    )


def _high_pass(rate: int) -> tuple[list[float], list[float]]:
    frequency, quality = _HIGH_PASS
    k = float(np.tan(np.pi * frequency / rate))
    norm = 1 + k / quality + k * k
    return [1.0, -2.0, 1.0], [1.0, 2 * (k * k - 1) / norm, (1 - k / quality + k * k) / norm]
