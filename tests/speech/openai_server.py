"""A local server that speaks OpenAI's `/v1/audio/speech`, with its failures on demand."""

import asyncio
import io
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Literal, Self

import numpy as np
import soundfile
from aiohttp import web
from aiohttp.test_utils import TestServer

Failure = Literal["busy", "broken", "refused", "unknown", "redirect", "reset", "hang", "silence", "page"]

CHARACTER_MS = 200  # for every letter and character
HEAD_MS, TAIL_MS = 150, 500  # of silence


class SpeechServer:
    """`failures` are used up one a request; then every request succeeds, or fails as `always` says."""

    def __init__(self) -> None:
        self.failures: deque[Failure] = deque()
        self.always: Failure | None = None
        self.rate = 24_000
        self.channels = 1
        self.kind = ("WAV", "PCM_16")
        self.wishes: list[dict[str, Any]] = []
        self.keys: list[str | None] = []
        self.url = ""

    @asynccontextmanager
    async def running(self) -> AsyncIterator[Self]:
        application = web.Application()
        application.router.add_post("/v1/audio/speech", self._speak)
        async with TestServer(application) as server:
            self.url = f"http://127.0.0.1:{server.port}/v1"
            yield self

    async def _speak(self, request: web.Request) -> web.StreamResponse:
        self.wishes.append(await request.json())
        self.keys.append(request.headers.get("Authorization"))
        failure = self.failures.popleft() if self.failures else self.always
        statuses = {"busy": 429, "broken": 500, "refused": 401, "unknown": 400}
        if failure in statuses:
            return web.Response(status=statuses[failure])
        if failure == "redirect":
            return web.Response(status=302, headers={"Location": "http://127.0.0.1:9/"})
        if failure == "page":
            return web.Response(text="<html>welcome</html>")
        if failure == "hang":
            await asyncio.sleep(30)
        sound = self._sound(len(self.wishes[-1]["input"]), 0.0 if failure == "silence" else 0.3)
        if failure == "reset":
            response = web.StreamResponse(headers={"Content-Length": str(len(sound))})
            await response.prepare(request)
            await response.write(sound[: len(sound) // 2])
            assert request.transport is not None
            request.transport.abort()
            return response
        return web.Response(body=sound, content_type="audio/wav")

    def _sound(self, characters: int, level: float) -> bytes:
        end = HEAD_MS + characters * CHARACTER_MS
        clock = np.arange(self.rate * (end + TAIL_MS) // 1000) / self.rate
        sounding = (clock * 1000 >= HEAD_MS) & (clock * 1000 < end)
        samples = (level * np.sin(2 * np.pi * 440 * clock) * sounding).astype(np.float32)
        file = io.BytesIO()
        form, subtype = self.kind
        soundfile.write(file, np.stack([samples] * self.channels, axis=1), self.rate, format=form, subtype=subtype)
        return file.getvalue()
