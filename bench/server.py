"""A server in a process of its own, for as long as it is measured."""

import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager

import httpx2


@contextmanager
def process(*command: str, port: int, store: str = "") -> Iterator[int]:
    """Runs a command until it answers on `port`; gives its process id."""
    environment = {**os.environ, "CHANGDU_STORE": store, "CHANGDU_PORT": str(port)}
    process = subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL)
    try:
        for _ in range(400):
            try:
                httpx2.get(f"http://127.0.0.1:{port}/health")
                break
            except httpx2.TransportError:
                time.sleep(0.05)
        yield process.pid
    finally:
        process.terminate()
        process.wait(30)
