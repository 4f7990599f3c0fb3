"""Kokoro: the embedded synthesizer, a few worker processes that speak without network or account."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cache, partial
from pathlib import Path

from service.errors import ChangduError, SpeechFailed, VoiceUnavailable
from service.jobs.processes import BEHIND_PAGES, Processes
from service.settings import Settings, resources
from service.speech.model import assemble, has_vnni
from service.speech.synthesizer import Utterance
from service.speech.voice import Voice
from service.speech.voicebox import VoiceBox
from service.text.spoken import Spoken

_PATIENCE = (40.0, 1.0)  # seconds for any request, and for each character: several times what a busy core needs
_START = 60.0
_THREADS = 4  # more make one sentence no faster


class Kokoro:
    """A `Synthesizer`; its processes and the model file come at the first sentence or at `warm`."""

    version = "kokoro-v1.0-3"

    def __init__(self, settings: Settings) -> None:
        self._files = settings.cache, resources("voices") / "kokoro"
        self._threads = min(settings.voice_processes, _THREADS)
        self._cores = Cores(self._threads)
        prepare = partial(_prepare, *self._files, self._threads)
        self._processes = Processes(settings.voice_processes, prepare=prepare, niceness=BEHIND_PAGES)

    async def speak(self, voice: Voice, sentences: tuple[Spoken, ...], rate: float) -> Utterance:
        """Raises SpeechFailed naming the first sentence, VoiceUnavailable, ModelDamaged or StorageFull."""
        base, each = _PATIENCE
        text = "".join(sentence.sentence.text for sentence in sentences)
        late = SpeechFailed(sentence=text[:60])
        async with self._cores.share() as threads:
            work = partial(_speak, *self._files, voice, sentences, rate, threads)
            return await self._processes.run(base + each * len(text), late, work)

    async def warm(self) -> None:
        """Start the processes and load the model, so that the first reader need not wait for it."""
        late = VoiceUnavailable(voice="kokoro", what="timeout")
        await self._processes.run(_START, late, _load, *self._files, self._threads)

    async def close(self) -> None:
        await asyncio.to_thread(self._processes.close)


class Cores:
    """Who speaks with how many threads: a sentence that comes while nobody speaks has every core to itself.

    So the first sound of an article is there sooner; those that come meanwhile wait for it, and then each has one core.
    """

    def __init__(self, count: int) -> None:
        self._count = count
        self._asking = 0
        self._alone = asyncio.Lock()

    @asynccontextmanager
    async def share(self) -> AsyncIterator[int]:
        """The number of threads to speak with."""
        self._asking += 1
        try:
            if self._asking == 1:
                async with self._alone:
                    yield self._count
            else:
                async with self._alone:
                    pass
                yield 1
        finally:
            self._asking -= 1


@cache
def _voicebox(folder: Path, voices: Path) -> VoiceBox:
    """The one voice box of this process; its model is put together where the folder has none yet."""
    return VoiceBox(assemble(folder, vnni=has_vnni()), voices)


def _load(folder: Path, voices: Path, threads: int) -> None:
    for count in {1, threads}:
        _voicebox(folder, voices).session(count)


def _prepare(folder: Path, voices: Path, threads: int) -> None:
    """Load the model when a process starts. What fails here fails again, and is then told, at its first sentence."""
    with contextlib.suppress(Exception):
        _load(folder, voices, threads)


def _speak(
    folder: Path, voices: Path, voice: Voice, sentences: tuple[Spoken, ...], rate: float, threads: int
) -> Utterance:
    try:
        return _voicebox(folder, voices).speak(voice, sentences, rate, threads)
    except ChangduError:
        raise
    except Exception as error:
        raise SpeechFailed(sentence=sentences[0].sentence.text[:60]) from error
