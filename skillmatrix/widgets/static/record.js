/* record.js: step 3 of the self-review: what one carries, has delivered and has measured, item by
   item of the role guide. Readings of KPIs are in readings.js, their import in readings_import.js. */

const EMPTY_RECORD = { answers: {}, readings: {} };
const NO_ANSWER = { answer: null, date: null, text: "" };
const FIRST_DAY = "1970-01-01"; // while a year is being typed a date field passes through the year 2

/* The record as it will be, drawn before the kernel has answered. */
function recordAfter(record, { id, entry }) {
  const answers = { ...record?.answers };
  const readings = { ...record?.readings };
  if (entry && typeof entry.value !== "number") {
    answers[entry.item] = { ...answers[entry.item], ...entry, id };
    return { ...record, answers, readings };
  }
  for (const item in answers) if (answers[item].id === id) delete answers[item];
  for (const item in readings) {
    const rest = readings[item].latest.filter((row) => row.id !== id);
    if (rest.length < readings[item].latest.length) readings[item] = { ...readings[item], latest: rest, count: readings[item].count - 1 };
    if (!readings[item].count) delete readings[item];
  }
  if (entry) {
    const held = readings[entry.item] || { latest: [], count: 0 };
    const latest = [{ ...entry, id, result: null, sentence: "" }, ...held.latest].sort((a, b) => b.date.localeCompare(a.date));
    readings[entry.item] = { ...held, latest, count: held.count + 1 };
  }
  return { ...record, answers, readings };
}

function recordOf(app) {
  return app.state.record || EMPTY_RECORD;
}

function isRecorded(app, block, item) {
  const { answers, readings } = recordOf(app);
  return Boolean(block.form === "reading" ? readings[item.id]?.count : answers[item.id]?.answer);
}

function recordCount(app, block) {
  return block.items.filter((item) => isRecorded(app, block, item)).length;
}

/* The item of the guide an entry speaks of, by the id of the entry. */
function recordItemOf(app, entryId) {
  const { answers, readings } = recordOf(app);
  for (const item in answers) if (answers[item].id === entryId) return app.framework.recordItems.get(item);
  for (const item in readings) if (readings[item].latest.some((row) => row.id === entryId)) return app.framework.recordItems.get(item);
  return undefined;
}

function recordAddress(block, item) {
  return `#record/${[block, item].filter(Boolean).join("/")}`;
}

function recordLink(app, block, item, text, attrs) {
  return h("a", { href: recordAddress(block, item), ...attrs, onclick: (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    app.go("record", null, { block, item });
  } }, text);
}

/* On a card of evidence: where it came from. */
function recordOrigin(app, evidence) {
  const found = evidence.record && app.framework.record.length ? recordItemOf(app, evidence.record) : null;
  if (!found) return null;
  return h("p", { class: "sm-hint" }, "From your record: ", recordLink(app, found.block.id, found.item.id, found.item.title));
}

function recordView(app) {
  const blocks = app.framework.record;
  if (!blocks.length) return recordMissing(app);
  const block = blocks.find((entry) => entry.id === app.ui.recordBlock) || blocks[0];
  const total = blocks.reduce((sum, entry) => sum + entry.items.length, 0);
  const done = blocks.reduce((sum, entry) => sum + recordCount(app, entry), 0);
  const next = blocks[blocks.indexOf(block) + 1];
  return h(
    "div",
    { class: "sm-record", key: "record" },
    h(
      "div",
      { class: "sm-record-lead" },
      h("h2", { class: "sm-step-title", tabindex: "-1", "data-focus": "step" }, "Your record"),
      h("p", null, "What you carry, what you have delivered and what was measured. Nothing here changes the result by itself: an entry counts once you make evidence of it, and then as any other evidence does."),
      h("p", null, "It is for yourself: when you hand your assessment over, only the evidence made of it goes along."),
      h("p", { class: "sm-quiet" }, done ? `${done} of ${total} answered. Leave out whatever is not yours to answer.` : "Nothing recorded yet. Begin with the part below: a minute or two, and you may stop anywhere. Leave out whatever is not yours to answer."),
    ),
    h(
      "div",
      { class: "sm-record-grid" },
      recordNav(app, blocks, block),
      h(
        "div",
        { class: "sm-record-main" },
        (app.printing ? blocks : [block]).map((entry) => recordBlock(app, entry)),
        h(
          "nav",
          { class: "sm-record-next", "aria-label": "Next part" },
          next
            ? h("button", { type: "button", class: "sm-button sm-button-main", "data-focus": "record-next", onclick: () => app.go("record", null, { block: next.id }) }, `Next: ${next.title}`, icon("next"))
            : h("button", { type: "button", class: "sm-button sm-button-main", "data-focus": "record-next", onclick: () => app.go("results") }, "See results", icon("next")),
        ),
      ),
    ),
  );
}

/* The ladder asks for a record, and its role guide cannot be read. */
function recordMissing(app) {
  return h(
    "div",
    { class: "sm-record", key: "record" },
    h("h2", { class: "sm-step-title", tabindex: "-1", "data-focus": "step" }, "Your record"),
    h("p", { class: "sm-warning" }, icon("open"), h("span", null, "There is nothing to record against. ", app.framework.record_problem)),
    h("p", { class: "sm-quiet" }, "What was recorded earlier is still stored. Ratings and results do not need it."),
  );
}

function recordNav(app, blocks, block) {
  const words = (entry) => `${recordCount(app, entry)} of ${entry.items.length} ${entry.form === "reading" ? "measured" : "answered"}`;
  return h(
    "div",
    { class: "sm-record-nav" },
    h(
      "nav",
      { class: "sm-record-parts", "aria-label": "Parts of the record" },
      h(
        "ul",
        { role: "list" },
        blocks.map((entry) =>
          h(
            "li",
            { key: entry.id },
            recordLink(app, entry.id, null, [h("span", { class: "sm-record-part-title" }, entry.title), h("span", { class: "sm-record-part-count" }, words(entry))], { class: "sm-record-part", "aria-current": entry === block ? "true" : null, "data-focus": `record-part-${entry.id}` }),
          ),
        ),
      ),
    ),
    h(
      "div",
      { class: "sm-record-choose" },
      h("label", { for: "sm-record-part" }, "Part of the record"),
      h("select", { id: "sm-record-part", class: "sm-input", "data-focus": "record-choose", value: block.id, onchange: (event) => app.go("record", null, { block: event.target.value, stay: true }) }, blocks.map((entry) => h("option", { value: entry.id }, `${entry.title}: ${words(entry)}`))),
    ),
  );
}

function recordBlock(app, block) {
  const groups = [];
  // Paper takes what was recorded, notes alone included.
  const items = block.items.filter((item) => !app.printing || isRecorded(app, block, item) || recordOf(app).answers[item.id]);
  for (const item of items) {
    const last = groups[groups.length - 1];
    if (last?.id === item.group) last.items.push(item);
    else groups.push({ id: item.group, title: item.group_title, items: [item] });
  }
  const titled = new Set(block.items.map((item) => item.group)).size > 1;
  const one = block.form === "reading" ? kpiItem : answerItem;
  return h(
    "section",
    { class: "sm-record-block", key: `block-${block.id}`, "aria-labelledby": `sm-block-${block.id}` },
    h("h3", { class: "sm-record-title", id: `sm-block-${block.id}`, tabindex: "-1", "data-focus": `record-block-${block.id}` }, block.title),
    h("p", { class: "sm-record-question" }, block.question),
    block.caution ? h("p", { class: "sm-record-caution" }, block.caution) : null,
    block.form === "reading" ? importSection(app, block) : null,
    app.printing ? h("p", { class: "sm-quiet" }, items.length < block.items.length ? `${block.items.length - items.length} of ${block.items.length} have no entry and are left out here.` : null) : null,
    groups.map((group) =>
      h(
        "section",
        { key: group.id, class: "sm-record-group", "aria-label": titled ? group.title : null },
        titled ? h("h4", { class: "sm-record-group-title" }, group.title) : null,
        h("ul", { class: "sm-record-items", role: "list" }, group.items.map((item) => one(app, block, item, titled ? "h5" : "h4"))),
      ),
    ),
  );
}

/* Title, what it means, and the skills it leads to. */
function recordHead(app, item, heading, more) {
  const skills = item.skills.filter((id) => app.skill(id));
  return h(
    "div",
    { class: "sm-record-words" },
    h(heading, { class: "sm-record-item-title", id: `sm-record-${item.id}`, tabindex: "-1", "data-focus": `record-item-${item.id}` }, item.title, item.horizon && item.horizon !== "always" && !item.group_title.includes(item.horizon) ? h("span", { class: "sm-record-horizon" }, ` ${item.horizon}`) : null),
    item.text ? h("p", { class: "sm-record-text" }, item.text) : null,
    more,
    skills.length ? h("p", { class: "sm-record-skills" }, h("span", { class: "sm-hidden" }, "Skills: "), skills.map((id, at) => [at ? h("span", { "aria-hidden": "true" }, " · ") : null, skillLink(app, id, app.skill(id).title)])) : null,
  );
}

/* Not stored yet: the reached milestone whose date is still to come. */
function answerLacks(block, { answer, date }) {
  if (block.dated === "no" || !block.answers.find((entry) => entry.id === answer)?.counts) return null;
  if (date && date > today()) return "The date lies in the future. Until it is right this answer is kept in this browser.";
  if (date && date < FIRST_DAY) return "The date is not complete. Until it is, this answer is kept in this browser.";
  if (block.dated === "required" && !date) return "Say when, and it is stored. Until then it is kept in this browser.";
  return null;
}

function answerItem(app, block, item, heading) {
  const name = `record.${item.id}`;
  const stored = recordOf(app).answers[item.id];
  const draft = app.draft(name);
  const value = { ...NO_ANSWER, ...stored, ...draft };
  const counts = Boolean(block.answers.find((entry) => entry.id === value.answer)?.counts);
  const lacks = answerLacks(block, value);
  const dated = counts && block.dated !== "no";
  const noteOpen = Boolean(value.text) || app.ui.recordNotes?.[item.id];
  const id = `sm-record-${item.id}`;

  const set = (part, options) => {
    const now = recordOf(app).answers[item.id];
    const next = { ...NO_ANSWER, ...now, ...app.draft(name), ...part };
    if (answerLacks(block, next)) {
      app.setDraft(name, { answer: next.answer, date: next.date, text: next.text });
      return app.repaint();
    }
    app.setDraft(name, null);
    const said = next.answer || filled(next.text);
    return app.send("record", { id: now?.id || `r-${item.id}`, entry: said ? { item: item.id, answer: next.answer, date: next.date || null, text: next.text } : null }, { coalesce: `record:${item.id}`, ...options });
  };
  // A date belongs to an answer that counts; going back to one brings it back.
  const choose = (entry) => {
    const kept = app.ui.recordDates?.[item.id] || null;
    if (value.date) app.keep({ recordDates: { ...app.ui.recordDates, [item.id]: value.date } });
    set({ answer: entry.id, date: entry.counts && block.dated !== "no" ? value.date || kept : null }, { delay: 350 });
  };
  const clear = () => {
    if (value.date) app.keep({ recordDates: { ...app.ui.recordDates, [item.id]: value.date } });
    set({ answer: null, date: null });
    app.announce(`Answer taken back: ${item.title}`);
    app.focusSoon(`${name}-${block.answers[0].id}`);
  };

  return h(
    "li",
    { key: item.id, class: classes("sm-record-item", app.ui.recordItem === item.id && "sm-record-here") },
    recordHead(app, item, heading, null),
    h(
      "div",
      { class: "sm-record-answer" },
      h(
        "div",
        { class: "sm-options", role: "radiogroup", "aria-labelledby": id },
        block.answers.map((entry) =>
          h(
            "label",
            { class: "sm-option", key: entry.id },
            h("input", { type: "radio", name: id, value: entry.id, "data-focus": `${name}-${entry.id}`, checked: value.answer === entry.id, onchange: () => choose(entry) }),
            h("span", null, entry.title),
          ),
        ),
      ),
      h(
        "div",
        { class: "sm-record-more", key: "more" },
        dated
          ? h(
              "div",
              { class: classes("sm-record-date", !value.date && "sm-record-undated") },
              h("label", { for: `${id}-date` }, block.date_label || "Date", hiddenText(`, ${item.title}`)),
              h("input", { id: `${id}-date`, class: "sm-input sm-input-date", type: "date", max: today(), autocomplete: "off", required: block.dated === "required", "data-focus": `${name}-date`, "aria-describedby": lacks ? `${id}-lacks` : null, value: value.date || "", oninput: (event) => set({ date: event.target.value || null }, { delay: 600 }) }),
            )
          : null,
        noteOpen ? null : h("button", { type: "button", class: "sm-link", "data-focus": `${name}-note-open`, "aria-label": `Add a note: ${item.title}`, onclick: () => app.keep({ recordNotes: { ...app.ui.recordNotes, [item.id]: true } }, true, `${name}-note`) }, icon("note"), "Add a note"),
        value.answer ? h("button", { type: "button", class: "sm-link", "data-focus": `${name}-clear`, "aria-label": `Clear the answer: ${item.title}`, onclick: clear }, "Clear") : null,
      ),
      lacks ? h("p", { class: "sm-item-problem", id: `${id}-lacks`, key: "lacks" }, lacks) : null,
      noteOpen
        ? h("div", { class: "sm-record-note", key: "note" },
            h("label", { class: "sm-hidden", for: `${id}-note` }, `Note on ${item.title}`),
            h("textarea", {
              id: `${id}-note`,
              class: "sm-input",
              rows: "2",
              dir: "auto",
              maxlength: "20000",
              "data-focus": `${name}-note`,
              placeholder: "What it was, and your own part in it",
              value: value.text,
              ref: (el) => requestAnimationFrame(() => autosize(el)),
              oninput: (event) => {
                autosize(event.target);
                set({ text: event.target.value }, { delay: 600 });
              },
            }))
        : null,
    ),
    stored && !draft && counts ? recordEvidence(app, item, stored.id, () => ({ title: shorten(item.title, 300), date: stored.date || "", description: stored.text.slice(0, 5000) })) : null,
  );
}

/* Evidence made of an entry, and the form to make it. */
function recordEvidence(app, item, entryId, start) {
  const made = app.state.evidence.filter((entry) => entry.record === entryId);
  const draft = `new:record:${entryId}`;
  const adding = app.ui.evidenceOpen === draft;
  const back = `record-evidence-${entryId}`;
  // Kinds only one of which can be meant are chosen; several are offered, and a person says which.
  const place = { draft, back, near: item.types, start: { ...start(), skills: item.skills.filter((id) => app.skill(id)), types: item.types.length === 1 ? item.types : [], record: entryId } };
  const label = draftOf(app, draft) ? "Go on with your draft" : made.length ? "Make more evidence of this" : "Make evidence of this";
  return h(
    "div",
    { class: "sm-record-evidence", key: `evidence-${entryId}` },
    made.length ? h("ul", { class: "sm-record-made", role: "list" }, made.map((entry) => h("li", { key: entry.id }, app.ui.evidenceOpen === entry.id ? h("div", { class: "sm-item" }, editor(app, place, entry)) : madeLine(app, entry)))) : null,
    adding
      ? h("div", { class: "sm-item", key: "new" }, editor(app, place, null))
      : h("button", { type: "button", key: "add", class: "sm-button sm-button-small", "data-focus": back, "aria-label": `${label}: ${item.title}`, onclick: () => app.keep({ evidenceOpen: draft }, true, "ev-title") }, icon("clip"), label),
  );
}

function madeLine(app, entry) {
  const skills = entry.skills.filter((id) => app.skill(id));
  return h(
    "div",
    { class: "sm-record-made-line" },
    h("p", null, icon("clip"), h("span", null, "Evidence: ", h("b", { dir: "auto" }, entry.title))),
    strengthBadge(app.framework, entry),
    skills.length ? h("p", { class: "sm-record-made-for" }, "in ", skills.map((id, at) => [at ? ", " : "", skillLink(app, id, app.skill(id).title)])) : null,
    h("button", { type: "button", class: "sm-link", "data-focus": `ev-edit-${entry.id}`, "aria-label": `Edit: ${entry.title}`, onclick: () => app.keep({ evidenceOpen: entry.id }, true, "ev-title") }, "Edit"),
  );
}
