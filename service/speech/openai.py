"""Voices of any server that speaks OpenAI's `/v1/audio/speech`: self-hosted CosyVoice, Kokoro servers and others."""

import asyncio

import aiohttp
import msgspec

from service.speech import waveform
from service.speech.online import Damaged, Limits, Line, NoSound, Refused
from service.speech.synthesizer import Utterance
from service.speech.timeline import Cue
from service.speech.unmarked import utter
from service.speech.voice import Voice
from service.text.spoken import Spoken

NAME = "openai"

_LARGEST = 64 << 20  # bytes of one answer; a minute of CD sound is 10 MB
_LONGEST = 600.0  # seconds of one sentence
_HOPELESS = frozenset({400, 401, 402, 403, 404, 405, 413, 415, 422})


class Server(msgspec.Struct, frozen=True, kw_only=True):
    """`url` is the part before `/audio/speech`, such as `http://10.0.0.5:8880/v1`; `key` may be empty."""

    url: str
    key: str
    model: str


class OpenAISynthesizer:
    """A `Synthesizer` whose word times are estimated: these servers tell none."""

    def __init__(self, server: Server, limits: Limits | None = None) -> None:
        self.version = f"openai-1 {server.url} {server.model}"
        self._server = server
        self._limits = limits or Limits(seconds=30.0, character_seconds=0.2)
        self._line = Line(self._limits)
        self._session: aiohttp.ClientSession | None = None

    async def speak(self, voice: Voice, sentences: tuple[Spoken, ...], rate: float) -> Utterance:
        """Raises SpeechFailed naming the sentence, and VoiceUnavailable."""
        return await self._line.speak(voice, sentences, lambda spoken: self._sentence(voice, spoken, rate))

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def _sentence(self, voice: Voice, spoken: Spoken, rate: float) -> tuple[bytes, Cue]:
        recording = await self._request(voice, spoken.text, rate)
        return await asyncio.to_thread(_utter, spoken, recording, rate)

    async def _request(self, voice: Voice, text: str, rate: float) -> bytes:
        if self._session is None:
            timeout = aiohttp.ClientTimeout(total=None, sock_connect=self._limits.connect_seconds)
            self._session = aiohttp.ClientSession(timeout=timeout, trust_env=False)
        wish = {
            "model": self._server.model,
            "voice": voice.native,
            "input": text,
            "response_format": "wav",
            "speed": rate,
        }
        headers = {"Authorization": f"Bearer {self._server.key}"} if self._server.key else {}
        url = f"{self._server.url.rstrip('/')}/audio/speech"
        async with self._session.post(url, json=wish, headers=headers, allow_redirects=False) as answer:
            if answer.status in _HOPELESS:
                raise Refused(answer.status)
            if answer.status != 200:
                answer.raise_for_status()
                raise Damaged
            body = bytearray()
            async for piece in answer.content.iter_chunked(1 << 16):
                body += piece
                if len(body) > _LARGEST:
                    raise Damaged
            return bytes(body)


def voices(names: tuple[str, ...]) -> tuple[Voice, ...]:
    """Voices from `name`, `name@locale` or `name@locale@gender`; zh-CN and female where they are left out."""
    return tuple(map(_voice, names))


def _voice(entry: str) -> Voice:
    name, locale, gender, *_ = [*entry.split("@"), "", ""]
    return Voice(
        id=f"{NAME}-{name}",
        locale=locale or "zh-CN",
        name=name,
        gender="male" if gender == "male" else "female",
        synthesizer=NAME,
        online=True,
        estimated=True,
        native=name,
    )


def _utter(spoken: Spoken, recording: bytes, rate: float) -> tuple[bytes, Cue]:
    try:
        samples = waveform.decoded(recording, seconds=_LONGEST)
    except waveform.BadRecording as error:
        raise Damaged from error
    uttered = utter(spoken, samples, rate)
    if uttered is None:
        raise NoSound
    return uttered
