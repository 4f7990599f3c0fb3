// What the Podcast Index's own parser makes of a feed on standard input, as JSON.
const { parseFeed } = require(process.argv[2]);
const chunks = [];
process.stdin.on("data", (chunk) => chunks.push(chunk));
process.stdin.on("end", () => console.log(JSON.stringify(parseFeed(Buffer.concat(chunks).toString()))));
