// What the player's own page does in a frame: captions, links that lead out of it, and its height for the page around it.

const player = document.querySelector("changdu-player");
const caption = document.querySelector(".caption");
player.addEventListener("changdu-sentence", ({ detail }) => { caption.textContent = player.track?.sentences[detail] ?? ""; });
for (const link of document.querySelectorAll("a[href^='http']")) link.target = "_blank";

const page = document.documentElement;
const tell = () => parent.postMessage({ changdu: "height", height: Math.ceil(page.getBoundingClientRect().height) }, "*");
new ResizeObserver(tell).observe(page);
