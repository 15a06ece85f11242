// Opens pages as their readers do, and writes what they find as JSON: node look.mjs PLAYWRIGHT AXE CHROMIUM PAGE SMALL-PAGE...
// On every page axe looks for what shuts readers out, but not for contrast on the first, whole one: that takes a minute.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const [playwright, axe, executablePath, page, ...small] = process.argv.slice(2);
const { chromium } = createRequire(import.meta.url)(playwright);
const checker = readFileSync(`${axe}/axe.min.js`, "utf8");
const args = ["--disable-gpu", "--disable-quic", "--disable-sync", "--disable-background-networking", "--disable-component-update", "--no-first-run"];
if (process.getuid?.() === 0) args.push("--no-sandbox"); // Chromium has none for root
const browser = await chromium.launch({ executablePath, args });
const found = { errors: [], requests: [] };

const open = async (where, options = {}, file = page) => {
  const tab = await (await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options })).newPage();
  tab.on("console", (message) => found.errors.push(message.text()));
  tab.on("pageerror", (error) => found.errors.push(String(error)));
  tab.on("request", (request) => found.requests.push(request.url().split(/[?#]/)[0]));
  await tab.goto(pathToFileURL(file).href + where);
  return tab;
};
const ids = (tab, selector) => tab.locator(`${selector}:visible`).evaluateAll((all) => all.map((one) => one.id));
const events = (tab) => ids(tab, "[id^=event-]");
const addressed = (tab, pattern) => tab.waitForFunction((source) => new RegExp(source).test(location.search + location.hash), pattern);
const place = (tab) => { const { search, hash } = new URL(tab.url()); return search + hash; };
const state = async (tab) => ({ place: place(tab), status: await tab.locator("[role=status]").textContent(), events: await events(tab) });
const faults = async (file, options, rules = {}) => {
  const tab = await open("", options, file);
  await tab.evaluate(checker);
  const { violations } = await tab.evaluate((rules) => axe.run({ resultTypes: ["violations"], rules }), rules);
  return violations.map(({ id, impact, nodes }) => `${impact}: ${id}: ${nodes.length}, such as ${nodes[0].html.slice(0, 200)}`);
};
const contents = (tab) => tab.locator("nav a:visible").evaluateAll((all) => all.map((link) => [link.hash, link.dataset.count ?? ""]));

let tab = await open("");
found.whole = await state(tab);
await tab.keyboard.press("Tab");
found.first_focus = await tab.evaluate(() => document.activeElement.textContent);
await tab.getByLabel("With these words").fill("bridge TERMEZ");
await addressed(tab, "TERMEZ");
found.words = await state(tab);
await tab.getByLabel("Key events only").check();
await addressed(tab, "key=yes");
found.key = await state(tab);
found.contents = await contents(tab);
await tab.reload();
found.reloaded = await state(tab);
await tab.goto(`${tab.url().split("#")[0]}#${found.whole.events[0]}`);
await addressed(tab, "#event-");
found.shown_by_link = await state(tab);
await tab.getByRole("button", { name: "Show everything" }).click();
await addressed(tab, "^$");
found.reset = await state(tab);
await tab.getByLabel("Phase", { exact: true }).selectOption({ index: 1 });
await tab.getByLabel("Category", { exact: true }).selectOption({ index: 1 });
await tab.getByLabel("Disputed only").check();
await addressed(tab, "phase=.*category=.*disputed=yes");
found.chosen = await state(tab);
await tab.locator("article:visible small a").first().click();
await addressed(tab, "#source-");
found.footnote = place(tab);
for (const step of ["back_from_footnote", "back_from_disputed", "back_from_category"]) {
  await tab.goBack();
  await tab.evaluate(() => new Promise((done) => setTimeout(done, 100))); // the page hears of it after the address has changed
  found[step] = await state(tab);
}

tab = await open("?phase=no-such-phase&text=");
found.unknown_phase = await state(tab);
tab = await open("", { javaScriptEnabled: false });
found.plain = { events: await events(tab), form: await tab.locator("form").isVisible() };
tab = await open("", { viewport: { width: 360, height: 740 } });
found.phone = await tab.evaluate(() => document.documentElement.scrollWidth);
const phone = { width: 360, height: 740 };
found.faults = await faults(page, { viewport: phone }, { "color-contrast": { enabled: false } });
for (const file of small) for (const options of [{}, { colorScheme: "dark", viewport: phone }]) found.faults.push(...await faults(file, options));
tab = await open("", { colorScheme: "dark" });
found.colours = await tab.evaluate(() => [getComputedStyle(document.body).backgroundColor]);
await tab.emulateMedia({ media: "print" });
found.colours.push(await tab.evaluate(() => getComputedStyle(document.body).color));
found.printed = { events: (await events(tab)).length, navigation: await tab.locator("nav, label").filter({ visible: true }).count() };
await browser.close();
process.stdout.write(JSON.stringify(found));
