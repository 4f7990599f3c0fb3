"""Numbers in words: read back, they give the number again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.text import english
from service.text.numbers import by_digit, cardinal, number

VALUES = {name: value for value, name in enumerate("零一二三四五六七八九")} | {"两": 2}


def value(said: str) -> int:
    """What a Chinese numeral means, by a rule of its own: each group below 万, times its place."""
    for unit, scale in (("亿", 10**8), ("万", 10**4), ("千", 1000), ("百", 100), ("十", 10)):
        head, found, tail = said.rpartition(unit)
        if found:
            return (value(head) if head else 1) * scale + value(tail)
    return VALUES[said[-1]] if said else 0


@given(st.integers(0, 10**16 - 1))
def test_a_cardinal_means_its_number(whole: int) -> None:
    assert value(cardinal(str(whole))) == whole


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("0", "零"),
        ("10", "十"),
        ("110", "一百一十"),
        ("200", "两百"),
        ("220", "两百二十"),
        ("1200", "一千二百"),
        ("10111", "一万零一百一十一"),
        ("20000", "两万"),
        ("202000000", "两亿零二百万"),
        ("1000000000000", "一万亿"),
        ("007", "零零七"),
        ("12345678901234567", "一二三四五六七八九零一二三四五六七"),
    ],
)
def test_cardinals(written: str, said: str) -> None:
    assert cardinal(written) == said


def test_signs_separators_and_decimals() -> None:
    assert number("-1,234.50") == "负一千二百三十四点五零"
    assert number("±2") == "正负二"
    assert number("2", liang=True) == "两"
    assert by_digit("2011") == "二零一一"
    assert by_digit("2011", yao=True) == "二零幺幺"


@pytest.mark.parametrize(
    ("whole", "said"),
    [
        (0, "zero"),
        (21, "twenty-one"),
        (105, "one hundred five"),
        (1234, "one thousand two hundred thirty-four"),
        (1_000_001, "one million one"),
    ],
)
def test_english_cardinals(whole: int, said: str) -> None:
    assert english.cardinal(whole) == said


def test_english_ordinals_and_years() -> None:
    assert [english.ordinal(n) for n in (1, 3, 12, 20, 21, 100)] == [
        "first",
        "third",
        "twelfth",
        "twentieth",
        "twenty-first",
        "one hundredth",
    ]
    assert [english.year(n) for n in (1900, 1998, 2000, 2005, 2024)] == [
        "nineteen hundred",
        "nineteen ninety-eight",
        "two thousand",
        "two thousand five",
        "twenty twenty-four",
    ]
