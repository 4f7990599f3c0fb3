"""Scripts beside OpenCC and zhconv-rs: real Taiwanese text there and back, known wrong conversions, time.

Run: `python -m bench.scripts ARTICLE`, a text file in simplified characters; `python -m bench.taiwan` says what the texts are.
A line counts where no character of it is only simplified. Differences are characters: of the longer side of each changed
stretch, as difflib finds them line by line; the rate is for 10,000 characters of the original, all signs counted.
"""

import csv
import difflib
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import opencc
from zhconv_rs import zhconv

from bench.taiwan import halves
from service.article import Article, body_text
from service.settings import load
from service.sources import article
from service.text.detection import shows
from service.text.marking import mark
from service.text.scripts import Script, convert, convert_text
from service.text.tags import SCRIPTS

_ROUNDS = 40
_KNOWN = Path(__file__).parent.parent / "tests" / "text" / "conversions.tsv"
_RAW = {"zh-Hans": "tw2sp", "zh-Hant": "s2t", "zh-Hant-TW": "s2twp", "zh-Hant-HK": "s2hkp"}
Way = Callable[[str], str]
_ZHCONV: dict[Script, Way] = {
    "zh-Hans": lambda text: zhconv(text, "zh-Hans"),
    "zh-Hant": lambda text: zhconv(text, "zh-Hant"),
    "zh-Hant-TW": lambda text: zhconv(text, "zh-TW"),
    "zh-Hant-HK": lambda text: zhconv(text, "zh-HK"),
}


def main(arguments: list[str]) -> None:
    work, check = ([text for text in half if not shows(text, "zh-Hans")] for half in halves())
    ways = _ways()
    print(f"{'':<36}{'work':>10}{'check':>10}{'wrong':>8}")
    counts = (sum(map(len, work)), sum(map(len, check)), len(_known()))
    print(f"{'characters; known sentences':<36}{counts[0]:>10,}{counts[1]:>10,}{counts[2]:>8}")
    for name, (there, back) in ways.items():
        rates = [_differences(half, there, back) for half in (work, check)]
        wrong = sum(back(hans) != hant for hans, hant in _known()) if "Taiwan's words" not in name else None
        print(f"{name:<36}{rates[0]:>10.2f}{rates[1]:>10.2f}{'' if wrong is None else wrong:>8}")
    _time(article(arguments[0], load({})))


def _ways() -> dict[str, tuple[Way, Way]]:
    """Each converter from Taiwan's script to simplified characters and back."""
    to_hans, to_taiwan = opencc.OpenCC("tw2s"), opencc.OpenCC("s2tw")
    hans, taiwan = opencc.OpenCC("tw2sp"), opencc.OpenCC("s2twp")
    return {
        "OpenCC": (to_hans.convert, to_taiwan.convert),
        "OpenCC, Taiwan's words": (hans.convert, taiwan.convert),
        "zhconv-rs": (_ZHCONV["zh-Hans"], _ZHCONV["zh-Hant"]),
        "zhconv-rs, Taiwan's words": (lambda text: zhconv(text, "zh-CN"), _ZHCONV["zh-Hant-TW"]),
        "Changdu": (_changdu("zh-Hant", "zh-Hans"), _changdu("zh-Hans", "zh-Hant")),
        "Changdu, Taiwan's words": (_changdu("zh-Hant-TW", "zh-Hans"), _changdu("zh-Hans", "zh-Hant-TW")),
    }


def _changdu(source: Script, target: Script) -> Way:
    return lambda text: convert_text(text, source, target).text


def _known() -> list[tuple[str, str]]:
    with _KNOWN.open(encoding="utf-8") as lines:
        rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [(row["zh-Hans"], row["zh-Hant"]) for row in rows]


def _differences(texts: list[str], there: Way, back: Way) -> float:
    """Characters different after there and back, in 10,000."""
    whole = "\n".join(texts)
    after = back(there(whole))
    different = sum(_different(*pair) for pair in zip(whole.split("\n"), after.split("\n"), strict=True))
    return different * 10_000 / len(whole)


def _different(before: str, after: str) -> int:
    if before == after:
        return 0
    changes = difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    return sum(max(end - start, to_end - to_start) for tag, start, end, to_start, to_end in changes if tag != "equal")


def _time(simplified: Article) -> None:
    """A whole article through the tree, as it is stored and as a page has it, beside the bare text."""
    taiwan = convert(simplified, "zh-Hant-TW")
    print(f"\nms for 10,000 characters, one core, processor time, least of {_ROUNDS} rounds")
    print(f"{'to':<14}{'OpenCC':>10}{'zhconv-rs':>11}{'article':>10}{'marked':>10}{'article : OpenCC':>18}")
    for script in SCRIPTS:
        source = taiwan if script == "zh-Hans" else simplified
        text = source.title + "\n" + body_text(source.blocks)
        marked = mark(source)
        raw = opencc.OpenCC(_RAW[script])
        steps = (
            partial(raw.convert, text),
            partial(_ZHCONV[script], text),
            partial(convert, source, script),
            partial(convert, marked, script),
        )
        taken = [_clock(step) * 1e7 / len(text) for step in steps]
        row = "".join(f"{each:>{width}.2f}" for each, width in zip(taken, (10, 11, 10, 10), strict=True))
        print(f"{script:<14}{row}{taken[2] / taken[0]:>18.1f}")


def _clock(step: Callable[[], object]) -> float:
    step()
    times = []
    for _ in range(_ROUNDS):
        start = time.process_time()
        step()
        times.append(time.process_time() - start)
    return min(times)


if __name__ == "__main__":
    main(sys.argv[1:])
