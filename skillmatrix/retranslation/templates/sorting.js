"use strict";

(() => {
  const facts = JSON.parse(document.body.dataset.facts);
  const { none, word } = document.body.dataset;
  const place = `skillmatrix.sorting.${facts.sheet}`;
  const by = (id) => document.getElementById(id);
  const items = [...document.querySelectorAll("[data-item]")].map((row) => ({
    row,
    number: Number(row.dataset.item),
    group: row.querySelector("select"),
    levels: [...row.querySelectorAll("input[type=radio]")],
    mark: row.querySelector(".mark"),
  }));
  let keeps = true;
  let unsaved = false;

  const tell = (words) => { by("told").textContent = words; };

  const levelOf = (item) => {
    const chosen = item.levels.find((one) => one.checked);
    return chosen && chosen.value !== "" ? Number(chosen.value) : null;
  };

  const stateOf = (item) => {
    const group = item.group.value;
    if (group === none || (group && levelOf(item) !== null)) return "sorted";
    return group || levelOf(item) !== null ? "half" : "";
  };

  const answers = () => items
    .filter((item) => stateOf(item))
    .map((item) => ({ item: item.number, skill: item.group.value || null, level: levelOf(item) }));

  function show() {
    for (const item of items) {
      const state = stateOf(item);
      const words = item.group.value ? "level missing" : `${word} missing`;
      item.row.dataset.state = state;
      item.mark.textContent = state === "sorted" ? "sorted" : state && words;
    }
    const done = items.filter((item) => stateOf(item) === "sorted").length;
    by("count").textContent = `${done} of ${items.length} sorted`;
    by("progress").value = done;
    by("next").disabled = done === items.length;
  }

  function keep() {
    try {
      localStorage.setItem(place, JSON.stringify(answers()));
    } catch {
      keeps = false;
      by("lost").hidden = false;
    }
  }

  function fill(given) {
    const byNumber = new Map(given.map((one) => [one.item, one]));
    for (const item of items) {
      const one = byNumber.get(item.number);
      const group = one && typeof one.skill === "string" ? one.skill : "";
      const known = [...item.group.options].some((option) => option.value === group);
      item.group.value = known ? group : "";
      const level = one && Number.isInteger(one.level) ? String(one.level) : "";
      const radio = item.levels.find((each) => each.value === level) || item.levels.at(-1);
      radio.checked = true;
    }
    show();
  }

  function restore(text) {
    try {
      const given = JSON.parse(text);
      if (Array.isArray(given)) fill(given);
    } catch { /* what another program left there is no sheet */ }
  }

  function changed() {
    unsaved = true;
    tell("");
    show();
    keep();
  }

  function next() {
    const here = document.activeElement.closest?.("[data-item]");
    const from = here ? Number(here.dataset.item) : 0;
    const open = items.filter((item) => stateOf(item) !== "sorted");
    const item = open.find((one) => one.number > from) || open[0];
    if (!item) return;
    const level = item.group.value && item.levels.find((one) => one.checked);
    (level || item.group).focus();
    item.row.scrollIntoView({ block: "start" });
  }

  function save() {
    const filled = { ...facts, saved_at: new Date().toISOString(), items: answers() };
    const text = `${JSON.stringify(filled, null, 1)}\n`;
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
    link.download = `${facts.sorter}.sorting.json`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
    const half = items.filter((item) => stateOf(item) === "half").length;
    const rest = half ? ` ${half} with one choice of two: not counted until both are made.` : "";
    unsaved = false;
    tell(`Saved as ${link.download}: ${filled.items.length - half} sorted.${rest}`);
  }

  async function open(file) {
    let given;
    try {
      given = JSON.parse(await file.text());
    } catch {
      tell(`${file.name} is no saved sheet: it is not JSON. Nothing was changed.`);
      return;
    }
    if (!given || given.format !== facts.format || !Array.isArray(given.items)) {
      tell(`${file.name} is no saved sheet. Nothing was changed.`);
    } else if (given.sheet !== facts.sheet) {
      tell(`${file.name} belongs to another sheet (${given.sheet}). Nothing was changed.`);
    } else if (!answers().length || confirm("Replace what is chosen here by the saved sheet?")) {
      fill(given.items);
      keep();
      tell(`${file.name} is open: ${given.items.length} answers.`);
    }
  }

  try {
    localStorage.setItem(`${place}.try`, "1");
    localStorage.removeItem(`${place}.try`);
    restore(localStorage.getItem(place) || "[]");
  } catch {
    keeps = false;
    by("lost").hidden = false;
  }
  show();
  by("bar").hidden = false;
  by("again").hidden = false;
  document.addEventListener("change", (event) => {
    if (event.target.closest("[data-item]")) changed();
  });
  by("next").addEventListener("click", next);
  by("save").addEventListener("click", save);
  by("open").addEventListener("click", () => by("file").click());
  by("file").addEventListener("change", async () => {
    if (by("file").files[0]) await open(by("file").files[0]);
    by("file").value = "";
  });
  window.addEventListener("storage", (event) => {
    if (event.key === place && event.newValue !== null) restore(event.newValue);
  });
  window.addEventListener("beforeunload", (event) => {
    if (!keeps && unsaved) event.preventDefault();
  });
  window.addEventListener("beforeprint", () => {
    for (const fold of document.querySelectorAll("details")) fold.open = true;
  });
})();
