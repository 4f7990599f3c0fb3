"""Accuracy on the development corpora, where they lie beside the project: no change may make it worse."""

import gzip
import importlib.util
import json
import re
from collections import defaultdict
from pathlib import Path
from types import ModuleType

import pytest

from service.article import Figure, Heading, body_text
from service.errors import ChangduError
from service.intake.html import read_html
from service.intake.plain import read_plain
from service.text.han import han_places
from service.text.pronunciation import pinyins
from service.text.spoken import spoken_form
from service.text.syllables import syllable

SHARED = Path(__file__).parents[2] / "shared"
pytestmark = pytest.mark.skipif(not (SHARED / "corpus").is_dir(), reason="the corpora do not lie beside the project")

F1 = {"en": 0.975, "zh-news": 0.983, "zh-sites": 0.980}
POLYPHONES = 0.985


def _scorer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("score_extraction", SHARED / "tools" / "score_extraction.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _extracted(html: str, url: str) -> str:
    try:
        return body_text(read_html(html, url).blocks)
    except ChangduError:
        return ""


def test_extraction() -> None:
    scorer, rows = _scorer(), defaultdict(list)
    with gzip.open(SHARED / "corpus" / "pages.dev.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            page = json.loads(line)
            rows[page["set"]].append(scorer.score(page["text"], _extracted(page["html"], page["url"])))
    reached = {}
    for name, pages in rows.items():
        assert all(page[3] for page in pages), f"an empty page in {name}"
        precision, recall = (sum(page[part] for page in pages) / len(pages) for part in (0, 1))
        reached[name] = 2 * precision * recall / (precision + recall)
    assert {name: f1 for name, f1 in reached.items() if f1 < F1[name]} == {}


def test_spoken_forms() -> None:
    lines = (SHARED / "corpus" / "spoken.dev.tsv").read_text(encoding="utf-8").splitlines()[1:]
    pairs = [line.split("\t")[1:3] for line in lines]
    assert [(written, spoken_form(written).text) for written, said in pairs if spoken_form(written).text != said] == []


def test_polyphones() -> None:
    with gzip.open(SHARED / "corpus" / "polyphones.dev.tsv.gz", "rt", encoding="utf-8") as lines:
        rows = [line.rstrip("\n").split("\t") for line in lines][1:]
    right = 0
    for (place, reading, text), found in zip(rows, pinyins([row[2] for row in rows]), strict=True):
        right += found[han_places(text).index(int(place))] == syllable(reading)
    assert right / len(rows) >= POLYPHONES


def test_the_reference_article() -> None:
    text = (SHARED / "articles" / "fenglin-2023-12-26.txt").read_text(encoding="utf-8")
    article = read_plain(text, None)
    assert article.title.startswith("务虚谋实绘蓝图")
    assert "枫林分校" in (article.site, article.byline)
    assert article.published == "2023-12-26T10:10+08:00"
    assert [block.alt for block in article.blocks if isinstance(block, Figure)] == [None]
    assert sum(isinstance(block, Heading) for block in article.blocks) == 9
    body = text[text.index("12月15日上午") : text.index("主管单位:")]
    assert re.sub(r"\s", "", body_text(article.blocks)) == re.sub(r"\s", "", body)
