// What another reader of audio files makes of the one on standard input, as JSON.
const { parseBuffer } = await import(process.argv[2]);
const chunks = [];
for await (const chunk of process.stdin) chunks.push(chunk);
const { common, format, native } = await parseBuffer(Buffer.concat(chunks), process.argv[3], { includeChapters: true, duration: true });
console.log(JSON.stringify({ common, format, native }));
