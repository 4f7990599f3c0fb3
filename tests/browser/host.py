"""Other people's sites, with the player in their pages: five of our own writing, served from an origin of their own."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

HOSTS: Final = Path(__file__).parent / "hosts"
REACT: Final = Path(__file__).parent / "node_modules"
PAGES: Final = ("old", "cms", "late", "strict", "weixin")
_LIBRARIES: Final = {
    "react.js": "react/umd/react.production.min.js",
    "react-dom.js": "react-dom/umd/react-dom.production.min.js",
}
_KINDS: Final = {"html": "text/html", "css": "text/css", "js": "text/javascript", "json": "application/json"}


class Host:
    """One site at `url`. `service` is where its pages look for the player; `changes` are made in every page it sends."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.service = ""
        self.changes: dict[str, str] = {}

    def page(self, name: str) -> str:
        return f"{self.url}/{name}"

    async def send(self, request: Request) -> Response:
        name = request.path_params["name"]
        path = REACT / _LIBRARIES[name] if name in _LIBRARIES else HOSTS / (name if "." in name else f"{name}.html")
        if not path.exists():
            return Response(status_code=204 if name == "favicon.ico" else 404)
        text = path.read_text(encoding="utf-8").replace("SERVICE", self.service).replace("HOST", self.url)
        for before, after in self.changes.items():
            text = text.replace(before, after)
        headers: dict[str, str] = {}
        if path.name == "strict.html":
            headers["Content-Security-Policy"] = self.strict
        charset = "gbk" if path.name == "old.html" else "utf-8"
        kind = _KINDS[path.suffix[1:]] + ("" if charset == "gbk" else "; charset=utf-8")
        return Response(text.encode(charset), headers={**headers, "Content-Type": kind})

    @property
    def strict(self) -> str:
        """No inline style or script, no script that is not named, and no text made into markup."""
        return (
            f"default-src 'none'; script-src {self.service}/player.js; style-src 'self'; img-src 'self'; "
            f"connect-src {self.service}; media-src {self.service}; base-uri 'none'; "
            "require-trusted-types-for 'script'; trusted-types 'none'"
        )


@contextmanager
def hosting() -> Iterator[Host]:
    """A host that runs in a thread for as long as the context lasts."""
    listener = socket.create_server(("127.0.0.1", 0))
    host = Host(f"http://127.0.0.1:{listener.getsockname()[1]}")
    app = Starlette(routes=[Route("/{name}", host.send)])
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", ws="none", lifespan="off"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    try:
        yield host
    finally:
        server.should_exit = True
        thread.join()


def needs_react(name: str) -> None:
    """Skips where a page needs what npm brings and it is not there."""
    if name == "late" and not (REACT / _LIBRARIES["react.js"]).exists():
        pytest.skip("React is not installed: npm ci in tests/browser")
