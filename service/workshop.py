"""The workshop: the voices of this machine, the engine that has them speak, and a worker that speaks for others."""

from collections.abc import Collection
from typing import Final

from service.blobs.store import Blobs
from service.jobs.engine import LANES, Engine, Lane
from service.jobs.local import LocalEngine
from service.settings import BadSetting, Settings
from service.speech.cast import cast, sherpa_models
from service.speech.edge import EdgeSynthesizer
from service.speech.kokoro import Kokoro
from service.speech.openai import OpenAISynthesizer, Server
from service.speech.recorder import Recorder
from service.speech.synthesizer import Synthesizer

_ONLINE_SLOTS: Final = 4  # sentences that an online service is asked for at once


class Workshop:
    """`recorder` speaks in this process; `engine` is what has segments spoken, here or elsewhere."""

    def __init__(self, settings: Settings, blobs: Blobs) -> None:
        self._blobs = blobs
        self.catalogue = cast(settings)
        self.synthesizers: dict[str, Synthesizer] = {"kokoro": Kokoro(settings), "edge": EdgeSynthesizer()}
        if settings.openai_url:
            server = Server(url=settings.openai_url, key=settings.openai_key, model=settings.openai_model)
            self.synthesizers["openai"] = OpenAISynthesizer(server)
        for model in sherpa_models(settings):
            from service.speech.sherpa import Sherpa  # an extra

            self.synthesizers[model.synthesizer] = Sherpa(model, settings.voice_processes)
        self.recorder = Recorder(blobs, self.catalogue, self.synthesizers, seconds=settings.segment_seconds)
        self.engine: Engine = self._local(settings) if settings.queue == "local" else self._shared(settings)

    async def close(self) -> None:
        await self.engine.close()
        for each in self.synthesizers.values():
            await each.close()

    async def work(self, settings: Settings, lanes: Collection[Lane] = LANES) -> None:
        """Speak what waits in Redis until the process is told to end; raises BadSetting where no Redis is named.

        Raises StoreUnavailable or StorageFull where nothing can be stored.
        """
        if settings.queue == "local":
            raise BadSetting("CHANGDU_QUEUE=local: a worker takes its jobs from Redis; set it to a redis:// address")
        from service.jobs.worker import Worker

        await self._blobs.put("ready", b"ready")  # a worker that cannot store says so before it takes a job
        local = self._local(settings)
        try:
            await Worker(settings.queue, local, self._versions(), lanes).run()
        finally:
            await local.close()

    def _shared(self, settings: Settings) -> Engine:
        from service.jobs.saq import SaqEngine  # an extra, which one machine does without

        seconds, limit = settings.segment_seconds, settings.waiting_segments
        return SaqEngine(settings.queue, self._versions(), seconds=seconds, limit=limit)

    def _local(self, settings: Settings) -> LocalEngine:
        embedded = {"kokoro": settings.voice_processes} | {model.synthesizer: 1 for model in sherpa_models(settings)}
        slots = {name: embedded.get(name, _ONLINE_SLOTS) for name in self.synthesizers}
        return LocalEngine(self.recorder.record, slots=slots, limit=settings.waiting_segments)

    def _versions(self) -> dict[str, str]:
        return {name: synthesizer.version for name, synthesizer in self.synthesizers.items()}
