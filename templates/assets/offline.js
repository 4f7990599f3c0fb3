// Keeps the article last read and what its page is made of, and gives it back when the network does not answer.

const kept = () => caches.open("changdu");
const isAsset = ({ url }) => url.startsWith(new URL("assets/", registration.scope));
const place = (url) => url.slice(registration.scope.length).replace(/[?#].*/, "");
// By its id, or by its site's own address in the gateway
const isArticle = ({ url }) => url.startsWith(registration.scope) && /^(articles\/\w+\/\w+|(elder|accessible)\/.+)$/.test(place(url));

async function remember(request, answer) {
  const cache = await kept();
  if (isArticle(request)) for (const old of await cache.keys()) if (!isAsset(old)) await cache.delete(old);
  await cache.put(request.url, answer);
}

async function recall(request) {
  const cache = await kept();
  const pages = (await cache.keys()).filter((key) => !isAsset(key));
  const found = await cache.match(request.url, { ignoreSearch: true });
  return found || (request.mode === "navigate" && pages.length ? cache.match(pages[0]) : null) || Response.error();
}

addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(clients.claim()));
addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || !(request.mode === "navigate" || isAsset(request))) return;
  event.respondWith((async () => {
    const answer = await fetch(request).catch(() => null);
    if (!answer) return recall(request);
    if (answer.ok && ((isArticle(request) && request.mode === "navigate") || isAsset(request))) event.waitUntil(remember(request, answer.clone()));
    return answer;
  })());
});
// A page that was loaded before this script was there names itself and what it is made of
addEventListener("message", ({ data }) => {
  for (const url of data) {
    const request = new Request(url);
    if (isArticle(request) || isAsset(request)) fetch(request).then((answer) => answer.ok && remember(request, answer));
  }
});
