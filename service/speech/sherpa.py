"""sherpa-onnx: models that a site has put into a folder, each spoken in a process of its own. Needs the extra `sherpa`."""

import asyncio
from collections.abc import Iterator
from functools import cache
from importlib.metadata import version
from typing import TYPE_CHECKING

import numpy as np

from service.errors import ChangduError, SpeechFailed, VoiceUnavailable
from service.jobs.processes import BEHIND_PAGES, Processes
from service.speech import mp3, waveform
from service.speech.frames import duration_ms
from service.speech.segments import halves
from service.speech.sherpa_models import Model
from service.speech.synthesizer import Utterance, strung
from service.speech.timeline import Cue
from service.speech.unmarked import utter
from service.speech.voice import Voice
from service.text.spoken import Spoken
from service.versions import digest

if TYPE_CHECKING:
    from sherpa_onnx import OfflineTts

_START = 120.0  # seconds for loading the largest models from a slow disk
_PATIENCE = (40.0, 1.0)  # seconds for any request, and for each character
_CHARACTERS = 110  # of a part; what attention costs grows with its square
_NOTHING_MS = 200  # of silence for what the model has no sound for
_NAMED = 60  # characters of a sentence that an error repeats


class Sherpa:
    """A `Synthesizer` of one model; word times are estimated, since sherpa-onnx tells none.

    `threads` are what one sentence is spoken with. The process and the model come at the first sentence.
    """

    def __init__(self, model: Model, threads: int) -> None:
        self.version = f"sherpa-onnx-{version('sherpa-onnx')}-{digest(model.folder)}"
        self._model = model
        self._threads = threads
        self._processes = Processes(1, niceness=BEHIND_PAGES)

    async def speak(self, voice: Voice, sentences: tuple[Spoken, ...], rate: float) -> Utterance:
        """Raises VoiceUnavailable where the model cannot be loaded, and SpeechFailed naming the sentence.

        A sentence that the model has no sound for comes back silent: whether that is right is for the recorder.
        """
        base, each = _PATIENCE
        text = "".join(spoken.sentence.text for spoken in sentences)
        unusable = _unusable(self._model, voice)
        await self._processes.run(_START, unusable, _load, self._model, self._threads, voice)
        late = SpeechFailed(sentence=text[:_NAMED])
        work = base + each * len(text)
        return await self._processes.run(work, late, _speak, self._model, self._threads, voice, sentences, rate)

    async def close(self) -> None:
        await asyncio.to_thread(self._processes.close)


@cache
def _engine(model: Model, threads: int) -> "OfflineTts":
    """The model of this process. sherpa-onnx ends the process for a model it cannot use."""
    import sherpa_onnx

    paths = {"tokens": str(model.tokens), "lexicon": ",".join(map(str, model.lexicons))}
    options = sherpa_onnx.OfflineTtsModelConfig(num_threads=threads)
    if model.styles is not None:
        options.kokoro = sherpa_onnx.OfflineTtsKokoroModelConfig(
            model=str(model.network), voices=str(model.styles), **paths
        )
    elif model.vocoder is not None:
        options.matcha = sherpa_onnx.OfflineTtsMatchaModelConfig(
            acoustic_model=str(model.network), vocoder=str(model.vocoder), **paths
        )
    else:
        options.vits = sherpa_onnx.OfflineTtsVitsModelConfig(model=str(model.network), **paths)
    return sherpa_onnx.OfflineTts(sherpa_onnx.OfflineTtsConfig(model=options, silence_scale=1.0))


def _load(model: Model, threads: int, voice: Voice) -> None:
    try:
        speakers = max(1, _engine(model, threads).num_speakers)
    except Exception as error:
        raise _unusable(model, voice) from error
    if int(voice.native) >= speakers:
        what = f"{model.folder.name} has {speakers} speakers and no number {voice.native}"
        what_zh = f"{model.folder.name} 里有 {speakers} 个声音，没有 {voice.native} 号"
        raise VoiceUnavailable(voice=voice.name, what=what, what_zh=what_zh)


def _unusable(model: Model, voice: Voice) -> VoiceUnavailable:
    name = model.folder.name
    return VoiceUnavailable(voice=voice.name, what=f"{name} cannot be loaded", what_zh=f"{name} 打不开")


def _speak(model: Model, threads: int, voice: Voice, sentences: tuple[Spoken, ...], rate: float) -> Utterance:
    engine = _engine(model, threads)
    try:
        return strung(piece for spoken in sentences for piece in _pieces(engine, int(voice.native), spoken, rate))
    except ChangduError:
        raise
    except Exception as error:
        raise SpeechFailed(sentence=sentences[0].sentence.text[:_NAMED]) from error


def _pieces(engine: "OfflineTts", speaker: int, spoken: Spoken, rate: float) -> Iterator[tuple[bytes, Cue]]:
    parts = list(_parts(spoken))
    for number, part in enumerate(parts, 1):
        sound = engine.generate(part.text, sid=speaker, speed=rate)
        samples = np.asarray(sound.samples, np.float32)
        heard = waveform.resampled(samples, sound.sample_rate) if len(samples) else samples
        yield utter(part, heard, rate, last=number == len(parts)) or _nothing(part)


def _parts(spoken: Spoken) -> Iterator[Spoken]:
    parts = halves(spoken) if len(spoken.text) > _CHARACTERS else ()
    if not parts:
        yield spoken
    for part in parts:
        yield from _parts(part)


def _nothing(spoken: Spoken) -> tuple[bytes, Cue]:
    frames = mp3.encode(np.zeros(_NOTHING_MS * mp3.RATE // 1000, np.float32))
    return frames, Cue(sentence=spoken.sentence.id, start_ms=0, end_ms=duration_ms(frames), words=())
