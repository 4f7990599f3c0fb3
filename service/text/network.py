"""The network: how likely each reading of a character with several is, by the weights of g2pM (Apache-2.0) in numpy."""

import warnings
from collections.abc import Sequence
from functools import cache

import numpy as np
from g2pM import G2pM
from numpy.typing import NDArray

from service.text.syllables import BadSyllable, syllable

_UNKNOWN, _BEGIN, _END = "<UNK>", "시", "끝"
_BATCH = 32  # as many texts as OpenBLAS multiplies without calling in its other threads

Floats = NDArray[np.float32]
Integers = NDArray[np.int64]


class Network:
    """g2pM: one bidirectional LSTM of 32 cells over characters, then two layers (Park and Lee 2020, arXiv:2004.03136).

    The package steps through one sentence in float64; here both directions of many sentences step at once, in float32,
    with the products of embeddings and input weights made beforehand and only the readings in question weighed.
    """

    def __init__(self) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ResourceWarning)  # g2pM leaves its open file to the collector
            model = G2pM()
        self._index: dict[str, int] = model.char2idx
        self._inputs = np.concatenate(
            [
                _halved(model.embeddings @ model.weight_ih.T + model.bias_ih + model.bias_hh),
                _halved(model.embeddings @ model.weight_ih_reverse.T + model.bias_ih_reverse + model.bias_hh_reverse),
            ]
        )
        self._recurrent = np.stack([_halved(model.weight_hh.T), _halved(model.weight_hh_reverse.T)])
        self._middle = _single(model.hidden_weight_l0.T), _single(model.hidden_bias_l0)
        classes = {_normal(written): number for number, written in reversed(model.idx2class.items())}
        self.candidates: dict[str, tuple[str, ...]] = {}
        for character, written in model.cedict.items():
            readings = tuple(sound for sound in dict.fromkeys(map(_normal, written)) if sound in classes)
            if len(readings) > 1:
                self.candidates[character] = readings
        self._row = {character: row for row, character in enumerate(self.candidates)}
        most = max(map(len, self.candidates.values()))
        outputs = np.zeros((len(self._row), most, len(self._middle[1])), np.float32)
        biases = np.full((len(self._row), most), -np.inf, np.float32)
        for character, row in self._row.items():
            numbers = [classes[reading] for reading in self.candidates[character]]
            outputs[row, : len(numbers)] = model.hidden_weight_l1[numbers]
            biases[row, : len(numbers)] = model.hidden_bias_l1[numbers]
        self._outputs, self._biases = outputs, biases

    def scores(self, texts: Sequence[str]) -> list[dict[int, tuple[float, ...]]]:
        """For each text, by the place of each polyphonic character: the log-probabilities of its `candidates`."""
        found: list[dict[int, tuple[float, ...]]] = [{} for _ in texts]
        order = sorted((n for n, text in enumerate(texts) if text), key=lambda n: len(texts[n]))
        for first in range(0, len(order), _BATCH):
            batch = order[first : first + _BATCH]
            for row, readings in enumerate(self._batch([texts[n] for n in batch])):
                found[batch[row]] = readings
        return found

    def _batch(self, texts: list[str]) -> list[dict[int, tuple[float, ...]]]:
        found: list[dict[int, tuple[float, ...]]] = [{} for _ in texts]
        targets = [
            (row, place, self._row[char])
            for row, text in enumerate(texts)
            for place, char in enumerate(text)
            if char in self._row
        ]
        if not targets:
            return found
        rows, places, characters = np.array(targets).T
        lengths = np.array([len(text) + 2 for text in texts])
        hidden = self._hidden(texts, lengths)
        state = np.concatenate([hidden[places + 1, 0, rows], hidden[lengths[rows] - places - 2, 1, rows]], axis=1)
        weights, bias = self._middle
        middle = np.maximum(state @ weights + bias, 0)
        logits = (self._outputs[characters] @ middle[:, :, np.newaxis])[:, :, 0] + self._biases[characters]
        logits -= logits.max(axis=1, keepdims=True)
        logits -= np.log(np.exp(logits).sum(axis=1, keepdims=True))
        for (row, place, _), weighed in zip(targets, logits.tolist(), strict=True):
            found[row][place] = tuple(weighed[: len(self.candidates[texts[row][place]])])
        return found

    def _hidden(self, texts: list[str], lengths: Integers) -> Floats:
        """The states [step, direction, text, cell]; the backward direction's steps count from each text's end."""
        tokens = np.zeros((lengths.max(), 2, len(texts)), np.int64)
        unknown, reverse = self._index[_UNKNOWN], len(self._inputs) // 2
        for row, text in enumerate(texts):
            ids = [self._index[_BEGIN], *[self._index.get(char, unknown) for char in text], self._index[_END]]
            tokens[: len(ids), 0, row] = ids
            tokens[: len(ids), 1, row] = ids[::-1]
        tokens[:, 1] += reverse
        cells = self._recurrent.shape[1]
        hidden = np.zeros((len(tokens), 2, len(texts), cells), np.float32)
        state, cell = hidden[0].copy(), hidden[0].copy()
        for step, now in enumerate(tokens):
            gates = np.tanh(self._inputs[now] + state @ self._recurrent)
            opened = 0.5 * gates + 0.5  # a sigmoid is tanh of half the argument, moved to 0..1
            cell = opened[..., cells : 2 * cells] * cell + opened[..., :cells] * gates[..., 2 * cells : 3 * cells]
            state = opened[..., 3 * cells :] * np.tanh(cell)
            hidden[step] = state
        return hidden


@cache
def network() -> Network:
    """The one network of this process."""
    return Network()


def _halved(weights: NDArray[np.floating]) -> Floats:
    """LSTM weights [..., 4 × cells] with the input, forget and output gates halved, so that tanh serves all four."""
    return _single(weights * np.repeat([0.5, 0.5, 1.0, 0.5], weights.shape[-1] // 4))


def _single(weights: NDArray[np.floating]) -> Floats:
    return np.ascontiguousarray(weights, np.float32)


def _normal(written: str) -> str:
    try:
        return syllable(written)
    except BadSyllable:
        return written  # a few of its classes are no syllable: latin letters and signs, never a character's reading
