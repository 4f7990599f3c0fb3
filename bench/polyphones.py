"""Polyphones: the reading of one marked character in each sentence, against pypinyin and g2pM."""

import csv
import gzip
import re
from collections.abc import Callable, Iterator
from pathlib import Path

from bench.setup import ROOT, Setup
from bench.table import Row, at_least
from service.text.han import han_places, is_han
from service.text.pronunciation import pinyins
from service.text.syllables import BadSyllable, syllable

Case = tuple[str, dict[int, str]]
"""A sentence, and the readings of some of its characters by their places."""


def measure(setup: Setup) -> Iterator[Row]:
    lists = {"CPP test sentences": (_cpp, setup.corpus / "polyphones.dev.tsv.gz", 0.985)}
    news = ROOT / "tests" / "text" / "readings_news.tsv"
    lists["our own list of official prose"] = (_marked, news, 0.985)
    for name, (parse, path, reach) in lists.items():
        if not path.exists():
            yield Row(f"polyphones, {name}", "not here", str(path))
            continue
        cases = list(parse(path))
        asked = sum(len(readings) for _, readings in cases)
        peers = ", ".join(f"{peer} {_right(cases, way) / asked:.2%}" for peer, way in _peers().items())
        yield at_least(f"polyphones, {name}", _right(cases, _ours) / asked, reach, "{:.2%}", f"{peers}, of {asked}")


def _cpp(path: Path) -> Iterator[Case]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            yield row["sentence"], {int(row["index"]): row["pinyin"]}


def _marked(path: Path) -> Iterator[Case]:
    with path.open(encoding="utf-8") as lines:
        for marked, sounds in csv.reader((line for line in lines if not line.startswith("#")), delimiter="\t"):
            places = [match.start() - 2 * number for number, match in enumerate(re.finditer("【", marked))]
            yield re.sub("[【】]", "", marked), dict(zip(places, sounds.split(), strict=True))


def _right(cases: list[Case], way: Callable[[list[str]], list[dict[int, str]]]) -> int:
    found = way([text for text, _ in cases])
    return sum(
        _same(read.get(place, ""), sound)
        for (_, readings), read in zip(cases, found, strict=True)
        for place, sound in readings.items()
    )


def _same(found: str, expected: str) -> bool:
    try:
        return syllable(found) == syllable(expected)
    except BadSyllable:
        return False


def _ours(texts: list[str]) -> list[dict[int, str]]:
    return [
        dict(zip(han_places(text), sounds, strict=True)) for text, sounds in zip(texts, pinyins(texts), strict=True)
    ]


def _peers() -> dict[str, Callable[[list[str]], list[dict[int, str]]]]:
    return {"pypinyin": _pypinyin, "g2pM": _g2pm}


def _pypinyin(texts: list[str]) -> list[dict[int, str]]:
    from pypinyin import Style, lazy_pinyin

    def read(text: str) -> dict[int, str]:
        sounds = lazy_pinyin(text, style=Style.TONE3, neutral_tone_with_five=True, errors=lambda other: list(other))  # type: ignore[arg-type, return-value]  # one a character
        return {place: sound for place, sound in enumerate(sounds) if is_han(text[place])}

    return [read(text) for text in texts]


def _g2pm(texts: list[str]) -> list[dict[int, str]]:
    from g2pM import G2pM

    model = G2pM()

    def read(text: str) -> dict[int, str]:
        sounds = model(text, char_split=True)
        return {place: sound for place, sound in enumerate(sounds) if place < len(text) and is_han(text[place])}

    return [read(text) for text in texts]
