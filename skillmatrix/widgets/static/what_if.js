/* what_if.js: in the results, the board to play with. What is tried is judged by the kernel and stored
   nowhere: it lasts until it is reset, or until the page is left. */

const WHAT_IF_CARRIED = [
  [true, "As if evidence showed it"],
  [false, "As a claim alone"],
];

function whatIfHeld(app) {
  const held = (app.whatIf ||= { code: null, levels: {}, carried: true, view: null, problems: null, asked: null, busy: false, board: null, place: null });
  const { code } = app.state.assessment;
  if (held.code !== code) Object.assign(held, { code, levels: {}, view: null, problems: null, asked: null });
  return held;
}

/* Asked when something is tried; one question at a time, the latest wish last. */
function askWhatIf(app) {
  const held = whatIfHeld(app);
  if (held.place && !held.place.isConnected) Object.assign(held, { board: null, place: null });
  held.board?.update(whatIfRows(app));
  if (!Object.keys(held.levels).length) {
    Object.assign(held, { view: null, problems: null, asked: null });
    return;
  }
  const wish = whatIfWish(app);
  if (held.busy || held.asked === wish) return;
  Object.assign(held, { busy: true, asked: wish });
  const settle = (part) => {
    held.busy = false;
    if (Object.keys(held.levels).length) Object.assign(held, part);
    app.repaint();
  };
  app.ask("what_if", { levels: held.levels, carried: held.carried }, { patience: 10000 }).then(
    ({ what_if: view }) => {
      settle({ view, problems: null });
      if (whatIfWish(app) === wish) app.announce(whatIfSentence(app, view));
    },
    ({ problems }) => settle({ view: null, problems: problems || [] }),
  );
}

function whatIfWish(app) {
  const { levels, carried } = app.whatIf;
  return JSON.stringify([app.state.assessment.code, app.state.seq, carried, levels]);
}

/* The skills a rule of the role looks at: only they can move the result. */
function whatIfSkills(app) {
  const asked = new Set(app.state.verdict.criteria.flatMap((criterion) => criterion.parts.flatMap((part) => part.skills || [])));
  return app.framework.skills.filter((skill) => asked.has(skill.id));
}

function whatIfRow(app, row) {
  const { levels, carried, view } = app.whatIf;
  const plain = { ...row, evidence: 0, note: false };
  if (!(row.skill in levels)) return plain;
  const value = levels[row.skill];
  const top = app.framework.scale.at(-1).level;
  const judged = view?.carried === carried && view.rows.find((entry) => entry.skill === row.skill && entry.value === value);
  return { ...rowAfterRating({ ...plain, supported: carried ? top : row.supported }, value, app.framework), ...judged, was: row.value };
}

function whatIfRows(app) {
  return whatIfSkills(app).map((skill) => whatIfRow(app, app.row(skill.id)));
}

function tryLevel(app, skillId, value) {
  const held = app.whatIf;
  const row = app.row(skillId);
  delete held.levels[skillId];
  if (typeof value === "number" && value !== row.value) held.levels[skillId] = value;
  held.board?.patch(whatIfRow(app, row));
  afterPaint(() => app.repaint());
}

function resetWhatIf(app) {
  app.whatIf.levels = {};
  app.announce("Back to your ratings. Nothing was stored.");
  app.repaint();
}

function whatIfSentence(app, view) {
  const tried = Object.entries(app.whatIf.levels).map(([skill, level]) => `${app.skill(skill).title} ${level}`);
  const turned = view.criteria.filter((entry) => entry.before !== entry.after).map((entry) => `${entry.code || entry.title} becomes ${stateWord(entry.after)}`);
  const answer = view.before.label === view.after.label ? `The result stays: ${view.after.label}` : `The result becomes: ${view.after.label}`;
  return `Tried: ${tried.join(", ")}. ${[answer, ...turned].join(". ")}. Nothing is stored.`;
}

function stateWord(state) {
  return (STATE_WORDS[state] || [null, String(state)])[1].toLowerCase();
}

function whatIfSection(app) {
  const held = whatIfHeld(app);
  const open = Boolean(app.ui.whatIfOpen);
  // Undo takes back what was tried last, and no rating behind it.
  const onkeydown = (event) => {
    const last = Object.keys(held.levels).at(-1);
    const undo = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === "z";
    if (!last || (event.key !== "Escape" && !undo)) return;
    event.preventDefault();
    event.stopPropagation();
    if (undo) tryLevel(app, last, null);
    else resetWhatIf(app);
  };
  return h(
    "section",
    { class: "sm-what-if", "aria-labelledby": "sm-what-if-title", key: "what-if", onkeydown },
    h("h2", { class: "sm-section-title", id: "sm-what-if-title", tabindex: "-1" }, "What if a level were another"),
    h("p", { class: "sm-quiet sm-what-if-lead" }, "Move levels on a copy of the board and see what the result would be. It shows what counts, not what is easy."),
    h("button", { type: "button", class: "sm-button", "aria-expanded": open ? "true" : "false", "aria-controls": "sm-what-if-body", "data-focus": "what-if-open", onclick: () => app.keep({ whatIfOpen: !open }, true) }, icon("sliders"), open ? "Close the copy" : "Try other levels"),
    h("div", { id: "sm-what-if-body", hidden: !open }, open ? whatIfBody(app, held) : null),
  );
}

function whatIfBody(app, held) {
  const { framework } = app;
  const skills = whatIfSkills(app);
  const left = framework.skills.length - skills.length;
  const mount = (place) => {
    held.place = place;
    held.board = mountBoard(place, {
      skills,
      areas: framework.areas,
      scale: framework.scale,
      rows: whatIfRows(app),
      evidence: framework.asks_evidence !== false,
      onRate: (skillId, value) => tryLevel(app, skillId, value),
      onSelect: (skillId, { open }) => {
        if (open) app.go("rate", skillId, { focusTitle: true });
      },
    });
  };
  return [
    whatIfBar(app, held),
    framework.asks_evidence === false ? null : whatIfChoice(app, held),
    h(
      "div",
      { class: "sm-what-if-grid" },
      h("div", { class: "sm-what-if-outcome" }, whatIfOutcome(app, held)),
      h(
        "div",
        { class: "sm-what-if-board", role: "group", "aria-label": "Levels to try; nothing is stored" },
        h("div", { key: `what-if-${skills.map((skill) => skill.id).join("-")}`, opaque: true, ref: mount }),
        left ? h("p", { class: "sm-quiet" }, `${plural(left, "skill")} that no rule of this role looks at ${left === 1 ? "is" : "are"} left out: ${left === 1 ? "it changes" : "they change"} nothing here.`) : null,
      ),
    ),
  ];
}

/* Stays in sight while one plays. */
function whatIfBar(app, held) {
  const { verdict } = app.state;
  const tried = Object.keys(held.levels).length;
  const now = { word: verdict.word, label: verdict.label };
  const after = held.view?.after;
  const turned = held.view?.criteria.filter((entry) => entry.before !== entry.after) || [];
  const codes = turned.map((entry) => entry.code).filter(Boolean);
  return h(
    "div",
    { class: "sm-what-if-bar" },
    h("p", { class: "sm-what-if-banner" }, h("b", null, "Trying out: nothing here is stored.")),
    h(
      "p",
      { class: "sm-what-if-answer", "aria-busy": held.busy ? "true" : "false" },
      !after || after.label === now.label ? [answerMark(now), after ? h("span", { class: "sm-cell-aside" }, " as before") : null] : becomes(answerMark(now), answerMark(after)),
      turned.length ? h("span", { class: "sm-what-if-turned" }, `${codes.length === turned.length ? codes.join(", ") : plural(turned.length, "criterion", "criteria")} ${turned.length === 1 ? "turns" : "turn"}`) : null,
    ),
    h("button", { type: "button", class: "sm-button sm-button-small", "data-focus": "what-if-reset", "aria-disabled": tried ? "false" : "true", "aria-keyshortcuts": "Escape", onclick: () => tried && resetWhatIf(app) }, icon("undo"), "Reset", h("kbd", { class: "sm-kbd", "aria-hidden": "true" }, "Esc")),
  );
}

function whatIfChoice(app, held) {
  return h(
    "fieldset",
    { class: "sm-what-if-choice" },
    h("legend", { class: "sm-hidden" }, "How a level that is tried counts"),
    WHAT_IF_CARRIED.map(([carried, title]) =>
      h("label", { class: "sm-choice", key: title }, h("input", { type: "radio", name: "sm-what-if-carried", "data-focus": `what-if-${carried ? "shown" : "claimed"}`, checked: held.carried === carried, onchange: () => {
        held.carried = carried;
        app.repaint();
      } }), h("span", null, title)),
    ),
    h("p", { class: "sm-quiet" }, held.carried ? "Each level tried counts in full, although no evidence for it is here. Evidence the criteria ask for themselves stays as it is." : "Each level tried counts as far as the evidence you have carries it."),
  );
}

function whatIfOutcome(app, held) {
  const tried = Object.entries(held.levels);
  if (held.problems) return h("p", { class: "sm-warning", role: "status" }, icon("open"), h("span", null, `This could not be tried: ${held.problems.map((problem) => problem.found).join("; ")}.`));
  if (!tried.length) return h("p", { class: "sm-quiet" }, "Nothing is tried yet. Choose a level on the board: by click, with the arrow keys, or with its digit; u takes it back.");
  return [
    h("h3", { class: "sm-what-if-part" }, "Tried"),
    h(
      "ul",
      { class: "sm-what-if-tried", role: "list" },
      tried.map(([skillId, level]) => whatIfTried(app, skillId, level)),
    ),
    held.view ? whatIfCriteria(app, held.view) : h("p", { class: "sm-quiet", role: "status" }, "Judging…"),
  ];
}

function whatIfTried(app, skillId, level) {
  const { title } = app.skill(skillId);
  const { value } = app.row(skillId);
  return h(
    "li",
    { key: skillId },
    h("span", null, title, " ", h("span", { class: "sm-what-if-move" }, becomes(typeof value === "number" ? value : "not rated", level))),
    h(
      "span",
      { class: "sm-what-if-do" },
      h("a", { href: `#rate/${skillId}`, "data-focus": `what-if-rate-${skillId}`, "aria-label": `Rate it for real: ${title}`, onclick: (event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        app.go("rate", skillId, { focusTitle: true });
      } }, "Rate it for real"),
      h("button", { type: "button", class: "sm-link", "data-focus": `what-if-back-${skillId}`, "aria-label": `Take back: ${title}`, onclick: () => {
        tryLevel(app, skillId, null);
        app.focusSoon("what-if-reset");
      } }, "Take back"),
    ),
  );
}

function whatIfCriteria(app, view) {
  const turned = view.criteria.filter((entry) => entry.parts.length);
  const same = view.criteria.length - turned.length;
  return [
    h("h3", { class: "sm-what-if-part" }, "What changes"),
    turned.length
      ? h(
          "ul",
          { class: "sm-what-if-criteria", role: "list" },
          turned.map((entry) =>
            h(
              "li",
              { key: entry.id },
              h("p", { class: "sm-what-if-criterion" }, h("b", null, entry.code || entry.title), " ", entry.before === entry.after ? [stateMark(entry.after), h("span", { class: "sm-cell-aside" }, " as before")] : becomes(stateMark(entry.before), stateMark(entry.after))),
              h("ul", { class: "sm-plain-list" }, entry.parts.map((part) => h("li", { key: part.id }, part.title, ": ", becomes(stateWord(part.before), stateWord(part.after))))),
            ),
          ),
        )
      : h("p", null, "No part of any criterion comes out otherwise."),
    turned.length && same ? h("p", { class: "sm-quiet" }, `${same} of ${view.criteria.length} criteria ${same === 1 ? "is" : "are"} as before.`) : null,
  ];
}
