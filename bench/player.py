"""The player in another site's page: its bytes, the main thread's time before it is pressed, and what it moves.

Run: `python -m bench.player`. Each page of `tests/browser/hosts` is opened with and without the player by turns; the
time is what Chromium's own counters say the main thread spent, the median of the pages with less that without.
"""

import statistics
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from service.settings import resources
from service.web.player import script
from tests.browser.conftest import CHROMIUM, FLAGS
from tests.browser.host import PAGES, Host, hosting
from tests.web.service import serving, settings

_TURNS = 15
_WITHOUT = {
    "<changdu-player": "<p hidden",
    "</changdu-player>": "</p>",
    '"changdu-player"': '"p"',
    "player.js": "none.js",
}
_SHIFTS = """window.shifted = 0; new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shifted += entry.value;
}).observe({ type: "layout-shift", buffered: true });"""


def _open(browser: Browser, url: str) -> tuple[float, float]:
    """Milliseconds of the main thread until a second after loading, and the layout shift."""
    context = browser.new_context(viewport={"width": 1000, "height": 800})
    page = context.new_page()
    page.add_init_script(_SHIFTS)
    counters = context.new_cdp_session(page)
    counters.send("Performance.enable", {"timeDomain": "threadTicks"})
    page.goto(url)
    page.wait_for_timeout(1000)
    spent = {entry["name"]: entry["value"] for entry in counters.send("Performance.getMetrics")["metrics"]}
    shifted = float(page.evaluate("window.shifted"))
    context.close()
    return spent["TaskDuration"] * 1000, shifted


def _measure(browser: Browser, host: Host, name: str) -> str:
    plain, played, shifts = [], [], 0.0
    for _ in range(_TURNS):
        host.changes = _WITHOUT
        plain.append(_open(browser, host.page(name))[0])
        host.changes = {}
        spent, shifted = _open(browser, host.page(name))
        played.append(spent)
        shifts = max(shifts, shifted)
    more = statistics.median(played) - statistics.median(plain)
    return f"{name:8} {statistics.median(plain):8.1f} {statistics.median(played):8.1f} {more:8.1f} {shifts:8.4f}"


def main() -> None:
    print(f"player.js: {len(script(resources('templates')).encode())} bytes before compression")
    print("page     without     with     more    shift   (main thread, ms of its own processor time; medians)")
    with hosting() as host, tempfile.TemporaryDirectory() as store, serving(settings(Path(store))) as client:
        host.service = str(client.base_url).rstrip("/")
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
            for name in PAGES:
                print(_measure(browser, host, name))
            browser.close()


if __name__ == "__main__":
    main()
