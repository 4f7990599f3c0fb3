"""Word times: when each word is heard, from the model's own token durations and from the pauses in its sound."""

import numpy as np
from numpy.typing import NDArray

from service.speech.phonemes import Phonemes
from service.speech.silence import gaps

_FRAME = 600  # samples of one unit of the model's durations
_EARLY = 1320  # samples, 55 ms, by which a token is heard before its frames: the median at 83 pauses of three voices
_PAUSES = frozenset(",.;:!?—…")
_REACH = 7200  # samples, 300 ms, within which a pause belongs to a mark


def word_times(said: Phonemes, durations: NDArray[np.float32], samples: NDArray[np.float32]) -> list[tuple[int, int]]:
    """Samples [start, end) of each word; durations are frames a token, with one token before the first symbol.

    Where a mark stands between two words, they are moved to the edges of the pause that is heard there.
    """
    edges = np.concatenate([[0.0], np.cumsum(durations)]) * _FRAME - _EARLY
    places = [min(1 + place, len(edges) - 1) for span in said.words for place in span]
    times = np.clip(edges[places], 0, len(samples)).astype(int).reshape(-1, 2)
    pauses = gaps(samples)
    for before, after in zip(range(len(times)), range(1, len(times)), strict=False):
        between = said.symbols[said.words[before][1] : said.words[after][0]]
        if _PAUSES.intersection(between):
            mark = times[after, 0]
            near = [gap for gap in pauses if gap[0] - _REACH < mark < gap[1] + _REACH]
            if near:
                times[before, 1], times[after, 0] = max(near, key=lambda gap: gap[1] - gap[0])
    in_order = np.maximum.accumulate(times.ravel()).reshape(-1, 2)
    return [(int(start), int(end)) for start, end in in_order]
