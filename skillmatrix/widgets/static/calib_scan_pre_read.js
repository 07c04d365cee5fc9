/* calib_scan_pre_read.js: one page a person, to read before the session: what is asked, what is
   possible, what was given, on what evidence, and what is missing. */

function scanPreRead(app, person) {
  const print = app.held("scan.print");
  if (print.pages) return [printBar(app, print), print.pages.map((page) => preReadPage(app, page))];
  const codes = app.state.people.map((each) => each.code);
  const chosen = codes.includes(person) ? person : codes[0];
  const { view, instead } = scanAsked(app, "pre_read", { people: [chosen] });
  const at = codes.indexOf(chosen);
  const go = (code) => app.go("scan", `read/${code}`, { focus: "pre-read-person" });
  return [
    h(
      "div",
      { class: "sm-read-choice sm-read-screen", key: "choice" },
      h("label", { class: "sm-apart-field" }, h("span", null, "Person"), h("select", { class: "sm-input sm-input-auto", "data-focus": "pre-read-person", value: chosen, onchange: (event) => go(event.target.value) }, codes.map((code) => h("option", { key: code, value: code }, calledBy(app, code))))),
      h("span", { class: "sm-read-turn" }, h("button", { type: "button", class: "sm-button sm-button-small", "aria-disabled": at ? "false" : "true", onclick: () => at && go(codes[at - 1]) }, icon("back"), "Back"), h("button", { type: "button", class: "sm-button sm-button-small", "aria-disabled": at + 1 < codes.length ? "false" : "true", onclick: () => at + 1 < codes.length && go(codes[at + 1]) }, "Next", icon("next"))),
      h("span", { class: "sm-read-print" }, h("button", { type: "button", class: "sm-button sm-button-small", onclick: () => window.print() }, "Print this page"), h("button", { type: "button", class: "sm-button sm-button-small", "data-focus": "print-all", onclick: () => printAll(app, print) }, print.busy ? "Fetching…" : `Print all ${codes.length}`)),
    ),
    print.problems ? problemList(print.problems) : null,
    view ? preReadPage(app, view[0]) : instead,
    h("div", { class: "sm-read-screen", key: "why" }, whyNot("read", "Why is there no overall score?", [
      ["One number for a person", "A gate that is not met is not made up for by anything else, so a sum would hide the one thing worth talking about."],
      ["A decision", "This is what the files say before anybody has spoken. What is open here is open, and the session is there to settle it."],
    ])),
  ];
}

async function printAll(app, print) {
  if (print.busy) return;
  Object.assign(print, { busy: true, problems: null });
  app.repaint();
  try {
    print.pages = (await app.ask("pre_read", { people: null }, { patience: 60000 })).pre_read;
  } catch ({ problems }) {
    print.problems = problems || [];
  }
  print.busy = false;
  app.repaint();
  if (!print.pages) return;
  app.focusSoon("print-back");
  afterPaint(() => window.print());
}

function printBar(app, print) {
  const back = () => {
    print.pages = null;
    app.repaint();
    app.focusSoon("print-all");
  };
  return h("p", { class: "sm-read-screen sm-read-choice", key: "print-bar" }, h("button", { type: "button", class: "sm-button", "data-focus": "print-back", onclick: back }, icon("back"), "Back to one person"), h("button", { type: "button", class: "sm-button", onclick: () => window.print() }, `Print ${plural(print.pages.length, "page")}`), h("span", { class: "sm-hint" }, "Each person begins on a sheet of their own."));
}

function preReadPage(app, page) {
  const title = `sm-read-${page.person}`;
  const said = (each) => (each.rater === null ? "own view" : calledBy(app, each.rater));
  return h(
    "article",
    { class: "sm-read", key: page.person, "aria-labelledby": title },
    h("header", { class: "sm-read-head" }, h("h3", { id: title, dir: "auto" }, calledBy(app, page.person)), h("p", null, h("b", null, page.label), `, on ${plural(page.raters.length, "rating")} of others`, page.own ? " and the own view" : "; the own view is missing", ". Nothing has been decided.")),
    h("div", { class: "sm-read-criteria" }, page.criteria.map((criterion) => preReadCriterion(criterion))),
    h("section", { "aria-label": "Levels", class: "sm-read-levels" }, h("h4", null, "Skill by skill"), h("p", { class: "sm-quiet" }, "Possible: from what evidence carries of the lowest rating to the highest rating of others; where nobody else rated, of the own view."), scanTable("Levels by skill", ["Skill", "Bar", "Possible", "Given", "Strongest evidence"], page.skills.map((each) => preReadSkill(app, each, said)))),
    preReadEvidence(app, page),
    page.missing.length ? h("section", { "aria-label": "What is missing" }, h("h4", null, "What is missing"), h("ul", { class: "sm-read-missing" }, page.missing.map((text) => h("li", { key: text }, text)))) : null,
  );
}

function preReadCriterion(criterion) {
  return h(
    "section",
    { key: criterion.id, class: "sm-read-criterion", "aria-label": criterion.title },
    h("h4", null, criterion.code ? h("span", { class: "sm-tryout-code" }, criterion.code, " ") : null, criterion.title, stateMark(criterion.state)),
    h("ul", { role: "list" }, criterion.parts.map((part) => h("li", { key: `${part.title} ${part.kind}` }, stateMark(part.state, { word: false }), h("span", null, part.title, h("span", { class: "sm-quiet" }, ` · ${part.observed.replace(/^\[(.+)\.\.(.+)\]$/, (_, low, high) => (low === high ? low : `${low} to ${high}`))}${part.change ? `; ${part.change}` : ""}`))))),
  );
}

function preReadSkill(app, each, said) {
  const words = { NOT_OBSERVED: "not observed", UNRATED: "not rated", DECLINED: "declined", NOT_APPLICABLE: "not applicable" };
  const given = each.said.map((one) => `${said(one)} ${typeof one.value === "number" ? one.value : words[one.value]}`).join(", ");
  return h(
    "tr",
    { key: each.skill },
    h("th", { scope: "row" }, each.gate ? icon("gate") : null, app.skill(each.skill)?.code ? h("span", { class: "sm-tryout-code" }, app.skill(each.skill).code, " ") : null, app.skill(each.skill)?.title || each.skill, each.gate ? hiddenText(", gate or floor") : null),
    h("td", null, each.required === null ? "none" : each.required),
    h("td", null, each.known ? (each.low === each.high ? each.low : `${each.low} to ${each.high}`) : "not known"),
    h("td", { dir: "auto" }, given || "nothing"),
    h("td", null, each.best || "none"),
  );
}

function preReadEvidence(app, page) {
  const row = (item) => h("tr", { key: item.id }, h("th", { scope: "row" }, item.id), h("td", null, item.strength, item.counts === item.strength ? null : h("span", { class: "sm-quiet" }, item.counts ? `, aged: counts as ${item.counts}` : ", too old to count")), h("td", { dir: "auto" }, item.title), h("td", { class: "sm-read-day" }, dayText(item.date)), h("td", { dir: "auto" }, item.artefact || "none named"), h("td", null, item.skills.map((skill) => app.skill(skill)?.code || app.skill(skill)?.title || skill).join(", ")));
  return h("section", { "aria-label": "Evidence" }, h("h4", null, "Evidence"), page.evidence.length ? scanTable("Evidence", ["Id", "Strength", "What", "Day", "Where to see it", "Skills"], page.evidence.map(row)) : h("p", { class: "sm-quiet" }, "None was handed in."));
}
