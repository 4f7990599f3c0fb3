"""The track: an article read by one voice, as its listeners see it, and how its segments become one file."""

import base64
import hashlib
from typing import Literal

import msgspec

from service.article import Article
from service.errors.problem import Problem
from service.errors.traditional import traditional
from service.speech.estimate import spoken_ms
from service.speech.timeline import Cue, merged, shifted
from service.speech.voice import Voice
from service.text.passages import passages

State = Literal["working", "ready", "failed"]
SegmentState = Literal["waiting", "ready", "failed"]


class Ask(msgspec.Struct, frozen=True, kw_only=True):
    """What was asked for. It is stored, so that an unfinished track is found again after a restart.

    `words` is the version of the lexicon that counted for the article then.
    """

    article: str
    voice: str
    rate: float
    words: str = ""


class TrackVoice(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    name: str
    locale: str
    synthesizer: str
    online: bool


class InEachLanguage(msgspec.Struct, frozen=True, kw_only=True, rename={"hant": "zh-Hant"}):
    zh: str
    hant: str
    en: str


class Fallback(msgspec.Struct, frozen=True, kw_only=True, rename={"asked": "from"}):
    """Says that the whole track is read by another voice than the one asked for, in words for the listener."""

    asked: str
    reason: InEachLanguage


class TrackSegment(msgspec.Struct, frozen=True, kw_only=True):
    """`cues` count from the segment's own start; `start_ms` is its place in the joined file, once that is known."""

    n: int
    state: SegmentState
    href: str
    start_ms: int | None = None
    duration_ms: int | None = None
    cues: tuple[Cue, ...] = ()


class Track(msgspec.Struct, frozen=True, kw_only=True):
    """`complete` says whether `segments` are all there will be: the first play while the rest are still planned.

    `duration_ms` is how long the finished file is, `expected_ms` how long it is likely to be: known from the first
    response on, nearer with each segment, and None only in tracks stored before there was one.
    `timings` is `estimated` where the synthesizer does not tell when a word is heard. `sentences` are the written
    texts that the words' offsets point into, by sentence id.
    """

    id: str
    article: str
    state: State
    voice: TrackVoice
    asked: str
    rate: float
    language: str
    fallback: Fallback | None = None
    duration_ms: int | None = None
    expected_ms: int | None = None
    audio: str
    opus: str = ""
    timeline: str
    captions: str
    timings: Literal["measured", "estimated"] = "measured"
    problem: Problem | None = None
    complete: bool = False
    segments: tuple[TrackSegment, ...] = ()
    sentences: dict[str, str] = {}

    @property
    def source(self) -> str:
        """The id of the track whose segments these are: its own, or that of the voice that stands in."""
        return self.audio.removeprefix("/tracks/").removesuffix(".mp3")


def track_id(ask: Ask, synthesizer: str, text: str) -> str:
    """The id that follows from what is asked and from the versions of the synthesizer and of the text's rules."""
    digest = hashlib.sha256(msgspec.json.encode((ask, synthesizer, text))).digest()
    return base64.b32encode(digest)[:26].decode().lower()


def segment_href(track: str, n: int) -> str:
    return f"/tracks/{track}/segments/{n}.mp3"


def new_track(id: str, ask: Ask, voice: Voice, article: Article) -> Track:
    """A track of which nothing is planned yet."""
    return Track(
        id=id,
        article=ask.article,
        state="working",
        voice=msgspec.convert(voice, TrackVoice, from_attributes=True),
        asked=ask.voice,
        rate=ask.rate,
        language=article.language,
        expected_ms=sum(spoken_ms(passage.text, ask.rate) for passage in passages(article)),
        audio=f"/tracks/{id}.mp3",
        opus=f"/tracks/{id}.opus",
        timeline=f"/tracks/{id}.json",
        captions=f"/tracks/{id}.vtt",
        timings="estimated" if voice.estimated else "measured",
    )


def fallback(asked: Voice) -> Fallback:
    zh = "“{name}”暂时用不了，改用本机的声音朗读。"
    en = "“{name}” cannot be used now; a voice of this server reads instead."
    zh, hant, en = (sentence.format(name=asked.name) for sentence in (zh, traditional(zh), en))
    return Fallback(asked=asked.id, reason=InEachLanguage(zh=zh, hant=hant, en=en))


def cues(track: Track) -> tuple[Cue, ...]:
    """One cue a sentence over the joined file; the track's segments are all placed."""
    moved = (cue for segment in track.segments for cue in shifted(segment.cues, segment.start_ms or 0))
    return merged(moved)
