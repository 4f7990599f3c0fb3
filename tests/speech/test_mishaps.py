"""What goes wrong in a studio: a sentence, a synthesizer, a voice, the disk; each has one clear end."""

import asyncio
from collections.abc import AsyncIterator, Callable

import lameenc
import msgspec
import pytest

from service.blobs.store import Blobs
from service.errors import (
    ArticleNotFound,
    Busy,
    ModelDamaged,
    RateNotSpoken,
    SegmentNotFound,
    SpeechFailed,
    StorageFull,
    TrackNotFound,
    TrackNotReady,
    UnknownVoice,
    VoiceUnavailable,
)
from service.speech.frames import FRAME_BYTES
from service.speech.synthesizer import Utterance
from service.speech.track import Track
from service.speech.voice import Catalogue
from tests.speech.house import THREE, House, house
from tests.speech.tones import FAR_HUMMER, HUMMER, Tones, article, catalogue, silenced

pytestmark = pytest.mark.anyio


async def test_one_failing_sentence_is_named_and_the_rest_stays_playable() -> None:
    synthesizer = Tones()
    synthesizer.errors["第二句"] = SpeechFailed(sentence="第二句！")
    async with house(synthesizer=synthesizer) as at:
        track = await at.read(THREE)
        assert track.state == "failed"
        assert track.problem is not None
        assert "第二句！" in track.problem.zh
        assert track.problem.type == "/problems/speech-failed"
        assert [segment.state for segment in track.segments][:3] == ["ready", "ready", "failed"]
        assert await at.blobs.get(await at.studio.segment(track.id, 1))
        with pytest.raises(SegmentNotFound):
            await at.studio.segment(track.id, 2)
        assert synthesizer.times["第二句！"] == 2
        synthesizer.errors.clear()
        assert (await at.read(THREE)).state == "ready"


def _half(good: Utterance) -> bytes:
    return good.mp3[: len(good.mp3) // FRAME_BYTES // 2 * FRAME_BYTES]


def _other_rate(good: Utterance) -> bytes:
    encoder = lameenc.Encoder()
    encoder.set_bit_rate(48)
    encoder.set_in_sample_rate(16_000)
    encoder.set_channels(1)
    encoder.silence()
    return bytes(encoder.encode(b"\1\0" * 16_000)) + bytes(encoder.flush())


def _recued(**changes: object) -> Callable[[Utterance], Utterance]:
    def change(good: Utterance) -> Utterance:
        return msgspec.structs.replace(good, cues=(msgspec.structs.replace(good.cues[0], **changes),))

    return change


def _resounded(sound: Callable[[Utterance], bytes]) -> Callable[[Utterance], Utterance]:
    return lambda good: msgspec.structs.replace(good, mp3=sound(good))


BAD: dict[str, Callable[[Utterance], Utterance]] = {
    "nothing": lambda good: msgspec.structs.replace(good, mp3=b"", duration_ms=0),
    "half a frame": _resounded(lambda good: good.mp3[:-100]),
    "half a file": _resounded(_half),
    "not sound": _resounded(lambda good: b"<html>" * 240),
    "another rate": _resounded(_other_rate),
    "silence": silenced,
    "no cue": lambda good: msgspec.structs.replace(good, cues=()),
    "a cue after the end": _recued(end_ms=100_000),
    "a word outside the sentence": _recued(words=((0, 99, 0, 10),)),
    "a word before the beginning": _recued(words=((-1, 1, 0, 10),)),
    "words out of order": _recued(words=((1, 1, 48, 96), (0, 1, 0, 48))),
    "a word that ends before it starts": _recued(words=((0, 1, 40, 20),)),
    "a cue for another sentence": _recued(sentence="b9.s9"),
}


@pytest.mark.parametrize("what", list(BAD))
async def test_nothing_wrong_is_stored_under_a_good_key(what: str) -> None:
    synthesizer = Tones()
    synthesizer.spoils["第二句"] = BAD[what]
    async with house(synthesizer=synthesizer) as at:
        track = await at.read(THREE)
        assert track.state == "failed"
        assert track.problem is not None
        assert "第二句！" in track.problem.zh
        synthesizer.spoils.clear()
        assert (await at.read(THREE)).state == "ready"


async def test_a_synthesizer_that_hangs_fails_with_the_sentence() -> None:
    synthesizer = Tones()
    async with house(synthesizer=synthesizer, seconds=0.05) as at:
        synthesizer.gate.clear()
        track = await at.read(THREE)
        assert track.problem is not None
        assert "标题" in track.problem.zh
        synthesizer.gate.set()
        assert (await at.read(THREE)).state == "ready"


async def test_a_very_long_sentence_is_named_by_its_beginning() -> None:
    synthesizer = Tones()
    async with house(synthesizer=synthesizer, seconds=0.05) as at:
        synthesizer.gate.clear()
        track = await at.read(article("后", title="长" * 5000))
        assert track.problem is not None
        assert len(track.problem.zh) < 200


async def test_a_mistake_of_ours_is_a_problem_too_and_the_next_track_works() -> None:
    synthesizer = Tones()
    synthesizer.errors["第二句"] = RuntimeError("a slip")
    async with house(synthesizer=synthesizer) as at:
        track = await at.read(THREE)
        assert track.problem is not None
        assert track.problem.type == "/problems/internal"
        assert (await at.read(article("另一篇。"))).state == "ready"


async def test_an_unknown_voice() -> None:
    async with house() as at:
        with pytest.raises(UnknownVoice):
            await at.open(THREE, "nobody")


@pytest.mark.parametrize("rate", [0.0, 0.6, 1.4, float("nan"), float("inf"), -1.0])
async def test_a_senseless_rate(rate: float) -> None:
    async with house() as at:
        with pytest.raises(RateNotSpoken, match=str(rate)) as caught:
            await at.studio.open(THREE, rate=rate)
        assert "从 0.5 到 3 倍" in caught.value.sentence()
        assert "0.7 to 1.3" in caught.value.sentence("en")


async def test_unknown_tracks_and_segments() -> None:
    async with house() as at:
        for id in ("nothing", "../../etc/passwd", "a" * 300, ""):
            with pytest.raises(TrackNotFound):
                await at.studio.get(id)
            with pytest.raises(TrackNotFound):
                await at.listen(id)
            with pytest.raises(TrackNotFound):
                await at.studio.segment(id, 0)
            with pytest.raises(TrackNotFound):
                await at.studio.joined(id, "mp3")
        track = await at.read(THREE)
        for n in (4, 10_000, -1):
            with pytest.raises(SegmentNotFound):
                await at.studio.segment(track.id, n)


async def test_an_article_without_a_word_to_say() -> None:
    async with house() as at:
        track = await at.read(article("……！！", "——", title="？"))
        assert track.problem is not None
        assert track.problem.type == "/problems/nothing-to-read"


async def test_a_voice_removed_after_its_track_was_made() -> None:
    blobs = Blobs("memory://")
    async with house(blobs) as at:
        made = await at.read(THREE, "whistler")
    synthesizer = Tones()
    synthesizer.errors["第三句"] = SpeechFailed(sentence="第三句？")
    async with house(blobs, synthesizer) as at:
        unmade = await at.read(article("另有第三句？"), "whistler")
    async with house(blobs, voices=Catalogue((HUMMER,))) as at:
        at.articles = {THREE.id: THREE, unmade.article: article("另有第三句？")}
        assert await at.studio.get(made.id) == made
        assert await at.blobs.get(await at.studio.joined(made.id, "mp3"))
        assert await at.blobs.get(await at.studio.segment(made.id, 1))
        with pytest.raises(TrackNotFound):
            await at.studio.get(unmade.id)


async def test_an_unfinished_track_whose_article_is_gone() -> None:
    blobs, synthesizer = Blobs("memory://"), Tones()
    synthesizer.errors["第三句"] = SpeechFailed(sentence="第三句？")
    async with house(blobs, synthesizer) as at:
        track = await at.read(THREE)
    async with house(blobs) as at:
        with pytest.raises(ArticleNotFound):
            await at.studio.get(track.id)


class Disk(Blobs):
    """A store whose disk can be full for some keys."""

    def __init__(self) -> None:
        super().__init__("memory://")
        self.full: str | None = None

    async def put(self, key: str, data: bytes | AsyncIterator[bytes]) -> None:
        if self.full is not None and self.full in key:
            raise StorageFull
        await super().put(key, data)


@pytest.mark.parametrize("place", [".mp3", "segments/", ".vtt", "tracks/"])
async def test_a_full_disk(place: str) -> None:
    disk = Disk()
    async with house(disk) as at:
        disk.full = place
        if place == "tracks/":
            with pytest.raises(StorageFull):
                await at.open(THREE)
        else:
            track = await at.read(THREE)
            assert track.state == "failed"
            assert track.problem is not None
            assert track.problem.type == "/problems/storage-full"
            with pytest.raises(TrackNotReady):
                await at.studio.joined(track.id, "json")
        disk.full = None
        assert (await at.read(THREE)).state == "ready"


async def test_too_many_tracks_at_once_are_busy() -> None:
    synthesizer = Tones()
    async with house(synthesizer=synthesizer, tracks=2) as at:
        synthesizer.gate.clear()
        first = await at.open(article("一。"))
        await at.open(article("二。"))
        with pytest.raises(Busy):
            await at.open(article("三。"))
        assert (await at.open(article("一。"))).id == first.id
        synthesizer.gate.set()
        await at.listen(first.id)
        assert (await at.read(article("三。"))).state == "ready"


async def test_a_segment_that_is_not_made_in_time_is_not_ready() -> None:
    synthesizer = Tones()
    async with house(synthesizer=synthesizer, wait=0.05) as at:
        synthesizer.gate.clear()
        track = await at.open(THREE)
        with pytest.raises(TrackNotReady) as caught:
            await at.studio.segment(track.id, 0)
        assert caught.value.retry_after
        synthesizer.gate.set()


async def test_two_hundred_thousand_characters_begin_at_once() -> None:
    long = article(*("长文里的又一句话，说的是同一件事情。" * 11 for _ in range(1000)))
    async with house() as at:
        track = await at.open(long)
        assert await asyncio.wait_for(at.studio.segment(track.id, 0), 5)
        assert (await at.studio.get(track.id)).state == "working"


# An online voice


async def fallen_back(at: House) -> Track:
    track = await at.open(THREE, "far")
    events = await at.listen(track.id)
    assert [event.kind for event in events if event.kind != "segment"] == ["fallback", "ready"]
    return await at.studio.get(track.id)


async def test_an_online_voice_reads_when_it_can() -> None:
    far = Tones()
    async with house(far=far) as at:
        track = await at.read(THREE, "far")
        assert (track.voice.id, track.voice.online, track.fallback) == ("far", True, None)
        assert far.spoken


@pytest.mark.parametrize(
    "error", [VoiceUnavailable(voice="远方", what="no network"), SpeechFailed(sentence="第二句！")]
)
@pytest.mark.parametrize("sentence", ["标题", "第二句"])
async def test_when_it_cannot_the_whole_track_is_another_voices(error: Exception, sentence: str) -> None:
    """Not one segment of the voice asked for stays in it, and it says so."""
    near, far = Tones(), Tones()
    far.errors[sentence] = error
    async with house(synthesizer=near, far=far) as at:
        track = await fallen_back(at)
        assert (track.state, track.asked, track.voice.id) == ("ready", "far", "hummer")
        assert track.fallback is not None
        assert track.fallback.asked == "far"
        assert track.fallback.reason.zh == "“远方”暂时用不了，改用本机的声音朗读。"
        assert track.fallback.reason.hant == "「远方」暫時用不了，改用本機的聲音朗讀。"
        assert msgspec.to_builtins(track)["fallback"]["from"] == "far"
        assert len(near.spoken) == len(track.segments) == 4
        embedded = await at.open(THREE, "hummer")
        assert [segment.href for segment in track.segments] == [segment.href for segment in embedded.segments]
        assert track.audio == embedded.audio
        assert await at.studio.joined(track.id, "mp3") == await at.studio.joined(embedded.id, "mp3")
        with pytest.raises(SegmentNotFound):
            await at.studio.segment(track.id, 0)


async def test_a_listener_is_told_before_the_first_segment_of_the_other_voice() -> None:
    far = Tones()
    far.errors["第二句"] = VoiceUnavailable(voice="远方", what="no network")
    async with house(far=far) as at:
        track = await at.open(THREE, "far")
        events = await at.listen(track.id)
        kinds = [event.kind for event in events]
        after = kinds[kinds.index("fallback") + 1 :]
        assert after == ["segment"] * 4 + ["ready"]
        assert isinstance(events[-1].data, Track)
        assert events[-1].data.id == track.id
        assert events[-1].data.fallback is not None


async def test_the_voice_asked_for_is_tried_again_later() -> None:
    blobs, far = Blobs("memory://"), Tones()
    far.errors["标题"] = VoiceUnavailable(voice="远方", what="no network")
    async with house(blobs, far=far) as at:
        track = await fallen_back(at)
    async with house(blobs) as at:
        again = await at.read(THREE, "far")
        assert again.id == track.id
        assert (again.voice.id, again.fallback, again.state) == ("far", None, "ready")


async def test_without_fallback_the_track_fails_clearly() -> None:
    far = Tones()
    far.errors["标题"] = VoiceUnavailable(voice="远方", what="no network")
    async with house(far=far, fallback=False) as at:
        track = await at.read(THREE, "far")
        assert track.state == "failed"
        assert track.problem is not None
        assert track.problem.type == "/problems/voice-unavailable"
        assert "远方" in track.problem.zh


async def test_an_embedded_voice_has_no_fallback() -> None:
    synthesizer = Tones()
    synthesizer.errors["标题"] = ModelDamaged(what="a part is missing")
    async with house(synthesizer=synthesizer) as at:
        track = await at.read(THREE)
        assert track.state == "failed"
        assert track.fallback is None


async def test_when_both_fail_the_track_fails() -> None:
    near, far = Tones(), Tones()
    near.errors["第二句"] = SpeechFailed(sentence="第二句！")
    far.errors["标题"] = VoiceUnavailable(voice="远方", what="no network")
    async with house(synthesizer=near, far=far) as at:
        track = await at.read(THREE, "far")
        assert (track.state, track.asked, track.voice.id) == ("failed", "far", "hummer")
        assert track.problem is not None
        assert "第二句！" in track.problem.zh


async def test_a_voice_whose_synthesizer_is_not_set_up() -> None:
    voices = Catalogue((*catalogue().voices, msgspec.structs.replace(FAR_HUMMER, id="gone", synthesizer="gone")))
    async with house(voices=voices) as at:
        with pytest.raises(VoiceUnavailable):
            await at.open(THREE, "gone")
