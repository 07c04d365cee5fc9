/* calib_norms_strip.js: what several raters gave, as marks on the scale: a letter for each rater, a
   shape for each kind. Letters follow the codes and say nothing about anybody. */

const KIND_WORDS = { self: "own view", manager: "manager", mentor: "mentor", peer: "peer", practice: "rater" };

/* Everybody who rates here: those from files by code, then others who sit in the room, so that a
   letter stays with its rater. */
function ratersHere(app) {
  return [...new Set([...app.state.raters.map((rater) => rater.code), ...(app.state.present || [])])];
}

function raterLetter(app, code) {
  const at = ratersHere(app).indexOf(code);
  return at < 0 ? "?" : at < 26 ? String.fromCharCode(65 + at) : String(at + 1);
}

function raterGlyph(app, { rater, kind }) {
  return h("span", { class: `sm-spots-one sm-spots-${kind}`, "aria-hidden": "true" }, h("b", null, rater === null ? "" : raterLetter(app, rater)));
}

/* The scale once, above strips that stand below each other. */
function stripScale(app) {
  return h("div", { class: "sm-spots-scale", "aria-hidden": "true", style: `--sm-levels:${app.framework.scale.length}` }, app.framework.scale.map((step) => h("span", { key: String(step.level), title: step.definition }, h("b", null, step.level), h("i", null, step.name))));
}

/* One strip. marks: [{rater, kind, level}]; bar: a level, or null; reference: a level, or null. */
function markStrip(app, { label, marks, bar = null, reference = null }) {
  return h(
    "div",
    { class: "sm-spots", role: "img", "aria-label": label, style: `--sm-levels:${app.framework.scale.length}` },
    app.framework.scale.map((step) =>
      h(
        "span",
        { key: String(step.level), class: classes("sm-spots-level", bar === step.level && "sm-spots-bar", reference === step.level && "sm-spots-reference") },
        marks.filter((mark) => mark.level === step.level).map((mark) => h("span", { key: mark.rater ?? "self", class: "sm-spots-place", title: mark.rater === null ? "own view" : calledBy(app, mark.rater) }, raterGlyph(app, mark))),
      ),
    ),
  );
}

/* The same in words, by level: "2: A, C; 4: B, own view". */
function stripWords(app, marks) {
  const said = app.framework.scale
    .map((step) => [step.level, marks.filter((mark) => mark.level === step.level)])
    .filter(([, many]) => many.length)
    .map(([level, many]) => `${level}: ${many.map((mark) => (mark.rater === null ? "own view" : raterLetter(app, mark.rater))).join(", ")}`);
  return said.join("; ");
}

function raterLegend(app, codes, { shapes = false, own = false, bar = false, reference = false } = {}) {
  const shape = (kind) => h("li", { key: kind }, h("span", { class: `sm-spots-one sm-spots-${kind}`, "aria-hidden": "true" }), kind === "self" ? "own view, in no count" : KIND_WORDS[kind]);
  return h(
    "ul",
    { class: "sm-legend sm-spots-legend", role: "list" },
    codes.map((code) => h("li", { key: code }, h("b", { class: "sm-spots-letter" }, raterLetter(app, code)), h("span", { dir: "auto" }, calledBy(app, code)))),
    shapes ? ["manager", "mentor", "peer"].map(shape) : null,
    own ? shape("self") : null,
    bar ? h("li", { key: "bar" }, h("span", { class: "sm-spots-bar-key", "aria-hidden": "true" }), "the bar: this level and above") : null,
    reference ? h("li", { key: "reference" }, h("span", { class: "sm-spots-reference-key", "aria-hidden": "true" }), "reference") : null,
  );
}

/* What the page does not show, where somebody would look for it, and why. */
function whyNot(key, title, reasons) {
  return h("details", { class: "sm-more sm-why-not", key: `why-not-${key}` }, h("summary", null, title), h("dl", { class: "sm-why-list" }, reasons.map(([what, why]) => h("div", { key: what }, h("dt", null, what), h("dd", null, why)))));
}
