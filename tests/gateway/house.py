"""The town's site and a Changdu that knows it, both real servers on loopback."""

from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx2
import msgspec
from aiohttp import web

from tests.gateway.town import Page, pages
from tests.intake.origins import site
from tests.web.service import serving, settings
from tests.web.stage import stage

NAME = "柳溪镇人民政府"
FOOTER = ("主办单位：柳溪镇人民政府", "ICP备00000001号")
ELSEWHERE = "http://county.example"


class Town(msgspec.Struct, frozen=True, kw_only=True):
    """`host` with its port is what the gateway's addresses name, `origin` where the site's server is.

    `pages` are by path and query.
    """

    host: str
    origin: str
    pages: dict[str, Page]
    client: httpx2.Client


@contextmanager
def town(folder: Path, profile: str = "", *, front: str | None = None, **variables: str) -> Iterator[Town]:
    """A Changdu whose store and profiles lie in a folder; `profile` is put under the site's name, hosts and footer.

    `front` is the host of a proxy that stands, or will stand, before both.
    """
    found: dict[str, Page] = {}
    with stage() as here:
        origin = f"127.0.0.1:{here.enter(site({'/{path:.*}': _answering(found)}))}"
        host = front or origin
        found |= pages(f"http://{host}", ELSEWHERE)
        sites = folder / "sites"
        sites.mkdir(parents=True)
        footer = ", ".join(f'"{line}"' for line in FOOTER)
        text = f'name = "{NAME}"\nhosts = ["http://{host}"]\nfooter = [{footer}]\n{profile}'
        (sites / "liuxi.toml").write_text(text, encoding="utf-8")
        allowed = {"fetch_allow": "127.0.0.1", "fetch_ports": f"80,443,{host.partition(':')[2]}"}
        with serving(settings(folder / "store", sites=str(sites), **allowed, **variables)) as client:
            yield Town(host=host, origin=origin, pages=found, client=client)


_ODD: dict[str, Callable[[web.Request], web.Response]] = {
    "/broken.asp": lambda _: web.Response(status=500, text="Microsoft VBScript runtime error"),
    "/picture": lambda _: web.Response(body=b"\x89PNG", content_type="image/png"),
    "/away.asp": lambda request: web.Response(
        status=302, headers={"Location": f"http://localhost:{request.url.port}/"}
    ),
    "/empty.html": lambda _: web.Response(text="", content_type="text/html"),
}
"""Addresses that no page links to."""


def _answering(found: dict[str, Page]) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    async def answer(request: web.Request) -> web.StreamResponse:
        if request.path in _ODD:
            return _ODD[request.path](request)
        page = found.get(request.raw_path)
        if page is None:
            return web.Response(status=404, text="没有这一页", content_type="text/html")
        if page.kind == "moved":
            return web.Response(status=302, headers={"Location": page.body.decode()})
        return web.Response(body=page.body, headers={"Content-Type": page.media_type})

    return answer
