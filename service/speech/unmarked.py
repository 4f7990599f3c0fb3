"""Unmarked sound: a sentence that was spoken by someone who does not tell when its words are heard."""

import numpy as np

from service.speech import mp3, pauses, waveform
from service.speech.estimate import estimated_words
from service.speech.frames import duration_ms
from service.speech.mp3 import RATE, Samples
from service.speech.silence import faded, sound
from service.speech.timeline import Cue
from service.text.spoken import Spoken

_MS = RATE // 1000
_ROOM_BEFORE, _ROOM_AFTER = 20, 60  # ms kept around what is heard


def utter(spoken: Spoken, samples: Samples, rate: float, *, last: bool = True) -> tuple[bytes, Cue] | None:
    """Sound at the house's rate trimmed, brought to its loudness and pauses, and a cue with estimated words.

    `last` says that the sentence ends with this part of it. None where nothing is heard.
    """
    start, end = sound(samples)
    if not start < end:
        return None
    first, till = max(0, start - _ROOM_BEFORE * _MS), min(len(samples), end + _ROOM_AFTER * _MS)
    piece = waveform.levelled(faded(samples[first:till], (start - first) // 2, till - end))
    around = pauses.before(spoken), pauses.after(spoken.text, last=last)
    lead, tail = (np.zeros(round(ms / rate * _MS), np.float32) for ms in around)
    frames = mp3.encode(np.concatenate([lead, piece, tail]))
    begins, ends = (round((len(lead) + place - first + mp3.DELAY) / _MS) for place in (start, end))
    ends = min(ends, duration_ms(frames))
    words = estimated_words(spoken, begins, ends)
    return frames, Cue(sentence=spoken.sentence.id, start_ms=begins, end_ms=ends, words=words)
