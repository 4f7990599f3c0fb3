"""Routes of the site itself: its home and help pages, its assets, and whether it is well."""

from pathlib import Path

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, JSONResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from service.blobs.store import Blobs
from service.web.openapi import document
from service.web.pages import Pages
from service.web.palette import own_style
from service.web.preferences import Choices, parse
from service.web.problems import language_of
from service.web.security import page_headers


class Site:
    def __init__(self, pages: Pages, assets: Path, blobs: Blobs, metrics: CollectorRegistry) -> None:
        self._pages = pages
        self._assets = assets
        self._blobs = blobs
        self._metrics = metrics

    def routes(self) -> list[BaseRoute]:
        return [
            Route("/", self.home, methods=["GET"]),
            Route("/help", self.help, methods=["GET"]),
            Route("/health", self.health, methods=["GET"]),
            Route("/metrics", self.metrics, methods=["GET"]),
            Route("/ready", self.ready, methods=["GET"]),
            Route("/openapi.json", self.openapi, methods=["GET"]),
            Route("/offline.js", self.offline, methods=["GET"]),
            Mount("/assets", StaticFiles(directory=self._assets), name="assets"),
        ]

    async def home(self, request: Request) -> Response:
        choices = self._choices(request)
        return self._page(self._pages.home(choices), choices)

    async def help(self, request: Request) -> Response:
        choices = self._choices(request)
        return self._page(self._pages.help(choices), choices)

    async def offline(self, request: Request) -> Response:
        """The service worker, which may only look after what lies below its own address."""
        return FileResponse(self._assets / "offline.js", headers={"Cache-Control": "no-cache"})

    async def health(self, request: Request) -> Response:
        """The process answers."""
        return JSONResponse({"status": "ok"})

    async def ready(self, request: Request) -> Response:
        """The process can do its work: what it stores, it finds again."""
        await self._blobs.put("ready", b"ready")
        return JSONResponse({"status": "ready" if await self._blobs.get("ready") == b"ready" else "unready"})

    async def metrics(self, request: Request) -> Response:
        """What Prometheus scrapes."""
        return Response(generate_latest(self._metrics), media_type=CONTENT_TYPE_LATEST)

    async def openapi(self, request: Request) -> Response:
        return JSONResponse(document())

    def _choices(self, request: Request) -> Choices:
        choices = parse(request.query_params)
        return choices if choices.language else choices.change(language=language_of(request))

    def _page(self, html: str, choices: Choices) -> Response:
        headers = {"Vary": "Accept-Language", "Content-Language": choices.language or "zh-Hans"}
        return HTMLResponse(html, headers={**headers, **page_headers(own_style(choices))})
