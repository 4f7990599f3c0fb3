"""MP3 at 48 kbit/s: sound into whole frames that join without drift, and the tag that goes before them."""

from collections.abc import Sequence

import lameenc
import msgspec
import numpy as np
from numpy.typing import NDArray

from service.speech.frames import FRAME_BYTES, FRAME_MS

RATE = 24_000
FRAME_SAMPLES = RATE * FRAME_MS // 1000
DELAY = 1105  # samples: the encoder's 576 and the decoder's 529, the same for every segment and for their join
DELAY_MS = DELAY * 1000 / RATE

Samples = NDArray[np.float32]


def encode(samples: Samples) -> bytes:
    """Whole frames for samples in [-1, 1], padded with silence to a whole frame.

    A decoder gives each sample back `DELAY` later. What it gives after the last frame is cut off, so
    the last `DELAY` samples ought to be silent: then frames of several calls, one after the other, play as one.
    """
    frames = -(-len(samples) // FRAME_SAMPLES)
    padded = np.zeros(frames * FRAME_SAMPLES, np.float32)
    padded[: len(samples)] = samples
    encoder = lameenc.Encoder()
    encoder.set_in_sample_rate(RATE)
    encoder.set_channels(1)
    encoder.set_bit_rate(FRAME_BYTES * 8 // FRAME_MS)
    encoder.set_quality(2)
    encoder.silence()
    data = encoder.encode((np.clip(padded, -1, 1) * 32767).astype("<i2").tobytes()) + encoder.flush()
    return bytes(data[: frames * FRAME_BYTES])


class Chapter(msgspec.Struct, frozen=True, kw_only=True):
    """A heading of the article and where its part begins and ends."""

    title: str
    start_ms: int
    end_ms: int


def tag(
    *,
    title: str,
    language: str,
    duration_ms: int,
    artist: str | None = None,
    source: str | None = None,
    chapters: Sequence[Chapter] = (),
) -> bytes:
    """An ID3v2.4 tag (https://id3.org/id3v2.4.0-frames, https://id3.org/id3v2-chapters-1.0) to put before the frames.

    `language` is BCP 47. Its length is all that byte offsets of the frames move by.
    """
    frames = [_text("TIT2", title), _text("TLAN", _iso639(language)), _text("TLEN", str(duration_ms))]
    if artist:
        frames.append(_text("TPE1", artist))
    if source:
        frames.append(_frame("WOAS", source.encode("latin-1", "replace")))
    if chapters:
        names = [f"c{number}".encode() + b"\0" for number in range(len(chapters))]
        ordered_top_level = bytes([0b11, min(len(names), 255)])
        frames.append(_frame("CTOC", b"toc\0" + ordered_top_level + b"".join(names[:255])))
        frames += [_chapter(name, chapter) for name, chapter in zip(names, chapters, strict=True)]
    body = b"".join(frames)
    return b"ID3\x04\0\0" + _synchsafe(len(body)) + body


def _chapter(name: bytes, chapter: Chapter) -> bytes:
    times = chapter.start_ms.to_bytes(4, "big") + chapter.end_ms.to_bytes(4, "big")
    no_byte_offsets = b"\xff" * 8
    return _frame("CHAP", name + times + no_byte_offsets + _text("TIT2", chapter.title))


def _text(id: str, text: str) -> bytes:
    return _frame(id, b"\x03" + text.encode("utf-8", "replace"))


def _frame(id: str, data: bytes) -> bytes:
    return id.encode() + _synchsafe(len(data)) + b"\0\0" + data


def _synchsafe(number: int) -> bytes:
    return bytes((number >> shift) & 0x7F for shift in (21, 14, 7, 0))


def _iso639(language: str) -> str:
    """ISO 639-2, as ID3 wants it: `und` for a language this house does not read."""
    return {"zh": "zho", "en": "eng", "yue": "yue"}.get(language.partition("-")[0].lower(), "und")
