"""Traffic: what was asked, with what status, and how long it took: counted by kind of address, or logged one by one."""

import json
import logging
import re
from collections import defaultdict
from typing import Final

from starlette.types import ASGIApp, Receive, Scope, Send

from service.web.exchange import timed

_FILE: Final = re.compile(r"[a-z0-9]+(\.(?:mp3|opus|json|vtt|words\.vtt))")
_KNOWN: Final = frozenset(
    "articles assets accessible elder embed health help metrics oembed offline.js openapi.json player.js read ready"
    " sites tracks voices".split()
)
_PARTS: Final = frozenset(["elder", "accessible", "report", "readings", "doubts", "tracks", "events", "segments"])
_HOSTED: Final = frozenset(["elder", "accessible", "assets", "sites"])
_log = logging.getLogger("changdu.access")


class Traffic:
    """`totals` holds requests and seconds by route and status; the routes are few, whatever addresses are asked for."""

    def __init__(self) -> None:
        self.totals: defaultdict[tuple[str, int], tuple[int, float]] = defaultdict(lambda: (0, 0.0))

    def counting(self, app: ASGIApp) -> ASGIApp:
        """Middleware that notes each request."""

        async def counted(scope: Scope, receive: Receive, send: Send) -> None:
            def note(status: int, took: float) -> None:
                key = (route(scope["path"]), status)
                count, seconds = self.totals[key]
                self.totals[key] = (count + 1, seconds + took)

            await timed(app, scope, receive, send, note)

        return counted


class AccessLog:
    """One JSON line a request at INFO: method, path without its query, status, milliseconds."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        def log(status: int, took: float) -> None:
            line = {"method": scope["method"], "path": scope["path"], "status": status, "ms": round(took * 1000, 1)}
            _log.info(json.dumps(line, ensure_ascii=False))

        await timed(self._app, scope, receive, send, log)


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
