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
  // Whether the days that the date of an event can mean meet those of the phase that is chosen.
  const falls = (record) => {
    const [first, last] = days(record);
    const [start, end] = days(form.elements.phase.selectedOptions[0]);
    return first <= end && start <= last;
  };

  const passes = (record, asked) => {
    if (isEvent(record)) {
      if (asked.phase && !falls(record)) return false;
      if (asked.category && !record.classList.contains(asked.category)) return false;
      if (asked.key && !record.classList.contains("key")) return false;
    }
    if (asked.disputed && !("disputed" in record.dataset) && /^(event|estimate)-/.test(record.id)) return false;
    return asked.words.every((word) => textOf(record).includes(word));
  };

  // Shows the records that pass, the parts of the page that hold one, and beside each name in the contents how many.
  const apply = () => {
    const asked = Object.fromEntries(fields().map((field) => [field.name, content(field)]));
    asked.words = fold(asked.text).split(/\s+/).filter(Boolean);
    for (const record of records) record.hidden = !passes(record, asked);
    const shown = records.filter((record) => !record.hidden);
    const filtered = shown.length < records.length;
    for (const [part, held] of parts) {
      const count = held.filter((record) => !record.hidden).length;
      part.hidden = filtered && !count;
      const link = part.id && document.querySelector(`nav a[href="#${part.id}"]`);
      if (!link) continue;
      link.parentElement.hidden = part.hidden;
      if (filtered) link.dataset.count = count;
      else delete link.dataset.count;
    }
    const said = (some, all) => `${some.length.toLocaleString("en")} of ${all.length.toLocaleString("en")}`;
    const other = (record) => !isEvent(record);
    status.textContent = !filtered ? "" : !shown.length ? "Nothing matches."
      : `${said(shown.filter(isEvent), records.filter(isEvent))} events, ${said(shown.filter(other), records.filter(other))} other records`;
  };

  // Writes the filter into the address. Each choice is a step that the Back button takes back; a word that is typed is one.
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

  // Goes where the address points, also when the filter hides it, and puts the lasting name of a record in the address.
  const reveal = () => {
    const target = document.getElementById(location.hash.slice(1));
    if (!target) return;
    const record = records.find((one) => one.contains(target));
    if (record && record !== target) go(`${location.pathname}${location.search}#${record.id}`, true);
    if (!target.closest("[hidden]")) return;
    for (let part = target; part; part = part.parentElement) part.hidden = false;
    target.scrollIntoView();
  };

  // Related events are named by their dates; here is room for their titles, each on a line of its own.
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
