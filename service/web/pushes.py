"""Routes by which a site's own system pushes its articles, asks what has become of them, and withdraws them."""

import time

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from service import ways
from service.errors import NotPushed
from service.errors.problem import Problem
from service.push.desk import Desk
from service.push.inbox import Delivery
from service.push.keys import authorise
from service.push.register import Pushed, State
from service.sites import Sites
from service.speech.voice import Catalogue
from service.web import bodies
from service.web.views import Views


class PushState(msgspec.Struct, frozen=True, kw_only=True):
    """What has become of an address; `waiting` is how many wait in all."""

    source: str
    state: State
    article: str | None
    problem: Problem | None
    waiting: int


class Pushes:
    """Whoever asks shows a key of the site's profile. `body_limit_mb` bounds what is sent."""

    def __init__(self, desk: Desk, views: Views, sites: Sites, catalogue: Catalogue, body_limit_mb: int) -> None:
        self._desk = desk
        self._views = views
        self._sites = sites
        self._catalogue = catalogue
        self._limit = body_limit_mb

    def routes(self) -> list[Route]:
        return [
            Route("/articles", self.push, methods=["PUT"]),
            Route("/articles", self.show, methods=["GET"]),
            Route("/articles", self.withdraw, methods=["DELETE"]),
        ]

    async def push(self, request: Request) -> Response:
        """202 where it waits to be read, 200 where the same was pushed before and is ready.

        The body is the article's page or document; without one the address is fetched. `?listen=` asks for a reading
        as well, by the usual voice or the one named; raises UnknownVoice.
        """
        source = self._source(request)
        voice = request.query_params.get("listen")
        if voice:
            self._catalogue.get(voice)
        kind, charset = bodies.media_type(request)
        body = await bodies.raw(request, self._limit)
        delivery = Delivery(
            source=source,
            at=time.time_ns(),
            body=body or None,
            media_type=kind,
            charset=charset,
            voice=voice,
        )
        pushed = await self._desk.push(delivery)
        return self._answer(pushed, 200 if pushed.state == "ready" else 202)

    async def show(self, request: Request) -> Response:
        """Raises NotPushed."""
        source = self._source(request)
        pushed = await self._desk.known(source)
        if pushed is None:
            raise NotPushed(source=source[:200])
        return self._answer(pushed, 200)

    async def withdraw(self, request: Request) -> Response:
        gone = await self._desk.withdraw(self._source(request), time.time_ns())
        self._views.forget(gone)
        return Response(status_code=204)

    def _source(self, request: Request) -> str:
        """The address that is asked about, in its one spelling; raises what `authorise` raises."""
        source = request.query_params.get("source", "")
        authorise(self._sites, request.headers.get("authorization"), source)
        return ways.canonical(source, self._sites)

    def _answer(self, pushed: Pushed, status: int) -> Response:
        state = PushState(
            source=pushed.source,
            state=pushed.state,
            article=pushed.article,
            problem=pushed.problem,
            waiting=self._desk.waiting,
        )
        headers = {"Cache-Control": "no-store"}
        return Response(msgspec.json.encode(state), status_code=status, headers=headers, media_type="application/json")
