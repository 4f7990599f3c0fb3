"""Pronunciation: everyday words, characters read by what stands around them, and where it is doubtful."""

import csv
import re
from pathlib import Path

import pytest

from service.text.han import han_places
from service.text.pronunciation import doubts, pinyin, pinyins


def everyday() -> list[tuple[str, str]]:
    with (Path(__file__).parent / "everyday.tsv").open(encoding="utf-8") as lines:
        rows = csv.reader((line for line in lines if not line.startswith("#")), delimiter="\t")
        return [(word, sounds) for word, sounds in rows]


def test_everyday_words_by_themselves_and_in_a_sentence() -> None:
    pairs = everyday()
    assert len(pairs) > 300
    alone = pinyins([word for word, _ in pairs])
    within = pinyins([f"他说{word}很重要。" for word, _ in pairs])
    wrong = [
        (word, found)
        for (word, sounds), found, inside in zip(pairs, alone, within, strict=True)
        if " ".join(found) != sounds or inside[2:-3] != found
    ]
    assert wrong == []


def test_polyphones_in_official_prose() -> None:
    with (Path(__file__).parent / "readings_news.tsv").open(encoding="utf-8") as lines:
        rows = list(csv.reader((line for line in lines if not line.startswith("#")), delimiter="\t"))
    assert sum(marked.count("【") for marked, _ in rows) > 600
    plain = [re.sub("[【】]", "", marked) for marked, _ in rows]
    wrong = []
    for (marked, sounds), text, found in zip(rows, plain, pinyins(plain), strict=True):
        readings = dict(zip(han_places(text), found, strict=True))
        places = [match.start() - 2 * number for number, match in enumerate(re.finditer("【", marked))]
        read = " ".join(readings[place] for place in places)
        if read != sounds:
            wrong.append((marked, read))
    assert wrong == []


@pytest.mark.parametrize(
    ("text", "character", "reading"),
    [
        ("经济增长得很快。", "得", "de5"),
        ("我得赶紧走了。", "得", "dei3"),
        ("就他没来。", "没", "mei2"),
        ("财产被没收。", "没", "mo4"),
        ("公司为员工提供午餐。", "为", "wei4"),
        ("他被评选为模范。", "为", "wei2"),
        ("路两边种着树。", "种", "zhong4"),
        ("一种花的名字。", "种", "zhong3"),
        ("如此罢了。", "了", "le5"),
        ("問題解決不了。", "了", "liao3"),
        ("他藉此機會道謝。", "藉", "jie4"),
        ("现场一片狼藉。", "藉", "ji2"),
        ("乾隆年間。", "乾", "qian2"),
        ("曾先生曾经来过。", "曾", "zeng1"),
    ],
)
def test_a_character_is_read_by_what_stands_around_it(text: str, character: str, reading: str) -> None:
    assert pinyin(text)[text.index(character)] == reading


def test_a_reading_the_sources_disagree_on_is_doubtful() -> None:
    ((doubt,), none) = doubts(["长孙长很高。", "银行的行长来了。"])
    assert none == ()
    assert doubt.why == "close"
    assert (doubt.place, doubt.character, doubt.chosen) == (2, "长", doubt.candidates[0])
    assert set(doubt.candidates) == {"zhang3", "chang2"}


def test_a_name_that_is_read_otherwise_than_elsewhere_is_doubtful() -> None:
    ((doubt,),) = doubts(["单先生来了。"])
    assert (doubt.character, doubt.chosen, doubt.why) == ("单", "shan4", "name")


def test_the_particle_that_taiwan_writes_otherwise() -> None:
    said = "kan4 zhe5 shu1 shui4 zhao2 le5 yi4 wei4 zhe5 ming2 zhu4"
    assert " ".join(pinyin("看著書，睡著了，意味著，名著")) == said
