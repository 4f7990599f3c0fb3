"""Extraction: accuracy, time, kept elements, metadata and hostile pages, of Changdu and of what people install today.

Run: `python -m bench.extraction [PAGES.jsonl.gz]`, pages with their right answers beside the tools that score them.
Readability.js takes part after `npm ci --prefix bench/readability`. Times are the processor's.
"""

import csv
import gzip
import hashlib
import importlib.util
import json
import statistics
import sys
from collections import defaultdict
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from types import ModuleType

from bench.elements import kept, right_elements
from bench.extractors import Changdu, Extractor, Found, ReadabilityJs, ReadabilityLxml, Trafilatura
from bench.hostile import PAGES, cost
from service.intake.titles import bare

_CORPUS = Path(__file__).parents[2] / "shared" / "corpus" / "pages.dev.jsonl.gz"
_ANSWERS = Path(__file__).parent / "metadata.tsv"
_GROUPS = ("en", "zh-news", "zh-sites")
_KINDS = ("tables", "images", "captions", "links", "lists")
_FIELDS = ("title", "day", "time", "source", "author")

Page = dict[str, str]


class Tally:
    """What one extractor reached over all pages."""

    def __init__(self) -> None:
        self.scores: dict[str, list[tuple[float, float, float, int]]] = defaultdict(list)
        self.milliseconds: list[float] = []
        self.kept: dict[str, list[bool]] = defaultdict(list)
        self.told: dict[str, list[bool]] = defaultdict(list)

    def f1(self, group: str) -> float:
        pages = self.scores[group]
        full = [page for page in pages if page[3]]
        precision = sum(page[0] for page in full) / max(1, len(full))
        recall = sum(page[1] for page in pages) / max(1, len(pages))
        return 2 * precision * recall / (precision + recall) if precision + recall else 0.0

    def empty(self) -> int:
        return sum(not page[3] for pages in self.scores.values() for page in pages)


def main(arguments: list[str]) -> None:
    corpus = Path(arguments[0]) if arguments else _CORPUS
    scorer, answers = _scorer(corpus), _answers()
    with ExitStack() as stack:
        extractors: list[Extractor] = [Changdu(), Trafilatura(), ReadabilityLxml()]
        if ReadabilityJs.is_present():
            extractors.append(stack.enter_context(ReadabilityJs()))
        tallies = {extractor.name: Tally() for extractor in extractors}
        for page in _pages(corpus):
            right = right_elements(page["html"], page["text"])
            for extractor in extractors:
                found, tally = extractor.find(page["html"], page["url"]), tallies[extractor.name]
                tally.scores[page["set"]].append(scorer.score(page["text"], found.text))
                tally.milliseconds.append(found.milliseconds)
                for kind, which in kept(right, found.elements()).items():
                    tally.kept[kind] += which
                for field, is_right in _told(answers.get(page["id"], {}), found):
                    tally.told[field].append(is_right)
    _print(tallies)


def _scorer(corpus: Path) -> ModuleType:
    path = corpus.parents[1] / "tools" / "score_extraction.py"
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _pages(corpus: Path) -> Iterator[Page]:
    with gzip.open(corpus, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _answers() -> dict[str, dict[str, str]]:
    """What the Chinese pages say of themselves, by page. Names are kept as digests: the pages are not ours to copy."""
    with _ANSWERS.open(encoding="utf-8") as lines:
        return {row["page"]: row for row in csv.DictReader(lines, delimiter="\t")}


def digest(text: str | None) -> str:
    """A name as `metadata.tsv` has it."""
    return hashlib.sha256(bare(text or "").encode()).hexdigest()[:12]


def _told(answer: dict[str, str], found: Found) -> Iterator[tuple[str, bool]]:
    for field, said in (("title", found.title), ("source", found.site), ("author", found.byline)):
        if answer.get(field):
            yield field, digest(said) in answer[field].split("|")
    if published := answer.get("published"):
        yield "day", (found.published or "")[:10] == published[:10]
        if len(published) > 10:
            yield "time", (found.published or "")[:16] == published[:16]


def _print(tallies: dict[str, Tally]) -> None:
    def row(label: str, cells: list[str]) -> None:
        print(f"{label:<24}" + "".join(f"{cell:>20}" for cell in cells))

    every = list(tallies.values())
    row("", list(tallies))
    for group in _GROUPS:
        row(f"F1 {group} ({len(every[0].scores[group])})", [f"{tally.f1(group):.3f}" for tally in every])
    row("empty pages", [str(tally.empty()) for tally in every])
    row("ms median", [f"{statistics.median(tally.milliseconds):.1f}" for tally in every])
    row("ms 95th percentile", [f"{statistics.quantiles(tally.milliseconds, n=20)[18]:.1f}" for tally in every])
    for title, attribute, names in (("kept", "kept", _KINDS), ("right", "told", _FIELDS)):
        for name in names:
            shares: list[list[bool]] = [getattr(tally, attribute)[name] for tally in every]
            cells = [f"{sum(share) / max(1, len(share)):.3f}" for share in shares]
            row(f"{title} {name} ({len(shares[0])})", cells)
    for page in PAGES:
        row(page, [cost(name, page) for name in tallies])


if __name__ == "__main__":
    main(sys.argv[1:])
