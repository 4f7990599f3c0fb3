// The host page's own words: where each sentence of the article stands in it, found by its letters alone.

const NOT_TEXT = "script,style,noscript,template,textarea,select,button,rt,rp,svg,[data-unsaid],changdu-player";
const ANCHOR = 6; // letters; a shorter sentence may stand anywhere
const NOTE = 3; // digits of a note's number that may stand between two letters of a sentence

// Every letter of a text as it is compared: [letter, its place in the text, its length there], in UTF-16 units
const letters = (text) => [...text.matchAll(/[\p{L}\p{N}]/gu)].flatMap(({ 0: char, index }) =>
  char.normalize("NFKC").toLowerCase().split("").map((unit) => [unit, index, char.length]));

const folded = (text) => letters(text).map(([letter]) => letter).join("");
const span = (at, length) => Array.from({ length }, (_, place) => at + place);

class PageText {
  #text; // all letters
  #spots = []; // for each of them: [text node, offset in it, length there, what the node said]
  #found = new Map(); // sentence -> { text, all, places }: `all` its letters, `places` where they are in #text

  constructor(root) {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    const text = [];
    while (walker.nextNode()) {
      const { currentNode: node } = walker;
      if (node.parentElement.closest(NOT_TEXT) || !node.parentElement.checkVisibility({ visibilityProperty: true })) continue;
      for (const [letter, at, length] of letters(node.data)) {
        text.push(letter);
        this.#spots.push([node, at, length, node.data]);
      }
    }
    this.#text = text.join("");
    this.pictures = new Set([...root.querySelectorAll("img[alt]")].map(({ alt }) => folded(alt)));
  }

  // Looks for sentences, { id: text } in reading order; returns how many the page does not have
  find(sentences) {
    const asked = Object.entries(sentences)
      .map(([id, text]) => ({ id, text, all: folded(text) }))
      .filter(({ all }) => all && !this.pictures.has(all));
    for (const { sentence, at } of this.#anchors(asked)) sentence.places = span(at, sentence.all.length);
    const first = asked.findIndex(({ places }) => places);
    // Before the first anchor the nearest ones backward, after it each between its neighbours
    let to = asked[first]?.places[0];
    for (const sentence of asked.slice(0, Math.max(0, first)).reverse()) {
      const at = this.#text.slice(0, to).lastIndexOf(sentence.all);
      if (at >= 0) sentence.places = span((to = at), sentence.all.length);
    }
    let from = 0;
    asked.forEach((sentence, place) => {
      const next = asked.slice(place + 1).find(({ places }) => places);
      if (place > first) sentence.places ||= this.#between(sentence.all, from, next?.places[0]);
      if (sentence.places) from = sentence.places.at(-1) + 1;
    });
    this.#found = new Map(asked.filter(({ places }) => places).map((sentence) => [sentence.id, sentence]));
    return asked.length - this.#found.size;
  }

  // The sentences that stand once in the page, but for those that stand elsewhere than between their neighbours
  #anchors(asked) {
    return asked
      .map((sentence) => ({ sentence, at: this.#text.indexOf(sentence.all) }))
      .filter(({ sentence: { all }, at }) => all.length >= ANCHOR && at >= 0 && at === this.#text.lastIndexOf(all))
      .filter(({ at }, place, all) => !(at < all[place - 1]?.at || at > all[place + 1]?.at));
  }

  // Letter by letter, so that a note's number within the sentence does not hide it
  #between(all, from, to) {
    const text = this.#text.slice(0, to);
    for (let begin = text.indexOf(all[0], from); begin >= 0; begin = text.indexOf(all[0], begin + 1)) {
      const places = [];
      let at = begin;
      for (const letter of all.split("")) {
        const gap = text.slice(at, at + NOTE + 1).indexOf(letter);
        if (gap < 0 || /\D/.test(text.slice(at, at + gap))) break;
        places.push(at + gap);
        at += gap + 1;
      }
      if (places.length === all.length) return places;
    }
    return undefined;
  }

  // Whether the page still says what it said when it was looked through
  isCurrent(id) {
    return this.#found.get(id)?.places.every((place) => {
      const [node, , , said] = this.#spots[place];
      return node.isConnected && node.data === said;
    });
  }

  // The sentence with its punctuation, or null
  sentence(id) {
    const { text, places } = this.#found.get(id) || {};
    if (!places) return null;
    const range = this.#range(places[0], places.at(-1));
    const { endContainer: node, endOffset: end } = range;
    const tail = /[^\p{L}\p{N}]*$/u.exec(text)[0].trim();
    if (node.data.startsWith(tail, end)) range.setEnd(node, end + tail.length);
    return range;
  }

  // `length` characters of the sentence from `offset`, or null
  word(id, offset, length) {
    const { text, places } = this.#found.get(id) || {};
    if (!places) return null;
    const count = (from, to) => folded([...text].slice(from, to).join("")).length;
    const first = count(0, offset);
    const more = count(offset, offset + length);
    return more ? this.#range(places[first], places[first + more - 1]) : null;
  }

  // The sentences that a range touches, in reading order
  within(range) {
    return [...this.#found.keys()].filter((id) => {
      const own = this.sentence(id);
      return own.compareBoundaryPoints(Range.START_TO_END, range) > 0 && own.compareBoundaryPoints(Range.END_TO_START, range) < 0;
    });
  }

  // The sentence that is drawn at a point of the window
  at(x, y) {
    const hit = ({ left, right, top, bottom }) => left <= x && x <= right && top <= y && y <= bottom;
    return [...this.#found.keys()].find((id) => [...this.sentence(id).getClientRects()].some(hit));
  }

  #range(first, last) {
    const range = new Range();
    const [from, start] = this.#spots[first];
    const [to, end, length] = this.#spots[last];
    range.setStart(from, start);
    range.setEnd(to, end + length);
    return range;
  }
}
