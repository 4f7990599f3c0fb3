"""Speaking a whole article: the service against the best raw arrangement of the same model runs, in one run."""

import asyncio
import multiprocessing
import time
from collections.abc import AsyncIterator
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import onnxruntime

from bench.setup import Setup, house, spoken, warm
from bench.table import Row, at_most
from service.article import Article
from service.settings import resources
from service.speech.kokoro import Kokoro
from service.speech.model import assemble, has_vnni, packaged
from service.speech.segments import plan
from service.speech.voice import Catalogue
from service.speech.voicebox import VoiceBox
from service.text.reading import read_aloud

_ARRANGEMENTS = ((2, 1), (1, 2))
"""Processes, and threads in each."""
Run = tuple[list[int], bytes]
"""Token ids and the style vector's bytes of one run of the model."""

_session: onnxruntime.InferenceSession


async def measure(setup: Setup) -> AsyncIterator[Row]:
    async with house() as (at, settings):
        article = (await at.library.add(setup.document())).article
        await warm(at)
        begun = time.perf_counter()
        track = await spoken(at, article)
        ours = time.perf_counter() - begun
    sounding = (track.duration_ms or 0) / 1000
    yield at_most(
        "real-time factor, a whole article on all cores", ours / sounding, 0.14, "{:.3f}", f"{sounding:.0f} s"
    )
    model = assemble(settings.cache, vnni=has_vnni())
    runs = model_runs(setup.read(), VoiceBox(model, resources("voices") / "kokoro"), settings.voice)
    with TemporaryDirectory() as folder:
        came = Path(folder) / "came.onnx"
        came.write_bytes(packaged())
        for what, path in (("the model as rebuilt, nothing skipped", model), ("the model as it came", came)):
            raw = {each: await asyncio.to_thread(_raw, path, runs, *each) for each in _ARRANGEMENTS}
            for (processes, threads), (seconds, samples) in raw.items():
                yield Row(f"    {what}, {processes} x {threads} threads", f"{seconds * 24_000 / samples:.3f}")
            best = min(seconds for seconds, _ in raw.values())
            yield at_most(f"a whole article, against {what}, arranged best", ours / best, 1.1, "{:.2f} x")


def model_runs(article: Article, box: VoiceBox, voice_id: str) -> list[Run]:
    """What the model is run with for an article's segments."""
    voice = Catalogue.load(resources("voices")).get(voice_id)
    said = tuple(spoken for spoken in read_aloud(article) if spoken.words)
    return [
        (said.tokens, box.style(voice, len(said.symbols)).tobytes())
        for segment in plan(said, voice, Kokoro.version)
        for sentence in segment.sentences
        for _, said in box.parts(sentence)
    ]


def _raw(model: Path, runs: list[Run], processes: int, threads: int) -> tuple[float, int]:
    """Seconds for all runs in so many processes of so many threads, started and warmed before, and samples made."""
    context = multiprocessing.get_context("spawn")
    with context.Pool(processes, _prepare, (str(model), threads)) as pool:
        pool.map(_infer, runs[: 2 * processes], chunksize=1)
        begun = time.perf_counter()
        samples = sum(pool.imap_unordered(_infer, runs, chunksize=1))
        return time.perf_counter() - begun, samples


def _prepare(model: str, threads: int) -> None:
    global _session
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads, options.inter_op_num_threads = threads, 1
    options.log_severity_level = 3
    _session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])


def _infer(run: Run) -> int:
    tokens, style = run
    inputs = {
        "tokens": np.array([[0, *tokens, 0]], np.int64),
        "style": np.frombuffer(style, np.float32)[None],
        "speed": np.ones(1, np.float32),
    }
    return int(_session.run(["audio"], inputs)[0].size)
