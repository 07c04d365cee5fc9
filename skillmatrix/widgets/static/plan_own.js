/* plan_own.js: what a person sets down for one skill of her plan, as it is kept: what is complete goes
   to the kernel, what is not complete yet waits as a draft in this browser. */

const EFFORT_PARTS = [
  ["optimistic", "Optimistic"],
  ["likely", "Likely"],
  ["pessimistic", "Pessimistic"],
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

/* A locked round takes nothing: the page says so, and no draft goes. */
function standsLocked(app) {
  if (!app.state.lock) return false;
  app.stayLocked();
  return true;
}

function writeDraft(app, skill, draft) {
  const empty = !Object.keys(draft.effort).length && !Object.keys(draft.actions).length && draft.past_weeks === undefined && draft.past_step === undefined;
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
  return app.send("own_plan", { skill, entry: Object.keys(kept).length ? kept : null }, { coalesce: `own_plan:${skill}`, ...options });
}

/* One part changes; drafts that have become complete go with it. */
function setPlan(app, skill, part, options) {
  if (standsLocked(app)) return null;
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
  const past = readWeeks(draft.past_weeks);
  if (draft.past_weeks !== undefined && !past.problem) {
    entry.past_weeks = part.past_weeks === undefined ? past.value : part.past_weeks;
    delete draft.past_weeks;
  }
  if (draft.past_step !== undefined) {
    entry.past_step = part.past_step === undefined ? draft.past_step : part.past_step;
    delete draft.past_step;
  }
  writeDraft(app, skill, draft);
  return sendPlan(app, skill, entry, options);
}

/* An entry the kernel did not take: its actions and figures are drafts again. */
function takeBackPlan(app, { skill, entry }) {
  if (!entry) return;
  const draft = planDraft(app, skill);
  for (const { id, ...action } of entry.actions || []) draft.actions[id] = action;
  for (const step of entry.effort || []) draft.effort[step.level] = effortTexts(step);
  if (entry.past_weeks !== undefined) draft.past_weeks = weekText(entry.past_weeks);
  if (entry.past_step) draft.past_step = entry.past_step;
  writeDraft(app, skill, draft);
}

function setEffort(app, skill, level, texts) {
  if (standsLocked(app)) return null;
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
  if (standsLocked(app)) return null;
  const draft = planDraft(app, skill);
  const { value, problem } = readWeeks(typed);
  if (problem) draft.past_weeks = typed;
  else delete draft.past_weeks;
  writeDraft(app, skill, draft);
  return problem ? app.repaint() : setPlan(app, skill, { past_weeks: value }, { delay: 600 });
}

/* An action without words is a draft; the others are stored with it or without. */
function setAction(app, skill, id, part, options) {
  if (standsLocked(app)) return null;
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
  if (standsLocked(app)) return;
  const draft = planDraft(app, skill);
  const id = newId();
  draft.actions[id] = { text: "", due: null, done: null };
  writeDraft(app, skill, draft);
  app.repaint();
  app.focusSoon(`plan-action-${id}`);
}

function removeAction(app, skill, id) {
  if (standsLocked(app)) return;
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
  return Boolean(Object.keys(draft.effort).length || draft.past_weeks !== undefined || draft.past_step !== undefined || Object.values(draft.actions).some((action) => action.due));
}

function isSetDown(app, skill) {
  return Boolean(app.state.own_plan?.[skill] || app.draft(`plan.${skill}`));
}
