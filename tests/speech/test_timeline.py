"""Timelines: cues that move, join and are written as captions and as words."""

import json

from hypothesis import given
from hypothesis import strategies as st

from service.speech.timeline import Cue, merged, named, shifted, webvtt, webvtt_words


def test_cues_move_join_and_take_the_names_of_the_article_at_hand() -> None:
    cue = Cue(sentence="x", start_ms=10, end_ms=500, words=((0, 2, 20, 400),))
    (moved,) = shifted((cue,), 1000)
    assert (moved.start_ms, moved.end_ms, moved.words) == (1010, 1500, ((0, 2, 1020, 1400),))
    assert [each.sentence for each in named((cue, moved), ("b1.s1", "b1.s2"))] == ["b1.s1", "b1.s2"]
    (joined,) = merged((cue, moved))
    assert (joined.start_ms, joined.end_ms, len(joined.words)) == (10, 1500, 2)


@given(st.text(max_size=40), st.integers(0, 9_000_000), st.integers(0, 60_000))
def test_captions_are_well_formed_whatever_is_written(text: str, start: int, length: int) -> None:
    captions = webvtt([(Cue(sentence="b1.s1", start_ms=start, end_ms=start + length), text)], "zh-Hans")
    head, cue = captions.split("\n\n", 1)
    assert head == "WEBVTT\nLanguage: zh-Hans"
    lines = cue.rstrip("\n").split("\n")
    assert len(lines) == 3
    assert lines[0] == "b1.s1"
    assert lines[1].count("-->") == 1
    assert "-->" not in lines[2]
    assert "<" not in lines[2]


@given(st.text(min_size=1, max_size=12), st.integers(0, 9_000_000))
def test_words_are_well_formed_whatever_is_written(text: str, start: int) -> None:
    words = tuple((place, 1, start + 10 * place, start + 10 * place + 10) for place in range(len(text)))
    cue = Cue(sentence="b1.s1", start_ms=start, end_ms=start + 10 * len(text), words=words)
    head, *blocks = webvtt_words([(cue, text)], "zh-Hans").removesuffix("\n").split("\n\n")
    assert head == "WEBVTT\nLanguage: zh-Hans"
    told = []
    for place, block in enumerate(blocks):
        id, times, payload = block.rstrip("\n").split("\n")
        assert id == f"b1.s1@{place}"
        assert times.count("-->") == 1
        assert "-->" not in payload
        told.append(json.loads(payload))
    assert [(each["sentence"], each["offset"], each["length"]) for each in told] == [
        ("b1.s1", place, 1) for place in range(len(text))
    ]
    assert "".join(each["word"] for each in told) == text
