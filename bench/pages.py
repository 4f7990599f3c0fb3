"""The pages: time to first paint on a throttled phone, and Lighthouse's scores.

Run: `python -m bench.pages`; needs Chromium, and for the scores Lighthouse, which `npx` of Node.js fetches.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from typing import Final

import httpx2
import msgspec
from playwright.sync_api import Browser, sync_playwright

from bench.server import process

_PORT: Final = 8766
_ORIGIN: Final = f"http://127.0.0.1:{_PORT}"
_CHROMIUM: Final = "/usr/bin/chromium"
_TIMES: Final = 7
_LIGHTHOUSE: Final = "lighthouse@13.5.0"
_ARTICLE: Final = f"""<!DOCTYPE html><html lang="zh-CN"><title>社区通知</title><h1>社区通知</h1>
<p>来源：春风里社区 时间：2024-03-18 09:30</p>
{"".join(f"<h2>第 {n} 节</h2>" + "<p>书屋不大，只有六张桌子，可是第一天就来了七十多位读者，最年长的八十六岁。</p>" * 6 for n in range(1, 6))}
<img src="{_ORIGIN}/assets/mark.svg" alt="书屋的标志" width="64" height="64">
<table><tr><th>楼号<th>日期</tr><tr><td>一号楼<td>四月八日</tr><tr><td>二号楼<td>四月九日</tr></table>"""


class Network(msgspec.Struct, frozen=True):
    """`latency` in milliseconds for each request, `down` and `up` in kilobits a second, a processor `slower` by so much."""

    name: str
    latency: float
    down: int
    up: int
    slower: int = 4


_NETWORKS: Final = (
    Network("3G phone (1.6 Mbit/s, 300 ms, processor 4 x slower)", 300, 1600, 768),
    Network("Fast 3G of the developer tools (1.4 Mbit/s, 563 ms, 4 x slower)", 562.5, 1440, 675),
)


def first_paints(browser: Browser, address: str, network: Network) -> list[float]:
    """Milliseconds from asking for a page to its first contentful paint, seven times, nothing cached."""
    times = []
    for _ in range(_TIMES):
        context = browser.new_context(viewport={"width": 360, "height": 640}, device_scale_factor=2, is_mobile=True)
        page = context.new_page()
        session = context.new_cdp_session(page)
        session.send("Network.enable")
        conditions = {"offline": False, "latency": network.latency}
        speeds = {"downloadThroughput": network.down * 125, "uploadThroughput": network.up * 125}
        session.send("Network.emulateNetworkConditions", {**conditions, **speeds})
        session.send("Emulation.setCPUThrottlingRate", {"rate": network.slower})
        page.goto(address)
        painted = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime"
        page.wait_for_function(painted)
        times.append(float(page.evaluate(painted)))
        context.close()
    return times


def scores(address: str) -> dict[str, int]:
    """Lighthouse's scores out of a hundred, and on standard error what kept a score below it."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        options = ["--only-categories=accessibility,best-practices", "--quiet", "--output=json"]
        options += [f"--output-path={report}", "--chrome-flags=--headless=new --no-sandbox"]
        environment = {**os.environ, "CHROME_PATH": _CHROMIUM, "npm_config_loglevel": "error"}
        subprocess.run(["npx", "--yes", _LIGHTHOUSE, address, *options], env=environment, check=True)
        found = json.loads(report.read_text())
    for audit in found["audits"].values():
        if audit["score"] is not None and audit["score"] < 1 and audit["scoreDisplayMode"] == "binary":
            print(f"{address}: {audit['title']}", file=sys.stderr)
    return {name: round(category["score"] * 100) for name, category in found["categories"].items()}


def main() -> None:
    with process(sys.executable, "-m", "service.cli", "serve", port=_PORT, store=tempfile.mkdtemp()):
        made = httpx2.post(f"{_ORIGIN}/articles", content=_ARTICLE.encode(), headers={"Content-Type": "text/html"})
        article = f"/articles/{made.json()['id']}"
        pages = {"elder": f"{article}/elder", "accessible": f"{article}/accessible", "home": "/"}
        for path in pages.values():
            httpx2.get(_ORIGIN + path, headers={"Accept": "text/html", "Accept-Language": "zh-CN"}).raise_for_status()
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=_CHROMIUM, args=["--no-sandbox"])
            for network in _NETWORKS:
                for name, path in pages.items():
                    times = first_paints(browser, _ORIGIN + path, network)
                    print(f"{name:12} first paint {median(times):5.0f} ms (best {min(times):.0f})  {network.name}")
            browser.close()
        for name, path in pages.items():
            print(f"{name:12} Lighthouse  {scores(_ORIGIN + path)}")


if __name__ == "__main__":
    main()
