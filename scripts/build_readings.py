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
    """Words of jieba's list that hold a character with more than one reading, or one of neutral tone.

    pypinyin's own table counts first. Characters with one reading keep it but for the neutral tone: the larger table's slips and 一 and 不 as they
    change before others stay out.
    """
    polyphones, words = Network().candidates.keys(), jieba_words()
    usual = {member: sound for line in characters() for sound, members in [line.split("\t")] for member in members}
    found = []
    for word in sorted(words & (large_pinyin.phrases_dict.keys() | phrases_dict.keys())):
        sounds = phrases_dict.get(word) or large_pinyin.phrases_dict[word]
        if not len(word) == len(sounds) > 1:
            continue
        said = [
            sound if member in polyphones or _neutral(sound, usual[member], member) else usual[member]
            for member, sound in zip(word, (syllable(each[0]) for each in sounds), strict=True)
        ]
        if not polyphones.isdisjoint(word) or said != [usual[member] for member in word]:
            found.append(f"{word}\t{' '.join(said)}")
    return found


def _neutral(sound: str, usual: str, member: str) -> bool:
    return sound == f"{usual[:-1]}5" and member not in "一不"


if __name__ == "__main__":
    for name, lines in (("characters", characters()), ("phrases", phrases())):
        (DATA / f"{name}.tsv").write_text("\n".join(lines) + "\n", "utf-8")
        print(name, len(lines))
