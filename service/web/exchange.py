"""An exchange: one request and its response, as pure ASGI middleware sees it go by."""

import time
from collections.abc import Callable

from starlette.types import ASGIApp, Message, Receive, Scope, Send

RawHeaders = list[tuple[bytes, bytes]]


def amended(send: Send, amend: Callable[[RawHeaders], RawHeaders]) -> Send:
    """A `send` whose response has the headers that `amend` makes of its own."""

    async def amending(message: Message) -> None:
        if message["type"] == "http.response.start":
            message = {**message, "headers": amend(message["headers"])}
        await send(message)

    return amending


async def timed(app: ASGIApp, scope: Scope, receive: Receive, send: Send, tell: Callable[[int, float], None]) -> None:
    """Have an app answer, and tell its status, 500 where it raised before one, and the seconds it took."""
    if scope["type"] != "http":
        await app(scope, receive, send)
        return
    begun, status = time.perf_counter(), 500

    async def watched(message: Message) -> None:
        nonlocal status
        if message["type"] == "http.response.start":
            status = message["status"]
        await send(message)

    try:
        await app(scope, receive, watched)
    finally:
        tell(status, time.perf_counter() - begun)
