"""Redirects: where they may lead, and how far."""

import asyncio

import pytest
from aiohttp import web

from service.errors import (
    BadAddress,
    BlockedAddress,
    BlockedPort,
    ChangduError,
    TooManyRedirects,
)
from service.intake.fetch import Fetched, Fetcher
from tests.intake.origins import (
    PAGE,
    Handler,
    Names,
    fetch_page,
    fetched,
    page,
    redirect,
    run,
    settings,
    site,
    wire,
)


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
