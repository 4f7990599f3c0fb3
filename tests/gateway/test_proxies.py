"""The ways a site puts Changdu below its own address, as the webmaster's guide writes them: nginx, Caddy, ASGI."""

import gc
import re
import shutil
import socket
import subprocess
import threading
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

import httpx2
import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from service.middleware import ChangduMiddleware
from tests.gateway.house import Town, town
from tests.gateway.town import pages
from tests.web.service import settings

GUIDE = (Path(__file__).parents[2] / "docs/webmaster.md").read_text(encoding="utf-8")
NGINX = """daemon off; pid {folder}/pid; error_log {folder}/error.log;
events {{}}
http {{ access_log off; client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/f;
uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
server {{ listen {front}; location / {{ proxy_pass http://{origin}; }}
{snippet} }} }}"""
CADDY = """{{
admin off
auto_https off
}}
http://{front} {{
{snippet}
handle {{
reverse_proxy {origin}
}}
}}"""


def snippet(language: str, changdu: str) -> str:
    (found,) = re.findall(rf"```{language}\n(.*?)```", GUIDE, re.S)
    return str(found).replace("127.0.0.1:8000", changdu)


def nginx(folder: Path, front: str, home: Town) -> list[str]:
    changdu = home.client.base_url.netloc.decode()
    text = NGINX.format(folder=folder, front=front, origin=home.origin, snippet=snippet("nginx", changdu))
    (folder / "nginx.conf").write_text(text, encoding="utf-8")
    return ["nginx", "-c", str(folder / "nginx.conf"), "-e", str(folder / "error.log")]


def caddy(folder: Path, front: str, home: Town) -> list[str]:
    changdu = home.client.base_url.netloc.decode()
    text = CADDY.format(front=front, origin=home.origin, snippet=snippet("caddy", changdu))
    (folder / "Caddyfile").write_text(text, encoding="utf-8")
    return ["caddy", "run", "--config", str(folder / "Caddyfile"), "--adapter", "caddyfile"]


@contextmanager
def running(command: list[str], front: str, folder: Path) -> Iterator[None]:
    with (folder / "output").open("wb") as output:
        process = subprocess.Popen(command, stdout=output, stderr=output, env={"HOME": str(folder), "PATH": "/usr/sbin:/usr/bin:/bin"})  # fmt: skip
        try:
            _wait(front, process)
            yield
        finally:
            process.terminate()
            process.wait(10)


def _wait(front: str, process: subprocess.Popen[bytes]) -> None:
    host, _, port = front.partition(":")
    for _ in range(500):
        assert process.poll() is None, "the proxy has ended"
        with socket.socket() as probe:
            if probe.connect_ex((host, int(port))) == 0:
                return
        time.sleep(0.02)
    raise AssertionError("the proxy does not answer")


def free() -> str:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return f"127.0.0.1:{probe.getsockname()[1]}"


@pytest.mark.parametrize("proxy", [nginx, caddy])
def test_behind_the_sites_own_proxy(tmp_path: Path, proxy: Callable[[Path, str, Town], list[str]]) -> None:
    assert shutil.which(proxy.__name__, path="/usr/sbin:/usr/bin"), f"scripts/test installs {proxy.__name__}"
    front = free()
    with (
        town(tmp_path, front=front, base_url=f"http://{front}/changdu") as home,
        running(proxy(tmp_path, front, home), front, tmp_path),
        httpx2.Client(base_url=f"http://{front}", timeout=60) as reader,
    ):
        stays_in_the_view(reader, front)


def stays_in_the_view(reader: httpx2.Client, host: str) -> None:
    """From the site's own page into the view, on to a page with a query, one in GBK, and one that has moved."""
    assert "柳溪镇人民政府" in reader.get("/").text
    came = {"Referer": f"http://{host}/notice/list.asp?page=2"}
    entrance = reader.get("/changdu/read?view=elder&theme=yellow-on-black", headers=came)
    assert entrance.status_code == 303
    place = f"/changdu/elder/{host}/notice/list.asp%3Fpage=2?theme=yellow-on-black"
    assert entrance.headers["location"] == place
    listing = reader.get(place)
    assert listing.status_code == 200
    link = f"/changdu/elder/{host}/notice/show.asp%3Fcid=2&amp;id=13?theme=yellow-on-black"
    assert f'href="{link}"' in listing.text
    article = reader.get(link.replace("&amp;", "&"))
    assert "本文登记在《通知公告》第13号。" in article.text
    assert 'data-theme="yellow-on-black"' in article.text
    assert reader.get(re.findall(r'href="([^"]+\.css[^"]*)"', article.text)[0]).status_code == 200
    moved = reader.get(f"/changdu/accessible/{host}/go.asp?id=3")
    assert moved.status_code == 308
    assert "本文登记在《文化体育》第3号。" in reader.get(moved.headers["location"]).text
    assert reader.get(f"/changdu/elder/{host}/culture/%CE%C4%BB%AF/5.html").status_code == 200
    assert reader.get(f"/changdu/elder/{host}", follow_redirects=True).url.path == f"/changdu/elder/{host}/"
    assert reader.get("/changdu/elder/evil.example/").status_code == 403


@pytest.mark.parametrize("kind", ["starlette", "without lifespan"])
def test_inside_a_python_site(tmp_path: Path, kind: str) -> None:
    host = free()
    found = pages(f"http://{host}", "http://county.example")
    lived: list[str] = []

    async def page(request: Request) -> Response:
        raw = request.scope["raw_path"].decode() + (f"?{request.url.query}" if request.url.query else "")
        known = found.get(raw)
        if known is None:
            return Response(status_code=404)
        if known.kind == "moved":
            return Response(status_code=302, headers={"Location": known.body.decode()})
        return HTMLResponse(known.body, media_type=known.media_type)

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        lived.append("begun")
        yield
        lived.append("ended")

    route = Route("/{path:path}", page)
    own: ASGIApp = Starlette(routes=[route], lifespan=lifespan) if kind == "starlette" else route.app
    (tmp_path / "sites").mkdir()
    (tmp_path / "sites" / "liuxi.toml").write_text(
        f'name = "柳溪镇人民政府"\nhosts = ["http://{host}"]', encoding="utf-8"
    )
    chosen = settings(
        tmp_path / "store",
        sites=str(tmp_path / "sites"),
        fetch_allow="127.0.0.1",
        fetch_ports=host.partition(":")[2],
    )
    app = ChangduMiddleware(own, chosen)
    server = uvicorn.Server(uvicorn.Config(app, port=int(host.partition(":")[2]), log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    with httpx2.Client(base_url=f"http://{host}", timeout=60) as reader:
        stays_in_the_view(reader, host)
    server.should_exit = True
    thread.join(20)
    gc.collect()  # what Changdu had not closed is told here, and not to a later test
    assert lived == (["begun", "ended"] if kind == "starlette" else [])
