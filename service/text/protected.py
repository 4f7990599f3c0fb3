"""Protected text: what no conversion touches, wherever it stands: addresses, e-mail, Japanese."""

import re
from collections.abc import Sequence

Span = tuple[int, int]

_ADDRESS = re.compile(r"(?:(?:https?|ftp)://|www\.)[^\s\u3000-\u303f\uff00-\uffef“”‘’<>]+")
_MAIL = re.compile(r"[A-Za-z0-9][\w.+-]*@[\w-]+(?:\.[\w-]+)+", re.ASCII)
_KANA = re.compile("[\u3041-\u3096\u30a1-\u30fa\u30fc]")
_CLAUSE = re.compile("[^。！？!?；;，,\n「」『』（）()《》〈〉“”]+")


def protected_spans(text: str) -> list[Span]:
    """The addresses and the Japanese clauses of `text`, from left to right; a clause is Japanese where it has kana."""
    spans = [match.span() for match in _ADDRESS.finditer(text)] if "://" in text or "www." in text else []
    if "@" in text:
        spans += [match.span() for match in _MAIL.finditer(text)]
    if _KANA.search(text):
        spans += [match.span() for match in _CLAUSE.finditer(text) if _japanese(match[0])]
    return merged(spans)


def merged(spans: list[Span]) -> list[Span]:
    """The same places as spans that neither touch nor overlap, from left to right."""
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        elif end > start:
            found.append((start, end))
    return found


def patched(base: str, text: str, spans: Sequence[Span]) -> str:
    """`base` with what `text`, which is as long, has in `spans`."""
    pieces: list[str] = []
    place = 0
    for start, end in spans:
        pieces += (base[place:start], text[start:end])
        place = end
    return "".join([*pieces, base[place:]]) if pieces else base


def _japanese(clause: str) -> bool:
    """Kana alone do not make a clause Japanese: 优の良品 is a Chinese shop sign, so one in five must be kana."""
    return 5 * len(_KANA.findall(clause)) >= len(clause)
