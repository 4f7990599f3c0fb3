"""A whole region on one machine: Redis, an object store that can fail, a speech server that counts, real processes."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

import aiohttp
from aiohttp import web
from aiohttp.test_utils import TestServer

from tests.speech.openai_server import SpeechServer

BUCKET = "changdu"


def end_with_parent() -> None:
    """When a measurement is told to stop, what it started ends as well."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


class WaitingServer(SpeechServer):
    """A speech server whose work is to wait: `seconds` for a request. `times` counts each text it was asked for."""

    def __init__(self, seconds: float) -> None:
        super().__init__()
        self.seconds = seconds

    @property
    def times(self) -> Counter[str]:
        return Counter(wish["input"] for wish in self.wishes)

    async def _speak(self, request: web.Request) -> web.StreamResponse:
        await asyncio.sleep(self.seconds)
        return await super()._speak(request)


class ObjectStore:
    """moto's S3 behind a door of our own: of the writes that come while `failing` is n, each n-th is refused."""

    def __init__(self) -> None:
        self.failing = 0
        self.refused = 0
        self._writes = 0
        self._url = f"http://127.0.0.1:{free_port()}"
        self.environment: dict[str, str] = {}

    @asynccontextmanager
    async def running(self) -> AsyncIterator["ObjectStore"]:
        command = [sys.executable, "-c", "from moto.server import main; main()", "-p", self._url.rpartition(":")[2]]
        moto = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        application = web.Application(client_max_size=1 << 30)
        application.router.add_route("*", "/{path:.*}", self._pass)
        try:
            async with aiohttp.ClientSession(auto_decompress=False) as self._session, TestServer(application) as door:
                await self._until_up()
                await self._session.put(f"{self._url}/{BUCKET}")
                self.environment = {
                    "AWS_ENDPOINT_URL": f"http://127.0.0.1:{door.port}",
                    "AWS_ALLOW_HTTP": "true",
                    "AWS_ACCESS_KEY_ID": "bench",
                    "AWS_SECRET_ACCESS_KEY": "bench",
                    "AWS_REGION": "us-east-1",
                    "CHANGDU_STORE": f"s3://{BUCKET}/store",
                }
                yield self
        finally:
            moto.kill()
            moto.wait()

    async def _until_up(self) -> None:
        for _ in range(400):
            try:
                async with self._session.get(self._url):
                    return
            except aiohttp.ClientConnectionError:
                await asyncio.sleep(0.05)
        raise TimeoutError("moto")

    async def _pass(self, request: web.Request) -> web.StreamResponse:
        body = await request.read()
        if request.method == "PUT" and self.failing:
            self._writes += 1
            if self._writes % self.failing == 0:
                self.refused += 1
                return web.Response(status=503, text="SlowDown")
        headers = {name: value for name, value in request.headers.items() if name not in ("Host", "Content-Length")}
        async with self._session.request(
            request.method, self._url + request.path_qs, headers=headers, data=body
        ) as reply:
            data = await reply.read()
            kept = {
                n: v
                for n, v in reply.headers.items()
                if n.lower() not in ("transfer-encoding", "content-length", "connection")
            }
            if request.method == "HEAD":
                kept["Content-Length"] = reply.headers.get("Content-Length", "0")
                return web.Response(status=reply.status, headers=kept)
            return web.Response(status=reply.status, headers=kept, body=data)


class Process:
    """A `changdu` command that runs until it is ended."""

    def __init__(self, *arguments: str, environment: dict[str, str], before: tuple[str, ...] = ()) -> None:
        command = [*before, sys.executable, "-m", "service.cli", *arguments]
        self._process = subprocess.Popen(command, env={**os.environ, **environment}, start_new_session=True)

    @property
    def pid(self) -> int:
        return self._process.pid

    def kill(self) -> None:
        """As the kernel does it: no word, no time."""
        if self._process.poll() is None:
            os.killpg(self._process.pid, 9)
        self._process.wait()

    def end(self) -> int:
        """As systemd does it; the exit status."""
        self._process.terminate()
        return self._process.wait(60)


@contextmanager
def processes() -> Iterator[list[Process]]:
    """A list whose processes are killed in the end."""
    running: list[Process] = []
    try:
        yield running
    finally:
        for process in running:
            process.kill()


@asynccontextmanager
async def served(environment: dict[str, str]) -> AsyncIterator[tuple[aiohttp.ClientSession, Process]]:
    """A client of a `changdu serve` of its own, once it answers."""
    port = free_port()
    process = Process("serve", "--port", str(port), environment=environment)
    try:
        timeout = aiohttp.ClientTimeout(total=120)
        connector = aiohttp.TCPConnector(limit=0, keepalive_timeout=2)  # below that of the server
        async with aiohttp.ClientSession(f"http://127.0.0.1:{port}", timeout=timeout, connector=connector) as client:
            for _ in range(2400):  # two minutes, on the busiest machine
                try:
                    async with client.get("/health"):
                        break
                except aiohttp.ClientConnectionError:
                    await asyncio.sleep(0.05)
            yield client, process
    finally:
        process.kill()
