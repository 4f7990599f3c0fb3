"""The guarded fetcher against real servers on this machine: well-behaved, clumsy and hostile ones."""

import asyncio
import gzip
import re
import socket
import zlib
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import asynccontextmanager
from typing import Any, TypeVar

import brotli
import msgspec
import pytest
from aiohttp import web
from aiohttp.abc import AbstractResolver, ResolveResult

from service.errors import (
    BadAddress,
    BlockedAddress,
    BlockedPort,
    BrokenReply,
    CertificateRefused,
    ChangduError,
    FetchFailed,
    HostNotFound,
    SourceRefused,
    SourceTimeout,
    SourceTooLarge,
    TooManyRedirects,
    UnsupportedDocument,
)
from service.intake.fetch import Fetched, Fetcher
from service.intake.freshness import Lifetime, Validators
from service.settings import Settings, load

T = TypeVar("T")
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
Raw = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Coroutine[Any, Any, None]]
PAGE = "<html><body><h1>通知</h1><p>明天上午九点开会，请准时参加。</p></body></html>"


def settings(port: int, allow: str = "127.0.0.1", **changes: Any) -> Settings:
    chosen = load({"CHANGDU_FETCH_ALLOW": allow, "CHANGDU_FETCH_PORTS": f"{port}", "CHANGDU_FETCH_LIMIT_MB": "1"})
    return msgspec.structs.replace(chosen, **changes)


class Names(AbstractResolver):
    """A name service in which each name has the addresses given, those of the next list at each question."""

    def __init__(self, **answers: list[list[str]]) -> None:
        self._answers = {name.replace("_", "."): iter(lists) for name, lists in answers.items()}

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        if host not in self._answers:
            raise OSError(None, "no such name")
        return [
            ResolveResult(
                hostname=host,
                host=address,
                port=port,
                family=socket.AF_INET6 if ":" in address else socket.AF_INET,
                proto=0,
                flags=socket.AI_NUMERICHOST,
            )
            for address in next(self._answers[host])
        ]

    async def close(self) -> None:
        pass


@asynccontextmanager
async def site(routes: dict[str, Handler], host: str = "127.0.0.1") -> AsyncIterator[int]:
    """A web server with these pages; its port."""
    app = web.Application()
    for path, handler in routes.items():
        app.router.add_get(path, handler)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    listener = socket.create_server((host, 0))
    await web.SockSite(runner, listener).start()
    try:
        yield listener.getsockname()[1]
    finally:
        await runner.cleanup()


@asynccontextmanager
async def wire(reply: Raw) -> AsyncIterator[int]:
    """A server that answers a request with whatever bytes `reply` writes; its port."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await reader.readuntil(b"\r\n\r\n")
            await reply(reader, writer)
            await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    async with server:
        yield server.sockets[0].getsockname()[1]


def dashed(headers: dict[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): value for name, value in headers.items()}


def page(text: str = PAGE, **headers: str) -> Handler:
    async def handler(request: web.Request) -> web.Response:
        return web.Response(
            text=text, content_type="text/html", headers={k.replace("_", "-"): v for k, v in headers.items()}
        )

    return handler


def body(data: bytes, **headers: str) -> Handler:
    async def handler(request: web.Request) -> web.Response:
        return web.Response(body=data, headers=dashed(headers))

    return handler


def redirect(to: str, status: int = 302) -> Handler:
    async def handler(request: web.Request) -> web.Response:
        return web.Response(status=status, headers={"Location": to})

    return handler


def run(work: Coroutine[Any, Any, T]) -> T:
    return asyncio.run(asyncio.wait_for(work, 20))


async def fetched(
    url: str, port: int, *, known: Validators | None = None, names: Names | None = None, **changes: Any
) -> Fetched:
    fetcher = Fetcher(settings(port, **changes), names)
    try:
        return await fetcher.fetch(url, known=known)
    finally:
        await fetcher.close()


def fetch_page(routes: dict[str, Handler], path: str = "/", **changes: Any) -> Fetched:
    async def work() -> Fetched:
        async with site(routes) as port:
            return await fetched(f"http://127.0.0.1:{port}{path}", port, **changes)

    return run(work())


def fetch_wire(reply: bytes, **changes: Any) -> Fetched:
    async def write(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(reply)

    async def work() -> Fetched:
        async with wire(write) as port:
            return await fetched(f"http://127.0.0.1:{port}/", port, **changes)

    return run(work())


# What works


def test_a_page_with_what_its_server_says_of_it() -> None:
    found = fetch_page({"/news/一.html": page(ETag='"a1"', Cache_Control="max-age=60")}, "/news/一.html")
    assert found.document is not None
    assert found.document.body.decode() == PAGE
    assert (found.document.media_type, found.document.charset) == ("text/html", "utf-8")
    assert found.document.name == "一.html"
    assert found.document.url == found.url
    assert found.url.endswith("/news/%E4%B8%80.html")
    assert found.validators == Validators(etag='"a1"')
    assert found.lifetime == Lifetime(seconds=60)


def test_it_says_who_it_is_and_what_it_reads() -> None:
    seen: dict[str, str] = {}

    async def handler(request: web.Request) -> web.Response:
        seen.update(request.headers)
        return web.Response(text=PAGE)

    fetch_page({"/": handler})
    assert "Changdu" in seen["User-Agent"]
    assert seen["Accept-Language"].startswith("zh-CN")
    assert not {"Authorization", "Cookie", "Referer", "If-None-Match"} & seen.keys()


def test_the_name_that_a_download_gives_itself() -> None:
    given = "attachment; filename*=UTF-8''%E9%80%9A%E7%9F%A5.docx"
    found = fetch_page(
        {"/down": body(b"PK", Content_Type="application/octet-stream", Content_Disposition=given)}, "/down"
    )
    assert found.document is not None
    assert found.document.name == "通知.docx"


def test_no_content_type_is_left_to_the_bytes() -> None:
    found = fetch_wire(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + PAGE.encode())
    assert found.document is not None
    assert found.document.media_type is None
    assert found.document.body.decode() == PAGE


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_five_redirects_are_followed(status: int) -> None:
    routes = {f"/{n}": redirect(f"/{n + 1}", status) for n in range(5)}
    found = fetch_page({**routes, "/5": page()}, "/0")
    assert found.url.endswith("/5")


@pytest.mark.parametrize(
    ("location", "path"),
    [
        ("b", "/a/b"),
        ("../b", "/b"),
        ("?x=1", "/a/?x=1"),
        ("/中文", "/%E4%B8%AD%E6%96%87"),
        ("  /b ", "/b"),
        ("/b#part", "/b"),
    ],
)
def test_where_a_redirect_leads(location: str, path: str) -> None:
    async def anything(request: web.Request) -> web.StreamResponse:
        return web.Response(text=PAGE)

    async def first(request: web.Request) -> web.StreamResponse:
        return await (anything if request.query_string else redirect(location))(request)

    async def work() -> str:
        async with site({"/a/": first, "/{any:.*}": anything}) as port:
            return (await fetched(f"http://127.0.0.1:{port}/a/", port)).url.removeprefix(f"http://127.0.0.1:{port}")

    assert run(work()) == path


def test_a_redirect_in_gbk_bytes() -> None:
    asked: list[bytes] = []

    async def reply(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 302 Found\r\nLocation: /" + "通知".encode("gbk") + b".htm\r\nContent-Length: 0\r\n\r\n")
        await writer.drain()
        asked.append(await reader.readuntil(b"\r\n"))
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")

    async def work() -> Fetched:
        async with wire(reply) as port:
            return await fetched(f"http://127.0.0.1:{port}/", port)

    assert run(work()).document is not None
    assert asked == [b"GET /%CD%A8%D6%AA.htm HTTP/1.1\r\n"]


def test_cookies_last_for_one_fetch_only() -> None:
    seen: list[dict[str, str]] = []

    async def start(request: web.Request) -> web.Response:
        response = web.Response(status=302, headers={"Location": "/in"})
        response.set_cookie("visit", "1")
        return response

    async def inside(request: web.Request) -> web.Response:
        seen.append(dict(request.cookies))
        return web.Response(text=PAGE)

    async def work() -> None:
        async with site({"/": start, "/in": inside}) as port:
            names = Names(site_example=[["127.0.0.1"]] * 9)
            fetcher = Fetcher(settings(port), names)
            for path in ("/", "/in"):
                await fetcher.fetch(f"http://site.example:{port}{path}")
            await fetcher.close()

    run(work())
    assert seen == [{"visit": "1"}, {}]


@pytest.mark.parametrize("coding", ["gzip", "deflate", "raw deflate", "br", "zstd", "identity"])
def test_content_codings(coding: str) -> None:
    plain = PAGE.encode()
    packed = {
        "gzip": gzip.compress,
        "deflate": zlib.compress,
        "raw deflate": lambda data: zlib.compress(data, wbits=-15),
        "br": brotli.compress,
        "zstd": zstd,
        "identity": bytes,
    }[coding](plain)
    found = fetch_page({"/": body(packed, Content_Encoding=coding.removeprefix("raw "), Content_Type="text/html")})
    assert found.document is not None
    assert found.document.body == plain


def zstd(data: bytes) -> bytes:
    from backports.zstd import compress

    return compress(data)


# Freshness


def test_a_page_that_has_not_changed_is_not_sent_again() -> None:
    asked: list[tuple[str | None, str | None]] = []

    async def handler(request: web.Request) -> web.Response:
        asked.append((request.headers.get("If-None-Match"), request.headers.get("If-Modified-Since")))
        if request.headers.get("If-None-Match") == '"v1"':
            return web.Response(status=304, headers={"ETag": '"v1"', "Cache-Control": "max-age=9"})
        return web.Response(text=PAGE)

    known = Validators(etag='"v1"', last_modified="Tue, 26 Dec 2023 02:10:00 GMT")
    found = fetch_page({"/": handler}, known=known)
    assert asked == [('"v1"', "Tue, 26 Dec 2023 02:10:00 GMT")]
    assert found.document is None
    assert found.validators.etag == '"v1"'
    assert found.lifetime.seconds == 9


def test_not_modified_though_nothing_was_known() -> None:
    with pytest.raises(SourceRefused) as caught:
        fetch_wire(b"HTTP/1.1 304 Not Modified\r\n\r\n")
    assert caught.value.facts["code"] == 304


# What is refused


@pytest.mark.parametrize("code", [204, 400, 401, 403, 404, 410, 412, 418, 429, 500, 502, 503, 521])
def test_a_status_that_is_no_page(code: int) -> None:
    async def handler(request: web.Request) -> web.Response:
        return web.Response(status=code, text="<p>没有这一页</p>" if code != 204 else None)

    with pytest.raises(SourceRefused) as caught:
        fetch_page({"/": handler})
    assert caught.value.facts == {"host": "127.0.0.1", "code": code}


@pytest.mark.parametrize(
    "media", ["image/png", "video/mp4", "audio/mpeg", "font/woff2", "application/x-rar-compressed"]
)
def test_media_types_that_hold_no_article(media: str) -> None:
    with pytest.raises(UnsupportedDocument):
        fetch_page({"/": body(b"x" * 100, Content_Type=media)})


@pytest.mark.parametrize("routes", [{"/": redirect("/")}, {"/": redirect("/b"), "/b": redirect("/")}])
def test_endless_redirects(routes: dict[str, Handler]) -> None:
    with pytest.raises(TooManyRedirects):
        fetch_page(routes)


def test_a_sixth_redirect() -> None:
    routes = {f"/{n}": redirect(f"/{n + 1}") for n in range(6)}
    with pytest.raises(TooManyRedirects):
        fetch_page({**routes, "/6": page()}, "/0")


@pytest.mark.parametrize(
    ("location", "error"),
    [
        ("http://127.0.0.2:{port}/", BlockedAddress),
        ("http://[::1]:{port}/", BlockedAddress),
        ("http://10.0.0.1:{port}/", BlockedAddress),
        ("//169.254.169.254:{port}/latest/meta-data/", BlockedAddress),
        ("http://0x7f.2:{port}/", BlockedAddress),
        ("http://127.0.0.1:6379/", BlockedPort),
        ("file:///etc/passwd", BadAddress),
        ("ftp://127.0.0.1:{port}/", BadAddress),
        ("javascript:alert(1)", BadAddress),
        ("http://user:word@127.0.0.1:{port}/", BadAddress),
        ("http://[::1", BadAddress),
        ("http://127.0.0.1:99999/", BadAddress),
    ],
)
def test_a_redirect_that_leads_astray(location: str, error: type[ChangduError]) -> None:
    async def work() -> None:
        async with site({}) as port:

            async def away(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
                writer.write(f"HTTP/1.1 302 Found\r\nLocation: {location.format(port=here)}\r\n\r\n".encode())

            async with wire(away) as here:
                await fetched(f"http://127.0.0.1:{here}/", here, fetch_ports=(here, port))

    with pytest.raises(error) as caught:
        run(work())
    assert type(caught.value) is error


SPELLINGS = """
127.0.0.1 127.1 127.0.1 127.000.000.001 0177.0.0.1 0177.0.0.01 00000177.0.0.1 0x7f.0.0.1 0x7f.0x0.0x0.0x1 0x7f000001
0x7F.1 2130706433 017700000001 127.0.0.1. 2130706433. 0 0.0.0.0 00 0x0 127.255.255.254 127.0.0.2
localhost LOCALHOST localhost. ⓛⓞⓒⓐⓛⓗⓞⓢⓣ ｌｏｃａｌｈｏｓｔ loc\u00adalhost
127。0。0。1 127．0．0．1 127｡0｡0｡1 １２７.0.0.1 ①②⑦.0.0.1 ⑫7.0.0.1 𝟏𝟐𝟕.𝟎.𝟎.𝟏 127.0.0.\u2460
[::1] [0:0:0:0:0:0:0:1] [0000::0001] [::] [::127.0.0.1] [::7f00:1] [::ffff:127.0.0.1] [::ffff:7f00:1]
[0:0:0:0:0:ffff:7f00:1] [::ffff:0:127.0.0.1] [64:ff9b::127.0.0.1] [64:ff9b::7f00:1] [2002:7f00:1::]
[2001:0:7f00:1::] [fe80::1] [fe80::1%25lo] [fc00::1] [fd00:ec2::254] [ff02::1] [fec0::1] [100::1] [64:ff9b:1::1]
10.0.0.1 172.16.0.1 192.168.0.1 192.168.1 169.254.169.254 0xa9fea9fe 2852039166 0251.0376.0251.0376 100.64.0.1
198.18.0.1 224.0.0.1 240.0.0.1 255.255.255.255 192.0.0.192
good.example@127.0.0.1 good.example:80@127.0.0.1 127.0.0.1%2f@good.example @127.0.0.1 %31%32%37.0.0.1
127.0.0.1\\@good.example 127.0.0.1%00.good.example 127.0.0.1\t 127.0.0.1#@good.example [::1%25lo]
"""


@pytest.fixture(scope="module")
def canary() -> Any:
    """A socket that listens here; what connects to it has got through."""
    listener = socket.create_server(("127.0.0.1", 0))
    listener.setblocking(False)
    yield listener
    listener.close()


@pytest.mark.parametrize("host", re.split("[ \n]+", SPELLINGS.strip("\n")))
def test_this_machine_and_its_network_in_every_spelling(host: str, canary: socket.socket) -> None:
    port = canary.getsockname()[1]
    before, mark, after = host.partition("#")
    with pytest.raises((BlockedAddress, BadAddress, HostNotFound)):  # some name services know `localhost.`, some do not
        run(fetched(f"http://{before}:{port}/{mark}{after}", port, allow="", fetch_seconds=5.0))
    with pytest.raises(BlockingIOError):
        canary.accept()


@pytest.mark.parametrize("address", ["127.0.0.1", "::1", "::ffff:127.0.0.1", "10.1.1.1", "fe80::1", "169.254.169.254"])
def test_a_name_that_leads_inside(address: str) -> None:
    with pytest.raises(BlockedAddress):
        run(fetched("http://evil.example:81/", 81, allow="", names=Names(evil_example=[[address]])))


def test_a_name_all_of_whose_addresses_lead_inside() -> None:
    names = Names(evil_example=[["127.0.0.1", "::1", "10.0.0.1"]])
    with pytest.raises(BlockedAddress):
        run(fetched("http://evil.example:81/", 81, allow="", names=names))


def test_a_name_that_changes_its_address_between_two_requests() -> None:
    async def work() -> None:
        async with site({"/": redirect("/b"), "/b": page()}, "127.0.0.2") as port:
            names = Names(turn_example=[["127.0.0.2"], ["127.0.0.1"]])
            fetcher = Fetcher(settings(port, "127.0.0.2"), names)
            assert (await fetcher.fetch(f"http://turn.example:{port}/")).document is not None
            await fetcher.close()  # as when the name service's answer has run out
            with pytest.raises(BlockedAddress):
                await fetcher.fetch(f"http://turn.example:{port}/")
            await fetcher.close()

    run(work())


def test_a_host_that_the_site_names() -> None:
    async def work() -> None:
        async with site({"/": page()}) as port:
            fetcher = Fetcher(settings(port, "Intranet.example"), Names(**{"intranet_example": [["127.0.0.1"]]}))
            assert (await fetcher.fetch(f"http://intranet.example:{port}/")).document is not None
            with pytest.raises(BlockedAddress):
                await fetcher.fetch(f"http://127.0.0.1:{port}/")
            await fetcher.close()

    run(work())


def test_no_proxy_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9/")
    assert fetch_page({"/": page()}).document is not None


def test_a_name_that_nobody_has() -> None:
    with pytest.raises(HostNotFound):
        run(fetched("http://nobody.example:81/", 81, names=Names()))


def test_nobody_listens() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    with pytest.raises(FetchFailed):
        run(fetched(f"http://127.0.0.1:{port}/", port))


def test_a_certificate_that_is_none() -> None:
    async def work() -> None:
        async with site({"/": page()}) as port:
            await fetched(f"https://127.0.0.1:{port}/", port)

    with pytest.raises(CertificateRefused):
        run(work())


# Clumsy and hostile servers


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


def test_many_at_once_and_then_a_clean_end() -> None:
    async def work() -> None:
        async with site({"/": page(), "/loop": redirect("/loop")}) as port:
            fetcher = Fetcher(settings(port))
            addresses = [f"http://127.0.0.1:{port}{path}" for path in ("/", "/loop", "/none") * 20]
            found = await asyncio.gather(*map(fetcher.fetch, addresses), return_exceptions=True)
            assert [type(one) for one in found] == [Fetched, TooManyRedirects, SourceRefused] * 20
            await fetcher.close()
            await fetcher.close()

    run(work())


def test_a_fetch_that_is_given_up_leaves_nothing_open() -> None:
    async def never(request: web.Request) -> web.Response:
        await asyncio.sleep(60)
        return web.Response()

    async def work() -> None:
        async with site({"/": never}) as port:
            fetcher = Fetcher(settings(port))
            task = asyncio.create_task(fetcher.fetch(f"http://127.0.0.1:{port}/"))
            await asyncio.sleep(0.1)
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
            await fetcher.close()

    run(work())
