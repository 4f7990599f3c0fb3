"""The studio: opens tracks, has them made, and gives their parts to whoever listens."""

import asyncio
import logging
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Mapping
from contextlib import aclosing
from functools import partial

import msgspec

from service.article import Article
from service.blobs.store import Blobs
from service.errors import (
    Busy,
    ChangduError,
    NothingToRead,
    RateNotSpoken,
    SegmentNotFound,
    SpeechFailed,
    TrackNotFound,
    UnknownVoice,
    VoiceUnavailable,
)
from service.jobs.engine import Engine, Lane
from service.speech import assembly
from service.speech.archive import Archive, not_ready
from service.speech.events import Event, events
from service.speech.recital import Recital
from service.speech.recording import Recording
from service.speech.recordings import Recordings
from service.speech.segments import Segment, plan
from service.speech.synthesizer import Synthesizer
from service.speech.track import Ask, Track, fallback, new_track, track_id
from service.speech.voice import Catalogue, Voice
from service.text.scripts import Script

RATES = (0.7, 1.3)
"""How fast a voice may be asked to speak; how fast the sound is played is the listener's, in the player."""

_log = logging.getLogger(__name__)


class Terms(msgspec.Struct, frozen=True, kw_only=True):
    """`voice` is the default one. `linger` seconds after its last listener left, a track is put aside."""

    voice: str
    fallback: bool
    tracks: int
    linger: float = 120.0
    wait: float = 25.0  # seconds a request for one segment waits for it


class Studio:
    """Everything that listens goes through here. `find` gives an article by its id or raises ArticleNotFound.

    `told` is called with each reading that has become ready, `usual` gives the voice of an article's site, if it has one.
    """

    def __init__(
        self,
        blobs: Blobs,
        engine: Engine,
        catalogue: Catalogue,
        synthesizers: Mapping[str, Synthesizer],
        recital: Recital,
        find: Callable[[str], Awaitable[Article]],
        terms: Terms,
        told: Callable[[Article, Track], Awaitable[None]] | None = None,
        usual: Callable[[Article], str | None] = lambda article: None,
    ) -> None:
        self.catalogue = catalogue
        self.archive = Archive(blobs, recital, find)
        self._blobs = blobs
        self._engine = engine
        self._synthesizers = synthesizers
        self._recital = recital
        self._find = find
        self._terms = terms
        self._told = told
        self._usual = usual
        self.fallbacks = 0
        self._recordings = Recordings()

    async def open(
        self, article: Article, voice: str | None = None, rate: float = 1.0, *, lane: Lane = "interactive"
    ) -> Track:
        """The track of an article in a voice, begun where it is not there yet; asking again gives the same one.

        Where no voice is named and a person has recorded the article, it is that recording; else the site's voice reads,
        or the service's, or where that speaks another language one of this server that speaks the article's.
        Raises UnknownVoice, VoiceUnavailable, Busy, StorageFull, and RateNotSpoken for a rate outside `RATES`.
        """
        if not RATES[0] <= rate <= RATES[1]:
            raise RateNotSpoken(rate=str(rate), least=str(RATES[0]), most=str(RATES[1]))
        if voice is None and (narration := await self.archive.narration(article)) is not None:
            return narration
        ask = self._ask(article, voice or self._usual_voice(article), rate)
        id = self._id(ask)
        if (ready := await self.archive.track(id)) is not None:
            return ready
        return (await self._open(article, ask, lane)).track

    async def get(self, id: str) -> Track:
        """A track by its id, unfinished ones going on from what is stored; raises TrackNotFound."""
        if (ready := await self.archive.track(id)) is not None:
            return ready
        return (await self._recording(id)).track

    async def events(self, id: str) -> AsyncGenerator[Event, None]:
        """What happens to a track until it is ready or has failed; raises TrackNotFound."""
        if (ready := await self.archive.track(id)) is not None:
            yield Event(kind="ready", data=ready)
            return
        async with aclosing(events(await self._recording(id))) as told:
            async for event in told:
                yield event

    async def segment(self, id: str, n: int) -> str:
        """The blob of a segment's sound, waiting a little until it is made.

        The listener is taken to be there: what follows is made next. Raises TrackNotFound, SegmentNotFound,
        TrackNotReady, or why the segment cannot be made.
        """
        if (audio := await self.archive.segment(id, n)) is not None:
            return audio
        recording = await self._recording(id)
        if n < 0:
            raise SegmentNotFound
        try:
            async with asyncio.timeout(self._terms.wait):
                return await recording.audio_of(n)
        except TimeoutError:
            raise not_ready(recording.track) from None

    async def joined(self, id: str, kind: assembly.Kind, script: Script | None = None) -> str:
        """The blob of the whole track as one `Kind` of file; raises TrackNotFound or TrackNotReady.

        With `script` the words' places and the captions are those of the article in that script.
        """
        return await self.archive.file(await self.get(id), kind, script)

    async def close(self) -> None:
        """Stop what is being made; it goes on from what is stored when it is asked for again."""
        await self._recordings.close()

    def _id(self, ask: Ask) -> str:
        voice = self.catalogue.get(ask.voice)
        return track_id(ask, self._synthesizer(voice).version, self._recital.version)

    def _ask(self, article: Article, voice: str, rate: float) -> Ask:
        words = self._recital.words(article, self.catalogue.get(voice).locale)
        return Ask(article=article.id, voice=voice, rate=rate, words=words)

    def _usual_voice(self, article: Article) -> str:
        chosen = self.catalogue.get(self._usual(article) or self._terms.voice)
        return self.catalogue.speaking(chosen, article.language).id

    def _means(self, ask: Ask, id: str) -> bool:
        """Whether what was asked for still has this id: the voice may be gone, or speak otherwise since."""
        try:
            return self._id(ask) == id
        except (UnknownVoice, VoiceUnavailable):
            return False

    def _synthesizer(self, voice: Voice) -> Synthesizer:
        try:
            return self._synthesizers[voice.synthesizer]
        except KeyError:
            what, what_zh = f"{voice.synthesizer} is not set up", f"{voice.synthesizer} 没有设好"
            raise VoiceUnavailable(voice=voice.name, what=what, what_zh=what_zh) from None

    async def _recording(self, id: str) -> Recording:
        """The recording of an unfinished track, taken up again where it was put aside."""
        if (known := self._recordings.get(id)) is not None:
            return known
        ask = await assembly.stored_ask(self._blobs, id)
        if ask is None or not self._means(ask, id):
            raise TrackNotFound
        article = await self._find(ask.article)
        if self._ask(article, ask.voice, ask.rate) != ask:
            raise TrackNotFound  # its words are read otherwise since, and the lexicon of then is gone
        return await self._open(article, ask, "interactive")

    async def _open(self, article: Article, ask: Ask, lane: Lane) -> Recording:
        id = self._id(ask)
        known = self._recordings.get(id)
        if known is not None and known.track.state != "failed":
            return known
        if self._recordings.working >= self._terms.tracks:
            raise Busy(retry_after=10, seconds=10)
        await assembly.store_ask(self._blobs, id, ask)
        return self._begin(article, ask, lane)

    def _begin(self, article: Article, ask: Ask, lane: Lane) -> Recording:
        id, voice = self._id(ask), self.catalogue.get(ask.voice)
        if (known := self._recordings.making(id)) is not None:
            return known
        track = new_track(id, ask, voice, article)
        recording = Recording(
            track, voice.synthesizer, lane, blobs=self._blobs, engine=self._engine, linger=self._terms.linger
        )
        self._recordings.begin(recording, partial(self._make, recording, article, ask, lane))
        return recording

    async def _make(self, recording: Recording, article: Article, ask: Ask, lane: Lane) -> None:
        voice = self.catalogue.get(ask.voice)
        try:
            if await recording.make(self._plan(article, voice, ask.rate)):
                await assembly.store(self._blobs, article, recording.track, recording.audio)
                recording.finish()
                await self._tell(article, recording.id)
        except ChangduError as error:
            if not self._fall_back(recording, article, ask, lane, error):
                recording.fail(error)
        except Exception:
            _log.exception("track %s", recording.id)
            recording.fail(ChangduError())

    async def _tell(self, article: Article, id: str) -> None:
        """What listens outside must not make a finished reading fail."""
        ready = await self.archive.track(id)
        try:
            if self._told is not None and ready is not None:
                await self._told(article, ready)
        except Exception:
            _log.exception("telling of track %s", id)

    def _fall_back(self, recording: Recording, article: Article, ask: Ask, lane: Lane, error: ChangduError) -> bool:
        """Have an embedded voice read the whole track instead of an online one that cannot, where that is allowed."""
        voice = self.catalogue.get(ask.voice)
        may = voice.online and self._terms.fallback and isinstance(error, VoiceUnavailable | SpeechFailed)
        if not may or all(other.online for other in self.catalogue.voices):
            return False
        self.fallbacks += 1
        instead = self._ask(article, self.catalogue.fallback(voice).id, ask.rate)
        _log.warning(
            "track %s: %s reads instead of %s: %s", recording.id, instead.voice, voice.id, error.sentence("en")
        )
        recording.hand_over(self._begin(article, instead, lane), fallback(voice))
        return True

    async def _plan(self, article: Article, voice: Voice, rate: float) -> AsyncIterator[tuple[Segment, ...]]:
        version = self._synthesizer(voice).version
        opening = True
        async for spoken in self._recital.parts(article, voice.locale):
            yield plan(spoken, voice, version, rate, opening=opening)
            opening = False
        if opening:
            raise NothingToRead
