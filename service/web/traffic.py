"""Traffic: how many requests each kind of address had, with what status, and how long they took."""

import re
import time
from collections import defaultdict
from typing import Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

_FILE: Final = re.compile(r"[a-z0-9]+(\.(?:mp3|opus|json|vtt))")
_KNOWN: Final = frozenset(
    "articles assets accessible elder embed health help metrics oembed offline.js openapi.json player.js read ready"
    " sites tracks voices".split()
)
_PARTS: Final = frozenset(["elder", "accessible", "report", "readings", "doubts", "tracks", "events", "segments"])
_HOSTED: Final = frozenset(["elder", "accessible", "assets", "sites"])


class Traffic:
    """`totals` holds requests and seconds by route and status; the routes are few, whatever addresses are asked for."""

    def __init__(self) -> None:
        self.totals: defaultdict[tuple[str, int], tuple[int, float]] = defaultdict(lambda: (0, 0.0))

    def counting(self, app: ASGIApp) -> ASGIApp:
        """Middleware that notes each request."""

        async def counted(scope: Scope, receive: Receive, send: Send) -> None:
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
                key = (route(scope["path"]), status)
                count, seconds = self.totals[key]
                self.totals[key] = (count + 1, seconds + time.perf_counter() - begun)

        return counted


def route(path: str) -> str:
    """The kind of an address: ids and numbers left out, and nothing that a stranger can make many of."""
    first, *rest = path.strip("/").split("/")
    if first and first not in _KNOWN:
        return "other"
    if first in _HOSTED or len(rest) > 3:
        return f"/{first}/…"
    return "/" + "/".join([first, *map(_part, rest)])


def _part(part: str) -> str:
    if part in _PARTS:
        return part
    file = _FILE.fullmatch(part)
    return "…" + file[1] if file else "…"
