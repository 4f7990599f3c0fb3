"""Text for speech: right spoken forms, and what they and the phonemes cost, beside wetext."""

import csv
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from bench.setup import ROOT, Setup
from bench.table import Row, at_least, at_most
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


def forms(setup: Setup) -> Iterator[Row]:
    """Spoken forms that are right, list by list."""
    ours = ROOT / "tests" / "text"
    lists = [(setup.corpus / "spoken.dev.tsv", 0.99), *((path, 0.98) for path in sorted(ours.glob("spoken_*.tsv")))]
    wetext = _wetext()
    for path, reach in lists:
        if not path.exists():
            yield Row(f"spoken form, {path.name}", "not here", str(path))
            continue
        pairs = _pairs(path)
        right = sum(spoken_form(written).text == spoken for written, spoken in pairs) / len(pairs)
        peer = sum(wetext(written) == spoken for written, spoken in pairs) / len(pairs)
        note = f"wetext {peer:.1%}, of {len(pairs)}"
        yield at_least(f"spoken form, {path.name}", right, reach, "{:.1%}", note)


def cost(setup: Setup) -> Iterator[Row]:
    """Processor time of each step, for 10,000 characters of the article."""
    text = setup.article.read_text("utf-8")
    taken = {name: min(_clock(step) for _ in range(_ROUNDS)) * 1e7 / len(text) for name, step in _steps(text).items()}
    peer = taken.pop("wetext")
    what = "text to phonemes, 10,000 characters, processor time"
    yield at_most(what, sum(taken.values()), 150, "{:.0f} ms", f"wetext's spoken form alone {peer:.0f} ms")
    for name, milliseconds in taken.items():
        yield Row(f"    {name}", f"{milliseconds:.1f} ms")
    for name, statement in _FIRST.items():
        yield Row(f"    from nothing to the first sentence, {name}", f"{_load(statement):.0f} ms")


def _wetext() -> Callable[[str], str]:
    from wetext import Normalizer

    normalize: Callable[[str], str] = Normalizer(lang="zh", operator="tn", remove_erhua=True).normalize
    return normalize


def _pairs(path: Path) -> list[tuple[str, str]]:
    with path.open(encoding="utf-8") as lines:
        table = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [(row["written"], row["spoken"] or "") for row in table]


def _steps(text: str) -> dict[str, Callable[[], object]]:
    read = lines(read_plain(text, None))
    said = say(read)
    english, wetext = English(resources("voices") / "kokoro" / "english.tsv.gz"), _wetext()
    return {
        "sentences": lambda: split(text),
        "spoken form": lambda: [line.form(EMPTY) for line in read],
        "words, pinyin": lambda: [(words(one.text), sounds) for one, sounds in zip(said, _pinyin(said), strict=True)],
        "phonemes": lambda: [phonemes(one, one.pinyin, english) for one in said],
        "wetext": lambda: [wetext(line.sentence.text) for line in read],
    }


def _pinyin(said: Sequence[Spoken]) -> list[tuple[str, ...]]:
    return pinyins([one.text for one in said])


def _clock(step: Callable[[], object]) -> float:
    start = time.process_time()
    step()
    return time.process_time() - start


def _load(statement: str) -> float:
    command = [sys.executable, "-c", _LOADING.format(statement)]
    return min(float(subprocess.run(command, capture_output=True, check=True, text=True).stdout) for _ in range(3))
