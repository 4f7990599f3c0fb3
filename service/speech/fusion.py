"""Fusion: chains of small operations in the model's graph put into fewer that do the same.

Each operation reads and writes the whole sound of a sentence, so that fewer of them is what makes it faster.
"""

import numpy as np

from service.speech.graph import FLOAT, INT8, Block, Floats, Graph, Node, whole, wholes


def with_signed_convolutions(graph: Graph) -> None:
    """Give the integer convolutions int8 values where they had uint8, and the zero point so too.

    What they compute is the same integers. But unsigned weights times signed values is what a processor's VNNI
    instructions multiply, and onnxruntime is then three times as fast. Without VNNI its sums would saturate.
    """
    top_bit = graph.constant("top bit", np.array(0x80, np.uint8))
    convolutions = {node.output: node for node in graph.nodes if node.kind == "ConvInteger"}
    taken = {tensor for node in convolutions.values() for tensor in node.inputs[0:3:2]}
    changes: dict[str, list[Node]] = {}
    for node in graph.nodes:
        if node.output in convolutions:
            value, weight, zero, *rest = node.inputs
            inputs = (f"{value} signed", weight, f"{zero} signed", *rest)
            changes[node.output] = [
                Node(kind=node.kind, inputs=inputs, outputs=node.outputs, attributes=node.attributes)
            ]
        elif given := [tensor for tensor in node.outputs if tensor in taken]:
            changes[node.output] = [node]
            for tensor in given:  # less 128: the top bit flipped, and read as a sign
                flipped = Node(kind="BitwiseXor", inputs=(tensor, top_bit), outputs=(f"{tensor} flipped",))
                changes[node.output] += [flipped, _cast(flipped.output, f"{tensor} signed", INT8)]
    graph.replace(changes)


def with_fewer_nodes(graph: Graph) -> None:
    """Normalisation, activation and rescaling as one operation each where they were nine, five and three.

    The spectrum of the vocoder's source becomes two convolutions.
    """
    _transform(graph)
    _normalise(graph)
    _activate(graph)
    _rescale(graph)


def _transform(graph: Graph) -> None:
    """A short-time Fourier transform, [1, bins, steps] of the real and of the imaginary parts, as two convolutions."""
    users = graph.users()
    changes: dict[str, list[Node]] = {}
    for node in graph.nodes:
        if node.kind != "STFT":
            continue
        hop, window = graph.integers(node.inputs[1]), graph.floats(node.inputs[2])
        if hop is None or window is None:
            continue
        turns = np.outer(np.arange(len(window) // 2 + 1), np.arange(len(window))) / len(window)
        waves = window * np.exp(-2j * np.pi * turns)
        # The lowest and the highest are real, but for rounding: it gives a negative value the angle π, and here -π.
        waves.imag[[0, -1]] = np.array([[-1e-6], [1e-6]]) * waves.real[[0, -1]]
        for part in users[users[node.output][0].output]:
            imaginary = graph.integers(part.inputs[1]) == [1]
            filters = (waves.imag if imaginary else waves.real).astype(np.float32)[:, None]
            weights = graph.constant(f"{part.output} filters", filters)
            block = Block(graph, f"{part.output} of the source")
            source = block.add("Unsqueeze", node.inputs[0], np.array([1]))
            block.add("Conv", source, weights, output=part.output, attributes=(wholes("strides", *hop.tolist()),))
            changes[part.output] = block.nodes
    graph.replace(changes)


def _normalise(graph: Graph) -> None:
    """(x - mean) / sqrt(variance + 1e-5) * scale + shift, each channel by its own, as InstanceNormalization."""
    makers, users = graph.makers(), graph.users()
    changes: dict[str, list[Node]] = {}
    for node in graph.nodes:
        source = _normalised(node, makers) if node.kind == "Div" else None
        for product in users[node.output] if source else ():
            sums = users[product.output]
            if product.kind != "Mul" or len(sums) != 1 or sums[0].kind != "Add":
                continue
            scale, shift = _other(product, node.output), _other(sums[0], product.output)
            flat = graph.constant("flat", np.array([-1], np.int64))
            name = sums[0].output
            changes[name] = [
                Node(kind="Reshape", inputs=(scale, flat), outputs=(f"{name} scale",)),
                Node(kind="Reshape", inputs=(shift, flat), outputs=(f"{name} shift",)),
                Node(
                    kind="InstanceNormalization",
                    inputs=(source or "", f"{name} scale", f"{name} shift"),
                    outputs=(name,),
                ),
            ]
    graph.replace(changes)


def _normalised(quotient: Node, makers: dict[str, Node]) -> str | None:
    """What is normalised, where a quotient is (x - mean(x)) / sqrt(mean((x - mean(x))²) + ε)."""
    chain: list[Node] = []
    for kind, tensor in (("Sub", 0), ("Sqrt", 1)):
        node = makers.get(quotient.inputs[tensor])
        if node is None or node.kind != kind:
            return None
        chain.append(node)
    less, root = chain
    added = makers[root.inputs[0]]
    variance, mean = makers.get(added.inputs[0]), makers.get(less.inputs[1])
    if variance is None or mean is None or (variance.kind, mean.kind) != ("ReduceMean", "ReduceMean"):
        return None
    square = makers[variance.inputs[0]]
    if square.inputs != (less.output, less.output) or mean.inputs[0] != less.inputs[0]:
        return None
    return less.inputs[0]


def _activate(graph: Graph) -> None:
    """x + sin²(αx)/α, where x is normalised, as (v + sin v + π/2 + 1)/2α of the v = 2αx - π/2 normalised instead."""
    makers, users = graph.makers(), graph.users()
    changes: dict[str, list[Node]] = {}
    for sine in graph.nodes:
        angle = makers.get(sine.inputs[0]) if sine.kind == "Sin" else None
        power = users[sine.output][0] if angle and users[sine.output] else None
        if angle is None or power is None or angle.kind != "Mul" or power.kind != "Pow":
            continue
        alpha = next((values for name in angle.inputs if (values := graph.floats(name)) is not None), None)
        x = makers.get(next((name for name in angle.inputs if graph.floats(name) is None), ""))
        part = users[power.output][0]
        total = users[part.output][0]
        if alpha is None or x is None or x.kind != "InstanceNormalization" or len(users[x.output]) != 2:
            continue
        double = graph.constant(f"{sine.output} 2a", 2 * alpha)
        half_pi = graph.constant("half pi", np.array(np.pi / 2, np.float32))
        name, (source, scale, shift) = total.output, x.inputs
        angles = (f"{name} scale", f"{name} shift")
        changes[name] = [
            Node(kind="Mul", inputs=(scale, double), outputs=(angles[0],)),
            Node(kind="Mul", inputs=(shift, double), outputs=(f"{name} turned",)),
            Node(kind="Sub", inputs=(f"{name} turned", half_pi), outputs=(angles[1],)),
            Node(kind="InstanceNormalization", inputs=(source, *angles), outputs=(f"{name} v",)),
            Node(kind="Sin", inputs=(f"{name} v",), outputs=(f"{name} sin v",)),
            Node(kind="Add", inputs=(f"{name} v", f"{name} sin v"), outputs=(f"{name} sum",)),
            _affine(graph, f"{name} sum", np.float32(0.5) / alpha, np.float32(np.pi / 4 + 0.5) / alpha, name),
        ]
    graph.replace(changes)


def _rescale(graph: Graph) -> None:
    """A convolution's integers times their scale plus bias, by channel; left out before a normalisation, which undoes it."""
    makers, users = graph.makers(), graph.users()
    changes: dict[str, list[Node]] = {}
    for product in graph.nodes:
        cast = makers.get(product.inputs[0]) if product.kind == "Mul" else None
        added = makers.get(cast.inputs[0]) if cast and cast.kind == "Cast" else None
        if cast is None or added is None or added.kind != "Add":
            continue
        convolution = makers[added.inputs[0]]
        quantised = makers.get(added.inputs[1])
        if convolution.kind != "ConvInteger" or quantised is None:
            continue
        for _ in ("Reshape", "Cast", "Floor"):
            quantised = makers[quantised.inputs[0]]
        bias = graph.floats(quantised.inputs[0])
        if bias is None:
            continue
        name, scale = product.output, product.inputs[1]
        ones = graph.constant(f"{len(bias)} ones", np.ones(len(bias), np.float32))
        values = _cast(convolution.output, name, FLOAT)
        if all(user.kind == "InstanceNormalization" for user in users[name]):
            changes[name] = [values]
            continue
        values = _cast(convolution.output, f"{name} integers", FLOAT)
        changes[name] = [
            values,
            Node(kind="Mul", inputs=(ones, scale), outputs=(f"{name} scales",)),
            _affine(graph, values.output, f"{name} scales", bias, name),
        ]
    graph.replace(changes)


def _affine(graph: Graph, values: str, scale: str | Floats, shift: Floats, output: str) -> Node:
    """values * scale + shift by channel: a BatchNormalization of mean 0 and of variance 1 less its ε."""
    scales = scale if isinstance(scale, str) else graph.constant(f"{output} scales", scale)
    shifts = graph.constant(f"{output} shifts", shift)
    zeros = graph.constant(f"{len(shift)} zeros", np.zeros(len(shift), np.float32))
    unit = graph.constant(f"{len(shift)} units", np.full(len(shift), 1 - 1e-5, np.float32))
    return Node(kind="BatchNormalization", inputs=(values, scales, shifts, zeros, unit), outputs=(output,))


def _cast(tensor: str, output: str, to: int) -> Node:
    return Node(kind="Cast", inputs=(tensor,), outputs=(output,), attributes=(whole("to", to),))


def _other(node: Node, tensor: str) -> str:
    return node.inputs[1] if node.inputs[0] == tensor else node.inputs[0]
