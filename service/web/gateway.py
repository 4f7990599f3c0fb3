"""The gateway: `/{view}/{host}/{path}` shows the page of a known site in a view, and keeps its reader there."""

from typing import Final
from urllib.parse import quote, unquote_plus

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from service import ways
from service.errors import BadRequest, ChangduError, LeadsAway, SiteNotKnown, SourceGone, SourceRefused
from service.intake.egress import shown
from service.library import Library
from service.sites import Site, Sites, netloc
from service.web.articles import to_page
from service.web.preferences import DEFAULT, VIEWS, Choices, parse
from service.web.problems import Problems
from service.web.views import Views

_GONE: Final = (404, 410)


class Gateway:
    """Only the hosts of `sites` are read: this is no open proxy."""

    def __init__(self, library: Library, views: Views, sites: Sites, problems: Problems) -> None:
        self._library = library
        self._views = views
        self._sites = sites
        self._problems = problems

    def routes(self) -> list[Route]:
        views = [Route(f"/{view}/{{way:path}}", self, methods=["GET"]) for view in VIEWS]
        return [Route("/read", self.read, methods=["GET"]), *views]

    async def read(self, request: Request) -> Response:
        """What a main site links to: `?url=…&view=elder`, and any of the reader's other choices.

        Without `url` it is the page that the link stands in, where that is a known site's (RFC 9110 10.1.3).
        """
        said = request.query_params
        choices = parse(said, said.get("view") or "elder")
        url = said.get("url")
        if not url and (url := request.headers.get("referer", "")) and self._sites.of(url) is None:
            raise SiteNotKnown(host=shown(netloc(url)))
        if not url:
            raise BadRequest(what="url")
        site = self._sites.of(url)
        if site is None:
            return to_page(await self._library.open(url), choices)
        choices = _with_usual(choices, request, site)
        way = ways.way(ways.canonical(url, self._sites))
        return RedirectResponse(f"/{choices.view}/{way}{choices.query(site.usual)}", status_code=303)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Raises SiteNotKnown; every other failure is told with a link to the page itself."""
        request = Request(scope)
        _, view, way = _raw_path(scope).split("/", 2)
        url = ways.address(way, self._sites)
        site = self._sites.of(url)
        if url is None or site is None:
            raise SiteNotKnown(host=shown(way.partition("/")[0]))
        query = _site_query(request)
        if query:
            url = ways.canonical(f"{url}{'&' if '?' in url else '?'}{query}", self._sites)
        choices = DEFAULT.change(view=view)
        try:
            choices = _with_usual(parse(request.query_params, view), request, site)
            if query or ways.way(url) != way:
                moved = f"/{view}/{ways.way(url)}{choices.query(site.usual)}"
                await RedirectResponse(moved, status_code=308)(scope, receive, send)
                return
            shelved = await self._library.open(url)
            found = shelved.url or url
            if self._sites.of(found) is None:
                url = found
                raise LeadsAway(host=netloc(found))
            way = ways.way(ways.canonical(found, self._sites))
            await self._views.send(request, send, shelved.article.id, choices, way)
        except ChangduError as error:
            await self._problems.respond(request, _told(error), choices=choices, source=url, site=site)(
                scope, receive, send
            )


def _raw_path(scope: Scope) -> str:
    """The path as it was asked for, where `%3F` is still to be told from `?`."""
    raw: bytes = scope.get("raw_path") or quote(scope["path"]).encode()
    return quote(raw, safe="/:@!$&'()*+,;=~%")


def _site_query(request: Request) -> str:
    """What of the query is not the reader's choices and so belongs to the site's page."""
    pairs = request.scope["query_string"].decode("latin-1").split("&")
    ours = Choices.__struct_fields__
    return "&".join(pair for pair in pairs if pair and unquote_plus(pair.partition("=")[0]) not in ours)


def _with_usual(choices: Choices, request: Request, site: Site) -> Choices:
    """The reader's choices, and what they have not chosen as the site's profile says."""
    return choices if "theme" in request.query_params else choices.change(theme=site.usual.theme)


def _told(error: ChangduError) -> ChangduError:
    """A page that its site does not have is missing, not a failure of this server."""
    if isinstance(error, SourceRefused) and error.facts.get("code") in _GONE:
        return SourceGone(host=error.facts["host"])
    return error
