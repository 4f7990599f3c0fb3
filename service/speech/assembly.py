"""Assembly: a track's segments as one MP3, one timeline and one file of captions, and what is stored of a track."""

import asyncio
import re
from collections.abc import AsyncIterator, Sequence
from collections.abc import Set as AbstractSet
from typing import Literal, TypeVar

import msgspec

from service.article import Article
from service.blobs.store import Blobs
from service.errors import ChangduError
from service.speech.frames import duration_ms
from service.speech.mp3 import Chapter, tag
from service.speech.timeline import webvtt, webvtt_words
from service.speech.track import Ask, Track, cues
from service.text.passages import passages

Kind = Literal["mp3", "opus", "json", "vtt", "words.vtt"]
T = TypeVar("T")
_ID = re.compile("[a-z2-7]{26}")


def key(id: str, what: str, variant: str | None = None) -> str:
    return f"tracks/{id}.{variant}.{what}" if variant else f"tracks/{id}.{what}"


async def stored(blobs: Blobs, id: str) -> Track | None:
    """A finished track; None where it is not finished, or its sound is gone."""
    track = await _get(blobs, id, "json", Track)
    return track if track is not None and await blobs.size(key(id, "mp3")) else None


async def stored_audio(blobs: Blobs, id: str, n: int) -> str | None:
    """The blob of segment `n` of a finished track; None where the track is not finished or the segment is not there."""
    parts = await _get(blobs, id, "parts", list[str]) or []
    return parts[n] if 0 <= n < len(parts) and await blobs.size(parts[n]) else None


async def store_ask(blobs: Blobs, id: str, ask: Ask) -> None:
    await blobs.put(key(id, "ask"), msgspec.json.encode(ask))


async def stored_ask(blobs: Blobs, id: str) -> Ask | None:
    return await _get(blobs, id, "ask", Ask)


async def forget(blobs: Blobs, articles: AbstractSet[str]) -> None:
    """Delete every track of these articles, ids; the sound of single segments names no article and stays."""
    keys = await blobs.keys("tracks/")
    for asked in [key for key in keys if key.endswith(".ask")]:
        ask = await blobs.record(asked, Ask)
        if ask is not None and ask.article in articles:
            for found in keys:
                if found.startswith(asked.removesuffix("ask")):
                    await blobs.delete(found)


async def store(blobs: Blobs, article: Article, track: Track, parts: Sequence[str]) -> None:
    """Store a track whose segments are all made; its JSON comes last, and only with it the track is finished."""
    duration = sum(segment.duration_ms or 0 for segment in track.segments)
    ready = msgspec.structs.replace(track, state="ready", duration_ms=duration, expected_ms=duration)
    head = await asyncio.to_thread(
        tag,
        title=article.title,
        language=article.language,
        duration_ms=duration,
        artist=article.byline or article.site,
        source=article.source,
        chapters=chapters(article, ready),
    )
    await blobs.put(key(track.id, "mp3"), _joined(blobs, head, ready, parts))
    await blobs.put(key(track.id, "vtt"), render(ready, "vtt"))
    await blobs.put(key(track.id, "parts"), msgspec.json.encode(parts))
    await blobs.put(key(track.id, "json"), render(ready, "json"))


async def _joined(blobs: Blobs, head: bytes, track: Track, parts: Sequence[str]) -> AsyncIterator[bytes]:
    yield head
    for segment, part in zip(track.segments, parts, strict=True):
        frames = await blobs.get(part)
        if frames is None or duration_ms(frames) != segment.duration_ms:
            raise ChangduError  # it has vanished meanwhile: asking again makes it again
        yield frames


def render(track: Track, kind: Kind) -> bytes:
    """A finished track's timeline as JSON, or its captions or its words as WebVTT."""
    if kind == "json":
        return msgspec.json.encode(track)
    captions = ((cue, track.sentences[cue.sentence]) for cue in cues(track))
    write = webvtt_words if kind == "words.vtt" else webvtt
    return write(captions, track.language).encode()


def chapters(article: Article, track: Track) -> tuple[Chapter, ...]:
    """A chapter for each heading that is read, from its first word to the next heading or the end."""
    titles = {p.number: p.text.strip() for p in passages(article) if p.kind == "heading"}
    starts: dict[int, int] = {}
    for cue in cues(track):
        passage = int(cue.sentence.partition(".")[0].removeprefix("b"))
        if passage in titles:
            starts.setdefault(passage, cue.start_ms)
    ends = [*starts.values(), track.duration_ms or 0][1:]
    return tuple(
        Chapter(title=titles[passage], start_ms=start, end_ms=end)
        for (passage, start), end in zip(starts.items(), ends, strict=True)
    )


async def _get(blobs: Blobs, id: str, what: str, kind: type[T]) -> T | None:
    """What is stored of a track; nothing where the id cannot be one."""
    return await blobs.record(key(id, what), kind) if _ID.fullmatch(id) else None
