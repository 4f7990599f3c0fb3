"""Retention: the longest unused goes first, what belongs together goes together, what is in use stays."""

import os
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.blobs.retention import KINDS, SPARED, Limits, belongs_to, clean, condemned, holdings
from service.blobs.store import Blobs, Entry

NOW = 2e9
DAY = 86400.0

keys = st.builds(
    "{}/{}{}".format,
    st.sampled_from(KINDS),
    st.sampled_from(["ab/abc", "cd/cde", "xyz"]),
    st.sampled_from([".json", ".mp3", ".html", ".html.br", ".parts"]),
)
entries = st.lists(
    st.builds(Entry, key=keys, bytes=st.integers(0, 1000), used=st.floats(NOW - 100 * DAY, NOW)),
    unique_by=lambda entry: entry.key,
)
limits = st.builds(Limits, bytes=st.none() | st.integers(0, 5000), seconds=st.none() | st.floats(2 * DAY, 90 * DAY))


def entry(key: str, days: float, size: int = 100) -> Entry:
    return Entry(key=key, bytes=size, used=NOW - days * DAY)


def going(*entries: Entry, **limits: float) -> list[str]:
    return [entry.key for entry in condemned(entries, Limits(**limits), NOW)]  # type: ignore[arg-type]


def test_the_longest_unused_makes_room() -> None:
    found = (entry("segments/a/a.mp3", 3), entry("segments/b/b.mp3", 9), entry("segments/c/c.mp3", 6))
    assert going(*found, bytes=150) == ["segments/b/b.mp3", "segments/c/c.mp3"]
    assert going(*found, bytes=300) == []


def test_a_record_goes_before_the_sound_it_names() -> None:
    found = (entry("segments/a/k.12.mp3", 5), entry("segments/a/k.json", 5))
    assert going(*found, bytes=0) == ["segments/a/k.json", "segments/a/k.12.mp3"]


def test_a_track_that_is_heard_keeps_all_its_files() -> None:
    found = (entry("tracks/t.mp3", 0.1), entry("tracks/t.json", 50), entry("tracks/t.vtt", 50))
    assert going(*found, bytes=0, seconds=DAY) == []


def test_articles_go_by_age_only() -> None:
    found = (entry("articles/a/a.json", 50), entry("visits/v/v.json", 20))
    assert going(*found, bytes=0) == []
    assert going(*found, seconds=30 * DAY) == ["articles/a/a.json"]


@given(entries, limits)
def test_what_was_used_just_now_always_stays(entries: list[Entry], limits: Limits) -> None:
    assert all(entry.used <= NOW - SPARED for entry in condemned(entries, limits, NOW))


@given(entries, limits)
def test_nothing_is_let_go_without_need(entries: list[Entry], limits: Limits) -> None:
    """Where pages and sound take no more than they may, exactly what nobody used for too long goes."""
    gone = condemned(entries, limits, NOW)
    made = sum(entry.bytes for entry in entries if not entry.key.startswith(("articles/", "visits/")))
    last_used: dict[str, float] = {}
    for entry in entries:
        last_used[belongs_to(entry.key)] = max(entry.used, last_used.get(belongs_to(entry.key), 0.0))
    if limits.bytes is None or made <= limits.bytes:
        aged = {name for name, used in last_used.items() if limits.seconds and used < NOW - limits.seconds}
        assert {belongs_to(entry.key) for entry in gone} == aged


@given(entries, st.integers(0, 5000))
def test_what_is_kept_fits_unless_it_is_in_use(entries: list[Entry], most: int) -> None:
    gone = condemned(entries, Limits(bytes=most), NOW)
    assert not any(entry.key.startswith(("articles/", "visits/")) for entry in gone)
    kept = [entry for entry in entries if entry not in gone and not entry.key.startswith(("articles/", "visits/"))]
    if sum(entry.bytes for entry in kept) > most:
        in_use = {belongs_to(entry.key) for entry in kept if entry.used > NOW - SPARED}
        assert all(belongs_to(entry.key) in in_use for entry in kept)


async def test_a_store_is_cleaned_and_told_about(tmp_path: Path) -> None:
    blobs = Blobs(str(tmp_path))
    for key in ("segments/ab/abc.1.mp3", "segments/ab/abc.json", "articles/cd/cde.json"):
        await blobs.put(key, b"x" * 1000)
        os.utime(tmp_path / key, (time.time() - 9 * DAY,) * 2)
    assert await clean(blobs, Limits(), time.time()) == 0
    assert await clean(blobs, Limits(bytes=10), time.time()) == 2000
    told = {held.kind: (held.count, held.bytes) for held in await holdings(blobs)}
    assert told["segments"] == (0, 0)
    assert told["articles"] == (1, 1000)


pytestmark = pytest.mark.anyio
