/* board.js: the skill board. One row a skill, the levels of the ladder; it is the chart and the input.

   Filled mark: the level evidence supports. Open mark: the level claimed. Tick: the bar.
   Hatched: not known. Struck out: does not apply. Each row is a radio group: Left and Right move
   and choose as in any radio group, a digit chooses directly, Up and Down go to the next row
   (Tab does too), Enter opens the skill. */

const BOARD_STATUS = { UNRATED: "Not rated", DECLINED: "Not said", NOT_OBSERVED: "Not seen", NOT_APPLICABLE: "N/A proposed" };

/* What a row says in words; also what is announced after a rating. */
function rowSentence(row, title, scale, { evidence = true } = {}) {
  if (row.not_applicable) return `${title}: does not apply here, ${row.not_applicable}`;
  const parts = [];
  if (typeof row.value === "number") {
    const name = scale.find((step) => step.level === row.value)?.name || "";
    parts.push(evidence ? `${row.value} ${name} claimed` : `${row.value} ${name}`);
    if (evidence && row.supported !== null && row.supported !== undefined) parts.push(`evidence supports ${row.supported}`);
  } else {
    parts.push({ UNRATED: "not rated", DECLINED: "prefer not to say", NOT_OBSERVED: "not observed", NOT_APPLICABLE: "proposed as not applicable" }[row.value] || String(row.value));
  }
  if (row.required !== null && row.required !== undefined) parts.push(`bar ${row.required}`);
  else if (row.asked === false) parts.push("not asked by this role");
  return `${title}: ${parts.join(", ")}`;
}

/* The short word at the end of a row, with its shape. */
function rowStanding(row) {
  if (row.not_applicable) return { shape: null, text: `N/A: ${row.not_applicable}`, kind: "na" };
  if (row.asked === false && (typeof row.value === "number" || row.value === "UNRATED")) return { shape: null, text: "Not asked by this role", kind: "quiet" };
  if (typeof row.value !== "number") return { shape: null, text: BOARD_STATUS[row.value] || String(row.value), kind: "unknown" };
  if (row.required === null || row.required === undefined) return { shape: null, text: "No bar set", kind: "quiet" };
  const bar = row.required;
  if (row.met === true) return { shape: "check", text: row.low > bar ? "Above the bar" : "At the bar", kind: "met" };
  if (row.met === false) {
    const steps = Math.max(1, row.gap_min ?? 1);
    return { shape: "cross", text: `${plural(steps, "step")} below`, kind: "below" };
  }
  return { shape: "open", text: `Evidence for ${row.supported ?? row.low ?? 0}`, kind: "open" };
}

function mountBoard(el, { skills, areas, scale, rows, readonly = false, locked = false, evidence = true, observing = false, onRate = () => {}, onSelect = () => {}, selected = null }) {
  const byId = new Map(skills.map((skill) => [skill.id, skill]));
  const parts = new Map(); // skill id -> {item, track, cells, signature…}
  const serial = newId().slice(0, 8);
  const top = scale.length - 1;
  const places = new Map(scale.map((step, at) => [step.level, at])); // labels need not be 0, 1, 2 …
  let current = new Map(rows.map((row) => [row.skill, row]));
  let chosen = selected;

  const part = (level) => ((places.get(level) ?? 0) + 0.5) / (top + 1);
  const place = (level) => `--sm-at:${part(level)}`;

  function cell(skill, step) {
    return h("span", {
      class: "sm-cell",
      role: "radio",
      "data-level": step.level,
      "aria-checked": "false",
      "aria-label": `${skill.title}: ${step.level} ${step.name}`,
      tabindex: "-1",
    });
  }

  function drawRow(skill) {
    const id = `sm-${serial}-${skill.id}`;
    const item = build(
      h(
        "li",
        { class: "sm-row", "data-skill": skill.id },
        h(
          "div",
          { class: "sm-row-name" },
          readonly
            ? h("span", { class: "sm-row-title", id: `${id}-name` }, skill.title)
            : h("button", { type: "button", class: "sm-row-title", id: `${id}-name`, tabindex: "-1", "aria-describedby": `${id}-status` }, skill.title),
          h("span", { class: "sm-row-signs" }),
        ),
        h(
          "div",
          readonly ? { class: "sm-track", role: "img" } : { class: "sm-track", role: "radiogroup", "aria-labelledby": `${id}-name`, "aria-describedby": `${id}-status`, "aria-readonly": locked ? "true" : null },
          readonly ? null : scale.map((step) => cell(skill, step)),
          h("span", { class: "sm-marks", "aria-hidden": "true" }),
        ),
        h("div", { class: "sm-row-status", id: `${id}-status` }),
      ),
    );
    const refs = {
      item,
      track: item.querySelector(".sm-track"),
      cells: [...item.querySelectorAll(".sm-cell")],
      title: item.querySelector(".sm-row-title"),
      paintSigns: createPainter(item.querySelector(".sm-row-signs")),
      paintMarks: createPainter(item.querySelector(".sm-marks")),
      paintStatus: createPainter(item.querySelector(".sm-row-status")),
      signature: null,
    };
    parts.set(skill.id, refs);
    return item;
  }

  function drawMarks(row) {
    if (row.not_applicable) return [h("span", { class: "sm-mark-struck" })];
    const marks = [];
    const known = typeof row.value === "number";
    const required = row.required ?? null;
    if (!known) marks.push(h("span", { class: "sm-mark-unknown" }));
    if (required !== null) {
      marks.push(h("span", { class: classes("sm-mark-bar", row.gate === required && "sm-mark-bar-gate"), style: place(required) }));
    }
    if (row.floor !== null && row.floor !== undefined) marks.push(h("span", { class: classes("sm-mark-floor", row.floor === required && "sm-mark-aside"), style: place(row.floor) }, icon("floor")));
    if (typeof row.was === "number") marks.push(h("span", { class: "sm-mark-was", style: place(row.was) }));
    if (known) {
      const claimed = row.claimed ?? row.value;
      const supported = Math.min(row.supported ?? row.low ?? claimed, claimed);
      if (supported < claimed) {
        marks.push(h("span", { class: "sm-mark-line", style: `--sm-from:${part(supported)};--sm-to:${part(claimed)}` }));
        marks.push(h("span", { class: "sm-mark-claimed", style: place(claimed) }));
      }
      marks.push(h("span", { class: "sm-mark-supported", style: place(supported) }));
    } else if (row.value !== "UNRATED") {
      marks.push(h("span", { class: "sm-mark-hollow" }));
    }
    return marks;
  }

  function drawStatus(row) {
    const standing = rowStanding(row);
    return [
      h(
        "span",
        { class: `sm-standing sm-standing-${standing.kind}` },
        standing.shape ? icon(standing.shape) : null,
        h("span", null, standing.text),
      ),
      h(
        "span",
        { class: "sm-row-extras" },
        row.was === undefined ? null : h("span", { class: "sm-extra sm-extra-was" }, typeof row.was === "number" ? `was ${row.was}` : "was not rated"),
        row.evidence ? h("span", { class: "sm-extra", title: plural(row.evidence, "evidence item") }, icon("clip"), h("span", { "aria-hidden": "true" }, row.evidence), hiddenText(`, ${plural(row.evidence, "evidence item")}`)) : null,
        row.note ? h("span", { class: "sm-extra", title: "Has a note" }, icon("note"), hiddenText(", has a note")) : null,
      ),
    ];
  }

  function drawSigns(row) {
    if (row.not_applicable) return [];
    const signs = [];
    if (row.gate !== null && row.gate !== undefined) signs.push(h("span", { class: "sm-sign", title: `Gate: level ${row.gate} or above is needed for promotion` }, icon("gate"), `Gate ${row.gate}`));
    if (row.floor !== null && row.floor !== undefined) signs.push(h("span", { class: "sm-sign", title: `Floor: never below level ${row.floor}` }, icon("floor"), `Floor ${row.floor}`));
    return signs;
  }

  function updateRow(skillId) {
    const row = current.get(skillId);
    const refs = parts.get(skillId);
    if (!row || !refs) return;
    const signature = JSON.stringify(row);
    if (refs.signature === signature) return;
    refs.signature = signature;
    const known = typeof row.value === "number";
    refs.item.className = classes(
      "sm-row",
      row.was !== undefined && "sm-row-tried",
      row.not_applicable && "sm-row-na",
      !known && !row.not_applicable && "sm-row-unknown",
      skillId === chosen && "sm-row-chosen",
    );
    refs.paintMarks(drawMarks(row));
    refs.paintStatus(drawStatus(row));
    refs.paintSigns(drawSigns(row));
    if (readonly) {
      refs.track.setAttribute("aria-label", rowSentence(row, byId.get(skillId).title, scale, { evidence }));
      return;
    }
    refs.track.setAttribute("aria-disabled", row.not_applicable ? "true" : "false");
    refs.title.tabIndex = row.not_applicable ? 0 : -1;
    refs.cells.forEach((node, at) => {
      const on = known && row.value === scale[at].level;
      node.setAttribute("aria-checked", on ? "true" : "false");
      if (row.not_applicable) {
        node.removeAttribute("tabindex");
        node.setAttribute("aria-disabled", "true");
      } else {
        node.removeAttribute("aria-disabled");
        node.tabIndex = on || (!known && at === 0) ? 0 : -1;
      }
    });
  }

  function areaCount(area) {
    const mine = skills.filter((skill) => skill.area === area.id).map((skill) => current.get(skill.id)).filter(Boolean);
    const asked = mine.filter((row) => !row.not_applicable);
    const rated = asked.filter((row) => typeof row.value === "number").length;
    const met = asked.filter((row) => typeof row.value === "number" && row.required && row.met === true).length;
    const barred = asked.filter((row) => row.required).length;
    const text = [`${rated} of ${asked.length} rated`];
    if (barred && rated) text.push(`${met} of ${barred} at the bar`);
    if (mine.length > asked.length) text.push(`${mine.length - asked.length} N/A`);
    return text.join(" · ");
  }

  const counts = new Map();

  function draw() {
    const head = h(
      "div",
      { class: "sm-board-head", "aria-hidden": "true" },
      h("span", { class: "sm-board-head-name" }, "Skill"),
      h(
        "span",
        { class: "sm-board-head-levels" },
        scale.map((step) => h("span", { class: "sm-board-level", title: step.definition }, h("b", null, step.level), h("span", { class: "sm-board-level-name" }, step.name))),
      ),
      h("span", { class: "sm-board-head-status" }, "Against the bar"),
    );
    el.classList.add("sm-board");
    el.style.setProperty("--sm-levels", String(scale.length));
    if (readonly) el.classList.add("sm-board-readonly");
    el.replaceChildren(build(head));
    for (const area of areas) {
      const mine = skills.filter((skill) => skill.area === area.id && current.has(skill.id));
      if (!mine.length) continue;
      const section = build(
        h(
          "section",
          { class: "sm-area", "aria-labelledby": `sm-${serial}-area-${area.id}` },
          h("div", { class: "sm-area-head" }, h("h3", { id: `sm-${serial}-area-${area.id}` }, area.title), h("span", { class: "sm-area-count" })),
          h("ul", { class: "sm-rows", role: "list" }),
        ),
      );
      counts.set(area.id, section.querySelector(".sm-area-count"));
      const list = section.querySelector(".sm-rows");
      for (const skill of mine) list.appendChild(drawRow(skill));
      el.appendChild(section);
    }
    for (const skill of skills) updateRow(skill.id);
    for (const area of areas) updateCount(area);
  }

  function updateCount(area) {
    const node = counts.get(area.id);
    if (!node) return;
    const text = areaCount(area);
    if (node.textContent !== text) node.textContent = text;
  }

  function update(nextRows) {
    const known = current.size;
    current = new Map(nextRows.map((row) => [row.skill, row]));
    if (current.size !== known) return draw();
    for (const row of nextRows) updateRow(row.skill);
    for (const area of areas) updateCount(area);
    return undefined;
  }

  // One row at once, in the frame of the click; counts follow with the next update.
  function patch(row) {
    current.set(row.skill, row);
    updateRow(row.skill);
  }

  function select(skillId) {
    if (chosen === skillId) return;
    parts.get(chosen)?.item.classList.remove("sm-row-chosen");
    chosen = skillId;
    parts.get(chosen)?.item.classList.add("sm-row-chosen");
  }

  function focus(skillId) {
    const refs = parts.get(skillId);
    if (!refs) return;
    const target = refs.cells.find((node) => node.tabIndex === 0) || refs.title;
    target.focus({ preventScroll: true });
    refs.item.scrollIntoView({ block: "nearest" });
  }

  function rate(skillId, value, how) {
    const row = current.get(skillId);
    if (!row || row.not_applicable) return;
    if (locked || row.value === value) onSelect(skillId, { open: false });
    else onRate(skillId, value, how);
  }

  function spotOf(target) {
    const item = target.closest?.(".sm-row");
    if (!item || !el.contains(item)) return null;
    const level = target.closest(".sm-cell")?.dataset.level;
    return { skill: item.dataset.skill, level: level === undefined ? null : Number(level), onTitle: Boolean(target.closest(".sm-row-title")) };
  }

  function onClick(event) {
    const spot = spotOf(event.target);
    if (!spot) return;
    if (spot.level !== null) {
      rate(spot.skill, spot.level, "click");
      const cell = parts.get(spot.skill).cells[places.get(spot.level)];
      if (cell !== document.activeElement && !current.get(spot.skill)?.not_applicable) cell.focus({ preventScroll: true });
    } else {
      onSelect(spot.skill, { open: spot.onTitle });
    }
  }

  function neighbour(skillId, step) {
    const order = [...parts.keys()];
    let at = order.indexOf(skillId) + step;
    while (at >= 0 && at < order.length) {
      if (!current.get(order[at])?.not_applicable) return order[at];
      at += step;
    }
    return null;
  }

  function onKey(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const spot = spotOf(event.target);
    if (!spot || spot.level === null) return;
    const refs = parts.get(spot.skill);
    const go = (at) => {
      if (at < 0 || at > top) return;
      rate(spot.skill, scale[at].level, "arrow");
      refs.cells[at].focus({ preventScroll: true });
    };
    const here = places.get(spot.level);
    const rtl = getComputedStyle(el).direction === "rtl";
    const key = event.key;
    if (key === (rtl ? "ArrowLeft" : "ArrowRight")) go(here + 1);
    else if (key === (rtl ? "ArrowRight" : "ArrowLeft")) go(here - 1);
    else if (key === "ArrowDown" || key === "ArrowUp") {
      const next = neighbour(spot.skill, key === "ArrowDown" ? 1 : -1);
      if (next) {
        focus(next);
        onSelect(next, { open: false });
      }
    } else if (key === " ") {
      rate(spot.skill, spot.level, "key");
    } else if (key === "Enter") {
      onSelect(spot.skill, { open: true });
    } else if (/^[0-9]$/.test(key) && places.has(Number(key))) {
      rate(spot.skill, Number(key), "key");
      refs.cells[places.get(Number(key))].focus({ preventScroll: true });
    } else if (key === "Backspace" || key === "Delete" || key === "u" || key === "U") {
      rate(spot.skill, "UNRATED", "key");
      focus(spot.skill);
    } else if (observing && (key === "n" || key === "N")) {
      rate(spot.skill, "NOT_OBSERVED", "key");
      focus(spot.skill);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  draw();
  if (!readonly) {
    el.addEventListener("click", onClick);
    el.addEventListener("keydown", onKey);
  }

  return {
    update,
    patch,
    select,
    focus,
    destroy() {
      el.removeEventListener("click", onClick);
      el.removeEventListener("keydown", onKey);
      el.replaceChildren();
    },
  };
}

/* The key to the marks, for people who see the board for the first time. */
function boardLegend({ evidence = true, gates = true } = {}) {
  const entry = (mark, text) => h("li", null, h("span", { class: "sm-legend-mark", "aria-hidden": "true" }, mark), text);
  return h(
    "ul",
    { class: "sm-legend", role: "list" },
    entry(h("span", { class: "sm-mark-supported" }), evidence ? "evidence supports" : "your level"),
    evidence ? entry([h("span", { class: "sm-mark-claimed" })], "claimed") : null,
    entry(h("span", { class: "sm-mark-bar" }), "bar"),
    gates ? [entry(h("span", { class: "sm-mark-bar sm-mark-bar-gate" }), "gate"), entry(h("span", { class: "sm-mark-floor" }, icon("floor")), "floor")] : null,
    entry(h("span", { class: "sm-mark-unknown" }), "not known"),
  );
}
