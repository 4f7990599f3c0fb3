"""The voices of Microsoft Edge's read-aloud service: the text of each sentence is sent to Microsoft."""

import math

from edge_tts import Communicate
from edge_tts.exceptions import EdgeTTSException, NoAudioReceived

from service.speech.boundaries import Boundary, written_words
from service.speech.frames import FRAME_BYTES, FRAME_MS, duration_ms, whole_frames
from service.speech.online import Damaged, Limits, Line, NoSound
from service.speech.synthesizer import Utterance
from service.speech.timeline import Cue
from service.speech.voice import Voice
from service.text.spoken import Spoken

_TICKS = 10_000  # of 100 ns: a millisecond in the service's unit
_PAUSE_MS = 400  # kept after the last word; the service itself leaves about twice as much


class EdgeSynthesizer:
    """A `Synthesizer` that sends one sentence a request: the service does not divide Chinese text by itself."""

    version = "edge-1"

    def __init__(self, limits: Limits | None = None) -> None:
        self._limits = limits or Limits()
        self._line = Line(self._limits)

    async def speak(self, voice: Voice, sentences: tuple[Spoken, ...], rate: float) -> Utterance:
        """Raises SpeechFailed naming the sentence, and VoiceUnavailable."""
        return await self._line.speak(voice, sentences, lambda spoken: self._sentence(voice, spoken, rate))

    async def close(self) -> None:
        """Nothing is kept open between two requests."""

    async def _sentence(self, voice: Voice, spoken: Spoken, rate: float) -> tuple[bytes, Cue]:
        try:
            return _utter(spoken, *await self._request(voice, spoken.text, rate))
        except NoAudioReceived as error:
            raise NoSound from error
        except EdgeTTSException as error:
            raise Damaged from error

    async def _request(self, voice: Voice, text: str, rate: float) -> tuple[bytes, list[Boundary]]:
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
            raise Damaged
        return bytes(audio), boundaries


def _utter(spoken: Spoken, mp3: bytes, boundaries: list[Boundary]) -> tuple[bytes, Cue]:
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
