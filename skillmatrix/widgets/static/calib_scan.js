/* calib_scan.js: step Scan, for the facilitator: how far raters agree, where they are apart, who
   rates higher, which wordings split them, and a page to read on each person. */

const SCAN_PARTS = [
  ["agreement", "Agreement"],
  ["list", "Where raters are apart"],
  ["wordings", "Wordings"],
  ["severity", "Severity"],
  ["read", "Pre-read"],
];

function scanView(app) {
  const [named, ...rest] = (app.ui.place || "").split("/");
  const part = SCAN_PARTS.some(([id]) => id === named) ? named : "agreement";
  if (part !== "severity") coverSeverity(app);
  if (!app.state.raters.length) return [stepTitle("Scan"), h("p", { class: "sm-lead-text", key: "none" }, "There is nothing to scan yet: no rater’s file was collected."), h("p", { key: "collect" }, h("button", { type: "button", class: "sm-button sm-button-main", onclick: () => app.go("collect") }, "Collect files", icon("next")))];
  const views = { agreement: scanAgreement, list: scanList, severity: scanSeverity, wordings: scanWordings, read: scanPreRead };
  return [
    stepTitle("Scan", "For whoever prepares the session: what the ratings say before anybody speaks."),
    h(
      "nav",
      { class: "sm-scan-nav", key: "parts", "aria-label": "Parts of the scan" },
      h("ul", { role: "list" }, SCAN_PARTS.map(([id, title]) => h("li", { key: id }, h("a", { href: `#scan/${id}`, "data-focus": `scan-${id}`, "aria-current": part === id ? "page" : null, onclick: (event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        app.go("scan", id, { focus: `scan-${id}` });
      } }, title)))),
    ),
    h("div", { class: `sm-scan sm-scan-${part}`, key: part }, views[part](app, rest.join("/"))),
  ];
}

/* What was asked of the kernel, or a word in its place. */
function scanAsked(app, name, args = {}) {
  const held = app.held(`scan.${name}`);
  askOnce(app, held, name, args, { patience: 30000 });
  if (held.problems?.length) return { instead: problemList(held.problems) };
  return held.view ? { view: held.view } : { instead: h("p", { class: "sm-quiet", key: "wait" }, "Counting…") };
}

function scanRater(app, code) {
  return code === "self" ? "own view" : `${raterLetter(app, code)} · ${calledBy(app, code)}`;
}

function ofAll(count, all) {
  return all ? `${count} (${Math.round((100 * count) / all)} %)` : "none";
}

function signedLevels(value) {
  if (value === null) return "";
  return `${value < 0 ? "−" : value > 0 ? "+" : ""}${Math.abs(value).toFixed(2)}`;
}

/* ---- agreement ----------------------------------------------------------- */

const COEFFICIENTS = {
  alpha: ["Krippendorff’s alpha, ordinal", "Do raters tell people and skills apart in the same way, beyond what drawing from the same ratings would give?"],
  ac2: ["Gwet’s AC2, quadratic weights", "How near are two ratings on the whole scale, beyond what chance on that scale would give?"],
};

function scanAgreement(app) {
  const { view, instead } = scanAsked(app, "scan_agreement");
  if (!view) return instead;
  const { all } = view;
  return [
    h("p", { class: "sm-scan-lead", key: "lead" }, all.n ? ["Two raters gave the same skill of the same person ", h("b", null, `the same level in ${all.exact} of ${all.n} comparisons`), `, and at most one level apart in ${all.within_one}.`] : "No skill of any person was rated by two raters, so there is nothing to compare yet."),
    h("p", { class: "sm-quiet", key: "basis" }, `${view.ratings} ratings of ${plural(view.people, "person", "people")} by ${plural(view.raters, "rater")}. Own views are in none of these figures; they are held beside them below.`),
    h(
      "div",
      { class: "sm-scan-numbers", key: "numbers" },
      view.coefficients.map((each) => h("section", { key: each.id, class: "sm-scan-number", "aria-label": COEFFICIENTS[each.id][0] }, h("h3", null, COEFFICIENTS[each.id][0]), h("p", { class: "sm-scan-value" }, capital(each.words)), h("p", { class: "sm-quiet" }, COEFFICIENTS[each.id][1]))),
    ),
    view.diverge ? h("p", { class: "sm-scan-note", key: "diverge" }, view.diverge) : null,
    h("p", { class: "sm-quiet", key: "usual" }, "Before people have talked, a reliability of 0.4 to 0.7 is usual for ratings of this kind: a reason to talk, and no fault of anybody. Figures of two sessions are not held against each other; the intervals are too wide for that."),
    h("section", { key: "needed", "aria-labelledby": "sm-needed-title" }, h("h3", { class: "sm-section-title", id: "sm-needed-title" }, "How many raters would be needed"), h("p", null, view.needed)),
    scanPairs(app, view),
    scanBesideSelf(app, view),
    whyNot("agreement", "Why is there no average level, and no grade for the agreement?", [
      ["An average level", "Levels are an order, not a length: the step from 2 to 3 is not the step from 4 to 5. An average would invent a person nobody has rated. What is given instead is what was said, and how far it is apart."],
      ["A word such as good or poor", "It would be read as a word about people. How much agreement is enough depends on what hangs on it."],
      ["A coefficient below five people", "It would move by tenths with any one of them. Raw agreement and the list are there at any number."],
      ["Own views in the figures", "People see themselves from another place. They are compared with each kind of rater, and never counted as one."],
    ]),
  ];
}

function scanTable(label, columns, rows) {
  return h("div", { class: "sm-table-scroll", tabindex: "0", role: "region", "aria-label": `${label}, table` }, h("table", { class: "sm-table sm-scan-table" }, h("caption", { class: "sm-hidden" }, label), h("thead", null, h("tr", null, columns.map((text) => h("th", { scope: "col", key: text }, text)))), h("tbody", null, rows)));
}

function scanPairs(app, view) {
  const row = (each) => h("tr", { key: `${each.a} ${each.b}` }, h("th", { scope: "row", dir: "auto" }, scanRater(app, each.a), h("br"), scanRater(app, each.b)), h("td", null, each.n), h("td", null, ofAll(each.exact, each.n)), h("td", null, ofAll(each.within_one, each.n)));
  return h(
    "section",
    { key: "pairs", "aria-labelledby": "sm-pairs-of-raters" },
    h("h3", { class: "sm-section-title", id: "sm-pairs-of-raters" }, "Pair by pair"),
    h("p", { class: "sm-quiet" }, "Which of two raters is higher stands under Severity, behind its cover."),
    view.pairs.length ? scanTable("Agreement of each pair of raters", ["Raters", "Both rated", "The same", "At most one apart"], view.pairs.map(row)) : null,
    view.apart ? h("p", { class: "sm-quiet" }, `${plural(view.apart, "pair")} of raters ${view.apart === 1 ? "shares" : "share"} nobody and cannot be compared.`) : null,
  );
}

function scanBesideSelf(app, view) {
  const told = view.beside_self.filter((each) => each.n);
  const row = (each) =>
    h("tr", { key: each.b }, h("th", { scope: "row" }, `Beside each ${KIND_WORDS[each.b]}`), h("td", null, each.n), h("td", null, ofAll(each.exact, each.n)), h("td", null, ofAll(each.within_one, each.n)), h("td", null, each.a_higher), h("td", null, each.b_higher), h("td", null, signedLevels(each.signed_gap)));
  return h(
    "section",
    { key: "self", "aria-labelledby": "sm-beside-self" },
    h("h3", { class: "sm-section-title", id: "sm-beside-self" }, "Own views beside others"),
    h("p", { class: "sm-quiet" }, `${plural(view.own, "own view")}. A difference says that people have seen different work as often as it says anything else.`),
    told.length ? scanTable("Own views beside each kind of rater", ["Own view", "Comparisons", "The same", "At most one apart", "Own view higher", "Other higher", "Other less own, in levels"], told.map(row)) : h("p", { class: "sm-quiet" }, "No own view can be held beside a rating of somebody else."),
  );
}

/* ---- wordings ------------------------------------------------------------ */

function scanWordings(app) {
  const { view, instead } = scanAsked(app, "scan_wordings");
  if (!view) return instead;
  const held = app.held("scan.change");
  const save = async () => {
    Object.assign(held, { busy: true, problems: null });
    app.repaint();
    try {
      const { filename, data } = await app.ask("scan_change_request", {}, { patience: 30000 });
      saveFile(filename, data, "text/markdown");
      app.announce(`${filename} was saved.`);
    } catch ({ problems }) {
      held.problems = problems || [];
    }
    held.busy = false;
    app.repaint();
  };
  return [
    h("p", { class: "sm-scan-lead", key: "lead" }, view.worth ? `${plural(view.worth, "boundary", "boundaries")} between two levels ${view.worth === 1 ? "splits" : "split"} your raters more than the others do. Perhaps the wording is why.` : "No boundary between two levels splits your raters so much more than the others that its wording would be why."),
    h("p", { class: "sm-quiet", key: "rule" }, view.rule),
    view.worth ? h("p", { key: "save" }, h("button", { type: "button", class: "sm-button sm-button-main", "data-focus": "change-request", onclick: save }, icon("file"), held.busy ? "Writing…" : "Download the change request"), " ", h("span", { class: "sm-hint" }, "Markdown; names no rater and no person.")) : null,
    held.problems ? problemList(held.problems) : null,
    h("ol", { class: "sm-wordings", key: "list", role: "list" }, view.boundaries.map((each) => wordingLine(app, each))),
    view.others ? h("p", { class: "sm-quiet", key: "others" }, `${plural(view.others, "further boundary", "further boundaries")} with less to say ${view.others === 1 ? "is" : "are"} not listed.`) : null,
  ];
}

function wordingLine(app, each) {
  const name = (level) => `${level} ${app.framework.scale.find((step) => step.level === level)?.name || ""}`;
  const [lower, upper] = each.sides;
  return h(
    "li",
    { key: `${each.skill}-${lower.level}`, class: "sm-wording" },
    h("h3", { class: "sm-wording-title" }, `${app.skill(each.skill)?.title || each.skill}: ${name(lower.level)} or ${name(upper.level)}`, each.worth ? h("span", { class: "sm-chip" }, "in the change request") : null),
    h("p", null, `${capital(each.words)}.`, each.why_not ? h("span", { class: "sm-quiet" }, ` No case: ${each.why_not}.`) : null),
    h(
      "details",
      { class: "sm-more", open: each.worth },
      h("summary", null, "Both wordings"),
      h("div", { class: "sm-wording-sides" }, each.sides.map((side) => h("div", { key: String(side.level) }, h("h4", null, name(side.level)), side.texts.length ? h("ul", null, side.texts.map((text) => h("li", { key: text }, text))) : h("p", { class: "sm-quiet" }, "This ladder describes nothing for this level.")))),
    ),
  );
}
