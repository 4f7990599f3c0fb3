"""Builds service/text/data/{characters,phrases}.tsv from pypinyin and pypinyin-dict (MIT) and jieba's word list (MIT).

Run it with `pip install pypinyin pypinyin-dict jieba` when one of them has new data: python scripts/build_readings.py
"""

from importlib.util import find_spec
from pathlib import Path

from pypinyin.constants import PINYIN_DICT
from pypinyin.phrases_dict import phrases_dict
from pypinyin_dict.phrase_pinyin_data import large_pinyin

from service.text.han import is_han
from service.text.network import Network
from service.text.syllables import syllable

DATA = Path(__file__).parent.parent / "service" / "text" / "data"


def jieba_words() -> set[str]:
    spec = find_spec("jieba")
    if spec is None or spec.origin is None:
        raise SystemExit("jieba is not installed: pip install jieba")
    return {line.split(" ")[0] for line in (Path(spec.origin).parent / "dict.txt").read_text("utf-8").splitlines()}


def characters() -> list[str]:
    """One line a syllable: the characters read that way first."""
    by_syllable: dict[str, list[str]] = {}
    for code, readings in sorted(PINYIN_DICT.items()):
        if is_han(chr(code)):
            by_syllable.setdefault(syllable(readings.split(",")[0].replace("ê", "ei")), []).append(chr(code))
    return [f"{sound}\t{''.join(members)}" for sound, members in sorted(by_syllable.items())]


def phrases() -> list[str]:
    """Words of jieba's list that hold a character with more than one reading; pypinyin's own table counts first."""
    polyphones, words = Network().candidates.keys(), jieba_words()
    readings = {**large_pinyin.phrases_dict, **phrases_dict}
    return [
        f"{word}\t{' '.join(syllable(sounds[0]) for sounds in readings[word])}"
        for word in sorted(words & readings.keys())
        if len(word) == len(readings[word]) > 1 and not polyphones.isdisjoint(word)
    ]


if __name__ == "__main__":
    for name, lines in (("characters", characters()), ("phrases", phrases())):
        (DATA / f"{name}.tsv").write_text("\n".join(lines) + "\n", "utf-8")
        print(name, len(lines))
