"""Speaking a whole article: the service against the best raw arrangement of the same model runs, in one run.

Run: `python -m bench.speech ARTICLE.txt`
"""

import asyncio
import multiprocessing
import sys
import tempfile
import time
from pathlib import Path

import msgspec
import numpy as np
import onnxruntime

from service.app import House, build
from service.article import Article
from service.intake.document import Document
from service.intake.reader import read
from service.settings import load, resources
from service.speech.kokoro import Kokoro
from service.speech.model import assemble, has_vnni
from service.speech.segments import plan
from service.speech.voice import Catalogue
from service.speech.voicebox import VoiceBox
from service.text.reading import read_aloud

Run = tuple[list[int], bytes]
"""Token ids and the style vector's bytes of one run of the model."""

_session: onnxruntime.InferenceSession


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


def raw(model: Path, runs: list[Run], processes: int, threads: int) -> tuple[float, int]:
    """Seconds for all runs in so many processes of so many threads, started and warmed before, and samples made."""
    context = multiprocessing.get_context("spawn")
    with context.Pool(processes, _prepare, (str(model), threads)) as pool:
        pool.map(_infer, runs[: 2 * processes], chunksize=1)
        begun = time.perf_counter()
        samples = sum(pool.imap_unordered(_infer, runs, chunksize=1))
        return time.perf_counter() - begun, samples


async def ours(house: House, article: Article) -> float:
    """Seconds from asking for the track to its being ready, with the processes warm."""
    warm = await house.library.add(Document(body="试音。\n\n请稍等片刻，马上开始。\n\n这是最后一句。".encode()))
    async for _ in house.studio.events((await house.studio.open(warm.article)).id):
        pass
    begun = time.perf_counter()
    track = await house.studio.open(article)
    async for event in house.studio.events(track.id):
        if event.kind == "failed":
            raise RuntimeError(msgspec.json.encode(event.data).decode())
    return time.perf_counter() - begun


def model_runs(article: Article, box: VoiceBox, voice_id: str) -> list[Run]:
    """What the model is run with for an article's segments."""
    voice = Catalogue.load(resources("voices")).get(voice_id)
    spoken = tuple(spoken for spoken in read_aloud(article) if spoken.words)
    return [
        (said.tokens, box.style(voice, len(said.symbols)).tobytes())
        for segment in plan(spoken, voice, Kokoro.version)
        for sentence in segment.sentences
        for _, said in box.parts(sentence)
    ]


async def main(path: str, text: bytes) -> None:
    with tempfile.TemporaryDirectory() as store:
        settings = load({"CHANGDU_STORE": store})
        house = build(settings)
        document = Document(body=text, name=path)
        article = (await house.library.add(document)).article
        model = assemble(settings.cache, vnni=has_vnni())
        runs = model_runs(read(document), VoiceBox(model, resources("voices") / "kokoro"), settings.voice)
        results = {}
        for processes, threads in ((2, 1), (1, 2)):
            results[processes, threads] = await asyncio.to_thread(raw, model, runs, processes, threads)
        seconds = await ours(house, article)
        await house.close()
    (best, samples), arrangement = min((result, key) for key, result in results.items())
    sound = samples / 24_000
    for (processes, threads), (took, _) in results.items():
        print(f"raw, {processes} x {threads} threads     {took:6.1f} s   real-time factor {took / sound:.3f}")
    print(
        f"changdu, whole article  {seconds:6.1f} s   {seconds / best:.2f} x the best raw {arrangement} (reach <= 1.1)"
    )


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], Path(sys.argv[1]).read_bytes()))
