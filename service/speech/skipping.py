"""Skipping: the silence around a sentence is counted, but not computed.

The model gives a sentence some .4 s of silence before it and .7 to 1.1 s after it: a third of a short one. Its last and
most costly part, the vocoder, sees all of them only where it normalises each channel by its mean and variance. So all
but a few frames of that silence are left out before it, and the last of those kept stand for them in every mean and
variance. What is heard is the same but for the rounding of the model's integers.
"""

from functools import partial

import msgspec
import numpy as np

from service.speech.graph import FLOAT, INT64, Block, Graph, Node, whole

CLOSING = "closing"
"""Input, int64 [1]: how many tokens there are from the last symbol that is spoken; by itself 0: nothing is left out."""
SKIPPED = "skipped"
"""Output, int64 [1]: the frames left out before the first sample of `audio`."""

# In frames, from where sound was found in 90 sentences of four voices at rates of .7 to 1.3: it begins up to 4.4 before
# its token at most rates, always 13 after the start or later, and ends by 4 after the start of the last symbol.
_BEFORE, _SKIPPED_BEFORE = 7.0, 11.0  # kept at least, and left out at most
_AFTER = 12.0
_MEASURED = (-5, -2)  # the kept frames that stand for those left out; the zeros beyond the end touch later ones
_TAKEN = {  # what the vocoder takes: steps a frame, and how many more
    "/decoder/decoder/decode.3/Div_4_output_0": (2, 0),
    "/decoder/decoder/generator/Concat_3_output_0": (120, 1),
}
_STEPS = {
    **dict.fromkeys(("noise_res.0", "resblocks.0", "resblocks.1", "resblocks.2"), 20),
    **dict.fromkeys(("noise_res.1", "resblocks.3", "resblocks.4", "resblocks.5"), 120),
}
"""Steps a frame within each of the vocoder's blocks."""

_integers = partial(np.array, dtype=np.int64)
_numbers = partial(np.array, dtype=np.float32)
_TIME = _integers([2])  # the axis


def with_silence_skipped(graph: Graph, durations: str) -> None:
    """Leave silence out before the vocoder; `durations` are the frames of each token, float32 [1, tokens].

    The graph's normalisations must be single operations.
    """
    graph.add_input(CLOSING, _integers([0]))
    graph.add_output(SKIPPED)
    makers, kept = graph.makers(), Block(graph, "kept")
    begin, end, share = _kept(kept, durations)
    changes: dict[str, list[Node]] = {durations: [makers[durations], *kept.nodes]}
    for tensor, (steps, more) in _TAKEN.items():
        whole_tensor = f"{tensor} whole"
        block = Block(graph, whole_tensor)
        places = [block.add("Mul", place, _integers([steps])) for place in (begin, end)]
        block.add(
            "Slice", whole_tensor, places[0], block.add("Add", places[1], _integers([more])), _TIME, output=tensor
        )
        changes[tensor] = [msgspec.structs.replace(makers[tensor], outputs=(whole_tensor,)), *block.nodes]
    for node in graph.nodes:
        steps = next((steps for name, steps in _STEPS.items() if f"/{name}/" in node.output), 0)
        if steps and node.kind == "InstanceNormalization":
            changes[node.output] = _normalised(graph, node, share, steps)
    graph.replace(changes)


def _kept(block: Block, durations: str) -> tuple[str, str, str]:
    """The first frame kept and the one after the last, int64 [1], and the share of all that is left out.

    No more is left out before the sentence than after it, where the silence is measured.
    """
    flat = partial(block.add, "Reshape")
    tokens = block.add("Shape", durations, attributes=(whole("start", 1),))
    closing = block.add("Slice", durations, block.add("Sub", tokens, CLOSING), tokens, _integers([1]))
    first = block.add("Slice", durations, _integers([0]), _integers([1]), _integers([1]))
    frames, tail = (block.add("ReduceSum", part, _integers([1])) for part in (durations, closing))
    frames, tail, first = (flat(part, _integers([-1])) for part in (frames, tail, first))
    zero = _numbers([0])
    late = block.add("Max", block.add("Sub", tail, _numbers([_AFTER])), zero)
    before = block.add("Max", block.add("Sub", first, _numbers([_BEFORE])), zero)
    early = block.add("Min", before, late, _numbers([_SKIPPED_BEFORE]))
    begin = block.add("Cast", early, output=SKIPPED, attributes=(whole("to", INT64),))
    end = block.add("Cast", block.add("Sub", frames, late), attributes=(whole("to", INT64),))
    return begin, end, block.add("Div", block.add("Add", early, late), frames)


def _normalised(graph: Graph, node: Node, share: str, steps: int) -> list[Node]:
    """An InstanceNormalization whose mean and variance are those of the kept frames and of those left out together."""
    block = Block(graph, f"{node.output} of all")
    values, scale, shift = node.inputs
    first, last = (place * steps for place in _MEASURED)
    silence = block.add("Slice", values, _integers([first]), _integers([last]), _TIME)
    means: list[str] = []
    for mean in (_mean, _mean_square):
        heard, quiet = mean(block, values), mean(block, silence)
        means.append(block.add("Add", heard, block.add("Mul", block.add("Sub", quiet, heard), share)))
    average, square = means
    variance = block.add("Sub", square, block.add("Mul", average, average))
    block.add("BatchNormalization", values, scale, shift, average, variance, output=node.output)
    return block.nodes


def _mean(block: Block, values: str) -> str:
    return block.add("Reshape", block.add("ReduceMean", values, _TIME), _integers([-1]))


def _mean_square(block: Block, values: str) -> str:
    count = block.add("Shape", values, attributes=(whole("start", 2),))
    total = block.add("Reshape", block.add("ReduceSumSquare", values, _TIME), _integers([-1]))
    return block.add("Div", total, block.add("Cast", count, attributes=(whole("to", FLOAT),)))
