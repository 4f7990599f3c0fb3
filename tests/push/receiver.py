"""A site's webhook on loopback, which checks every signature."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import web

from service.push.webhooks import verify

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"


class Receiver:
    """A site's webhook that answers with each of `statuses` in turn, then with 204; 302 leads on to another address."""

    def __init__(self, *statuses: int) -> None:
        self._statuses = iter(statuses)
        self.got: asyncio.Queue[tuple[str, bytes]] = asyncio.Queue()
        self.asked = 0
        self.led_on = False

    async def answer(self, request: web.Request) -> web.Response:
        self.asked += 1
        body = await request.read()
        id = verify(SECRET, request.headers, body, time.time())
        status = next(self._statuses, 204)
        if status == 204:
            await self.got.put((id, body))
        return web.Response(status=status, headers={"Location": "/inside"} if status == 302 else {})

    async def inside(self, request: web.Request) -> web.Response:
        self.led_on = True
        return web.Response(status=204)


@asynccontextmanager
async def receiving(receiver: Receiver) -> AsyncIterator[str]:
    app = web.Application()
    app.router.add_post("/hook", receiver.answer)
    app.router.add_route("*", "/inside", receiver.inside)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    await runner.cleanup()
