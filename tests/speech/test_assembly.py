"""What is joined of a track: captions, chapters, and the sound with its tag."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.article import Article, Heading, Paragraph, make_article
from service.blobs.store import Blobs
from service.errors import ChangduError, VoiceUnavailable
from service.errors.problem import problem
from service.inlines import Text
from service.speech import assembly
from service.speech.timeline import Cue
from service.speech.track import Ask, Track, TrackSegment, cues, new_track, track_id
from tests.speech.house import house
from tests.speech.tones import HUMMER, article

pytestmark = pytest.mark.anyio

ASK = Ask(article="a", voice="hummer", rate=1.0)


def track(*segments: tuple[int, tuple[Cue, ...]]) -> Track:
    placed, start = [], 0
    for n, (length, inside) in enumerate(segments):
        placed.append(TrackSegment(n=n, state="ready", href="", start_ms=start, duration_ms=length, cues=inside))
        start += length
    empty = new_track("a" * 26, ASK, HUMMER, article("一句。"))
    texts = {cue.sentence: f"句{cue.sentence}" for _, inside in segments for cue in inside}
    return msgspec.structs.replace(empty, segments=tuple(placed), duration_ms=start, sentences=texts)


def cue(sentence: str, start: int, end: int) -> Cue:
    return Cue(sentence=sentence, start_ms=start, end_ms=end, words=((0, 1, start, end),))


def test_a_sentence_in_two_segments_is_one_cue() -> None:
    joined = cues(track((240, (cue("b0.s1", 20, 200),)), (480, (cue("b0.s1", 0, 300), cue("b1.s1", 320, 470)))))
    assert [(each.sentence, each.start_ms, each.end_ms) for each in joined] == [("b0.s1", 20, 540), ("b1.s1", 560, 710)]
    assert joined[0].words == ((0, 1, 20, 200), (0, 1, 240, 540))


@given(st.lists(st.integers(1, 50), min_size=1, max_size=40))
def test_cues_never_drift(frames: list[int]) -> None:
    """Each cue begins exactly where the frames before it end."""
    joined = cues(track(*((24 * count, (cue(f"b{n}.s1", 0, 24 * count),)) for n, count in enumerate(frames))))
    assert [each.start_ms for each in joined] == [24 * sum(frames[:n]) for n in range(len(frames))]


def test_chapters_are_headings_until_the_next_one() -> None:
    read = make_article(
        title="题",
        blocks=(
            Paragraph(inlines=(Text(text="前言。"),)),
            Heading(level=2, inlines=(Text(text="一"),)),
            Paragraph(inlines=(Text(text="甲。"),)),
            Heading(level=2, inlines=(Text(text="二"),)),
        ),
    )
    spoken = track(*((240, (cue(f"b{n}.s1", 24, 200),)) for n in range(5)))
    found = assembly.chapters(read, spoken)
    assert [(each.title, each.start_ms, each.end_ms) for each in found] == [("一", 504, 984), ("二", 984, 1200)]
    assert assembly.chapters(article("无题。"), spoken) == ()


async def test_a_missing_segment_makes_no_track() -> None:
    blobs = Blobs("memory://")
    spoken = track((240, (cue("b0.s1", 0, 240),)))
    with pytest.raises(ChangduError):
        await assembly.store(blobs, article("甲。"), spoken, ["segments/aa/gone.mp3"])
    assert await assembly.stored(blobs, spoken.id) is None


async def test_the_sound_begins_with_title_source_and_chapters() -> None:
    read: Article = make_article(
        title="标题在前",
        site="某站",
        source="https://example.org/a",
        blocks=(Heading(level=2, inlines=(Text(text="小节"),)), Paragraph(inlines=(Text(text="正文。"),))),
    )
    async with house() as at:
        made = await at.read(read)
        sound = await at.blobs.get(await at.studio.joined(made.id, "mp3")) or b""
        for part in ("标题在前", "某站", "小节"):
            assert part.encode() in sound[:1000]
        assert b"https://example.org/a" in sound[:1000]


def test_an_id_follows_from_what_is_asked_and_the_versions() -> None:
    ids = {
        track_id(ask, synthesizer, text)
        for ask in (ASK, msgspec.structs.replace(ASK, rate=0.9), msgspec.structs.replace(ASK, voice="other"))
        for synthesizer in ("1", "2")
        for text in ("1", "2")
    }
    assert len(ids) == 12
    assert track_id(ASK, "1", "1") in ids
    assert all(len(id) == 26 and id.isalnum() and id.islower() for id in ids)


def test_a_problem_is_in_both_languages() -> None:
    made = problem(VoiceUnavailable(voice="远方", what="no network"))
    assert made.status == 503
    assert "远方" in made.zh
    assert "远方" in made.en
    assert made.type == "/problems/voice-unavailable"
