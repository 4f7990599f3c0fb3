// The player's own controls, in its shadow: one button at first, the rest when it is pressed.

const make = (tag, properties, ...children) => {
  const node = Object.assign(document.createElement(tag), properties);
  node.append(...children);
  return node;
};

const fill = (text, facts) => text.replace(/\{(\w+)\}/g, (_, name) => facts[name]);

class Panel {
  #words;
  #act;
  #said = false; // the total, with the first place that was sought

  // `act` has a function for each control, by its name
  constructor(shadow, words, act) {
    this.#words = words;
    this.#act = act;
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
    shadow.adoptedStyleSheets = [sheet];
    this.play = this.#button("listen", "play");
    this.row = make("div", {}, this.play);
    this.all = make("section", { part: "player", ariaLabel: words.listen_region, lang: words.lang }, this.row);
    shadow.append(this.all);
  }

  open() {
    const words = this.#words;
    this.row.append(...["back", "on", "again"].map((name) => this.#button(name)));
    this.status = make("span", { role: "status", part: "status" });
    this.remake = this.#button("remake");
    this.remake.hidden = true;
    this.seek = this.#slider("seek", { max: 1, value: 0, disabled: true });
    this.rate = this.#slider("rate", { min: 0.5, max: 3, step: 0.1 });
    this.rate.onchange = () => this.say(fill(words.rate_now, { rate: this.rate.value }));
    const sleep = make("select", { part: "sleep", onchange: () => this.#act.sleep(+sleep.value) }, new Option(words.sleep_never, 0),
      ...[10, 20, 30, 60].map((minutes) => new Option(fill(words.sleep_minutes, { minutes }), minutes)));
    this.all.append(
      make("div", { className: "said" }, this.status, this.remake),
      make("label", {}, words.progress, this.seek),
      make("details", { part: "more" }, make("summary", {}, words.more),
        make("div", {}, ...["back_paragraph", "on_paragraph", "selection", "download"].map((name) => this.#button(name))),
        make("label", {}, words.tool_rate, this.rate),
        make("label", {}, words.volume, this.#slider("volume", { max: 1, step: 0.1, value: 1 })),
        make("label", {}, words.sleep, sleep)));
  }

  say(text) {
    if (this.status.textContent !== text) this.status.textContent = text;
  }

  // The button's name says what it will do
  going(going) {
    this.play.replaceChildren(...this.#label(going ? "pause" : "listen"));
  }

  // Where the sound is, in seconds, once the whole of it is there
  place(seconds, total) {
    Object.assign(this.seek, { disabled: false, max: Math.ceil(total) });
    if (!this.seek.matches(":focus")) this.#speak((this.seek.value = seconds));
  }

  #speak(s) {
    const clock = (s) => fill(this.#words.clock, { minutes: Math.floor(s / 60), seconds: Math.floor(s % 60) });
    this.seek.ariaValueText = this.#said ? clock(s) : fill(this.#words.clock_total, { now: clock(s), total: clock(this.seek.max) });
  }

  #label(name) {
    if (!ICONS[name]) return [this.#words[name]];
    const [svg, path] = ["svg", "path"].map((tag) => document.createElementNS("http://www.w3.org/2000/svg", tag));
    svg.setAttribute("viewBox", "0 0 24 24");
    svg.setAttribute("class", name);
    svg.ariaHidden = true;
    path.setAttribute("d", ICONS[name]);
    svg.append(path);
    return [svg, this.#words[name]];
  }

  #button(name, part = name) {
    return make("button", { type: "button", part, onclick: () => this.#act[part]() }, ...this.#label(name));
  }

  #slider(part, limits) {
    const input = make("input", { type: "range", part, min: 0, ...limits });
    input.oninput = () => {
      if (part === "seek") {
        this.#speak(input.value);
        this.#said = true;
      }
      this.#act[part](+input.value);
    };
    return input;
  }
}
