/* interview_score.js: step Score: take a seat, score each dimension alone, say what was seen, close. */

const SEAT_WORDS = { none: "not begun", begun: "begun", sealed: "closed" };
const SEEN_WORDS = [
  ["seen", "Seen"],
  ["not seen", "Not seen"],
  ["no chance", "No chance to see"],
];
const OBSERVED = "observations";

const SEAT_KEEP = 500; // ms after the last key until the kernel keeps it

function scoreView(app) {
  const seat = app.held("seat");
  if (seat.closed) return closedView(app, seat);
  if (seat.rater) return seatView(app, seat);
  return seatsView(app);
}

/* What is given goes to the kernel as a question: never into the storage of a browser at which the
   next interviewer sits. */
function keepSeatSoon(app, seat) {
  seat.dirty = true;
  clearTimeout(seat.waiting);
  seat.waiting = setTimeout(() => keepSeatNow(app, seat), SEAT_KEEP);
}

function keepSeatNow(app, seat) {
  clearTimeout(seat.waiting);
  if (!seat.rater || !seat.dirty) return;
  const { rater } = seat;
  seat.dirty = false;
  const settled = (trouble, problems = null) => {
    if (seat.rater !== rater || seat.closed) return;
    const changed = seat.trouble !== trouble;
    Object.assign(seat, { trouble, problems });
    if (trouble) seat.dirty = true;
    if (changed || problems) app.repaint();
  };
  const wait = setTimeout(() => settled(true), 4000);
  app.ask("give", { rater, ...seat.given }, { patience: 10000 }).then(
    () => (clearTimeout(wait), settled(false)),
    ({ problems }) => (clearTimeout(wait), settled(true, problems || [])),
  );
}

function leaveSeat(app) {
  const seat = app.held("seat");
  if (seat.rater) {
    keepSeatNow(app, seat);
    app.ui.seated = true;
  }
  for (const key of Object.keys(seat)) delete seat[key];
  for (const key of ["question", "anyway"]) delete app.held("seats")[key];
}

function closedView(app, seat) {
  const name = app.state.panel.find((each) => each.code === seat.rater)?.name || seat.rater;
  const { filename, data } = seat.closed;
  const on = () => {
    leaveSeat(app);
    app.repaint();
    app.focusSoon("step");
  };
  return h(
    "section",
    { class: "sm-seat-closed", key: "closed", "aria-labelledby": "sm-closed-title" },
    h("h2", { class: "sm-section-title sm-room-title", id: "sm-closed-title", tabindex: "-1", "data-focus": "seat-closed", dir: "auto" }, `${name}: your scores are closed`),
    h("p", null, "Hand the keyboard on. Nobody sees them before all are shown. Whoever scores away from the others keeps them as a file and sends it to the lead: it is given here alone."),
    h("p", { class: "sm-hand-buttons" }, h("button", { type: "button", class: "sm-button sm-button-main", "data-focus": "hand-on", onclick: on }, "Hand on", icon("next")), h("button", { type: "button", class: "sm-button", "data-focus": "own-file", onclick: () => saveFile(filename, data) }, "My scores as a file")),
  );
}

function seatsView(app) {
  const { panel, revealed, closed } = app.state;
  const told = app.held("seats");
  const open = panel.filter((each) => each.state !== "sealed");
  const take = (rater) =>
    askHere(app, told, "take_seat", { rater }, (answer) => {
      if (app.stepNow() !== "score") return;
      Object.assign(app.held("seat"), { rater, given: answer.seat, at: app.framework.interview.dimensions[0].id, say: null, problems: null });
      app.focusSoon("seat");
    }, { say: "The seat is not free." });
  const file = (rater) => askHere(app, told, "score_file", { rater }, (answer) => saveFile(answer.filename, answer.data), { say: "The file was not made." });
  const unseal = (rater) =>
    askHere(app, told, "unseal", { rater }, () => {
      told.question = null;
      app.focusSoon(`seat-${rater}`);
    }, { say: "They are still closed." });
  const question = (rater) => {
    told.question = rater;
    app.repaint();
    app.focusSoon(rater ? "unseal-no" : "step");
  };
  const buttons = (each) =>
    each.state === "sealed"
      ? h("span", { class: "sm-hand-buttons" }, app.state.files ? h("button", { type: "button", class: "sm-button sm-button-small", "aria-label": `Scores of ${each.name} as a file`, onclick: () => file(each.code) }, "As a file") : null, revealed || closed || told.question === each.code ? null : h("button", { type: "button", class: "sm-button sm-button-small", "data-focus": `unseal-${each.code}`, "aria-label": `Open the scores of ${each.name} again`, onclick: () => question(each.code) }, "Open again"))
      : closed
        ? null
        : h("button", { type: "button", class: "sm-button sm-button-main", "data-focus": `seat-${each.code}`, onclick: () => take(each.code) }, each.state === "begun" ? "Go on" : "Take the seat");
  const asked = (each) => h("div", { class: "sm-interview-ask", role: "group", "aria-label": "Open them again?" }, h("p", { dir: "auto" }, `Only ${each.name} opens these, and whoever takes the seat then sees them. The log will say that they were opened again.`), h("p", { class: "sm-hand-buttons" }, h("button", { type: "button", class: "sm-button sm-button-small", "data-focus": "unseal-yes", onclick: () => unseal(each.code) }, `I am ${each.name}: open mine`), h("button", { type: "button", class: "sm-button sm-button-small", "data-focus": "unseal-no", onclick: () => question(null) }, "Leave them closed")));
  return [
    stepTitle("Score", panel.length ? "Each interviewer alone. Take your seat, score, close, and hand the keyboard on. Nobody sees a score before all are shown." : null),
    closedWords(app),
    toldHere(told),
    panel.length
      ? h(
          "ul",
          { class: "sm-assessments sm-interview-seats", role: "list" },
          panel.map((each) =>
            h("li", { key: each.code, class: "sm-assessment" }, h("div", { class: "sm-assessment-body" }, h("p", { class: "sm-assessment-name", dir: "auto" }, each.name), h("p", { class: "sm-assessment-meta" }, each.state === "sealed" ? [icon("check"), " closed"] : SEAT_WORDS[each.state]), told.question === each.code ? asked(each) : null), buttons(each)),
          ),
        )
      : h("p", null, "Nobody is named yet. ", h("button", { type: "button", class: "sm-link", onclick: () => app.go("prepare") }, "Say who interviews.")),
    panel.length && !revealed && !closed ? revealPlace(app, open) : null,
    revealed ? h("p", { class: "sm-quiet" }, "Scores have been shown. Whoever scores now does so after having been able to see the others; it will say so.") : null,
  ];
}

function revealPlace(app, open) {
  const told = app.held("seats");
  const closed = app.state.panel.length - open.length;
  if (closed < 2) return h("p", { class: "sm-quiet" }, `${closed} of ${app.state.panel.length} closed. At least two are needed to set side by side.`);
  const show = (anyway) => askHere(app, told, "reveal", { anyway }, () => app.go("compare"), { say: "Nothing was shown." });
  const wonder = (on) => {
    told.anyway = on;
    app.repaint();
    app.focusSoon(on ? "anyway-no" : "reveal-anyway");
  };
  return h(
    "div",
    { class: "sm-interview-reveal" },
    open.length
      ? [
          h("p", null, "Not closed yet: ", h("span", { dir: "auto" }, open.map((each) => each.name).join(", ")), ". Scores that come after the reveal are no longer blind."),
          told.anyway
            ? h("div", { class: "sm-interview-ask", role: "group", "aria-label": "Show them anyway?" }, h("p", null, "This cannot be taken back: once shown, no score is blind any more, and theirs will be left out of the agreement."), h("p", { class: "sm-hand-buttons" }, h("button", { type: "button", class: "sm-button sm-button-small", "data-focus": "anyway-yes", onclick: () => show(true) }, "Show them now"), h("button", { type: "button", class: "sm-button sm-button-small", "data-focus": "anyway-no", onclick: () => wonder(false) }, "Wait")))
            : h("button", { type: "button", class: "sm-button", "data-focus": "reveal-anyway", onclick: () => wonder(true) }, "Show the closed ones anyway"),
        ]
      : [h("p", null, h("b", null, "All have closed their scores.")), h("button", { type: "button", class: "sm-button sm-button-main", "data-focus": "reveal", "aria-disabled": told.busy ? "true" : "false", onclick: () => show(false) }, "Show all scores", icon("next"))],
  );
}

function seatView(app, seat) {
  const rubric = app.framework.interview;
  const name = app.state.panel.find((each) => each.code === seat.rater)?.name || seat.rater;
  const { given } = seat;
  const keep = (part) => {
    Object.assign(given, part);
    keepSeatSoon(app, seat);
  };
  const left = rubric.dimensions.filter((each) => !(each.id in given.scores));
  const close = () => {
    if (!Object.keys(given.scores).length) return sayHere(app, seat, "Score at least one dimension first.");
    clearTimeout(seat.waiting);
    const { rater } = seat;
    return askHere(app, seat, "seal", { rater, ...given }, (answer) => {
      if (seat.rater !== rater) return;
      for (const key of Object.keys(seat)) delete seat[key];
      Object.assign(seat, { rater, closed: answer.file });
      app.announce("Closed. Hand the keyboard on.");
      app.focusSoon("seat-closed");
    }, { say: "Your scores are not closed yet. What you gave is still here." });
  };
  const out = () => {
    leaveSeat(app);
    app.announce("Not closed yet.");
    app.repaint();
    app.focusSoon("step");
  };
  const mark = (id) => {
    if (!(id in given.scores)) return hiddenText("not scored");
    return given.scores[id] === "NOT_OBSERVED" ? [h("span", { "aria-hidden": "true" }, "–"), hiddenText("no chance to see it")] : [hiddenText("step "), String(given.scores[id])];
  };
  const flagged = Object.keys(given.observations).length;
  const open = (id) => {
    seat.at = id;
    app.repaint();
    app.focusSoon("dimension");
  };
  const here = rubric.dimensions.find((each) => each.id === seat.at);
  const items = [...rubric.dimensions.map((each) => [each.id, each.title, mark(each.id), unseenIn(app, each)]), [OBSERVED, "What was seen", flagged ? [String(flagged), hiddenText(" noted")] : "", false]];
  return h(
    "div",
    { class: "sm-seat", key: `seat-${seat.rater}`, onfocusout: () => keepSeatNow(app, seat) },
    h("div", { class: "sm-seat-head" }, h("h2", { class: "sm-section-title sm-room-title", tabindex: "-1", "data-focus": "seat", dir: "auto" }, `${name} scores`), h("button", { type: "button", class: "sm-button sm-button-small", onclick: out }, "Leave the seat")),
    h(
      "nav",
      { class: "sm-seat-list", "aria-label": "Dimensions" },
      h(
        "ul",
        { role: "list" },
        items.map(([id, title, value, unseen]) => h("li", { key: id }, h("button", { type: "button", class: classes("sm-seat-item", seat.at === id && "sm-seat-here"), "aria-current": seat.at === id ? "true" : null, "data-focus": `dimension-${id}`, onclick: () => open(id) }, h("span", null, title, unseen ? h("span", { class: "sm-seat-unseen" }, "not in the chosen exercises") : null), h("span", { class: "sm-seat-mark" }, value)))),
      ),
    ),
    h("div", { class: "sm-seat-form" }, here ? dimensionForm(app, here, given, keep, open) : observationForm(app, given, keep)),
    h("div", { class: "sm-seat-end" }, left.length ? h("p", { class: "sm-quiet" }, `Not scored: ${left.map((each) => each.title).join(", ")}. That is an answer too; it will say “not scored”.`) : null, seat.trouble ? h("p", { class: "sm-warning", role: "status", key: "trouble" }, icon("open"), h("span", null, "Not kept yet. What you gave stands in this seat alone; stay until it is kept. ", h("button", { type: "button", class: "sm-link", onclick: () => { seat.dirty = true; keepSeatNow(app, seat); } }, "Try again"))) : null, toldHere(seat), h("button", { type: "button", class: classes("sm-button", !left.length && "sm-button-main"), "data-focus": "close-scores", "aria-disabled": seat.busy ? "true" : "false", onclick: close }, seat.busy ? "Closing…" : "Close my scores")),
  );
}

/* Whether none of the exercises chosen for this interview informs a dimension. */
function unseenIn(app, dimension) {
  const chosen = app.state.exercises;
  return chosen.length > 0 && !dimension.exercises.some((id) => chosen.includes(id));
}

function exercisesOf(app, dimension) {
  const chosen = app.state.exercises;
  const all = app.framework.interview.exercises.filter((each) => dimension.exercises.includes(each.id));
  const here = chosen.length ? all.filter((each) => chosen.includes(each.id)) : all;
  if (!here.length) return all.length ? h("p", { class: "sm-quiet" }, `Seen in ${all.map((each) => each.title).join(", ")}, which ${all.length === 1 ? "is" : "are"} not among the exercises chosen here: what did not come up is “no chance to see it”.`) : null;
  return here.map((each) => h("details", { class: "sm-more", key: each.id }, h("summary", null, `Seen in: ${each.title}`), h("p", { class: "sm-label" }, "What to look for"), h("ul", { class: "sm-list" }, each.expects.map((text) => h("li", { key: text }, text)))));
}

function dimensionForm(app, dimension, given, keep, open) {
  const rubric = app.framework.interview;
  const value = given.scores[dimension.id];
  const choose = (level) => {
    keep({ scores: { ...given.scores, [dimension.id]: level } });
    app.repaint();
  };
  const at = rubric.dimensions.findIndex((each) => each.id === dimension.id);
  const next = rubric.dimensions[at + 1];
  const takeBack = () => {
    const { [dimension.id]: gone, ...rest } = given.scores;
    keep({ scores: rest });
    app.repaint();
    app.focusSoon("dimension");
  };
  const option = (level, title, texts, miss = null, definition = null) =>
    h(
      "label",
      { class: classes("sm-seat-option", value === level && "sm-seat-chosen"), key: String(level) },
      h("input", { type: "radio", name: `sm-seat-${dimension.id}`, value: String(level), checked: value === level, onchange: () => choose(level) }),
      h("span", { class: "sm-seat-option-text" }, h("span", null, h("b", null, title), definition ? h("span", { class: "sm-quiet" }, ` ${definition}`) : null), texts.map((text) => h("span", { class: "sm-seat-anchor", key: text }, text)), miss ? h("span", { class: "sm-seat-anchor sm-quiet", key: "miss" }, `Not this: ${miss}`) : null),
    );
  return h(
    "section",
    { key: dimension.id, "aria-labelledby": "sm-dimension-title" },
    h("h3", { class: "sm-section-title", id: "sm-dimension-title", tabindex: "-1", "data-focus": "dimension" }, dimension.title),
    dimensionAsks(dimension),
    exercisesOf(app, dimension),
    h("fieldset", { class: "sm-seat-options" }, h("legend", { class: "sm-hidden" }, "The step that what you saw fits"), rubric.scale.map((step) => option(step.level, `${step.level} ${step.name}`, dimension.anchors[step.level] || [], dimension.near_misses[step.level], step.definition)), option("NOT_OBSERVED", "No chance to see it", ["It did not come up. Nobody is asked to guess."])),
    value === undefined ? null : h("button", { type: "button", class: "sm-link", "data-focus": "take-back", onclick: takeBack }, "Take this score back"),
    h("div", { class: "sm-field" }, h("label", { for: `sm-note-${dimension.id}` }, "What you saw or heard"), h("textarea", { id: `sm-note-${dimension.id}`, class: "sm-input", rows: "3", dir: "auto", maxlength: "5000", "data-focus": "note", "aria-describedby": `sm-note-${dimension.id}-hint`, value: given.notes[dimension.id] || "", oninput: (event) => keep({ notes: { ...given.notes, [dimension.id]: event.target.value } }) }), h("p", { class: "sm-hint", id: `sm-note-${dimension.id}-hint` }, "In words the candidate could read: they may ask for them.")),
    h("button", { type: "button", class: "sm-button", "data-focus": "next-dimension", onclick: () => open(next ? next.id : OBSERVED) }, next ? `Next: ${next.title}` : "Next: what was seen", icon("next")),
  );
}

function observationForm(app, given, keep) {
  const rubric = app.framework.interview;
  const kinds = [
    ["strong", "Strong signals"],
    ["weak", "Weak signals"],
    ["red-flag", "Red flags"],
  ];
  const set = (id, part, paint = true) => {
    const said = { seen: "seen", words: "", ...(given.observations[id] || {}), ...part };
    keep({ observations: { ...given.observations, [id]: said } });
    if (paint) app.repaint();
  };
  const takeBack = (id) => {
    const { [id]: gone, ...rest } = given.observations;
    keep({ observations: rest });
    app.repaint();
    app.focusSoon("dimension");
  };
  return h(
    "section",
    { key: OBSERVED, "aria-labelledby": "sm-observed-title" },
    h("h3", { class: "sm-section-title", id: "sm-observed-title", tabindex: "-1", "data-focus": "dimension" }, "What was seen"),
    h("p", { class: "sm-quiet" }, "Leave out what you did not look for. Nothing here is counted; a red flag is talked about, and decides nothing by itself."),
    kinds.map(([kind, title]) => [
      h("h4", { class: "sm-label", key: kind }, title),
      h(
        "ul",
        { class: "sm-seat-observed", role: "list", key: `${kind}-list` },
        rubric.observations.filter((each) => each.kind === kind).map((each) => {
          const said = given.observations[each.id];
          return h(
            "li",
            { key: each.id },
            h("fieldset", null, h("legend", null, each.text), h("span", { class: "sm-seat-seen" }, SEEN_WORDS.map(([seen, word]) => h("label", { class: "sm-choice", key: seen }, h("input", { type: "radio", name: `sm-seen-${each.id}`, checked: said?.seen === seen, onchange: () => set(each.id, { seen }) }), h("span", null, word))), said ? h("button", { type: "button", class: "sm-link", "aria-label": `Take back: ${each.text}`, onclick: () => takeBack(each.id) }, "take back") : null)),
            said && (said.seen === "seen" || said.words) ? h("textarea", { class: "sm-input", rows: "2", dir: "auto", maxlength: "5000", "aria-label": `What it was: ${each.text}`, placeholder: "What it was", value: said.words, oninput: (event) => set(each.id, { words: event.target.value }, false) }) : null,
          );
        }),
      ),
    ]),
  );
}
