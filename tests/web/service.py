"""A whole Changdu under test, in a real server on loopback, with a store and a cache of its own."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx2
import uvicorn

from service.app import create_app
from service.settings import Settings, load

HOSTS = "https://www.example.cn", "https://m.example.cn"


def settings(folder: Path, **variables: str) -> Settings:
    """Settings whose store lies in a folder; the assembled model is shared by all tests of one user."""
    return load(
        {"CHANGDU_STORE": str(folder), **{f"CHANGDU_{name.upper()}": value for name, value in variables.items()}}
    )


@contextmanager
def known(folder: Path, **variables: str) -> Iterator[httpx2.Client]:
    """A client of a server that knows one site, of `HOSTS`."""
    sites = folder / "sites"
    sites.mkdir()
    profile = f'name = "江城新闻网"\nhosts = ["{HOSTS[0]}", "{HOSTS[1]}"]\n'
    (sites / "river.toml").write_text(profile, encoding="utf-8")
    with serving(settings(folder / "store", sites=str(sites), **variables)) as client:
        yield client


@contextmanager
def serving(chosen: Settings, port: int = 0) -> Iterator[httpx2.Client]:
    """A client of a server that runs in a thread for as long as the context lasts; `port` 0 is any free one."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", port))
        address = f"http://127.0.0.1:{listener.getsockname()[1]}"
        server = uvicorn.Server(uvicorn.Config(create_app(chosen), log_level="error", server_header=False))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.01)
        try:
            with httpx2.Client(base_url=address, timeout=60) as client:
                yield client
        finally:
            server.should_exit = True
            thread.join(20)
