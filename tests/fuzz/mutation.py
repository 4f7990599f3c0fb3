"""Random inputs: small seeds with bytes and characters changed, and text and bytes that nobody wrote."""

import io
import random
import zipfile
from collections.abc import Sequence

from tests.intake.offices import archive

# Where parsers have failed before: limits of numbers, marks of nesting, characters of no width, half an escape.
_PIECES = (
    *("\0", "\ufeff", "\ufffc", "\u200d", "\u202e", "\U0010ffff", "\U00020000", "e\u0301\u0301", "\r", "\u2028", "٣"),
    *("0", "-1", "9" * 30, "9" * 5000, "1e999", "nan", "inf", "0x", "%zz", "&#0;", "&#x110000;", "&#xd800;"),
    *("<", ">", "<div>", "</p>", "<table><td colspan=99999>", "<!--", "<![CDATA[", "]]>", "<svg><style>", "<b" * 50),
    *"\"'\\[]{}=;,:/?#$*()`|",
    "[[",
    "//",
    "```",
    *("一二三", "行长重", "12:30", "3.5%", "$12", "010-12345678", "2024-13-45", "Ⅷ", "①", "㎡", "１２", "http://[::1"),
)
_RANGES = ((0, 0x7F), (0x80, 0x7FF), (0x3000, 0x303F), (0x4E00, 0x9FFF), (0xFF00, 0xFFEF), (0x1F300, 0x1FAFF))
_LONGEST = 6


def text(chance: random.Random, longest: int = 80) -> str:
    """Characters of a few ranges that texts have, sometimes of all of Unicode, never surrogates."""
    ranges = (*_RANGES, (0xE000, 0x10FFFF)) if chance.random() < 0.2 else _RANGES
    return "".join(chr(chance.randint(*chance.choice(ranges))) for _ in range(chance.randint(0, longest)))


def changed(chance: random.Random, seed: str) -> str:
    """A text with a few pieces left out, repeated, moved or put in."""
    for _ in range(chance.randint(1, _LONGEST)):
        start, end = _span(chance, len(seed))
        match chance.randrange(5):
            case 0:
                seed = seed[:start] + seed[end:]
            case 1:
                seed = seed[:end] + seed[start:end] * chance.randint(1, 20) + seed[end:]
            case 2:
                seed = seed[end:] + seed[start:end] + seed[:start]
            case 3:
                seed = seed[:start] + text(chance, 12) + seed[end:]
            case _:
                seed = seed[:start] + chance.choice(_PIECES) * chance.choice((1, 1, 1, 40)) + seed[start:]
    return seed


def broken(chance: random.Random, seed: bytes) -> bytes:
    """Bytes with a few of them changed, left out, repeated or put in."""
    data = bytearray(seed)
    for _ in range(chance.randint(1, _LONGEST)):
        start, end = _span(chance, len(data))
        match chance.randrange(5):
            case 0 if data:
                data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
            case 1:
                del data[start:end]
            case 2:
                data[end:end] = data[start:end] * chance.randint(1, 8)
            case 3:
                data[start:end] = chance.randbytes(end - start)
            case _:
                data[start:start] = chance.choice(_PIECES).encode()
    return bytes(data)


def packed(chance: random.Random, seed: bytes) -> bytes:
    """A zip with one of its entries changed, or with its own bytes broken."""
    if chance.random() < 0.3:
        return broken(chance, seed)
    with zipfile.ZipFile(io.BytesIO(seed)) as whole:
        entries = {name: whole.read(name) for name in whole.namelist()}
    name = chance.choice([name for name in entries if name != "mimetype"])
    entry = entries[name].decode("utf-8", "replace")
    entries[name] = changed(chance, entry).encode() if chance.random() < 0.8 else broken(chance, entries[name])
    return archive(entries)


def written(chance: random.Random, seeds: Sequence[str]) -> str:
    """One of `seeds` changed, or one time in five a text that nobody wrote."""
    return text(chance) if chance.random() < 0.2 else changed(chance, chance.choice(seeds))


def _span(chance: random.Random, length: int) -> tuple[int, int]:
    start = chance.randint(0, length)
    return start, min(length, start + chance.choice((1, 2, 8, 64)))
