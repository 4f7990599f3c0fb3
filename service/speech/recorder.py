"""The recorder: speaks one segment, proves that it is whole, and stores it so that sound and cues always agree."""

import asyncio
import hashlib
import logging
import time
from collections import defaultdict
from collections.abc import Mapping

import msgspec

from service.blobs.store import Blobs
from service.errors import SpeechFailed
from service.jobs.engine import Job
from service.speech.frames import BadFrames, duration_ms, is_silent, whole_frames
from service.speech.segments import Segment
from service.speech.synthesizer import Synthesizer, Utterance
from service.speech.timeline import Cue, named
from service.speech.voice import Catalogue
from service.text.han import is_han

_NAMED = 60  # characters of a sentence that a problem repeats
_log = logging.getLogger(__name__)


class Recorded(msgspec.Struct, frozen=True, kw_only=True):
    """What is stored beside a segment's sound. It is written last and names the sound by its content.

    So a sound without it does not count, and it never goes with another sound.
    """

    audio: str
    bytes: int
    duration_ms: int
    cues: tuple[Cue, ...]


def record_key(key: str) -> str:
    return f"segments/{key[:2]}/{key}.json"


async def find(blobs: Blobs, segment: Segment) -> Recorded | None:
    """A segment's stored sound, its cues under the sentence ids of the segment at hand; None where there is none."""
    data = await blobs.get(record_key(segment.key))
    if data is None:
        return None
    try:
        record = msgspec.json.decode(data, type=Recorded)
        cues = named(record.cues, [spoken.sentence.id for spoken in segment.sentences])
    except (msgspec.DecodeError, ValueError):
        return None
    if await blobs.size(record.audio) != record.bytes:
        return None
    return msgspec.structs.replace(record, cues=cues)


class Totals:
    """What has been spoken: segments, the seconds they took, and how long they sound."""

    def __init__(self) -> None:
        self.segments = 0
        self.seconds = 0.0
        self.sound_ms = 0

    def add(self, seconds: float, sound_ms: int) -> None:
        self.segments += 1
        self.seconds += seconds
        self.sound_ms += sound_ms


class Recorder:
    """The work of an engine's jobs. `totals` are by synthesizer. `seconds` bounds one segment, whatever its synthesizer does."""

    def __init__(
        self, blobs: Blobs, catalogue: Catalogue, synthesizers: Mapping[str, Synthesizer], *, seconds: float
    ) -> None:
        self._blobs = blobs
        self._catalogue = catalogue
        self._synthesizers = synthesizers
        self._seconds = seconds
        self.totals: defaultdict[str, Totals] = defaultdict(Totals)

    async def record(self, job: Job) -> None:
        """Make a segment's sound unless it is stored already.

        Raises SpeechFailed naming the sentence, VoiceUnavailable or StorageFull; then nothing counts as stored.
        """
        if await find(self._blobs, job.segment) is None:
            begun = time.perf_counter()
            utterance = await self._speak(job)
            self.totals[job.queue].add(time.perf_counter() - begun, utterance.duration_ms)
            why = flaw(utterance, job.segment)
            if why is not None:
                _log.warning("%s: voice %s: %s", job.segment.key, job.segment.voice, why)
                raise _failed(job.segment)
            await self._store(job.segment, utterance)

    async def _speak(self, job: Job) -> Utterance:
        voice = self._catalogue.get(job.segment.voice)
        try:
            async with asyncio.timeout(self._seconds):
                return await self._synthesizers[job.queue].speak(voice, job.segment.sentences, job.rate)
        except TimeoutError as error:
            raise _failed(job.segment) from error

    async def _store(self, segment: Segment, utterance: Utterance) -> None:
        digest = hashlib.sha256(utterance.mp3).hexdigest()[:16]
        audio = f"segments/{segment.key[:2]}/{segment.key}.{digest}.mp3"
        record = Recorded(audio=audio, bytes=len(utterance.mp3), duration_ms=utterance.duration_ms, cues=utterance.cues)
        await self._blobs.put(audio, utterance.mp3)
        await self._blobs.put(record_key(segment.key), msgspec.json.encode(record))


def flaw(utterance: Utterance, segment: Segment) -> str | None:
    """Why an utterance cannot be what was asked for; None where it can.

    Asked for are: whole frames of the one format, as long as it says, not silent, with a cue for each sentence
    whose times lie in order inside it and whose words lie inside the written sentence.
    """
    try:
        frames = whole_frames(utterance.mp3)
    except BadFrames as error:
        return str(error)
    if frames != utterance.mp3 or duration_ms(frames) != utterance.duration_ms:
        return "its length is not what it says"
    if is_silent(frames) and any(_can_be_said(spoken.text) for spoken in segment.sentences):
        return "silence"
    if [cue.sentence for cue in utterance.cues] != [spoken.sentence.id for spoken in segment.sentences]:
        return "cues for other sentences"
    for cue, spoken in zip(utterance.cues, segment.sentences, strict=True):
        if any(offset < 0 or offset + length > len(spoken.sentence.text) for offset, length, _, _ in cue.words):
            return "a word outside its sentence"
    times = [time for cue in utterance.cues for time in (cue.start_ms, *(word[2] for word in cue.words), cue.end_ms)]
    ends = [end for cue in utterance.cues for _, _, start, end in cue.words if end < start or end > cue.end_ms]
    if times != sorted(times) or times[0] < 0 or times[-1] > utterance.duration_ms or ends:
        return "times out of order"
    return None


def _can_be_said(text: str) -> bool:
    """Whether every voice has a sound for some of it; an embedded voice passes over a sentence in another script."""
    return any(is_han(character) or (character.isascii() and character.isalnum()) for character in text)


def _failed(segment: Segment) -> SpeechFailed:
    text = "".join(spoken.sentence.text for spoken in segment.sentences)
    return SpeechFailed(sentence=text if len(text) <= _NAMED else text[:_NAMED] + "…")
