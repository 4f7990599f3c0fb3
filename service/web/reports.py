"""The route of an article's report: JSON, and a page for an editor's browser."""

from pathlib import Path

import msgspec
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from service.library import Library
from service.web import palette
from service.web.pages import Pages
from service.web.preferences import parse
from service.web.problems import language_of, wants_page
from service.web.report import report
from service.web.security import page_headers


class Reports:
    """`assets` holds the style sheet whose schemes are measured."""

    def __init__(self, library: Library, pages: Pages, assets: Path) -> None:
        self._library = library
        self._pages = pages
        self._contrasts = palette.contrasts((assets / "changdu.css").read_text(encoding="utf-8"))

    def routes(self) -> list[Route]:
        return [Route("/articles/{id}/report", self.show, methods=["GET"])]

    async def show(self, request: Request) -> Response:
        """Raises ArticleNotFound."""
        found = report(await self._library.article(request.path_params["id"]), self._contrasts)
        headers = {"Vary": "Accept, Accept-Language"}
        if not wants_page(request):
            return Response(msgspec.json.encode(found), headers=headers, media_type="application/json")
        choices = parse(request.query_params)
        choices = choices.change(language=choices.language or language_of(request))
        return HTMLResponse(self._pages.report(found, choices), headers={**headers, **page_headers()})
