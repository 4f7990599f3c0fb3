"""What a push of many articles costs, and whether one is lost when the server is killed in the middle of it.

`python -m bench.push [COUNT]` starts a server of its own, pushes COUNT articles (50,000), kills it after half, starts it
again, pushes the rest, and then asks after every one. Run it alone: it takes all cores.
"""

import asyncio
import collections
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import aiohttp

from service.push.keys import digest, new_key

_AT_ONCE = 16
_HOME = "https://www.liuxi.example"
_TEXT = "社区食堂从下周一起开放，每天供应三餐，请居民带好身份证办理用餐卡，行动不便的老人可以打电话订餐。" * 12


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 50_000
    key = new_key()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "sites").mkdir()
        (folder / "sites" / "liuxi.toml").write_text(
            f'name = "柳溪镇"\nhosts = ["www.liuxi.example"]\n[[push]]\nname = "CMS"\nkey = "{digest(key)}"\n', "utf-8"
        )
        half = count // 2
        with server(folder) as (address, process):
            first = asyncio.run(push(address, key, range(half)))
            memory = peak_mb(process.pid)
        with server(folder) as (address, process):
            second = asyncio.run(push(address, key, range(half, count)))
            memory = max(memory, peak_mb(process.pid))
            states, waiting = asyncio.run(ask(address, key, count))
            begun, before = time.monotonic(), waiting
            time.sleep(20)
            _, waiting = asyncio.run(ask(address, key, 1))
            rate = (before - waiting) / (time.monotonic() - begun)
    print(f"{count} pushed, killed after {half}")
    print("answers      ", dict(first[0] + second[0]))
    print(f"accepted     {count / (first[1] + second[1]):.0f} a second, {_AT_ONCE} at once")
    print("afterwards   ", dict(states), "lost:", count - sum(states.values()))
    print(f"read         {rate:.0f} a second")
    print(f"peak memory  {memory} MB of the server process")


@contextmanager
def server(folder: Path) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environ = {**os.environ, "CHANGDU_STORE": str(folder / "store"), "CHANGDU_SITES": str(folder / "sites")}
    command = [sys.executable, "-m", "service.cli", "serve", "--port", str(port)]
    process = subprocess.Popen(command, env=environ, stderr=subprocess.DEVNULL, start_new_session=True)
    try:
        yield f"http://127.0.0.1:{port}", process
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


async def push(address: str, key: str, numbers: range) -> tuple[collections.Counter[int], float]:
    """How many of each status, and the seconds it took."""
    answers: collections.Counter[int] = collections.Counter()

    async def one(session: aiohttp.ClientSession, n: int) -> None:
        html = f"<html><head><title>第{n}号通知</title></head><body><h1>第{n}号通知</h1><p>第{n}号：{_TEXT}</p></body></html>"
        headers = {"Content-Type": "text/html; charset=utf-8"}
        async with session.put(_url(address, n), data=html.encode(), headers=headers) as response:
            answers[response.status] += 1

    begun = time.monotonic()
    await _each(address, key, numbers, one)
    return answers, time.monotonic() - begun


async def ask(address: str, key: str, count: int) -> tuple[collections.Counter[str], int]:
    """How many are in each state, and how many wait."""
    states: collections.Counter[str] = collections.Counter()
    waiting = 0

    async def one(session: aiohttp.ClientSession, n: int) -> None:
        nonlocal waiting
        async with session.get(_url(address, n)) as response:
            said = await response.json()
            if response.status == 200:
                states[said["state"]] += 1
                waiting = said["waiting"]

    await _each(address, key, range(count), one)
    return states, waiting


async def _each(
    address: str, key: str, numbers: range, work: Callable[[aiohttp.ClientSession, int], Awaitable[None]]
) -> None:
    headers = {"Authorization": f"Bearer {key}"}
    async with aiohttp.ClientSession(headers=headers, timeout=aiohttp.ClientTimeout(total=120)) as session:
        while True:
            try:
                async with session.get(f"{address}/health"):
                    break
            except aiohttp.ClientError:
                await asyncio.sleep(0.1)
        rest = iter(numbers)

        async def some() -> None:
            for n in rest:
                await work(session, n)

        await asyncio.gather(*(some() for _ in range(_AT_ONCE)))


def _url(address: str, n: int) -> str:
    return f"{address}/articles?source={_HOME}/archive/{n}.html"


def peak_mb(pid: int) -> int:
    status = Path(f"/proc/{pid}/status").read_text("utf-8")
    return int(status.partition("VmHWM:")[2].split()[0]) >> 10


if __name__ == "__main__":
    main()
