"""Routes of articles: take one in, give its JSON, and send a browser to its page."""

from urllib.parse import urlsplit

import msgspec
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from service.article import Article, body_text
from service.intake.document import Document
from service.library import Library, Shelved
from service.web import bodies
from service.web.cors import Policy
from service.web.preferences import Choices, parse
from service.web.responses import matches


def article_json(article: Article) -> bytes:
    """The article's JSON as it is served: the stored one and `text`, the body's plain text."""
    return msgspec.json.encode({**msgspec.to_builtins(article), "text": body_text(article.blocks)})


class Articles:
    """`body_limit_mb` bounds every request body; `policy` says which addresses other sites' pages may ask for."""

    def __init__(self, library: Library, body_limit_mb: int, policy: Policy) -> None:
        self._library = library
        self._limit = body_limit_mb
        self._policy = policy

    def routes(self) -> list[Route]:
        return [
            Route("/articles", self.create, methods=["POST"]),
            Route("/articles/{id}", self.show, methods=["GET"]),
        ]

    async def create(self, request: Request) -> Response:
        """An article from JSON with an address, from a form, or from the document that is the body."""
        kind, charset = bodies.media_type(request)
        if kind in bodies.FORMS:
            return await self._from_form(request)
        if kind == "application/json":
            address = await bodies.json_address(request, self._limit)
            self._policy.check(request, address)
            again = request.headers.get("cache-control") == "no-cache"
            return _created(await self._library.open(address, again=again))
        url = request.query_params.get("url")
        self._policy.check(request, url or "")
        if url is not None and urlsplit(url).scheme not in ("http", "https"):
            url = None  # it says nothing that a reader could follow, and the document is here all the same
        body = await bodies.raw(request, self._limit)
        name = request.query_params.get("name")
        document = Document(body=body, media_type=kind, charset=charset, name=name, url=url)
        return _created(await self._library.add(document))

    async def show(self, request: Request) -> Response:
        article = await self._library.article(request.path_params["id"])
        tag = f'"{article.id}"'
        caching = "no-store" if await self._library.loans.has(article.id) else "public, max-age=86400"
        headers = {"ETag": tag, "Cache-Control": caching, "Content-Language": article.language}
        if matches(request.headers.get("if-none-match"), tag):
            return Response(status_code=304, headers=headers)
        return Response(article_json(article), headers=headers, media_type="application/json")

    async def _from_form(self, request: Request) -> Response:
        async with bodies.form(request, self._limit) as fields:
            words = {name: value for name, value in fields.items() if isinstance(value, str)}
            choices = parse(words, words.get("view") or "elder")
            found = await bodies.source(fields)
        shelved = await (self._library.open(found) if isinstance(found, str) else self._library.add(found))
        return to_page(shelved, choices)


def _created(shelved: Shelved) -> Response:
    headers = {"Location": f"/articles/{shelved.article.id}"}
    status = 201 if shelved.new else 200
    return Response(article_json(shelved.article), status_code=status, headers=headers, media_type="application/json")


def to_page(shelved: Shelved, choices: Choices) -> Response:
    """Leads a browser to the page of an article."""
    return RedirectResponse(f"/articles/{shelved.article.id}/{choices.view}{choices.query()}", status_code=303)
