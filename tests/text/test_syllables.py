"""Syllables: every spelling read, and printed with its mark where it belongs."""

import pytest

from service.text.syllables import BadSyllable, accented, syllable


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("zhong4", "zhòng"), ("lv4", "lǜ"), ("nve4", "nüè"), ("me5", "me"), ("gou3", "gǒu"), ("xiong2", "xióng"),
        ("liu2", "liú"), ("gui4", "guì"), ("er2", "ér"), ("yuan2", "yuán"), ("n2", "ń"), ("xue2", "xué"), ("hao3", "hǎo"),
        ("jie1", "jiē"), ("guo2", "guó"), ("ng4", "ǹg"), ("biao3", "biǎo"), ("shui3", "shuǐ"), ("lai2", "lái"),
    ],
)  # fmt: skip
def test_marks_stand_where_they_are_printed_and_are_read_back(written: str, printed: str) -> None:
    assert accented(written) == printed
    assert syllable(printed) == written


@pytest.mark.parametrize("wrong", ["", "zhong6", "hello", "zh4", "4"])
def test_what_is_no_syllable_is_refused(wrong: str) -> None:
    with pytest.raises(BadSyllable):
        syllable(wrong)
