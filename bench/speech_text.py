"""Text for speech: right spoken forms and time, against wetext where there is a peer.

Run: `python -m bench.speech_text PAIRS.tsv [TEXT.txt]`, pairs as in tests/text/spoken_pairs.tsv, the text in Chinese.
"""

import csv
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path

from wetext import Normalizer

from service.intake.plain import read_plain
from service.settings import resources
from service.speech.english import English
from service.speech.phonemes import phonemes
from service.text.lexicon import EMPTY
from service.text.pronunciation import pinyins, words
from service.text.reading import lines, say
from service.text.sentences import split
from service.text.spoken import Spoken, spoken_form

_ROUNDS = 5
_FIRST = {
    "spoken form": "from service.text.mandarin import mandarin; mandarin().edits('1')",
    "wetext": "from wetext import Normalizer; Normalizer(lang='zh', operator='tn').normalize('1')",
}
_LOADING = "import time; start = time.perf_counter(); {}; print((time.perf_counter() - start) * 1000)"


def main(arguments: list[str]) -> None:
    pairs = Path(arguments[0])
    text = Path(arguments[1]).read_text("utf-8") if len(arguments) > 1 else _sample(pairs)
    wetext = Normalizer(lang="zh", operator="tn", remove_erhua=True).normalize
    _correctness(pairs, {"ours": lambda written: spoken_form(written).text, "wetext": wetext})
    _time(text, wetext)


def _pairs(path: Path) -> list[tuple[str, str, str]]:
    with path.open(encoding="utf-8") as lines:
        table = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [(row["kind"], row["written"], row["spoken"] or "") for row in table]


def _sample(path: Path) -> str:
    return "\n".join(f"会议指出，{written}，这是一项重要的工作。" for _, written, _ in _pairs(path))


def _correctness(path: Path, ways: dict[str, Callable[[str], str]]) -> None:
    right: dict[str, dict[str, int]] = defaultdict(lambda: dict.fromkeys(ways, 0))
    count: dict[str, int] = defaultdict(int)
    for kind, written, spoken in _pairs(path):
        for group in (kind, "all"):
            count[group] += 1
            for name, way in ways.items():
                right[group][name] += way(written) == spoken
    print(f"{'pairs right':<14}{'of':>6}" + "".join(f"{name:>10}" for name in ways))
    for group in sorted(count, key=lambda group: (group == "all", group)):
        shares = "".join(f"{right[group][name] / count[group]:>10.1%}" for name in ways)
        print(f"{group:<14}{count[group]:>6}{shares}")


def _time(text: str, wetext: Callable[[str], str]) -> None:
    read = lines(read_plain(text, None))
    said = say(read)
    english = English(resources("voices") / "kokoro" / "english.tsv.gz")
    steps: dict[str, Callable[[], object]] = {
        "sentences": lambda: split(text),
        "spoken form": lambda: [line.form(EMPTY) for line in read],
        "words, pinyin": lambda: [(words(one.text), sounds) for one, sounds in zip(said, _pinyin(said), strict=True)],
        "phonemes": lambda: [phonemes(one, one.pinyin, english) for one in said],
        "wetext": lambda: [wetext(line.sentence.text) for line in read],
    }
    taken = {name: min(_clock(step) for _ in range(_ROUNDS)) * 1e7 / len(text) for name, step in steps.items()}
    print(f"\nms of processor time for 10,000 characters ({len(text):,} characters, least of {_ROUNDS})")
    for name, milliseconds in taken.items():
        print(f"{name:<14}{milliseconds:>9.1f}")
    ours = sum(milliseconds for name, milliseconds in taken.items() if name != "wetext")
    print(f"{'all of ours':<14}{ours:>9.1f}")
    print("\nms from nothing to the first sentence")
    for name, statement in _FIRST.items():
        print(f"{name:<14}{_load(statement):>9.0f}")


def _pinyin(said: Sequence[Spoken]) -> list[tuple[str, ...]]:
    return pinyins([one.text for one in said])


def _clock(step: Callable[[], object]) -> float:
    start = time.process_time()
    step()
    return time.process_time() - start


def _load(statement: str) -> float:
    command = [sys.executable, "-c", _LOADING.format(statement)]
    return min(float(subprocess.run(command, capture_output=True, check=True, text=True).stdout) for _ in range(3))


if __name__ == "__main__":
    main(sys.argv[1:])
