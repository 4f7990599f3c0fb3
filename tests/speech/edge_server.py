"""A local server that speaks the protocol of Microsoft Edge's read-aloud service, with its failures on demand."""

import html
import json
import re
import time
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from email.utils import formatdate
from typing import Literal

import lameenc
import numpy as np
from aiohttp import web
from aiohttp.test_utils import TestServer
from edge_tts.drm import generate_sec_ms_gec_v2

Failure = Literal["refuse", "throttle", "reset", "no-audio", "half", "hang", "silence", "other-rate", "no-words"]

WORD_MS = 300  # for every word
HEAD_MS = 100  # of silence before the first word
TAIL_MS = 800  # of silence after the last
_TICKS = 10_000  # a millisecond in the service's unit of 100 ns
_WORD = re.compile(r"[A-Za-z0-9]+|[㐀-鿿]{1,2}")


class EdgeServer:
    """`failures` are used up one a connection, first in first out; after them every request succeeds."""

    def __init__(self) -> None:
        self.failures: deque[Failure] = deque()
        self.always: Failure | None = None
        self.skew = 0.0  # seconds by which the server's clock is ahead of ours
        self.connections = 0
        self.texts: list[str] = []
        self.voices: list[str] = []
        self.rates: list[str] = []
        self.address = ""

    @asynccontextmanager
    async def running(self) -> AsyncIterator["EdgeServer"]:
        application = web.Application()
        application.router.add_get("/edge/v1", self._connect)
        async with TestServer(application) as server:
            self.address = f"ws://127.0.0.1:{server.port}/edge/v1?TrustedClientToken=test"
            yield self

    async def _connect(self, request: web.Request) -> web.StreamResponse:
        self.connections += 1
        failure = self.failures.popleft() if self.failures else self.always
        now = time.time() + self.skew
        tokens = {generate_sec_ms_gec_v2(now + near) for near in (-300, 0, 300)}
        if request.query["Sec-MS-GEC"] not in tokens:
            return web.Response(status=403, headers={"Date": formatdate(now, usegmt=True)})
        if failure == "refuse":
            return web.Response(status=503)
        if failure == "throttle":
            return web.Response(status=429)
        socket = web.WebSocketResponse(compress=True)
        await socket.prepare(request)
        await self._converse(socket, request, failure)
        return socket

    async def _converse(self, socket: web.WebSocketResponse, request: web.Request, failure: Failure | None) -> None:
        config = _body(await socket.receive_str())
        metadata = json.loads(config)["context"]["synthesis"]["audio"]["metadataoptions"]
        ssml = _body(await socket.receive_str())
        spoken = re.search(r"<prosody[^>]*rate='([^']*)'[^>]*>(.*)</prosody>", ssml, re.DOTALL)
        voice = re.search(r"<voice name='([^']*)'>", ssml)
        assert spoken is not None
        assert voice is not None
        text = html.unescape(spoken[2])
        self.texts.append(text)
        self.voices.append(voice[1])
        self.rates.append(spoken[1])

        await socket.send_str(_frame("turn.start", "{}"))
        if failure == "hang":
            await socket.receive()
            return
        if failure == "reset":
            assert request.transport is not None
            request.transport.abort()
            return
        words = [] if failure in ("no-audio", "no-words") else _WORD.findall(text)
        audio = b"" if failure == "no-audio" else _tones(max(1, len(words)), failure)
        if failure == "half":
            audio, words = audio[: len(audio) // 2 // 144 * 144], words[: len(words) // 2]
        if metadata["wordBoundaryEnabled"] == "true":
            for place, word in enumerate(words):
                await socket.send_str(_frame("audio.metadata", _boundary(word, place)))
        for start in range(0, len(audio), 720):
            await socket.send_bytes(_audio(audio[start : start + 720]))
        if failure != "half":
            await socket.send_bytes(_audio(b""))
            await socket.send_str(_frame("turn.end", "{}"))
            async for _ in socket:  # until the client closes
                pass
        await socket.close()


def _body(message: str) -> str:
    return message.split("\r\n\r\n", 1)[1]


def _frame(path: str, body: str) -> str:
    return f"X-RequestId:1\r\nContent-Type:application/json; charset=utf-8\r\nPath:{path}\r\n\r\n{body}"


def _audio(data: bytes) -> bytes:
    kind = b"Content-Type:audio/mpeg\r\n" if data else b""
    header = b"X-RequestId:1\r\n" + kind + b"X-StreamId:1\r\nPath:audio\r\n"
    return len(header).to_bytes(2, "big") + header + data


def _boundary(word: str, place: int) -> str:
    text = {"Text": html.escape(word, quote=False), "Length": len(word), "BoundaryType": "WordBoundary"}
    start = (HEAD_MS + place * WORD_MS) * _TICKS
    data = {"Offset": start, "Duration": (WORD_MS - 20) * _TICKS, "text": text}
    return json.dumps({"Metadata": [{"Type": "WordBoundary", "Data": data}]}, ensure_ascii=False)


def _tones(words: int, failure: Failure | None) -> bytes:
    rate = 16_000 if failure == "other-rate" else 24_000
    clock = np.arange(rate * (HEAD_MS + words * WORD_MS + TAIL_MS) // 1000) / rate
    sounding = (clock * 1000 >= HEAD_MS) & (clock * 1000 < HEAD_MS + words * WORD_MS)
    level = 0.0 if failure == "silence" else 8000.0
    samples = (level * np.sin(2 * np.pi * 220 * clock) * sounding).astype(np.int16)
    encoder = lameenc.Encoder()
    encoder.set_bit_rate(48)
    encoder.set_in_sample_rate(rate)
    encoder.set_channels(1)
    encoder.silence()
    return bytes(encoder.encode(samples.tobytes())) + bytes(encoder.flush())
