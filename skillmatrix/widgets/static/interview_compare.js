/* interview_compare.js: step Compare: all scores at once, dimension by dimension; what was seen. */

const RATER_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

function shownScores(app) {
  const held = app.held("shown");
  if (app.state.revealed) askOnce(app, held, "shown", {});
  return held.view;
}

function notShown(app, title) {
  return [stepTitle(title), h("p", null, "Scores are not shown yet. ", h("button", { type: "button", class: "sm-link", onclick: () => app.go("score") }, "Who still has to close theirs?"))];
}

function readingShown(app, title) {
  const held = app.held("shown");
  if (!held.problems) return [stepTitle(title), h("p", { class: "sm-quiet" }, "Reading…")];
  return [stepTitle(title), h("p", { class: "sm-warning", role: "alert" }, icon("open"), h("span", null, "The scores could not be read.")), problemList(held.problems), h("p", null, h("button", { type: "button", class: "sm-button", "data-focus": "read-again", onclick: () => { Object.assign(held, { wish: null, problems: null }); app.repaint(); } }, "Try again"))];
}

function compareView(app) {
  if (!app.state.revealed) return notShown(app, "Compare");
  const view = shownScores(app);
  if (!view) return readingShown(app, "Compare");
  const rubric = app.framework.interview;
  const letter = new Map(view.raters.map((each, at) => [each.code, RATER_LETTERS[at]]));
  const apart = view.rows.filter((row) => (row.range ?? 0) > 1).length;
  return [
    stepTitle("Compare", apart ? `On ${plural(apart, "dimension")} you are two steps or more apart: begin there. A difference says that you saw different things.` : view.rows.some((row) => row.range !== null) ? "Nowhere are you more than a step apart." : "No two of you scored the same dimension before the reveal, so nothing can be compared."),
    closedWords(app),
    h("ul", { class: "sm-legend", role: "list" }, view.raters.map((each) => h("li", { key: each.code, dir: "auto" }, h("b", { class: classes("sm-interview-letter", each.late && "sm-interview-late") }, letter.get(each.code)), ` ${each.name}${each.late ? ", scored after the reveal" : ""}`))),
    view.raters.some((each) => each.late) ? h("p", { class: "sm-quiet" }, "Scores given after the reveal are shown with a dashed mark and are left out of how far you are apart.") : null,
    app.state.opened.map((each, at) => h("p", { class: "sm-quiet", dir: "auto", key: `opened-${at}` }, `${each.name} opened closed scores again on ${dayText(each.at)}, before any were shown.`)),
    view.without.length ? h("p", { class: "sm-quiet", dir: "auto" }, `Not closed at the reveal: ${view.without.map((each) => each.name).join(", ")}.`) : null,
    h("ul", { class: "sm-compare", role: "list" }, [...view.rows].sort((a, b) => (b.range ?? -1) - (a.range ?? -1)).map((row) => compareRow(app, view, row, letter, rubric))),
    rawCounts(app, view, letter),
    seenTogether(app, view, letter),
    overAll(app),
    h("p", { class: "sm-room-next" }, h("button", { type: "button", class: "sm-button sm-button-main", "data-focus": "onward", onclick: () => app.go("decide") }, "On to the decision", icon("next"))),
  ];
}

function scoreWords(rubric, value) {
  if (value === "NOT_OBSERVED") return "no chance to see it";
  if (value === "UNRATED") return "not scored";
  return `${value} ${rubric.scale.find((step) => step.level === value)?.name || ""}`;
}

function compareRow(app, view, row, letter, rubric) {
  const dimension = rubric.dimensions.find((each) => each.id === row.dimension);
  const at = new Map(rubric.scale.map((step) => [step.level, []]));
  const without = [];
  const late = new Set(view.raters.filter((each) => each.late).map((each) => letter.get(each.code)));
  for (const rater of view.raters) {
    const value = row.scores[rater.code];
    if (at.has(value)) at.get(value).push(letter.get(rater.code));
    else without.push(`${letter.get(rater.code)} ${scoreWords(rubric, value)}`);
  }
  const sentence = view.raters.map((rater) => `${rater.name}: ${scoreWords(rubric, row.scores[rater.code])}`).join("; ");
  const steps = [...new Set([row.low, row.high].filter((step) => step !== null))];
  return h(
    "li",
    { key: row.dimension, class: "sm-compare-row" },
    h("h3", { class: "sm-compare-title" }, dimension.title),
    h("div", { class: "sm-compare-strip", "aria-hidden": "true", style: `--sm-steps:${rubric.scale.length}` }, rubric.scale.map((step) => h("span", { class: classes("sm-compare-cell", row.low !== null && step.level >= row.low && step.level <= row.high && "sm-compare-span"), key: step.level }, h("span", { class: "sm-compare-step" }, step.level), h("span", { class: "sm-compare-marks" }, at.get(step.level).map((mark) => h("b", { class: classes("sm-interview-letter", late.has(mark) && "sm-interview-late"), key: mark }, mark)))))),
    h("p", { class: "sm-hidden" }, sentence),
    without.length ? h("p", { class: "sm-quiet" }, `${without.join("; ")}.`) : null,
    row.notes.map((note) => h("p", { class: "sm-compare-note", dir: "auto", key: note.rater }, h("b", { class: "sm-interview-letter" }, letter.get(note.rater)), ` ${note.text}`)),
    steps.length ? h("details", { class: "sm-more" }, h("summary", null, "The anchors of these steps"), steps.map((step) => h("div", { key: step }, h("p", { class: "sm-label" }, scoreWords(rubric, step)), h("ul", { class: "sm-list" }, (dimension.anchors[step] || []).map((text) => h("li", { key: text }, text)))))) : null,
    agreeOn(app, row, rubric),
  );
}

/* What the panel holds after talking. */
function agreeOn(app, row, rubric) {
  const key = `agree.${row.dimension}`;
  const told = app.held(key);
  const draft = app.draft(key);
  const known = row.agreed;
  const { closed } = app.state;
  if (known && (closed || !draft)) {
    return h("p", { class: "sm-compare-agreed" }, icon("check"), h("span", { dir: "auto" }, known.after === "OPEN" ? " The panel stays apart" : ` The panel holds ${scoreWords(rubric, known.after)}`, known.words ? `: ${known.words}` : "."), " ", closed ? null : h("button", { type: "button", class: "sm-link", "data-focus": `${key}-correct`, onclick: () => {
      app.setDraft(key, { after: known.after, words: known.words });
      app.repaint();
      app.focusSoon(`${key}-${known.after}`);
    } }, "Correct"));
  }
  if (closed) return null;
  const now = { after: undefined, words: "", ...(draft || {}) };
  const set = (part, paint = true) => {
    app.setDraft(key, { ...now, ...(app.draft(key) || {}), ...part });
    if (paint) app.repaint();
  };
  const enter = () => {
    const said = { ...now, ...(app.draft(key) || {}) };
    if (said.after === undefined) return sayHere(app, told, "Choose a step first, or that the panel stays apart.", `${key}-${rubric.scale[0].level}`);
    const sent = JSON.stringify(app.draft(key));
    return askHere(app, told, "agree", { dimension: row.dimension, after: said.after === "OPEN" ? null : said.after, words: said.words.trim() }, () => {
      letGo(app, key, sent);
      app.focusSoon(`${key}-correct`);
    });
  };
  const leave = () => {
    app.setDraft(key, null);
    told.say = told.problems = null;
    app.repaint();
    app.focusSoon(`${key}-correct`);
  };
  const option = (value, label) => h("label", { class: classes("sm-agree-option", now.after === value && "sm-agree-on"), key: String(value) }, h("input", { type: "radio", name: `sm-${key}`, checked: now.after === value, "data-focus": `${key}-${value}`, onchange: () => set({ after: value }) }), h("span", null, label));
  return h(
    "details",
    { class: "sm-more", open: Boolean(draft), key: "agree" },
    h("summary", null, "What does the panel hold?"),
    h("fieldset", { class: "sm-agree-options" }, h("legend", { class: "sm-hidden" }, "The step the panel holds"), rubric.scale.map((step) => option(step.level, [h("b", null, step.level), " ", step.name])), option("OPEN", "It stays apart")),
    h("div", { class: "sm-field" }, h("label", { for: `sm-${key}-words` }, "What settled it, or what keeps you apart"), h("textarea", { id: `sm-${key}-words`, class: "sm-input", rows: "2", dir: "auto", maxlength: "5000", "data-focus": `${key}-words`, value: now.words, oninput: (event) => set({ words: event.target.value }, false) })),
    toldHere(told),
    h("p", { class: "sm-hand-buttons" }, h("button", { type: "button", class: "sm-button", "data-focus": `${key}-enter`, "aria-disabled": told.busy ? "true" : "false", onclick: enter }, "Enter"), known ? h("button", { type: "button", class: "sm-button", onclick: leave }, "Leave it as it is") : null),
  );
}

function rawCounts(app, view, letter) {
  return h(
    "section",
    { "aria-labelledby": "sm-raw-title", key: "raw" },
    h("h3", { class: "sm-section-title", id: "sm-raw-title" }, "How far you agree"),
    view.pairs.length
      ? h("ul", { class: "sm-plain-list" }, view.pairs.map((pair) => h("li", { key: `${pair.a} ${pair.b}` }, h("b", null, `${letter.get(pair.a)} and ${letter.get(pair.b)}`), `: ${plural(pair.n, "dimension")} in common, ${pair.exact} at the same step, ${pair.near} at most one apart`)))
      : h("p", { class: "sm-quiet" }, "No two of you scored the same dimension."),
    h("details", { class: "sm-more" }, h("summary", null, "Why is there no total, no average and no ranking?"), h("p", null, "Steps have an order and no distance, so an average of them depends on how they are numbered. Eight different things do not add up: a weak spot that matters would vanish behind strong ones that do not. And candidates who were seen by different people at different questions cannot be put in a row by a number.")),
  );
}

function seenTogether(app, view, letter) {
  const texts = new Map(app.framework.interview.observations.map((each) => [each.id, each.text]));
  const kinds = [
    ["strong", "Strong signals"],
    ["weak", "Weak signals"],
    ["red-flag", "Red flags"],
  ];
  const known = view.observations.filter((each) => each.said.length);
  if (!known.length) return h("p", { class: "sm-quiet", key: "seen" }, "Nobody noted a signal or a red flag.");
  const word = new Map(SEEN_WORDS);
  return h(
    "section",
    { "aria-labelledby": "sm-seen-title", key: "seen" },
    h("h3", { class: "sm-section-title", id: "sm-seen-title" }, "What was seen"),
    kinds.map(([kind, title]) => {
      const rows = known.filter((each) => each.kind === kind);
      if (!rows.length) return null;
      return [
        h("h4", { class: "sm-label", key: kind }, title),
        h(
          "ul",
          { class: "sm-seen", role: "list", key: `${kind}-list` },
          rows.map((each) => h("li", { key: each.id }, h("p", null, texts.get(each.id)), each.said.map((said) => h("p", { class: "sm-compare-note", dir: "auto", key: said.rater }, h("b", { class: "sm-interview-letter" }, letter.get(said.rater)), ` ${word.get(said.seen)?.toLowerCase() || said.seen}${said.words ? `: ${said.words}` : ""}`)), kind === "red-flag" && (view.to_talk.includes(each.id) || view.talked[each.id]) ? talkAbout(app, view, each.id) : null)),
        ),
      ];
    }),
  );
}

function talkAbout(app, view, id) {
  const key = `talk.${id}`;
  const told = app.held(key);
  const known = view.talked[id];
  const draft = app.draft(key);
  const { closed } = app.state;
  if (known && (closed || draft === null)) {
    const correct = () => {
      app.setDraft(key, known);
      app.repaint();
      app.focusSoon(key);
    };
    return h("p", { class: "sm-compare-agreed", dir: "auto" }, icon("check"), ` Talked about: ${known} `, closed ? null : h("button", { type: "button", class: "sm-link", "data-focus": `${key}-correct`, onclick: correct }, "Correct"));
  }
  if (closed) return null;
  const enter = () => {
    const words = (app.draft(key) || "").trim();
    if (!words) return sayHere(app, told, "Say what came of it first.", key);
    const sent = JSON.stringify(app.draft(key));
    return askHere(app, told, "talk", { observation: id, words }, () => {
      letGo(app, key, sent);
      app.focusSoon(`${key}-correct`);
    });
  };
  const leave = () => {
    app.setDraft(key, null);
    app.repaint();
    app.focusSoon(`${key}-correct`);
  };
  return h("div", { class: "sm-field" }, h("label", { for: `sm-${key}` }, "What came of talking about it"), h("input", { id: `sm-${key}`, type: "text", class: "sm-input", dir: "auto", maxlength: "300", "data-focus": key, value: draft || "", oninput: (event) => app.setDraft(key, event.target.value) }), toldHere(told), h("p", { class: "sm-hand-buttons" }, h("button", { type: "button", class: "sm-button sm-button-small", "aria-disabled": told.busy ? "true" : "false", onclick: enter }, "Enter"), known ? h("button", { type: "button", class: "sm-button sm-button-small", onclick: leave }, "Leave it as it is") : null));
}

function overAll(app) {
  const held = app.held("over_all");
  askOnce(app, held, "over_all", {});
  const view = held.view;
  if (!view) return null;
  return h(
    "details",
    { class: "sm-more", key: "over" },
    h("summary", null, "Over all interviews of this workspace"),
    h("p", null, `${plural(view.candidates, "candidate")}, ${plural(view.interviewers, "interviewer")}. Of ${view.pairs.n} pairs of scores ${view.pairs.exact} are the same and ${view.pairs.near} at most one step apart.`),
    view.words.map((words) => h("p", { key: words, class: "sm-quiet" }, words)),
  );
}
