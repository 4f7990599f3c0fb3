"""What every synthesizer is: sentences in, whole MP3 frames and their cues out."""

from collections.abc import Iterable
from typing import Protocol

import msgspec

from service.speech.frames import duration_ms
from service.speech.timeline import Cue, merged, shifted
from service.speech.voice import Voice
from service.text.spoken import Spoken


class Utterance(msgspec.Struct, frozen=True, kw_only=True):
    """`mp3` is whole frames of 24 kHz, one channel, 48 kbit/s without a tag, so that utterances join.

    `cues` are one for each sentence asked for, in order, counted from the utterance's own start.
    """

    mp3: bytes
    duration_ms: int
    cues: tuple[Cue, ...]


def strung(pieces: Iterable[tuple[bytes, Cue]]) -> Utterance:
    """Frames one after the other, each with its cue counted from its own start; parts of a sentence share one cue."""
    frames, cues = bytearray(), list[Cue]()
    for piece, cue in pieces:
        cues += shifted([cue], duration_ms(frames))
        frames += piece
    return Utterance(mp3=bytes(frames), duration_ms=duration_ms(frames), cues=merged(cues))


class Synthesizer(Protocol):
    """`version` changes whenever the same sentences would sound or be timed differently."""

    @property
    def version(self) -> str: ...

    async def speak(self, voice: Voice, sentences: tuple[Spoken, ...], rate: float) -> Utterance:
        """Sentences read one after the other at `rate` (.7 to 1.3); raises SpeechFailed or VoiceUnavailable."""

    async def close(self) -> None: ...
