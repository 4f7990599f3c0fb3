"""A real Changdu server on loopback with our own articles in it, and Debian's Chromium to look at it."""

import asyncio
import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
import uvicorn
from playwright.sync_api import Browser, Page, Route, expect, sync_playwright

from service.app import create_app
from service.article import Article
from service.blobs.store import Blobs
from service.settings import load
from tests.browser.host import Host, hosting
from tests.browser.visit import Visit
from tests.web import specimens
from tests.web.difficult import difficult
from tests.web.service import serving
from tests.web.service import settings as chosen_settings

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
FLAGS += ["--disable-component-update", "--disable-sync", "--autoplay-policy=user-gesture-required"]
PICTURE = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 800 450"><rect width="800" height="450" fill="#cbb"/>
<circle cx="400" cy="225" r="120" fill="#764"/></svg>"""

PATIENCE = 30_000  # milliseconds: the machine may be busy with something else
expect.set_options(timeout=PATIENCE)

Open = Callable[..., Page]


class Site:
    """The running server: `url`, and the articles in it by name."""

    def __init__(self, url: str, articles: dict[str, Article]) -> None:
        self.url = url
        self.articles = articles

    def page(self, name: str, view: str = "elder", query: str = "") -> str:
        return f"{self.url}/articles/{self.articles[name].id}/{view}{query}"


def _shelve(store: Path, articles: dict[str, Article]) -> None:
    async def put() -> None:
        blobs = Blobs(str(store))
        for article in articles.values():
            await blobs.put(f"articles/{article.id[:2]}/{article.id}.json", msgspec.json.encode(article))

    thread = threading.Thread(target=asyncio.run, args=(put(),))  # the browser has a loop in this one
    thread.start()
    thread.join()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    store = tmp_path_factory.mktemp("store")
    articles = {shape.__name__: shape() for shape in (*specimens.SHAPES, specimens.listing)} | difficult()
    _shelve(store, articles)
    settings = load({"CHANGDU_STORE": str(store), "CHANGDU_VOICE_PROCESSES": "1", "CHANGDU_SEGMENT_SECONDS": "300"})
    listener = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(create_app(settings), log_level="warning", ws="none"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    yield Site(f"http://127.0.0.1:{listener.getsockname()[1]}", articles)
    server.should_exit = True
    thread.join()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if not CHROMIUM.exists():
        pytest.skip("Chromium is not installed: apt-get install chromium fonts-noto-cjk")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Open]:
    """Opens an address in a fresh profile. Nothing leaves the machine: pictures from elsewhere are our own drawing."""
    contexts = []

    def elsewhere(route: Route) -> None:
        if route.request.resource_type in ("image", "document"):
            route.fulfill(body=PICTURE, content_type="image/svg+xml")
        else:
            route.abort()

    def open_page(url: str, width: int = 1280, height: int = 900, **options: Any) -> Page:
        options = {"locale": "zh-CN", **options}
        context = browser.new_context(viewport={"width": width, "height": height}, **options)
        contexts.append(context)
        context.route(lambda address: not address.startswith(("http://127.0.0.1", "file:", "blob:")), elsewhere)
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.goto(url)
        return page

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def host(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Host]:
    """Another site, and a service that knows it by its profile and may fetch its pages."""
    folder = tmp_path_factory.mktemp("host")
    with hosting() as host:
        sites = folder / "sites"
        sites.mkdir()
        (sites / "host.toml").write_text(f'name = "别人的网站"\nhosts = ["{host.url}"]\n', encoding="utf-8")
        chosen = chosen_settings(
            folder / "store",
            sites=str(sites),
            fetch_allow="127.0.0.1",
            fetch_ports=host.url.rpartition(":")[2],
            voice_processes="1",
            segment_seconds="300",
        )
        with serving(chosen) as client:
            host.service = str(client.base_url).rstrip("/")
            yield host


@pytest.fixture
def visit(open_page: Open) -> Visit:
    """A browser that is about to visit one of the host's pages."""
    return Visit(open_page("about:blank", width=1000))
