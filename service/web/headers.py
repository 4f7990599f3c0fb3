"""Pure ASGI middleware: the security headers and an id on whatever goes out."""

import re
import secrets
from typing import Final

from starlette.types import ASGIApp, Receive, Scope, Send

from service.logs import request_id
from service.web.exchange import RawHeaders, amended
from service.web.security import HEADERS

_RAW: Final = [(name.lower().encode(), value.encode()) for name, value in HEADERS.items()]
_NAMES: Final = frozenset(name for name, _ in _RAW)
_PLAIN: Final = re.compile(rb"[A-Za-z0-9._-]{1,64}")


class SecurityHeaders:
    """Adds each of `security.HEADERS` that a response has not set itself."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._app(scope, receive, amended(send, _secured))


class RequestIds:
    """Gives each request an id, the one it came with where that is a plain one: in the answer and in every log line."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        given = next((value for name, value in scope["headers"] if name == b"x-request-id"), b"")
        id = given if _PLAIN.fullmatch(given) else secrets.token_hex(8).encode()
        request_id.set(id.decode())
        await self._app(scope, receive, amended(send, lambda headers: [*headers, (b"x-request-id", id)]))


def _secured(headers: RawHeaders) -> RawHeaders:
    set_already = {name for name, _ in headers} & _NAMES
    return [*headers, *(pair for pair in _RAW if pair[0] not in set_already)]
