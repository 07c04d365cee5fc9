/* readings.js: readings of one KPI: the target, the run of readings, the form for one more. The
   kernel compares a reading with its target; nothing is converted and nothing is judged here. */

const READING_FIELDS = { value: "", unit: "", period: "", date: "", source: "", own_part: "", other_causes: "", text: "" };
const READING_MARKS = {
  "target reached": ["check", "Target reached"],
  "target missed": ["cross", "Target missed"],
  "cannot be compared": ["open", "Cannot be compared"],
};
const STRIP_HEIGHT = 92;

/* A number as people write it; where two readings of it are possible it is asked for again. */
function readNumber(typed) {
  const text = String(typed).trim().replace(/^\u2212/, "-");
  if (text === "") return { problem: "the value" };
  const joined = /^[+-]?\d{1,3}([ \u00a0\u202f]\d{3})+([.,]\d+)?$/.test(text) ? text.replace(/[ \u00a0\u202f]/g, "") : text;
  if (/^[+-]?[1-9]\d{0,2},\d{3}$/.test(joined)) return { problem: `a value with one meaning: ${text} may be ${joined.replace(",", ".")} or ${joined.replace(",", "")}` };
  if (!/^[+-]?\d+([.,]\d+)?$/.test(joined) || joined.length > 25) return { problem: "the value as a plain number, such as 3.5" };
  return { value: Number(joined.replace(",", ".")) };
}

/* What must be there before a reading can be stored. */
function readingLacks(fields) {
  const lacks = [];
  const { problem } = readNumber(fields.value);
  if (problem) lacks.push(problem);
  if (!filled(fields.unit)) lacks.push("its unit");
  if (!fields.date || fields.date < FIRST_DAY) lacks.push("when it was read");
  else if (fields.date > today()) lacks.push("a date that is not in the future");
  if (!filled(fields.source)) lacks.push("where the number comes from");
  return lacks;
}

function readingEntry(item, fields) {
  const text = (name) => fields[name].trim();
  return { item: item.id, value: readNumber(fields.value).value, unit: text("unit"), period: text("period"), date: fields.date, source: text("source"), own_part: text("own_part"), other_causes: text("other_causes"), text: text("text") };
}

function readingFields(row) {
  const fields = {};
  for (const name in READING_FIELDS) fields[name] = row[name] === null || row[name] === undefined ? "" : String(row[name]);
  return fields;
}

function readingWords(row) {
  const period = !row.period ? "" : /\d/.test(row.period) ? `, ${row.period}` : ` a ${row.period}`;
  return `${row.value}${unitWords(row.unit)}${period}`;
}

function targetLine(item) {
  return h("p", { class: "sm-kpi-target" }, h("span", null, h("span", { class: "sm-kpi-target-word" }, "Target "), h("b", null, targetWords(item.target) || item.target.text)), item.target.illustrative ? h("span", { class: "sm-chip" }, "Illustration") : null);
}

/* What the figure shows, and its target as the guide says it. */
function kpiMeaning(item) {
  const sentences = [item.measures, item.why, targetWords(item.target) ? `Target: ${item.target.text}` : null, item.frequency].filter(Boolean);
  return h("details", { class: "sm-more" }, h("summary", null, "What it shows", hiddenText(`: ${item.title}`)), h("p", { class: "sm-hint" }, sentences.map((text) => `${text.replace(/\.$/, "")}.`).join(" ")));
}

function kpiItem(app, block, item, heading) {
  const held = recordOf(app).readings[item.id];
  const form = app.draft(`reading.new:${item.id}`);
  const adding = app.ui.readingOpen === `new:${item.id}`;
  return h(
    "li",
    { key: item.id, class: classes("sm-record-item sm-kpi", app.ui.recordItem === item.id && "sm-record-here") },
    recordHead(app, item, heading, [targetLine(item), kpiMeaning(item)]),
    h(
      "div",
      { class: "sm-kpi-readings" },
      held ? [readingStrip(item, held.latest), readingList(app, item, held)] : h("p", { class: "sm-quiet" }, "No reading yet."),
      adding ? h("div", { class: "sm-item", key: "new" }, readingForm(app, item, null)) : null,
      h(
        "div",
        { class: "sm-kpi-actions", key: "actions" },
        adding ? null : h("button", { type: "button", key: "add", class: "sm-button sm-button-small", "data-focus": `reading-add-${item.id}`, "aria-label": `${form ? "Go on with your draft" : "Add a reading"}: ${item.title}`, onclick: () => app.keep({ readingOpen: `new:${item.id}` }, true, "reading-value") }, icon("plus"), form ? "Go on with your draft" : "Add a reading"),
        held ? listButtons(app, item, held) : null,
      ),
    ),
  );
}

/* Readings older than those the state brings: asked for page by page, and again after a change. */
function createReadings(app) {
  const known = new Map(); // item: {rows, seq, asking}

  async function load(item, from, wanted) {
    const entry = known.get(item) || { rows: [], seq: null, asking: false };
    known.set(item, entry);
    if (entry.asking) return;
    const { seq } = app.state;
    const rows = entry.seq === seq ? [...entry.rows] : [];
    entry.asking = true;
    try {
      while (rows.length < wanted) {
        const { readings } = await app.ask("readings", { item, offset: from + rows.length });
        rows.push(...readings.rows);
        if (!readings.rows.length) break;
      }
      Object.assign(entry, { rows, seq });
    } catch {
      entry.seq = seq;
      app.toast("Older readings could not be read. They are still stored.", { kind: "problem" });
    }
    entry.asking = false;
    app.repaint();
  }

  return {
    all(item, held) {
      const entry = known.get(item);
      if (!entry) return held.latest;
      if (entry.rows.length && entry.seq !== app.state.seq) load(item, held.latest.length, entry.rows.length);
      const newest = new Set(held.latest.map((row) => row.id));
      return [...held.latest, ...entry.rows.filter((row) => !newest.has(row.id))];
    },
    more: (item, held) => load(item, held.latest.length, (known.get(item)?.rows.length || 0) + 1),
  };
}

/* The newest alone, or all there are: those the page has, and the older ones asked for. */
function readingRows(app, item, held) {
  if (app.printing) return held.latest;
  return app.ui.readingsOpen?.[item.id] ? app.readings.all(item.id, held) : held.latest.slice(0, 1);
}

function readingList(app, item, held) {
  return h("ul", { class: "sm-readings-list", key: "readings", role: "list", "aria-label": `Readings: ${item.title}` }, readingRows(app, item, held).map((row, at) => h("li", { key: row.id, class: "sm-reading" }, app.ui.readingOpen === row.id ? h("div", { class: "sm-item" }, readingForm(app, item, row)) : readingLine(app, item, row, at === 0))));
}

function listButtons(app, item, held) {
  const open = Boolean(app.ui.readingsOpen?.[item.id]);
  const shown = readingRows(app, item, held).length;
  const count = held.count.toLocaleString("en-GB");
  const flip = () => app.keep({ readingsOpen: { ...app.ui.readingsOpen, [item.id]: !open } }, true);
  return [
    held.count > 1 ? h("button", { type: "button", key: "all", class: "sm-link", "aria-expanded": open ? "true" : "false", "data-focus": `readings-all-${item.id}`, "aria-label": `${open ? "Show the newest only" : `Show all ${count}`}: ${item.title}`, onclick: flip }, open ? "Show the newest only" : `Show all ${count}`) : null,
    open && shown < held.count ? h("button", { type: "button", key: "older", class: "sm-link", "data-focus": `readings-older-${item.id}`, "aria-label": `Show older: ${item.title}`, onclick: () => app.readings.more(item.id, held) }, `Show older: ${shown} of ${count} shown`) : null,
  ];
}

function readingMark(row) {
  const [shape, word] = READING_MARKS[row.result] || ["open", "Not compared yet"];
  return h("span", { class: `sm-state sm-reading-mark sm-reading-${shape}` }, icon(shape), h("span", { class: "sm-state-word" }, word));
}

function readingLine(app, item, row, newest) {
  const words = `${readingWords(row)}, ${dayText(row.date)}`;
  const remove = () => {
    if (app.send("record", { id: row.id, entry: null }) === null) return;
    app.setDraft(`reading.${row.id}`, null);
    app.toast(`Removed: ${words}`, { action: { label: "Undo", run: () => app.send("record", { id: row.id, entry: readingEntry(item, readingFields(row)) }) } });
    app.focusSoon(`record-item-${item.id}`);
  };
  const said = (label, text) => (text ? h("p", { class: "sm-reading-said" }, h("span", null, `${label}: `), h("span", { dir: "auto" }, text)) : null);
  return h(
    "div",
    { class: "sm-reading-body" },
    h("p", { class: "sm-reading-line" }, h("b", null, readingWords(row)), h("span", { class: "sm-reading-date" }, dayText(row.date)), readingMark(row), h("span", { class: "sm-reading-buttons" },
      h("button", { type: "button", class: "sm-link", "data-focus": `reading-edit-${row.id}`, "aria-label": `Edit the reading: ${item.title}, ${words}`, onclick: () => app.keep({ readingOpen: row.id }, true, "reading-value") }, "Edit"),
      h("button", { type: "button", class: "sm-link", "aria-label": `Remove the reading: ${item.title}, ${words}`, onclick: remove }, "Remove"))),
    row.sentence && (newest || row.result === "cannot be compared") ? h("p", { class: "sm-hint" }, row.sentence) : null,
    said("Source", row.source),
    said("Own part", row.own_part),
    said("What else changed", row.other_causes),
    said("Note", row.text),
    recordEvidence(app, item, row.id, () => ({
      title: shorten(`${item.title}: ${readingWords(row)}`, 300),
      date: row.date,
      description: [row.own_part, row.other_causes ? `What else changed: ${row.other_causes}` : ""].filter(Boolean).join("\n").slice(0, 5000),
      measure: `${readingWords(row)}, target ${targetWords(item.target) || item.target.text}${item.target.illustrative ? " (an illustration)" : ""}`,
    })),
  );
}

/* A new reading is a draft in this browser until it is added; a known one saves itself. */
function readingForm(app, item, row) {
  const isNew = row === null;
  const name = `reading.${isNew ? `new:${item.id}` : row.id}`;
  const blank = { ...READING_FIELDS, unit: item.target.unit || "", period: item.target.period || "" };
  const values = { ...(isNew ? blank : readingFields(row)), ...app.draft(name) };
  const lacks = readingLacks(values);
  const uid = `sm-reading-${isNew ? "new" : row.id}`;
  const back = isNew ? `reading-add-${item.id}` : `reading-edit-${row.id}`;
  const set = (part) => {
    const next = { ...values, ...app.draft(name), ...part };
    app.setDraft(name, next);
    if (!isNew && !readingLacks(next).length) app.send("record", { id: row.id, entry: readingEntry(item, next) }, { coalesce: `record:${row.id}`, delay: 600 });
    app.repaint();
  };
  const field = (key, label, hint, attrs = {}) =>
    h(
      "div",
      { class: "sm-field" },
      h("label", { for: `${uid}-${key}` }, label),
      hint ? h("p", { class: "sm-hint", id: `${uid}-${key}-hint` }, hint) : null,
      h(attrs.rows ? "textarea" : "input", {
        id: `${uid}-${key}`,
        class: classes("sm-input", attrs.type === "date" && "sm-input-date"),
        type: attrs.rows ? null : attrs.type || "text",
        inputmode: attrs.inputmode,
        rows: attrs.rows,
        max: attrs.max,
        maxlength: attrs.maxlength,
        dir: attrs.type === "date" ? null : "auto",
        autocomplete: "off",
        "data-focus": `reading-${key}`,
        "aria-describedby": hint ? `${uid}-${key}-hint` : null,
        value: values[key],
        ref: attrs.rows ? (el) => requestAnimationFrame(() => autosize(el)) : null,
        oninput: (event) => {
          if (attrs.rows) autosize(event.target);
          set({ [key]: event.target.value });
        },
      }),
    );
  const incomplete = lacks.length > 0;

  return h(
    "div",
    { class: "sm-editor", role: "group", "aria-label": `${isNew ? "New reading" : "Reading"}: ${item.title}`, onkeydown: (event) => {
      if (event.key === "Escape") finish();
    } },
    h(
      "div",
      { class: "sm-reading-row" },
      field("value", "Value", null, { inputmode: "decimal", maxlength: 40 }),
      field("unit", "Unit", null, { maxlength: 60 }),
      field("period", "Period it covers", null, { maxlength: 60 }),
      field("date", "When it was read", null, { type: "date", max: today() }),
    ),
    field("source", "Where the number comes from", "A dashboard, a report, a query: somebody else must be able to find it.", { maxlength: 2000 }),
    field("own_part", "Your own part", "A team’s figure is not one person’s achievement: what of it was your doing?", { rows: 2, maxlength: 5000 }),
    field("other_causes", "What else changed", "Season, traffic, other people’s work, another way of counting.", { rows: 2, maxlength: 5000 }),
    incomplete && !isNew ? h("p", { class: "sm-item-problem" }, `Still needed before this can be stored: ${lacks.join(" and ")}. What you typed is kept in this browser.`) : null,
    h(
      "div",
      { class: "sm-editor-end" },
      isNew
        ? [
            h("button", { type: "button", class: "sm-button sm-button-main", "aria-disabled": incomplete ? "true" : "false", onclick: () => addNew() }, "Add reading"),
            h("button", { type: "button", class: "sm-button", onclick: () => discard() }, "Discard"),
            h("span", { class: "sm-hint" }, incomplete ? `To add it, say ${lacks.join(" and ")}. Kept as a draft in this browser.` : "Kept as a draft in this browser until you add it."),
          ]
        : [h("button", { type: "button", class: "sm-button", onclick: () => finish() }, "Done"), h("span", { class: "sm-hint" }, "Saves itself as you type.")],
    ),
  );

  function finish() {
    if (!isNew && !incomplete) app.setDraft(name, null);
    app.keep({ readingOpen: null }, true, back);
  }

  function addNew() {
    if (incomplete) {
      app.announce(`To add it, say ${lacks.join(" and ")}.`);
      return app.focusSoon(readNumber(values.value).problem ? "reading-value" : filled(values.source) ? "reading-date" : values.date ? "reading-source" : "reading-date");
    }
    app.send("record", { id: newId(), entry: readingEntry(item, values) });
    app.setDraft(name, null);
    app.announce(`Reading added: ${item.title}`);
    return app.keep({ readingOpen: null }, true, back);
  }

  function discard() {
    const kept = app.draft(name);
    app.setDraft(name, null);
    app.keep({ readingOpen: null }, true, back);
    if (kept && filled(kept.value + kept.source + kept.own_part + kept.other_causes)) {
      app.toast("Draft discarded", { action: { label: "Undo", run: () => {
        app.setDraft(name, kept);
        app.keep({ readingOpen: `new:${item.id}` }, true, "reading-value");
      } } });
    }
  }
}

/* Readings over time as dots, the target as a dashed line; said in words as well. */
function readingStrip(item, latest) {
  const unit = latest[0]?.unit || "";
  const beside = (row) => row?.result === "target reached" || row?.result === "target missed";
  // What compares with the target is in its unit, whatever the unit is called: h, hours.
  const rows = latest.filter((row) => (row.unit || "") === unit || (beside(latest[0]) && beside(row))).reverse();
  if (rows.length < 2) return null;
  const { target } = item;
  const compared = rows.some(beside);
  const lines = compared ? [target.value, target.high].filter((value) => typeof value === "number") : [];
  const values = rows.map((row) => Number(row.value));
  const low = Math.min(...values, ...lines);
  const high = Math.max(...values, ...lines);
  const days = rows.map((row) => Date.parse(row.date));
  const [first, last] = [days[0], days[days.length - 1]];
  const x = (day) => `${(last === first ? 50 : 2 + (96 * (day - first)) / (last - first)).toFixed(2)}%`;
  const y = (value) => (high === low ? 38 : 60 - (44 * (value - low)) / (high - low));
  const dot = (row, at) => {
    const place = { cx: x(days[at]), cy: y(values[at]).toFixed(1) };
    const shape = READING_MARKS[row.result]?.[0] || "open";
    return h("circle", { ...place, r: shape === "open" ? 2.5 : 4.5, class: `sm-run-dot sm-run-dot-${shape}` });
  };
  return h(
    "figure",
    { class: "sm-reading-strip", key: "strip" },
    h(
      "svg",
      { width: "100%", height: STRIP_HEIGHT, role: "img", "aria-label": stripWords(item, rows, values, unit) },
      h("line", { x1: "0", x2: "100%", y1: 70, y2: 70, class: "sm-run-axis" }),
      lines.map((value) => h("line", { x1: "0", x2: "100%", y1: y(value).toFixed(1), y2: y(value).toFixed(1), class: "sm-run-target" })),
      rows.map(dot),
      h("text", { x: "0", y: 86, class: "sm-run-text" }, dayText(rows[0].date)),
      last === first ? null : h("text", { x: "100%", y: 86, "text-anchor": "end", class: "sm-run-text" }, dayText(rows[rows.length - 1].date)),
    ),
    h(
      "figcaption",
      { class: "sm-hint" },
      compared ? ["Filled: target reached. Open: missed. ", lines.length ? `Dashed: ${targetWords(target)}. ` : ""] : null,
      `Lowest ${Math.min(...values)}${unitWords(unit)}, highest ${Math.max(...values)}${unitWords(unit)}.`,
      rows.length < latest.length ? ` ${plural(latest.length - rows.length, "reading")} in another unit ${latest.length - rows.length === 1 ? "is" : "are"} not drawn.` : null,
    ),
  );
}

function stripWords(item, rows, values, unit) {
  const many = (word) => rows.filter((row) => row.result === word).length;
  const counts = [[many("target reached"), "reached the target"], [many("target missed"), "missed it"], [many("cannot be compared"), "cannot be compared with it"]].filter(([count]) => count).map(([count, words]) => `${count} ${words}`);
  const newest = rows[rows.length - 1];
  return `${item.title}: ${rows.length} readings from ${dayText(rows[0].date)} to ${dayText(newest.date)}, newest ${newest.value}${unitWords(unit)}, lowest ${Math.min(...values)}, highest ${Math.max(...values)}.${counts.length ? ` ${counts.join(", ")}.` : ""}`;
}
