"""The voice box: Kokoro in one worker process, from sentences to MP3 frames with the time of every word."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import numpy as np
from numpy.typing import NDArray

from service.errors import SpeechFailed, VoiceUnavailable
from service.speech import mp3, pauses
from service.speech.english import English
from service.speech.frames import duration_ms
from service.speech.loudness import limited
from service.speech.model import DURATIONS
from service.speech.phonemes import Phonemes, phonemes
from service.speech.segments import halves, is_finished
from service.speech.silence import faded, sound
from service.speech.skipping import CLOSING, SKIPPED
from service.speech.synthesizer import Utterance
from service.speech.timeline import Cue
from service.speech.timeline import Word as TimedWord
from service.speech.voice import Voice
from service.speech.wordtimes import word_times
from service.text.spoken import Spoken

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

Samples = NDArray[np.float32]

_TOKENS = 240  # at rate 1: some 60 characters; a frame takes .7 MB, and parts are as well understood
_ROOM_BEFORE, _ROOM_AFTER = 15, 50  # ms kept around what is heard
_LIMIT = 508  # of the model
_STYLE = 256
_WORDLESS = 200  # ms of silence for a sentence with nothing to say
_NAMED = 60  # characters of a sentence that an error repeats
_MS = mp3.RATE // 1000
_FRAME = 600  # samples of one unit of the model's durations


class Piece(msgspec.Struct, frozen=True, kw_only=True):
    """A sentence or a part of one, trimmed; `heard` and each of `words` are samples [start, end) of it."""

    samples: Samples
    heard: tuple[int, int]
    words: tuple[tuple[int, int], ...]


class VoiceBox:
    """Inference sessions of one thread and of several: a sentence by itself is faster with several threads, but
    several processes of one thread each share the cores better."""

    def __init__(self, model: Path, voices: Path) -> None:
        self._model = model
        self._sessions: dict[int, InferenceSession] = {}
        self._voices = voices
        self._styles: dict[str, Samples] = {}
        self._english = English(voices / "english.tsv.gz")

    def session(self, threads: int) -> "InferenceSession":
        """The model with so many threads, loaded when it is first asked for."""
        import onnxruntime  # 20 MB, which only the processes that speak should hold

        if threads not in self._sessions:
            options = onnxruntime.SessionOptions()
            options.intra_op_num_threads, options.inter_op_num_threads = threads, 1
            options.log_severity_level = 3
            options.add_session_config_entry("session.intra_op.allow_spinning", "0")
            providers = ["CPUExecutionProvider"]
            self._sessions[threads] = onnxruntime.InferenceSession(self._model, options, providers=providers)
        return self._sessions[threads]

    def speak(self, voice: Voice, sentences: tuple[Spoken, ...], rate: float, threads: int = 1) -> Utterance:
        """Sentences one after the other; raises SpeechFailed for one that comes out without sound."""
        sounds: list[Samples] = []
        cues: list[Cue] = []
        place = 0
        for sentence in sentences:
            sounds.append(_silence(pauses.before(sentence) / rate))
            place += len(sounds[-1])
            timed: list[tuple[Spoken, Piece, int]] = []
            parts = list(self.parts(sentence, rate))
            for number, (part, said) in enumerate(parts, 1):
                piece = self._piece(voice, part, said, rate, threads)
                timed.append((part, piece, place))
                last = number == len(parts) and is_finished(sentence)
                pause = _silence(pauses.after(part.text, last=last) / rate)
                sounds += [piece.samples, pause]
                place += len(piece.samples) + len(pause)
            cues.append(_cue(sentence, timed))
        gain = np.float32(10 ** (voice.gain_db / 20))
        frames = mp3.encode(limited(np.concatenate(sounds) * gain))
        return Utterance(mp3=frames, duration_ms=duration_ms(frames), cues=tuple(cues))

    def parts(self, spoken: Spoken, rate: float = 1.0) -> Iterator[tuple[Spoken, Phonemes]]:
        """The sentence, cut near its middle again and again where it is too long."""
        said = phonemes(spoken, spoken.pinyin, self._english)
        parts = halves(spoken) if len(said.symbols) > _TOKENS * min(rate, 1) else ()
        if not parts:
            yield spoken, said
        for part in parts:
            yield from self.parts(part, rate)

    def _piece(self, voice: Voice, part: Spoken, said: Phonemes, rate: float, threads: int) -> Piece:
        if not any(start < end for start, end in said.words):
            return Piece(samples=_silence(_WORDLESS), heard=(0, 0), words=((0, 0),) * len(said.words))
        audio, durations = self._infer(voice, said, rate, threads)
        start, end = sound(audio)
        if not start < end or not np.isfinite(audio).all():
            raise SpeechFailed(sentence=part.sentence.text[:_NAMED])
        first, last = max(0, start - _ROOM_BEFORE * _MS), min(len(audio), end + _ROOM_AFTER * _MS)
        heard = (start - first, end - first)
        times = [
            tuple(int(np.clip(time - first, *heard)) for time in span) for span in word_times(said, durations, audio)
        ]
        samples = faded(audio[first:last], _ROOM_BEFORE * _MS // 2, _ROOM_AFTER * _MS)
        return Piece(samples=samples, heard=heard, words=tuple((a, b) for a, b in times))

    def _infer(self, voice: Voice, said: Phonemes, rate: float, threads: int) -> tuple[Samples, Samples]:
        """The sound of all frames, with zeros for the silence that was skipped, and the frames of each token."""
        tokens = said.tokens[:_LIMIT]
        style = self.style(voice, len(said.symbols))
        feed = {"tokens": [[0, *tokens, 0]], "style": style[None], "speed": np.array([rate], np.float32)}
        closing = len(tokens) + 2 - min(len(tokens), max(end for _, end in said.words))
        kept, durations, skipped = self._run({**feed, CLOSING: np.array([closing])}, threads)
        whole = np.zeros(round(float(durations.sum())) * _FRAME, np.float32)
        if len(kept) < len(whole) and _reaches_an_edge(kept):  # no silence where there should be some
            kept, durations, skipped = self._run(feed, threads)
        begin = int(skipped[0]) * _FRAME
        whole[begin : begin + len(kept)] = kept
        return whole, durations[0]

    def _run(self, feed: dict[str, object], threads: int) -> list[Samples]:
        from onnxruntime import RunOptions

        shrink = RunOptions()
        shrink.add_run_config_entry("memory.enable_memory_arena_shrinkage", "cpu:0")
        outputs: list[Samples] = self.session(threads).run(["audio", DURATIONS, SKIPPED], feed, shrink)
        return outputs

    def style(self, voice: Voice, tokens: int) -> Samples:
        """The voice's style vector for a number of tokens."""
        row: Samples = sum(
            (np.float32(share) * self._row(voice, native, tokens) for native, share in voice.shares.items()),
            start=np.zeros(_STYLE, np.float32),
        )
        return row

    def _row(self, voice: Voice, native: str, tokens: int) -> Samples:
        if native not in self._styles:
            path = self._voices / f"{native}.bin"
            try:
                self._styles[native] = np.fromfile(path, dtype="<f4").reshape(-1, _STYLE)
            except (OSError, ValueError) as error:
                raise VoiceUnavailable(voice=voice.id, what=path.name) from error
        styles = self._styles[native]
        row: Samples = styles[min(tokens, len(styles)) - 1]
        return row


def _cue(sentence: Spoken, timed: list[tuple[Spoken, Piece, int]]) -> Cue:
    """The sentence's cue: one word for each written stretch that has a sound, in milliseconds as a player hears it."""
    words: list[TimedWord] = []
    for part, piece, place in timed:
        for word, (start, end) in zip(part.words, piece.words, strict=True):
            if start == end or word.written_start == word.written_end:
                continue
            written = (word.written_start, word.written_end - word.written_start)
            if words and words[-1][:2] == written:
                words[-1] = (*written, words[-1][2], _ms(place + end))
            else:
                words.append((*written, _ms(place + start), _ms(place + end)))
    _, first, begins = timed[0]
    _, last, ends = timed[-1]
    return Cue(
        sentence=sentence.sentence.id,
        start_ms=_ms(begins + first.heard[0]),
        end_ms=_ms(ends + last.heard[1]),
        words=tuple(words),
    )


def _reaches_an_edge(samples: Samples) -> bool:
    start, end = sound(samples)
    return start < _ROOM_BEFORE * _MS or end > len(samples) - _ROOM_AFTER * _MS


def _silence(ms: float) -> Samples:
    return np.zeros(round(ms * _MS), np.float32)


def _ms(samples: int) -> int:
    return round((samples + mp3.DELAY) / _MS)
