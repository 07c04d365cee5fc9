/* skill_panel.js: one skill: decision path or all levels, evidence, note, where it counts. */

/* What is said differently to somebody who rates another's work. */
const PANEL_WORDS = {
  self: {
    level: "Your level",
    claimed: "Claimed",
    plain: "The highest level that describes your work now, and whose lower levels hold too.",
    dated: (months) => `The highest level for which you can name one instance from the last ${months} months, and whose lower levels hold too.`,
    below: "A lower level does not hold for me",
    chance: "If your work gives you no chance to show it",
    note: "What you would say about this level if somebody asked",
    shared: "Shared with my mentor or manager",
  },
  mentor: {
    level: "What you have seen",
    claimed: "Your rating",
    plain: "The highest level that describes the work you have seen, and whose lower levels hold too.",
    dated: (months) => `The highest level for which you have seen one instance in the last ${months} months, and whose lower levels hold too.`,
    below: "A lower level does not hold",
    chance: "If the work gives no chance to show it",
    note: "What you would say about this level when you talk",
    shared: "Shared when both are set side by side",
  },
};

const panelWords = (app) => PANEL_WORDS[app.rater || "self"];

function skillPanel(app) {
  const { framework, state, ui } = app;
  const skill = app.skill(ui.skill);
  const row = app.row(ui.skill);
  if (!skill || !row) return h("p", { class: "sm-quiet" }, "Choose a skill on the board.");
  const order = framework.skills.map((entry) => entry.id);
  const at = order.indexOf(skill.id);
  const before = order[at - 1];
  const after = order[at + 1];
  const area = framework.areas.find((entry) => entry.id === skill.area);
  return h(
    "article",
    { class: "sm-skill", key: `skill-${skill.id}`, "aria-labelledby": "sm-skill-title" },
    h(
      "div",
      { class: "sm-skill-top" },
      h("button", { type: "button", class: "sm-link sm-skill-back", onclick: () => app.closeSkill() }, icon("back"), "All skills"),
      h("div", { class: "sm-eyebrow" }, [area?.title, skill.importance_label, skill.code].filter(Boolean).join(" · "), " ", draftChip(app)),
      h(
        "div",
        { class: "sm-skill-turn", role: "group", "aria-label": "Skills in order" },
        h("button", { type: "button", class: "sm-icon-button", "data-focus": "skill-before-top", "aria-disabled": before ? "false" : "true", "aria-label": before ? `Previous: ${app.skill(before).title}` : "Previous: this is the first skill", onclick: () => before && app.go("rate", before, { focusTitle: true }) }, icon("back")),
        h("span", { class: "sm-skill-place" }, `${at + 1} of ${order.length}`),
        h("button", { type: "button", class: "sm-icon-button", "data-focus": "skill-after-top", "aria-disabled": after ? "false" : "true", "aria-label": after ? `Next: ${app.skill(after).title}` : "Next: this is the last skill", onclick: () => after && app.go("rate", after, { focusTitle: true }) }, icon("next")),
      ),
    ),
    h("h2", { id: "sm-skill-title", class: "sm-skill-title", tabindex: "-1", "data-focus": "skill-title" }, skill.title),
    h("p", { class: "sm-skill-summary" }, skill.summary),
    skill.uses?.length || skill.includes?.length
      ? h(
          "details",
          { class: "sm-more" },
          h("summary", null, "What it covers"),
          skill.uses?.length ? [h("p", { class: "sm-label" }, "Used for"), h("ul", { class: "sm-plain-list" }, skill.uses.map((text) => h("li", null, text)))] : null,
          skill.includes?.length ? [h("p", { class: "sm-label" }, "Includes"), h("ul", { class: "sm-plain-list" }, skill.includes.map((text) => h("li", null, text)))] : null,
        )
      : null,
    standing(app, skill, row),
    row.not_applicable ? null : ratingSection(app, skill, row),
    row.not_applicable ? null : evidenceSection(app, skill),
    noteSection(app, skill),
    h(
      "nav",
      { class: "sm-skill-nav", "aria-label": "Skills" },
      before ? h("button", { type: "button", class: "sm-button", "data-focus": "skill-before", onclick: () => app.go("rate", before, { focusTitle: true }) }, icon("back"), h("span", { class: "sm-skill-nav-word" }, "Previous"), hiddenText(`: ${app.skill(before).title}`)) : h("span"),
      after
        ? h("button", { type: "button", class: "sm-button sm-button-main", "data-focus": "skill-after", onclick: () => app.go("rate", after, { focusTitle: true }) }, "Next skill", hiddenText(`: ${app.skill(after).title}`), icon("next"))
        : app.onward
          ? h("button", { type: "button", class: "sm-button sm-button-main", onclick: () => app.onward.run() }, app.onward.label, icon("next"))
        : framework.record.length
          ? h("button", { type: "button", class: "sm-button sm-button-main", onclick: () => app.go("record") }, "Record your work", icon("next"))
          : h("button", { type: "button", class: "sm-button sm-button-main", onclick: () => app.go("results") }, "See results", icon("next")),
    ),
    after ? h("p", { class: "sm-skill-coming" }, `Next: ${app.skill(after).title}`) : null,
  );
}

function draftChip(app) {
  if (!app.framework.draft_notice) return null;
  return h("details", { class: "sm-draft" }, h("summary", { class: "sm-chip sm-chip-draft" }, "Draft", hiddenText(" wording: what this means")), h("p", { class: "sm-draft-text" }, app.framework.draft_notice));
}

function levelPlace(app, level) {
  return app.framework.scale.findIndex((step) => step.level === level);
}

function levelName(app, level) {
  return app.framework.scale.find((step) => step.level === level)?.name || "";
}

/* Where this skill stands, in three short facts and a sentence. */
function standing(app, skill, row) {
  if (row.not_applicable) return h("p", { class: "sm-facts-na" }, `Does not apply here: ${row.not_applicable}`);
  const known = typeof row.value === "number";
  const evidence = app.framework.asks_evidence !== false;
  const word = app.framework.state_words.find((entry) => entry.id === row.value);
  const fact = (label, value, mark) => h("div", { class: "sm-fact" }, h("dt", null, mark, label), h("dd", null, value));
  const signs = [row.gate !== null && row.gate !== undefined ? `gate ${row.gate}` : null, row.floor !== null && row.floor !== undefined ? `floor ${row.floor}` : null].filter(Boolean).join(", ");
  return h(
    "div",
    { class: "sm-standing-box" },
    h(
      "dl",
      { class: "sm-facts" },
      fact(evidence ? panelWords(app).claimed : panelWords(app).level, known ? `${row.value} ${levelName(app, row.value)}` : word?.title || String(row.value), h("span", { class: classes("sm-fact-mark", evidence ? "sm-mark-claimed" : "sm-mark-supported"), "aria-hidden": "true" })),
      !evidence ? null : fact("Evidence supports", known ? `${row.supported ?? row.low} ${levelName(app, row.supported ?? row.low)}` : "–", h("span", { class: "sm-fact-mark sm-mark-supported", "aria-hidden": "true" })),
      fact("Bar", row.required !== null && row.required !== undefined ? `${row.required} ${levelName(app, row.required)}${signs ? ` (${signs})` : ""}` : row.asked === false ? "not asked by this role" : "none", h("span", { class: "sm-fact-mark sm-mark-bar", "aria-hidden": "true" })),
    ),
    row.why ? h("p", { class: "sm-why" }, capital(row.why), /[.!?]$/.test(row.why) ? "" : ".") : null,
    row.below ? h("p", { class: "sm-why" }, "A level below is marked as not holding. Read the lower anchors once more; it may also be a weak anchor.") : null,
    row.pivotal ? h("p", { class: "sm-why" }, "This rating alone could change the result.") : null,
    row.required_note ? h("p", { class: "sm-why" }, `Bar: ${row.required_note}${/[.!?]$/.test(row.required_note) ? "" : "."}`) : null,
    row.breadth?.length ? h("p", { class: "sm-why sm-quiet" }, `Counts towards ${row.breadth.map(breadthWords).join(", ")}.`) : null,
  );
}

function breadthWords(code) {
  const match = /^(.+) b(\d+)$/.exec(code);
  return match ? `${match[1]} at level ${match[2]}` : code;
}

function ratingSection(app, skill, row) {
  const { ui } = app;
  const asks = !app.rater && app.framework.decision_path.length > 0;
  const path = asks && (ui.mode ? ui.mode === "path" : typeof row.value !== "number");
  const pick = (mode) => app.keep({ mode, path: [] }, true, mode === "path" ? "path-question" : null);
  return h(
    "section",
    { class: "sm-rating", key: `rating-${skill.id}`, "aria-labelledby": "sm-rating-title" },
    h(
      "div",
      { class: "sm-rating-head" },
      h("h3", { id: "sm-rating-title" }, panelWords(app).level),
      asks
        ? h(
            "div",
            { class: "sm-switcher", role: "group", "aria-label": "How to find it" },
            h("button", { type: "button", "aria-pressed": path ? "true" : "false", onclick: () => pick("path") }, "By questions"),
            h("button", { type: "button", "aria-pressed": path ? "false" : "true", onclick: () => pick("levels") }, "All levels"),
          )
        : null,
    ),
    path ? decisionPath(app, skill, row) : [allLevels(app, skill, row), gapBelow(app, skill, row)],
    conditions(app, skill),
    otherStates(app, skill, row),
  );
}

/* One question at a time; the names of levels stay out of sight until the end. */
function decisionPath(app, skill, row) {
  const { ui, framework } = app;
  const questions = framework.decision_path;
  const levels = framework.scale.map((step) => step.level);
  const answers = ui.path || [];
  const stopped = answers.indexOf(false);
  const done = stopped >= 0 || answers.length >= questions.length;
  const answer = (yes) => {
    const next = [...answers, yes];
    const ends = !yes || next.length >= questions.length;
    app.keep({ path: next }, true, ends ? "path-result" : "path-question");
  };
  const back = () => app.keep({ path: answers.slice(0, -1) }, true, "path-question");
  const dots = h("span", { class: "sm-path-dots", "aria-hidden": "true" }, questions.map((_, at) => h("i", { class: classes(at < answers.length && "sm-on", at === answers.length && !done && "sm-here") })));

  if (done) {
    const level = stopped >= 0 ? questions[stopped].no_means : levels.at(-1);
    const above = levels[levels.indexOf(level) + 1];
    const lower = row.value === level;
    return h(
      "div",
      { class: "sm-path", key: "path-end" },
      h("p", { class: "sm-path-count" }, dots),
      h("p", { class: "sm-path-result", tabindex: "-1", "data-focus": "path-result" }, "Your answers point to ", h("b", null, `${level} ${levelName(app, level)}`), "."),
      h("p", null, app.framework.asks_evidence === false ? "It holds if it describes your work now, and if the levels below hold too." : `It holds if you can name one instance from the last ${app.framework.ageing[0]} months, and if the levels below hold too.`),
      skill.anchors[level]?.length ? anchorList(skill.anchors[level], { misses: true }) : notDescribed(),
      above !== undefined && skill.anchors[above]?.length ? h("details", { class: "sm-more" }, h("summary", null, "Compare with one level higher"), anchorList(skill.anchors[above], { misses: true })) : null,
      h(
        "div",
        { class: "sm-path-buttons" },
        h("button", { type: "button", class: "sm-button sm-button-main", "data-focus": "path-accept", onclick: () => {
          app.rate(skill.id, level);
          app.keep({ mode: "levels", path: [] }, true, "evidence-title");
        } }, lower ? `Keep ${level} ${levelName(app, level)}` : `Rate as ${level} ${levelName(app, level)}`),
        h("button", { type: "button", class: "sm-button", onclick: back }, "Back"),
      ),
    );
  }

  const at = answers.length;
  const question = questions[at];
  const shown = skill.anchors[levels[levels.indexOf(question.no_means) + 1]] || [];
  return h(
    "div",
    { class: "sm-path", key: "path" },
    h("p", { class: "sm-path-count" }, dots, h("span", null, `Question ${at + 1} of at most ${questions.length}`)),
    h("p", { class: "sm-path-question", tabindex: "-1", "data-focus": "path-question" }, question.question),
    shown.length ? [h("p", { class: "sm-label" }, "In this skill, for example"), anchorList(shown, { misses: true })] : null,
    h(
      "div",
      { class: "sm-path-buttons" },
      h("button", { type: "button", class: "sm-button sm-button-answer", onclick: () => answer(true) }, "Yes"),
      h("button", { type: "button", class: "sm-button sm-button-answer", onclick: () => answer(false) }, "No"),
      answers.length ? h("button", { type: "button", class: "sm-link", onclick: back }, "Back") : null,
    ),
  );
}

/* What the ladder says of its levels, whatever the skill. */
function levelMeanings(framework) {
  return h(
    "details",
    { class: "sm-more sm-level-meanings", key: "level-meanings" },
    h("summary", null, "What the levels mean"),
    h("dl", { class: "sm-codes" }, framework.scale.map((step) => h("div", { key: String(step.level) }, h("dt", null, `${step.level} ${step.name}`), h("dd", null, step.definition)))),
  );
}

/* A ladder need not describe every level of every skill. */
function notDescribed() {
  return h("p", { class: "sm-quiet" }, "This ladder describes nothing for this level of this skill.");
}

function anchorList(anchors, { misses = false } = {}) {
  return h(
    "ul",
    { class: "sm-anchors" },
    (anchors || []).map((anchor) =>
      h(
        "li",
        { key: anchor.id },
        h("p", { class: "sm-anchor" }, anchor.text),
        anchor.artefacts?.length ? h("p", { class: "sm-anchor-seen" }, `Seen in: ${anchor.artefacts.join(", ")}`) : null,
        misses && anchor.not_this ? h("p", { class: "sm-anchor-not" }, h("b", null, "Not this:"), " ", anchor.not_this) : null,
      ),
    ),
  );
}

function allLevels(app, skill, row) {
  return h(
    "fieldset",
    { class: "sm-levels", key: "levels" },
    h("legend", { class: "sm-hint" }, app.framework.asks_evidence === false ? panelWords(app).plain : panelWords(app).dated(app.framework.ageing[0])),
    [...app.framework.scale].reverse().map((step) => {
      const described = Boolean(skill.anchors[step.level]?.length);
      const on = row.value === step.level;
      const id = `sm-level-${skill.id}-${step.level}`;
      const near = typeof row.value !== "number" || Math.abs(levelPlace(app, row.value) - levelPlace(app, step.level)) <= 1;
      const shown = app.ui.shownLevels?.[skill.id]?.[step.level] ?? near;
      const show = () => app.keep({ shownLevels: { ...app.ui.shownLevels, [skill.id]: { ...app.ui.shownLevels?.[skill.id], [step.level]: !shown } } }, true);
      return h(
        "div",
        { key: step.level, class: classes("sm-level", on && "sm-level-on", row.required === step.level && "sm-level-bar") },
        h(
          "label",
          { class: "sm-level-head", for: id },
          h("input", {
            id,
            type: "radio",
            name: `sm-level-${skill.id}`,
            "data-focus": `level-${step.level}`,
            checked: on,
            "aria-describedby": `${id}-text`,
            onchange: () => app.rate(skill.id, step.level, { arrow: true }),
          }),
          h("span", { class: "sm-level-name" }, h("b", null, step.level), " ", step.name),
          described || shown || levelPlace(app, step.level) === 0 ? null : h("span", { class: "sm-level-tag" }, "the ladder describes nothing here"),
          row.required === step.level ? h("span", { class: "sm-level-tag" }, row.gate === step.level ? [icon("gate"), "Gate"] : "Bar") : null,
        ),
        near ? null : h("button", { type: "button", class: "sm-link sm-level-show", "aria-expanded": shown ? "true" : "false", "aria-controls": `${id}-text`, onclick: show }, shown ? "Hide" : "Show", hiddenText(` level ${step.level}`)),
        h("div", { class: "sm-level-text", id: `${id}-text`, hidden: !shown }, described ? anchorList(skill.anchors[step.level], { misses: true }) : levelPlace(app, step.level) === 0 ? h("p", { class: "sm-quiet" }, step.definition) : notDescribed()),
      );
    }),
  );
}

/* The level stands; the flag asks for a second look, often at a weak anchor. */
function gapBelow(app, skill, row) {
  if (typeof row.value !== "number" || levelPlace(app, row.value) < 2) return null;
  const mark = (event) => app.send("rate", { skill: skill.id, value: row.value, gap_below: event.target.checked });
  return h(
    "label",
    { class: "sm-check", key: "below" },
    h("input", { type: "checkbox", "data-focus": `below-${skill.id}`, checked: Boolean(row.below), onchange: mark }),
    h("span", null, panelWords(app).below),
  );
}

function conditions(app, skill) {
  if (!skill.conditions?.length) return null;
  return h(
    "details",
    { class: "sm-more" },
    h("summary", null, panelWords(app).chance),
    h(
      "ul",
      { class: "sm-plain-list" },
      skill.conditions.map((entry) => h("li", null, h("b", null, `${entry.when}: `), entry.instead, entry.levels?.length ? h("span", { class: "sm-quiet" }, ` (levels ${entry.levels.join(", ")})`) : null)),
    ),
  );
}

function otherStates(app, skill, row) {
  const words = { UNRATED: "Not rated", DECLINED: "Prefer not to say", NOT_OBSERVED: "Not observed", NOT_APPLICABLE: "Does not apply here" };
  const may = app.framework.state_words.filter((entry) => (app.rater ? entry.raters.includes(app.rater) : entry.may_set !== false) && words[entry.id]);
  const current = app.framework.state_words.find((entry) => entry.id === row.value);
  return h(
    "div",
    { class: "sm-states" },
    h(
      "div",
      { class: "sm-states-row", role: "group", "aria-label": "Instead of a level" },
      may.map((entry) =>
        h("button", { type: "button", class: "sm-chip-button", key: entry.id, "data-focus": `state-${entry.id}`, "aria-pressed": row.value === entry.id ? "true" : "false", title: entry.meaning, onclick: () => row.value !== entry.id && app.rate(skill.id, entry.id) }, words[entry.id]),
      ),
    ),
    current && current.id !== "UNRATED" && typeof row.value !== "number"
      ? h("p", { class: "sm-hint" }, current.meaning, current.id === "NOT_APPLICABLE" ? " You can only propose it: until the profile or a second person agrees, it counts as not known." : "")
      : null,
  );
}

const VISIBILITIES = [
  ["private", "Only me", "A private draft. It leaves this workspace with nothing and no one."],
  ["shared", "Shared with my mentor or manager", "Goes with the file when you hand it over."],
  ["panel", "Also the panel", "Goes with the file, and a calibration panel sees it too."],
];

function noteSection(app, skill) {
  const { state } = app;
  const refused = app.draft(`note.${skill.id}`); // typed, and not accepted by the kernel
  const note = refused || state.notes?.[skill.id] || { text: "", visibility: "private" };
  const id = `sm-note-${skill.id}`;
  const meaning = VISIBILITIES.find(([key]) => key === note.visibility)?.[2];
  const save = (part, options) => {
    const latest = app.draft(`note.${skill.id}`) || app.state.notes?.[skill.id] || note;
    app.setDraft(`note.${skill.id}`, null);
    app.send("note", { skill: skill.id, text: latest.text, visibility: latest.visibility, ...part }, { coalesce: `note:${skill.id}`, ...options });
  };
  return h(
    "section",
    { class: "sm-note", key: `note-${skill.id}`, "aria-labelledby": `${id}-title` },
    h("h3", { id: `${id}-title` }, "Note"),
    h("label", { class: "sm-hidden", for: id }, `Note on ${skill.title}`),
    h("textarea", {
      id,
      class: "sm-input",
      rows: "2",
      dir: "auto",
      maxlength: "20000",
      "data-focus": "note",
      placeholder: panelWords(app).note,
      "aria-describedby": `${id}-hint`,
      value: note.text,
      ref: (el) => requestAnimationFrame(() => autosize(el)),
      oninput: (event) => {
        autosize(event.target);
        save({ text: event.target.value }, { delay: 600 });
      },
    }),
    h(
      "div",
      { class: "sm-note-foot" },
      h("label", { for: `${id}-seen` }, "Who may read it"),
      h("select", { id: `${id}-seen`, class: "sm-input sm-input-auto", "data-focus": "note-seen", value: note.visibility, onchange: (event) => save({ visibility: event.target.value }) }, VISIBILITIES.map(([key, label]) => h("option", { value: key }, key === "shared" ? panelWords(app).shared : label))),
    ),
    h("p", { class: "sm-hint", id: `${id}-hint` }, meaning, " Write it so that everyone it mentions could read it: a person may ask for all notes about them."),
  );
}

/* The criteria at a glance: a shape and a word each. */
function criteriaStrip(app) {
  const { state } = app;
  const criteria = state.verdict?.criteria || [];
  if (!criteria.length) return null;
  return h(
    "ul",
    { class: classes("sm-strip", criteria.length === 1 && "sm-strip-one"), role: "list", "aria-label": "Criteria now", style: `--sm-criteria:${Math.min(criteria.length, 6)}` },
    criteria.map((criterion) =>
      h(
        "li",
        { key: criterion.id, class: classes("sm-strip-item", `sm-strip-${(STATE_WORDS[criterion.state] || ["open"])[0]}`, !criterion.code && "sm-strip-plain"), title: criterion.title },
        h("a", { href: "#results", onclick: (event) => {
          event.preventDefault();
          app.go("results", null, { criterion: criterion.id });
        } }, criterion.code ? h("span", { class: "sm-strip-code" }, criterion.code) : null, h("span", { class: "sm-strip-title" }, criterion.title), stateMark(criterion.state)),
      ),
    ),
  );
}
