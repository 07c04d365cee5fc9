/* evidence_form.js: evidence of one skill, listed and edited. The strength shown while typing is
   worked out here for the eye; the kernel's word counts. */

const EVIDENCE_FIELDS = {
  title: "",
  date: "",
  description: "",
  artefact: "",
  confirmed_by: "",
  confirmed_function: null,
  outside_team: false,
  measure: "",
  method: "",
  skills: [],
  types: [],
};

const filled = (value) => typeof value === "string" && value.trim().length > 0;

/* What must be there before an item can be stored. */
function evidenceLacks(item) {
  const lacks = [];
  if (!filled(item.title)) lacks.push("what it was");
  if (!filled(item.date)) lacks.push("when it was");
  return lacks;
}

/* E0 to E4, and what the next one asks for. */
function evidenceStrength(item, rater = null) {
  const confirmed = filled(item.confirmed_by) || Boolean(rater); // who rates another confirms by recording
  let level = 0;
  if (filled(item.description) || rater) level = 1;
  if (filled(item.artefact)) level = confirmed ? 3 : 2;
  if (filled(item.measure) && filled(item.method) && confirmed) level = 4;
  const missing = [
    ["what you did yourself"],
    ["a link or identifier another person can open"],
    ["who can confirm it from direct knowledge"],
    [!filled(item.measure) && "the outcome measured after use", !filled(item.method) && "how it was measured", !confirmed && "who confirms it"],
    [],
  ][level].filter(Boolean);
  return { code: `E${level}`, level, missing };
}

function strengthLadder(framework, item, rater = null) {
  const { level, missing } = evidenceStrength(item, rater);
  const codes = framework.evidence_codes;
  const here = codes[level];
  const next = codes[level + 1];
  return h(
    "div",
    { class: "sm-ladder" },
    h(
      "ol",
      { class: "sm-ladder-steps", "aria-hidden": "true" },
      codes.map((code, at) => h("li", { class: classes(at <= level && "sm-on", at === level && "sm-here") }, code.code)),
    ),
    h(
      "p",
      { class: "sm-ladder-text" },
      h("b", null, `${here.code} ${here.title}.`),
      next && missing.length ? ` To count as ${next.code}, ${next.title.charAt(0).toLowerCase()}${next.title.slice(1)}: ${missing.join(" and ")}.` : " The strongest kind.",
    ),
  );
}

function strengthBadge(framework, item) {
  const code = item.strength || evidenceStrength(item).code;
  const level = Number(code.slice(1)) || 0;
  const title = framework.evidence_codes.find((entry) => entry.code === code)?.title || "";
  return h(
    "span",
    { class: "sm-strength" },
    h("span", { class: "sm-strength-bars", "aria-hidden": "true" }, [1, 2, 3, 4].map((at) => h("i", { class: at <= level ? "sm-on" : null }))),
    `${code} ${title.charAt(0).toLowerCase()}${title.slice(1)}`,
  );
}

/* Where a new item is written: the name of its draft, what it begins with, kinds that lie near,
   and what has the focus afterwards. */
function skillPlace(skill) {
  return { draft: `new:${skill.id}`, start: { skills: [skill.id] }, near: [], back: "evidence-add" };
}

/* What each level needs, as the ladder says it. */
function supportSentence(framework) {
  if (framework.asks_evidence === false) return "This ladder asks for none.";
  const words = ["no", "one", "two", "three", "four", "five"];
  const need = ({ level, any_of: ways }) => `level ${level} needs ${ways.map(([code, count]) => `${words[count] || count} ${code}`).join(" or ")}`;
  const free = framework.support.filter((entry) => !entry.any_of.length).map((entry) => entry.level);
  const bound = framework.support.filter((entry) => entry.any_of.length);
  const [weaker, history] = framework.ageing;
  const none = free.length ? `Level${free.length === 1 ? "" : "s"} ${free.join(free.length === 2 ? " and " : ", ")} need${free.length === 1 ? "s" : ""} none. ` : "";
  return `${none}${bound.length ? `${capital(bound.map(need).join("; "))}. ` : ""}Items older than ${weaker} months count one code lower, older than ${history} months not at all.`;
}

function evidenceSection(app, skill) {
  const { state, ui, framework } = app;
  const mine = state.evidence.filter((item) => item.skills.includes(skill.id));
  const others = state.evidence.filter((item) => !item.skills.includes(skill.id));
  const adding = ui.evidenceOpen === `new:${skill.id}`;
  return h(
    "section",
    { class: "sm-evidence", key: `evidence-${skill.id}`, "aria-labelledby": "sm-evidence-title" },
    h("h3", { id: "sm-evidence-title", tabindex: "-1", "data-focus": "evidence-title" }, "Evidence"),
    mine.length ? null : h("p", { class: "sm-quiet" }, framework.asks_evidence === false ? "This ladder asks for no evidence: your level counts as you give it. What you add here stays with your review, for the conversation." : app.rater ? `One instance you saw yourself in the last ${framework.ageing[0]} months is enough: what it was, and when. With a link that another person can open it counts as confirmed.` : `One instance from the last ${framework.ageing[0]} months is enough to begin: what it was, when, and your own part in it.`),
    h("ul", { class: "sm-items", role: "list" }, mine.map((item) => h("li", { key: item.id, class: "sm-item" }, ui.evidenceOpen === item.id ? editor(app, skillPlace(skill), item) : evidenceCard(app, skill, item)))),
    adding
      ? h("div", { class: "sm-item", key: "new" }, editor(app, skillPlace(skill), null))
      : h(
          "div",
          { class: "sm-item-actions", key: "actions" },
          h("button", { type: "button", class: "sm-button", "data-focus": "evidence-add", onclick: () => app.keep({ evidenceOpen: `new:${skill.id}` }, true, "ev-title") }, icon("plus"), draftOf(app, `new:${skill.id}`) ? "Go on with your draft" : "Add evidence"),
        ),
    others.length && !adding
      ? h(
          "details",
          { class: "sm-more", key: "link" },
          h("summary", null, "Use evidence you have already entered"),
          h(
            "ul",
            { class: "sm-link-list", role: "list" },
            others.map((item) =>
              h(
                "li",
                { key: item.id },
                h("button", { type: "button", class: "sm-button sm-button-small", onclick: () => saveItem(app, { ...itemFields(item), skills: [...item.skills, skill.id] }, item.id), "aria-label": `Also use for ${skill.title}: ${item.title}` }, icon("link"), "Use here too"),
                h("span", { dir: "auto" }, item.title),
                framework.asks_evidence === false ? null : h("span", { class: "sm-quiet" }, ` ${item.effective || item.strength || ""}`),
              ),
            ),
          ),
        )
      : null,
    framework.evidence_codes.length && framework.asks_evidence !== false
      ? h(
          "details",
          { class: "sm-more", key: "codes" },
          h("summary", null, "How evidence counts"),
          h("dl", { class: "sm-codes" }, framework.evidence_codes.map((code) => h("div", null, h("dt", null, `${code.code} ${code.title}`), h("dd", null, code.meaning)))),
          h("p", { class: "sm-quiet" }, supportSentence(framework)),
        )
      : null,
  );
}

function evidenceCard(app, skill, item) {
  const counts = app.framework.asks_evidence !== false;
  const lowered = counts && item.effective !== undefined && item.effective !== item.strength;
  const age = item.age ? `: ${/old$/.test(item.age) ? item.age : `${item.age} old`}` : "";
  return h(
    "div",
    { class: "sm-item-card" },
    h("p", { class: "sm-item-title", dir: "auto" }, item.title),
    h("p", { class: "sm-item-meta" }, counts ? strengthBadge(app.framework, item) : null, item.date ? h("span", null, dayText(item.date)) : null, lowered ? h("span", null, `${item.effective ? `counts as ${item.effective}` : "no longer counts"}${age}`) : null),
    item.description ? h("p", { class: "sm-item-text", dir: "auto" }, shorten(item.description, 400)) : null,
    item.artefact ? h("p", { class: "sm-item-text sm-item-artefact", dir: "auto" }, shorten(item.artefact, 200)) : null,
    item.record ? recordOrigin(app, item) : null,
    item.problem ? h("p", { class: "sm-item-problem" }, item.problem) : null,
    counts && item.missing ? h("p", { class: "sm-hint" }, capital(item.missing)) : null,
    h(
      "p",
      { class: "sm-item-buttons" },
      h("button", { type: "button", class: "sm-link", "data-focus": `ev-edit-${item.id}`, "aria-label": `Edit: ${item.title}`, onclick: () => app.keep({ evidenceOpen: item.id }, true, "ev-title") }, "Edit"),
      h("button", { type: "button", class: "sm-link", "aria-label": `Remove: ${item.title}`, onclick: () => removeItem(app, item) }, "Remove"),
      item.skills.length > 1 ? h("button", { type: "button", class: "sm-link", "aria-label": `No longer use for ${skill.title}: ${item.title}`, onclick: () => saveItem(app, { ...itemFields(item), skills: item.skills.filter((id) => id !== skill.id) }, item.id) }, "Not for this skill") : null,
    ),
  );
}

function itemFields(item) {
  const fields = {};
  for (const name in EVIDENCE_FIELDS) fields[name] = item[name] ?? EVIDENCE_FIELDS[name];
  if (item.record) fields.record = item.record; // the entry of the record it was made from
  return fields;
}

function draftOf(app, id) {
  return app.draft(`evidence.${id}`);
}

function saveItem(app, fields, id, options) {
  const item = { ...fields };
  for (const name in item) if (typeof item[name] === "string") item[name] = item[name].trim();
  app.send("evidence", { id, item }, options);
}

function removeItem(app, item) {
  const fields = itemFields(item);
  if (app.send("evidence", { id: item.id, item: null }) === null) return;
  app.setDraft(`evidence.${item.id}`, null);
  app.toast(`Removed: ${shorten(item.title, 60)}`, { action: { label: "Undo", run: () => app.send("evidence", { id: item.id, item: fields }) } });
  app.focusSoon("evidence-title");
}

/* A new item is a draft in this browser until it is added; a known item saves itself. */
function editor(app, place, item) {
  const { framework } = app;
  const isNew = item === null;
  const draftName = isNew ? place.draft : item.id;
  const values = { ...EVIDENCE_FIELDS, ...(item ? itemFields(item) : place.start), ...(draftOf(app, draftName) || {}) };
  // What the aim's rules count comes first; the rest is one step away.
  const kinds = framework.evidence_types;
  // Where nothing counts evidence, only what was filled in elsewhere is shown beside the first fields.
  const counts = framework.asks_evidence !== false;
  const shows = (...names) => counts || names.some((name) => values[name] === true || filled(values[name]));
  const near = (type) => place.near.includes(type.id);
  const asked = (type) => values.types.includes(type.id) || near(type) || (app.state.asked_types || kinds.map((entry) => entry.id)).includes(type.id);
  const kind = (type) =>
    h(
      "div",
      { class: "sm-type", key: type.id },
      h("label", { class: "sm-check" }, h("input", { type: "checkbox", checked: values.types.includes(type.id), onchange: (event) => toggle("types", type.id, event.target.checked) }), h("span", null, type.title)),
      h("details", { class: "sm-type-more" }, h("summary", null, "What counts", hiddenText(` as ${type.title}`)), h("p", null, type.definition), type.example ? h("p", { class: "sm-quiet" }, type.example) : null),
    );
  const lacks = evidenceLacks(values);
  const incomplete = lacks.length > 0;
  const set = (part) => {
    const next = { ...values, ...(draftOf(app, draftName) || {}), ...part };
    app.setDraft(`evidence.${draftName}`, next);
    if (!isNew && !evidenceLacks(next).length) saveItem(app, next, item.id, { coalesce: `evidence:${item.id}`, delay: 600 });
    app.repaint();
  };
  const uid = `sm-ev-${isNew ? "new" : item.id}`;
  const field = (name, label, hint, attrs = {}) =>
    h(
      "div",
      { class: "sm-field" },
      h("label", { for: `${uid}-${name}` }, label),
      hint ? h("p", { class: "sm-hint", id: `${uid}-${name}-hint` }, hint) : null,
      h(attrs.rows ? "textarea" : "input", {
        id: `${uid}-${name}`,
        class: "sm-input",
        type: attrs.rows ? null : "text",
        dir: attrs.type === "date" ? null : "auto",
        autocomplete: "off",
        "data-focus": `ev-${name}`,
        "aria-describedby": hint ? `${uid}-${name}-hint` : null,
        value: values[name] ?? "",
        ref: attrs.rows ? (el) => requestAnimationFrame(() => autosize(el)) : null,
        oninput: (event) => {
          if (attrs.rows) autosize(event.target);
          set({ [name]: event.target.value });
        },
        ...attrs,
      }),
    );
  const toggle = (name, id, on) => set({ [name]: on ? [...new Set([...values[name], id])] : values[name].filter((known) => known !== id) });

  return h(
    "div",
    { class: "sm-editor", role: "group", "aria-label": isNew ? "New evidence" : `Evidence: ${item.title}`, onkeydown: (event) => {
        if (event.key === "Escape") finish();
      } },
    counts ? strengthLadder(framework, values, app.rater) : null,
    field("title", "What it was", null, { maxlength: 300 }),
    field("date", app.rater ? "When you saw it" : "When it was", null, { type: "date", max: today(), class: "sm-input sm-input-date" }),
    incomplete && !isNew ? h("p", { class: "sm-item-problem" }, `Still needed before this can be stored: ${lacks.join(" and ")}. What you typed is kept in this browser.`) : null,
    field("description", app.rater ? "What you saw" : "What you did yourself", app.rater ? "Two sentences: the situation, and the part of the person you rate." : "Two sentences: the situation, and your own part.", { rows: 3, maxlength: 5000 }),
    field("artefact", "Where it can be seen", "A link or identifier another person can open, such as that of a document, a ticket or a record.", { maxlength: 2000 }),
    !app.rater && shows("confirmed_by", "confirmed_function") ? h(
      "div",
      { class: "sm-field-pair" },
      field("confirmed_by", "Who can confirm it", "Somebody with direct knowledge, not you.", { maxlength: 300 }),
      framework.functions.length
        ? h(
            "div",
            { class: "sm-field" },
            h("label", { for: `${uid}-function` }, "Their function"),
            h(
              "select",
              { id: `${uid}-function`, class: "sm-input", "data-focus": "ev-function", value: values.confirmed_function || "", onchange: (event) => set({ confirmed_function: event.target.value || null }) },
              h("option", { value: "" }, "Not said"),
              framework.functions.map((entry) => h("option", { value: entry.id }, entry.title)),
            ),
          )
        : null,
    ) : null,
    !app.rater && shows("outside_team") ? h(
      "label",
      { class: "sm-check" },
      h("input", { type: "checkbox", "data-focus": "ev-outside", checked: Boolean(values.outside_team), onchange: (event) => set({ outside_team: event.target.checked }) }),
      h("span", null, "They are outside my own team"),
    ) : null,
    shows("measure") ? field("measure", "What it changed, measured after use", "The number before and after, and whose number it is.", { rows: 2, maxlength: 2000 }) : null,
    shows("method") ? field("method", "How that was measured", "For example: compared with a control group; counted before and after by one unchanged rule.", { maxlength: 1000 }) : null,
    h(
      "details",
      { class: "sm-more" },
      h("summary", null, `Skills it supports: ${values.skills.length ? values.skills.map((id) => app.skill(id)?.title).filter(Boolean).join(", ") : "none"}`),
      framework.areas.map((area) =>
        h(
          "fieldset",
          { class: "sm-check-set" },
          h("legend", null, area.title),
          framework.skills
            .filter((entry) => entry.area === area.id)
            .map((entry) =>
              h("label", { class: "sm-check" }, h("input", { type: "checkbox", checked: values.skills.includes(entry.id), onchange: (event) => toggle("skills", entry.id, event.target.checked) }), h("span", null, entry.title)),
            ),
        ),
      ),
    ),
    kinds.length ? h(
      "details",
      { class: "sm-more", open: place.near.length > 0 },
      h("summary", null, `Kind of evidence: ${values.types.length ? values.types.map((id) => framework.evidence_types.find((type) => type.id === id)?.title).filter(Boolean).join(", ") : "not said"}`),
      h("p", { class: "sm-hint" }, "Some promotion rules count items of a certain kind. Choose what it is; usually one, sometimes two."),
      place.near.length ? h("p", { class: "sm-hint" }, "The first of them belong to the criteria this entry is linked with.") : null,
      kinds.filter(near).map(kind),
      kinds.filter((type) => asked(type) && !near(type)).map(kind),
      kinds.some((type) => !asked(type))
        ? h("details", { class: "sm-more", open: Boolean(app.ui.moreKinds), ontoggle: (event) => app.keep({ moreKinds: event.currentTarget.open }) }, h("summary", null, "Kinds that other roles or contexts ask for"), h("div", null, kinds.filter((type) => !asked(type)).map(kind)))
        : null,
    ) : null,
    h(
      "div",
      { class: "sm-editor-end" },
      isNew
        ? [
            h("button", { type: "button", class: "sm-button sm-button-main", "aria-disabled": incomplete ? "true" : "false", onclick: () => addNew() }, "Add"),
            h("button", { type: "button", class: "sm-button", onclick: () => discard() }, "Discard"),
            h("span", { class: "sm-hint" }, incomplete ? `To add it, say ${lacks.join(" and ")}. Kept as a draft in this browser.` : "Kept as a draft in this browser until you add it."),
          ]
        : [h("button", { type: "button", class: "sm-button", onclick: () => finish() }, "Done"), h("span", { class: "sm-hint" }, "Saves itself as you type.")],
    ),
  );

  function finish() {
    if (!isNew && !incomplete) app.setDraft(`evidence.${draftName}`, null);
    app.keep({ evidenceOpen: null }, true, isNew ? place.back : `ev-edit-${item.id}`);
  }

  function addNew() {
    if (incomplete) {
      app.announce(`To add it, say ${lacks.join(" and ")}.`);
      return app.focusSoon(filled(values.title) ? "ev-date" : "ev-title");
    }
    saveItem(app, values, newId());
    app.setDraft(`evidence.${draftName}`, null);
    app.announce(`Added: ${shorten(values.title, 80)}`);
    app.keep({ evidenceOpen: null }, true, place.back);
    return undefined;
  }

  function discard() {
    const kept = draftOf(app, draftName);
    app.setDraft(`evidence.${draftName}`, null);
    app.keep({ evidenceOpen: null }, true, place.back);
    if (kept && filled(kept.title + kept.description)) {
      app.toast("Draft discarded", { action: { label: "Undo", run: () => {
        app.setDraft(`evidence.${draftName}`, kept);
        app.keep({ evidenceOpen: place.draft }, true, "ev-title");
      } } });
    }
  }
}
