/* plan.js: in the results, what is next: the smallest set of steps, with the goals they lead to.
   The kernel is asked when Results is open. */

const PLAN_FIRST = [
  ["steps", "Fewest steps"],
  ["effort", "Least time"],
];

/* Asked once for each state of the page; what was there stays until the answer comes. */
function askPlan(app) {
  const held = (app.plan ||= { view: null, problems: null, wish: null });
  const first = app.ui.planFirst || "steps";
  const wish = JSON.stringify([app.state.assessment.code, app.state.seq, first]);
  if (wish === held.wish) return;
  held.wish = wish;
  const settle = (part) => {
    if (held.wish !== wish) return;
    Object.assign(held, part);
    app.repaint();
  };
  app.ask("plan", { first }, { patience: 10000 }).then(
    ({ plan }) => settle({ view: plan, problems: null }),
    ({ problems }) => settle({ problems: problems || [] }),
  );
}

function planSection(app) {
  const { view, problems } = app.plan || {};
  return h(
    "section",
    { class: "sm-plan", "aria-labelledby": "sm-plan-title", key: "plan" },
    h("h2", { class: "sm-section-title", id: "sm-plan-title", tabindex: "-1" }, "What next: the smallest plan"),
    h("p", { class: "sm-quiet sm-plan-lead" }, `${view?.starts || ""} It says what is enough, not what is best for you.`),
    problems
      ? h("p", { class: "sm-warning", role: "status" }, icon("open"), h("span", null, `The plan could not be made: ${problems.map((problem) => problem.found).join("; ")}.`))
      : view
        ? planBody(app, view)
        : h("p", { class: "sm-figure-wait", role: "status" }, "Planning…"),
  );
}

function planBody(app, view) {
  if (view.infeasible.length) {
    return [h("p", { class: "sm-plan-sentence" }, view.sentence), h("ul", { class: "sm-plain-list" }, view.infeasible.map((text) => h("li", { key: text }, capital(text))))];
  }
  return [
    h("p", { class: "sm-plan-sentence" }, view.sentence),
    view.steps.length && view.effort ? planEffort(view) : null,
    view.steps.length > 1 && view.effort ? planChoice(app, view) : null,
    view.steps.length ? h("ol", { class: "sm-plan-steps" }, view.steps.map((step) => planStep(app, step))) : null,
    view.steps.length > 1 ? h("p", { class: "sm-quiet sm-plan-lead" }, `Larger${view.weighed ? " and more important" : ""} shortfalls stand first. ${view.order}`) : null,
    view.steps.length ? h("p", { class: "sm-quiet sm-plan-lead" }, planCore(view)) : null,
    planEvidence(view),
    planOthers(app, view),
  ];
}

function planCore(view) {
  const core = view.steps.filter((step) => !step.depends.length).length;
  const tried = `${view.effort ? "with other figures for time, " : ""}with each deciding rating one level lower, and in every plan as short as this one`;
  if (core === view.steps.length) return core === 1 ? `This step stays ${tried}.` : `All ${core} steps stay ${tried}.`;
  return core ? `${plural(core, "step")} ${core === 1 ? "stays" : "stay"} ${tried}; the others say what they hang on.` : `No step stays ${tried}: each says what it hangs on.`;
}

function weeks(effort) {
  const number = (value) => String(Math.round(value * 10) / 10);
  return `${number(effort.optimistic)} to ${number(effort.pessimistic)} weeks, likely ${number(effort.likely)}`;
}

function planEffort(view) {
  const unknown = view.unknown ? ` ${plural(view.unknown, "skill")} not rated ${view.unknown === 1 ? "is" : "are"} counted from the lowest level and may need nothing.` : "";
  return h("p", { class: "sm-quiet sm-plan-lead" }, `The levels you do not claim yet, one after the other: ${weeks(view.effort)} at normal work.${unknown} These are placeholders of the ladder, not measurements; steps overlap, so this is no date.`);
}

function planChoice(app, view) {
  return h(
    "fieldset",
    { class: "sm-plan-first" },
    h("legend", { class: "sm-hidden" }, "What the plan makes smallest first"),
    PLAN_FIRST.map(([id, title]) =>
      h("label", { class: "sm-choice", key: id }, h("input", { type: "radio", name: "sm-plan-first", value: id, "data-focus": `plan-${id}`, checked: view.first === id, onchange: () => app.keep({ planFirst: id }, true) }), h("span", null, title)),
    ),
  );
}

function planStep(app, step) {
  const claim = step.shown_to > step.from && step.known;
  return h(
    "li",
    { key: step.skill, class: "sm-plan-step" },
    h("h3", { class: "sm-plan-head" }, skillLink(app, step.skill, step.title), h("span", { class: "sm-plan-move" }, becomes(step.known ? step.from : "not rated", step.to))),
    h("p", { class: "sm-plan-why" }, `Without it fails: ${step.reasons.join("; ")}.`),
    step.known ? null : h("p", { class: "sm-plan-note" }, "Not rated yet: rate it first, it may need nothing."),
    claim ? h("p", { class: "sm-plan-note" }, step.shown_to >= step.to ? "You claim this level already: evidence is missing, not the skill." : `You claim ${step.shown_to} already: up to there evidence is missing, not the skill.`) : null,
    step.needs ? h("p", { class: "sm-plan-note" }, `To count, ${step.to} needs ${step.needs}.`) : null,
    step.depends.length ? h("p", { class: "sm-plan-note" }, `Not needed under: ${step.depends.join("; ")}.`) : null,
    step.effort ? h("p", { class: "sm-plan-note" }, `${capital(weeks(step.effort))}.`) : null,
    h(
      "details",
      { class: "sm-more sm-plan-goal" },
      h("summary", { "data-focus": `goal-${step.skill}` }, `What ${step.to} looks like`),
      step.goals.map((goal) => h("div", { key: goal.level }, h("p", { class: "sm-plan-level" }, `${goal.level} ${goal.name}`), h("ul", { class: "sm-plain-list" }, goal.anchors.map((text) => h("li", { key: text }, text))))),
    ),
  );
}

function planEvidence(view) {
  if (!view.evidence.length) return null;
  return [
    h("h3", { class: "sm-plan-part", key: "evidence-title" }, "Evidence the criteria ask for"),
    h(
      "ul",
      { class: "sm-plain-list", key: "evidence" },
      view.evidence.map((task) => h("li", { key: task.text }, capital(task.text), task.rules.length ? h("span", { class: "sm-cell-aside" }, ` For: ${task.rules.join("; ")}.`) : null)),
    ),
  ];
}

function planOthers(app, view) {
  if (!view.alternatives.length) return null;
  return h(
    "details",
    { class: "sm-more", key: "others" },
    h("summary", { "data-focus": "plan-others" }, `${plural(view.alternatives.length, "other plan")} with as few steps and as little time`),
    h("p", { class: "sm-quiet" }, "Which of them suits you is yours to say. What differs is set in bold."),
    h(
      "ul",
      { class: "sm-plain-list" },
      view.alternatives.map((other, at) =>
        h("li", { key: at }, other.map((step, index) => [index ? ", " : "", h(step.other ? "b" : "span", null, skillLink(app, step.skill, step.title), " ", becomes(step.from, step.to))])),
      ),
    ),
  );
}
