"""The whole service: time to the first sound, pages a second against bare Starlette, and memory.

Run: `python -m bench.service ARTICLE.txt`; needs `wrk` (Debian package of that name) for the pages.
"""

import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import httpx2

from bench.server import process
from service.settings import load, resources
from service.speech.kokoro import Kokoro
from service.speech.segments import plan
from service.speech.voice import Catalogue
from service.text.reading import read_aloud

_PORT = 8765
_SECONDS = 8
_BARE = """
import sys
from starlette.applications import Starlette
from starlette.responses import Response
from starlette.routing import Route
body = open(sys.argv[1], "rb").read()
async def page(request):
    return Response(body, media_type="text/html")
import uvicorn
uvicorn.run(Starlette(routes=[Route("/articles/{id}/elder", page)]), port=int(sys.argv[2]), access_log=False, log_level="error")
"""


def _memory(pid: int, field: str = "VmRSS") -> dict[str, int]:
    """Resident MB of a process and of each of its children, by their ids; with `VmHWM` the most it ever was."""
    found = {}
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            fields = dict(line.split(":\t", 1) for line in status.read_text().splitlines() if ":\t" in line)
        except OSError:
            continue
        if pid in (int(fields["Pid"]), int(fields["PPid"])) and field in fields:
            found[fields["Pid"]] = int(fields[field].split()[0]) // 1024
    return found


def _wrk(address: str, *headers: str) -> float:
    options = [part for header in headers for part in ("-H", header)]
    command = ["wrk", "-t1", "-c8", f"-d{_SECONDS}s", *options, address]
    out = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    match = re.search(r"Requests/sec:\s+([\d.]+)", out)
    return float(match[1]) if match else 0.0


def first_sound(client: httpx2.Client, article: bytes, rate: float) -> tuple[float, str]:
    """Seconds from the POST of an article never seen to its first segment's sound, and the article's id.

    Each turn asks for another rate, since a segment that has been spoken once comes from the store.
    """
    begun = time.perf_counter()
    id = client.post("/articles", content=article, headers={"Content-Type": "text/plain"}).json()["id"]
    track = client.post(f"/articles/{id}/tracks", json={"rate": rate}).json()["id"]
    response = client.get(f"/tracks/{track}/segments/0.mp3")
    response.raise_for_status()
    seconds = time.perf_counter() - begun
    while client.get(f"/tracks/{track}").json()["state"] == "working":
        time.sleep(0.5)
    return seconds, id


def model_alone(text: bytes) -> float:
    """Seconds that the synthesizer itself takes for the first segment of an article, warm, median of five."""
    import asyncio

    from service.intake.document import Document
    from service.intake.reader import read

    settings = load({"CHANGDU_VOICE_PROCESSES": "1"})
    voice = Catalogue.load(resources("voices")).get(settings.voice)
    spoken = tuple(spoken for _, spoken in zip(range(2), read_aloud(read(Document(body=text))), strict=False))

    async def run() -> float:
        kokoro = Kokoro(settings)
        segment = plan(spoken, voice, kokoro.version)[0]
        times = []
        for _ in range(6):
            begun = time.perf_counter()
            await kokoro.speak(voice, segment.sentences, 1.0)
            times.append(time.perf_counter() - begun)
        await kokoro.close()
        return sorted(times[1:])[2]

    return asyncio.run(run())


def main(path: str) -> None:
    text = Path(path).read_bytes()
    store = tempfile.mkdtemp()
    rows: list[tuple[str, str, str]] = []
    with process(sys.executable, "-m", "service.cli", "serve", port=_PORT, store=store) as pid:
        client = httpx2.Client(base_url=f"http://127.0.0.1:{_PORT}", timeout=120)
        time.sleep(2)
        idle = _memory(pid)
        rows.append(
            (
                "memory idle before the first listening",
                f"{max(idle.values())} MB",
                f"<= 150 MB (all processes {sum(idle.values())} MB)",
            )
        )
        first_sound(client, "试音。\n\n这是一句试音的话，请稍等。\n\n这是第二句。".encode(), 1.0)
        times = []
        for turn in range(3):
            seconds, id = first_sound(client, text + f"\n\n第{turn}次测量。".encode(), 1.0 + turn / 100)
            times.append(seconds)
        peak = max(_memory(pid, "VmHWM").values())
        rows.append(("largest process at its peak, three articles", f"{peak} MB", "<= 700 MB"))
        page = client.get(f"/articles/{id}/elder", headers={"Accept-Encoding": "identity"}).content
    alone = model_alone(text)
    median = sorted(times)[1]
    limit = 1.3 * alone + 0.1
    rows.append(("POST to first playable segment", f"{median:.2f} s", f"<= {limit:.2f} s (model alone {alone:.2f} s)"))
    if shutil.which("wrk"):
        with process(sys.executable, "-m", "service.cli", "serve", port=_PORT, store=store):
            ours = _wrk(f"http://127.0.0.1:{_PORT}/articles/{id}/elder")
        body = Path(store) / "page.html"
        body.write_bytes(page)
        with process(sys.executable, "-c", _BARE, str(body), str(_PORT), port=_PORT):
            bare = _wrk(f"http://127.0.0.1:{_PORT}/articles/{id}/elder")
        rows.append(
            ("elder page, requests a second", f"{ours:.0f}", f">= 0.8 x starlette's {bare:.0f}: {ours / bare:.2f}")
        )
    for name, value, reach in rows:
        print(f"{name:42} {value:>12}   {reach}")
    shutil.rmtree(store)


if __name__ == "__main__":
    main(sys.argv[1])
