// Reads {"html", "url"} a line, answers {"text", "html", "title", "byline", "site", "published", "milliseconds"} a line.
import { createInterface } from "node:readline";
import { Readability } from "@mozilla/readability";
import { JSDOM, VirtualConsole } from "jsdom";

const milliseconds = ({ user, system }) => (user + system) / 1000;

for await (const line of createInterface({ input: process.stdin })) {
  const { html, url } = JSON.parse(line);
  const start = process.cpuUsage();
  let found = null;
  try {
    const page = new JSDOM(html, { url: url || "about:blank", virtualConsole: new VirtualConsole() });
    found = new Readability(page.window.document).parse();
    page.window.close();
  } catch (error) {
    console.error(`${url}: ${error.message}`);
  }
  const answer = {
    text: found?.textContent ?? "",
    html: found?.content ?? "",
    title: found?.title ?? null,
    byline: found?.byline ?? null,
    site: found?.siteName ?? null,
    published: found?.publishedTime ?? null,
    milliseconds: milliseconds(process.cpuUsage(start)),
  };
  console.log(JSON.stringify(answer));
}
