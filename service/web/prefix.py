"""The prefix below which a proxy or another application serves Changdu, such as `/changdu`."""

from starlette.types import ASGIApp, Message, Receive, Scope, Send


class Prefix:
    """Pure ASGI middleware: takes `prefix` off what is asked for, where it is still there, and puts it before redirects."""

    def __init__(self, app: ASGIApp, prefix: str) -> None:
        self._app = app
        self._prefix = prefix

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        prefix = self._prefix

        async def led(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = [
                    (name, prefix.encode() + value if name == b"location" and value.startswith(b"/") else value)
                    for name, value in message["headers"]
                ]
                message = {**message, "headers": headers}
            await send(message)

        if scope["path"] == prefix or scope["path"].startswith(prefix + "/"):
            raw = scope.get("raw_path") or b""
            path = {"path": scope["path"][len(prefix) :] or "/", "raw_path": raw[len(prefix.encode()) :] or b"/"}
            scope = {**scope, **path}
        await self._app(scope, receive, led)
