"use strict";
(() => {
  const form = document.getElementById("filter");
  const status = form.querySelector("[role=status]");
  const records = [...document.querySelectorAll("[id^=event-], [id^=estimate-], [id^=dispute-], [id^=person-], [id^=organization-], [id^=place-], [id^=source-]")];
  const holders = [...document.querySelectorAll("main section, main table, main tbody")]
    .map((part) => [part, records.filter((record) => part.contains(record))]).filter(([, held]) => held.length);
  const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const texts = new Map();
  const textOf = (record) => {
    if (!texts.has(record)) texts.set(record, fold(record.textContent));
    return texts.get(record);
  };
  const fields = () => [...form.elements].filter((field) => field.name);
  const isEvent = (record) => record.id.startsWith("event-");

  const place = (phase) => String([...form.elements.phase.options].findIndex((option) => option.value === phase));

  const passes = (record, asked) => {
    if (isEvent(record)) {
      if (asked.phase && !record.dataset.phase.split(" ").includes(place(asked.phase))) return false;
      if (asked.category && !record.classList.contains(asked.category)) return false;
      if (asked.key && !record.classList.contains("key")) return false;
    }
    if (asked.disputed && !("disputed" in record.dataset) && /^(event|estimate)-/.test(record.id)) return false;
    return asked.words.every((word) => textOf(record).includes(word));
  };

  const apply = () => {
    const asked = { words: [] };
    for (const field of fields()) asked[field.name] = field.type === "checkbox" ? field.checked : field.value;
    asked.words = fold(asked.text).split(/\s+/).filter(Boolean);
    const counts = { events: 0, allEvents: 0, others: 0, allOthers: 0 };
    for (const record of records) {
      record.hidden = !passes(record, asked);
      counts[isEvent(record) ? "allEvents" : "allOthers"] += 1;
      if (!record.hidden) counts[isEvent(record) ? "events" : "others"] += 1;
    }
    for (const [holder, held] of holders) holder.hidden = held.every((record) => record.hidden);
    const said = (count) => count.toLocaleString("en");
    const all = counts.events === counts.allEvents && counts.others === counts.allOthers;
    status.textContent = all ? "" : `${said(counts.events)} of ${said(counts.allEvents)} events, `
      + `${said(counts.others)} of ${said(counts.allOthers)} other records`;
  };

  const replace = (address) => {
    try { history.replaceState(null, "", address); } catch { /* some browsers keep the address of a file as it is */ }
  };

  const write = () => {
    const query = new URLSearchParams();
    for (const field of fields()) {
      if (field.type === "checkbox" ? field.checked : field.value.trim()) query.set(field.name, field.type === "checkbox" ? "yes" : field.value.trim());
    }
    replace(`${location.pathname}${String(query) && `?${query}`}${location.hash}`);
  };

  const read = () => {
    const query = new URLSearchParams(location.search);
    for (const field of fields()) {
      const given = query.get(field.name) ?? "";
      if (field.type === "checkbox") field.checked = given !== "";
      else if (field.type !== "select-one" || [...field.options].some((option) => option.value === given)) field.value = given;
      else field.value = "";
    }
    apply();
  };

  const reveal = () => {
    const target = document.getElementById(location.hash.slice(1));
    if (!target) return;
    const record = records.find((one) => one.contains(target));
    if (record && record !== target) replace(`${location.pathname}${location.search}#${record.id}`);
    if (target.closest("[hidden]")) {
      form.reset();
      setTimeout(() => target.scrollIntoView());
    }
  };

  let waiting;
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => { apply(); write(); }, 120);
  });
  form.addEventListener("reset", () => setTimeout(() => { apply(); write(); }));
  form.addEventListener("submit", (event) => event.preventDefault());
  window.addEventListener("popstate", read);
  window.addEventListener("hashchange", reveal);
  form.hidden = false;
  read();
  reveal();
})();
