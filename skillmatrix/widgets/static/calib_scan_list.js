/* calib_scan_list.js: where raters are apart: gates first, the widest first; each line a strip of
   what everybody gave, and the way to the card where it is talked about. */

function scanList(app) {
  const wish = { gate: false, least: 1, person: null, skill: null, page: 0, ...(app.ui.apart || {}) };
  const held = app.held("scan.scan_list");
  askOnce(app, held, "scan_list", wish, { patience: 30000 });
  const { view } = held;
  const set = (part, focus = null) => {
    app.keep({ apart: { ...wish, page: 0, ...part } }, true);
    if (focus) app.focusSoon(focus);
  };
  return [
    listFilters(app, wish, set),
    held.problems?.length ? problemList(held.problems) : null,
    view ? listLines(app, view, wish, set) : h("p", { class: "sm-quiet", key: "wait" }, "Looking…"),
    whyNot("list", "Why can this not be sorted by level, and where is the ranking?", [
      ["Sorting by level", "A list from high to low is a ranking, whatever it is called. Lines are sorted by how far raters are apart, and skills with a gate stand first."],
      ["A ranking of people, or a nine-box", "The ladder says what each person has shown. Who comes before whom is not a question it can answer, and boxes hide the reasons."],
      ["A quota or a curve", "How many people meet a bar follows from the evidence. In groups of this size a wanted share cannot be told from chance."],
    ]),
  ];
}

function listFilters(app, wish, set) {
  const people = app.state.people.map((person) => person.code);
  return h(
    "div",
    { class: "sm-apart-filters", key: "filters", role: "group", "aria-label": "Which lines" },
    h("label", { class: "sm-check" }, h("input", { type: "checkbox", "data-focus": "apart-gate", checked: wish.gate, onchange: (event) => set({ gate: event.target.checked }) }), h("span", null, "Gates and floors only")),
    h("label", { class: "sm-apart-field" }, h("span", null, "Apart by at least"), h("select", { class: "sm-input sm-input-auto", "data-focus": "apart-least", value: String(wish.least), onchange: (event) => set({ least: Number(event.target.value) }) }, app.framework.scale.map((_, at) => h("option", { key: String(at), value: String(at) }, at === 0 ? "0, also the same" : plural(at, "level"))))),
    h("label", { class: "sm-apart-field" }, h("span", null, "Person"), h("select", { class: "sm-input sm-input-auto", "data-focus": "apart-person", value: wish.person || "", onchange: (event) => set({ person: event.target.value || null }) }, h("option", { value: "" }, "Everybody"), people.map((code) => h("option", { key: code, value: code }, calledBy(app, code))))),
    h("label", { class: "sm-apart-field" }, h("span", null, "Skill"), h("select", { class: "sm-input sm-input-auto", "data-focus": "apart-skill", value: wish.skill || "", onchange: (event) => set({ skill: event.target.value || null }) }, h("option", { value: "" }, "Every skill"), app.framework.skills.map((skill) => h("option", { key: skill.id, value: skill.id }, skill.title)))),
  );
}

function listLines(app, view, wish, set) {
  const shown = `${view.from + 1} to ${view.from + view.rows.length} of ${view.total}`;
  const turn = view.pages > 1
    ? h(
        "p",
        { class: "sm-apart-turn", key: "turn" },
        h("button", { type: "button", class: "sm-button sm-button-small", "data-focus": "apart-back", "aria-disabled": view.page ? "false" : "true", onclick: () => view.page && set({ page: view.page - 1 }, "apart-lines") }, icon("back"), "Back"),
        h("span", null, `Page ${view.page + 1} of ${view.pages}`),
        h("button", { type: "button", class: "sm-button sm-button-small", "data-focus": "apart-next", "aria-disabled": view.page + 1 < view.pages ? "false" : "true", onclick: () => view.page + 1 < view.pages && set({ page: view.page + 1 }, "apart-lines") }, "Next", icon("next")),
      )
    : null;
  return h(
    "section",
    { class: "sm-apart", key: "lines", "aria-labelledby": "sm-apart-title" },
    h("h3", { class: "sm-section-title", id: "sm-apart-title", tabindex: "-1", "data-focus": "apart-lines" }, view.total ? `Lines ${shown}` : "No line"),
    h("p", { class: "sm-quiet" }, `Two or more raters gave a level in ${view.rated_twice} of ${view.cells} pairs of a person and a skill; in ${view.same} of these all gave the same. What one rater gave alone is not listed here, and is no agreement.`),
    view.total ? raterLegend(app, ratersHere(app), { shapes: true, own: true, bar: true }) : h("p", null, wish.least ? "Nobody is apart in what you look for." : "Nothing was rated by two raters in what you look for."),
    view.total ? h("div", { class: "sm-apart-line sm-apart-head", "aria-hidden": "true" }, h("span"), stripScale(app), h("span")) : null,
    h("ul", { class: "sm-apart-list", role: "list" }, view.rows.map((row) => apartLine(app, row))),
    turn,
  );
}

function apartWords(app, row) {
  const states = { NOT_OBSERVED: "not observed by", UNRATED: "not rated by", DECLINED: "declined by", NOT_APPLICABLE: "proposed as not applicable by" };
  const missing = Object.entries(states)
    .map(([state, words]) => [words, row.missing.filter((each) => each.state === state)])
    .filter(([, many]) => many.length)
    .map(([words, many]) => `${words} ${many.map((each) => (each.rater === null ? "the person" : raterLetter(app, each.rater))).join(", ")}`);
  return [stripWords(app, row.marks), ...missing].join("; ");
}

function apartLine(app, row) {
  const skill = app.skill(row.skill);
  const words = apartWords(app, row);
  const card = ({ id, code, title }) => h("button", { key: id, type: "button", class: "sm-link", onclick: () => app.go("criteria", `${id}/${row.person}`), "aria-label": `Card of ${calledBy(app, row.person)} under ${title}` }, `Card ${code || shorten(title, 24)}`, icon("next"));
  return h(
    "li",
    { key: `${row.person} ${row.skill}`, class: "sm-apart-line" },
    h("div", { class: "sm-apart-what" }, h("b", null, row.gate ? icon("gate") : null, skill?.title || row.skill, row.gate ? hiddenText(", gate or floor") : null), h("span", { dir: "auto" }, calledBy(app, row.person))),
    markStrip(app, { label: `${skill?.title || row.skill} of ${calledBy(app, row.person)}: ${words}${row.required === null ? "" : `; bar ${row.required}`}`, marks: row.marks, bar: row.required }),
    h("div", { class: "sm-apart-words" }, h("p", null, row.range ? `${plural(row.range, "level")} apart` : "the same", h("span", { class: "sm-quiet" }, words)), row.criteria.length ? h("p", { class: "sm-apart-cards" }, row.criteria.map(card)) : h("p", { class: "sm-quiet" }, "no criterion asks for it")),
  );
}
