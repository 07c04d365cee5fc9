/* plan.js: in the results, what is next: the smallest set of steps, with the goals they lead to.
   The kernel is asked when Results is open. */

const PLAN_FIRST = [
  ["steps", "Fewest steps"],
  ["effort", "Least time"],
];

function askPlan(app) {
  const held = (app.plan ||= { view: null, problems: null, wish: null });
  askOnce(app, held, "plan", { first: app.ui.planFirst || "steps" }, { settled: () => keepPlace(app) });
}

/* A new plan may order its steps anew: what a person is filling in keeps focus and caret. */
function keepPlace(app) {
  const active = document.activeElement;
  const key = active?.closest?.(".sm-plan") ? active.dataset.focus : null;
  const caret = key && typeof active.selectionStart === "number" ? active.selectionStart : null;
  app.repaint();
  if (!key || document.activeElement === active) return;
  app.focusSoon(key);
  if (caret !== null && document.activeElement?.dataset?.focus === key) document.activeElement.setSelectionRange(caret, caret);
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
  if (!app.state.rows.some((row) => typeof row.value === "number")) return planUnrated(app, view);
  const inPlan = new Set(view.steps.map((step) => step.skill));
  if (view.infeasible.length) {
    return [
      h("p", { class: "sm-plan-sentence" }, view.sentence),
      h("ul", { class: "sm-plain-list" }, view.infeasible.map((text) => h("li", { key: text }, capital(text), "."))),
      nextActions(app, inPlan),
      ownElsewhere(app, inPlan, view.placeholders),
    ];
  }
  return [
    h("p", { class: "sm-plan-sentence" }, view.sentence),
    view.steps.length && view.effort ? planEffort(view) : null,
    nextActions(app, inPlan),
    view.steps.length > 1 && view.effort ? planChoice(app, view) : null,
    view.steps.length ? h("ol", { class: "sm-plan-steps" }, view.steps.map((step) => planStep(app, step, view.placeholders))) : null,
    view.steps.length > 1 ? h("p", { class: "sm-quiet sm-plan-lead" }, `Larger${view.weighed ? " and more important" : ""} shortfalls stand first. ${view.order}`) : null,
    view.steps.length ? h("p", { class: "sm-quiet sm-plan-lead" }, planCore(view)) : null,
    planDetour(app, view.detour),
    planEvidence(view),
    planOthers(app, view),
    ownElsewhere(app, inPlan, view.placeholders),
  ];
}

/* With nothing rated every bar would be a step, and most of them not hers. */
function planUnrated(app, view) {
  return [
    h("p", { class: "sm-plan-lead", key: "unrated" }, "Nothing is rated yet, so there is nowhere to start from. Rate your skills first; the steps from there to the role then stand here."),
    h("p", { key: "rate" }, h("button", { type: "button", class: "sm-button", "data-focus": "plan-rate", onclick: () => app.go("rate") }, "Rate your skills", icon("next"))),
    nextActions(app, new Set()),
    ownElsewhere(app, new Set(), view.placeholders),
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
  const levels = view.steps.flatMap((step) => step.goals.map((goal) => step.own.includes(goal.level)));
  const own = levels.filter(Boolean).length;
  const whose = own === levels.length ? "The figures are yours" : own ? `${own} of ${levels.length} figures ${own === 1 ? "is" : "are"} yours, the others placeholders of the ladder, not measurements` : "These are placeholders of the ladder, not measurements";
  return h("p", { class: "sm-quiet sm-plan-lead" }, `The levels you do not claim yet, one after the other: ${weeks(view.effort)} at normal work.${unknown} ${whose}; steps overlap and hang together, so this is no date.`);
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

function planStep(app, step, placeholders) {
  const past = storedPlan(app, step.skill);
  const claim = step.shown_to > step.from && step.known;
  return h(
    "li",
    { key: step.skill, class: "sm-plan-step" },
    h("h3", { class: "sm-plan-head" }, skillLink(app, step.skill, step.title), h("span", { class: "sm-plan-move" }, becomes(step.known ? step.from : "not rated", step.to)), step.blocked ? h("span", { class: "sm-chip sm-chip-blocked" }, icon("open"), "Blocked by opportunity") : null),
    step.fails.length ? h("p", { class: "sm-plan-why" }, `Without it fails: ${step.fails.join("; ")}.`) : null,
    step.needed_for.map((needed) => h("p", { class: "sm-plan-why", key: `for-${needed.skill}` }, `Needed first for ${needed.title} at ${needed.level}.`, needed.reason ? ` ${needed.reason}` : "")),
    step.blocked ? h("p", { class: "sm-plan-note" }, "You said that no project can show it: it stays blocked, whatever its cost.") : null,
    step.known ? null : h("p", { class: "sm-plan-note" }, "Not rated yet: rate it first, it may need nothing."),
    claim ? h("p", { class: "sm-plan-note" }, step.shown_to >= step.to ? "You claim this level already: evidence is missing, not the skill." : `You claim ${step.shown_to} already: up to there evidence is missing, not the skill.`) : null,
    step.needs ? h("p", { class: "sm-plan-note" }, `To count, ${step.to} needs ${step.needs}.`) : null,
    step.depends.length ? h("p", { class: "sm-plan-note" }, `Not needed under: ${step.depends.join("; ")}.`) : null,
    step.effort ? h("p", { class: "sm-plan-note" }, `${capital(weeks(step.effort))}${stepFigures(step)}.`, past.past_weeks === null ? "" : ` A comparable step took you ${plural(past.past_weeks, "week")}${past.past_step ? ` (${past.past_step})` : ""}.`) : null,
    h(
      "details",
      { class: "sm-more sm-plan-goal", "data-print": "" },
      h("summary", { "data-focus": `goal-${step.skill}` }, `What ${step.to} looks like`),
      step.goals.map((goal) => h("div", { key: goal.level }, h("p", { class: "sm-plan-level" }, `${goal.level} ${goal.name}`), h("ul", { class: "sm-plain-list" }, goal.anchors.map((text) => h("li", { key: text }, text))))),
    ),
    ownPlanForm(app, { ...step, placeholders }),
  );
}

function stepFigures(step) {
  if (!step.own.length) return "";
  return step.own.length === step.goals.length ? " (yours)" : ` (level ${step.own.join(", ")}: yours)`;
}

/* Without the skills no project can show: another plan where there is one, else why not. */
function planDetour(app, detour) {
  if (!detour) return null;
  const names = (list) => list.map((entry, at) => [at ? ", " : "", skillLink(app, entry.skill, entry.title)]);
  const more = detour.more > 0 ? `It has ${plural(detour.more, "level step")} more.` : "It has as many level steps.";
  return h(
    "section",
    { class: "sm-detour", key: "detour", "aria-labelledby": "sm-detour-title" },
    h("h3", { class: "sm-plan-part", id: "sm-detour-title" }, "Where no project can show it"),
    detour.without.length
      ? [
          h("p", { class: "sm-plan-lead", key: "said" }, "There is another plan without ", names(detour.without), `. ${more}`),
          h("p", { class: "sm-plan-lead", key: "steps" }, detour.steps.map((step, index) => [index ? ", " : "", h(step.other ? "b" : "span", null, skillLink(app, step.skill, step.title), " ", becomes(step.from, step.to))])),
        ]
      : null,
    detour.needed.map((entry) => h("p", { class: "sm-plan-lead", key: entry.skill }, "No plan does without ", skillLink(app, entry.skill, entry.title), `: ${entry.reasons.join("; ")}. It takes an opportunity: raise it when your next project is planned.`)),
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
    { class: "sm-more", key: "others", "data-print": "" },
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
