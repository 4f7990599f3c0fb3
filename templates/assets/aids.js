// The tools of the elder view that need a script: 指读 连读 大鼠标 十字线 大字幕. Loaded when one is pressed.

const html = document.documentElement;
const bar = document.querySelector(".bar");
const { player } = document.getElementById("listen");
const on = (name) => bar.querySelector(`[data-tool=${name}]`).getAttribute("aria-pressed") === "true";
const make = (tag, facts) => Object.assign(document.createElement(tag), facts);
const styles = import.meta.url.replace(".js", ".css");
if (styles.includes(".css")) document.head.append(make("link", { rel: "stylesheet", href: styles })); // a page on disk has them inside

// 十字线 follows the pointer and the focus

const lines = ["across", "down"].map((name) => make("div", { className: `cross ${name}` }));
function cross(x, y) {
  lines[0].style.top = `${y}px`;
  lines[1].style.left = `${x}px`;
}
function under(node) {
  const box = node.getBoundingClientRect();
  cross(box.left, box.bottom);
}
addEventListener("pointermove", (event) => cross(event.clientX, event.clientY), { passive: true });
addEventListener("focusin", ({ target }) => {
  if (target.matches(":focus-visible")) under(target);
});

// 指读 reads what is pointed at, focused or selected

let waiting = 0;
function point({ type, target }) {
  const sentence = target.closest("main [data-s]") || (type === "focusin" && target.querySelector("[data-s]"));
  clearTimeout(waiting);
  if (sentence && on("point") && getSelection().isCollapsed) waiting = setTimeout(() => speak([sentence]), 400);
}
function speak(nodes, only = !on("continue")) {
  const ids = nodes.map((node) => node.dataset.s);
  if (ids.length) player.read(ids[0], only ? ids : null);
}
for (const type of ["mouseover", "focusin"]) document.querySelector("main").addEventListener(type, point);
document.addEventListener("pointerup", () => {
  const selection = getSelection();
  if (!on("point") || selection.isCollapsed) return;
  speak([...document.querySelectorAll("[data-s]")].filter((node) => selection.containsNode(node, true)), true);
});

// 大字幕 shows the sentence being read as the page has it, in simplified or traditional characters, or with pinyin:
// the other forms are the same sentence, found by its id, in the page's other variants

const { words } = player;
const stage = make("section", { className: "captions", ariaLabel: words.caption_region });
const line = make("p", { ariaHidden: "true" }); // the page says it already
const pages = {};
let form = "";
let reading = "";
stage.append(line);

async function variant(query) {
  const url = new URL(location.href);
  for (const [name, value] of new URLSearchParams(query)) url.searchParams.set(name, value);
  const answer = await fetch(url).catch(() => null);
  return answer?.ok ? new DOMParser().parseFromString(await answer.text(), "text/html") : document;
}
async function show() {
  const page = form ? await (pages[form] ||= variant(form)) : document;
  const parts = [...page.querySelectorAll(`[data-s="${CSS.escape(reading)}"]`)];
  line.replaceChildren(...parts.flatMap((node) => [...node.cloneNode(true).childNodes]));
  line.lang = page.documentElement.lang;
}
if (bar.querySelector("[data-tool=script]")) {
  const choices = make("div", { className: "choices" });
  const forms = { "script=zh-Hans": words["script_zh-Hans"], "script=zh-Hant": words["script_zh-Hant"], "pinyin=on": words.tool_pinyin };
  for (const [query, textContent] of Object.entries(forms)) {
    const button = make("button", { type: "button", textContent });
    button.addEventListener("click", () => { form = query; show(); });
    choices.append(button);
  }
  stage.append(choices);
}
document.addEventListener("changdu:sentence", ({ detail }) => { reading = detail.id || ""; show(); });

bar.acts = {
  point: () => {},
  continue: (yes) => player.readOn(yes),
  cursor: (yes) => html.classList.toggle("cursor", yes),
  cross: (yes) => {
    for (const each of lines) if (yes) document.body.append(each); else each.remove();
    if (!lines[0].style.top) under(document.activeElement);
  },
  caption: (yes) => {
    html.classList.toggle("captioned", yes);
    if (yes) document.body.append(stage); else stage.remove();
  },
};
