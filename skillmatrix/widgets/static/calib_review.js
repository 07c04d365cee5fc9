/* calib_review.js: step Review: before and after in counts, person by person, and what was read
   into it. Asked once for each state; nothing is sorted by a level. */

const REVIEW_ROWS = 30;
const REVIEW_STEPS = { up: "above", down: "below", same: "at the lower median", new: "no level before", open: "left open" };
const REVIEW_STATES = { MET: "met", "NOT MET": "not met", OPEN: "open" };

function reviewView(app) {
  const held = app.held("review");
  askOnce(app, held, "review", {});
  const { view, problems } = held;
  return [
    stepTitle("Review", "What the session changed, set beside what was rated before anybody had talked. Preparation for a conversation; a person decides."),
    problems ? h("p", { class: "sm-warning", role: "alert" }, icon("open"), h("span", null, `This could not be counted: ${problems.map((problem) => problem.found).join("; ")}.`)) : null,
    view ? reviewBody(app, view) : problems ? null : h("p", { class: "sm-figure-wait", role: "status" }, "Counting…"),
  ];
}

function reviewBody(app, view) {
  const decided = view.items.length > 0;
  return h(
    "div",
    { class: "sm-review", key: "body" },
    decided ? reviewCounts(view) : h("p", { class: "sm-quiet", key: "none" }, "Nothing is decided yet. Decisions are made in the step Criteria; each appears here as soon as it is in the log."),
    decided ? reviewArrows(app, view) : null,
    view.turns.some((turn) => turn.reached !== null) ? reviewStates(app, view) : null,
    decided ? reviewLevels(app, view) : null,
    decided ? reviewRaters(app) : null,
    reviewGroups(app, view),
    reviewRefusals(),
  );
}

function reviewSection(id, title, ...parts) {
  return h("section", { key: id, class: `sm-review-${id}`, "aria-labelledby": `sm-review-${id}` }, h("h3", { class: "sm-section-title", id: `sm-review-${id}`, tabindex: "-1", "data-focus": `review-${id}` }, title), ...parts);
}

function reviewCounts(view) {
  const { steps, sentences, reasons } = view;
  const figure = (count, word) => h("div", { key: word }, h("dt", null, word), h("dd", null, count));
  const listed = Object.entries(reasons);
  return reviewSection(
    "counts",
    "What changed",
    h(
      "dl",
      { class: "sm-review-figures" },
      figure(steps.down, "agreed below the lower median"),
      figure(steps.same, "agreed at it"),
      figure(steps.up, "agreed above it"),
      steps.new ? figure(steps.new, "agreed where no other had a level") : null,
      figure(steps.open, "left open"),
    ),
    h("p", null, sentences.states),
    h("p", null, sentences.open),
    listed.length ? h("p", null, "Reasons: ", listed.map(([reason, count]) => `${reason} ${count}`).join(", "), ".") : null,
    h("p", { class: "sm-quiet" }, "For comparison: in a study of more than 1,300 evaluations, committees changed about a quarter of them, mostly downwards (Demere, Sedatole and Woods). That describes what others did. It is no target."),
  );
}

/* --- one row for each decided skill --- */

function reviewChosen(app, view) {
  const { reviewCriterion: criterion = "", reviewPerson: person = "", reviewMoved: moved = false } = app.ui;
  return view.items.filter((item) => (!criterion || item.criterion === criterion) && (!person || item.person === person) && (!moved || ["up", "down", "new"].includes(item.step)));
}

function reviewArrows(app, view) {
  const chosen = reviewChosen(app, view);
  const pages = Math.max(1, Math.ceil(chosen.length / REVIEW_ROWS));
  const page = Math.min(app.ui.reviewPage || 0, pages - 1);
  const shown = chosen.slice(page * REVIEW_ROWS, (page + 1) * REVIEW_ROWS);
  return reviewSection(
    "arrows",
    "Before and after, skill by skill",
    reviewFilters(app, view),
    h("p", { class: "sm-review-legend", "aria-hidden": "true" }, h("span", null, h("i", { class: "sm-review-key sm-review-range" }), "lowest to highest first rating of others"), h("span", null, h("i", { class: "sm-review-key sm-review-before" }), "their lower median"), h("span", null, h("i", { class: "sm-review-key sm-review-after" }), "agreed"), h("span", null, h("i", { class: "sm-review-key sm-review-left" }), "left open")),
    shown.length ? reviewChart(app, view, shown) : h("p", { class: "sm-quiet" }, "No decision fits these choices."),
    pages > 1 ? reviewPages(app, page, pages, chosen.length) : null,
    reviewTable(app, view, chosen),
  );
}

function reviewFilters(app, view) {
  const set = (part) => app.keep({ ...part, reviewPage: 0 }, true);
  const people = [...new Set(view.items.map((item) => item.person))];
  const criteria = view.criteria.filter((each) => view.items.some((item) => item.criterion === each.id));
  const choice = (name, label, value, all, options) =>
    h("div", { class: "sm-field", key: name }, h("label", { for: `sm-review-${name}` }, label), h("select", { id: `sm-review-${name}`, class: "sm-input sm-input-auto", "data-focus": `review-${name}`, value, onchange: (event) => set({ [name]: event.target.value }) }, h("option", { value: "" }, all), options.map(([id, title]) => h("option", { key: id, value: id }, title))));
  return h(
    "div",
    { class: "sm-review-filters" },
    choice("reviewCriterion", "Criterion", app.ui.reviewCriterion || "", "All", criteria.map((each) => [each.id, each.title])),
    choice("reviewPerson", "Person", app.ui.reviewPerson || "", "Everybody, by code", people.map((code) => [code, calledBy(app, code)])),
    h("label", { class: "sm-check" }, h("input", { type: "checkbox", "data-focus": "review-moved", checked: Boolean(app.ui.reviewMoved), onchange: (event) => set({ reviewMoved: event.target.checked }) }), "Only what moved"),
  );
}

function reviewChart(app, view, items) {
  const levels = app.framework.scale;
  const last = levels.length - 1;
  const at = (level) => levels.findIndex((step) => step.level === level) / last;
  const titles = new Map(view.criteria.map((each) => [each.id, each.title]));
  const rows = [];
  let person = null;
  let criterion = null;
  for (const item of items) {
    if (item.person !== person || item.criterion !== criterion) {
      const turn = view.turns.find((each) => each.person === item.person && each.criterion === item.criterion);
      rows.push(
        h(
          "li",
          { key: `${item.person}/${item.criterion}`, class: "sm-review-group" },
          item.person !== person ? h("b", { dir: "auto" }, calledBy(app, item.person)) : null,
          h("span", null, titles.get(item.criterion) || item.criterion, turn ? h("span", { class: "sm-quiet" }, ` · ${reviewTurnWords(turn)}`) : null),
        ),
      );
      ({ person, criterion } = item);
    }
    rows.push(reviewRow(app, item, at));
  }
  return h(
    "div",
    { class: "sm-review-chart", style: `--sm-levels: ${levels.length}` },
    h("div", { class: "sm-review-scale", "aria-hidden": "true" }, h("span"), h("div", { class: "sm-review-levels" }, levels.map((step) => h("span", { key: String(step.level) }, h("b", null, step.level), h("i", null, step.name)))), h("span")),
    h("ul", { class: "sm-review-rows", role: "list" }, rows),
  );
}

function reviewTurnWords(turn) {
  const from = REVIEW_STATES[turn.before];
  const to = REVIEW_STATES[turn.after];
  const moved = from === to ? `${to}, as before` : `${from}, now ${to}`;
  return turn.panel && turn.panel !== turn.rules ? `${moved} (the panel; the agreed levels alone: ${REVIEW_STATES[turn.rules]})` : moved;
}

function reviewRow(app, item, at) {
  const [low, high] = [item.firsts[0], item.firsts[item.firsts.length - 1]];
  const skill = app.skill(item.skill)?.title || item.skill;
  const has = item.before !== null;
  const moved = item.step === "up" || item.step === "down";
  const [from, to] = moved ? [Math.min(at(item.before), at(item.after)), Math.max(at(item.before), at(item.after))] : [0, 0];
  const place = (level) => `--sm-at: ${at(level)}`;
  return h(
    "li",
    { key: `${item.person}/${item.criterion}/${item.skill}`, class: "sm-review-row" },
    h("span", { class: "sm-review-skill" }, skill),
    h(
      "span",
      { class: "sm-review-track", "aria-hidden": "true" },
      app.framework.scale.map((step) => h("i", { key: `t${step.level}`, class: "sm-review-tick", style: place(step.level) })),
      has ? h("i", { key: "range", class: "sm-review-range", style: `--sm-from: ${at(low)}; --sm-to: ${at(high)}` }) : null,
      moved ? h("i", { key: "line", class: "sm-review-line", style: `--sm-from: ${from}; --sm-to: ${to}` }) : null,
      has ? h("i", { key: "before", class: classes("sm-review-before", item.step === "open" && "sm-review-left"), style: place(item.before) }) : null,
      item.after !== null ? h("i", { key: "after", class: classes("sm-review-after", moved && `sm-review-${item.step}`), style: place(item.after) }) : null,
    ),
    h("span", { class: "sm-review-words" }, reviewRowWords(item), h("span", { class: "sm-quiet" }, ` ${item.reason}`, item.dissents ? `, ${plural(item.dissents, "dissent")}` : null)),
  );
}

function reviewRowWords(item) {
  if (item.step === "open") return h("b", null, item.before === null ? "left open" : `${item.before}, left open`);
  if (item.step === "new") return h("b", null, `agreed ${item.after}`);
  if (item.step === "same") return h("b", null, `${item.after}, unchanged`);
  return h("b", null, item.before, hiddenText(" becomes "), h("span", { "aria-hidden": "true" }, " → "), item.after);
}

function reviewPages(app, page, pages, total) {
  const go = (to) => {
    app.keep({ reviewPage: to }, true);
    app.focusSoon("review-arrows");
  };
  const button = (to, label, name) => h("button", { type: "button", class: "sm-button sm-button-small", "aria-disabled": to < 0 || to >= pages ? "true" : null, "data-focus": `review-page-${name}`, onclick: () => to >= 0 && to < pages && go(to) }, label);
  return h("p", { class: "sm-review-pages" }, button(page - 1, "Previous", "back"), h("span", null, `${page * REVIEW_ROWS + 1} to ${Math.min(total, (page + 1) * REVIEW_ROWS)} of ${total}`), button(page + 1, "Next", "on"));
}

function reviewTable(app, view, items) {
  if (!items.length) return null;
  const titles = new Map(view.criteria.map((each) => [each.id, each.title]));
  const open = Boolean(app.ui.reviewTable);
  return h(
    "details",
    { class: "sm-more", open, ontoggle: (event) => event.target.open !== Boolean(app.ui.reviewTable) && app.keep({ reviewTable: event.target.open }, true) },
    h("summary", { "data-focus": "review-table" }, `The same as a table (${plural(items.length, "row")})`),
    open
      ? h(
          "div",
          { class: "sm-table-scroll", tabindex: "0", role: "region", "aria-label": "Before and after, table" },
          h(
            "table",
            { class: "sm-table" },
            h("thead", null, h("tr", null, ["Person", "Criterion", "Skill", "First ratings of others", "Lower median", "Agreed", "Step", "Reason", "Entry"].map((word) => h("th", { key: word, scope: "col" }, word)))),
            h(
              "tbody",
              null,
              items.map((item) => h("tr", { key: String(item.entry) }, h("th", { scope: "row", dir: "auto" }, calledBy(app, item.person)), h("td", null, titles.get(item.criterion)), h("td", null, app.skill(item.skill)?.title || item.skill), h("td", null, item.firsts.join(", ") || "none"), h("td", null, item.before ?? "none"), h("td", null, item.after ?? "open"), h("td", null, REVIEW_STEPS[item.step]), h("td", null, item.reason), h("td", null, item.entry))),
            ),
          ),
        )
      : null,
  );
}

/* --- criteria, person by person --- */

function reviewStates(app, view) {
  const people = [...new Set(view.turns.filter((turn) => turn.reached !== null).map((turn) => turn.person))];
  const cell = (person, criterion) => {
    const turn = view.turns.find((each) => each.person === person && each.criterion === criterion);
    if (!turn) return h("td", { key: criterion }, "–");
    const from = stateMark(turn.before);
    if (turn.reached === false) return h("td", { key: criterion }, stateMark(turn.after), h("span", { class: "sm-quiet sm-review-note" }, "not reached"));
    if (turn.before === turn.after) return h("td", { key: criterion }, stateMark(turn.after), turn.reached ? h("span", { class: "sm-quiet sm-review-note" }, "as before") : null);
    return h("td", { key: criterion }, from, hiddenText(" becomes "), h("span", { "aria-hidden": "true" }, " → "), stateMark(turn.after), turn.panel && turn.panel !== turn.rules ? h("span", { class: "sm-quiet sm-review-note" }, "decided as a whole") : null);
  };
  return reviewSection(
    "states",
    "Criterion by criterion",
    h("p", { class: "sm-quiet" }, "What follows from the first ratings of others, and where it stands now: as the panel decided, else as the agreed levels have it. By code, in no other order."),
    h(
      "div",
      { class: "sm-table-scroll", tabindex: "0", role: "region", "aria-label": "Criterion by criterion, table" },
      h(
        "table",
        { class: "sm-table" },
        h("thead", null, h("tr", null, h("th", { scope: "col" }, "Person"), view.criteria.map((each) => h("th", { key: each.id, scope: "col" }, each.title)))),
        h("tbody", null, people.map((person) => h("tr", { key: person }, h("th", { scope: "row", dir: "auto" }, calledBy(app, person)), view.criteria.map((each) => cell(person, each.id))))),
      ),
    ),
  );
}

/* --- where levels lie, and how far raters are apart --- */

function reviewLevels(app, view) {
  const most = Math.max(1, ...view.levels.flatMap(([, before, after]) => [before, after]));
  const bar = (count, word) => h("span", { class: "sm-review-bar" }, h("i", { class: `sm-review-bar-${word}`, style: `width: ${(count / most) * 100}%` }), h("span", null, count));
  const name = (level) => app.framework.scale.find((step) => step.level === level)?.name || "";
  return reviewSection(
    "lie",
    "Where levels lie, and how far apart",
    h("p", null, view.sentences.middle),
    h(
      "table",
      { class: "sm-table sm-review-hist" },
      h("caption", { class: "sm-hidden" }, "How often each level was the lower median before, and the agreed one after"),
      h("thead", null, h("tr", null, h("th", { scope: "col" }, "Level"), h("th", { scope: "col" }, "Lower median before"), h("th", { scope: "col" }, "Agreed after"))),
      h("tbody", null, view.levels.map(([level, before, after]) => h("tr", { key: String(level) }, h("th", { scope: "row" }, `${level} ${name(level)}`), h("td", null, bar(before, "before")), h("td", null, bar(after, "after"))))),
    ),
    h("p", null, view.sentences.spread || "No skill was rated a second time by two raters or more, so nothing can be said of whether they came nearer."),
  );
}

/* --- for the facilitator: how decisions lie to each rater's first levels --- */

function coverLeanings(app) {
  Object.assign(app.held("leanings"), { shown: false, view: null, wish: null });
}

function reviewRaters(app) {
  const held = app.held("leanings");
  const { shown } = held;
  if (shown) askOnce(app, held, "leanings", {}, { read: (answer) => ({ view: answer.leanings }) });
  const show = () => {
    Object.assign(held, { shown: true });
    app.repaint();
    app.focusSoon("review-hide");
  };
  const hide = () => {
    coverLeanings(app);
    app.repaint();
    app.focusSoon("review-show");
  };
  return reviewSection(
    "raters",
    "By rater",
    shown
      ? [
          h("p", { class: "sm-quiet", key: "how" }, "How decisions lie to a rater’s first level. Towards: the decision stands nearer to it than the lower median did; away: further off. It does not say who was right, and each line is for that rater alone."),
          held.view
            ? h(
                "div",
                { class: "sm-table-scroll", key: "table", tabindex: "0", role: "region", "aria-label": "By rater, table" },
                h(
                  "table",
                  { class: "sm-table" },
                  h("thead", null, h("tr", null, ["Rater", "Decisions above the first level", "At it", "Below it", "Towards it", "Away from it"].map((word) => h("th", { key: word, scope: "col" }, word)))),
                  h("tbody", null, held.view.map((each) => h("tr", { key: each.rater }, h("th", { scope: "row", dir: "auto" }, calledBy(app, each.rater)), [each.above, each.same, each.below, each.towards, each.away].map((count, at) => h("td", { key: String(at) }, count))))),
                ),
              )
            : h("p", { class: "sm-quiet", role: "status", key: "wait" }, "Counting…"),
          h("p", { key: "hide" }, h("button", { type: "button", class: "sm-button sm-button-small", "data-focus": "review-hide", onclick: hide }, "Cover it again")),
        ]
      : [h("p", { key: "cover" }, "For the facilitator alone. Make sure that the screen is not shared."), h("p", { key: "show" }, h("button", { type: "button", class: "sm-button", "data-focus": "review-show", onclick: show }, "Show it"))],
  );
}

function reviewRefusals() {
  const line = (title, why) => h("li", { key: title }, h("b", null, `${title} `), why);
  return h(
    "details",
    { class: "sm-more", key: "refusals" },
    h("summary", { "data-focus": "review-refusals" }, "Why is there no mean change, ranking or quota?"),
    h(
      "ul",
      { class: "sm-plain-list" },
      line("No mean change.", "The steps of a ladder are not of one size. Two small steps do not make a large one, so decisions are counted by the way they went."),
      line("No order by level or by change.", "A rank of people says nothing of what anybody can do next, and people who were talked about longest would stand at its end."),
      line("No quota, curve or nine-box.", "How many people meet a criterion is found out, not set. Among a few dozen people a share fixed beforehand is noise."),
      line("No adjusted ratings.", "What is estimated about a rater is there to be talked about; a decision takes a reason."),
    ),
  );
}
