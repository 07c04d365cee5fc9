/* plan_step.js: the form for one skill of her plan: opportunity, own weeks, the highest level in time,
   actions with dates; and the list of all actions by their day. */

const CHANCES = [
  [true, "Yes"],
  [false, "No"],
  [null, "Not known"],
];

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
      h("div", { class: "sm-own-wide" }, h("label", { for: `${id}-step` }, "Which step that was", hiddenText(`, ${title}`)), h("input", { id: `${id}-step`, class: "sm-input", dir: "auto", maxlength: "2000", autocomplete: "off", "data-focus": `${id}-step`, placeholder: "Such as: data querying from 2 to 3", value: own.draft.past_step ?? own.past_step, oninput: (event) => setPlan(app, skill, { past_step: event.target.value }, { delay: 600 }) })),
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
    h("div", { class: "sm-own-due" }, h("label", { for: `${id}-due` }, "By", hiddenText(`: ${name}`)), h("input", { id: `${id}-due`, class: "sm-input sm-input-date", type: "date", max: LAST_DAY, autocomplete: "off", "data-focus": `${id}-due`, value: action.due || "", oninput: (event) => setAction(app, skill, action.id, { due: event.target.value || null }, { delay: 600 }) })),
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
    if (setAction(app, skill, action.id, { done: done ? today() : null }) === null) return app.repaint();
    if (!listed) return undefined;
    // The line moves to the other list, and focus with it.
    app.announce(done ? "Done." : "Not done.");
    return app.focusSoon(done ? "plan-done" : id);
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
