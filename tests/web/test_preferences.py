"""Choices: read from an address without ever failing on nonsense, and written back without loss."""

from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.errors import UnknownScript, UnknownView
from service.text.scripts import SCRIPTS
from service.web.preferences import (
    DEFAULT,
    LANGUAGES,
    RATES,
    SIZES,
    SPACINGS,
    THEMES,
    VIEWS,
    Choices,
    contrast,
    interface,
    parse,
)

colours = st.text("0123456789abcdef", min_size=6, max_size=6)
names = st.none() | st.from_regex(r"[a-z0-9_]{1,12}", fullmatch=True)
choices = st.builds(
    Choices,
    view=st.sampled_from(VIEWS),
    script=st.none() | st.just("none") | st.sampled_from(SCRIPTS),
    theme=st.sampled_from(THEMES),
    size=st.sampled_from(SIZES),
    spacing=st.sampled_from(SPACINGS),
    pinyin=st.booleans(),
    ink=colours,
    paper=colours,
    voice=names,
    rate=st.sampled_from(RATES),
    track=names,
    language=st.none() | st.sampled_from(LANGUAGES),
)


@given(choices)
def test_an_address_keeps_every_choice(chosen: Choices) -> None:
    assert parse(dict(parse_qsl(chosen.query().removeprefix("?"))), chosen.view) == chosen
    assert parse(dict(chosen.fields()), chosen.view) == chosen


def test_defaults_never_appear_in_an_address() -> None:
    assert DEFAULT.query() == ""


@given(st.dictionaries(st.sampled_from(Choices.__struct_fields__), st.text(max_size=12)))
def test_senseless_values_are_the_default(query: dict[str, str]) -> None:
    query.pop("script", None)
    chosen = parse(query)
    assert chosen.theme in THEMES
    assert chosen.size in SIZES
    assert chosen.rate in RATES
    assert len(chosen.ink) == len(chosen.paper) == 6


@pytest.mark.parametrize(
    "query",
    [
        {"size": "1e3"},
        {"size": "٣٠"},
        {"size": "110"},
        {"size": ""},
        {"rate": "nan"},
        {"rate": "-1"},
        {"theme": "pink"},
        {"ink": "red"},
        {"voice": "a b"},
        {"track": "../x"},
    ],
)
def test_nonsense(query: dict[str, str]) -> None:
    assert parse(query) == DEFAULT


def test_colours_as_a_form_sends_them() -> None:
    assert parse({"ink": "#FFEE00", "paper": "#101010"}).ink == "ffee00"


def test_unknown_script_and_view_are_errors() -> None:
    with pytest.raises(UnknownScript):
        parse({"script": "ja"})
    with pytest.raises(UnknownView):
        parse({}, "kids")


def test_larger_and_smaller_stop_at_the_ends() -> None:
    assert (DEFAULT.larger, DEFAULT.smaller) == (125, 75)
    assert DEFAULT.change(size=300).larger is None
    assert DEFAULT.change(size=75).smaller is None


def test_sizes_reach_what_readers_need() -> None:
    """Rule 1: 24 px, 30, 48 and above."""
    assert {24 * size // 100 for size in SIZES} >= {24, 30, 48, 72}


def test_the_interface_goes_with_the_text() -> None:
    assert [interface(tag) for tag in ("zh-Hans", "zh-Hant-HK", "en-GB", "ja")] == [
        "zh-Hans",
        "zh-Hant",
        "en",
        "zh-Hans",
    ]


def test_contrast_is_wcags() -> None:
    assert contrast("000000", "ffffff") == pytest.approx(21)
    assert contrast("767676", "ffffff") == pytest.approx(4.54, abs=0.01)
    assert contrast("ffffff", "767676") == contrast("767676", "ffffff")
