"""Reported word boundaries, found again in the written sentence."""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from service.speech.boundaries import Boundary, written_words
from service.text.sentences import Sentence
from service.text.spoken import Spoken, Word


def spoken(written: str, said: str, *words: tuple[int, int, int, int]) -> Spoken:
    sentence = Sentence(id="b1.s1", passage=1, start=0, end=len(written), text=written)
    return Spoken(sentence=sentence, text=said, pinyin=(), words=tuple(Word(*word) for word in words))


def heard(*texts: str) -> list[Boundary]:
    return [Boundary(text=text, start_ms=100 * n, end_ms=100 * n + 90) for n, text in enumerate(texts)]


def test_a_written_word_heard_in_two_pieces_is_one() -> None:
    said = spoken("2023年", "二零二三年", (0, 4, 0, 4), (4, 5, 4, 5))
    assert written_words(said, heard("二零", "二三", "年")) == ((0, 4, 0, 190), (4, 1, 200, 290))


def test_a_boundary_over_two_written_words_covers_both() -> None:
    said = spoken("好的吧", "好的吧", (0, 1, 0, 1), (1, 2, 1, 2), (2, 3, 2, 3))
    assert written_words(said, heard("好的", "吧")) == ((0, 2, 0, 90), (2, 1, 100, 190))


def test_words_said_in_another_order_are_one() -> None:
    said = spoken("￥5元", "五元", (0, 1, 1, 2), (1, 2, 0, 1))
    assert written_words(said, heard("五", "元")) == ((0, 2, 0, 190),)


def test_punctuation_between_is_passed_over_and_case_does_not_matter() -> None:
    said = spoken("“WiFi”，好。", "“WiFi”，好。", (1, 5, 1, 5), (7, 8, 7, 8))
    assert written_words(said, heard("wifi", "好")) == ((1, 4, 0, 90), (7, 1, 100, 190))


def test_what_is_nowhere_near_is_left_out() -> None:
    said = spoken("天" + "，" * 30 + "地", "天" + "，" * 30 + "地", (0, 1, 0, 1), (31, 32, 31, 32))
    assert written_words(said, heard("天", "没有", "地")) == ((0, 1, 0, 90),)


def test_a_word_that_comes_again_is_found_in_its_place() -> None:
    said = spoken("看看看", "看看看", (0, 1, 0, 1), (1, 2, 1, 2), (2, 3, 2, 3))
    assert [word[:2] for word in written_words(said, heard("看", "看", "看"))] == [(0, 1), (1, 1), (2, 1)]


@st.composite
def sentences(draw: st.DrawFn) -> tuple[Spoken, list[Boundary]]:
    """A sentence of words of one to three letters, and boundaries that a service may report for it."""
    pieces = draw(st.lists(st.text("天地人abAB", min_size=1, max_size=3), min_size=1, max_size=8))
    text, words, place = "，".join(pieces), [], 0
    for piece in pieces:
        words.append((place, place + len(piece), place, place + len(piece)))
        place += len(piece) + 1
    texts = draw(st.permutations(pieces)) if draw(st.booleans()) else pieces
    times = draw(st.lists(st.integers(0, 2000), min_size=2 * len(texts), max_size=2 * len(texts)).map(sorted))
    reported = [Boundary(text=text, start_ms=times[2 * n], end_ms=times[2 * n + 1]) for n, text in enumerate(texts)]
    return spoken(text, text, *words), reported


@given(sentences())
def test_words_never_overlap_and_keep_their_order(case: tuple[Spoken, list[Boundary]]) -> None:
    said, reported = case
    words = written_words(said, reported)
    assert all(left[0] + left[1] <= right[0] for left, right in itertools.pairwise(words))
    assert all(left[3] <= right[2] for left, right in itertools.pairwise(words))
    assert all(start <= end for _, _, start, end in words)


@given(sentences())
def test_a_service_that_reports_every_word_has_every_word_placed(case: tuple[Spoken, list[Boundary]]) -> None:
    said, _ = case
    reported = heard(*(said.text[word.start : word.end] for word in said.words))
    expected = tuple(
        (word.written_start, word.written_end - word.written_start, b.start_ms, b.end_ms)
        for word, b in zip(said.words, reported, strict=True)
    )
    assert written_words(said, reported) == expected
