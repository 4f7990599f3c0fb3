"""The one MP3 format of segments, told from everything else."""

import lameenc
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.speech.frames import FRAME_BYTES, FRAME_MS, BadFrames, duration_ms, is_silent, whole_frames
from service.speech.mp3 import RATE, encode, tag


def tone(ms: int, level: float = 0.3) -> bytes:
    clock = np.arange(RATE * ms // 1000) / RATE
    return encode((level * np.sin(2 * np.pi * 330 * clock)).astype(np.float32))


def other(rate: int = 24_000, channels: int = 1, kbits: int = 48) -> bytes:
    encoder = lameenc.Encoder()
    encoder.set_bit_rate(kbits)
    encoder.set_in_sample_rate(rate)
    encoder.set_channels(channels)
    encoder.silence()
    noise = np.random.default_rng(1).integers(-9000, 9000, rate * channels, dtype=np.int16)
    return bytes(encoder.encode(noise.tobytes())) + bytes(encoder.flush())


def test_frames_of_our_encoder_are_whole_and_as_long_as_they_sound() -> None:
    frames = tone(240)
    assert whole_frames(frames) == frames
    assert duration_ms(frames) == 240


def test_the_same_format_from_another_encoder_is_taken() -> None:
    frames = other()
    assert whole_frames(frames) == frames


def test_a_tag_is_taken_off() -> None:
    frames = tone(240)
    assert whole_frames(tag(title="题", language="zh-Hans", duration_ms=240) + frames) == frames


@pytest.mark.parametrize(
    "data",
    [b"", b"ID3", tone(240)[:-1], tone(240) + b"\0", b"<html>" * 24, other(22_050), other(48_000), other(24_000, 2),
     other(24_000, 1, 64), b"RIFF" + bytes(140)],
    ids=["nothing", "half a tag", "cut", "more", "page", "22 kHz", "48 kHz", "stereo", "64 kbit", "wav"],
)  # fmt: skip
def test_anything_else_is_refused(data: bytes) -> None:
    with pytest.raises(BadFrames):
        whole_frames(data)


@settings(max_examples=30)
@given(st.binary(max_size=3 * FRAME_BYTES))
def test_whatever_comes_is_taken_or_refused(data: bytes) -> None:
    try:
        frames = whole_frames(data)
    except BadFrames:
        return
    assert duration_ms(frames) == len(frames) // FRAME_BYTES * FRAME_MS > 0


def test_silence_is_told_from_sound() -> None:
    assert is_silent(encode(np.zeros(24_000, np.float32)))
    assert not is_silent(tone(1000))
    assert not is_silent(tone(1000, level=0.02))


def test_sound_with_long_pauses_is_not_silence() -> None:
    assert not is_silent(tone(240) + encode(np.zeros(48_000, np.float32)))


def test_a_click_in_silence_is_silence() -> None:
    samples = np.zeros(48_000, np.float32)
    samples[24_000] = 0.9
    assert is_silent(encode(samples))
