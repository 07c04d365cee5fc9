/* calib_norms_reveal.js: answers to an invented person beside the reference: the anchors are what is
   talked about, not who gave what. */

function practiceReveal(app, profile) {
  const held = app.held(`norms.result.${profile.id}`);
  askOnce(app, held, "practice_result", { profile: profile.id });
  if (held.problems?.length) return problemList(held.problems);
  if (!held.view) return h("p", { class: "sm-quiet" }, "Opening…");
  const { cases, raters } = held.view;
  const apart = cases.filter((one) => one.apart).length;
  return [
    h("p", { key: "sum" }, apart ? `In ${apart} of ${plural(cases.length, "case")} half of you or more gave another level than the reference. Talk about these.` : `In each of ${plural(cases.length, "case")} most of you gave the level of the reference.`),
    raterLegend(app, raters.map((one) => one.rater), { reference: true }),
    h("div", { class: "sm-reveal-cases", key: "cases" }, cases.map((one) => revealCase(app, one))),
    revealCounts(app, raters, cases.length),
  ];
}

function revealSentence(app, one) {
  const counts = new Map();
  for (const { answer } of one.given) counts.set(answer, (counts.get(answer) || 0) + 1);
  if (!one.given.length) return "Nobody answered.";
  const same = counts.get(one.reference) || 0;
  const order = [...app.framework.scale.map((step) => step.level), "NOT_OBSERVED"];
  const others = order.filter((value) => value !== one.reference && counts.has(value)).map((value) => `${counts.get(value)} ${value === "NOT_OBSERVED" ? "said not observed" : `gave level ${value}`}`);
  const reference = one.reference === "NOT_OBSERVED" ? "“not observed”" : `level ${one.reference}`;
  return `Reference: ${reference}. ${same} of ${one.given.length} gave it${others.length ? `, ${others.join(", ")}` : ""}.`;
}

function revealCase(app, one) {
  const skill = app.skill(one.skill);
  const marks = one.given.filter(({ answer }) => typeof answer === "number").map(({ rater, answer }) => ({ rater, kind: "practice", level: answer }));
  const unseen = one.given.filter(({ answer }) => answer === "NOT_OBSERVED").map(({ rater }) => raterLetter(app, rater));
  const levels = app.framework.scale.filter((step) => step.level === one.reference || marks.some((mark) => mark.level === step.level));
  const sentence = revealSentence(app, one);
  return h(
    "section",
    { key: one.skill, class: classes("sm-reveal-case", one.apart && "sm-reveal-apart"), "aria-label": skill.title },
    h("h5", { class: "sm-reveal-title" }, skill.title),
    stripScale(app),
    markStrip(app, { label: `${skill.title}. ${sentence} ${stripWords(app, marks)}`, marks, reference: one.reference }),
    h("p", { class: "sm-reveal-words" }, sentence, unseen.length ? ` Not observed: ${unseen.join(", ")}.` : null),
    one.apart ? h("p", { class: "sm-reveal-talk" }, icon("note"), "Talk about the anchor, not the person: which words did you read apart?") : null,
    h("p", { class: "sm-reveal-why" }, h("b", null, "Why the reference: "), one.reason),
    h(
      "details",
      { class: "sm-more" },
      h("summary", null, "The case, and the anchors of these levels"),
      h("p", { class: "sm-tryout-text" }, one.text),
      h("dl", { class: "sm-reveal-anchors" }, levels.map((step) => h("div", { key: String(step.level) }, h("dt", null, `${step.level} ${step.name}`), h("dd", null, blindAnchors(app, skill, step))))),
    ),
  );
}

function revealCounts(app, raters, cases) {
  if (!raters.length) return null;
  const column = (text) => h("th", { scope: "col", key: text }, text);
  return h(
    "details",
    { class: "sm-more", key: "counts" },
    h("summary", null, "Each rater beside the reference, in counts"),
    h("p", { class: "sm-quiet" }, `Of ${plural(cases, "case")}, by code. It says how alike you read the anchors today, not who rates well.`),
    h(
      "div",
      { class: "sm-table-scroll", tabindex: "0", role: "region", "aria-label": "Each rater beside the reference, table" },
      h(
        "table",
        { class: "sm-table" },
        h("thead", null, h("tr", null, ["Rater", "Both gave a level", "The same", "At most one apart", "Higher", "Lower", "“Not observed” apart", "Left out"].map(column))),
        h("tbody", null, raters.map((one) => h("tr", { key: one.rater }, h("th", { scope: "row", dir: "auto" }, `${raterLetter(app, one.rater)} · `, calledBy(app, one.rater)), [one.n, one.exact, one.within_one, one.higher, one.lower, one.level_unseen + one.unseen_level, one.left_out].map((count, at) => h("td", { key: at }, count))))),
      ),
    ),
  );
}
