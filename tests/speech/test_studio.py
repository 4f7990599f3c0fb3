"""The studio: tracks opened, made in the listener's order, joined, stored and found again."""

import asyncio

import msgspec
import pytest

from service.blobs.store import Blobs
from service.errors import SpeechFailed, TrackNotReady
from service.speech.frames import FRAME_BYTES, FRAME_MS, whole_frames
from service.speech.track import Track
from tests.speech.house import THREE, house
from tests.speech.tones import WORD_MS, PlainRecital, Tones, article

pytestmark = pytest.mark.anyio


async def test_a_track_is_made_of_all_its_sentences() -> None:
    async with house() as at:
        track = await at.read(THREE)
        assert track.state == "ready"
        assert track.complete
        assert [segment.state for segment in track.segments] == ["ready"] * 4
        assert [cue.sentence for segment in track.segments for cue in segment.cues] == [
            "b0.s1",
            "b1.s1",
            "b1.s2",
            "b2.s1",
        ]
        assert track.sentences == {"b0.s1": "标题", "b1.s1": "第一句。", "b1.s2": "第二句！", "b2.s1": "第三句？"}
        assert track.duration_ms == 11 * WORD_MS
        assert [segment.start_ms for segment in track.segments] == [0, 2 * WORD_MS, 5 * WORD_MS, 8 * WORD_MS]


async def test_the_joined_file_is_the_segments_one_after_the_other() -> None:
    async with house() as at:
        track = await at.read(THREE)
        parts = [await at.blobs.get(await at.studio.segment(track.id, n)) for n in range(4)]
        joined = await at.blobs.get(await at.studio.joined(track.id, "mp3"))
        assert joined is not None
        assert whole_frames(joined) == b"".join(part for part in parts if part)
        assert len(whole_frames(joined)) // FRAME_BYTES * FRAME_MS == track.duration_ms


async def test_the_timeline_that_is_stored_is_the_track() -> None:
    async with house() as at:
        track = await at.read(THREE)
        data = await at.blobs.get(await at.studio.joined(track.id, "json"))
        assert msgspec.json.decode(data or b"", type=Track) == track


async def test_captions_have_the_written_text() -> None:
    async with house() as at:
        track = await at.read(THREE)
        captions = await at.blobs.get(await at.studio.joined(track.id, "vtt"))
        assert (captions or b"").decode().startswith("WEBVTT")
        assert "b1.s2\n00:00:00.240 --> 00:00:00.384\n第二句！" in (captions or b"").decode()


async def test_asking_again_gives_the_same_track_without_speaking() -> None:
    synthesizer = Tones()
    async with house(synthesizer=synthesizer) as at:
        first = await at.read(THREE)
        spoken = list(synthesizer.spoken)
        assert await at.open(THREE) == first
        assert synthesizer.spoken == spoken


async def test_two_who_ask_at_once_share_one_track() -> None:
    synthesizer = Tones()
    async with house(synthesizer=synthesizer) as at:
        tracks = await asyncio.gather(at.read(THREE), at.read(THREE))
        assert tracks[0] == tracks[1]
        assert set(synthesizer.times.values()) == {1}


async def test_a_changed_sentence_costs_one_segment() -> None:
    synthesizer = Tones()
    async with house(synthesizer=synthesizer) as at:
        await at.read(THREE)
        del synthesizer.spoken[:]
        track = await at.read(article("第一句。插一句。第二句！", "第三句？"))
        assert synthesizer.spoken == ["插一句。"]
        assert [cue.sentence for segment in track.segments for cue in segment.cues] == [
            "b0.s1",
            "b1.s1",
            "b1.s2",
            "b1.s3",
            "b2.s1",
        ]


async def test_of_a_hundred_sentences_one_changed_is_one_spoken() -> None:
    paragraphs = [f"这是第{n}段的第一句。这是第{n}段的第二句。" for n in range(50)]
    synthesizer = Tones()
    async with house(synthesizer=synthesizer) as at:
        await at.read(article(*paragraphs))
        assert len(synthesizer.spoken) == 101
        del synthesizer.spoken[:]
        paragraphs[20] = "这是第20段的第一句。这一句改过了。"
        assert (await at.read(article(*paragraphs))).state == "ready"
        assert synthesizer.spoken == ["这一句改过了。"]


async def test_how_long_it_will_be_is_known_at_once_and_in_the_end_exactly() -> None:
    synthesizer = Tones()
    synthesizer.gate.clear()
    async with house(synthesizer=synthesizer) as at:
        first = await at.open(THREE)
        assert first.duration_ms is None
        assert first.expected_ms is not None
        assert 1000 < first.expected_ms < 10_000
        synthesizer.gate.set()
        last = await at.read(THREE)
        assert last.expected_ms == last.duration_ms


async def test_voice_rate_and_versions_make_other_tracks() -> None:
    blobs = Blobs("memory://")
    ids = set()
    for versions in [("tones-1", "plain-1"), ("tones-2", "plain-1"), ("tones-1", "plain-2")]:
        async with house(blobs, Tones(versions[0]), recital=PlainRecital(versions[1])) as at:
            ids.add((await at.open(THREE)).id)
            ids.add((await at.open(THREE, "whistler")).id)
            ids.add((await at.studio.open(THREE, rate=0.8)).id)
    assert len(ids) == 9


async def test_the_first_segment_is_playable_while_the_rest_wait() -> None:
    synthesizer = Tones()
    async with house(synthesizer=synthesizer) as at:
        track = await at.open(THREE)
        events = at.studio.events(track.id)
        first = await anext(events)
        assert first.kind == "segment"
        synthesizer.gate.clear()
        track = await at.studio.get(track.id)
        assert track.state == "working"
        assert await at.blobs.get(await at.studio.segment(track.id, 0))
        with pytest.raises(TrackNotReady) as caught:
            await at.studio.joined(track.id, "mp3")
        assert int(caught.value.facts["done"]) < 4
        synthesizer.gate.set()
        assert [event.kind async for event in events][-1] == "ready"


async def test_segments_are_made_from_the_listener_on() -> None:
    synthesizer = Tones()
    long = article("".join(f"句{n:02}。" for n in range(30)))
    async with house(synthesizer=synthesizer) as at:
        track = await at.open(long)
        await asyncio.wait_for(at.studio.segment(track.id, 20), 5)
        await at.listen(track.id)
        order = [synthesizer.spoken.index(f"句{n:02}。") for n in range(30)]
        after = order[19:]
        assert after == sorted(after)
        assert order[19] < 8
        assert all(place > order[29] for place in order[10:19])


async def test_nothing_is_made_for_nobody_and_it_goes_on_when_somebody_comes() -> None:
    synthesizer = Tones()
    long = article("".join(f"句{n:02}。" for n in range(30)))
    async with house(synthesizer=synthesizer, linger=0.05) as at:
        track = await at.open(long)
        await asyncio.sleep(0)
        synthesizer.gate.clear()
        await asyncio.sleep(0.3)
        synthesizer.gate.set()
        await asyncio.sleep(0.1)
        assert len(synthesizer.spoken) < 30
        assert (await at.read(long)).state == "ready"
        assert (await at.studio.get(track.id)).state == "ready"
        assert set(synthesizer.times.values()) == {1}


async def test_bulk_tracks_are_finished_though_nobody_listens() -> None:
    async with house(linger=0.01) as at:
        at.articles[THREE.id] = THREE
        track = await at.studio.open(THREE, lane="bulk")
        while track.state != "ready":
            await asyncio.sleep(0.01)
            track = await at.studio.get(track.id)


async def test_a_restart_goes_on_from_the_stored_segments() -> None:
    blobs, before, after = Blobs("memory://"), Tones(), Tones()
    before.errors["第三句"] = SpeechFailed(sentence="第三句？")
    async with house(blobs, before) as at:
        failed = await at.read(THREE)
        assert failed.state == "failed"
    async with house(blobs, after) as at:
        at.articles[THREE.id] = THREE
        kinds = [event.kind for event in await at.listen(failed.id)]
        assert kinds == ["segment"] * 4 + ["ready"]
        assert after.spoken == ["第三句？"]
    async with house(blobs, Tones()) as at:
        track = await at.studio.get(failed.id)
        assert track.state == "ready"
        assert await at.blobs.get(await at.studio.segment(track.id, 3))


@pytest.mark.parametrize("left", [b"", b"half"])
async def test_a_damaged_segment_is_made_again(left: bytes) -> None:
    blobs, synthesizer = Blobs("memory://"), Tones()
    synthesizer.errors["第三句"] = SpeechFailed(sentence="第三句？")
    async with house(blobs, synthesizer) as at:
        track = await at.read(THREE)
        audio = await at.studio.segment(track.id, 1)
        await blobs.put(audio, left)
        del synthesizer.errors["第三句"]
        assert (await at.read(THREE)).state == "ready"
        assert synthesizer.times["第一句。"] == 2


async def test_a_track_whose_sound_a_power_cut_emptied_is_joined_again() -> None:
    blobs, synthesizer = Blobs("memory://"), Tones()
    async with house(blobs, synthesizer) as at:
        sound = await at.studio.joined((await at.read(THREE)).id, "mp3")
    await blobs.put(sound, b"")
    async with house(blobs, synthesizer) as at:
        assert (await at.read(THREE)).state == "ready"
    assert await blobs.size(sound)
    assert set(synthesizer.times.values()) == {1}


async def test_who_reads_where_nobody_is_named() -> None:
    """The site's voice, else the service's; and neither reads what is in a language that it does not speak."""
    ours, theirs = article("我们的。"), article("他们的。")
    english, japanese = (msgspec.structs.replace(ours, id=name, language=name) for name in ("en-GB", "ja"))
    usual = {theirs.id: "far", english.id: "far"}
    async with house(usual=usual) as at:
        read = [(await at.open(one)).voice.id for one in (ours, theirs, english, japanese)]
        assert read == ["hummer", "far", "whistler", "hummer"]
        assert (await at.open(english, "far")).voice.id == "far"
