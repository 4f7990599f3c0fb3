"""Problems: every error as RFC 9457 JSON, or as a page where a browser asks, in the reader's language."""

from collections import Counter
from typing import Any

import msgspec
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from service.errors import BadRequest, ChangduError, MethodNotAllowed, NotFound, RangeNotSatisfiable
from service.errors.problem import problem
from service.sites import Site
from service.web.negotiation import interface_language
from service.web.pages import Pages
from service.web.palette import own_style
from service.web.preferences import DEFAULT, LANGUAGES, Choices
from service.web.security import page_headers

_KNOWN: dict[int, type[ChangduError]] = {404: NotFound, 405: MethodNotAllowed, 416: RangeNotSatisfiable}


def wants_page(request: Request) -> bool:
    """Whether a browser is asking: it names text/html, which programs do not."""
    return "text/html" in request.headers.get("accept", "")


def language_of(request: Request) -> str:
    asked = request.query_params.get("language")
    return asked if asked in LANGUAGES else interface_language(request.headers.get("accept-language", ""))


class Problems:
    """The handlers that turn what a route raises into a response."""

    def __init__(self, pages: Pages) -> None:
        self._pages = pages
        self.told: Counter[str] = Counter()

    def handlers(self) -> dict[Any, Any]:
        return {ChangduError: self._changdu, HTTPException: self._http, Exception: self._unexpected}

    async def _changdu(self, request: Request, error: Exception) -> Response:
        if not isinstance(error, ChangduError):
            raise error
        return self.respond(request, error)

    async def _http(self, request: Request, error: Exception) -> Response:
        if not isinstance(error, HTTPException):
            raise error
        kind = _KNOWN.get(error.status_code)
        response = self.respond(request, kind() if kind else BadRequest(what=error.detail))
        for name, value in (error.headers or {}).items():
            response.headers[name] = value
        return response

    async def _unexpected(self, request: Request, error: Exception) -> Response:
        """Starlette logs the exception itself and raises it again for the server's log."""
        return self.respond(request, ChangduError())

    def respond(
        self,
        request: Request,
        error: ChangduError,
        *,
        choices: Choices = DEFAULT,
        source: str | None = None,
        site: Site | None = None,
    ) -> Response:
        """A reader is led to `source`, the page that the error is about, or on in `site`."""
        self.told[error.slug] += 1
        language = language_of(request)
        headers = {"Cache-Control": "no-store", "Vary": "Accept, Accept-Language"}
        if error.retry_after is not None:
            headers["Retry-After"] = str(error.retry_after)
        if isinstance(error, RangeNotSatisfiable) and "size" in error.facts:
            headers["Content-Range"] = f"bytes */{error.facts['size']}"
        if challenge := getattr(error, "challenge", ""):
            headers["WWW-Authenticate"] = challenge
        if wants_page(request):
            choices = choices.change(language=language)
            sentence = error.sentence(language)
            html = self._pages.problem(error.status, error.slug, sentence, choices, source=source, site=site)
            policy = page_headers(own_style(choices))
            return HTMLResponse(html, status_code=error.status, headers={**headers, **policy})
        body = msgspec.json.encode(problem(error, language))
        return Response(body, status_code=error.status, headers=headers, media_type="application/problem+json")
