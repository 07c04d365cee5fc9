/* interview_score.js: step Score: take a seat, score each dimension alone, say what was seen, close. */

const SEAT_WORDS = { none: "not begun", begun: "begun", sealed: "closed" };
const SEEN_WORDS = [
  ["seen", "Seen"],
  ["not seen", "Not seen"],
  ["no chance", "No chance to see"],
];
const OBSERVED = "observations";

function scoreView(app) {
  const seat = app.held("seat");
  if (!seat.rater) return seatsView(app);
  return seatView(app, seat);
}

function seatsView(app) {
  const { panel, revealed } = app.state;
  const open = panel.filter((each) => each.state !== "sealed");
  const take = async (rater) => {
    const seat = app.held("seat");
    try {
      const answer = await app.ask("take_seat", { rater });
      Object.assign(seat, { rater, given: answer.seat, at: app.framework.interview.dimensions[0].id, problems: null });
    } catch (error) {
      Object.assign(seat, { problems: error.problems || [] });
    }
    app.repaint();
    app.focusSoon("seat");
  };
  const file = async (rater) => {
    const answer = await app.ask("score_file", { rater }).catch(() => null);
    if (answer) saveFile(answer.filename, answer.data);
  };
  return [
    stepTitle("Score", panel.length ? "Each interviewer alone. Take your seat, score, close, and hand the keyboard on. Nobody sees a score before all are shown." : null),
    app.held("seat").problems ? problemList(app.held("seat").problems) : null,
    panel.length
      ? h(
          "ul",
          { class: "sm-assessments sm-interview-seats", role: "list" },
          panel.map((each) =>
            h(
              "li",
              { key: each.code, class: "sm-assessment" },
              h("div", { class: "sm-assessment-body" }, h("p", { class: "sm-assessment-name", dir: "auto" }, each.name), h("p", { class: "sm-assessment-meta" }, each.state === "sealed" ? [icon("check"), " closed"] : SEAT_WORDS[each.state])),
              each.state === "sealed"
                ? h("span", { class: "sm-hand-buttons" }, h("button", { type: "button", class: "sm-button sm-button-small", onclick: () => file(each.code) }, "As a file"), revealed ? null : h("button", { type: "button", class: "sm-button sm-button-small", onclick: () => app.send("unseal", { rater: each.code }) }, "Open again"))
                : h("button", { type: "button", class: "sm-button sm-button-main", "data-focus": `seat-${each.code}`, onclick: () => take(each.code) }, each.state === "begun" ? "Go on" : "Take the seat"),
            ),
          ),
        )
      : h("p", null, "Nobody is named yet. ", h("button", { type: "button", class: "sm-link", onclick: () => app.go("prepare") }, "Say who interviews.")),
    panel.length && !revealed ? revealPlace(app, open) : null,
    revealed ? h("p", { class: "sm-quiet" }, "Scores have been shown. Whoever scores now does so after having been able to see the others; it will say so.") : null,
  ];
}

function revealPlace(app, open) {
  const closed = app.state.panel.length - open.length;
  if (closed < 2) return h("p", { class: "sm-quiet" }, `${closed} of ${app.state.panel.length} closed. At least two are needed to set side by side.`);
  const show = (anyway) => {
    app.send("reveal", { anyway });
    app.go("compare");
  };
  return h(
    "div",
    { class: "sm-interview-reveal" },
    open.length
      ? [
          h("p", null, "Not closed yet: ", h("span", { dir: "auto" }, open.map((each) => each.name).join(", ")), ". Scores that come after the reveal are no longer blind."),
          h("button", { type: "button", class: "sm-button", "data-focus": "reveal-anyway", onclick: () => show(true) }, "Show the closed ones anyway"),
        ]
      : [h("p", null, h("b", null, "All have closed their scores.")), h("button", { type: "button", class: "sm-button sm-button-main", "data-focus": "reveal", onclick: () => show(false) }, "Show all scores", icon("next"))],
  );
}

function seatView(app, seat) {
  const rubric = app.framework.interview;
  const name = app.state.panel.find((each) => each.code === seat.rater)?.name || seat.rater;
  const { given } = seat;
  const keep = (part) => {
    Object.assign(given, part);
    app.send("give", { rater: seat.rater, ...given }, { coalesce: `give:${seat.rater}`, delay: 500 });
  };
  const leave = (words) => {
    for (const key of Object.keys(seat)) delete seat[key];
    app.repaint();
    app.focusSoon("step");
    if (words) app.announce(words);
  };
  const left = rubric.dimensions.filter((each) => !(each.id in given.scores));
  const close = () => {
    if (!Object.keys(given.scores).length) return app.announce("Score at least one dimension first.");
    app.send("give", { rater: seat.rater, ...given }, { coalesce: `give:${seat.rater}` });
    app.send("seal", { rater: seat.rater });
    return leave("Closed. Hand the keyboard on.");
  };
  const mark = (id) => (id in given.scores ? (given.scores[id] === "NOT_OBSERVED" ? "–" : String(given.scores[id])) : "");
  const flagged = Object.keys(given.observations).length;
  const open = (id) => {
    seat.at = id;
    app.repaint();
    app.focusSoon("dimension");
  };
  const here = rubric.dimensions.find((each) => each.id === seat.at);
  return h(
    "div",
    { class: "sm-seat", key: `seat-${seat.rater}` },
    h("div", { class: "sm-seat-head" }, h("h2", { class: "sm-section-title sm-room-title", tabindex: "-1", "data-focus": "seat", dir: "auto" }, `${name} scores`), h("button", { type: "button", class: "sm-button sm-button-small", onclick: () => leave("Kept. Not closed yet.") }, "Leave the seat")),
    h(
      "nav",
      { class: "sm-seat-list", "aria-label": "Dimensions" },
      h(
        "ul",
        { role: "list" },
        [...rubric.dimensions.map((each) => [each.id, each.title, mark(each.id)]), [OBSERVED, "What was seen", flagged ? String(flagged) : ""]].map(([id, title, value]) =>
          h("li", { key: id }, h("button", { type: "button", class: classes("sm-seat-item", seat.at === id && "sm-seat-here"), "aria-current": seat.at === id ? "true" : null, "data-focus": `dimension-${id}`, onclick: () => open(id) }, h("span", null, title), h("span", { class: "sm-seat-mark" }, value, value ? null : hiddenText("not scored")))),
        ),
      ),
    ),
    h("div", { class: "sm-seat-form" }, here ? dimensionForm(app, here, given, keep, open) : observationForm(app, given, keep)),
    h("div", { class: "sm-seat-end" }, left.length ? h("p", { class: "sm-quiet" }, `Not scored: ${left.map((each) => each.title).join(", ")}. That is an answer too; it will say “not scored”.`) : null, h("button", { type: "button", class: classes("sm-button", !left.length && "sm-button-main"), "data-focus": "close-scores", onclick: close }, "Close my scores")),
  );
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
  const option = (level, title, texts, miss = null) =>
    h(
      "label",
      { class: classes("sm-seat-option", value === level && "sm-seat-chosen"), key: String(level) },
      h("input", { type: "radio", name: `sm-seat-${dimension.id}`, checked: value === level, "data-focus": `step-${level}`, onchange: () => choose(level) }),
      h("span", { class: "sm-seat-option-text" }, h("b", null, title), texts.map((text) => h("span", { class: "sm-seat-anchor", key: text }, text)), miss ? h("span", { class: "sm-seat-anchor sm-quiet", key: "miss" }, `Not this: ${miss}`) : null),
    );
  return h(
    "section",
    { key: dimension.id, "aria-labelledby": "sm-dimension-title" },
    h("h3", { class: "sm-section-title", id: "sm-dimension-title", tabindex: "-1", "data-focus": "dimension" }, dimension.title),
    dimensionAsks(dimension),
    h("fieldset", { class: "sm-seat-options" }, h("legend", { class: "sm-hidden" }, "The step that what you saw fits"), rubric.scale.map((step) => option(step.level, `${step.level} ${step.name}`, dimension.anchors[step.level] || [], dimension.near_misses[step.level])), option("NOT_OBSERVED", "No chance to see it", ["It did not come up. Nobody is asked to guess."])),
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
            h("fieldset", null, h("legend", null, each.text), h("span", { class: "sm-seat-seen" }, SEEN_WORDS.map(([seen, word]) => h("label", { class: "sm-choice", key: seen }, h("input", { type: "radio", name: `sm-seen-${each.id}`, checked: said?.seen === seen, onchange: () => set(each.id, { seen }) }), h("span", null, word))))),
            said?.seen === "seen" ? h("textarea", { class: "sm-input", rows: "2", dir: "auto", maxlength: "5000", "aria-label": `What it was: ${each.text}`, placeholder: "What it was", value: said.words, oninput: (event) => set(each.id, { words: event.target.value }, false) }) : null,
          );
        }),
      ),
    ]),
  );
}
