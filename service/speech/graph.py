"""The model's graph: its nodes and constant tensors, read from an ONNX file and written back as one.

An ONNX file is a protobuf message (https://github.com/onnx/onnx/blob/main/onnx/onnx.proto); the numbers below are
those of the fields used. All else in it is kept as it came.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from service.speech.protobuf import Field, fields, message

Floats = NDArray[np.float32]

_GRAPH = 7  # of ModelProto
_NODE, _INITIALIZER, _INPUT, _OUTPUT = 1, 5, 11, 12  # of GraphProto
_INPUTS, _OUTPUTS, _NAME, _KIND, _ATTRIBUTES, _DOMAIN = 1, 2, 3, 4, 5, 7  # of NodeProto
_ATTRIBUTE_NAME, _ATTRIBUTE_I, _ATTRIBUTE_INTS, _ATTRIBUTE_TYPE, _INT, _INTS = 1, 3, 8, 20, 2, 7
_DIMS, _DATA_TYPE, _TENSOR_NAME, _RAW_DATA = 1, 2, 8, 9  # of TensorProto
_VALUE_NAME, _VALUE_TYPE = 1, 2  # of ValueInfoProto
_TENSOR, _ELEMENT, _SHAPE, _DIM, _SIZE = 1, 1, 2, 1, 1  # of TypeProto, its Tensor, and TensorShapeProto
_TYPES = {np.dtype(np.float32): 1, np.dtype(np.uint8): 2, np.dtype(np.int8): 3, np.dtype(np.int64): 7}
FLOAT, INT8, INT64 = 1, 3, 7
"""TensorProto.DataType, as `Cast` takes them."""


class Node(msgspec.Struct, frozen=True, kw_only=True):
    """One operation; `attributes` and `domain` as they are in the file."""

    kind: str
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    attributes: tuple[bytes, ...] = ()
    domain: bytes = b""

    @property
    def output(self) -> str:
        return self.outputs[0]


class Graph:
    """Nodes in an order in which they can run. Constants are read with `floats` and added with `constant`."""

    def __init__(self, model: bytes) -> None:
        """Raises ValueError or IndexError for bytes that are no model."""
        self.nodes: list[Node] = []
        self._constants: dict[str, bytes] = {}
        self._model: list[Field] = []
        self._rest: list[Field] = []
        for number, value in fields(model):
            if number == _GRAPH:
                self._read(value)
            else:
                self._model.append((number, value))
        if not self.nodes:
            raise ValueError("no graph")

    def _read(self, graph: int | bytes) -> None:
        for number, value in fields(_bytes(graph)):
            if number == _NODE:
                self.nodes.append(_node(_bytes(value)))
            elif number == _INITIALIZER:
                self._constants[_text(_one(_bytes(value), _TENSOR_NAME))] = _bytes(value)
            else:
                self._rest.append((number, value))

    def __bytes__(self) -> bytes:
        graph: list[Field] = [(_NODE, _written(node)) for node in self.nodes]
        graph += [(_INITIALIZER, tensor) for tensor in self._constants.values()]
        return message([*self._model, (_GRAPH, message([*graph, *self._rest]))])

    def add_output(self, tensor: str) -> None:
        """Have the model give one more of its tensors."""
        self._rest.append((_OUTPUT, message([(_VALUE_NAME, tensor.encode())])))

    def add_input(self, name: str, values: NDArray[np.generic]) -> None:
        """Have the model take one more tensor of this type and shape; it is these values where none is given."""
        shape = message([(_DIM, message([(_SIZE, size)])) for size in values.shape])
        tensor = message([(_ELEMENT, _TYPES[values.dtype]), (_SHAPE, shape)])
        self._rest.append(
            (_INPUT, message([(_VALUE_NAME, name.encode()), (_VALUE_TYPE, message([(_TENSOR, tensor)]))]))
        )
        self.constant(name, values)

    def floats(self, name: str) -> Floats | None:
        """A constant of float32 values, in one row; None where the name is none."""
        return self._values(name, np.dtype("<f4"))

    def integers(self, name: str) -> NDArray[np.int64] | None:
        """A constant of int64 values, in one row; None where the name is none."""
        return self._values(name, np.dtype("<i8"))

    def _values(self, name: str, kind: np.dtype[Any]) -> NDArray[Any] | None:
        tensor = dict(fields(self._constants.get(name, b"")))
        data = tensor.get(_RAW_DATA)
        if tensor.get(_DATA_TYPE) != _TYPES[kind] or not isinstance(data, bytes):
            return None
        return np.frombuffer(data, kind)

    def constant(self, name: str, values: NDArray[np.generic]) -> str:
        """A new constant under a name, which is returned; one of that name stays as it is."""
        if name not in self._constants:
            shape: list[Field] = [(_DIMS, size) for size in values.shape]
            self._constants[name] = message(
                [
                    *shape,
                    (_DATA_TYPE, _TYPES[values.dtype]),
                    (_TENSOR_NAME, name.encode()),
                    (_RAW_DATA, values.tobytes()),
                ]
            )
        return name

    def makers(self) -> dict[str, Node]:
        """The node that makes each tensor."""
        return {output: node for node in self.nodes for output in node.outputs}

    def users(self) -> Mapping[str, list[Node]]:
        """The nodes that take each tensor."""
        found: dict[str, list[Node]] = defaultdict(list)
        for node in self.nodes:
            for tensor in dict.fromkeys(node.inputs):
                found[tensor].append(node)
        return found

    def replace(self, changes: Mapping[str, Sequence[Node]]) -> None:
        """Put other nodes in the place of those that make the named tensors, and leave out what nobody uses then."""
        nodes = [new for node in self.nodes for new in changes.get(node.output, (node,))]
        given = {_text(_one(_bytes(value), _VALUE_NAME)) for number, value in self._rest if number == _OUTPUT}
        uses = Counter(tensor for node in nodes for tensor in node.inputs)
        kept: list[Node] = []
        for node in reversed(nodes):
            if any(uses[output] or output in given for output in node.outputs):
                kept.append(node)
            else:
                uses.subtract(node.inputs)
        self.nodes = kept[::-1]


class Block:
    """New nodes in their order, each named after the block; an array among their inputs becomes a constant."""

    def __init__(self, graph: Graph, name: str) -> None:
        self.nodes: list[Node] = []
        self._graph = graph
        self._name = name

    def add(
        self,
        kind: str,
        *inputs: str | NDArray[np.generic],
        output: str | None = None,
        attributes: tuple[bytes, ...] = (),
    ) -> str:
        """One more node; the name of what it makes."""
        names = tuple(value if isinstance(value, str) else self._constant(value) for value in inputs)
        made = output or f"{self._name} {len(self.nodes)}"
        self.nodes.append(Node(kind=kind, inputs=names, outputs=(made,), attributes=attributes))
        return made

    def _constant(self, values: NDArray[np.generic]) -> str:
        return self._graph.constant(f"{values.dtype} {values.tolist()}", values)


def whole(name: str, value: int) -> bytes:
    """An attribute that is an integer."""
    return message([(_ATTRIBUTE_NAME, name.encode()), (_ATTRIBUTE_I, value), (_ATTRIBUTE_TYPE, _INT)])


def wholes(name: str, *values: int) -> bytes:
    """An attribute that is a list of integers."""
    listed: list[Field] = [(_ATTRIBUTE_INTS, value) for value in values]
    return message([(_ATTRIBUTE_NAME, name.encode()), *listed, (_ATTRIBUTE_TYPE, _INTS)])


def _node(data: bytes) -> Node:
    content = list(fields(data))

    def texts(wanted: int) -> tuple[str, ...]:
        return tuple(_text(value) for number, value in content if number == wanted)

    return Node(
        kind=texts(_KIND)[0],
        inputs=texts(_INPUTS),
        outputs=texts(_OUTPUTS),
        attributes=tuple(_bytes(value) for number, value in content if number == _ATTRIBUTES),
        domain=next((_bytes(value) for number, value in content if number == _DOMAIN), b""),
    )


def _written(node: Node) -> bytes:
    content: list[Field] = [(_INPUTS, name.encode()) for name in node.inputs]
    content += [(_OUTPUTS, name.encode()) for name in node.outputs]
    content += [(_NAME, node.output.encode()), (_KIND, node.kind.encode())]
    content += [(_ATTRIBUTES, attribute) for attribute in node.attributes]
    return message([*content, (_DOMAIN, node.domain)] if node.domain else content)


def _one(data: bytes, wanted: int) -> int | bytes:
    return next(value for number, value in fields(data) if number == wanted)


def _bytes(value: int | bytes) -> bytes:
    if isinstance(value, int):
        raise ValueError("a number where a message was expected")
    return value


def _text(value: int | bytes) -> str:
    return _bytes(value).decode()
