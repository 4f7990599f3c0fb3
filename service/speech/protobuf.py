"""Protobuf: messages as series of numbered fields, enough to read and write a model's file without its schema.

See https://protobuf.dev/programming-guides/encoding: a field is `number << 3 | wire type`, then an integer, or a length
and so many bytes.
"""

from collections.abc import Iterable, Iterator

Field = tuple[int, int | bytes]

_VARINT, _BYTES = 0, 2


def fields(message: bytes) -> Iterator[Field]:
    """The fields of a message in order; raises ValueError or IndexError for bytes that are none."""
    place = 0
    while place < len(message):
        key, place = _varint(message, place)
        value, place = _varint(message, place)
        if key & 7 == _VARINT:
            yield key >> 3, value
        elif key & 7 == _BYTES:
            yield key >> 3, message[place : place + value]
            place += value
        else:
            raise ValueError(f"wire type {key & 7} is not used by the messages read here")


def message(content: Iterable[Field]) -> bytes:
    parts: list[bytes] = []
    for number, value in content:
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
