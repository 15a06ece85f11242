"use strict";
(() => {
  const form = document.getElementById("filter");
  const status = form.querySelector("[role=status]");
  const records = [...document.querySelectorAll("[id^=event-], [id^=estimate-], [id^=dispute-], [id^=person-], [id^=organization-], [id^=place-], [id^=term-], [id^=source-]")];
  const parts = [...document.querySelectorAll("main section, main table, main tbody")]
    .map((part) => [part, records.filter((record) => part.contains(record))]);
  const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const texts = new Map();
  const textOf = (record) => {
    if (!texts.has(record)) texts.set(record, fold(record.textContent));
    return texts.get(record);
  };
  const fields = () => [...form.elements].filter((field) => field.name);
  const content = (field) => field.type === "checkbox" ? (field.checked ? "yes" : "") : field.value.trim();
  const isEvent = (record) => record.id.startsWith("event-");

  const days = (element) => element.dataset.days.split(" ").map(Number);
  // Whether an event can have happened in the chosen phase: data-days has the first and last day of both.
  const fallsInPhase = (record) => {
    const [first, last] = days(record);
    const [start, end] = days(form.elements.phase.selectedOptions[0]);
    return first <= end && start <= last;
  };

  const passes = (record, asked) => {
    if (isEvent(record)) {
      if (asked.phase && !fallsInPhase(record)) return false;
      if (asked.category && !record.classList.contains(asked.category)) return false;
      if (asked.key && !record.classList.contains("key")) return false;
    }
    if (asked.disputed && !("disputed" in record.dataset) && /^(event|estimate)-/.test(record.id)) return false;
    return asked.words.every((word) => textOf(record).includes(word));
  };

  // Shows the records that pass and the parts of the page that have one, and counts them in the table of contents.
  const apply = () => {
    const asked = Object.fromEntries(fields().map((field) => [field.name, content(field)]));
    asked.words = fold(asked.text).split(/\s+/).filter(Boolean);
    for (const record of records) record.hidden = !passes(record, asked);
    const shown = records.filter((record) => !record.hidden);
    const filtered = shown.length < records.length;
    for (const [part, inside] of parts) {
      const count = inside.filter((record) => !record.hidden).length;
      part.hidden = filtered && !count;
      const link = part.id && document.querySelector(`nav a[href="#${part.id}"]`);
      if (!link) continue;
      link.parentElement.hidden = part.hidden;
      if (filtered) link.dataset.count = count;
      else delete link.dataset.count;
    }
    const share = (some, all) => `${some.length.toLocaleString("en")} of ${all.length.toLocaleString("en")}`;
    const other = (record) => !isEvent(record);
    status.textContent = !filtered ? "" : !shown.length ? "Nothing matches."
      : `${share(shown.filter(isEvent), records.filter(isEvent))} events, ${share(shown.filter(other), records.filter(other))} other records`;
  };

  // Writes the filter into the address. The Back button undoes each choice, and the typing of a text as a whole.
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

  // Goes where the address points, also when the filter hides it, and replaces the short anchor of a record by its lasting one.
  const reveal = () => {
    const target = document.getElementById(location.hash.slice(1));
    if (!target) return;
    const record = records.find((one) => one.contains(target));
    if (record && record !== target) go(`${location.pathname}${location.search}#${record.id}`, true);
    if (!target.closest("[hidden]")) return;
    for (let part = target; part; part = part.parentElement) part.hidden = false;
    target.scrollIntoView();
  };

  // The page names related events by their dates, to weigh less; each title is added from its event.
  for (const link of document.querySelectorAll(".see a")) {
    link.dataset.title = document.getElementById(link.hash.slice(1)).closest("article").querySelector("h4").textContent;
    const before = link.previousSibling;
    if (before.data === "; ") before.remove();
  }
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
  window.addEventListener("popstate", read);
  window.addEventListener("hashchange", reveal);
  form.hidden = false;
  read();
  reveal();
})();
