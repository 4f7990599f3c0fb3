"""A page of another site in the browser, with the player in it: what it asked for, complained of and marked."""

import pytest
from playwright.sync_api import Locator, Page, expect

MADE = 180_000  # milliseconds in which a busy machine speaks a page and plays it
WATCH = """
window.audios = []; window.shifts = []; window.samples = {exact: 0, right: 0, wrong: []};
window.Audio = class extends Audio { constructor(...given) { super(...given); window.audios.push(this); } };
new PerformanceObserver((list) => { for (const entry of list.getEntries()) if (!entry.hadRecentInput)
  window.shifts.push([entry.value, Math.round(entry.startTime), ...entry.sources.map(({ node }) => `${node?.nodeName} ${node?.textContent.slice(0, 20)}`)]); })
  .observe({ type: "layout-shift", buffered: true });
const shown = (name) => [...CSS.highlights.get(name) ?? []].map(String).join("").replace(/[^\\p{L}\\p{N}]/gu, "");
const folded = (characters) => characters.join("").replace(/[^\\p{L}\\p{N}]/gu, "");
window.sample = () => {
  const track = document.querySelector("changdu-player")?.track;
  const audio = window.audios.find((one) => !one.paused && one.currentTime > 0);
  const n = /segments\\/(\\d+)/.exec(audio?.src)?.[1];
  if (!track || !audio || (n && track.segments[n].state !== "ready")) return;
  const wanted = (ms) => {
    const segment = n ? track.segments[n] : track.segments.findLast(({ start_ms }) => start_ms <= ms) ?? track.segments[0];
    const at = n ? ms : ms - segment.start_ms;
    const cue = segment.cues.findLast(({ start_ms }) => start_ms <= at) ?? segment.cues[0];
    const said = [...track.sentences[cue.sentence]];
    if ([...document.images].some(({ alt }) => folded([...alt]) === folded(said))) return ",";
    const word = cue.words.findLast(([, , start]) => start <= at);
    return [folded(said), word ? folded(said.slice(word[0], word[0] + word[1])) : ""].join();
  };
  const ms = audio.currentTime * 1000;
  const found = [shown("changdu-sentence"), shown("changdu-word")].join();
  if (found === wanted(ms)) window.samples.exact++;
  if ([ms, ms - 40, ms + 40].some((at) => found === wanted(at))) window.samples.right++;
  else window.samples.wrong.push([wanted(ms), found, Math.round(ms)]);
};
setInterval(window.sample, 50);
"""
"""Looks twenty times a second whether what is marked is what the timeline says of the sound being played, give or take
one frame of a film, 40 ms. While a picture's description is read there is nothing to mark."""


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

    def until(self, true: str, patience: int = MADE) -> None:
        """Waits in a way that a strict policy allows: Playwright's own would evaluate a string in the page."""
        for _ in range(patience // 100):
            if self.page.evaluate(true):
                return
            self.page.wait_for_timeout(100)
        pytest.fail(f"never came true: {true}; marked: {self.marked}; said: {self.status.text_content()}")

    def ready(self) -> "Visit":
        self.until("document.querySelector('changdu-player').track?.state === 'ready'")
        return self

    def from_the_start(self) -> "Visit":
        """Once all of it can be heard, at its first sentence again."""
        self.ready()
        self.page.evaluate("document.querySelector('changdu-player').play('b0.s1')")
        self.until("document.querySelector('changdu-player').sentence === 'b0.s1'", 30_000)
        return self

    @property
    def marked(self) -> str:
        return str(self.page.evaluate("[...CSS.highlights.get('changdu-sentence') ?? []].map(String).join('')"))

    def control(self, part: str) -> Locator:
        """One of the player's controls, by its part."""
        return self.player.locator(f"[part={part}]")

    def until_marked(self, beginning: str) -> None:
        """Waits until the sentence that begins so is marked in the page."""
        shown = "[...CSS.highlights.get('changdu-sentence') ?? []].map(String).join('')"
        self.until(f"{shown}.replace(/^[“「]/u, '').startsWith('{beginning}')", 30_000)

    def press(self, text: str) -> None:
        """Presses the first characters of a text, where a reader would; the middle of its line may be empty."""
        self.page.get_by_text(text).click(position={"x": 60, "y": 12})
