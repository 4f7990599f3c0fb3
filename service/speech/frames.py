"""The MP3 frames of a segment: 24 kHz, one channel, 48 kbit/s and nothing else, so that frames of one track join."""

import numpy as np
from numpy.typing import NDArray

FRAME_BYTES = 144
FRAME_MS = 24

# ISO/IEC 13818-3, 2.4.1.3: MPEG-2 Layer III without CRC, 48 kbit/s, 24 kHz, no padding, single channel; the
# private, copyright, original and emphasis bits are left free.
_HEADER = np.array([0xFF, 0xF3, 0x64, 0xC0], dtype=np.uint8)
_MASK = np.array([0xFF, 0xFF, 0xFE, 0xC0], dtype=np.uint8)
_SOUNDING = 0.05  # of the frames; less is a click in silence


class BadFrames(ValueError):
    """Bytes that are not whole frames of the one format; the message says what they are instead."""


def whole_frames(mp3: bytes) -> bytes:
    """The frames of an MP3 file without its ID3 tag; raises BadFrames for half a file or another format."""
    if mp3[:3] == b"ID3" and len(mp3) > 10:
        size = (mp3[6] << 21) | (mp3[7] << 14) | (mp3[8] << 7) | mp3[9]  # ID3v2.4, 3.1: a synchsafe integer
        mp3 = mp3[10 + size :]
    _table(mp3)
    return mp3


def duration_ms(frames: bytes | bytearray) -> int:
    return len(frames) // FRAME_BYTES * FRAME_MS


def is_silent(frames: bytes) -> bool:
    """Whether the frames carry no sound, by the count of their non-zero frequency lines (`big_values`)."""
    table = _table(frames).astype(np.uint16)
    big_values = ((table[:, 6] & 0b111) << 6) | (table[:, 7] >> 2)  # ISO/IEC 13818-3, 2.4.1.7, one channel
    return float(np.mean(big_values > 0)) < _SOUNDING


def _table(frames: bytes) -> NDArray[np.uint8]:
    if not frames or len(frames) % FRAME_BYTES:
        raise BadFrames(f"{len(frames)} bytes are not whole frames of {FRAME_BYTES}")
    table = np.frombuffer(frames, dtype=np.uint8).reshape(-1, FRAME_BYTES)
    wrong = np.flatnonzero(((table[:, :4] & _MASK) != _HEADER).any(axis=1))
    if wrong.size:
        raise BadFrames(f"frame {wrong[0]} is not 24 kHz, 48 kbit/s, one channel")
    return table
