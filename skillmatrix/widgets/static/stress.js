/* stress.js: in the results, in how many cases the result would be the same. Counts, and the clause
   each case turns on. The kernel is asked when Results is open. */

const STRESS_MARKS = 60; // cases that are still told apart one by one

function askStress(app) {
  askOnce(app, (app.stress ||= { view: null, problems: null, wish: null }), "stress", {});
}

function stressSection(app) {
  const { view, problems } = app.stress || {};
  return h(
    "section",
    { class: "sm-stress", "aria-labelledby": "sm-stress-title", key: "stress" },
    h("h2", { class: "sm-section-title", id: "sm-stress-title", tabindex: "-1" }, "Under stress: when the result would be another"),
    problems
      ? h("p", { class: "sm-warning", role: "status" }, icon("open"), h("span", null, `The result could not be tried: ${problems.map((problem) => problem.found).join("; ")}.`))
      : view
        ? stressBody(app, view)
        : h("p", { class: "sm-figure-wait", role: "status" }, "Trying…"),
  );
}

function stressBody(app, view) {
  // A ladder without variants or questions has no such cases, whoever is rated.
  const families = view.families.filter((family) => family.cases || !["contexts", "switches"].includes(family.id));
  return [
    h("p", { class: "sm-quiet sm-stress-lead" }, view.note),
    h("div", { class: "sm-stress-families" }, families.map((family) => stressFamily(app, view, family))),
    stressCriteria(app, view),
    view.unasked ? h("p", { class: "sm-quiet" }, view.unasked) : null,
  ];
}

function stressFamily(app, view, family) {
  const turns = family.cases - family.holds;
  const head = [
    h("span", { class: "sm-stress-name" }, family.title),
    h("span", { class: "sm-stress-count" }, family.cases ? [h("b", null, view.label), ` ${family.told}`] : capital(family.told)),
    stressMarks(family),
  ];
  const listed = family.flips.length || family.quiet.length || family.explained;
  if (!listed) return h("div", { class: "sm-stress-family sm-stress-plain", key: family.id }, h("p", { class: "sm-stress-head" }, head));
  return h(
    "details",
    { class: "sm-stress-family", key: family.id },
    h("summary", { class: "sm-stress-head", "data-focus": `stress-${family.id}` }, icon("next", "sm-stress-turn"), head),
    h(
      "div",
      { class: "sm-stress-body" },
      family.caution ? h("p", { class: "sm-quiet" }, family.caution) : null,
      turns ? null : h("p", { class: "sm-quiet" }, "No case turns the result."),
      family.flips.length ? h("ul", { class: "sm-stress-list", role: "list" }, family.flips.map((shift) => stressShift(app, shift))) : null,
      family.more ? h("p", { class: "sm-quiet" }, `and ${family.more} more.`) : null,
      family.explained ? h("p", { class: "sm-quiet" }, `${family.flips.length ? `In ${family.explained} more` : `In ${family.explained}`}, one of the two ratings turns the result alone: see above.`) : null,
      family.quiet.length
        ? h(
            "details",
            { class: "sm-more" },
            h("summary", { "data-focus": `stress-quiet-${family.id}` }, `${plural(family.quiet.length, "case")} where the result stays and a criterion turns`),
            h("ul", { class: "sm-stress-list", role: "list" }, family.quiet.map((shift) => stressShift(app, shift, { quiet: true }))),
          )
        : null,
    ),
  );
}

/* One mark a case: filled where the result holds, hollow where it turns. */
function stressMarks(family) {
  if (!family.cases || family.cases > STRESS_MARKS) return null;
  return h(
    "span",
    { class: "sm-stress-marks", "aria-hidden": "true" },
    Array.from({ length: family.cases }, (_, at) => h("span", { class: at < family.holds ? "sm-stress-mark" : "sm-stress-mark sm-stress-mark-turn" })),
  );
}

function stressShift(app, shift, { quiet = false } = {}) {
  return h(
    "li",
    { key: shift.text, class: "sm-stress-shift" },
    h("p", { class: "sm-stress-what" }, shift.skill ? skillLink(app, shift.skill, shift.text) : capital(shift.text), quiet ? null : [": ", answerMark(shift)]),
    shift.on.map((turned) => h("p", { class: "sm-stress-on", key: turned.code }, h("b", null, turned.code), " ", becomes(stateWord(turned.before), stateWord(turned.after)), turned.clauses.length ? `: ${turned.clauses.join("; ")}` : null)),
  );
}

function stressCriteria(app, view) {
  const families = view.families.map((family, at) => ({ ...family, at })).filter((family) => family.cases);
  if (view.criteria.length < 2 || !families.length) return null;
  return h(
    "details",
    { class: "sm-more", "data-print": "" },
    h("summary", { "data-focus": "stress-criteria" }, "The same for each criterion"),
    h(
      "div",
      { class: "sm-table-scroll", tabindex: "0", role: "region", "aria-label": "In how many cases each criterion stays as it is" },
      h(
        "table",
        { class: "sm-table sm-stress-table" },
        h("thead", null, h("tr", null, h("th", { scope: "col" }, "Criterion"), h("th", { scope: "col" }, "Now"), families.map((family) => h("th", { scope: "col", key: family.id }, family.title)))),
        h(
          "tbody",
          null,
          view.criteria.map((criterion) =>
            h("tr", { key: criterion.id }, h("th", { scope: "row" }, `${criterion.code} ${criterion.title}`.trim()), h("td", null, stateMark(criterion.state)), families.map((family) => h("td", { key: family.id }, `stays in ${criterion.holds[family.at]} of ${family.cases}`))),
          ),
        ),
      ),
    ),
  );
}
