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
    """`host` with its port is what the gateway's addresses name; `pages` are by path and query."""

    host: str
    pages: dict[str, Page]
    client: httpx2.Client


@contextmanager
def town(folder: Path, profile: str = "", **variables: str) -> Iterator[Town]:
    """A Changdu whose store and profiles lie in a folder; `profile` is put under the site's name, hosts and footer."""
    found: dict[str, Page] = {}
    with stage() as here:
        host = f"127.0.0.1:{here.enter(site({'/{path:.*}': _answering(found)}))}"
        found |= pages(f"http://{host}", ELSEWHERE)
        sites = folder / "sites"
        sites.mkdir(parents=True)
        footer = ", ".join(f'"{line}"' for line in FOOTER)
        text = f'name = "{NAME}"\nhosts = ["http://{host}"]\nfooter = [{footer}]\n{profile}'
        (sites / "liuxi.toml").write_text(text, encoding="utf-8")
        allowed = {"fetch_allow": "127.0.0.1", "fetch_ports": f"80,443,{host.partition(':')[2]}"}
        with serving(settings(folder / "store", sites=str(sites), **allowed, **variables)) as client:
            yield Town(host=host, pages=found, client=client)


def _answering(found: dict[str, Page]) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    async def answer(request: web.Request) -> web.StreamResponse:
        page = found.get(request.raw_path)
        if page is None:
            return web.Response(status=404, text="没有这一页", content_type="text/html")
        if page.kind == "moved":
            return web.Response(status=302, headers={"Location": page.body.decode()})
        return web.Response(body=page.body, headers={"Content-Type": page.media_type})

    return answer
