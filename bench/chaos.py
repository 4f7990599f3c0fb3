"""What production does, to real processes: workers killed, Redis restarted, writes refused, a disk full, a clock moved.

Run: `python -m bench.chaos`; needs `redis-server`, and `faketime` for the clock (Debian packages of those names).
"""

import asyncio
import os
import shutil
import subprocess
import tempfile
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path

import aiohttp

from bench.cluster import ObjectStore, Process, WaitingServer, end_with_parent, processes, served
from service.article import Article
from service.intake.document import Document
from service.intake.reader import read
from service.text.reading import read_aloud
from tests.jobs.redis import RedisServer
from tests.speech.openai_server import CHARACTER_MS

_SEGMENTS = 300
_VOICE = "openai-alloy"
_WAIT = 0.25  # seconds that the speech server takes for a sentence
_SLACK = 150  # ms: silence is trimmed at both ends
_BACK = 15.0  # seconds in which the service has to be back


class Region:
    """One server, and workers that come and go."""

    def __init__(
        self, client: aiohttp.ClientSession, speech: WaitingServer, environment: dict[str, str], workers: list[Process]
    ) -> None:
        self.client = client
        self.speech = speech
        self.workers = workers
        self._environment = environment

    def work(self, *before: str) -> Process:
        worker = Process("work", environment=self._environment, before=before)
        self.workers.append(worker)
        return worker

    async def read(self, name: str, disaster: Callable[["Region", str], Coroutine[None, None, None]]) -> str:
        """Have 300 sentences read while a disaster happens; a line of what came of it."""
        article = f"{name}\n\n" + "\n\n".join(
            f"{name}的第{n}句，内容各不相同{n * 7919 % 1000}。" for n in range(_SEGMENTS - 1)
        )
        id = (await self._post("/articles", data=article.encode(), headers={"Content-Type": "text/plain"}))["id"]
        before = len(self.speech.wishes)
        begun = time.monotonic()
        track = (await self._post(f"/articles/{id}/tracks", json={"voice": _VOICE}))["id"]
        happening = asyncio.create_task(disaster(self, track))
        state = await self.final(track)
        await happening
        seconds = time.monotonic() - begun
        asked = self.speech.wishes[before:]
        texts = {wish["input"] for wish in asked}
        wrong = await self._wrong(track, read(Document(body=article.encode())))
        again = len(asked) - len(texts)
        return f"{name:28} {state:8} made {len(texts):4}  wrong {wrong}  twice {again:3} ({again / len(texts):.1%})  {seconds:5.1f} s"

    async def final(self, track: str) -> str:
        """`ready`, however often the track has to be asked for again."""
        while True:
            try:
                async with self.client.get(f"/tracks/{track}") as response:
                    state = str((await response.json())["state"])
            except (aiohttp.ClientError, KeyError, TimeoutError):
                state = "unreachable"
            if state == "ready":
                return state
            await asyncio.sleep(0.25)

    async def made(self, track: str, share: float) -> None:
        """Wait until a share of the segments is there."""
        while True:
            async with self.client.get(f"/tracks/{track}") as response:
                segments = (await response.json()).get("segments", ())
            if sum(segment["state"] == "ready" for segment in segments) >= share * _SEGMENTS:
                return
            await asyncio.sleep(0.1)

    async def _post(self, path: str, **body: object) -> dict[str, str]:
        async with self.client.post(path, **body) as response:  # type: ignore[arg-type]
            found: dict[str, str] = await response.json()
            return found

    async def _wrong(self, track: str, article: Article) -> int:
        """Sentences that are missing, or whose sound is not as long as the speech server makes that sentence."""
        async with self.client.get(f"/tracks/{track}.json") as response:
            segments = (await response.json())["segments"]
        heard: Counter[str] = Counter()  # a sentence that is cut after its first clause has two cues
        for cue in (cue for segment in segments for cue in segment["cues"]):
            heard[cue["sentence"]] += cue["end_ms"] - cue["start_ms"]
        said = {spoken.sentence.id: len(spoken.text) * CHARACTER_MS for spoken in read_aloud(article)}
        return sum(abs(heard[id] - length) > _SLACK for id, length in said.items())


async def nothing(region: Region, track: str) -> None:
    """The measure for the others."""


async def kills(region: Region, track: str) -> None:
    for share in (0.2, 0.5):
        await region.made(track, share)
        region.workers.pop(0).kill()
        region.work()


async def restart(redis: RedisServer, region: Region, track: str) -> None:
    await region.made(track, 0.3)
    redis.stop()
    await asyncio.sleep(1)
    redis.start()


async def refusals(store: ObjectStore, region: Region, track: str) -> None:
    store.failing = 10
    await region.made(track, 0.9)
    store.failing = 0


async def skew(region: Region, track: str) -> None:
    """A worker whose clock is an hour ahead joins, and one whose clock is an hour behind."""
    await region.made(track, 0.1)
    ahead, behind = region.work("faketime", "-f", "+1h"), region.work("faketime", "-f", "-1h")
    await region.made(track, 0.9)
    for worker in (ahead, behind):
        region.workers.remove(worker)
        worker.end()


async def outage(region: Region, track: str) -> None:
    """Every worker is killed at once; the time until a segment is made again."""
    await region.made(track, 0.3)
    for worker in region.workers:
        worker.kill()
    region.workers.clear()
    begun, before = time.monotonic(), len(region.speech.wishes)
    region.work()
    region.work()
    while len(region.speech.wishes) == before:
        await asyncio.sleep(0.05)
    print(f"    speaking again {time.monotonic() - begun:.1f} s after every worker was killed (at most {_BACK:.0f})")


@asynccontextmanager
async def region(environment: dict[str, str], speech: WaitingServer) -> AsyncIterator[Region]:
    with processes() as workers:
        async with served(environment) as (client, _):
            here = Region(client, speech, environment, workers)
            here.work()
            here.work()
            yield here


async def full_disk(environment: dict[str, str], speech: WaitingServer) -> None:
    """The same on a disk of 3 MB that is full until it is made larger."""
    folder = tempfile.mkdtemp()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", folder], capture_output=True).returncode:
        print("full disk              not measured: a small disk can be mounted by root only")
        return

    async def fuller(here: Region, track: str) -> None:
        refused = ""
        while not refused:
            async with here.client.get(f"/tracks/{track}") as response:
                found = await response.json()
            refused = found.get("problem", {}).get("type", "") if found.get("problem") else ""
            await asyncio.sleep(0.2)
        print(f"    the listener is told: {found['problem']}")
        subprocess.run(["mount", "-o", "remount,size=64m", folder], check=True)
        begun = time.monotonic()
        while found.get("state") != "working":
            async with here.client.post(f"/articles/{found['article']}/tracks", json={"voice": _VOICE}) as response:
                found = await response.json() if response.status < 300 else found
            await asyncio.sleep(0.2)
        print(f"    made again {time.monotonic() - begun:.1f} s after there was room (at most {_BACK:.0f})")

    try:
        async with region({**environment, "CHANGDU_STORE": folder}, speech) as here:
            print(await here.read("full disk（磁盘已满）", fuller))
    finally:
        subprocess.run(["umount", folder], check=True)


@asynccontextmanager
async def objects() -> AsyncIterator[tuple[dict[str, str], ObjectStore | None]]:
    """The object store that CHANGDU_STORE names, with its AWS_* variables, or else moto's, whose writes can be refused."""
    if os.environ.get("CHANGDU_STORE", "").startswith("s3://"):
        yield {}, None
    else:
        async with ObjectStore().running() as store:
            yield store.environment, store


async def main() -> None:
    folder = Path(tempfile.mkdtemp())
    redis = RedisServer(folder, keeps=True)
    redis.start()
    try:
        async with WaitingServer(_WAIT).running() as speech, objects() as (environment, store):
            environment |= {
                "CHANGDU_QUEUE": redis.url,
                "CHANGDU_OPENAI_URL": speech.url,
                "CHANGDU_OPENAI_VOICES": "alloy",
            }
            async with region(environment, speech) as here:
                print(await here.read("nothing happens（平常）", nothing))
                print(await here.read("two workers killed（两个进程被杀）", kills))
                print(await here.read("redis restarted（队列重启）", partial(restart, redis)))
                if store is not None:
                    print(await here.read("one write in ten（写入失败）", partial(refusals, store)))
                    print(f"    writes refused: {store.refused}")
                if shutil.which("faketime"):
                    print(await here.read("clocks an hour off（时钟拨动）", skew))
                print(await here.read("every worker killed（进程全灭）", outage))
            if store is not None:
                await full_disk(environment, speech)
    finally:
        redis.stop()
        shutil.rmtree(folder)


if __name__ == "__main__":
    end_with_parent()
    asyncio.run(main())
