"use strict";
(() => {
  const form = document.getElementById("filter");
  const status = form.querySelector("[role=status]");
  const reset = form.querySelector("[type=reset]");
  const missing = document.getElementById("missing");
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  // As queries/folding.py does it.
  const letters = LETTERS;
  const unlike = new RegExp(`[${Object.keys(letters).join("")}]`, "gu");
  const typed = (text) => text.replace(unlike, (letter) => letters[letter]);
  const fold = (text) => typed(typed(text).normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase()).replaceAll("l·l", "ll");
  const once = (make) => { let made; return () => made ??= make(); };
  const kindOf = (record) => record.id.slice(0, record.id.indexOf("-"));
  document.documentElement.classList.add("js");

  // --- the records, read when they are first asked for: the page opens without waiting for it

  const records = once(() => all("main :is(tr, li)[id]"));
  const parts = once(() => {
    const inside = new Map(all("main :is(section, details, table, tbody, .cards, .sources)").map((part) => [part, []]));
    for (const record of records()) {
      for (let part = record.parentElement; part; part = part.parentElement) inside.get(part)?.push(record);
    }
    return [...inside].filter(([part, within]) => within.length && !part.closest("tr, li"));
  });
  const texts = new Map();
  const textOf = (record) => {
    if (!texts.has(record)) texts.set(record, fold(record.textContent));
    return texts.get(record);
  };
  const links = new Map();
  const linksOf = (record) => {
    if (!links.has(record)) links.set(record, new Set(all("a[href^='#']", record).map((link) => link.hash.slice(1))));
    return links.get(record);
  };
  // The ties of an event begin with its category.
  const categoryOf = (event) => event.querySelector(":scope > p:last-of-type").textContent.match(/^\w+/)?.[0].toLowerCase();
  // A rival figure names its question, or stands under it.
  const isDisputed = (record) => [...linksOf(record)].some((id) => id.startsWith("dispute-")) || Boolean(record.closest("tbody")?.querySelector("[scope=rowgroup] > a[href^='#dispute-']"));
  const events = once(() => records().filter((record) => kindOf(record) === "event"));

  // --- the filter

  const fields = () => [...form.elements].filter((field) => field.name);
  const content = (field) => field.type === "checkbox" ? (field.checked ? "yes" : "") : field.value.trim();
  const ordinal = (text) => Date.parse(`${text}T00:00Z`) / 864e5 + 719163; // as Python counts: day 1 is 1 January of the year 1
  const isoDay = (day) => new Date((day - 719163) * 864e5).toISOString().slice(0, 10);
  const days = (element) => {
    const [first, last = first] = element.dataset.days.split("-").map(Number);
    return [first, last];
  };
  const meets = (record, [start, end]) => {
    if (!("days" in record.dataset)) return false;
    const [first, last] = days(record);
    return first <= end && start <= last;
  };

  // The stretches of time asked for; an event passes if it can have happened in all of them.
  const periods = (asked) => {
    const found = [];
    if (asked.from || asked.to) found.push([asked.from ? ordinal(asked.from) : 0, asked.to ? ordinal(asked.to) : Infinity]);
    if (asked.phase) found.push(days(form.elements.phase.selectedOptions[0]));
    return found;
  };

  // Events and figures are asked themselves, a question for its events and figures, and all else for what names it.
  const choose = (asked) => {
    const times = periods(asked);
    const narrowed = times.length || asked.category || asked.key || asked.disputed;
    const chosen = new Set();
    const passes = (record) => {
      if (times.length && !times.every((time) => meets(record, time))) return false;
      if (asked.key && !record.classList.contains("key")) return false;
      return !asked.disputed || isDisputed(record);
    };
    const of = (...kinds) => records().filter((record) => kinds.includes(kindOf(record)));
    if (!narrowed) for (const record of records()) chosen.add(record);
    else {
      for (const event of events()) if (passes(event) && (!asked.category || categoryOf(event) === asked.category)) chosen.add(event);
      const named = new Set([...chosen].flatMap((record) => [...linksOf(record), record.id]));
      for (const figure of of("estimate")) {
        const ofEvent = named.has(figure.id) && !asked.key;
        if (asked.category ? ofEvent : passes(figure) || (ofEvent && !asked.disputed)) chosen.add(figure);
      }
      for (const question of of("dispute")) {
        const touched = named.has(question.id) || [...linksOf(question)].some((id) => document.getElementById(id) && chosen.has(document.getElementById(id)));
        const isKey = !asked.key || question.classList.contains("key");
        if (isKey && (touched || !(times.length || asked.category))) chosen.add(question);
      }
      const cited = new Set([...chosen].flatMap((record) => [...linksOf(record)]));
      for (const record of records()) if (cited.has(record.id) && !/^(event|estimate|dispute)-/.test(record.id)) chosen.add(record);
    }
    const words = fold(asked.text).split(/\s+/).filter(Boolean);
    if (words.length) for (const record of chosen) if (!words.every((word) => textOf(record).includes(word))) chosen.delete(record);
    return chosen;
  };

  const asked = () => Object.fromEntries(fields().map((field) => [field.name, content(field)]));
  const opened = new Set();

  // Shows the records that pass and the parts of the page that have one, and counts them in the table of contents.
  const apply = () => {
    const now = asked();
    const filtered = Object.values(now).some(Boolean);
    if (!filtered && !applied) return drawTime(now);
    applied = filtered;
    const chosen = choose(now);
    const every = chosen.size === records().length;
    for (const record of records()) record.hidden = !chosen.has(record);
    for (const [part, inside] of parts()) {
      const count = every ? inside.length : inside.filter((record) => chosen.has(record)).length;
      part.hidden = !count;
      if (part.matches("details")) {
        // a few matches are shown at once; what the reader opened stays open
        if (filtered && !part.open && count <= 40) { part.open = true; opened.add(part); }
        else if ((!filtered || count > 40) && opened.delete(part)) part.open = false;
        part.dataset.count = filtered ? `${count.toLocaleString("en")} shown` : "";
      }
      const link = part.id && document.querySelector(`nav a[href="#${part.id}"]`);
      if (!link) continue;
      link.parentElement.hidden = part.hidden;
      if (filtered) link.dataset.count = count.toLocaleString("en");
      else delete link.dataset.count;
    }
    for (const id of ["overview", "drawdown", "map"]) {
      const part = document.getElementById(id);
      if (part && !part.querySelector("[id^='estimate-']")) part.hidden = false;
      const link = document.querySelector(`nav a[href="#${id}"]`);
      if (link) link.parentElement.hidden = Boolean(part?.hidden);
    }
    // An event that only reaches into the time does not come before those in it.
    const times = periods(now);
    const isIn = (event) => times.every(([start, end]) => days(event)[0] >= start && days(event)[1] <= end);
    for (const chapter of all("#timeline > .chapter")) {
      chapter.style.order = times.length && !all("li[id]:not([hidden])", chapter).some(isIn) ? 1 : "";
    }
    for (const mark of all(".key-mark")) {
      const event = document.getElementById(mark.getAttribute("href").slice(1));
      mark.classList.toggle("out", filtered && !chosen.has(event));
    }
    reset.hidden = !filtered;
    const some = [...chosen].filter((record) => kindOf(record) === "event").length;
    status.textContent = !filtered ? "" : chosen.size ? `${some.toLocaleString("en")} of ${events().length.toLocaleString("en")} events, ${(chosen.size - some).toLocaleString("en")} other records${said(now)}` : `Nothing matches${said(now)}. ${advice(now)}`;
    drawTime(now);
    sizeSpots(filtered ? chosen : null);
  };
  let applied = false;

  const said = (now) => {
    const name = (field) => form.elements[field].selectedOptions[0].textContent;
    const time = now.from && now.to ? `from ${now.from} to ${now.to}` : now.from ? `from ${now.from} on` : now.to ? `until ${now.to}` : "";
    const parts = [now.text && `with “${now.text}”`, time, now.phase && `in “${name("phase")}”`, now.category && `in the category ${now.category}`, now.key && "key ones only", now.disputed && "disputed only"].filter(Boolean);
    return parts.length ? `: ${parts.join(", ")}` : "";
  };
  // Which single choice, taken back, brings something: the reader need not try them all.
  const advice = (now) => {
    if (now.from && now.to && now.from > now.to) return "The first day is after the last.";
    const without = ["text", "from", "to", "phase", "category", "key", "disputed"].filter((name) => now[name]);
    const names = { text: "the words", from: "the first day", to: "the last day", phase: "the phase", category: "the category", key: "“Key records only”", disputed: "“Disputed only”" };
    const helps = without.length > 1 ? without.filter((name) => choose({ ...now, [name]: "" }).size) : [];
    return helps.length ? `Leave out ${helps.map((name) => names[name]).join(" or ")}, or show everything.` : "Show everything, or look for something else.";
  };

  // The dots of the map stand for the events that are shown.
  const sizeSpots = (chosen) => {
    const sheets = all(".sheet");
    if (!sheets.length) return;
    const counts = new Map();
    for (const event of events()) {
      if (chosen && !chosen.has(event)) continue;
      for (const id of linksOf(event)) if (id.startsWith("place-")) counts.set(id, (counts.get(id) ?? 0) + 1);
    }
    for (const sheet of sheets) {
      const spots = all(".spot", sheet).map((spot) => [spot, counts.get(spot.getAttribute("href").slice(1)) ?? 0]);
      const most = Math.max(1, ...spots.map(([, count]) => count));
      for (const [spot, count] of spots) {
        spot.style.display = count ? "" : "none";
        spot.querySelector("circle").setAttribute("r", Math.max(2.5, sheet.viewBox.baseVal.width / 70 * Math.sqrt(count / most)).toFixed(1));
        const title = spot.querySelector("title");
        title.textContent = title.textContent.replace(/[\d,]+ events?$/, `${count.toLocaleString("en")} event${count === 1 ? "" : "s"}`);
      }
    }
  };

  // --- the strip: drag over it, or move its handles

  const strips = all(".strip");
  const rectangle = (strip, attributes) => {
    const made = document.createElementNS("http://www.w3.org/2000/svg", "rect");
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    strip.insertBefore(made, strip.querySelector(".key-mark")); // under the names
  };
  const scales = (strip) => {
    const { width, height } = strip.viewBox.baseVal;
    const { first, last, foot, whole, top } = strip.dataset;
    const near = { first: +first, last: +last, top: 0, foot: +foot };
    return whole ? [near, { first: +whole.split(" ")[0], last: +whole.split(" ")[1], top: +top, foot: height }].map((scale) => ({ ...scale, width })) : [{ ...near, width }];
  };
  const dayAt = ({ first, last, width }, x) => Math.round(first + Math.min(Math.max((x - 2) / (width - 4), 0), 1) * (last - first));
  const xOf = ({ first, last, width }, day) => 2 + Math.min(Math.max((day - first) / (last - first), 0), 1) * (width - 4);
  const setTime = (from, to, typed) => {
    form.elements.phase && (form.elements.phase.value = "");
    form.elements.from.value = from ? isoDay(from) : "";
    form.elements.to.value = to ? isoDay(to) : "";
    apply();
    write(typed);
  };
  const handles = strips.length ? ["from", "to"].map((name) => {
    const handle = document.createElement("div");
    handle.className = "handle";
    handle.tabIndex = 0;
    handle.setAttribute("role", "slider");
    handle.setAttribute("aria-label", name === "from" ? "First day shown" : "Last day shown");
    handle.dataset.name = name;
    return document.getElementById("strip").appendChild(handle);
  }) : [];
  const visibleStrip = () => strips.find((strip) => strip.getClientRects().length);

  const drawTime = (now) => {
    const [start, end] = periods(now).reduce(([start, end], [from, to]) => [Math.max(start, from), Math.min(end, to)], [0, Infinity]);
    const chosen = start > 0 || end < Infinity;
    for (const strip of strips) {
      for (const old of all(".shade, .frame", strip)) old.remove();
      if (chosen) for (const scale of scales(strip)) {
        const [left, right] = [xOf(scale, start), xOf(scale, end)];
        const box = { y: scale.top, height: scale.foot - scale.top };
        rectangle(strip, { class: "shade", x: 0, width: left, ...box });
        rectangle(strip, { class: "shade", x: right, width: Math.max(scale.width - right, 0), ...box });
        rectangle(strip, { class: "frame", x: left, width: Math.max(right - left, 1), ...box });
      }
    }
    // with the layout that the browser makes anyway
    requestAnimationFrame(() => placeHandles(start, end));
  };
  const placeHandles = (start, end) => {
    const strip = visibleStrip();
    if (!strip) return;
    const [scale] = scales(strip);
    const box = strip.getBoundingClientRect();
    const frame = strip.parentElement.getBoundingClientRect();
    const zoom = box.width / scale.width;
    for (const handle of handles) {
      const day = handle.dataset.name === "from" ? Math.max(start, scale.first) : Math.min(end, scale.last);
      handle.style.left = `${box.left - frame.left + xOf(scale, day) * zoom}px`;
      // below the phases, which are clicked
      const top = +strip.dataset.stack;
      handle.style.top = `${box.top - frame.top + top * zoom}px`;
      handle.style.height = `${(scale.foot - top) * zoom}px`;
      handle.setAttribute("aria-valuemin", scale.first);
      handle.setAttribute("aria-valuemax", scale.last);
      handle.setAttribute("aria-valuenow", day);
      handle.setAttribute("aria-valuetext", new Date((day - 719163) * 864e5).toUTCString().slice(5, 16));
      handle.dataset.day = day;
    }
  };
  const moveHandle = (handle, day, typed) => {
    const scale = scales(visibleStrip())[0];
    const other = handles.find((one) => one !== handle);
    const isFrom = handle.dataset.name === "from";
    const bounded = isFrom ? Math.min(Math.max(day, scale.first), +other.dataset.day) : Math.max(Math.min(day, scale.last), +other.dataset.day);
    const now = asked();
    const kept = (name, edge) => now[name] ? ordinal(now[name]) : periods(now).length ? +handles.find((one) => one.dataset.name === name).dataset.day : edge;
    setTime(isFrom ? bounded : kept("from", 0), isFrom ? kept("to", 0) : bounded, typed);
  };
  for (const handle of handles) {
    handle.addEventListener("keydown", (event) => {
      const step = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -30, PageUp: 30, Home: -1e7, End: 1e7 }[event.key];
      if (!step) return;
      event.preventDefault();
      moveHandle(handle, +handle.dataset.day + step, true);
    });
    handle.addEventListener("pointerdown", (event) => { handle.setPointerCapture(event.pointerId); event.preventDefault(); handle.focus(); });
    handle.addEventListener("pointermove", (event) => {
      if (!handle.hasPointerCapture(event.pointerId)) return;
      const strip = visibleStrip();
      const box = strip.getBoundingClientRect();
      const scale = scales(strip)[0];
      moveHandle(handle, dayAt(scale, (event.clientX - box.left) / box.width * scale.width), true);
    });
  }
  for (const strip of strips) {
    let drag = null;
    const at = (event) => {
      const box = strip.getBoundingClientRect();
      const zoom = strip.viewBox.baseVal.width / box.width;
      return [(event.clientX - box.left) * zoom, (event.clientY - box.top) * zoom];
    };
    strip.addEventListener("pointerdown", (event) => {
      if (event.button) return;
      const [x, y] = at(event);
      const found = scales(strip);
      drag = { x, scale: found.find((scale) => y <= scale.foot && y >= scale.top) ?? found.at(-1), moved: false };
    });
    strip.addEventListener("pointermove", (event) => {
      if (!drag) return;
      const [x] = at(event);
      if (!drag.moved && Math.abs(x - drag.x) < 6) return;
      if (!drag.moved) strip.setPointerCapture(event.pointerId);
      drag.moved = true;
      const ends = [dayAt(drag.scale, drag.x), dayAt(drag.scale, x)].sort((one, other) => one - other);
      drag.ends = ends;
      form.elements.phase && (form.elements.phase.value = "");
      form.elements.from.value = isoDay(ends[0]);
      form.elements.to.value = isoDay(ends[1]);
      drawTime(asked());
    });
    const finish = () => {
      if (drag?.ends) { setTime(...drag.ends, false); strip.dataset.dragged = "yes"; setTimeout(() => delete strip.dataset.dragged, 50); }
      drag = null;
    };
    strip.addEventListener("pointerup", finish);
    strip.addEventListener("pointercancel", finish);
    strip.addEventListener("dragstart", (event) => event.preventDefault());
    // A phase is chosen by a click; the click that ends a drag chooses nothing.
    strip.addEventListener("click", (event) => {
      const band = event.target.closest(".band");
      if (strip.dataset.dragged) event.preventDefault();
      else if (band) {
        event.preventDefault();
        const { phase } = form.elements;
        phase.value = phase.value === band.dataset.phase ? "" : band.dataset.phase;
        form.elements.from.value = form.elements.to.value = "";
        apply();
        write(false);
      }
    });
  }
  addEventListener("resize", () => drawTime(asked()));

  // --- the address

  // The Back button undoes each choice, and the typing of a text as a whole.
  let typing = false;
  const write = (typed) => {
    const query = new URLSearchParams(fields().map((field) => [field.name, content(field)]).filter(([, given]) => given));
    const address = `${location.pathname}${String(query) && `?${query}`}`;
    if (address !== location.pathname + location.search + location.hash) go(address, typed && typing);
    typing = typed;
  };
  const go = (address, instead) => {
    try { history[instead ? "replaceState" : "pushState"](null, "", address); } catch { /* some browsers keep the address of a file as it is */ }
  };
  const read = () => {
    const query = new URLSearchParams(location.search);
    for (const field of fields()) {
      const given = query.get(field.name) ?? "";
      if (field.type === "checkbox") field.checked = given !== "";
      else if (field.type !== "select-one" || [...field.options].some((option) => option.value === given)) field.value = given;
      else field.value = "";
    }
    typing = false;
    apply();
  };

  // Goes where the address points, also when the filter hides it or it is folded; says so where there is nothing.
  const reveal = () => {
    const id = decodeURIComponent(location.hash.slice(1));
    const target = document.getElementById(id);
    missing.hidden = !id || Boolean(target);
    if (!target) {
      const known = id && document.querySelector(`main [id$="-${CSS.escape(id)}"]`);
      missing.textContent = id ? `This page has nothing under #${id}. It may have been renamed, or this page shows only a part of the file.` : "";
      if (known) missing.append(" Perhaps you want ", Object.assign(document.createElement("a"), { href: `#${known.id}`, textContent: `#${known.id}` }), ".");
      if (id) missing.scrollIntoView({ block: "center" });
      return;
    }
    let changed = false;
    for (let part = target; part; part = part.parentElement) {
      if (part.hidden) { part.hidden = false; changed = true; }
      if (part !== target && part.matches?.("details:not([open])")) { part.open = true; changed = true; }
    }
    if (target.matches("details")) target.open = true;
    if (changed || target.closest("section")?.parentElement.id === "content") target.scrollIntoView();
  };

  // --- small things

  // Each date becomes a link to its event when it is first seen: five hundred links that few need.
  document.addEventListener("toggle", ({ target }) => {
    if (!target.open || !target.matches("#timeline .more")) return;
    for (const date of all("li[id] > p:first-child", target)) {
      if (date.firstElementChild) continue;
      const link = document.createElement("a");
      link.href = `#${date.parentElement.id}`;
      link.append(...date.childNodes);
      date.append(link);
    }
  }, true);
  // The sources of a folded plot get theirs from the tables.
  document.addEventListener("toggle", ({ target }) => {
    if (!target.open || !target.matches("#disputes .see")) return;
    for (const answer of all(".plot > li", target)) {
      const [plain, link] = [answer.querySelector("small"), answer.querySelector("a")];
      const cited = link && document.getElementById(link.hash.slice(1))?.querySelector("small");
      if (plain && cited && !plain.firstElementChild) plain.replaceWith(cited.cloneNode(true));
    }
  }, true);
  // So does the way back from a figure to its event, which has the link.
  const ofEvent = once(() => new Map(events().flatMap((event) => [...linksOf(event)].filter((id) => id.startsWith("estimate-")).map((id) => [id, event]))));
  document.addEventListener("toggle", ({ target }) => {
    if (!target.open || !target.querySelector(":scope > table")) return;
    for (const row of all("tr[id]", target)) {
      const event = ofEvent().get(row.id);
      if (!event || row.querySelector(".of-event")) continue;
      const said = document.createElement("p");
      said.className = "of-event";
      said.append("Event: ", Object.assign(document.createElement("a"), { href: `#${event.id}`, textContent: event.querySelector("h4").textContent }));
      row.lastElementChild.append(said);
    }
  }, true);

  // A term is explained where it stands; without this it leads to the glossary.
  const explained = document.getElementById("explained");
  document.addEventListener("click", (event) => {
    const term = event.target.closest?.("a.term");
    if (!term || !explained.showPopover || event.ctrlKey || event.metaKey) return;
    const entry = document.getElementById(term.hash.slice(1));
    if (!entry) return;
    event.preventDefault();
    explained.replaceChildren(...["h3", "p:not(.quiet)"].map((part) => entry.querySelector(part)).filter(Boolean).map((part) => {
      const shown = document.createElement(part.matches("h3") ? "strong" : "p");
      shown.append(...[...part.childNodes].map((node) => node.cloneNode(true)));
      return shown;
    }));
    explained.showPopover();
    const box = term.getBoundingClientRect();
    explained.style.left = `${Math.max(16, Math.min(box.left, innerWidth - explained.offsetWidth - 16))}px`;
    explained.style.top = `${box.bottom + explained.offsetHeight + 12 > innerHeight ? Math.max(8, box.top - explained.offsetHeight - 8) : box.bottom + 8}px`;
  });
  document.addEventListener("scroll", () => explained.matches(":popover-open") && explained.hidePopover(), { passive: true });

  document.addEventListener("click", (event) => {
    const menu = form.querySelector(".menu");
    if (menu.open && !menu.contains(event.target)) menu.open = false;
  });
  form.addEventListener("keydown", (event) => {
    const menu = form.querySelector(".menu");
    if (event.key === "Escape" && menu.open) { menu.open = false; menu.querySelector("summary").focus(); }
  });

  addEventListener("beforeprint", () => { for (const part of all("main details:not([open])")) { part.open = true; part.dataset.print = ""; } });
  addEventListener("afterprint", () => { for (const part of all("main details[data-print]")) { part.open = false; delete part.dataset.print; } });

  // Reference managers read OpenURLs in COinS (https://ocoins.info): made here, when nothing else is to do, they weigh nothing.
  const idle = window.requestIdleCallback ?? ((work) => setTimeout(() => work({ timeRemaining: () => 5 }), 50));
  const coins = (items) => (deadline) => {
    const end = performance.now() + 8; // a slow phone takes five times as long
    while (items.length && performance.now() < end && deadline.timeRemaining() > 2) {
      const item = items.pop();
      const link = item.querySelector("a[href^=http]");
      const [, creator, title] = item.textContent.match(/^.*?\.  ?(.*?)“(.*?)”/s) ?? ["", item.querySelector("b").nextSibling.textContent, item.querySelector("cite")?.textContent ?? ""];
      const say = {
        "rft.title": title.replace(/\.$/, ""),
        "rft.creator": creator.trim().replace(/\.$/, ""),
        "rft.date": item.querySelector("b").textContent.match(/\b\d{4}(?=[a-z]*\.$)/)?.[0],
        "rft.source": item.querySelectorAll("cite")[title && item.querySelector("cite")?.textContent.startsWith(title) ? 1 : 0]?.textContent,
        "rft.identifier": link?.href,
      };
      const query = new URLSearchParams({ ctx_ver: "Z39.88-2004", rft_val_fmt: "info:ofi/fmt:kev:mtx:dc" });
      for (const [key, value] of Object.entries(say)) if (value) query.set(key, value);
      item.append(Object.assign(document.createElement("span"), { className: "Z3988", title: String(query) }));
    }
    if (items.length) idle(coins(items));
    else document.dispatchEvent(new Event("ZoteroItemUpdated", { bubbles: true }));
  };
  let moved = false;
  for (const kind of ["wheel", "touchstart", "pointerdown", "keydown"]) addEventListener(kind, () => { moved = true; }, { passive: true, once: true });
  const hold = () => { if (!moved && location.hash) document.getElementById(decodeURIComponent(location.hash.slice(1)))?.scrollIntoView(); };
  // Lays out what page.css puts off, part by part, so that the scroll bar is right, and stays where the address points.
  const layOut = (parts) => () => {
    const part = parts.shift();
    if (!part) return idle(coins(all(".sources > li")));
    part.style.contentVisibility = "visible";
    hold();
    requestAnimationFrame(() => idle(layOut(parts)));
  };
  addEventListener("load", () => { for (const wait of [0, 100, 300]) setTimeout(hold, wait); });
  addEventListener("load", () => setTimeout(() => idle(layOut(all("main > section, .chapter, #disputes > ul > li"))), 1000));

  let waiting;
  form.addEventListener("input", (event) => {
    const typed = event.target.type === "search";
    const show = () => { apply(); write(typed); };
    clearTimeout(waiting);
    if (typed) waiting = setTimeout(show, 120);
    else show();
  });
  form.addEventListener("change", () => { typing = false; });
  form.addEventListener("reset", () => setTimeout(() => { apply(); write(false); }));
  form.addEventListener("submit", (event) => event.preventDefault());
  addEventListener("popstate", read);
  addEventListener("hashchange", reveal);
  form.hidden = false;
  read();
  if (location.hash) reveal();
})();
