"""Calls to a speech service somewhere else: repeated a few times, within a time, and given up while it is down."""

import asyncio
import math
import time
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import TypeVar

import aiohttp
import msgspec
import stamina

from service.errors import SpeechFailed, VoiceUnavailable
from service.speech.breaker import Breaker
from service.speech.frames import BadFrames
from service.speech.synthesizer import Utterance, strung
from service.speech.timeline import Cue
from service.speech.voice import Voice
from service.text.spoken import Spoken

T = TypeVar("T")


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """`seconds` are for one sentence with all its attempts, and `character_seconds` more for each character.

    `connect_seconds` are for one connection. `wait_seconds` is the first pause between two attempts; it doubles, and
    up to as much again is added at random. After `failures` in a row a service is left alone for `rest_seconds`.
    """

    attempts: int = 3
    seconds: float = 20.0
    character_seconds: float = 0.05
    connect_seconds: int = 5
    wait_seconds: float = 0.3
    failures: int = 3
    rest_seconds: float = 60.0


class NoSound(Exception):
    """The service had no sound for this text."""


class Damaged(Exception):
    """What came is not whole, or not what was asked for."""


class Refused(Exception):
    """The service will not do it, however often it is asked: it answers with this HTTP status."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


_AGAIN = (aiohttp.ClientError, OSError, BadFrames, NoSound, Damaged)


class Line:
    """The way to one service."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._breaker = Breaker(failures=limits.failures, seconds=limits.rest_seconds, clock=time.monotonic)

    async def speak(
        self, voice: Voice, sentences: Sequence[Spoken], say: Callable[[Spoken], Awaitable[tuple[bytes, Cue]]]
    ) -> Utterance:
        """The sentences one after the other, each with the frames and the cue that `say` returns at one of its attempts.

        Raises SpeechFailed where the service has no sound for a sentence, and VoiceUnavailable where it cannot be
        reached: at once while it is left alone.
        """
        return strung([await self._call(voice, spoken, partial(say, spoken)) for spoken in sentences])

    async def _call(self, voice: Voice, spoken: Spoken, work: Callable[[], Awaitable[T]]) -> T:
        rest = self._breaker.wait()
        if rest:
            what, what_zh = "left alone for a while", "几次都没有成功，先停一会儿"
            raise VoiceUnavailable(voice=voice.name, what=what, what_zh=what_zh, retry_after=math.ceil(rest))
        try:
            async with asyncio.timeout(self._limits.seconds + self._limits.character_seconds * len(spoken.text)):
                result = await self._attempts(work)
        except NoSound as error:  # also what a connection ends in that is cut before the first sound
            self._breaker.failed()
            raise SpeechFailed(sentence=spoken.sentence.text) from error
        except (TimeoutError, Refused, *_AGAIN) as error:
            self._breaker.failed()
            what, what_zh = _reason(error)
            raise VoiceUnavailable(voice=voice.name, what=what, what_zh=what_zh) from error
        self._breaker.succeeded()
        return result

    async def _attempts(self, work: Callable[[], Awaitable[T]]) -> T:
        wait, attempts = self._limits.wait_seconds, self._limits.attempts
        async for attempt in stamina.retry_context(
            on=_AGAIN, attempts=attempts, timeout=None, wait_initial=wait, wait_jitter=wait
        ):
            with attempt:
                return await work()
        raise AssertionError("the last attempt raises its error")


def _reason(error: BaseException) -> tuple[str, str]:
    """In English and in Chinese."""
    match error:
        case TimeoutError():
            return "no answer in time", "等不到回答"
        case aiohttp.ClientResponseError(status=status) | Refused(status=status):
            return f"status {status}", f"对方答的是 {status}"
        case BadFrames() | Damaged():
            return "damaged audio", "声音不完整"
        case _:
            return "cannot be reached", "接不上"
