"""Web servers on this machine for the fetcher to open: well-behaved, clumsy and hostile ones, and names for them."""

import asyncio
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import asynccontextmanager
from typing import Any, TypeVar

import msgspec
from aiohttp import web
from aiohttp.abc import AbstractResolver, ResolveResult

from service.intake.fetch import Fetched, Fetcher
from service.intake.freshness import Validators
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


def zstd(data: bytes) -> bytes:
    from backports.zstd import compress

    return compress(data)
