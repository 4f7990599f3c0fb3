"""A server while it is listened to: the first sound, what its processes hold, and pages meanwhile."""

import asyncio
import statistics
import time
from collections.abc import AsyncIterator
from pathlib import Path
from tempfile import TemporaryDirectory

import aiohttp

from bench.cluster import served
from bench.setup import Setup
from bench.table import Row, at_most
from service.settings import load, resources
from service.speech.kokoro import Kokoro
from service.speech.segments import plan
from service.speech.voice import Catalogue
from service.text.reading import read_aloud

_WARMING = "试音。\n\n这是一句试音的话，请稍等。\n\n这是第二句。"
_TURNS = 5
_EVERY = 0.1  # seconds between two requests
_SECONDS = 20
_BUSY = 100.0  # milliseconds for an idle server's page
_KINDS = {
    "onnxruntime": "speaking",
    "rjieba": "preparing text",
    "lxml": "reading documents",
}  # by what they have loaded


async def first(setup: Setup) -> AsyncIterator[Row]:
    """From the POST of an article that the server has never seen to its first segment's sound, and memory around it."""
    text = setup.article.read_text("utf-8")
    times = []
    with TemporaryDirectory() as store:
        async with served({"CHANGDU_STORE": store}) as (client, process):
            idle = max(memory(process.pid).values())
            await _finished(client, await _opened(client, _WARMING))
            for turn in range(_TURNS):  # another rate each time: a segment that was spoken once comes from the store
                begun = time.perf_counter()
                track = await _opened(client, f"{text}\n\n第{turn}次测量。", 1.0 - turn / 100)
                async with client.get(f"/tracks/{track}/segments/0.mp3") as response:
                    response.raise_for_status()
                    await response.read()
                times.append(time.perf_counter() - begun)
                await _finished(client, track)
            peaks = memory(process.pid, "VmHWM")
    median, alone = statistics.median(times), await _alone(setup)
    note = f"worst {max(times):.2f} s; its model alone {alone:.2f} s"
    yield at_most("first playable audio of an article never seen, median", median, 0.8, "{:.2f} s", note)
    yield at_most("    against 1.3 x the model alone and 0.1 s", median / (1.3 * alone + 0.1), 1, "{:.2f} x")
    yield at_most("memory of the largest process before anybody listens", idle, 150, "{:.0f} MB")
    for name, megabytes in sorted(peaks.items(), key=lambda peak: -peak[1]):
        yield at_most(f"peak memory of {name}", megabytes, 700, "{:.0f} MB", f"after {_TURNS} articles")


async def pages(setup: Setup) -> AsyncIterator[Row]:
    """A request each 100 ms whether or not the last was answered: one for a stored page, one for a page to render."""
    text = setup.article.read_text("utf-8")
    with TemporaryDirectory() as store:
        async with served({"CHANGDU_STORE": store}) as (client, _):
            await _finished(client, await _opened(client, _WARMING))
            async with client.post("/articles", data=text.encode(), headers={"Content-Type": "text/plain"}) as response:
                id = (await response.json())["id"]
            await _latencies(client, id, 2, inks=0xE00000)
            idle = await _latencies(client, id, _SECONDS, inks=0xD00000)
            tracks = [await _opened(client, f"{text}\n\n第{turn}篇。", 1.0 - turn / 50) for turn in range(1, 3)]
            busy = await _latencies(client, id, _SECONDS, inks=0xC00000)
            states = [await _state(client, track) for track in tracks]
    if _median(idle) > _BUSY:
        raise RuntimeError(f"the machine is busy with something else: idle median {_median(idle):.0f} ms")
    if states != ["working"] * 2:
        raise RuntimeError(f"the articles were spoken before the measure ended: {states}; it needs longer ones")
    note = f"{_p99(busy):.1f} against {_p99(idle):.1f} ms; medians {_median(busy):.1f} and {_median(idle):.1f} ms"
    yield at_most("pages' 99th percentile while two articles are spoken", _p99(busy) / _p99(idle), 3, "{:.2f} x", note)


def memory(pid: int, field: str = "VmRSS") -> dict[str, int]:
    """MB of a process and of each below it; with `VmHWM` the most it ever was."""
    found, parents = {}, dict[int, tuple[int, str, int]]()
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            fields = dict(line.split(":\t", 1) for line in status.read_text().splitlines() if ":\t" in line)
            maps = (status.parent / "maps").read_text()
        except OSError:
            continue
        if field in fields:
            kind = next((kind for library, kind in _KINDS.items() if library in maps), "other")
            parents[int(fields["Pid"])] = int(fields["PPid"]), kind, int(fields[field].split()[0]) // 1024
    for each, (parent, kind, megabytes) in sorted(parents.items()):
        if each == pid:
            found["the server"] = megabytes
        elif parent == pid:
            found[f"process {each}, {kind}"] = megabytes
    return found


async def _alone(setup: Setup) -> float:
    """Seconds that the synthesizer itself takes for the first segment of the article, warm, median of five."""
    settings = load({})
    voice = Catalogue.load(resources("voices")).get(settings.voice)
    said = tuple(spoken for _, spoken in zip(range(2), read_aloud(setup.read()), strict=False))
    kokoro = Kokoro(settings)
    segment, times = plan(said, voice, kokoro.version)[0], []
    try:
        for _ in range(6):
            begun = time.perf_counter()
            await kokoro.speak(voice, segment.sentences, 1.0)
            times.append(time.perf_counter() - begun)
    finally:
        await kokoro.close()
    return statistics.median(times[1:])


async def _opened(client: aiohttp.ClientSession, text: str, rate: float = 1.0) -> str:
    """The track of an article just taken in, begun."""
    async with client.post("/articles", data=text.encode(), headers={"Content-Type": "text/plain"}) as response:
        response.raise_for_status()
        id = (await response.json())["id"]
    async with client.post(f"/articles/{id}/tracks", json={"rate": rate}) as response:
        response.raise_for_status()
        track: str = (await response.json())["id"]
    return track


async def _state(client: aiohttp.ClientSession, track: str) -> str:
    async with client.get(f"/tracks/{track}") as response:
        state: str = (await response.json())["state"]
    return state


async def _finished(client: aiohttp.ClientSession, track: str) -> None:
    while await _state(client, track) == "working":
        await asyncio.sleep(0.25)


async def _latencies(client: aiohttp.ClientSession, id: str, seconds: float, *, inks: int) -> list[float]:
    """Milliseconds from when each request was due to its last byte. No two that are rendered have one ink, counted from
    `inks`, since pages are remembered."""
    begun = time.perf_counter()

    async def ask(number: int) -> float:
        due = begun + number * _EVERY
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        own = f"&theme=own&ink={inks + number:06x}" if number % 2 else ""
        async with client.get(f"/articles/{id}/elder?script=zh-Hans{own}") as response:
            response.raise_for_status()
            await response.read()
        return (time.perf_counter() - due) * 1000

    return await asyncio.gather(*(ask(number) for number in range(round(seconds / _EVERY))))


def _p99(times: list[float]) -> float:
    return sorted(times)[int(len(times) * 0.99)]


def _median(times: list[float]) -> float:
    return statistics.median(times)
