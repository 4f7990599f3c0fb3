"""The archive: tracks that are finished, the files made of them when asked for, and recordings by people."""

import asyncio
import hashlib
from collections.abc import Awaitable, Callable, Sequence

import msgspec

from service.article import Article
from service.blobs.store import Blobs
from service.errors import BadRecording, NothingToRead, TrackNotReady
from service.speech import assembly, narration, waveform
from service.speech.opus import opus
from service.speech.recital import Recital
from service.speech.synthesizer import Utterance
from service.speech.track import Ask, Track, TrackSegment, new_track, segment_href, track_id
from service.speech.voice import Voice
from service.text.scripts import Script
from service.text.spoken import Spoken

_HOUR = 3600.0  # seconds a recording may last


class Recording(msgspec.Struct, frozen=True, kw_only=True):
    """What a person recorded of an article: the blob as it was sent, and who reads."""

    audio: str
    reader: str


class Archive:
    """`find` gives an article by its id or raises ArticleNotFound."""

    def __init__(self, blobs: Blobs, recital: Recital, find: Callable[[str], Awaitable[Article]]) -> None:
        self._blobs = blobs
        self._recital = recital
        self._find = find
        self._converting = asyncio.Lock()

    async def track(self, id: str) -> Track | None:
        """A finished track; None where it is not finished, or its sound is gone."""
        return await assembly.stored(self._blobs, id)

    async def segment(self, id: str, n: int) -> str | None:
        """The blob of segment `n` of a finished track; None where that is not there."""
        return await assembly.stored_audio(self._blobs, id, n)

    async def file(self, track: Track, kind: assembly.Kind, script: Script | None = None) -> str:
        """The blob of a track as a file; raises TrackNotReady.

        With `script` the words' places and the captions are those of the article in that script.
        """
        if track.state != "ready":
            raise not_ready(track)
        converts = script is not None and script != track.language
        if kind == "opus":
            await self._make_opus(track)
        kept = kind == "vtt" or (kind == "json" and not track.fallback)
        if kind in ("mp3", "opus") or (kept and not converts):
            return assembly.key(track.source, kind)
        if script is not None and converts:
            track = await self._recital.in_script(await self._find(track.article), track, script)
        data = assembly.render(track, kind)
        key = assembly.key(track.source, kind, hashlib.sha256(data).hexdigest()[:16])
        if await self._blobs.size(key) is None:
            await self._blobs.put(key, data)
        return key

    async def narration(self, article: Article) -> Track | None:
        """The track of the last recording that was sent of an article, cut anew where its rules have changed since."""
        recording = await self._blobs.record(_pointer(article), Recording)
        audio = await self._blobs.get(recording.audio) if recording else None
        if recording is None or audio is None:
            return None
        return await self._narrate(article, recording, audio)

    async def narrate(self, article: Article, audio: bytes, reader: str) -> Track:
        """Take in a person's recording, which from now on is the article's track where no voice is asked for.

        Raises BadRecording, NothingToRead or StorageFull, and then nothing is changed.
        """
        digest = hashlib.sha256(audio).hexdigest()[:16]
        recording = Recording(audio=f"recordings/{article.id}.{digest}", reader=reader)
        track = await self._narrate(article, recording, audio)
        await self._blobs.put(recording.audio, audio)
        await self._blobs.put(_pointer(article), msgspec.json.encode(recording))
        return track

    async def _narrate(self, article: Article, recording: Recording, audio: bytes) -> Track:
        ask = Ask(article=article.id, voice="recording", rate=1.0)
        id = track_id(ask, recording.audio + recording.reader, self._recital.version)
        if (ready := await self.track(id)) is not None:
            return ready
        sentences = [spoken async for part in self._recital.parts(article, article.language) for spoken in part]
        if not sentences:
            raise NothingToRead
        try:
            said = await asyncio.to_thread(_cut, audio, sentences)
        except waveform.BadRecording as error:
            raise BadRecording(what=str(error), what_zh=error.zh) from error
        parts = [assembly.key(id, "mp3", f"part{n}") for n in range(len(said))]
        for part, utterance in zip(parts, said, strict=True):
            await self._blobs.put(part, utterance.mp3)
        await assembly.store_ask(self._blobs, id, ask)
        await assembly.store(self._blobs, article, _track(id, ask, recording, article, sentences, said), parts)
        ready = await self.track(id)
        if ready is None:
            raise BadRecording(what="it could not be stored", what_zh="没能存下来")
        return ready

    async def _make_opus(self, track: Track) -> None:
        key = assembly.key(track.source, "opus")
        async with self._converting:
            mp3 = None if await self._blobs.size(key) else await self._blobs.get(assembly.key(track.source, "mp3"))
            if mp3 is not None:
                article = await self._find(track.article)
                artist = article.byline or article.site
                data = await asyncio.to_thread(opus, mp3, title=article.title, artist=artist, source=article.source)
                await self._blobs.put(key, data)


def not_ready(track: Track) -> TrackNotReady:
    done = sum(segment.state == "ready" for segment in track.segments)
    return TrackNotReady(done=done, total=len(track.segments))


def _pointer(article: Article) -> str:
    return f"recordings/{article.id}.json"


def _cut(audio: bytes, sentences: Sequence[Spoken]) -> list[Utterance]:
    return narration.narrated(waveform.levelled(waveform.decoded(audio, seconds=_HOUR)), sentences)


def _track(
    id: str, ask: Ask, recording: Recording, article: Article, sentences: Sequence[Spoken], said: Sequence[Utterance]
) -> Track:
    """A track read by a person, whose times are estimated."""
    person = Voice(
        id="recording",
        locale=article.language,
        name=recording.reader,
        gender="female",
        synthesizer="recording",
        estimated=True,
    )
    segments: list[TrackSegment] = []
    start = 0
    for n, utterance in enumerate(said):
        segment = TrackSegment(
            n=n,
            state="ready",
            href=segment_href(id, n),
            start_ms=start,
            duration_ms=utterance.duration_ms,
            cues=utterance.cues,
        )
        segments.append(segment)
        start += utterance.duration_ms
    texts = {spoken.sentence.id: spoken.sentence.text for spoken in sentences}
    track = new_track(id, ask, person, article)
    return msgspec.structs.replace(track, complete=True, segments=tuple(segments), sentences=texts)
