"""The player in five other sites' pages, heard by Chromium with the embedded voice: the right words are marked, and the
pages stay as they were."""

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser import engines
from tests.browser.conftest import Open
from tests.browser.host import PAGES, Host, hosting, needs_react
from tests.web.service import serving, settings

MADE = 180_000  # milliseconds in which a busy machine speaks a page and plays it
WATCH = """
window.audios = []; window.shifts = []; window.samples = {right: 0, wrong: []};
window.Audio = class extends Audio { constructor(...given) { super(...given); window.audios.push(this); } };
new PerformanceObserver((list) => { for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shifts.push(entry.value); })
  .observe({ type: "layout-shift", buffered: true });
const shown = (name) => [...CSS.highlights.get(name) ?? []].map(String).join("").replace(/[^\\p{L}\\p{N}]/gu, "");
const folded = (characters) => characters.join("").replace(/[^\\p{L}\\p{N}]/gu, "");
window.sample = () => {
  const track = document.querySelector("changdu-player").track;
  const audio = window.audios.find((one) => !one.paused && one.currentTime > 0);
  if (!track || !audio) return;
  const n = /segments\\/(\\d+)/.exec(audio.src)?.[1];
  const ms = audio.currentTime * 1000;
  const cues = track.segments.flatMap(({ n: place, start_ms, cues }) => n === undefined
    ? cues.map((cue) => [cue, start_ms]) : place === +n ? cues.map((cue) => [cue, 0]) : []);
  const [cue, from] = cues.findLast(([cue, from]) => from + cue.start_ms <= ms) ?? cues[0] ?? [];
  if (!cue) return;
  const said = [...track.sentences[cue.sentence]];
  const word = cue.words.findLast(([, , start]) => from + start <= ms);
  const wanted = [folded(said), word ? folded(said.slice(word[0], word[0] + word[1])) : ""];
  const found = [shown("changdu-sentence"), shown("changdu-word")];
  if (wanted.join() === found.join()) window.samples.right++;
  else window.samples.wrong.push([wanted.join(), found.join(), Math.round(ms)]);
};
setInterval(window.sample, 50);
"""
"""Looks twenty times a second whether what is marked is what the timeline says of the sound being played."""


@pytest.fixture(scope="module")
def host(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Host]:
    """Another site, and a service of its own that may fetch from it."""
    store = tmp_path_factory.mktemp("store")
    with hosting() as host:
        chosen = settings(
            store, fetch_allow="127.0.0.1", fetch_ports=host.url.rpartition(":")[2], voice_processes="1"
        )  # the host's pages are on the service's own host, so no profile is needed
        with serving(chosen) as client:
            host.service = str(client.base_url).rstrip("/")
            yield host


class Visit:
    """A page of the host in the browser, and what it asked and complained of."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.asked: list[str] = []
        self.complaints: list[str] = []
        page.on("request", lambda request: self.asked.append(request.url))
        page.on("console", lambda said: self.complaints.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.add_init_script(WATCH)

    @property
    def player(self) -> Locator:
        return self.page.locator("changdu-player").first

    @property
    def status(self) -> Locator:
        return self.player.get_by_role("status")

    def go(self, url: str) -> "Visit":
        self.page.goto(url)
        expect(self.play).to_be_visible()
        return self

    @property
    def play(self) -> Locator:
        return self.player.get_by_role("button").first

    def listen(self) -> "Visit":
        self.play.click()
        self.until("CSS.highlights.get('changdu-word')?.size > 0")
        return self

    def until(self, true: str) -> None:
        """Waits in a way that a strict policy allows: Playwright's own would evaluate a string in the page."""
        for _ in range(MADE // 100):
            if self.page.evaluate(true):
                return
            self.page.wait_for_timeout(100)
        pytest.fail(f"never came true: {true}; {self.status.text_content()}")

    def ready(self) -> "Visit":
        self.until("document.querySelector('changdu-player').track?.state === 'ready'")
        return self

    @property
    def marked(self) -> str:
        return str(self.page.evaluate("[...CSS.highlights.get('changdu-sentence') ?? []].map(String).join('')"))


@pytest.fixture
def visit(open_page: Open) -> Visit:
    return Visit(open_page("about:blank", width=1000))


def _found(page: Page) -> set[str]:
    """What both engines find, without where it stands."""
    return {found.split(": ")[0] + found.split("<")[-1][:60] for found in engines.axe(page) + engines.ibm(page)}


@pytest.mark.parametrize("name", PAGES)
def test_the_right_words_are_marked_and_nothing_else_happens(host: Host, visit: Visit, name: str) -> None:
    needs_react(name)
    visit.go(host.page(name))
    page = visit.page
    before = page.evaluate("document.documentElement.outerHTML")
    asked = len(visit.asked)
    page.wait_for_timeout(300)
    assert len(visit.asked) == asked, "nothing is asked before it is pressed"
    visit.listen()
    visit.until("document.querySelector('changdu-player').sentence === null")
    samples = page.evaluate("window.samples")
    assert samples["right"] >= 50
    assert samples["right"] / (samples["right"] + len(samples["wrong"])) >= 0.98, samples["wrong"]
    assert page.evaluate("document.documentElement.outerHTML") == before, "not a node of the page is changed"
    assert {urlsplit(url).netloc for url in visit.asked} <= {urlsplit(host.url).netloc, urlsplit(host.service).netloc}
    assert visit.complaints == []
    assert page.evaluate("window.shifts") == []


@pytest.mark.parametrize("name", PAGES)
def test_engines_find_nothing_more_before_and_during_playing(host: Host, open_page: Open, name: str) -> None:
    needs_react(name)
    host.changes = {"<changdu-player": "<p hidden", "</changdu-player>": "</p>", '"changdu-player"': '"p"'}
    bare = open_page(host.page(name), width=1000)
    bare.wait_for_timeout(800)
    found = _found(bare)
    host.changes = {}
    visit = Visit(open_page("about:blank", width=1000)).go(host.page(name))
    assert _found(visit.page) - found == set()
    visit.listen()
    visit.player.get_by_text("更多").or_(visit.player.get_by_text("More")).click()
    assert _found(visit.page) - found == set()
