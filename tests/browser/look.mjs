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
const found = { errors: [], requests: [], faults: [], widths: {} };
const PHONE = { width: 390, height: 844 }, TABLET = { width: 768, height: 1024 }, DESK = { width: 1280, height: 900 };

const open = async (where, options = {}, file = page) => {
  const tab = await (await browser.newContext({ viewport: DESK, ...options })).newPage();
  tab.on("console", (message) => found.errors.push(message.text()));
  tab.on("pageerror", (error) => found.errors.push(String(error)));
  tab.on("request", (request) => { if (!request.url().startsWith("data:")) found.requests.push(request.url().split(/[?#]/)[0]); });
  await tab.goto(pathToFileURL(file).href + where);
  return tab;
};
const settle = (tab) => tab.evaluate(() => new Promise((done) => setTimeout(done, 200)));
// What a filter leaves, folded or not.
const left = (tab, selector) => tab.evaluate((selector) => [...document.querySelectorAll(selector)].filter((one) => !one.closest("[hidden]")).map((one) => one.id), selector);
const events = async (tab) => (await left(tab, "[id^=event-]")).sort();
const addressed = (tab, pattern) => tab.waitForFunction((source) => new RegExp(source).test(location.search + location.hash), pattern);
const place = (tab) => { const { search, hash } = new URL(tab.url()); return search + hash; };
const state = async (tab) => ({ place: place(tab), status: await tab.locator("[role=status]").textContent(), events: await events(tab) });
const faults = async (name, tab, rules = {}) => {
  await tab.evaluate(checker);
  const { violations } = await tab.evaluate((rules) => axe.run({ resultTypes: ["violations"], rules }), rules);
  found.faults.push(...violations.map(({ id, impact, nodes }) => `${name}: ${impact}: ${id}: ${nodes.length}, such as ${nodes[0].html.slice(0, 200)}`));
};
const filters = (tab) => tab.locator(".menu > summary").click();
const shown = (tab, selector) => tab.locator(selector).filter({ visible: true });

// --- the filter, on a desk

let tab = await open("");
found.whole = await state(tab);
found.first_screen = await tab.evaluate(() => Object.fromEntries(["h1", ".lede", ".facts", "#strip"].map((part) => [part, document.querySelector(part)?.getBoundingClientRect().top < innerHeight])));
await tab.keyboard.press("Tab");
found.first_focus = await tab.evaluate(() => document.activeElement.textContent);
await tab.getByLabel("With these words").fill("bridge TERMEZ");
await addressed(tab, "TERMEZ");
found.words = await state(tab);
found.folded_matches = await shown(tab, "[id^=event-]").count();
await filters(tab);
await tab.getByLabel("Key records only").check();
await addressed(tab, "key=yes");
found.key = await state(tab);
found.contents = await tab.locator("nav a:visible").evaluateAll((all) => all.map((link) => [link.hash, link.dataset.count ?? ""]));
await tab.reload();
found.reloaded = await state(tab);
const hidden = found.whole.events.find((id) => !found.key.events.includes(id));
await tab.goto(`${tab.url().split("#")[0]}#${hidden}`);
await addressed(tab, "#event-");
await settle(tab);
found.shown_by_link = { hidden, visible: await tab.locator(`#${hidden}`).isVisible(), state: await state(tab) };
await tab.getByRole("button", { name: "Show everything" }).click();
await addressed(tab, "^$");
found.reset = await state(tab);
await filters(tab);
await tab.getByLabel("Phase", { exact: true }).selectOption("phase-one");
await tab.getByLabel("Category", { exact: true }).selectOption("military");
await tab.getByLabel("Disputed only").check();
await addressed(tab, "phase=.*category=.*disputed=yes");
found.chosen = await state(tab);
await tab.keyboard.press("Escape");
await shown(tab, "li[id] > p > small a").first().click();
await addressed(tab, "#source-");
await settle(tab);
found.footnote = { place: place(tab), visible: await tab.locator(":target").isVisible() };
for (const step of ["back_from_footnote", "back_from_disputed", "back_from_category"]) {
  await tab.goBack();
  await settle(tab); // the page hears of it after the address has changed
  found[step] = await state(tab);
}
tab = await open("?phase=no-such-phase&text=");
found.unknown_phase = await state(tab);
tab = await open("?text=gromov&from=1988-05-15&to=1988-05-16&disputed=yes");
found.sections = await tab.evaluate(() => Object.fromEntries(["person", "place", "source", "estimate", "dispute"].map((kind) => [kind, document.querySelectorAll(`[id^=${kind}-]:not([hidden])`).length])));
tab = await open("?text=zeppelin&key=yes");
found.nothing = await tab.locator("[role=status]").textContent();
tab = await open("?text=gromov&to=1950-01-01");
found.advice = await tab.locator("[role=status]").textContent();

// --- addresses

tab = await open("#no-such-thing");
found.unknown_anchor = await tab.locator("#missing").textContent();
tab = await open(`#${found.whole.events.at(-1).replace("event-", "")}`);
found.bare_anchor = await tab.locator("#missing a").textContent();
tab = await open(`#${found.whole.events.at(-1)}`);
found.deep_link = await tab.evaluate(() => { const { top } = document.querySelector(":target").getBoundingClientRect(); return top >= 0 && top < innerHeight; });
tab = await open("#disputes", { viewport: PHONE });
await tab.waitForTimeout(400);
found.section_link = [await tab.evaluate(() => Math.round(document.querySelector("#disputes").getBoundingClientRect().top))];
await tab.waitForTimeout(2500);
found.section_link.push(await tab.evaluate(() => Math.round(document.querySelector("#disputes").getBoundingClientRect().top)));
found.numbered_anchors = await tab.evaluate(() => [...document.querySelectorAll("a[href^='#']")].filter((link) => !document.getElementById(link.getAttribute("href").slice(1))).length);

// --- each way of choosing a time, at each width

for (const [name, viewport] of Object.entries({ phone: PHONE, tablet: TABLET, desk: DESK })) {
  const seen = found.widths[name] = {};
  tab = await open("", { viewport, hasTouch: name === "phone", colorScheme: name === "tablet" ? "dark" : "light" });
  seen.width = await tab.evaluate(() => document.documentElement.scrollWidth);
  seen.strips = await shown(tab, ".strip").count();
  const strip = shown(tab, ".strip");
  const box = await strip.boundingBox();
  if (name === "phone") {
    // a finger, by the protocol of the browser: playwright only taps
    const session = await tab.context().newCDPSession(tab);
    await strip.scrollIntoViewIfNeeded();
    const { x, y, width } = await strip.boundingBox();
    const touch = (type, at) => session.send("Input.dispatchTouchEvent", { type, touchPoints: at ? [{ x: at, y: y + 60 }] : [] });
    await touch("touchStart", x + width * .3);
    for (const part of [.4, .5, .6]) await touch("touchMove", x + width * part);
    await touch("touchEnd");
  } else {
    await tab.mouse.move(box.x + box.width * .3, box.y + 60);
    await tab.mouse.down();
    await tab.mouse.move(box.x + box.width * .45, box.y + 60, { steps: 3 });
    await tab.mouse.move(box.x + box.width * .6, box.y + 60, { steps: 3 });
    await tab.mouse.up();
  }
  await addressed(tab, "from=.*to=");
  seen.dragged = { ...await state(tab), shades: await shown(tab, ".shade").count(), spots: await shown(tab, ".spot").count() };
  const handle = tab.getByRole("slider", { name: "First day shown" });
  seen.before_key = await handle.getAttribute("aria-valuetext");
  await handle.focus();
  await tab.keyboard.press("ArrowRight");
  await settle(tab);
  seen.after_key = await handle.getAttribute("aria-valuetext");
  await tab.keyboard.press("PageUp");
  await settle(tab);
  seen.after_page = await handle.getAttribute("aria-valuetext");
  await tab.getByRole("button", { name: "Show everything" }).click();
  await addressed(tab, "^$");
  seen.all_spots = await shown(tab, ".spot").count();
  const band = shown(tab, ".band[data-phase=phase-two]").first();
  await band.scrollIntoViewIfNeeded();
  await band.click();
  await addressed(tab, "phase=");
  seen.band = await state(tab);
  seen.small = await tab.evaluate(() => [...document.querySelectorAll("nav a, form input, form summary, form button, main > section > details > summary")]
    .filter((one) => one.getClientRects().length && one.getBoundingClientRect().height < 24).map((one) => one.outerHTML.slice(0, 80)));
  await tab.evaluate(() => scrollTo(0, 5000));
  await settle(tab);
  seen.bar = await tab.evaluate(() => Math.round(document.querySelector(".bar").getBoundingClientRect().top));
  const term = shown(tab, ".lede .term, .story .term, #timeline .term").first();
  await term.scrollIntoViewIfNeeded();
  await settle(tab); // what was explained goes when the page is scrolled
  await term.click();
  seen.term = await shown(tab, "#explained").textContent().catch(() => "");
}

// --- for reference managers

tab = await open("");
found.sources = await tab.locator(".sources > li").count();
await tab.waitForFunction((all) => document.querySelectorAll(".Z3988").length === all, found.sources, { timeout: 30000 }).catch(() => {});
found.coins = await tab.locator(".sources > li > .Z3988").evaluateAll((all) => all.map((one) => Object.fromEntries(new URLSearchParams(one.title))));

// --- without JavaScript, and on paper

tab = await open("", { javaScriptEnabled: false });
found.plain = { events: await tab.locator("[id^=event-]").evaluateAll((all) => all.map((one) => one.id).sort()), form: await tab.locator("form").isVisible() };
await tab.locator("#timeline summary").first().click();
found.plain.opened = await tab.locator("#timeline details[open]").count();
await tab.goto(`${pathToFileURL(page).href}#${found.whole.events.at(-1)}`);
found.plain.linked = await tab.locator(":target").isVisible();
tab = await open("", { colorScheme: "dark" });
found.colours = await tab.evaluate(() => [getComputedStyle(document.body).backgroundColor]);
await tab.emulateMedia({ media: "print" });
found.colours.push(await tab.evaluate(() => getComputedStyle(document.body).color));
found.printed = { events: await shown(tab, "[id^=event-]").count(), navigation: await shown(tab, "nav, label").count() };
tab = await open("", { javaScriptEnabled: false });
await tab.emulateMedia({ media: "print" });
found.printed.without_script = await shown(tab, "[id^=event-]").count();

// --- what axe finds

tab = await open("", { viewport: PHONE });
await faults("whole", tab, { "color-contrast": { enabled: false } });
for (const [index, file] of small.entries()) {
  for (const options of [{}, { colorScheme: "dark", viewport: PHONE }]) {
    tab = await open("", options, file);
    const width = await tab.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    if (width > 0) found.faults.push(`${file}: ${width} wider than the screen`);
    // axe takes what is not laid out yet for what lies under something
    await tab.evaluate(() => {
      for (const part of document.querySelectorAll("main details")) part.open = true;
      document.styleSheets[0].insertRule("* { content-visibility: visible !important; }", 0);
    });
    await faults(`small page ${index}`, tab, { "target-size": { enabled: true } });
  }
}
await browser.close();
process.stdout.write(JSON.stringify(found));
