// What the player needs once it is used: its controls, the keys, and pressing a sentence.

const section = document.getElementById("listen");
const { player } = section;
const { audio, words, say, fill } = player;
const control = Object.fromEntries([...document.querySelectorAll("[data-do]")].map((node) => [node.dataset.do, node]));
const ready = () => player.track()?.state === "ready";
const clock = (s) => fill(words.clock, { minutes: Math.floor(s / 60), seconds: Math.floor(s % 60) });
let marked = null; // the word
let selected = [];
let sleep = 0;

function rate(value) {
  audio.playbackRate = audio.defaultPlaybackRate = control.rate.value = value;
}

function step(by, byParagraph) {
  if (!audio.hasAttribute("src")) return;
  const unit = (cue) => (byParagraph ? cue.sentence.split(".")[0] : cue.sentence);
  const units = player.cues().filter((cue, place, all) => !place || unit(cue) !== unit(all[place - 1]));
  const { cue } = player.now();
  const place = units.findIndex((other) => cue && unit(other) === unit(cue)) + by;
  player.read(units[Math.max(0, place)] || { segment: player.track().segments.length, at: 0 });
}

const doing = {
  back: () => step(-1),
  on: () => step(1),
  again: () => step(0),
  back_paragraph: () => step(-1, true),
  on_paragraph: () => step(1, true),
  selection: () => { if (selected.length) player.read(selected[0], selected); },
  download: () => {
    if (!ready()) return say(words.preparing);
    Object.assign(document.createElement("a"), { href: player.address(player.track().audio), download: `${document.title}.mp3` }).click();
  },
};
for (const [name, act] of Object.entries(doing)) control[name].addEventListener("click", act);

control.rate.addEventListener("input", () => rate(control.rate.value));
control.rate.addEventListener("change", () => say(fill(words.rate_now, { rate: control.rate.value })));
control.volume.addEventListener("input", () => { audio.volume = control.volume.value; });
control.sleep.addEventListener("change", () => {
  clearTimeout(sleep);
  if (+control.sleep.value) sleep = setTimeout(() => player.go(false), control.sleep.value * 60000);
});

control.seek.addEventListener("input", () => {
  if (!ready()) { control.seek.value = 0; return say(words.preparing); }
  const track = player.track();
  const s = +control.seek.value;
  const known = control.seek.hasAttribute("aria-valuetext");
  control.seek.setAttribute("aria-valuetext", known ? clock(s) : fill(words.clock_total, { now: clock(s), total: clock(track.duration_ms / 1000) }));
  const segment = track.segments.filter((entry) => entry.start_ms <= s * 1000).at(-1);
  player.read({ segment: segment.n, at: s * 1000 - segment.start_ms });
});
audio.addEventListener("timeupdate", () => {
  if (!ready() || control.seek === document.activeElement || audio.duration < player.track().duration_ms / 1100) return;
  control.seek.max = Math.ceil(player.track().duration_ms / 1000);
  control.seek.value = audio.currentTime;
});

function select() {
  const selection = getSelection();
  if (selection.isCollapsed) return;
  const nodes = [...document.querySelectorAll("[data-s]")].filter((node) => selection.containsNode(node, true));
  selected = [...new Set(nodes.map((node) => node.dataset.s))];
}
document.addEventListener("selectionchange", select);

section.addEventListener("keydown", (event) => {
  const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
  if (by && !event.altKey && !event.target.matches("input, select")) { event.preventDefault(); step(by); }
});
document.addEventListener("click", ({ target }) => {
  const sentence = target.closest("[data-s]");
  if (sentence && player.track() && !target.closest("a") && getSelection().isCollapsed) player.read(sentence.dataset.s);
});
document.querySelector("select[name=voice]")?.addEventListener("change", player.change);

// The word being said, within the sentence that the player marks

const letters = (node) => {
  const walker = document.createTreeWalker(node, NodeFilter.SHOW_TEXT, (text) => (text.parentElement.closest("rt, rp, [data-unsaid]") ? 2 : 1));
  const found = [];
  while (walker.nextNode()) found.push(walker.currentNode);
  return found;
};

player.word = (cue, ms) => {
  const word = cue.words.filter((entry) => entry[2] <= ms).at(-1);
  const texts = player.spans(cue.sentence).flatMap(letters);
  // Offsets count characters; the DOM counts UTF-16 units
  const length = texts.reduce((sum, text) => sum + [...text.data].length, 0);
  const written = player.track().sentences[cue.sentence];
  if (!window.Highlight || !word || word === marked || (written && [...written].length !== length)) return;
  marked = word;
  let [from, to] = [word[0], word[0] + word[1]];
  const ranges = [];
  for (const text of texts) {
    const points = [...text.data];
    const units = (count) => points.slice(0, Math.max(0, count)).join("").length;
    if (from < points.length && to > 0) {
      const range = new Range();
      range.setStart(text, units(from));
      range.setEnd(text, units(to));
      ranges.push(range);
    }
    from -= points.length;
    to -= points.length;
  }
  player.highlight("word", ranges);
};

if (navigator.mediaSession) {
  navigator.mediaSession.metadata = new MediaMetadata({ title: document.querySelector("h1").textContent });
  const keys = { play: player.toggle, pause: player.toggle, previoustrack: () => step(-1), nexttrack: () => step(1) };
  for (const [name, act] of Object.entries(keys)) navigator.mediaSession.setActionHandler(name, act);
}
