// A reading: an article's track and its sound, played segment by segment while the rest is still made. It touches no
// page. `tell(kind, detail)` hears of: state, waiting, news, sentence, word, end, error.

const SERVER = new URL(".", document.currentScript?.src || location).href.slice(0, -1);

class Reading {
  track = null;
  sentence = null; // the one being read
  going = false; // whether it is to sound, be it ready or not
  audio = new Audio();
  #wanted = null; // what to play as soon as it can be: { sentence } or { segment, start_ms }
  #current = 0; // the segment being played
  #whole = false; // from the joined file
  #only = null; // the sentences to read, where not all are
  #word = null;
  #events = null;
  #asked = null; // stands for the last track asked for

  constructor(words, tell) {
    Object.assign(this, { words, tell });
    const { audio } = this;
    audio.onplay = () => this.#frame();
    audio.onpause = () => audio.ended || this.#wanted || this.pause();
    audio.ontimeupdate = () => this.#look();
    audio.onended = () => (this.#whole ? this.#finish() : this.read({ segment: this.#current + 1, start_ms: 0 }, this.#only));
    audio.onerror = () => audio.hasAttribute("src") && this.#fail();
  }

  get ready() { return this.track?.state === "ready"; }
  get cues() { return this.track.segments.flatMap(({ n, cues }) => cues.map((cue) => ({ ...cue, segment: n }))); }

  // The track

  // The answer's JSON; where there is none, an Error whose message is for the reader
  async ask(path, body, headers) {
    const options = body && { method: "POST", body, headers: { "Content-Type": "application/json", ...headers } };
    const answer = await fetch(SERVER + path, options).catch(() => null);
    const found = await answer?.json().catch(() => null);
    if (answer?.ok && found) return found;
    throw new Error(found?.[this.words.said] || this.words.unreachable);
  }

  async open(article, voice) {
    const asked = (this.#asked = {});
    const track = await this.ask(`/articles/${article}/tracks`, JSON.stringify({ voice }));
    if (asked !== this.#asked) return; // it was closed since, or opened anew
    this.take(track);
    if (this.track.state === "working") this.#follow();
  }

  close() {
    this.#events?.close();
    this.#asked = null;
    this.pause();
    this.audio.removeAttribute("src");
    this.track = null;
    this.#mark(null);
  }

  #follow() {
    const events = (this.#events = new EventSource(`${SERVER}/tracks/${this.track.id}/events`));
    events.onopen = () => this.#update();
    events.onerror = () => events.readyState === 2 && this.#fail();
    const on = (kind, act) => events.addEventListener(kind, ({ data }) => act(JSON.parse(data)));
    on("segment", (segment) => {
      this.track.segments[segment.n] = segment;
      if (segment.cues.every((cue) => this.track.sentences[cue.sentence])) this.#play();
      else this.#update();
    });
    for (const kind of ["fallback", "ready", "failed"]) {
      on(kind, (track) => {
        if (track.state !== "working") events.close();
        this.take(track);
      });
    }
  }

  async #update() {
    const news = await this.ask(`/tracks/${this.track.id}`).catch(() => null);
    if (news && news.id === this.track?.id && !this.ready) this.take(news);
  }

  take(news) {
    const known = this.track?.voice.id === news.voice.id ? this.track.segments : [];
    news.segments = news.segments.map((segment) => (segment.state === "ready" ? segment : known[segment.n] || segment));
    this.track = news;
    this.tell("news");
    if (news.state === "failed") this.#fail(news.problem?.[this.words.said]);
    else this.#play();
  }

  // Playing

  read(place, only = null) {
    this.#only = only;
    this.#wanted = place;
    this.#go(true);
    this.#play();
  }

  pause() {
    this.#wanted = null;
    this.audio.pause();
    this.#go(false);
  }

  resume() {
    this.#only = null;
    this.#go(true);
    this.#start();
  }

  // By sentences, or by whatever else `unit` names; 0 is once more
  step(by, unit = (cue) => cue.sentence) {
    if (!this.track) return;
    const units = this.cues.filter((cue, place, all) => !place || unit(cue) !== unit(all[place - 1]));
    const { cue } = this.#now();
    const place = units.findIndex((other) => cue && unit(other) === unit(cue)) + by;
    const { sentence } = units[Math.max(0, place)] || {};
    this.read(sentence ? { sentence } : { segment: this.track.segments.length });
  }

  seek(ms) {
    const { n, start_ms } = this.track.segments.findLast((segment) => segment.start_ms <= ms);
    this.read({ segment: n, start_ms: ms - start_ms });
  }

  #go(going) {
    if (this.going !== going) this.tell("state", (this.going = going));
  }

  #play() {
    const { track, audio } = this;
    if (!this.#wanted || !track) return;
    const { sentence } = this.#wanted;
    const place = sentence ? this.cues.find((cue) => cue.sentence === sentence) : this.#wanted;
    const segment = track.segments[place?.segment];
    if (segment?.state !== "ready") return this.#wait(sentence);
    this.#wanted = null;
    this.#current = segment.n;
    this.#whole = this.ready;
    const url = SERVER + (this.#whole ? track.audio : segment.href);
    if (audio.src !== url) audio.src = url;
    audio.currentTime = ((this.#whole && segment.start_ms) + place.start_ms) / 1000;
    this.#start();
    const next = track.segments[segment.n + 1];
    if (!this.#whole && next?.state === "ready") this.#load(next);
  }

  #start() {
    this.audio.play().catch(({ name }) => name === "AbortError" || this.#fail());
  }

  // Asking for a segment's sound also has it made next
  #load({ href }) {
    new Audio(SERVER + href).preload = "auto";
  }

  #wait(sentence) {
    const { state, sentences, segments } = this.track;
    const ids = Object.keys(sentences);
    if (state !== "working") return this.#finish();
    // A sentence is a segment, only the first may be two
    if (sentences[sentence]) this.#load(segments[ids.indexOf(sentence) + segments.length - ids.length]);
    this.tell("waiting");
  }

  #finish() {
    this.pause();
    this.#mark(null);
    this.tell("end");
  }

  #fail(message = this.words.unreachable) {
    this.pause();
    this.tell("error", message);
  }

  // Following

  // The cue being heard while the next frame is shown, and the milliseconds since its segment began
  #now() {
    let ms = this.audio.currentTime * 1000 + 8;
    if (this.#whole) {
      const { n, start_ms } = this.track.segments.findLast((segment) => segment.start_ms <= ms);
      this.#current = n;
      ms -= start_ms;
    }
    const cues = this.track.segments[this.#current]?.cues || [];
    return { ms, cue: cues.findLast(({ start_ms }) => start_ms <= ms) || cues[0] };
  }

  #frame() {
    this.#look();
    if (!this.audio.paused) requestAnimationFrame(() => this.#frame());
  }

  #look() {
    if (this.audio.paused || !this.track) return;
    const { ms, cue } = this.#now();
    if (!cue) return;
    if (this.#only?.includes(cue.sentence) === false) return this.#finish();
    this.#mark(cue.sentence);
    const word = cue.words.findLast(([, , start]) => start <= ms);
    if (word !== this.#word) this.tell("word", (this.#word = word));
  }

  #mark(sentence) {
    if (sentence === this.sentence) return;
    this.#word = null;
    this.tell("sentence", (this.sentence = sentence));
  }
}
