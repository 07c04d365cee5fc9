/* plan_step.js: what a person sets down for one skill of her plan: opportunity, own weeks, the highest
   level in time, actions with dates. What is not complete yet waits as a draft in this browser. */

const EFFORT_PARTS = [
  ["optimistic", "Optimistic"],
  ["likely", "Likely"],
  ["pessimistic", "Pessimistic"],
];
const CHANCES = [
  [true, "Yes"],
  [false, "No"],
  [null, "Not known"],
];
const MOST_WEEKS = 1040;

/* Weeks as people write them; empty is none. */
function readWeeks(typed) {
  if (!filled(String(typed ?? ""))) return { value: null };
  const { value, problem } = readNumber(typed);
  if (problem || value < 0 || value > MOST_WEEKS) return { problem: `weeks from 0 to ${MOST_WEEKS}, such as 6` };
  return { value };
}

function weekText(value) {
  return value === null || value === undefined ? "" : String(value);
}

function effortTexts(figures) {
  return EFFORT_PARTS.map(([part]) => weekText(figures?.[part]));
}

/* Three texts: figures, nothing, or what is still wrong with them. */
function readEffort(texts) {
  if (texts.every((text) => !filled(text))) return { none: true };
  const read = texts.map(readWeeks);
  if (read.some((entry) => entry.problem)) return { problem: `Give ${read.find((entry) => entry.problem).problem}.` };
  if (read.some((entry) => entry.value === null)) return { problem: "Give all three, or leave all three empty. Until then they are kept in this browser." };
  const [optimistic, likely, pessimistic] = read.map((entry) => entry.value);
  if (!(optimistic <= likely && likely <= pessimistic)) return { problem: "From optimistic to pessimistic no figure is smaller than the one before. Until then they are kept in this browser." };
  return { figures: { optimistic, likely, pessimistic } };
}

function storedPlan(app, skill) {
  return { opportunity: null, past_weeks: null, past_step: "", effort: [], cap: null, actions: [], ...app.state.own_plan?.[skill] };
}

function planDraft(app, skill) {
  return { effort: {}, actions: {}, ...app.draft(`plan.${skill}`) };
}

/* As it stands on the page: what is stored, and over it what is typed and not complete yet. */
function ownPlan(app, skill) {
  const stored = storedPlan(app, skill);
  const draft = planDraft(app, skill);
  const known = new Set(stored.actions.map((action) => action.id));
  const actions = stored.actions.map((action) => ({ due: null, done: null, ...action, ...draft.actions[action.id] }));
  for (const [id, action] of Object.entries(draft.actions)) if (!known.has(id)) actions.push({ id, text: "", due: null, done: null, ...action });
  return { ...stored, actions, draft };
}

function writeDraft(app, skill, draft) {
  const empty = !Object.keys(draft.effort).length && !Object.keys(draft.actions).length && draft.past_weeks === undefined;
  app.setDraft(`plan.${skill}`, empty ? null : draft);
}

function sendPlan(app, skill, entry, options) {
  const kept = {};
  if (entry.opportunity !== null) kept.opportunity = entry.opportunity;
  if (entry.past_weeks !== null) kept.past_weeks = entry.past_weeks;
  if (entry.past_step) kept.past_step = entry.past_step;
  if (entry.effort.length) kept.effort = entry.effort;
  if (entry.cap !== null) kept.cap = entry.cap;
  if (entry.actions.length) kept.actions = entry.actions.map(({ id, text, due, done }) => ({ id, text, ...(due ? { due } : {}), ...(done ? { done } : {}) }));
  app.send("own_plan", { skill, entry: Object.keys(kept).length ? kept : null }, { coalesce: `own_plan:${skill}`, ...options });
}

/* One part changes; drafts that have become complete go with it. */
function setPlan(app, skill, part, options) {
  const entry = { ...storedPlan(app, skill), ...part };
  const draft = planDraft(app, skill);
  for (const [id, action] of Object.entries(draft.actions)) {
    if (!filled(action.text)) continue;
    entry.actions = [...entry.actions.filter((other) => other.id !== id), { id, ...action }];
    delete draft.actions[id];
  }
  for (const [level, texts] of Object.entries(draft.effort)) {
    const { figures } = readEffort(texts);
    if (!figures) continue;
    entry.effort = [...entry.effort.filter((step) => step.level !== Number(level)), { level: Number(level), ...figures }].sort((a, b) => a.level - b.level);
    delete draft.effort[level];
  }
  writeDraft(app, skill, draft);
  sendPlan(app, skill, entry, options);
}

/* An entry the kernel did not take: its actions and figures are drafts again. */
function takeBackPlan(app, { skill, entry }) {
  if (!entry) return;
  const draft = planDraft(app, skill);
  for (const { id, ...action } of entry.actions || []) draft.actions[id] = action;
  for (const step of entry.effort || []) draft.effort[step.level] = effortTexts(step);
  if (entry.past_weeks !== undefined) draft.past_weeks = weekText(entry.past_weeks);
  writeDraft(app, skill, draft);
}

function setEffort(app, skill, level, texts) {
  const draft = planDraft(app, skill);
  const { figures, none } = readEffort(texts);
  if (figures || none) delete draft.effort[level];
  else draft.effort[level] = texts;
  writeDraft(app, skill, draft);
  if (!figures && !none) return app.repaint();
  const others = storedPlan(app, skill).effort.filter((step) => step.level !== level);
  return setPlan(app, skill, { effort: [...others, ...(figures ? [{ level, ...figures }] : [])].sort((a, b) => a.level - b.level) }, { delay: 600 });
}

function setPast(app, skill, typed) {
  const draft = planDraft(app, skill);
  const { value, problem } = readWeeks(typed);
  if (problem) draft.past_weeks = typed;
  else delete draft.past_weeks;
  writeDraft(app, skill, draft);
  return problem ? app.repaint() : setPlan(app, skill, { past_weeks: value }, { delay: 600 });
}

/* An action without words is a draft; the others are stored with it or without. */
function setAction(app, skill, id, part, options) {
  const draft = planDraft(app, skill);
  const stored = storedPlan(app, skill).actions;
  const known = stored.find((action) => action.id === id);
  const next = { text: "", due: null, done: null, ...known, ...draft.actions[id], ...part, id };
  if (filled(next.text)) delete draft.actions[id];
  else draft.actions[id] = { text: next.text, due: next.due, done: next.done };
  writeDraft(app, skill, draft);
  if (!filled(next.text)) return app.repaint();
  return setPlan(app, skill, { actions: known ? stored.map((action) => (action.id === id ? next : action)) : [...stored, next] }, options);
}

function addAction(app, skill) {
  const draft = planDraft(app, skill);
  const id = newId();
  draft.actions[id] = { text: "", due: null, done: null };
  writeDraft(app, skill, draft);
  app.repaint();
  app.focusSoon(`plan-action-${id}`);
}

function removeAction(app, skill, id) {
  const draft = planDraft(app, skill);
  const stored = storedPlan(app, skill).actions;
  delete draft.actions[id];
  writeDraft(app, skill, draft);
  if (stored.some((action) => action.id === id)) {
    setPlan(app, skill, { actions: stored.filter((action) => action.id !== id) });
    app.announce("Action removed.");
  } else app.repaint();
  app.focusSoon(`plan-add-${skill}`);
}

function isOverdue(action) {
  return Boolean(action.due) && !action.done && action.due < today();
}

function shortDay(iso) {
  const day = new Date(`${iso}T12:00:00`);
  const year = day.getFullYear() === new Date().getFullYear() ? {} : { year: "numeric" };
  return Number.isNaN(day.getTime()) ? iso : day.toLocaleDateString("en-GB", { day: "numeric", month: "long", ...year });
}

/* What is set down for a skill, in one line; empty where nothing is. */
function ownPlanWords(app, skill) {
  const own = ownPlan(app, skill);
  const waiting = own.actions.filter((action) => !action.done && filled(action.text));
  const next = waiting.map((action) => action.due).filter(Boolean).sort()[0];
  const late = waiting.filter(isOverdue).length;
  const done = own.actions.filter((action) => action.done).length;
  return [
    own.opportunity === true ? "yes, a project" : own.opportunity === false ? "no project" : null,
    own.effort.length ? "own weeks" : null,
    own.cap !== null ? `at most ${own.cap} in time` : null,
    waiting.length ? `${plural(waiting.length, "action")}${next ? `, next ${shortDay(next)}` : ""}${late ? `, ${late} overdue` : ""}` : null,
    done ? `${done} done` : null,
    hasPlanDraft(own) ? "something not complete" : null,
  ].filter(Boolean).join("; ");
}

function hasPlanDraft({ draft }) {
  return Boolean(Object.keys(draft.effort).length || draft.past_weeks !== undefined || Object.values(draft.actions).some((action) => action.due));
}

function isSetDown(app, skill) {
  return Boolean(app.state.own_plan?.[skill] || app.draft(`plan.${skill}`));
}

/* Closed, one line; open, everything a person may say of this step. */
function ownPlanForm(app, step) {
  const { skill, title } = step;
  const words = ownPlanWords(app, skill);
  const open = Boolean(app.ui.planOpen?.[skill]);
  return h(
    "details",
    { class: "sm-more sm-own", key: `own-${skill}`, open, ontoggle: (event) => event.currentTarget.open !== Boolean(app.ui.planOpen?.[skill]) && app.keep({ planOpen: { ...app.ui.planOpen, [skill]: event.currentTarget.open } }, true) },
    h("summary", { "data-focus": `own-${skill}` }, step.to > step.from ? "My plan for this step" : "What I set down", hiddenText(`: ${title}`), words ? h("span", { class: "sm-own-words" }, words) : null),
    open ? ownPlanFields(app, step) : null,
  );
}

function ownPlanFields(app, step) {
  const { skill, title } = step;
  const own = ownPlan(app, skill);
  return h(
    "div",
    { class: "sm-own-form" },
    h(
      "fieldset",
      { class: "sm-own-part" },
      h("legend", { class: "sm-own-question" }, "Do you have a project in the next two quarters that can show this?"),
      h(
        "div",
        { class: "sm-options" },
        CHANCES.map(([value, word]) =>
          h("label", { class: "sm-option", key: word }, h("input", { type: "radio", name: `sm-chance-${skill}`, "data-focus": `plan-chance-${skill}-${word}`, checked: own.opportunity === value, onchange: () => setPlan(app, skill, { opportunity: value }, { delay: 350 }) }), h("span", null, word)),
        ),
      ),
    ),
    pastFields(app, skill, title, own),
    effortFields(app, step, own),
    capField(app, step, own),
    actionFields(app, skill, title, own),
  );
}

/* Asked before any estimate: what people did before is a better guide than what they hope. */
function pastFields(app, skill, title, own) {
  const id = `sm-past-${skill}`;
  const typed = own.draft.past_weeks ?? weekText(own.past_weeks);
  const { problem } = readWeeks(typed);
  return h(
    "fieldset",
    { class: "sm-own-part" },
    h("legend", { class: "sm-own-question" }, "How long did a comparable step take you before?"),
    h(
      "div",
      { class: "sm-own-row" },
      h("div", { class: "sm-own-weeks" }, h("label", { for: id }, "Weeks", hiddenText(` a comparable step took, ${title}`)), h("input", { id, class: "sm-input", inputmode: "decimal", maxlength: "12", autocomplete: "off", "data-focus": id, "aria-invalid": problem ? "true" : null, "aria-describedby": problem ? `${id}-problem` : null, value: typed, oninput: (event) => setPast(app, skill, event.target.value) })),
      h("div", { class: "sm-own-wide" }, h("label", { for: `${id}-step` }, "Which step that was", hiddenText(`, ${title}`)), h("input", { id: `${id}-step`, class: "sm-input", dir: "auto", maxlength: "2000", autocomplete: "off", "data-focus": `${id}-step`, placeholder: "Such as: data querying from 2 to 3", value: own.past_step, oninput: (event) => setPlan(app, skill, { past_step: event.target.value }, { delay: 600 }) })),
    ),
    problem ? h("p", { class: "sm-item-problem", id: `${id}-problem` }, `Give ${problem}. Until then it is kept in this browser.`) : null,
  );
}

function effortFields(app, { skill, title, from, to, placeholders }, own) {
  const levels = app.framework.scale.map((entry) => entry.level).filter((level) => (level > from && level <= to) || own.draft.effort[level] || own.effort.some((step) => step.level === level));
  if (!levels.length) return null;
  const past = own.past_weeks === null ? null : `A comparable step took you ${plural(own.past_weeks, "week")}${own.past_step ? ` (${own.past_step})` : ""}.`;
  return h(
    "fieldset",
    { class: "sm-own-part" },
    h("legend", { class: "sm-own-question" }, "How many weeks may it take, at normal work?"),
    h("p", { class: "sm-hint" }, past || "People expect their own work to go faster than it does: think of the last time first.", placeholders.length ? " Figures in grey are placeholders of the ladder." : ""),
    levels.map((level) => effortRow(app, skill, title, own, level, placeholders.find((entry) => entry.level === level))),
  );
}

function effortRow(app, skill, title, own, level, usual) {
  const { scale } = app.framework;
  const below = scale[scale.findIndex((entry) => entry.level === level) - 1]?.level;
  const stored = own.effort.find((step) => step.level === level);
  const texts = own.draft.effort[level] || effortTexts(stored);
  const { problem } = readEffort(texts);
  const id = `sm-weeks-${skill}-${level}`;
  const set = (at) => (event) => {
    const now = ownPlan(app, skill);
    const latest = [...(now.draft.effort[level] || effortTexts(now.effort.find((step) => step.level === level)))];
    latest[at] = event.target.value;
    setEffort(app, skill, level, latest);
  };
  const reset = () => {
    setEffort(app, skill, level, ["", "", ""]);
    app.focusSoon(`${id}-0`);
  };
  return h(
    "div",
    { class: "sm-own-effort", key: level, role: "group", "aria-label": `${title}, from ${below} to ${level}` },
    h("p", { class: "sm-own-level" }, becomes(below, level), stored && !own.draft.effort[level] ? h("span", { class: "sm-chip" }, "yours") : null),
    EFFORT_PARTS.map(([part, word], at) =>
      h("div", { class: "sm-own-weeks", key: part }, h("label", { for: `${id}-${at}` }, word), h("input", { id: `${id}-${at}`, class: "sm-input", inputmode: "decimal", maxlength: "12", autocomplete: "off", "data-focus": `${id}-${at}`, placeholder: weekText(usual?.[part]), "aria-invalid": problem ? "true" : null, "aria-describedby": texts.some(filled) ? `${id}-said` : null, value: texts[at], oninput: set(at) })),
    ),
    texts.some(filled)
      ? h(
          "p",
          { class: problem ? "sm-item-problem" : "sm-hint", id: `${id}-said`, key: "said" },
          problem || (usual ? `The ladder’s: ${usual.optimistic}, ${usual.likely}, ${usual.pessimistic}.` : ""),
          " ",
          h("button", { type: "button", class: "sm-link", "data-focus": `${id}-reset`, onclick: reset }, usual ? "Back to the ladder’s" : "Clear", hiddenText(`, ${title}, from ${below} to ${level}`)),
        )
      : null,
  );
}

function capField(app, { skill, title, from }, own) {
  const id = `sm-cap-${skill}`;
  const levels = app.framework.scale.filter((entry) => entry.level >= from || entry.level === own.cap);
  return h(
    "div",
    { class: "sm-own-part sm-own-cap" },
    h("label", { class: "sm-own-question", for: id }, "The highest level you can reach in time", hiddenText(`, ${title}`)),
    h(
      "select",
      { id, class: "sm-input sm-input-auto", "data-focus": id, value: own.cap === null ? "" : String(own.cap), onchange: (event) => setPlan(app, skill, { cap: event.target.value === "" ? null : Number(event.target.value) }) },
      h("option", { value: "" }, "No limit"),
      levels.map((entry) => h("option", { key: entry.level, value: String(entry.level) }, `${entry.level} ${entry.name}`)),
    ),
  );
}

function actionFields(app, skill, title, own) {
  return h(
    "fieldset",
    { class: "sm-own-part" },
    h("legend", { class: "sm-own-question" }, "What will you do?"),
    own.actions.length ? h("ul", { class: "sm-own-actions", role: "list" }, own.actions.map((action) => actionRow(app, skill, title, action))) : null,
    h("button", { type: "button", class: "sm-button sm-button-small", "data-focus": `plan-add-${skill}`, "aria-label": `Add an action: ${title}`, onclick: () => addAction(app, skill) }, icon("plus"), "Add an action"),
  );
}

function actionRow(app, skill, title, action) {
  const id = `plan-action-${action.id}`;
  const name = filled(action.text) ? shorten(action.text, 60) : "this action";
  return h(
    "li",
    { key: action.id, class: classes("sm-own-action", action.done && "sm-own-done") },
    h(
      "div",
      { class: "sm-own-wide" },
      h("label", { for: id }, "Action", hiddenText(` for ${title}`)),
      h("textarea", {
        id,
        class: "sm-input",
        rows: "1",
        dir: "auto",
        maxlength: "20000",
        "data-focus": id,
        placeholder: "One thing that somebody else could see done",
        value: action.text,
        ref: (el) => requestAnimationFrame(() => autosize(el)),
        oninput: (event) => {
          autosize(event.target);
          setAction(app, skill, action.id, { text: event.target.value }, { delay: 600 });
        },
      }),
    ),
    h("div", { class: "sm-own-due" }, h("label", { for: `${id}-due` }, "By", hiddenText(`: ${name}`)), h("input", { id: `${id}-due`, class: "sm-input sm-input-date", type: "date", autocomplete: "off", "data-focus": `${id}-due`, value: action.due || "", oninput: (event) => setAction(app, skill, action.id, { due: event.target.value || null }, { delay: 600 }) })),
    h(
      "div",
      { class: "sm-own-ends" },
      doneBox(app, skill, action, `${id}-done`),
      isOverdue(action) ? h("span", { class: "sm-chip sm-chip-late" }, "Overdue") : null,
      h("button", { type: "button", class: "sm-link", "data-focus": `${id}-remove`, "aria-label": `Remove: ${name}`, onclick: () => removeAction(app, skill, action.id) }, "Remove"),
    ),
  );
}

function doneBox(app, skill, action, id, { listed = false } = {}) {
  const mark = (event) => {
    const done = event.target.checked;
    setAction(app, skill, action.id, { done: done ? today() : null });
    if (!listed) return;
    // The line moves to the other list, and focus with it.
    app.announce(done ? "Done." : "Not done.");
    app.focusSoon(done ? "plan-done" : id);
  };
  return h("label", { class: "sm-check" }, h("input", { type: "checkbox", id, "data-focus": id, checked: Boolean(action.done), onchange: mark }), h("span", null, action.done ? `Done ${shortDay(action.done)}` : "Done", hiddenText(`: ${filled(action.text) ? shorten(action.text, 60) : "this action"}`)));
}

/* Every action of every skill by its day, those without one after; what is done below. */
function nextActions(app, inPlan) {
  const all = app.framework.skills.flatMap((skill) => storedPlan(app, skill.id).actions.map((action) => ({ ...action, skill })));
  const waiting = all.filter((action) => !action.done).sort((a, b) => (a.due || "9999").localeCompare(b.due || "9999"));
  const done = all.filter((action) => action.done).sort((a, b) => b.done.localeCompare(a.done));
  if (!all.length) return null;
  return h(
    "section",
    { class: "sm-next", key: "next", "aria-labelledby": "sm-next-title" },
    h("h3", { class: "sm-plan-part", id: "sm-next-title" }, "Next actions"),
    waiting.length ? h("ul", { class: "sm-next-list", role: "list" }, waiting.map((action) => nextAction(app, action, inPlan))) : h("p", { class: "sm-quiet" }, "All of them are done."),
    done.length ? h("details", { class: "sm-more", key: "done" }, h("summary", { "data-focus": "plan-done" }, `${done.length} done`), h("ul", { class: "sm-next-list", role: "list" }, done.map((action) => nextAction(app, action, inPlan)))) : null,
  );
}

function nextAction(app, action, inPlan) {
  const { skill } = action;
  return h(
    "li",
    { key: action.id, class: classes("sm-next-item", action.done && "sm-own-done") },
    h("p", { class: "sm-next-day" }, action.due ? shortDay(action.due) : "No date", isOverdue(action) ? [" ", h("span", { class: "sm-chip sm-chip-late" }, "Overdue")] : null),
    h("p", { class: "sm-next-text" }, h("span", { dir: "auto" }, action.text), h("span", { class: "sm-next-skill" }, skillLink(app, skill.id, skill.title), inPlan && !inPlan.has(skill.id) ? ", not in the plan now" : "")),
    doneBox(app, skill.id, action, `plan-next-${action.id}`, { listed: true }),
  );
}

/* Nothing typed is lost: what is set down for skills the plan does not hold now. */
function ownElsewhere(app, inPlan, placeholders) {
  const others = app.framework.skills.filter((skill) => !inPlan.has(skill.id) && isSetDown(app, skill.id));
  if (!others.length) return null;
  const lowest = (skill) => app.row(skill.id)?.low ?? app.framework.scale[0].level;
  return h(
    "section",
    { class: "sm-own-elsewhere", key: "elsewhere", "aria-labelledby": "sm-elsewhere-title" },
    h("h3", { class: "sm-plan-part", id: "sm-elsewhere-title" }, "Set down for other skills"),
    h("p", { class: "sm-quiet sm-plan-lead" }, "The plan does not hold these now. What you wrote stays, and counts again when they are in it."),
    h("ul", { class: "sm-own-others", role: "list" }, others.map((skill) => h("li", { key: skill.id }, h("h4", { class: "sm-plan-head" }, skillLink(app, skill.id, skill.title)), ownPlanForm(app, { skill: skill.id, title: skill.title, from: lowest(skill), to: lowest(skill), placeholders })))),
  );
}
