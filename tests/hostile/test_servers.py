"""Clumsy and hostile servers, opened by a whole service: one status and one sentence each, and no time beyond the limit."""

import asyncio
import gzip
import zlib
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager

import brotli
import httpx2
import pytest

from tests.hostile.problems import said
from tests.hostile.server import Service, serving
from tests.intake.origins import zstd
from tests.intake.pdfs import Page, Set, pdf
from tests.web.stage import stage

Answer = Callable[[asyncio.StreamWriter], "asyncio.Future[None] | None"]
SENTENCE = "服务中心每周一到周五上午九点开门，中午不休息，节假日由值班的志愿者接待来访的居民。"
OK = b"HTTP/1.1 200 OK\r\n"
HTML = OK + b"Content-Type: text/html; charset=utf-8\r\n"


def whole(body: bytes, *headers: str, media_type: str = "text/html; charset=utf-8") -> bytes:
    """A reply that keeps to the rules."""
    lines = [f"Content-Type: {media_type}", f"Content-Length: {len(body)}", *headers]
    return OK + "".join(f"{line}\r\n" for line in lines).encode() + b"\r\n" + body


def sheet(inside: str = "", head: str = "") -> bytes:
    text = f"<p>{SENTENCE}</p>" * 3
    return f"<html><head><title>开门的时间</title>{head}</head><body><h1>开门的时间</h1>{text}{inside}</body></html>".encode(
        "utf-8", "surrogatepass"
    )


def packed(coding: str, megabytes: int = 64) -> bytes:
    """So many megabytes of nothing, in a few kilobytes."""
    compress = {"gzip": gzip.compress, "deflate": zlib.compress, "br": brotli.compress, "zstd": zstd}[coding]
    body = compress(bytes(megabytes << 20))
    assert len(body) < 100_000
    return whole(body, f"Content-Encoding: {coding}")


REPLIES: dict[str, tuple[bytes, tuple[int, str]]] = {
    **{f"{coding} bomb": (packed(coding), (502, "source-too-large")) for coding in ("gzip", "deflate", "br", "zstd")},
    "a bomb in a bomb": (
        whole(gzip.compress(gzip.compress(bytes(64 << 20))), "Content-Encoding: gzip, gzip"),
        (502, "broken-reply"),
    ),
    "an unknown coding": (whole(b"x", "Content-Encoding: compress"), (502, "broken-reply")),
    "broken gzip": (whole(b"plain", "Content-Encoding: gzip"), (502, "broken-reply")),
    "broken brotli": (whole(b"\xff" * 9, "Content-Encoding: br"), (502, "broken-reply")),
    "broken zstd": (whole(b"plain", "Content-Encoding: zstd"), (502, "broken-reply")),
    "a body that ends early": (HTML + b"Content-Length: 5000\r\n\r\n" + sheet(), (502, "broken-reply")),
    "more than it said": (HTML + b"Content-Length: 9\r\n\r\n" + sheet(), (502, "broken-reply")),
    "a negative length": (HTML + b"Content-Length: -1\r\n\r\nx", (502, "broken-reply")),
    "two lengths": (HTML + b"Content-Length: 5\r\nContent-Length: 6\r\n\r\nshort", (502, "broken-reply")),
    "a length that is no number": (HTML + b"Content-Length: many\r\n\r\nx", (502, "broken-reply")),
    "chunks cut short": (HTML + b"Transfer-Encoding: chunked\r\n\r\nff\r\nab", (502, "broken-reply")),
    "chunks of nonsense": (HTML + b"Transfer-Encoding: chunked\r\n\r\nzz\r\nab", (502, "broken-reply")),
    "nothing": (b"", (502, "broken-reply")),
    "no HTTP": (b"220 smtp.example ESMTP\r\n\r\n", (502, "broken-reply")),
    "500,000 elements": (whole(sheet("<p>a</p>" * 500_000)), (422, "too-many-elements")),
    "a header without end": (OK + b"A: " + b"a" * 100_000, (502, "broken-reply")),
    "too many headers": (OK + b"".join(b"A%d: b\r\n" % n for n in range(20_000)) + b"\r\nx", (502, "broken-reply")),
    "a redirect to itself": (b"HTTP/1.1 302 Found\r\nLocation: \r\n\r\n", (502, "too-many-redirects")),
    "a redirect that is longer each time": (
        b"HTTP/1.1 302 Found\r\nLocation: ?" + b"a" * 4000 + b"\r\n\r\n",
        (502, "too-many-redirects"),
    ),
    "nothing there": (b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n", (502, "source-refused")),
    "no content": (b"HTTP/1.1 204 No Content\r\n\r\n", (502, "source-refused")),
    "a part": (b"HTTP/1.1 206 Partial Content\r\nContent-Length: 1\r\n\r\nx", (502, "source-refused")),
    "unchanged though never seen": (b"HTTP/1.1 304 Not Modified\r\n\r\n", (502, "source-refused")),
    "status 999": (b"HTTP/1.1 999 Denied\r\nContent-Length: 0\r\n\r\n", (502, "source-refused")),
    "a body of nothing": (whole(b""), (400, "empty-document")),
    "a body of NULs": (whole(bytes(5000)), (400, "empty-document")),
    "a picture": (whole(b"\x89PNG\r\n\x1a\n\0" * 9, media_type="image/png"), (415, "unsupported-document")),
    "a picture that says it is a page": (whole(b"\x89PNG\r\n\x1a\n\0" * 9), (415, "unsupported-document")),
    "a program that says it is a page": (whole(b"MZ\x90\0\3" * 99), (415, "unsupported-document")),
    "a page that says it is a picture": (whole(sheet(), media_type="image/png"), (415, "unsupported-document")),
    "an archive": (whole(b"PK\x05\x06" + bytes(18), media_type="application/zip"), (415, "unsupported-document")),
    "an archive that says it is a page": (whole(b"PK\x03\x04" + b"\xff" * 90), (422, "damaged-document")),
    "XML": (whole(b"<?xml version='1.0'?><a>b</a>", media_type="text/xml"), (415, "unsupported-document")),
    "JSON": (whole(b'{"a": "b"}', media_type="application/json"), (415, "unsupported-document")),
    "noise": (whole(bytes(range(128, 256)) * 20 + bytes(range(1, 32)) * 20), (400, "unreadable-text")),
}


ARTICLES: dict[str, bytes] = {
    "a page that says it is a PDF": whole(sheet(), media_type="application/pdf"),
    "a PDF that says it is a page": whole(pdf([Page([Set(72, 700 - 20 * n, 12, SENTENCE[:30]) for n in range(8)])])),
    "a page of no type": OK + b"\r\n" + sheet(),
    "a page of nonsense type": whole(sheet(), media_type='; ; charset="nonsense'),
    "NULs": whole(sheet(f"<p>{SENTENCE}\0\0{SENTENCE}</p>" + "\0" * 9000)),
    "NULs in tags": whole(sheet().replace(b"<p>", b"<\0p\0>")),
    "lone surrogates in UTF-8": whole(sheet(f"<p>{SENTENCE}\ud800{SENTENCE}\udfff</p>")),
    "lone surrogates by reference": whole(sheet(f"<p>{SENTENCE}&#xD800;&#56320;{SENTENCE}&#0;&#x110000;</p>")),
    "lone surrogates in JSON-LD": whole(
        sheet(
            head='<script type="application/ld+json">{"@type":"NewsArticle","headline":"开门的时间\\ud83d",'
            '"author":{"name":"林\\udc00"},"publisher":{"name":"\\ud800社"},"datePublished":"\\ud800"}</script>'
        )
    ),
    "lone surrogates in metadata": whole(
        sheet(head='<meta property="og:title" content="开门的时间&#xD83D;"><meta name="author" content="\ud800林">')
    ),
    "lone surrogates in its address": whole(
        sheet(head='<link rel="canonical" href="/a\ud800"><link rel=next href="&#xd800;">')
    ),
    "100,000 attributes": whole(sheet("<p " + " ".join(f"a{n}=b" for n in range(100_000)) + f">{SENTENCE}</p>")),
    "100,000 attributes with a >": whole(
        sheet("<p " + " ".join(f'a{n}=">"' for n in range(100_000)) + f">{SENTENCE}</p>")
    ),
    "100,000 attributes of the body": whole(
        sheet().replace(b"<body>", b"<body " + b" ".join(b"a%d='b'" % n for n in range(100_000)) + b">")
    ),
    "an attribute of a megabyte": whole(sheet(f"<p title='{'长' * 300_000}'>{SENTENCE}</p>")),
    "entities that it declares": whole(
        b'<!DOCTYPE html [<!ENTITY a "haha"><!ENTITY b "&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]>'
        + sheet(f"<p>{SENTENCE}&b;&c;</p>")
    ),
    "20,000 deep": whole(sheet("<div>" * 20_000 + SENTENCE + "</div>" * 20_000)),
    "a page label that is wrong": whole(sheet().decode().encode("gb18030"), media_type="text/html; charset=utf-8"),
    "early hints": b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" * 3 + whole(sheet()),
    "cookies of every kind": whole(sheet(), *(f"Set-Cookie: a{n}={'b' * 40}; Domain=.; Path=\xff" for n in range(50))),
}

DRIPS: dict[str, bytes] = {
    "a status": b"HTTP/1.1 200 ",
    "a header": OK + b"A: ",
    "a body": HTML + b"\r\n",
    "a body of known length": HTML + b"Content-Length: 99999\r\n\r\n",
}


@asynccontextmanager
async def server() -> AsyncIterator[int]:
    """Answers the path `/n` by the n-th reply or drip; its port."""
    replies = [*(reply for reply, _ in REPLIES.values()), *ARTICLES.values()]
    drips = list(DRIPS.values())

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            kind, number = (
                (await reader.readuntil(b"\r\n\r\n")).split(b" ")[1].partition(b"?")[0].strip(b"/").split(b"/")
            )
            if kind == b"reply":
                writer.write(replies[int(number)])
            elif kind == b"drip":
                writer.write(drips[int(number)])
                while not writer.is_closing():
                    writer.write(b"x")
                    await writer.drain()
                    await asyncio.sleep(0.02)
            elif kind == b"flood":
                writer.write(HTML + b"\r\n")
                while not writer.is_closing():
                    writer.write(sheet())
                    await writer.drain()
            elif kind == b"crumbs":
                writer.write(HTML + b"Transfer-Encoding: chunked\r\n\r\n")
                while not writer.is_closing():
                    writer.write(b"1\r\nx\r\n" * 5000)
                    await writer.drain()
            elif kind == b"hints":
                while not writer.is_closing():
                    writer.write(b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n")
                    await writer.drain()
            else:
                await reader.read()
            await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    running = await asyncio.start_server(answer, "127.0.0.1", 0)
    async with running:
        yield running.sockets[0].getsockname()[1]


@pytest.fixture(scope="module")
def origin() -> Iterator[str]:
    with stage() as here:
        yield f"http://127.0.0.1:{here.enter(server())}"


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory, origin: str) -> Iterator[Service]:
    store = tmp_path_factory.mktemp("store")
    port = origin.rpartition(":")[2]
    with serving(
        store, fetch_allow="127.0.0.1", fetch_ports=port, fetch_seconds="1.5", fetch_limit_mb="4", read_seconds="15"
    ) as service:
        assert service.open(f"{origin}/reply/{len(REPLIES)}").status_code == 201  # the reading process has started
        yield service


@pytest.mark.parametrize("name", REPLIES)
def test_a_reply_that_is_refused(service: Service, origin: str, name: str) -> None:
    assert said(service.open(f"{origin}/reply/{list(REPLIES).index(name)}")) == REPLIES[name][1]


@pytest.mark.parametrize("name", ARTICLES)
def test_a_reply_that_is_read_all_the_same(service: Service, origin: str, name: str) -> None:
    response = service.open(f"{origin}/reply/{len(REPLIES) + list(ARTICLES).index(name)}")
    assert response.status_code in (200, 201), response.text
    article = response.json()
    assert SENTENCE[:30] in article["text"]
    assert not any(word in article["text"] for word in ("\0", "haha", "root:"))
    for view in ("elder", "accessible"):
        page = service.client.get(f"{response.headers['location']}/{view}?script=zh-Hant")
        assert page.status_code == 200
        assert "\0" not in page.text


@pytest.mark.parametrize("name", DRIPS)
def test_a_server_that_drips(service: Service, origin: str, name: str) -> None:
    assert said(service.open(f"{origin}/drip/{list(DRIPS).index(name)}")) == (504, "source-timeout")


@pytest.mark.parametrize(
    ("kind", "problem"),
    [
        ("silence", (504, "source-timeout")),
        ("flood", (502, "source-too-large")),
        ("hints", (504, "source-timeout")),
        ("crumbs", (504, "source-timeout")),
    ],
)
def test_a_server_without_end(service: Service, origin: str, kind: str, problem: tuple[int, str]) -> None:
    assert said(service.open(f"{origin}/{kind}/0")) == problem


@pytest.mark.parametrize("kind", ["drip", "hints", "crumbs"])
def test_others_are_served_meanwhile(service: Service, origin: str, kind: str) -> None:
    """Eight readers of such pages hold up nobody: an article is read before the first of them has its answer."""

    async def work() -> list[int]:
        async with httpx2.AsyncClient(base_url=service.client.base_url, timeout=60) as client:
            slow = [
                asyncio.create_task(client.post("/articles", json={"url": f"{origin}/{kind}/2?{n}"})) for n in range(8)
            ]
            await asyncio.sleep(0.2)
            quick = await client.post("/articles", content=sheet())
            waiting = sum(not task.done() for task in slow)
            statuses = [response.status_code for response in await asyncio.gather(*slow)]
            assert quick.status_code in (200, 201)
            assert waiting == 8
            return statuses

    assert asyncio.run(work()) == [504] * 8
