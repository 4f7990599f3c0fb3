"""Ruby: the readings that an article prints above its own characters, which count over all others."""

import re
import unicodedata
from collections.abc import Iterator

import msgspec

from service.inlines import Break, CodeSpan, Inlines, NoteReference, Ruby, Text, plain
from service.text.han import han_places
from service.text.syllables import BadSyllable, syllable

_LONGEST = 8  # letters and marks of one syllable: zhuāng written with a separate mark
_APART = re.compile(r"[\s'’·-]+")
_TONE = re.compile(r"[1-4\u0300\u0301\u0304\u030c]")
_NEUTRAL = frozenset("de5 le5 zhe5 me5 zi5 men5 ma5 ne5 ba5 a5 li5 tou5 shang5".split())


class Printed(msgspec.Struct, frozen=True):
    """The syllables printed above the Chinese characters of [start, end) of a passage's plain text."""

    start: int
    end: int
    syllables: tuple[str, ...]


def printed(inlines: Inlines) -> tuple[Printed, ...]:
    """The readings in a passage that are pinyin; furigana and other scripts say nothing about Mandarin."""
    return tuple(_printed(inlines, 0))


def _printed(inlines: Inlines, place: int) -> Iterator[Printed]:
    for inline in inlines:
        match inline:
            case Ruby(base=base, reading=reading):
                sounds = divided(reading, len(han_places(base)))
                if sounds:
                    yield Printed(place, place + len(base), sounds)
                place += len(base)
            case Text(text=text) | CodeSpan(text=text):
                place += len(text)
            case Break():
                place += 1
            case NoteReference():
                continue
            case _:
                yield from _printed(inline.inlines, place)
                place += len(plain(inline.inlines))


def divided(reading: str, count: int) -> tuple[str, ...]:
    """`yínháng` or `yin2 hang2` in `count` syllables; empty where it is no pinyin of so many, or has no tones."""
    parts = _APART.split(reading.strip())
    whole = "".join(parts)
    if len(parts) == count:
        sounds = _sounds(parts)
    elif len(parts) == 1 and len(whole) <= count * _LONGEST:
        sounds = next(_divisions(whole, count), ())
    else:
        sounds = ()
    return sounds if _TONE.search(unicodedata.normalize("NFD", whole)) or set(sounds) <= _NEUTRAL else ()


def _divisions(letters: str, count: int) -> Iterator[tuple[str, ...]]:
    if count == 0:
        if not letters:
            yield ()
        return
    for end in range(min(len(letters), _LONGEST), 0, -1):
        if (first := _sounds([letters[:end]])) and first[0].strip("mngh12345"):
            yield from ((*first, *rest) for rest in _divisions(letters[end:], count - 1))


def _sounds(parts: list[str]) -> tuple[str, ...]:
    try:
        return tuple(map(syllable, parts))
    except BadSyllable:
        return ()
