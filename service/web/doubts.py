"""The route of an article's doubts: the conversions that an editor may want to settle in the lexicon."""

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from service.library import Library
from service.web.preferences import parse


class Doubts:
    """Doubts as JSON, for `?script=`, else for zh-Hant."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def routes(self) -> list[Route]:
        return [Route("/articles/{id}/doubts", self.show, methods=["GET"])]

    async def show(self, request: Request) -> Response:
        """Raises ArticleNotFound and UnknownScript."""
        script = parse(request.query_params).converted or "zh-Hant"
        found = await self._library.doubts(request.path_params["id"], script)
        headers = {"Cache-Control": "no-cache"}  # the lexicon may have settled some since
        return Response(msgspec.json.encode(found), headers=headers, media_type="application/json")
