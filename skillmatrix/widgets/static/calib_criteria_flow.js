/* calib_criteria_flow.js: the way through a card: read in silence, speak, rate again, decide. The
   clock says how long it has been; it stops nobody. */

const CARD_PHASES = [
  ["read", "Read in silence"],
  ["speak", "Speak"],
  ["again", "Rate again, blind"],
  ["decide", "Decide"],
];

/* The clock of the meeting; made when a card is first in hand, put away when the step is left. */
function criteriaTimer(app, { here, person }) {
  const held = app.held("cards");
  if (held.leaving) return null;
  app.leaveCard = () => leaveCriteria(app);
  if (!here.opened || !person) return held.timer || null;
  held.timer ||= createTimer(app, (item) => {
    const [criterion, code] = item.split("/");
    return { criterion, person: code };
  });
  held.timer.hand(`${here.id}/${person}`);
  return held.timer;
}

/* Another card, another step, another meeting: what was spoken is told, nothing stays on screen. */
function leaveCriteria(app) {
  const held = app.held("cards");
  const { timer } = held;
  app.leaveCard = null;
  closeAgain(app);
  if (!timer) return;
  held.leaving = true;
  timer.leave(null);
  timer.stop();
  held.timer = null;
  held.leaving = false;
}

function cardClock(app, timer, { here, person }) {
  const { each } = app.state.criteria;
  const on = timer.running();
  const started = on || timer.whole() > 0;
  const item = `${here.id}/${person}`;
  return h(
    "div",
    { class: "sm-timer", role: "group", "aria-label": "Clock" },
    started
      ? h("p", { role: "timer", "aria-live": "off" }, person ? [h("b", { "data-clock": "item" }, clockWords(timer.spent(item))), ` of about ${plural(each, "minute")}`] : null, h("span", { class: "sm-timer-item" }, "in all ", h("span", { "data-clock": "whole" }, clockWords(timer.whole()))))
      : h("p", { class: "sm-quiet" }, `About ${plural(each, "minute")} a card, if you like a clock.`),
    h("button", { type: "button", class: "sm-button sm-button-small", "data-focus": "timer", onclick: () => timer.toggle() }, on ? "Pause the clock" : started ? "Go on" : "Start the clock"),
  );
}

/* ---- the card ------------------------------------------------------------- */

function phaseOf(app, here, person) {
  const chosen = (app.ui.phases || {})[`${here.id}/${person}`];
  if (chosen) return chosen;
  const item = here.items[person];
  return itemReached(item) || item?.shown ? "decide" : "read";
}

function setPhase(app, here, person, phase) {
  app.keep({ phases: { ...(app.ui.phases || {}), [`${here.id}/${person}`]: phase } }, true, "phase-title");
}

function cardView(app, here, person) {
  const held = app.held(`card ${here.id}/${person}`);
  askOnce(app, held, "criterion_card", { criterion: here.id, person });
  const { view } = held;
  const at = here.people.indexOf(person);
  const next = here.people[at + 1];
  const before = here.people[at - 1];
  const phase = phaseOf(app, here, person);
  const step = (code, word, shape) => (code ? h("button", { type: "button", class: "sm-button sm-button-small", "data-focus": `go-${shape}`, "aria-label": `${word}: ${calledBy(app, code)}`, onclick: () => goCard(app, here.id, code) }, shape === "back" ? icon("back") : null, word, shape === "next" ? icon("next") : null) : null);
  return h(
    "article",
    { class: "sm-crit-talk", key: `card-${here.id}-${person}`, "aria-labelledby": "sm-crit-talk-title" },
    h(
      "header",
      { class: "sm-crit-talk-head" },
      h("div", null, h("p", { class: "sm-eyebrow" }, `${criterionName(here)} · ${at + 1} of ${here.people.length}`), h("h3", { class: "sm-crit-talk-name", id: "sm-crit-talk-title", tabindex: "-1", "data-focus": "card-title", dir: "auto" }, calledBy(app, person), app.ui.names && calledBy(app, person) !== person ? h("span", { class: "sm-crit-talk-code" }, ` ${person}`) : null)),
      h("div", { class: "sm-crit-talk-moves" }, step(before, "Previous", "back"), step(next, "Next", "next")),
    ),
    held.problems ? problemList(held.problems) : null,
    view
      ? [phaseSteps(app, here, person, phase), h("section", { class: classes("sm-crit-phase", `sm-crit-phase-${phase}`), key: `phase-${phase}`, "aria-labelledby": "sm-crit-phase-title" }, phaseView(app, here, person, phase, view)), cardFacts(app, view, phase)]
      : h("p", { class: "sm-quiet" }, "Opening the card…"),
  );
}

function phaseSteps(app, here, person, phase) {
  return h(
    "nav",
    { class: "sm-crit-phases", "aria-label": "This card" },
    h(
      "ol",
      { role: "list" },
      CARD_PHASES.map(([id, title], at) => h("li", { key: id }, h("button", { type: "button", class: classes("sm-crit-phase-step", id === phase && "sm-crit-phase-here"), "aria-current": id === phase ? "step" : null, "data-focus": `phase-${id}`, onclick: () => setPhase(app, here, person, id) }, h("span", { class: "sm-step-number", "aria-hidden": "true" }, at + 1), title))),
    ),
  );
}

function phaseView(app, here, person, phase, view) {
  if (phase === "speak") return speakPhase(app, here, person, view);
  if (phase === "again") return againPhase(app, here, person, view);
  if (phase === "decide") return decidePhase(app, here, person, view);
  return readPhase(app, here, person);
}

function phaseTitle(text) {
  return h("h4", { class: "sm-crit-phase-title", id: "sm-crit-phase-title", tabindex: "-1", "data-focus": "phase-title" }, text);
}

function onward(app, here, person, phase, word) {
  return h("button", { type: "button", class: "sm-button sm-button-main", "data-focus": "onward", onclick: () => setPhase(app, here, person, phase) }, word, icon("next"));
}

function readPhase(app, here, person) {
  return [
    phaseTitle("Everybody reads, nobody speaks"),
    h("p", null, "What is here: the ratings, what evidence carries, the two statements of each skill between which it is decided. Evidence and statements are the only arguments."),
    h("p", { class: "sm-hand-buttons" }, onward(app, here, person, "speak", "Everybody has read")),
  ];
}

function speakPhase(app, here, person, view) {
  const held = app.held(`card ${here.id}/${person}`);
  const names = view.speaking;
  const at = Math.min(held.speaker || 0, names.length - 1);
  const to = (place) => {
    held.speaker = place;
    app.announce(`${calledBy(app, names[place])} speaks.`);
    app.repaint();
  };
  const rated = new Map(view.raters.map((entry) => [entry.code, entry.kind]));
  const told = (code) => (rated.get(code) === "manager" ? "manager, speaks last" : rated.has(code) ? rated.get(code) : "has not rated");
  return [
    phaseTitle("What have you seen?"),
    h("p", null, "Not “what is your number?”: an instance, when it was, and who else can look at it."),
    app.state.present.length ? null : h("p", { class: "sm-quiet" }, "Nobody has said yet who is here, so these are all who have rated. ", h("button", { type: "button", class: "sm-link", onclick: () => app.go("norms") }, "Say who is here, the least senior first")),
    names.length
      ? h("ol", { class: "sm-crit-speakers", role: "list" }, names.map((code, place) => h("li", { key: code, class: classes("sm-crit-speaker", place === at && "sm-crit-speaker-now"), "aria-current": place === at ? "true" : null }, raterMark(app, code, rated.get(code) || "peer"), h("span", null, h("b", { class: "sm-crit-speaker-name", dir: "auto" }, calledBy(app, code)), h("span", { class: "sm-quiet" }, told(code))))))
      : null,
    h(
      "p",
      { class: "sm-hand-buttons" },
      at + 1 < names.length ? h("button", { type: "button", class: "sm-button sm-button-main", "data-focus": "next-speaker", onclick: () => to(at + 1) }, `Next: ${calledBy(app, names[at + 1])}`) : onward(app, here, person, "again", "Everybody has spoken"),
      at > 0 ? h("button", { type: "button", class: "sm-button", "data-focus": "previous-speaker", onclick: () => to(at - 1) }, "Back one") : null,
      at + 1 < names.length ? h("button", { type: "button", class: "sm-button", "data-focus": "skip-speaking", onclick: () => setPhase(app, here, person, "again") }, "On to the second rating") : null,
    ),
  ];
}
