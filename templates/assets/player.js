// Reads the article aloud and marks what is read. Other scripts reach it as `player` of #listen and hear
// changdu:sentence.

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
let events;
let current = 0; // the segment being played
let whole = false; // from the joined file
let wanted = null; // a sentence's id, or a segment and a place in it, to play as soon as it can be
let going = false; // whether it is to sound, be it ready or not
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

const voice = () => voices?.value || null;
async function open() {
  say(words.preparing);
  const asked = voice();
  const made = await call(`/articles/${article}/tracks`, { method: "POST", body: JSON.stringify({ voice: asked }) });
  if (asked !== voice()) return open();
  if (made) take(made); else go(false);
  if (track?.state === "working") follow();
}

function follow() {
  events = new EventSource(`${root}/tracks/${track.id}/events`);
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
  if (track.state === "failed") fail(track.problem?.detail);
  else start();
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
  if (!wanted || !going) return;
  const place = wanted.segment === undefined ? flat().find((cue) => cue.sentence === wanted) : wanted;
  const segment = track.segments[place?.segment];
  if (segment?.state !== "ready") {
    if (track.state === "working") return say(words.preparing);
    return wanted.segment === undefined ? fail(words.not_spoken) : finish();
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
  sound();
  const next = track.segments[current + 1];
  if (!whole && next?.state === "ready") new Audio(root + next.href).preload = "auto";
}

function read(place, only = null) {
  limit = only;
  marked = null;
  wanted = place;
  go(true);
  if (!audio.readyState) audio.load(); // a phone plays later what a press has loaded
  if (track) start(); else open();
}

const sound = () => audio.play().catch(({ name }) => name === "AbortError" || fail());

function go(on) {
  going = on;
  if (!on) audio.pause();
  play.querySelector("span").textContent = on ? words.pause : words.listen;
  const use = play.querySelector("use");
  use.setAttribute("href", use.getAttribute("href").replace(/-p\w+$/, on ? "-pause" : "-play"));
}

function fail(why) {
  go(false);
  say(why || words.listen_failed);
}

function toggle() {
  if (going) return wanted && say(""), go(false);
  limit = null;
  if (marked && !wanted && audio.getAttribute("src")) return sound();
  read(wanted || load("places")[article] || { segment: 0, at: 0 });
}

function change() {
  go(false);
  events?.close();
  audio.removeAttribute("src");
  wanted = marked;
  track = null;
}

function finish() {
  wanted = null;
  go(false);
  mark(null);
  say(words.finished);
}

audio.onended = () => {
  if (whole) return finish();
  wanted = { segment: current + 1, at: 0 };
  if (limit || !readOn) go(false); else start();
};
audio.onerror = () => audio.hasAttribute("src") && fail();
audio.onplay = () => { go(true); tick(); };
audio.onpause = () => audio.ended || wanted || go(false);

// Marking

function tick() {
  if (audio.paused) return;
  requestAnimationFrame(tick);
  const { ms, cue } = now();
  if (!cue) return;
  if (cue.sentence !== marked) {
    if (marked && !(limit ? limit.includes(cue.sentence) : readOn)) { wanted = cue.sentence; return go(false); }
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
  keep("places", id);
  document.dispatchEvent(new CustomEvent("changdu:sentence", { detail: { id } }));
}

function show(node) {
  const { top, bottom } = node.getBoundingClientRect();
  if (Date.now() - scrolled < 4000 || (top > innerHeight * 0.15 && bottom < innerHeight * 0.8)) return;
  node.scrollIntoView({ block: "center" });
}
for (const name of ["wheel", "touchmove", "keydown"]) {
  addEventListener(name, ({ key = "Tab" }) => { if (key === "Tab") scrolled = Date.now(); }, { passive: true });
}

// What this browser remembers

const load = (name) => { try { return JSON.parse(localStorage.getItem(`changdu.${name}`)) || {}; } catch { return {}; } };
const save = (name, value) => { try { localStorage.setItem(`changdu.${name}`, JSON.stringify(value)); } catch { /* forbidden */ } };
function keep(name, place) {
  const { [article]: _, ...others } = load(name);
  const entries = Object.entries(others).slice(-19);
  if (place) entries.push([article, place]);
  save(name, Object.fromEntries(entries));
}

// The controls come with the first use

function more() {
  if (import.meta.url.includes(".js")) import(import.meta.url.replace("player", "controls")); // a page on disk has it inside
}
play.addEventListener("click", (event) => { event.preventDefault(); toggle(); });
document.querySelector(".more").addEventListener("toggle", more);
for (const node of document.querySelectorAll(".player, .play")) node.hidden = false;
audio.controls = false;
audio.playbackRate = audio.defaultPlaybackRate = section.dataset.rate;
section.player = { audio, words, say, fill, read, toggle, go, address, now, spans, highlight, load, save, keep, cues: flat, track: () => track, readOn: (on) => { readOn = on; }, change };
track = json("timeline") || json("track");
if (track) take(track).then(() => track.state === "working" && follow());
