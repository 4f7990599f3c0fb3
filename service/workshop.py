"""The workshop: the voices of this machine, the engine that has them speak, and a worker that speaks for others."""

from collections.abc import Collection, Mapping
from typing import Final

from service.blobs.store import Blobs
from service.jobs.engine import LANES, Engine, Lane
from service.jobs.local import LocalEngine
from service.settings import BadSetting, Settings, resources
from service.speech.edge import EdgeSynthesizer
from service.speech.kokoro import Kokoro
from service.speech.openai import OpenAISynthesizer, Server
from service.speech.openai import voices as openai_voices
from service.speech.recorder import Recorder
from service.speech.synthesizer import Synthesizer
from service.speech.voice import Catalogue

_ONLINE_SLOTS: Final = 4  # sentences that an online service is asked for at once


def voices(settings: Settings) -> tuple[Catalogue, dict[str, Synthesizer]]:
    """The catalogue, and what speaks its voices by name."""
    catalogue = Catalogue.load(resources("voices"))
    synthesizers: dict[str, Synthesizer] = {"kokoro": Kokoro(settings), "edge": EdgeSynthesizer()}
    if settings.openai_url:
        server = Server(url=settings.openai_url, key=settings.openai_key, model=settings.openai_model)
        synthesizers["openai"] = OpenAISynthesizer(server)
        catalogue = Catalogue((*catalogue.voices, *openai_voices(settings.openai_voices)))
    return catalogue, synthesizers


def engine(settings: Settings, blobs: Blobs, catalogue: Catalogue, synthesizers: Mapping[str, Synthesizer]) -> Engine:
    """The engine in this process, or the one over Redis where the settings name one."""
    if settings.queue == "local":
        return _local_engine(settings, blobs, catalogue, synthesizers)
    from service.jobs.saq import SaqEngine  # an extra, which one machine does without

    return SaqEngine(
        settings.queue, _versions(synthesizers), seconds=settings.segment_seconds, limit=settings.waiting_segments
    )


async def work(settings: Settings, lanes: Collection[Lane] = LANES) -> None:
    """Speak what waits in Redis until the process is told to end; raises BadSetting where no Redis is named."""
    if settings.queue == "local":
        raise BadSetting("CHANGDU_QUEUE=local: a worker takes its jobs from Redis; set it to a redis:// address")
    from service.jobs.worker import Worker

    catalogue, synthesizers = voices(settings)
    speaking = _local_engine(settings, Blobs(settings.store), catalogue, synthesizers)
    try:
        await Worker(settings.queue, speaking, _versions(synthesizers), lanes).run()
    finally:
        await speaking.close()
        for each in synthesizers.values():
            await each.close()


def _local_engine(
    settings: Settings, blobs: Blobs, catalogue: Catalogue, synthesizers: Mapping[str, Synthesizer]
) -> LocalEngine:
    recorder = Recorder(blobs, catalogue, synthesizers, seconds=settings.segment_seconds)
    slots = {name: settings.voice_processes if name == "kokoro" else _ONLINE_SLOTS for name in synthesizers}
    return LocalEngine(recorder.record, slots=slots, limit=settings.waiting_segments)


def _versions(synthesizers: Mapping[str, Synthesizer]) -> dict[str, str]:
    return {name: synthesizer.version for name, synthesizer in synthesizers.items()}
