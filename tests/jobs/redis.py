"""A redis-server of our own on loopback, which can be stopped and started again with or without its memory."""

import shutil
import socket
import subprocess
import time
from pathlib import Path

import pytest

needs_redis = pytest.mark.skipif(shutil.which("redis-server") is None, reason="redis-server is not installed")


class RedisServer:
    """`folder` holds what it writes down: with `keeps`, everything, as it is done."""

    def __init__(self, folder: Path, *, keeps: bool = False) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self._port = free.getsockname()[1]
        self.url = f"redis://127.0.0.1:{self._port}/0"
        self._folder = folder
        self._keeps = keeps
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        options = f"--port {self._port} --bind 127.0.0.1 --save '' --appendonly {'yes' if self._keeps else 'no'}"
        command = ["redis-server", *options.replace("''", "").split(" "), "--dir", str(self._folder)]
        self._process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        while True:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self._port)) == 0:
                    return
            time.sleep(0.02)

    def stop(self) -> None:
        """As in a crash."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None
