"""Recordings of articles as a person might send them, made of tones, so that where each sentence starts is known."""

import io

import numpy as np
import soundfile
from numpy.typing import NDArray

from service.article import Article
from service.text.sentences import sentences

RATE = 44_100


def reading(
    read: Article, syllable: float = 0.22, pause: float = 0.5, breath: float = 0.15
) -> tuple[bytes, list[float]]:
    """A recording by somebody of another rate than ours, in stereo, who pauses, and where each sentence starts in it."""
    parts: list[NDArray[np.float64]] = [np.zeros(int(0.7 * RATE))]
    starts = []
    for sentence in sentences(read):
        starts.append(sum(map(len, parts)) / RATE)
        for character in sentence.text:
            if character in "，、":
                parts.append(np.zeros(int(breath * RATE)))
            elif character.isalnum():
                clock = np.arange(int(syllable * RATE)) / RATE
                envelope = np.sin(np.pi * clock / syllable) ** 0.3
                parts.append(0.2 * envelope * np.sin(2 * np.pi * (180 + ord(character) % 90) * clock))
        parts.append(np.zeros(int(pause * RATE)))
    mono = np.concatenate(parts)
    file = io.BytesIO()
    soundfile.write(file, np.stack([mono, mono], axis=1), RATE, format="FLAC")
    return file.getvalue(), starts
