"""A whole Changdu in a process of its own, whose name service answers for names that end in `.test` from their labels.

`127-0-0-1.test` is 127.0.0.1; `127-0-0-9.127-0-0-1.turn.test` is the first at its first question and the second ever
after; `….both.test` is all of its addresses at once.
"""

import os
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx2

from service.cli import main


class Service:
    """A running server: `client` asks it, `pid` is its process."""

    def __init__(self, client: httpx2.Client, pid: int) -> None:
        self.client = client
        self.pid = pid

    def open(self, url: str) -> httpx2.Response:
        return self.client.post("/articles", json={"url": url})

    def send(self, body: bytes, media_type: str | None = None, name: str = "") -> httpx2.Response:
        headers = {"Content-Type": media_type} if media_type else {}
        return self.client.post("/articles", params={"name": name}, content=body, headers=headers)

    def megabytes(self, kind: str = "VmRSS") -> dict[int, int]:
        """The resident memory of each process of the service by its id, now or, as VmHWM, at its highest."""
        return {pid: _megabytes(pid, kind) for pid in (self.pid, *_children(self.pid))}


def _children(pid: int) -> list[int]:
    tasks = Path(f"/proc/{pid}/task").iterdir()
    return [int(child) for task in tasks for child in (task / "children").read_text().split()]


def _megabytes(pid: int, kind: str) -> int:
    status = Path(f"/proc/{pid}/status").read_text()
    return next(int(line.split()[1]) >> 10 for line in status.splitlines() if line.startswith(kind))


@contextmanager
def serving(store: Path, **variables: str) -> Iterator[Service]:
    """A server for as long as the context lasts; `variables` are settings without their prefix."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    said = {f"CHANGDU_{name.upper()}": value for name, value in variables.items()}
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.hostile.server", "serve", "--port", str(port)],
        env={**os.environ, **said, "CHANGDU_STORE": str(store)},
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        with httpx2.Client(base_url=f"http://127.0.0.1:{port}", timeout=60) as client:
            while not _answers(client):
                assert process.poll() is None
                time.sleep(0.05)
            yield Service(client, process.pid)
    finally:
        process.terminate()
        _, said_last = process.communicate(timeout=20)
        assert "Traceback" not in said_last, said_last


def _answers(client: httpx2.Client) -> bool:
    try:
        return client.get("/health").status_code == 200
    except httpx2.TransportError:
        return False


class _Names:
    """Takes the place of the system's name service in this process."""

    def __init__(self) -> None:
        self._system = socket.getaddrinfo
        self._asked = Counter[str]()

    def __call__(self, host: Any, port: Any, *rest: Any, **more: Any) -> list[Any]:
        if not isinstance(host, str) or not host.endswith(".test"):
            return self._system(host, port, *rest, **more)
        self._asked[host] += 1
        *labels, _ = host.split(".")
        addresses = [label.replace("-", ".") for label in labels if label[0].isdigit()]
        if labels[-1] == "turn":
            addresses = [addresses[min(self._asked[host], len(addresses)) - 1]]
        return [found for address in addresses for found in self._system(address, port, *rest, **more)]


if __name__ == "__main__":
    socket.getaddrinfo = _Names()
    sys.exit(main())
