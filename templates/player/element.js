// <changdu-player>: the button in a host page; it joins the reading, the page's words and the marks.


// What this browser remembers under a name, after it has been changed where a value is given
function memory(name, value) {
  try {
    if (value) localStorage.setItem(`changdu.${name}`, JSON.stringify(value));
    return JSON.parse(localStorage.getItem(`changdu.${name}`)) || {};
  } catch {
    return {}; // it is forbidden
  }
}

const paragraph = (cue) => cue.sentence.split(".")[0];

class ChangduPlayer extends HTMLElement {
  static observedAttributes = ["article", "src", "voice"];
  #words;
  #reading;
  #panel;
  #marks = null;
  #page = null;
  #missing = 0; // sentences that the page does not have
  #turned = false; // whether the sentences were asked for in the page's other script
  #article = null; // its id, once it is found
  #selected = [];
  #sleep = 0;
  #ending;

  connectedCallback() {
    this.#ending = new AbortController();
    this.#on("changdu-play", ({ target }) => target === this || this.pause());
    if (this.#panel) return;
    const lang = this.closest("[lang]")?.lang || "zh";
    const which = /^zh/.test(lang) ? +/Hant|TW|HK|MO/i.test(lang) : 2;
    this.#words = Object.fromEntries(WORDS.split("\n").map((row) => row.split("|")).map(([name, ...forms]) => [name, forms[which]]));
    this.#reading = new Reading(this.#words, (kind, detail) => this.#hear(kind, detail));
    this.#panel = new Panel(this.attachShadow({ mode: "open" }), this.#words, this.#acts);
    this.onkeydown = (event) => this.#key(event);
  }

  disconnectedCallback() {
    this.pause();
    this.#marks?.sentence();
    this.#ending.abort();
  }

  attributeChangedCallback() {
    this.#reading?.close();
    this.#article = this.#page = null;
    this.#turned = false;
  }

  get track() { return this.#reading.track; }
  get paused() { return !this.#reading.going; }
  get sentence() { return this.#reading.sentence; }
  pause() { this.#reading.pause(); }
  next() { this.#reading.step(1); }
  previous() { this.#reading.step(-1); }

  // From a sentence, from where it was paused, or from where this reader stopped the last time
  async play(sentence) {
    const reading = this.#reading;
    if (!this.#panel.status) this.#open();
    if (!sentence && this.sentence) return reading.resume();
    this.#begin(sentence);
    if (this.track) return;
    reading.audio.load(); // while the press counts, so that WebKit lets it play later
    try {
      this.#article = this.getAttribute("article") || (await this.#find());
      if (reading.going) this.#begin(sentence);
      await reading.open(this.#article, this.getAttribute("voice"));
    } catch ({ message }) {
      this.pause();
      this.#hear("error", message);
    }
  }

  #begin(sentence = memory("places")[this.#article]) {
    this.#panel.say(this.#words.preparing);
    this.#reading.read(sentence ? { sentence } : { segment: 0, start_ms: 0 });
  }

  // The id of the article at this page's own address, or of what this page shows
  async #find(headers) {
    const canonical = document.querySelector("link[rel=canonical]")?.href;
    const { href: url } = new URL(this.getAttribute("src") || canonical || location.href.replace(/#.*/, ""), location);
    const page = this.hasAttribute("send-page") && document.documentElement.outerHTML;
    const { id } = await (page
      ? this.#reading.ask(`/articles?url=${encodeURIComponent(url)}`, page, { "Content-Type": "text/html;charset=utf-8" })
      : this.#reading.ask("/articles", JSON.stringify({ url }), headers));
    return id;
  }

  // What the reading tells; the page hears of it as changdu-…
  #hear(kind, detail) {
    const panel = this.#panel;
    const words = this.#words;
    if (kind === "word") return this.#marks?.word(detail ? this.#page.word(this.sentence, ...detail) : null);
    if (kind === "waiting") return panel.say(words.preparing);
    if (kind === "news") {
      this.#compare();
      if (this.sentence && !this.#page?.isCurrent(this.sentence)) this.#show(this.sentence);
      if (!this.#reading.ready) return;
      kind = "ready";
    } else if (kind === "state") {
      panel.going(detail);
      kind = detail ? "play" : "pause";
      if (detail) this.#session();
      else panel.say(""); // it may have been waiting
    } else if (kind === "sentence") {
      this.#keep(detail);
      this.#show(detail);
    } else panel.say(kind === "end" ? words.finished : detail);
    this.dispatchEvent(new CustomEvent(`changdu-${kind}`, { detail, bubbles: true }));
  }

  #keep(sentence) {
    const places = memory("places");
    delete places[this.#article]; // so that it is the last again
    if (sentence) places[this.#article] = sentence;
    memory("places", Object.fromEntries(Object.entries(places).slice(-20)));
  }

  // The page's own words

  #look() {
    this.#page = new PageText(document.querySelector(this.getAttribute("for") || "body"));
    this.#missing = this.#page.find(this.track.sentences);
  }

  #show(id) {
    if (id && !this.#page?.isCurrent(id)) this.#look();
    this.#marks?.sentence(this.#page?.sentence(id));
  }

  // Says what cannot be marked, once all sentences are known
  #compare() {
    const { complete, sentences, voice, fallback } = this.track;
    if (complete) this.#look();
    const count = complete ? this.#missing : 0;
    const all = Object.keys(sentences).length;
    if (this.#reading.ready && count > all / 2 && !this.#turned) return this.#turn();
    const none = !this.#marks || (count && count === all);
    const notice = fallback?.reason[this.#words.said] || (voice.online && this.#words.online) || "";
    this.#panel.say(none ? this.#words.no_marks : count ? fill(this.#words.changed, { count }) : notice);
    this.#panel.remake.hidden = none || !count;
  }

  // The page may be written in the other script
  async #turn() {
    this.#turned = true;
    const script = /Hant/.test(this.track.language) ? "zh-Hans" : "zh-Hant";
    this.#reading.take(await this.#reading.ask(`${this.track.timeline}?script=${script}`).catch(() => this.track));
  }

  // The reader's hands

  #on(kind, act) {
    document.addEventListener(kind, act, { signal: this.#ending.signal });
  }

  #open() {
    const { audio } = this.#reading;
    this.#panel.open();
    if ("highlights" in CSS) this.#marks = new Marks(this.#ending.signal);
    this.#acts.rate((this.#panel.rate.value = memory("player").rate || 1));
    audio.addEventListener("timeupdate", () => {
      if (this.#reading.ready && audio.duration * 1100 > this.track.duration_ms) this.#panel.place(audio.currentTime, audio.duration);
    });
    this.#on("click", (event) => this.#press(event));
    this.#on("selectionchange", () => {
      const selection = getSelection();
      if (this.#page && !selection.isCollapsed) this.#selected = this.#page.within(selection.getRangeAt(0));
    });
  }

  #acts = {
    play: () => (this.paused ? this.play() : this.pause()),
    back: () => this.previous(),
    on: () => this.next(),
    again: () => this.#reading.step(0),
    back_paragraph: () => this.#reading.step(-1, paragraph),
    on_paragraph: () => this.#reading.step(1, paragraph),
    selection: () => this.#selected[0] && this.#reading.read({ sentence: this.#selected[0] }, this.#selected),
    download: () => {
      if (this.#reading.ready) make("a", { href: `${SERVER}${this.track.audio}?download=1` }).click();
      else this.#panel.say(this.#words.preparing);
    },
    remake: async () => {
      this.#panel.say(this.#words.preparing);
      const id = await this.#find({ "Cache-Control": "no-cache" }).catch(({ message }) => this.#hear("error", message));
      if (id === this.#article) return this.#compare();
      if (!id) return;
      this.setAttribute("article", id);
      this.play();
    },
    seek: (seconds) => this.#reading.seek(seconds * 1000),
    rate: (rate) => {
      Object.assign(this.#reading.audio, { playbackRate: rate, defaultPlaybackRate: rate });
      memory("player", { rate });
    },
    volume: (volume) => { this.#reading.audio.volume = volume; },
    sleep: (minutes) => {
      clearTimeout(this.#sleep);
      if (minutes) this.#sleep = setTimeout(() => this.pause(), minutes * 60_000);
    },
  };

  #key(event) {
    const { key, altKey, ctrlKey, metaKey } = event;
    const act = { ArrowLeft: "back", ArrowRight: "on", " ": "play" }[key];
    const taken = event.composedPath()[0].matches(key === " " ? "button, summary, select" : "input, select");
    if (!act || taken || altKey || ctrlKey || metaKey || !this.track) return;
    event.preventDefault();
    this.#acts[act]();
  }

  #press({ target, clientX, clientY, defaultPrevented }) {
    const taken = defaultPrevented || target.closest("a, button, input, select, textarea, label, summary, changdu-player");
    if (taken || !this.track || !this.#page || !getSelection().isCollapsed) return;
    const id = this.#page.at(clientX, clientY);
    if (id) this.play(id);
  }

  #session() {
    const session = navigator.mediaSession;
    if (!session) return;
    session.metadata = new MediaMetadata({ title: document.title });
    for (const [name, act] of Object.entries({ play: "play", pause: "play", previoustrack: "back", nexttrack: "on" })) {
      session.setActionHandler(name, this.#acts[act]);
    }
  }
}

if (!customElements.get("changdu-player")) customElements.define("changdu-player", ChangduPlayer);
