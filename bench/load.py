"""Load: pages a second against bare Starlette, a thousand readers at once, workers side by side, a day in minutes.

Run: `python -m bench.load [pages|crowd|workers|day]...`; needs `wrk` and `redis-server` (Debian packages of those names).
"""

import asyncio
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
from aiohttp import web
from aiohttp.test_utils import TestServer

from bench.cluster import Process, WaitingServer, end_with_parent, free_port, processes, served
from tests.jobs.redis import RedisServer

_READERS = 1000
_SECONDS = 6
_DAY = 20 * 60  # seconds into which a day is compressed
_BARE = """
import sys
import uvicorn
from starlette.applications import Starlette
from starlette.responses import Response
from starlette.routing import Route
body = open(sys.argv[1], "rb").read()
status, encoding = int(sys.argv[3]), sys.argv[4]
headers = {"ETag": '"x"', **({"Content-Encoding": encoding} if encoding else {})}
async def page(request):
    return Response(body if status == 200 else b"", status, headers, media_type="text/html")
app = Starlette(routes=[Route("/articles/{id}/elder", page)])
uvicorn.run(app, port=int(sys.argv[2]), access_log=False, log_level="error")
"""


def article(title: str, paragraphs: int = 20) -> str:
    sentences = [
        f"{title}的第{n}段说的是社区教育，老年人学习书法、声乐和使用手机，第{n}次活动有{n + 7}人参加。"
        for n in range(paragraphs)
    ]
    body = "".join(f"<p>{sentence}{sentence.replace('第', '另外第')}</p>" for sentence in sentences)
    return f"<!doctype html><html lang=zh><title>{title}</title><body><article><h1>{title}</h1>{body}</article></body></html>"


class Origin:
    """A site of articles. `times` counts how often each path was fetched."""

    def __init__(self) -> None:
        self.times: Counter[str] = Counter()
        self.url = ""

    @asynccontextmanager
    async def running(self) -> AsyncIterator["Origin"]:
        application = web.Application()
        application.router.add_get("/{name}", self._page)
        async with TestServer(application) as server:
            self.url = f"http://127.0.0.1:{server.port}"
            self.environment = {"CHANGDU_FETCH_ALLOW": "127.0.0.1", "CHANGDU_FETCH_PORTS": str(server.port)}
            yield self

    async def _page(self, request: web.Request) -> web.Response:
        self.times[request.path] += 1
        await asyncio.sleep(0.05)
        return web.Response(text=article(request.match_info["name"]), content_type="text/html")


async def _wrk(url: str, **headers: str) -> float:
    options = [f"-H{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    command = ["wrk", "-t1", "-c32", f"-d{_SECONDS}s", *options, url]
    process = await asyncio.create_subprocess_exec(*command, stdout=subprocess.PIPE)
    output = (await process.communicate())[0].decode()
    found = re.search(r"Requests/sec:\s+([\d.]+)", output)
    assert found, output
    return float(found.group(1))


async def pages(folder: Path) -> None:
    """A stored page: whole, by brotli and unchanged, each against Starlette returning the same bytes, in turns."""
    async with served({"CHANGDU_STORE": str(folder / "pages")}) as (client, _):
        body = article("读者", 20).encode()
        async with client.post("/articles", data=body, headers={"Content-Type": "text/html"}) as response:
            id = (await response.json())["id"]
        path = f"/articles/{id}/elder?script=zh-Hans"
        ours = f"{client._base_url}".rstrip("/") + path
        for name, headers in {"whole": {}, "brotli": {"Accept-Encoding": "br"}, "304": {"If-None-Match": ""}}.items():
            async with client.get(path, headers={"Accept-Encoding": "identity"}) as response:
                etag = response.headers["ETag"]
            headers = {key: value or etag for key, value in headers.items()}
            asked = {"Accept-Encoding": "identity", **headers}
            async with aiohttp.ClientSession(auto_decompress=False) as raw, raw.get(ours, headers=asked) as response:
                page, status = await response.read(), response.status
                encoding = response.headers.get("Content-Encoding", "")
            stored, port = folder / "page", free_port()
            stored.write_bytes(page)
            command = [sys.executable, "-c", _BARE, str(stored), str(port), str(status), encoding]
            bare = subprocess.Popen(command)
            await asyncio.sleep(2)
            try:
                rates = [
                    (await _wrk(ours, **asked), await _wrk(f"http://127.0.0.1:{port}/articles/{id}/elder", **asked))
                    for _ in range(3)
                ]
            finally:
                bare.kill()
                bare.wait()
            changdu, starlette = (statistics.median(rate) for rate in zip(*rates, strict=True))
            ratio = changdu / starlette
            print(
                f"stored page, {name:7} {changdu:7.0f} a second, starlette {starlette:7.0f}: {ratio:.2f} (at least .9)"
            )


async def crowd(folder: Path) -> None:
    """A thousand readers at once open, read and listen to one article that nobody has asked for."""
    async with Origin().running() as origin, WaitingServer(0.2).running() as speech:
        environment = {
            **origin.environment,
            "CHANGDU_STORE": str(folder / "crowd"),
            "CHANGDU_OPENAI_URL": speech.url,
            "CHANGDU_OPENAI_VOICES": "alloy",
        }
        async with served(environment) as (client, _):
            await _once(client, "warm", origin.url + "/热身")
            opened, page, sound = [], [], []

            async def reader() -> None:
                begun = time.perf_counter()
                async with client.post("/articles", json={"url": f"{origin.url}/新闻"}) as response:
                    assert response.status in (200, 201), await response.text()
                    id = (await response.json())["id"]
                opened.append(time.perf_counter() - begun)
                begun = time.perf_counter()
                async with client.get(f"/articles/{id}/elder") as response:
                    assert response.status == 200
                    await response.read()
                page.append(time.perf_counter() - begun)
                async with client.post(f"/articles/{id}/tracks", json={"voice": "openai-alloy"}) as response:
                    assert response.status in (200, 202), await response.text()
                    track = (await response.json())["id"]
                async with client.get(f"/tracks/{track}/segments/0.mp3") as response:
                    assert response.status == 200
                    await response.read()
                sound.append(time.perf_counter() - begun)

            await asyncio.gather(*(reader() for _ in range(_READERS)))
            while True:
                async with client.post("/articles", json={"url": f"{origin.url}/新闻"}) as response:
                    id = (await response.json())["id"]
                async with client.post(f"/articles/{id}/tracks", json={"voice": "openai-alloy"}) as response:
                    if (await response.json())["state"] == "ready":
                        break
                await asyncio.sleep(0.5)
            fetched = sum(times for path, times in origin.times.items() if "%E6%96%B0" in path or "新闻" in path)
            print(f"{_READERS} readers at once: fetched {fetched} time, segments spoken twice {_twice(speech)}")
            for what, times in (("opening", opened), ("page", page), ("first sound", sound)):
                print(f"    {what:12} median {statistics.median(times):.2f} s, 99th percentile {_p99(times):.2f} s")


async def workers(folder: Path) -> None:
    """Sentences a second of one, two and four workers when the voice is a service that waits."""
    redis = RedisServer(folder)
    redis.start()
    try:
        rates = {}
        for count in (1, 2, 4):
            async with WaitingServer(3.0).running() as speech:
                environment = {
                    "CHANGDU_STORE": str(folder / f"workers{count}"),
                    "CHANGDU_QUEUE": redis.url,
                    "CHANGDU_OPENAI_URL": speech.url,
                    "CHANGDU_OPENAI_VOICES": "alloy",
                }
                with processes() as running:
                    running += [Process("work", environment=environment) for _ in range(count)]
                    async with served(environment) as (client, _):
                        rates[count] = await _throughput(client, speech)
            print(f"{count} workers: {rates[count]:5.1f} sentences a second, {rates[count] / rates[1]:.2f} x one")
    finally:
        redis.stop()


async def _throughput(client: aiohttp.ClientSession, speech: WaitingServer) -> float:
    for number in range(8):
        async with client.post(
            "/articles", data=article(f"第{number}篇", 40).encode(), headers={"Content-Type": "text/html"}
        ) as response:
            id = (await response.json())["id"]
        async with client.post(f"/articles/{id}/tracks", json={"voice": "openai-alloy"}) as response:
            assert response.status == 202
    await asyncio.sleep(6)
    before, begun = len(speech.wishes), time.monotonic()
    await asyncio.sleep(15)
    return (len(speech.wishes) - before) / (time.monotonic() - begun)


async def day(folder: Path) -> None:
    """A day of mixed traffic in twenty minutes: no answer of 500, and neither memory nor file handles grow."""
    async with Origin().running() as origin, WaitingServer(0.05).running() as speech:
        environment = {
            **origin.environment,
            "CHANGDU_STORE": str(folder / "day"),
            "CHANGDU_OPENAI_URL": speech.url,
            "CHANGDU_OPENAI_VOICES": "alloy",
        }
        async with served(environment) as (client, process):
            statuses: Counter[int] = Counter()
            end, notes = time.monotonic() + _DAY, []

            async def visitor(number: int) -> None:
                choose = random.Random(number)
                while time.monotonic() < end:
                    for status in await _visit(client, origin.url, choose):
                        statuses[status] += 1

            async def watch() -> None:
                while time.monotonic() < end:
                    notes.append(_state(process.pid))
                    await asyncio.sleep(_DAY / 40)

            await asyncio.gather(watch(), *(visitor(number) for number in range(12)))
            half = notes[len(notes) // 2 :]
            print(
                f"a day in {_DAY // 60} minutes: {sum(statuses.values())} requests, statuses {dict(sorted(statuses.items()))}"
            )
            for name, before, after in zip(("MB", "open files"), half[0], half[-1], strict=True):
                print(f"    {name}: {before} in the middle, {after} in the end")


async def _visit(client: aiohttp.ClientSession, origin: str, choose: random.Random) -> list[int]:
    statuses = []

    async def ask(method: str, path: str, **more: object) -> dict[str, str]:
        async with client.request(method, path, **more) as response:  # type: ignore[arg-type]
            statuses.append(response.status)
            body = await response.read()
            return await response.json() if "json" in response.headers.get("Content-Type", "") and body else {}

    id = (await ask("POST", "/articles", json={"url": f"{origin}/{int(choose.paretovariate(0.4)) % 5000}"})).get(
        "id", "none"
    )
    view, theme = choose.choice(["elder", "accessible"]), choose.choice(["original", "black-on-white", "nonsense"])
    script = choose.choice(["", "zh-Hans", "zh-Hant", "zh-Hant-TW", "zh-Hant-HK"])
    await ask("GET", f"/articles/{id}/{view}?script={script}&theme={theme}")
    if choose.random() < 0.2:
        track = (await ask("POST", f"/articles/{id}/tracks", json={"voice": "openai-alloy"})).get("id", "none")
        await ask("GET", f"/tracks/{track}/segments/0.mp3")
        await ask("GET", f"/tracks/{track}.vtt")
    if choose.random() < 0.1:
        await ask(
            "GET", choose.choice(["/", "/help", "/voices", "/nothing", f"/articles/{id}/report", "/openapi.json"])
        )
    return statuses


async def _once(client: aiohttp.ClientSession, name: str, url: str) -> None:
    async with client.post("/articles", json={"url": url}) as response:
        id = (await response.json())["id"]
    async with client.get(f"/articles/{id}/elder") as response:
        await response.read()


def _twice(speech: WaitingServer) -> int:
    return sum(times - 1 for times in speech.times.values())


def _p99(times: list[float]) -> float:
    return sorted(times)[int(len(times) * 0.99)]


def _state(pid: int) -> tuple[int, int]:
    """Resident MB and open files of a process and its children."""
    memory = files = 0
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            fields = dict(line.split(":\t", 1) for line in status.read_text().splitlines() if ":\t" in line)
            if pid in (int(fields["Pid"]), int(fields["PPid"])):
                memory += int(fields.get("VmRSS", "0").split()[0]) // 1024
                files += len(list((status.parent / "fd").iterdir()))
        except OSError:
            continue
    return memory, files


MEASURES: dict[str, Callable[[Path], Coroutine[None, None, None]]] = {
    "pages": pages,
    "crowd": crowd,
    "workers": workers,
    "day": day,
}


async def main(names: list[str]) -> None:
    for name in names or MEASURES:
        with tempfile.TemporaryDirectory() as folder:
            await MEASURES[name](Path(folder))


if __name__ == "__main__":
    end_with_parent()
    asyncio.run(main(sys.argv[1:]))
