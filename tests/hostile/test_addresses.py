"""Addresses that lead into this machine and its network, given to a whole server: each is refused, and nothing is touched."""

import html
import json
import socket
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from aiohttp import web

from tests.hostile.problems import said
from tests.hostile.server import Service, serving
from tests.hostile.spellings import SPELLINGS, address
from tests.intake.origins import PAGE, site
from tests.web.stage import stage

ORIGIN = "127.0.0.77"  # the one address of this machine that may be opened


class Canary:
    """A socket on 127.0.0.1, and one on ::1 with the same port; who connects to it has got through."""

    def __init__(self) -> None:
        self._sockets = [socket.create_server(("127.0.0.1", 0))]
        self.port = self._sockets[0].getsockname()[1]
        self._sockets.append(socket.create_server(("::1", self.port), family=socket.AF_INET6))
        for each in self._sockets:
            each.setblocking(False)

    def touched(self) -> bool:
        for each in self._sockets:
            try:
                each.accept()[0].close()
            except BlockingIOError:
                continue
            return True
        return False

    def close(self) -> None:
        for each in self._sockets:
            each.close()


@pytest.fixture(scope="module")
def canary() -> Iterator[Canary]:
    made = Canary()
    yield made
    made.close()


@pytest.fixture(scope="module")
def origin(canary: Canary) -> Iterator[int]:
    """A site that may be opened and sends whoever asks `/to?…` there; its port."""

    async def to(request: web.Request) -> web.Response:
        return web.Response(status=302, headers={"Location": request.query["at"]})

    async def page(request: web.Request) -> web.Response:
        return web.Response(text=PAGE, content_type="text/html")

    async def pages(request: web.Request) -> web.Response:
        href = html.escape(request.query["at"])
        head = f'<link rel="next" href="{href}"><link rel="amphtml" href="{href}"><link rel="canonical" href="{href}">'
        return web.Response(text=f"<html><head>{head}</head>{PAGE}", content_type="text/html")

    with stage() as here:
        yield here.enter(site({"/to": to, "/page": page, "/pages": pages}, ORIGIN))


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory, origin: int, canary: Canary) -> Iterator[Service]:
    store = tmp_path_factory.mktemp("store")
    ports = f"80,443,{origin},{canary.port}"
    with serving(store, fetch_allow=ORIGIN, fetch_ports=ports, fetch_seconds="5") as service:
        yield service


def test_there_are_more_than_sixty() -> None:
    assert len(set(SPELLINGS)) >= 60


def through(origin: int, path: str, at: str) -> str:
    """The address of a page of the origin that leads to `at`."""
    return f"http://{ORIGIN}:{origin}{path}?at={quote(at, safe='')}"


REFUSED = {(403, "blocked-address"), (400, "bad-address")}


@pytest.mark.parametrize("host", SPELLINGS)
def test_this_machine_in_every_spelling(service: Service, canary: Canary, host: str) -> None:
    allowed = REFUSED | ({(502, "host-not-found")} if host == "localhost." else set())  # as the name service likes
    assert said(service.open(address(host, canary.port))) in allowed
    assert not canary.touched()


@pytest.mark.parametrize("host", SPELLINGS)
def test_a_redirect_to_this_machine_in_every_spelling(service: Service, origin: int, canary: Canary, host: str) -> None:
    found = said(service.open(through(origin, "/to", address(host, canary.port))))
    assert found in REFUSED | {(502, "host-not-found"), (502, "broken-reply")}
    assert not canary.touched()


@pytest.mark.parametrize("host", SPELLINGS)
def test_a_page_that_names_this_machine_as_its_next_and_its_own(
    service: Service, origin: int, canary: Canary, host: str
) -> None:
    response = service.open(through(origin, "/pages", address(host, canary.port)))
    assert response.status_code in (200, 201)
    assert f":{origin}/" in response.json()["source"]
    assert not canary.touched()


@pytest.mark.parametrize(
    "name",
    [
        "127-0-0-1.test",
        "10-0-0-1.test",
        "169-254-169-254.test",
        "0-0-0-0.test",
        "127-0-0-1.10-0-0-1.both.test",
        "224-0-0-1.both.test",
    ],
)
def test_a_name_that_leads_here(service: Service, canary: Canary, name: str) -> None:
    assert said(service.open(f"http://{name}:{canary.port}/")) == (403, "blocked-address")
    assert not canary.touched()


def test_a_name_with_a_good_and_a_bad_address(service: Service, origin: int, canary: Canary) -> None:
    response = service.open(f"http://127-0-0-1.127-0-0-77.both.test:{origin}/page")
    assert response.status_code in (200, 201)
    assert not canary.touched()


def test_a_name_that_is_bound_anew_between_two_requests(service: Service, origin: int, canary: Canary) -> None:
    turning = "127-0-0-77.127-0-0-1.turn.test"
    there = f"http://{turning}:{canary.port}/"
    assert said(service.open(f"http://{turning}:{origin}/to?at={quote(there, safe='')}")) == (403, "blocked-address")
    assert not canary.touched()


@pytest.mark.parametrize("port", [22, 25, 3306, 6379, 8080])
def test_ports_that_are_not_open(service: Service, origin: int, port: int) -> None:
    for url in (f"http://{ORIGIN}:{port}/", through(origin, "/to", f"http://{ORIGIN}:{port}/")):
        assert said(service.open(url)) == (403, "blocked-port")


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "gopher://127.0.0.1:6379/_INFO",
        "dict://127.0.0.1:11211/stat",
        "ftp://127.0.0.1/",
        "data:text/html,<p>x",
        "javascript:alert(1)",
        "jar:http://127.0.0.1!/",
        "view-source:http://127.0.0.1/",
        "//127.0.0.1/",
        "http:127.0.0.1",
        "http:///etc/passwd",
        "http://",
        "\ud800",
        "http://\ud800.example/",
        "http://a\r\nHost: b/",
        "http://a" + "a" * 100_000,
    ],
)
def test_what_is_no_web_address(service: Service, url: str) -> None:
    body = json.dumps({"url": url}).encode()
    response = service.client.post("/articles", content=body, headers={"Content-Type": "application/json"})
    assert said(response).status == 400


@pytest.mark.parametrize("url", ["file:///etc/passwd", "gopher://127.0.0.1:6379/_INFO", "data:text/html,<p>x"])
def test_a_redirect_to_what_is_no_web_address(service: Service, origin: int, url: str) -> None:
    assert said(service.open(through(origin, "/to", url))) == (400, "bad-address")


def test_a_link_of_a_main_site_is_guarded_too(service: Service, canary: Canary) -> None:
    response = service.client.get("/read", params={"url": f"http://127.0.0.1:{canary.port}/"})
    assert said(response) == (403, "blocked-address")
    form = service.client.post("/articles", data={"url": f"http://[::1]:{canary.port}/"})
    assert said(form) == (403, "blocked-address")
    assert not canary.touched()


def test_the_canary_is_touched_where_nothing_guards(canary: Canary) -> None:
    with socket.create_connection(("127.0.0.1", canary.port), 5):
        assert canary.touched()
