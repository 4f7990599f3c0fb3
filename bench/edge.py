"""The online voice: what it costs beside raw edge-tts, over the same local server that the tests use."""

import statistics
import time
from collections.abc import AsyncIterator

import edge_tts.communicate
from edge_tts import Communicate

from bench.setup import Setup
from bench.table import Row
from service.settings import resources
from service.speech.edge import EdgeSynthesizer
from service.speech.voice import Catalogue
from service.text.reading import read_aloud
from service.text.spoken import Spoken
from tests.speech.edge_server import EdgeServer

_SENTENCES = 20
_ROUNDS = 5


async def measure(setup: Setup) -> AsyncIterator[Row]:
    """Sentence by sentence, in turns; the server makes its tones in the same process, for both alike."""
    said = [spoken for spoken in read_aloud(setup.read()) if spoken.words][:_SENTENCES]
    voice = Catalogue.load(resources("voices")).get("zh-CN-XiaoxiaoNeural")
    raw, ours = list[float](), list[float]()
    async with EdgeServer().running() as server:
        edge_tts.communicate.WSS_URL = server.address  # type: ignore[attr-defined]
        synthesizer = EdgeSynthesizer()
        for _ in range(_ROUNDS):
            for spoken in said:
                raw.append(await _raw(spoken, voice.native))
                begun = time.perf_counter()
                await synthesizer.speak(voice, (spoken,), 1.0)
                ours.append(time.perf_counter() - begun)
        await synthesizer.close()
    theirs, here = statistics.median(raw) * 1000, statistics.median(ours) * 1000
    yield Row("edge, one sentence over a local server", f"{here:.1f} ms", f"raw edge-tts {theirs:.1f} ms")
    yield Row("edge, what is added to raw edge-tts", f"{here - theirs:.1f} ms", f"{here / theirs:.2f} x")


async def _raw(spoken: Spoken, native: str) -> float:
    begun = time.perf_counter()
    async for _ in Communicate(spoken.text, native, boundary="WordBoundary").stream():
        pass
    return time.perf_counter() - begun
