// Reads the article aloud and marks what is being read; every word it shows is in the page. Other scripts reach it as
// the `player` of #listen and hear changdu:sentence.

const html = document.documentElement;
const section = document.getElementById("listen");
const { root, article, script } = section.dataset;
const json = (id) => JSON.parse(document.getElementById(id)?.textContent || "null");
const words = json("words");
const audio = section.querySelector("audio");
const play = section.querySelector(".play");
const status = section.querySelector(".status");
const voices = document.querySelector("select[name=voice]");
const fill = (text, facts) => text.replace(/\{(\w+)\}/g, (_, name) => facts[name]);
const say = (text) => { if (status.textContent !== text) status.textContent = text; };
const spans = (id) => [...document.querySelectorAll(`[data-s="${id}"]`)];

let track = null;
let current = 0; // the segment being played
let whole = false; // from the joined file
let wanted = null; // a sentence's id, or a segment and a place in it, to play as soon as it can be
let marked = null; // the sentence being read
let limit = null; // the only sentences to read
let readOn = true;
let scrolled = 0;

// The track

const address = (path) => (path.startsWith("/") ? root + path : path);
const ready = () => track?.state === "ready";

async function call(path, options) {
  const answer = await fetch(root + path, { headers: { "Content-Type": "application/json" }, ...options }).catch(() => null);
  const body = await answer?.json().catch(() => null);
  if (answer?.ok) return body;
  say(body?.detail || words.listen_failed);
}

async function open() {
  say(words.preparing);
  const made = await call(`/articles/${article}/tracks`, { method: "POST", body: JSON.stringify({ voice: voices?.value || undefined }) });
  if (made) take(made);
  if (track?.state === "working") follow();
}

function follow() {
  const events = new EventSource(`${root}/tracks/${track.id}/events`);
  events.addEventListener("segment", ({ data }) => {
    const segment = JSON.parse(data);
    track.segments[segment.n] = segment;
    start();
  });
  for (const name of ["fallback", "ready", "failed"]) events.addEventListener(name, ({ data }) => { if (data) take(JSON.parse(data)); });
  events.onopen = update;
  events.onerror = () => { events.close(); poll(); };
}

const update = async () => take((await call(`/tracks/${track.id}`)) || track);
async function poll() {
  await update();
  if (track.state === "working") setTimeout(poll, 1500);
}

async function take(news) {
  // The words' places in this page's script are known once the track is ready
  if (news.state === "ready" && script && script !== news.language) news = (await call(`${news.timeline}?script=${script}`)) || news;
  track = news;
  if (track.state === "failed") return say(track.problem?.detail || words.listen_failed);
  start();
}

// Playing

const flat = () => track.segments.flatMap((segment) => (segment?.cues || []).map((cue) => ({ ...cue, segment: segment.n, at: cue.start_ms })));
const last = (list, test) => list.filter(test).at(-1);

function now() {
  let ms = audio.currentTime * 1000 + 1;
  if (whole) {
    current = last(track.segments, (segment) => segment.start_ms <= ms)?.n || 0;
    ms -= track.segments[current].start_ms;
  }
  const cues = track.segments[current]?.cues || [];
  return { ms, cue: last(cues, (cue) => cue.start_ms <= ms) || cues[0] };
}

function start() {
  if (!wanted) return;
  const place = wanted.segment === undefined ? flat().find((cue) => cue.sentence === wanted) : wanted;
  const segment = track.segments[place?.segment];
  if (segment?.state !== "ready") {
    if (track.state === "working") return say(words.preparing);
    return wanted.segment === undefined ? say(words.not_spoken) : finish();
  }
  wanted = null;
  current = segment.n;
  whole = ready();
  const url = address(whole ? track.audio : segment.href);
  if (audio.getAttribute("src") !== url) audio.src = url;
  audio.currentTime = ((whole && segment.start_ms) + place.at) / 1000;
  html.classList.add("heard");
  more();
  const reason = track.fallback?.reason[(section.lang || html.lang).replace("-Hans", "")];
  say(reason || (track.voice.online ? fill(words.online_notice, { service: words[`service_${track.voice.synthesizer}`] }) : ""));
  audio.play().catch((error) => error.name === "AbortError" || say(words.listen_failed));
  const next = track.segments[current + 1];
  if (!whole && next?.state === "ready") new Audio(root + next.href).preload = "auto";
}

function read(place, only = null) {
  limit = only;
  marked = null;
  wanted = place;
  if (track) start(); else open();
}

function toggle() {
  if (!audio.paused) return audio.pause();
  limit = null;
  if (marked && !wanted && audio.getAttribute("src")) return audio.play();
  read(wanted || places()[article] || { segment: 0, at: 0 });
}

function change() {
  audio.pause();
  audio.removeAttribute("src");
  wanted = marked;
  track = null;
}

function finish() {
  wanted = null;
  audio.pause();
  mark(null);
  say(words.finished);
}

audio.addEventListener("ended", () => {
  if (whole) return finish();
  wanted = { segment: current + 1, at: 0 };
  if (!limit && readOn) start();
});
audio.addEventListener("error", () => audio.hasAttribute("src") && say(words.listen_failed));
for (const name of ["play", "pause"]) {
  audio.addEventListener(name, () => {
    play.querySelector("span").textContent = audio.paused ? words.listen : words.pause;
    const use = play.querySelector("use");
    use.setAttribute("href", use.getAttribute("href").replace(/#.*/, audio.paused ? "#icon-play" : "#icon-pause"));
    tick();
  });
}

// Marking

function tick() {
  if (audio.paused) return;
  requestAnimationFrame(tick);
  const { ms, cue } = now();
  if (!cue) return;
  if (cue.sentence !== marked) {
    if (marked && !(limit ? limit.includes(cue.sentence) : readOn)) { wanted = cue.sentence; return audio.pause(); }
    mark(cue.sentence);
  }
  section.player.word?.(cue, ms);
}

const highlight = (name, ranges) => CSS.highlights.set(name, new Highlight(...ranges));
function mark(id) {
  marked = id;
  const parts = id ? spans(id) : [];
  const figure = id && !parts.length && document.querySelector(`[data-b="${id.split(".")[0]}"]`);
  for (const node of document.querySelectorAll(".reading")) node.classList.remove("reading");
  if (window.Highlight) {
    highlight("sentence", parts.map((node) => { const range = new Range(); range.selectNodeContents(node); return range; }));
    highlight("word", []);
  } else for (const node of parts) node.classList.add("reading");
  if (figure) figure.classList.add("reading");
  if (parts[0] || figure) show(parts[0] || figure);
  keep(id);
  document.dispatchEvent(new CustomEvent("changdu:sentence", { detail: { id } }));
}

function show(node) {
  const { top, bottom } = node.getBoundingClientRect();
  if (Date.now() - scrolled < 4000 || (top > innerHeight * 0.15 && bottom < innerHeight * 0.8)) return;
  node.scrollIntoView({ block: "center" });
}
for (const name of ["wheel", "touchmove"]) addEventListener(name, () => { scrolled = Date.now(); }, { passive: true });

// The place in each of the last articles

const places = () => { try { return JSON.parse(localStorage.getItem("changdu.places")) || {}; } catch { return {}; } };
function keep(id) {
  const { [article]: _, ...others } = places();
  const entries = Object.entries(others).slice(-19);
  if (id) entries.push([article, id]);
  try { localStorage.setItem("changdu.places", JSON.stringify(Object.fromEntries(entries))); } catch { /* forbidden */ }
}

// The rest of the controls come with the first use

function more() {
  if (import.meta.url.includes(".js")) import(import.meta.url.replace("player", "controls")); // a page on disk has it inside
}
play.addEventListener("click", (event) => { event.preventDefault(); toggle(); });
document.querySelector(".more").addEventListener("toggle", more);
for (const node of document.querySelectorAll(".player, .play")) node.hidden = false;
audio.controls = false;
audio.playbackRate = audio.defaultPlaybackRate = section.dataset.rate;
section.player = { audio, words, say, fill, read, toggle, address, now, spans, highlight, cues: flat, track: () => track, readOn: (on) => { readOn = on; }, change };
track = json("timeline") || json("track");
if (track) take(track).then(() => track.state === "working" && follow());
