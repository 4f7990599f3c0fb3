"""The voices of Microsoft Edge's read-aloud service: the text of each sentence is sent to Microsoft."""

import asyncio
import math
import time

import aiohttp
import msgspec
import stamina
from edge_tts import Communicate
from edge_tts.exceptions import EdgeTTSException, NoAudioReceived

from service.errors import SpeechFailed, VoiceUnavailable
from service.speech.boundaries import Boundary, written_words
from service.speech.breaker import Breaker
from service.speech.frames import FRAME_BYTES, FRAME_MS, BadFrames, duration_ms, whole_frames
from service.speech.synthesizer import Utterance
from service.speech.timeline import Cue, shifted
from service.speech.voice import Voice
from service.text.spoken import Spoken

_TICKS = 10_000  # of 100 ns: a millisecond in the service's unit
_PAUSE_MS = 400  # kept after the last word; the service itself leaves about twice as much


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """`seconds` are for one sentence with all its attempts, and `character_seconds` more for each character.

    `connect_seconds` are for one connection.
    `wait_seconds` is the first pause between two attempts; it doubles, and up to as much again is added at random.
    """

    attempts: int = 3
    seconds: float = 20.0
    character_seconds: float = 0.05
    connect_seconds: int = 5
    wait_seconds: float = 0.3
    failures: int = 3
    rest_seconds: float = 60.0


class _CutShort(Exception):
    """The connection ended before the service said that the sentence was complete."""


class EdgeSynthesizer:
    """Sends one sentence a request: the service does not divide Chinese text by itself.

    After `failures` sentences in a row for which the service could not be reached, it is left alone for
    `rest_seconds` and VoiceUnavailable is raised at once.
    """

    version = "edge-1"

    def __init__(self, limits: Limits | None = None) -> None:
        self._limits = limits or Limits()
        self._breaker = Breaker(failures=self._limits.failures, seconds=self._limits.rest_seconds, clock=time.monotonic)

    async def speak(self, voice: Voice, sentences: tuple[Spoken, ...], rate: float) -> Utterance:
        parts: list[bytes] = []
        cues: list[Cue] = []
        for spoken in sentences:
            frames, cue = await self._sentence(voice, spoken, rate)
            cues += shifted([cue], sum(map(duration_ms, parts)))
            parts.append(frames)
        mp3 = b"".join(parts)
        return Utterance(mp3=mp3, duration_ms=duration_ms(mp3), cues=tuple(cues))

    async def close(self) -> None:
        """Nothing is kept open between two requests."""

    async def _sentence(self, voice: Voice, spoken: Spoken, rate: float) -> tuple[bytes, Cue]:
        rest = self._breaker.wait()
        if rest:
            raise VoiceUnavailable(voice=voice.name, what="service resting", retry_after=math.ceil(rest))
        try:
            seconds = self._limits.seconds + self._limits.character_seconds * len(spoken.text)
            async with asyncio.timeout(seconds):
                result = await self._attempts(voice, spoken, rate)
        except NoAudioReceived as error:  # also what a connection ends in that is cut before the first sound
            self._breaker.failed()
            raise SpeechFailed(sentence=spoken.sentence.text) from error
        except (TimeoutError, aiohttp.ClientError, OSError, EdgeTTSException, BadFrames, _CutShort) as error:
            self._breaker.failed()
            raise VoiceUnavailable(voice=voice.name, what=_reason(error)) from error
        self._breaker.succeeded()
        return result

    async def _attempts(self, voice: Voice, spoken: Spoken, rate: float) -> tuple[bytes, Cue]:
        wait = self._limits.wait_seconds
        again = (aiohttp.ClientError, OSError, EdgeTTSException, BadFrames, _CutShort)
        async for attempt in stamina.retry_context(
            on=again, attempts=self._limits.attempts, timeout=None, wait_initial=wait, wait_jitter=wait
        ):
            with attempt:
                return _utter(spoken, *await self._request(voice, spoken.text, rate))
        raise AssertionError("the last attempt raises its error")

    async def _request(self, voice: Voice, text: str, rate: float) -> tuple[bytes, tuple[Boundary, ...]]:
        request = Communicate(
            text,
            voice.native,
            rate=f"{round((rate - 1) * 100):+d}%",
            boundary="WordBoundary",
            connect_timeout=self._limits.connect_seconds,
            receive_timeout=math.ceil(self._limits.seconds),
        )
        audio = bytearray()
        boundaries: list[Boundary] = []
        async for chunk in request.stream():
            if chunk["type"] == "audio":
                audio += chunk["data"]
            else:
                start = round(chunk["offset"] / _TICKS)
                end = round((chunk["offset"] + chunk["duration"]) / _TICKS)
                boundaries.append(Boundary(text=chunk["text"], start_ms=start, end_ms=end))
        if request.state["cumulative_audio_bytes"] != len(audio):  # it is counted when the service says `turn.end`
            raise _CutShort
        return bytes(audio), tuple(boundaries)


def _utter(spoken: Spoken, mp3: bytes, boundaries: tuple[Boundary, ...]) -> tuple[bytes, Cue]:
    """The frames up to a short pause after the last word, and the sentence's cue."""
    frames = whole_frames(mp3)
    end = duration_ms(frames)
    if boundaries:
        kept = math.ceil((boundaries[-1].end_ms + _PAUSE_MS) / FRAME_MS)
        frames = frames[: kept * FRAME_BYTES]
        end = min(end, boundaries[-1].end_ms)
    length = duration_ms(frames)
    words = tuple(word for word in written_words(spoken, boundaries) if word[3] <= length)
    start = boundaries[0].start_ms if boundaries else 0
    return frames, Cue(sentence=spoken.sentence.id, start_ms=min(start, end), end_ms=end, words=words)


def _reason(error: BaseException) -> str:
    match error:
        case TimeoutError():
            return "no answer in time"
        case aiohttp.WSServerHandshakeError(status=status):
            return f"status {status}"
        case BadFrames() | _CutShort():
            return "damaged audio"
        case _:
            return "cannot be reached"
