"""Which other sites' pages may ask what (CORS, https://fetch.spec.whatwg.org/#http-cors-protocol), as data."""

import re
from typing import Final
from urllib.parse import urlsplit

import msgspec
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service.errors import SiteNotKnown
from service.sites import Sites, netloc
from service.web.problems import Problems


class Rule(msgspec.Struct, frozen=True):
    """What a player in another site's page may ask for."""

    path: str
    methods: tuple[str, ...]


RULES: Final = (
    Rule(r"/articles", ("POST",)),
    Rule(r"/articles/\w+", ("GET",)),
    Rule(r"/articles/\w+/tracks", ("POST",)),
    Rule(r"/tracks/\w+(\.(mp3|json|vtt|words\.vtt)|/events|/segments/\d+\.mp3)?", ("GET", "HEAD")),
)
ASKED_HEADERS: Final = "Content-Type, Cache-Control, Range"
SHOWN_HEADERS: Final = "Location, Retry-After"
_SECONDS: Final = "7200"


class Policy:
    """The service's own pages, those of its own host on any port, and those of the sites with a profile may ask."""

    def __init__(self, sites: Sites, base_url: str) -> None:
        self._sites = sites
        self._own = _host(base_url)

    def admits(self, origin: str, host: str) -> bool:
        """Whether pages of an origin may ask; `host` is the one the service was asked at."""
        return _host(origin) in {self._own, _host(f"//{host}")} - {""} or self._sites.of(origin) is not None

    def check(self, request: Request, url: str) -> None:
        """Raises SiteNotKnown where another site's page asks for an address that is not of its own site."""
        origin = _asking(request.headers)
        if origin is None or _host(url) == _host(origin):
            return
        site = self._sites.of(origin)
        if site is None or self._sites.of(url) is not site:
            raise SiteNotKnown(host=netloc(url) or url)


class Cors:
    """Pure ASGI middleware: answers preflights, lets the pages that `policy` admits read, and refuses the others.

    A refusal can be read by the page that asked, so that its player can say what is to be done.
    """

    def __init__(self, app: ASGIApp, policy: Policy, problems: Problems) -> None:
        self._app = app
        self._policy = policy
        self._problems = problems

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        rule = _rule(scope["path"]) if scope["type"] == "http" else None
        if rule is None:
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        origin = _asking(headers)
        preflight = scope["method"] == "OPTIONS" and "access-control-request-method" in headers
        admitted = origin is None or self._policy.admits(origin, headers.get("host", ""))

        async def opened(message: Message) -> None:
            if message["type"] == "http.response.start":
                added = MutableHeaders(scope=message)
                added.add_vary_header("Origin")
                if origin is not None:
                    added["Access-Control-Allow-Origin"] = origin
                    added["Access-Control-Expose-Headers"] = SHOWN_HEADERS
            await send(message)

        if preflight:
            await _allowed(rule)(scope, receive, opened)
        elif admitted:
            await self._app(scope, receive, opened)
        else:
            error = SiteNotKnown(host=netloc(origin or "") or "null")
            await self._problems.respond(Request(scope), error)(scope, receive, opened)


def _rule(path: str) -> Rule | None:
    return next((rule for rule in RULES if re.fullmatch(rule.path, path)), None)


def _allowed(rule: Rule) -> Response:
    return Response(
        status_code=204,
        headers={
            "Access-Control-Allow-Methods": ", ".join(rule.methods),
            "Access-Control-Allow-Headers": ASKED_HEADERS,
            "Access-Control-Max-Age": _SECONDS,
        },
    )


def _asking(headers: Headers) -> str | None:
    """The origin whose script is asking; None for the service's own pages, for links and forms, and for programs."""
    ours = headers.get("sec-fetch-site") in ("same-origin", "none") or headers.get("sec-fetch-mode") == "navigate"
    return None if ours else headers.get("origin")


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""
