"""Narration: a person's recording of an article, cut into its sentences where the person paused.

A recording says nothing of where its sentences are. Each is expected to take its share of the time by what it says,
and of all ways to cut the recording the one is taken that keeps near to those shares and cuts in long pauses.
"""

from collections.abc import Sequence
from itertools import accumulate

import msgspec
import numpy as np

from service.speech import mp3
from service.speech.estimate import estimated_words, spoken_ms
from service.speech.frames import duration_ms
from service.speech.mp3 import FRAME_SAMPLES, RATE, Samples
from service.speech.silence import gaps, sound
from service.speech.synthesizer import Utterance
from service.speech.timeline import Cue
from service.speech.waveform import BadRecording
from service.text.spoken import Spoken

_MS = RATE // 1000
_PAUSE = 0.8  # seconds: a pause as long as this is as good as a sentence in just its expected time
_ENDS = "。！？；：，、…—.!?;:,”’」』）) "  # what a sentence ends in is the pause after it
_NEAR = 0.7  # of its expected length that a sentence may be shorter or longer
_LEAST = 0.5  # of the time that all sentences take that a recording of all of them has at least
_LEAD = 2 * FRAME_SAMPLES  # samples before a sound at which a piece begins: an encoder's last ones are cut off


class Cut(msgspec.Struct, frozen=True):
    """Where one sentence may end and the next begin: a pause [start, end) in samples, or a place without one."""

    start: int
    end: int

    @property
    def seconds(self) -> float:
        return (self.end - self.start) / RATE


def narrated(samples: Samples, sentences: Sequence[Spoken]) -> list[Utterance]:
    """One utterance a sentence that together are the recording, their times estimated.

    Raises BadRecording where it is too short to be a reading of all of them: half a file, or of another article.
    """
    first, last = sound(samples)
    weights = [spoken_ms(spoken.text.rstrip(_ENDS), 1.0) for spoken in sentences]
    if last - first < _LEAST * sum(weights) * _MS:
        raise BadRecording("it is much shorter than the article", "它比文章短得多")
    cuts = _cuts(samples, first, last, weights)
    starts = [first, *(cut.end for cut in cuts)]
    ends = [*(cut.start for cut in cuts), last]
    edges = [0, *(max(0, start - _LEAD) // FRAME_SAMPLES * FRAME_SAMPLES for start in starts[1:]), len(samples)]
    pieces = zip(sentences, edges, edges[1:], starts, ends, strict=False)
    return [_utterance(spoken, samples[a:b], start - a, min(end, b) - a) for spoken, a, b, start, end in pieces]


def _utterance(spoken: Spoken, samples: Samples, start: int, end: int) -> Utterance:
    frames = mp3.encode(samples)
    length = duration_ms(frames)
    begins, ends = (min(length, round((place + mp3.DELAY) / _MS)) for place in (start, max(start, end)))
    words = estimated_words(spoken, begins, ends)
    cue = Cue(sentence=spoken.sentence.id, start_ms=begins, end_ms=ends, words=words)
    return Utterance(mp3=frames, duration_ms=length, cues=(cue,))


def _cuts(samples: Samples, first: int, last: int, weights: Sequence[int]) -> list[Cut]:
    """The places between sentences, cheapest over all: by dynamic programming over pauses and expected places."""
    pauses = [Cut(a, b) for a, b in gaps(samples) if first < a and b < last]
    longest = sorted((cut.end - cut.start for cut in pauses), reverse=True)[: len(weights) - 1]
    pause = sum(longest) / max(1, len(weights) - 1)
    scale = (last - first - sum(longest)) / max(1, sum(weights))
    expected = [max(1.0, weight * scale) for weight in weights]
    due = [first + place - pause for place in accumulate(length + pause for length in expected)]
    best: list[tuple[float, Cut, int]] = [(0.0, Cut(first, first), -1)]
    steps: list[list[tuple[float, Cut, int]]] = [best]
    for number, length in enumerate(expected[:-1]):
        reach = max(_NEAR * length, 3 * RATE)
        options = [cut for cut in pauses if abs(cut.end - due[number]) <= reach + 0.05 * due[number]]
        options.append(Cut(round(due[number]), round(due[number] + 1)))
        best = [_cheapest(option, length, steps[-1]) for option in options]
        steps.append(best)
    costs = [cost + _strain(last - cut.end, expected[-1]) for cost, cut, _ in best]
    place = int(np.argmin(costs))
    found: list[Cut] = []
    for step in reversed(steps[1:]):
        _, cut, before = step[place]
        found.append(cut)
        place = before
    return found[::-1]


def _cheapest(option: Cut, length: float, before: list[tuple[float, Cut, int]]) -> tuple[float, Cut, int]:
    costs = [cost + _strain(option.start - cut.end, length) for cost, cut, _ in before]
    place = int(np.argmin(costs))
    return costs[place] + 1 - min(option.seconds, _PAUSE) / _PAUSE, option, place


def _strain(took: float, expected: float) -> float:
    """How far a sentence's time is from what is expected of it; very far where there is none."""
    return 1e6 if took <= 0 else float(np.log(took / expected) ** 2) * 4
