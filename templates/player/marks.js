// Marks in the host page by the CSS Custom Highlight API: a style sheet and two names; not a node of it is touched.

class Marks {
  #scrolled = 0; // when the reader last scrolled, or went on by Tab

  constructor(signal) {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(MARKS);
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
    for (const kind of ["wheel", "touchmove", "keydown"]) {
      addEventListener(kind, ({ key = "Tab" }) => { if (key === "Tab") this.#scrolled = Date.now(); }, { passive: true, signal });
    }
  }

  sentence(range) {
    this.#set("changdu-sentence", range);
    this.word();
    const { top, bottom } = range?.getBoundingClientRect() || {};
    if (top > innerHeight * 0.1 && bottom < innerHeight * 0.85) return;
    if (range && Date.now() - this.#scrolled > 4000) scrollBy(0, top - innerHeight * 0.3);
  }

  word(range) {
    this.#set("changdu-word", range);
  }

  #set(name, range) {
    CSS.highlights.set(name, new Highlight(...[range].filter(Boolean)));
  }
}
