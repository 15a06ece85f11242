// Measures a page with Lighthouse as a phone and as a desk, served from this machine in Brotli:
//   npm install --prefix /tmp/lighthouse lighthouse@12
//   node tests/browser/measure.mjs /tmp/lighthouse/node_modules/lighthouse CHROMIUM PAGE [mobile|desktop]...
// Phones are simulated (1.6 Mbit/s, a processor four times as slow), so run it on a quiet machine.
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";

const [lighthouse, chromium, page, ...asked] = process.argv.slice(2);
const content = readFileSync(page);
const packed = brotliCompressSync(content);
console.log(`${page}: ${content.length.toLocaleString("en")} bytes, ${packed.length.toLocaleString("en")} in Brotli, ${gzipSync(content).length.toLocaleString("en")} in gzip`);

const server = createServer((request, response) => {
  if (request.url === "/robots.txt") return response.end("User-agent: *\nAllow: /\n");
  response.writeHead(200, { "content-type": "text/html; charset=utf-8", "content-encoding": "br", "content-length": packed.length });
  return response.end(packed);
});
await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
const address = `http://127.0.0.1:${server.address().port}/`;
const folder = mkdtempSync(join(tmpdir(), "lighthouse-"));
const flags = ["--headless=new", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--no-first-run"];
if (process.getuid?.() === 0) flags.push("--no-sandbox"); // Chromium has none for root

for (const profile of asked.length ? asked : ["mobile", "desktop"]) {
  const report = join(folder, `${profile}.json`);
  const command = [join(lighthouse, "cli", "index.js"), address, "--quiet", "--output=json", `--output-path=${report}`, `--chrome-flags=${flags.join(" ")}`];
  if (profile === "desktop") command.push("--preset=desktop");
  const run = spawn(process.execPath, command, { env: { ...process.env, CHROME_PATH: chromium }, stdio: ["ignore", "inherit", "inherit"] });
  await new Promise((done) => run.on("exit", done));
  if (!statSync(report, { throwIfNoEntry: false })) { process.exitCode = 1; continue; }
  const { categories, audits } = JSON.parse(readFileSync(report));
  const scores = Object.values(categories).map(({ id, score }) => `${id} ${score === null ? "not measured" : Math.round(score * 100)}`);
  console.log(`${profile}: ${scores.join(", ")}`);
  for (const name of ["first-contentful-paint", "largest-contentful-paint", "total-blocking-time", "speed-index", "cumulative-layout-shift"]) console.log(`  ${name} ${audits[name].displayValue}`);
  console.log(`  load ${Math.round(audits.metrics?.details?.items[0].observedLoad)} ms as observed`);
  for (const { id, auditRefs } of Object.values(categories)) {
    for (const { id: audit, weight } of auditRefs) {
      if (id !== "performance" && weight && audits[audit].score !== null && audits[audit].score < 1) console.log(`  ${id}: ${audit}: ${audits[audit].title}`);
    }
  }
}
server.close();
rmSync(folder, { recursive: true });
