"""Changdu inside a Python site: one process serves the site and, below a prefix, its large-text and accessible views."""

import msgspec
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service.app import create_app
from service.settings import Settings


class ChangduMiddleware:
    """ASGI middleware for Starlette, FastAPI, Django and others: `ChangduMiddleware(app, load(os.environ))`.

    `prefix` is where its pages are, unless the settings' public address already says so. The site's own pages are
    fetched over HTTP at the addresses in its profile, so an internal address must stand in `CHANGDU_FETCH_ALLOW`.
    """

    def __init__(self, app: ASGIApp, settings: Settings, prefix: str = "/changdu") -> None:
        self._app = app
        self._prefix = prefix
        self._changdu = create_app(msgspec.structs.replace(settings, base_url=settings.base_url or prefix))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._live(scope, receive, send)
        elif scope["type"] == "http" and f"{scope['path']}/".startswith(f"{self._prefix}/"):
            await self._changdu(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    async def _live(self, scope: Scope, receive: Receive, send: Send) -> None:
        ended: list[Message] = []

        async def told(message: Message) -> None:
            """The server takes the end as said for all, and waits no longer: Changdu ends before it is said."""
            if message["type"].startswith("lifespan.shutdown"):
                ended.append(message)
            else:
                await send(message)

        async with self._changdu.router.lifespan_context(self._changdu):
            await self._live_site(scope, receive, told)
        for message in ended:
            await send(message)

    async def _live_site(self, scope: Scope, receive: Receive, send: Send) -> None:
        """The site's own lifespan, or an empty one where it has none, as Django's applications."""
        begun = False

        async def beginning(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self._app(scope, receive, beginning)
        except Exception:
            if begun:
                raise
            await receive()
            await send({"type": "lifespan.startup.complete"})
            await receive()
            await send({"type": "lifespan.shutdown.complete"})
