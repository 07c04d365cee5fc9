/* calib_norms_blind.js: one rater at the keyboard: an invented person, case by case, then sealed. */

function practiceBlind(app, profile, rater) {
  const held = app.held("norms.blind");
  const { sealed, filed } = practiceStanding(app, profile);
  const back = (focus) => {
    Object.keys(held).forEach((name) => delete held[name]);
    app.go("norms", null, { focus });
  };
  if (sealed.includes(rater) || filed.includes(rater)) {
    return [stepTitle("Sealed"), h("p", { key: "told" }, "These answers are sealed and stay closed until the reference is shown."), h("p", { key: "back" }, h("button", { type: "button", class: "sm-button", onclick: () => back("step") }, icon("back"), "Back to the list"))];
  }
  beginBlind(app, held, profile, rater);
  if (held.problems) return [stepTitle("Practice"), problemList(held.problems), h("p", { key: "back" }, h("button", { type: "button", class: "sm-button", onclick: () => back("step") }, icon("back"), "Back to the list"))];
  if (!held.text || !held.levels) return [stepTitle("Practice"), h("p", { class: "sm-quiet", key: "wait" }, "Opening…")];
  const { text } = held;
  const at = Math.min(held.at || 0, text.cases.length);
  return [
    h("p", { class: "sm-eyebrow", key: "who" }, "At the keyboard: ", h("b", { dir: "auto" }, calledBy(app, rater)), h("button", { type: "button", class: "sm-link sm-tryout-leave", onclick: () => back(`desk-${profile}-${rater}`) }, "Leave without sealing")),
    h("div", { class: "sm-tryout-title", key: "title" }, stepTitle(`Practice: ${text.title}`)),
    h("div", { class: "sm-tryout-profile", key: "profile" }, h("p", null, text.text), h("p", { class: "sm-hint" }, text.notice)),
    blindProgress(app, held, at),
    at < text.cases.length ? blindCase(app, held, at) : blindSeal(app, held, back),
  ];
}

function beginBlind(app, held, profile, rater) {
  const key = `${profile}/${rater}`;
  if (held.key === key) return;
  Object.keys(held).forEach((name) => delete held[name]);
  Object.assign(held, { key, profile, rater, at: 0 });
  const settle = (part) => {
    if (held.key !== key) return;
    Object.assign(held, part);
    app.repaint();
  };
  const refused = ({ problems }) => settle({ problems: problems || [] });
  app.ask("practice_text", { profile }, { patience: 10000 }).then((answer) => settle({ text: answer.practice_text }), refused);
  app.ask("practice_draft", { rater, profile }, { patience: 10000 }).then((answer) => settle({ levels: { ...answer.practice_draft } }), refused);
}

function blindProgress(app, held, at) {
  const go = (to) => blindTo(app, held, to);
  return h(
    "nav",
    { class: "sm-tryout-cases", key: "cases", "aria-label": "Cases" },
    h(
      "ol",
      { role: "list" },
      held.text.cases.map((one, index) => h("li", { key: one.skill }, h("button", { type: "button", class: "sm-tryout-step", "aria-current": index === at ? "step" : null, onclick: () => go(index) }, held.levels[one.skill] === undefined ? h("span", { class: "sm-tryout-empty", "aria-hidden": "true" }) : icon("check"), app.skill(one.skill).title, hiddenText(held.levels[one.skill] === undefined ? ", no answer yet" : ", answered")))),
      h("li", { key: "seal" }, h("button", { type: "button", class: "sm-tryout-step", "aria-current": at === held.text.cases.length ? "step" : null, onclick: () => go(held.text.cases.length) }, "Seal")),
    ),
  );
}

function blindTo(app, held, to) {
  held.at = to;
  app.repaint();
  app.focusSoon("blind-case");
}

function blindCase(app, held, at) {
  const one = held.text.cases[at];
  const skill = app.skill(one.skill);
  const chosen = held.levels[one.skill];
  const set = (value) => {
    held.levels = { ...held.levels, [one.skill]: value };
    app.send("practice_rate", { rater: held.rater, profile: held.profile, levels: held.levels, sealed: false });
  };
  const option = (value, name, body) => {
    const id = `sm-tryout-${at}-${value}`;
    return h(
      "div",
      { key: String(value), class: classes("sm-tryout-option", chosen === value && "sm-tryout-chosen") },
      h("input", { type: "radio", id, name: `sm-tryout-${at}`, "data-focus": `blind-${value}`, checked: chosen === value, onchange: () => set(value) }),
      h("label", { for: id }, h("b", null, name), body),
    );
  };
  const keys = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const value = event.key === "n" ? "NOT_OBSERVED" : app.framework.scale.find((step) => String(step.level) === event.key)?.level;
    if (value === undefined) return;
    event.preventDefault();
    set(value);
    app.focusSoon(`blind-${value}`);
  };
  return h(
    "section",
    { class: "sm-tryout-case", key: `case-${at}`, "aria-labelledby": "sm-tryout-case-title", onkeydown: keys },
    h(
      "div",
      { class: "sm-tryout-story" },
      h("p", { class: "sm-eyebrow" }, `Case ${at + 1} of ${held.text.cases.length}`),
      h("h3", { id: "sm-tryout-case-title", tabindex: "-1", "data-focus": "blind-case" }, skill.code ? h("span", { class: "sm-tryout-code" }, skill.code, " ") : null, skill.title),
      h("p", { class: "sm-tryout-text" }, one.text),
      h("p", { class: "sm-hint" }, `${app.framework.scale[0].level} to ${app.framework.scale.at(-1).level} choose, n is not observed.`),
      h("details", { class: "sm-more", key: "meanings" }, h("summary", null, "What the levels mean"), h("dl", { class: "sm-codes" }, app.framework.scale.map((step) => h("div", { key: String(step.level) }, h("dt", null, `${step.level} ${step.name}`), h("dd", null, step.definition))))),
    ),
    h(
      "fieldset",
      { class: "sm-tryout-levels" },
      h("legend", null, "Which level does this show?"),
      app.framework.scale.map((step) => option(step.level, `${step.level} ${step.name}`, blindAnchors(app, skill, step))),
      option("NOT_OBSERVED", "Not observed", h("span", { class: "sm-tryout-anchor" }, "Nothing told here would let anybody see this skill.")),
    ),
    h(
      "p",
      { class: "sm-tryout-turn" },
      at ? h("button", { type: "button", class: "sm-button", onclick: () => blindTo(app, held, at - 1) }, icon("back"), "Back") : null,
      h("button", { type: "button", class: classes("sm-button", chosen !== undefined && "sm-button-main"), "data-focus": "blind-next", onclick: () => blindTo(app, held, at + 1) }, at + 1 < held.text.cases.length ? "Next case" : "To the seal", icon("next")),
    ),
  );
}

function blindAnchors(app, skill, step) {
  const anchors = (skill.anchors[String(step.level)] || []).filter((anchor) => anchor.status !== "retired");
  if (!anchors.length) return h("span", { class: "sm-tryout-anchor" }, step.definition);
  return anchors.map((anchor) => [h("span", { key: anchor.id, class: "sm-tryout-anchor" }, anchor.text), anchor.not_this ? h("span", { key: `${anchor.id}-not`, class: "sm-tryout-anchor sm-tryout-miss" }, h("i", null, "Not yet this: "), anchor.not_this) : null]);
}

function answerWords(app, value) {
  if (value === undefined || value === null) return "no answer";
  return value === "NOT_OBSERVED" ? "not observed" : `${value} ${app.framework.scale.find((step) => step.level === value)?.name || ""}`;
}

function blindSeal(app, held, back) {
  const { cases } = held.text;
  const given = cases.filter((one) => held.levels[one.skill] !== undefined);
  const seal = () => {
    if (!given.length) return app.announce("Answer one case at least.");
    const { rater, profile, levels } = held;
    app.send("practice_rate", { rater, profile, levels, sealed: true });
    const { all, missing } = practiceStanding(app, profile);
    const next = (missing.length ? missing : all).find((code) => code !== rater && !(app.state.norms.sealed[profile] || []).includes(code) && !(app.state.norms.filed[profile] || []).includes(code));
    const told = next ? `Sealed. Hand the keyboard to ${calledBy(app, next)}.` : "Sealed. Everybody has rated.";
    app.held(`norms.desk.${profile}`).told = told;
    back(next ? `desk-${profile}-${next}` : `reveal-${profile}`);
    return app.announce(told);
  };
  return h(
    "section",
    { class: "sm-tryout-seal", key: "seal", "aria-labelledby": "sm-tryout-seal-title" },
    h("h3", { id: "sm-tryout-seal-title", tabindex: "-1", "data-focus": "blind-case" }, "Seal and hand on"),
    h("p", null, "Once sealed, nothing changes and nobody sees it until the reference is shown to all."),
    h("ul", { class: "sm-tryout-answers", role: "list" }, cases.map((one, index) => h("li", { key: one.skill }, h("button", { type: "button", class: "sm-link", onclick: () => blindTo(app, held, index) }, app.skill(one.skill).title), h("span", null, answerWords(app, held.levels[one.skill]))))),
    h("p", { class: "sm-tryout-turn" }, h("button", { type: "button", class: "sm-button", onclick: () => blindTo(app, held, cases.length - 1) }, icon("back"), "Back"), h("button", { type: "button", class: "sm-button sm-button-main", "data-focus": "blind-seal", "aria-disabled": given.length ? "false" : "true", onclick: seal }, given.length < cases.length ? `Seal ${given.length} of ${plural(cases.length, "answer")} and hand on` : "Seal and hand on")),
  );
}
