"""Throttle: how much work one address may ask for. Where it cannot count it lets pass, and counts that."""

import logging

from limits import parse
from limits.aio.strategies import MovingWindowRateLimiter
from limits.storage import storage_from_string
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from service.errors import TooManyRequests
from service.web.problems import Problems

_log = logging.getLogger(__name__)


class Throttle:
    """`rate` is such as `60/minute`; `queue` names the Redis in which all servers count together, or is `local`.

    What is counted is what makes work: documents, addresses to open, readings; pages, sound and assets never are.
    """

    def __init__(self, app: ASGIApp, rate: str, queue: str, problems: Problems) -> None:
        self._app = app
        self._rate = parse(rate)
        shared = queue != "local"
        storage = (
            storage_from_string(f"async+{queue}", implementation="redispy")
            if shared
            else storage_from_string("async+memory://")
        )
        self._limiter = MovingWindowRateLimiter(storage)
        self._problems = problems

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and makes_work(scope["method"], scope["path"]):
            request = Request(scope)
            if not await self._may(request):
                seconds = self._rate.get_expiry()
                response = self._problems.respond(request, TooManyRequests(retry_after=seconds))
                await response(scope, receive, send)
                return
        await self._app(scope, receive, send)

    async def _may(self, request: Request) -> bool:
        try:
            return await self._limiter.hit(self._rate, request.client.host if request.client else "")
        except Exception:
            self._problems.told["uncounted"] += 1
            _log.warning("requests are not counted", exc_info=True)
            return True


def makes_work(method: str, path: str) -> bool:
    """Whether a request has something fetched, read or spoken."""
    if method in ("POST", "PUT"):
        return True
    return path == "/read" or path.startswith(("/elder/", "/accessible/"))
