// What scripts add to the elder view; without them every choice is a link.

const html = document.documentElement;
const onDisk = location.protocol === "file:";
const bar = document.querySelector(".bar");
const tools = Object.fromEntries([...bar.children].map((node) => [node.dataset.tool, node]));
const { player, dataset: { article, root } } = document.getElementById("listen");
const { load, save } = player;

// Choices change in place and in the address, so that Back undoes them

const usual = { size: "100", theme: html.dataset.usual || "original", spacing: "normal" };
const names = Object.keys(usual);
const worn = () => Object.fromEntries(names.map((name) => [name, html.dataset[name]]));
const address = (link, choices) => {
  const to = new URL(link, location.href);
  for (const [name, value] of Object.entries(choices)) {
    if (value === usual[name]) to.searchParams.delete(name); else to.searchParams.set(name, value);
  }
  return to;
};

function wear(choices) {
  Object.assign(html.dataset, choices);
  const size = +html.dataset.size;
  for (const [name, end] of [["larger", 300], ["smaller", 75]]) tools[name].setAttribute("aria-disabled", size === end);
  for (const name of names) {
    for (const link of document.querySelectorAll(`.choice[data-${name}]`)) current(link, link.dataset[name] === html.dataset[name]);
  }
}
const current = (link, on) => (on ? link.setAttribute("aria-current", "true") : link.removeAttribute("aria-current"));

function choose(choices) {
  wear(choices);
  history.pushState(worn(), "", onDisk ? undefined : address(location.href, choices)); // a file's address cannot change
  save("choices", worn());
}
const note = () => history.replaceState(worn(), "");
addEventListener("popstate", ({ state }) => (state ? wear(state) : note()));

const asked = new URLSearchParams(location.search);
const named = names.filter((name) => asked.has(name));
if (onDisk) wear(Object.fromEntries(named.map((name) => [name, asked.get(name)])));
if (!named.length && load("choices").theme !== "own") wear(load("choices"));
note();

// The script is another page, so the server must know which to send
const keep = (script, seconds = 3e7) => { document.cookie = `changdu.script=${script};path=${root || "/"};max-age=${seconds};samesite=lax`; };

const steps = { larger: 25, smaller: -25 };
document.addEventListener("click", (event) => {
  const link = event.target.closest("a");
  if (!link || event.ctrlKey || event.metaKey || !link.closest(".tools, .window, .service")) return;
  const { tool, rate, script, ...data } = link.dataset;
  const chosen = names.find((name) => name in data);
  const stay = () => event.preventDefault();
  if (script) keep(script);
  if (tool in steps) {
    stay();
    choose({ size: `${Math.min(300, Math.max(75, +html.dataset.size + steps[tool]))}` });
  } else if (chosen && !(chosen === "theme" && html.dataset.theme === "own")) {
    stay();
    choose({ [chosen]: data[chosen] });
  } else if (rate) {
    stay();
    player.audio.playbackRate = player.audio.defaultPlaybackRate = +rate;
    for (const other of document.querySelectorAll(".choice[data-rate]")) current(other, other === link);
  } else if (tool === "reset") {
    save("choices", {});
    save("switches", {});
    keep("", 0);
  } else if (link.hash && link.hash === location.hash && tool) {
    stay();
    location.hash = "tools";
  } else if (link.origin === location.origin && !link.hash && !link.rel) link.href = address(link.href, worn());
});

// The place last read

const place = document.querySelector(".place");
const sentence = load("read")[article];
if (document.getElementById(sentence)) {
  place.hidden = false;
  place.firstElementChild.href = `#${sentence}`;
}
addEventListener("pagehide", () => {
  const first = [...document.querySelectorAll(".text [data-s][id]")].find((node) => node.getBoundingClientRect().bottom > 0);
  player.keep("read", scrollY > innerHeight && first?.id);
});

// One Tab stop, arrows within

const rest = (node) => { for (const other of bar.children) other.tabIndex = other === node ? 0 : -1; };
bar.addEventListener("keydown", (event) => {
  const all = [...bar.children].filter((node) => node.offsetParent);
  const place = all.indexOf(document.activeElement);
  const to = { ArrowRight: place + 1, ArrowLeft: place - 1, Home: 0, End: all.length - 1 }[event.key];
  if (to === undefined) return;
  event.preventDefault();
  all.at(to % all.length).focus();
});
bar.addEventListener("focusin", (event) => rest(event.target));

// Switches: what they do comes with the first press

const switches = [...bar.querySelectorAll("button")];
const pressed = (name) => tools[name].getAttribute("aria-pressed") === "true";
async function press(name) {
  tools[name].setAttribute("aria-pressed", !pressed(name));
  if (!onDisk) await import(import.meta.url.replace("elder", "aids")); // a page on disk has it inside
  bar.acts[name](pressed(name));
}
for (const node of switches) {
  const name = node.dataset.tool;
  node.hidden = false;
  node.addEventListener("click", async () => {
    await press(name);
    save("switches", Object.fromEntries(switches.map(({ dataset: { tool } }) => [tool, pressed(tool)])));
  });
  if ((load("switches")[name] ?? pressed(name)) !== pressed(name)) press(name);
}
rest(bar.querySelector(":not([hidden])"));

// Shortcuts, which the help page changes or turns off

addEventListener("keydown", (event) => {
  const keys = load("keys");
  if (!event.altKey || !event.shiftKey || event.ctrlKey || event.metaKey || keys.off) return;
  if (event.target.closest("input, textarea, select")) return;
  const key = event.code.replace(/^(Digit|Key)/, "");
  const name = Object.keys(tools).find((tool) => (keys.map?.[tool] || tools[tool].dataset.key) === key);
  if (name) { event.preventDefault(); tools[name].click(); }
});

// Offline

if (!onDisk && navigator.serviceWorker) {
  await navigator.serviceWorker.register(`${root}/offline.js`);
  (await navigator.serviceWorker.ready).active.postMessage([location.href, ...performance.getEntriesByType("resource").map(({ name }) => name)]);
}
