"""Pure ASGI middleware: the security headers and an id on whatever goes out, and one log line for each request."""

import json
import logging
import re
import secrets
import time

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service.logs import request_id
from service.web.security import HEADERS

_RAW = [(name.lower().encode(), value.encode()) for name, value in HEADERS.items()]
_NAMES = frozenset(name for name, _ in _RAW)
_PLAIN = re.compile(rb"[A-Za-z0-9._-]{1,64}")
_log = logging.getLogger("changdu.access")


class SecurityHeaders:
    """Adds each of `security.HEADERS` that a response has not set itself."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = message["headers"]
                set_already = {name for name, _ in headers} & _NAMES
                if len(set_already) < len(_RAW):
                    missing = [pair for pair in _RAW if pair[0] not in set_already]
                    message = {**message, "headers": [*headers, *missing]}
            await send(message)

        await self._app(scope, receive, guarded)


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

        async def named(message: Message) -> None:
            if message["type"] == "http.response.start":
                message = {**message, "headers": [*message["headers"], (b"x-request-id", id)]}
            await send(message)

        await self._app(scope, receive, named)


class AccessLog:
    """One JSON line a request at INFO: method, path without its query, status, milliseconds."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun, status = time.perf_counter(), 500

        async def watched(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, watched)
        finally:
            took = round((time.perf_counter() - begun) * 1000, 1)
            line = {"method": scope["method"], "path": scope["path"], "status": status, "ms": took}
            _log.info(json.dumps(line, ensure_ascii=False))
