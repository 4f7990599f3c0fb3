"""The model's graph: the few changes made to it, on its serialized bytes, so that no other package need read it.

An ONNX file is a protobuf message (https://github.com/onnx/onnx/blob/main/onnx/onnx.proto); below are the numbers of
the fields used. A message is a series of fields: `number << 3 | wire type`, then an integer or a length and bytes.
"""

from collections.abc import Iterable, Iterator

_GRAPH = 7  # of ModelProto
_NODE, _INITIALIZER, _OUTPUT = 1, 5, 12  # of GraphProto
_NODE_INPUT, _NODE_OUTPUT, _NODE_TYPE, _NODE_ATTRIBUTE = 1, 2, 4, 5
_ATTRIBUTE_NAME, _ATTRIBUTE_I, _ATTRIBUTE_TYPE, _INT = 1, 3, 20, 2
_TENSOR_TYPE, _TENSOR_NAME, _TENSOR_DATA = 2, 8, 9
_VALUE_NAME = 1  # of ValueInfoProto
_UINT8, _INT8 = 2, 3

_VARINT, _BYTES = 0, 2
_TOP_BIT = b"top bit"

Field = tuple[int, int | bytes]


def with_output(model: bytes, tensor: str) -> bytes:
    """A model with one of its tensors as a further output: protobuf merges a message field that comes twice."""
    output = _message([(_VALUE_NAME, tensor.encode())])
    return model + _message([(_GRAPH, _message([(_OUTPUT, output)]))])


def with_signed_activations(model: bytes) -> bytes:
    """The same model, its integer convolutions given int8 values where they had uint8, and the zero point so too.

    What they compute is the same integers. But unsigned weights times signed values is what a processor's VNNI
    instructions multiply, and onnxruntime is then three times as fast. Without VNNI its sums would saturate.
    """
    return _message((number, _signed(value) if number == _GRAPH else value) for number, value in _fields(model))


def _signed(graph: int | bytes) -> bytes:
    fields = list(_fields(graph))
    convolutions = [
        node for number, node in fields if number == _NODE and _values(node, _NODE_TYPE) == [b"ConvInteger"]
    ]
    given = {tensor for node in convolutions for tensor in _values(node, _NODE_INPUT)[0:3:2]}
    top_bit: list[Field] = [(_TENSOR_TYPE, _UINT8), (_TENSOR_NAME, _TOP_BIT), (_TENSOR_DATA, b"\x80")]
    changed: list[Field] = [(_INITIALIZER, _message(top_bit))]
    for number, value in fields:
        if number != _NODE:
            changed.append((number, value))
        elif value in convolutions:
            changed.append((_NODE, _reading_signed(value)))
        else:
            changed.append((_NODE, value))
            made = [tensor for tensor in _values(value, _NODE_OUTPUT) if tensor in given]
            changed += [(_NODE, node) for tensor in made for node in _flipped(tensor)]
    return _message(changed)


def _reading_signed(convolution: int | bytes) -> bytes:
    """The node with its values and their zero point, its first and third input, replaced."""
    fields = list(_fields(convolution))
    inputs = [place for place, (number, _) in enumerate(fields) if number == _NODE_INPUT]
    for place in inputs[0:3:2]:
        fields[place] = (_NODE_INPUT, _name(fields[place][1], "signed"))
    return _message(fields)


def _flipped(tensor: int | bytes) -> Iterator[bytes]:
    """Nodes that make the int8 tensor of all values less 128: their top bit flipped, and read as a sign."""
    flipped, signed = _name(tensor, "flipped"), _name(tensor, "signed")
    yield _node("BitwiseXor", [bytes(tensor), _TOP_BIT], flipped)
    to_int8: list[Field] = [(_ATTRIBUTE_NAME, b"to"), (_ATTRIBUTE_I, _INT8), (_ATTRIBUTE_TYPE, _INT)]
    yield _node("Cast", [flipped], signed, _message(to_int8))


def _node(kind: str, inputs: Iterable[bytes], output: bytes, *attributes: bytes) -> bytes:
    return _message(
        [
            *((_NODE_INPUT, name) for name in inputs),
            (_NODE_OUTPUT, output),
            (_NODE_TYPE, kind.encode()),
            *((_NODE_ATTRIBUTE, attribute) for attribute in attributes),
        ]
    )


def _name(tensor: int | bytes, what: str) -> bytes:
    return bytes(tensor) + b" " + what.encode()


def _values(message: int | bytes, wanted: int) -> list[int | bytes]:
    return [value for number, value in _fields(message) if number == wanted]


def _fields(message: int | bytes) -> Iterator[Field]:
    data, place = bytes(message), 0
    while place < len(data):
        key, place = _varint(data, place)
        value, place = _varint(data, place)
        if key & 7 == _VARINT:
            yield key >> 3, value
        elif key & 7 == _BYTES:
            yield key >> 3, data[place : place + value]
            place += value
        else:
            raise ValueError(f"wire type {key & 7} is not used by ONNX messages read here")


def _message(fields: Iterable[Field]) -> bytes:
    parts: list[bytes] = []
    for number, value in fields:
        if isinstance(value, int):
            parts += [_encoded(number << 3 | _VARINT), _encoded(value)]
        else:
            parts += [_encoded(number << 3 | _BYTES), _encoded(len(value)), value]
    return b"".join(parts)


def _varint(data: bytes, place: int) -> tuple[int, int]:
    number = shift = 0
    while True:
        byte = data[place]
        number |= (byte & 0x7F) << shift
        place, shift = place + 1, shift + 7
        if byte < 0x80:
            return number, place


def _encoded(number: int) -> bytes:
    parts = bytearray()
    while number > 0x7F:
        parts.append(number & 0x7F | 0x80)
        number >>= 7
    return bytes([*parts, number])
