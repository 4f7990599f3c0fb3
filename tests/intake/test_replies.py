"""Replies of clumsy and hostile servers: an error each, in bounded time and memory."""

import asyncio
import gzip
import zlib

import brotli
import pytest
from aiohttp import web

from service.errors import (
    BrokenReply,
    SourceTimeout,
    SourceTooLarge,
)
from tests.intake.origins import (
    body,
    fetch_page,
    fetch_wire,
    fetched,
    run,
    wire,
    zstd,
)


@pytest.mark.parametrize(
    "reply",
    [
        b"",
        b"\r\n\r\n",
        b"hello\r\n\r\n",
        b"HTTP/9.9 200 OK\r\n\r\n",
        b"HTTP/1.1 OK\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort",
        b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nlonger",
        b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\nx",
        b"HTTP/1.1 200 OK\r\nContent-Length: 5, 6\r\n\r\nshort",
        b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nshort",
        b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n0\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 5\r\n\r\nplain",
        b"HTTP/1.1 200 OK\r\nContent-Encoding: br\r\nContent-Length: 5\r\n\r\n\xff\xff\xff\xff\xff",
        b"HTTP/1.1 200 OK\r\nContent-Encoding: zstd\r\nContent-Length: 5\r\n\r\nplain",
        b"HTTP/1.1 200 OK\r\nContent-Encoding: compress\r\nContent-Length: 5\r\n\r\nplain",
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip, gzip\r\nContent-Length: 5\r\n\r\nplain",
        b"HTTP/1.1 200 OK\r\nA: " + b"a" * 20_000 + b"\r\n\r\nx",
        b"HTTP/1.1 200 OK\r\n" + b"".join(b"A%d: b\r\n" % n for n in range(20_000)) + b"\r\nx",
        b"HTTP/1.1 200 " + b"a" * 20_000 + b"\r\n\r\nx",
        b"HTTP/1.1 200 OK\r\nBad\0Name: x\r\n\r\nx",
    ],
    ids=lambda reply: repr(reply[:40]),
)
def test_a_reply_that_is_none_or_ends_early(reply: bytes) -> None:
    with pytest.raises(BrokenReply):
        fetch_wire(reply)


@pytest.mark.parametrize(
    "headers",
    [
        b'Content-Type: text/html; charset="\r\n',
        b"Content-Type: ;;;\r\n",
        b"Content-Type: text/html; charset=nonsense\r\n",
        b"Content-Disposition: attachment; filename*=UTF-8''%ff%fe\r\n",
        b"Content-Disposition: ;\r\n",
        b'Content-Disposition: attachment; filename="\xcd\xa8.docx"\r\n',
        b"Set-Cookie: \xff\xfe; Domain=\r\n",
        b"Expires: never\r\nDate: soon\r\n",
        b"Last-Modified: \xe4\xb8\xad\r\n",
        b"Cache-Control: max-age=99999999999999999999999\r\n",
    ],
)
def test_senseless_headers_do_no_harm(headers: bytes) -> None:
    found = fetch_wire(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n" + headers + b"\r\nok")
    assert found.document is not None
    assert found.document.body == b"ok"


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "zstd"])
def test_bombs(coding: str) -> None:
    packed = {"gzip": gzip.compress, "deflate": zlib.compress, "br": brotli.compress, "zstd": zstd}[coding](
        bytes(64 << 20)
    )
    assert len(packed) < 100_000
    with pytest.raises(SourceTooLarge):
        fetch_page({"/": body(packed, Content_Encoding=coding, Content_Type="text/html")})


@pytest.mark.parametrize("length", [True, False])
def test_more_than_the_limit(length: bool) -> None:
    async def handler(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Length": str(1 << 40)} if length else {})
        await response.prepare(request)
        while True:
            await response.write(b"x" * 65_536)

    with pytest.raises(SourceTooLarge) as caught:
        fetch_page({"/": handler})
    assert caught.value.facts["limit"] == 1


@pytest.mark.parametrize("start", [b" ", b" OK\r\n", b" OK\r\n\r\n", b" OK\r\nContent-Length: 9999\r\n\r\n"])
def test_a_server_that_drips(start: bytes) -> None:
    async def drip(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200" + start)
        while not writer.is_closing():
            writer.write(b"x")
            await writer.drain()
            await asyncio.sleep(0.02)

    async def work() -> None:
        async with wire(drip) as port:
            await fetched(f"http://127.0.0.1:{port}/", port, fetch_seconds=0.3)

    with pytest.raises(SourceTimeout):
        run(work())


def test_redirects_share_one_time_limit() -> None:
    async def slow(request: web.Request) -> web.Response:
        await asyncio.sleep(0.15)
        return web.Response(status=302, headers={"Location": f"{request.path}x"})

    with pytest.raises(SourceTimeout):
        fetch_page({"/{any:.*}": slow}, fetch_seconds=0.4)
