/* calib_norms.js: step Norms: what is agreed on, who sits here, and practice on invented people:
   rated blind one after the other at one keyboard, then held against the reference. */

const NORMS = [
  ["What we are here for.", "To say what each person has shown, held against the ladder. Nobody is compared with anybody else, and nothing here has a quota."],
  ["What counts.", "Evidence and the wording of the anchors. An opinion is welcome with what it rests on; a reputation is neither."],
  ["In which order.", "Each of us rates alone before anybody speaks. Then the least senior speaks first, and whoever leads the person last."],
  ["What stays here.", "What is said about people stays in this room. What is written can be read by the person it is about: write it that way."],
  ["What happens with the log.", "Each decision is kept with its reason and with who disagrees. Nothing in it is overwritten, and each person can have their own part of it."],
];

function normsView(app) {
  const { norms } = app.state;
  const [profile, rater] = (app.ui.place || "").split("/");
  if (rater && norms.chosen.includes(profile) && !norms.revealed.includes(profile)) return practiceBlind(app, profile, rater);
  return [
    stepTitle("Norms", "A quarter of an hour before anybody is named: read these aloud, then rate two invented people and see how far you read the anchors alike."),
    h(
      "div",
      { class: "sm-norms", key: "norms" },
      h("section", { class: "sm-norms-rules", "aria-labelledby": "sm-norms-title" }, h("h3", { class: "sm-section-title", id: "sm-norms-title" }, "What we agree on"), h("ol", null, NORMS.map(([head, text]) => h("li", { key: head }, h("b", null, head), " ", text)))),
      seatsEditor(app),
    ),
    practiceSection(app),
  ];
}

function practiceSection(app) {
  const { norms } = app.state;
  if (norms.problem) return h("section", { key: "practice" }, h("h3", { class: "sm-section-title" }, "Practice"), h("p", { class: "sm-warning", role: "alert" }, icon("open"), h("span", null, norms.problem)));
  if (!norms.profiles.length) return h("section", { key: "practice" }, h("h3", { class: "sm-section-title" }, "Practice"), h("p", { class: "sm-quiet" }, "This ladder brings no invented people to practise on. Read three anchors aloud instead, and say what each would look like here."));
  return h(
    "section",
    { class: "sm-practise", key: "practice", "aria-labelledby": "sm-practise-title" },
    h("h3", { class: "sm-section-title", id: "sm-practise-title" }, "Practice on invented people"),
    h("p", { class: "sm-quiet" }, "Each rater takes the keyboard, reads, gives levels and seals them. Nobody’s answers are shown before you show the reference. One profile after the other: the second is rated with what the first has taught."),
    practiceChoice(app),
    h("div", { class: "sm-practise-cards" }, norms.chosen.map((id) => practiceCard(app, norms.profiles.find((profile) => profile.id === id)))),
  );
}

function practiceChoice(app) {
  const { norms } = app.state;
  const toggle = (id, on) => {
    const next = norms.profiles.map((profile) => profile.id).filter((known) => (known === id ? on : norms.chosen.includes(known)));
    if (next.length) app.send("practice_choose", { profiles: next });
    else app.announce("One profile at least.");
    app.repaint();
  };
  return h(
    "details",
    { class: "sm-more", key: "choice" },
    h("summary", null, "Choose other profiles"),
    h("fieldset", { class: "sm-practise-choice" }, h("legend", { class: "sm-hidden" }, "Practice profiles of this session"), norms.profiles.map((profile) => {
      const on = norms.chosen.includes(profile.id);
      return h("label", { key: profile.id, class: "sm-check" }, h("input", { type: "checkbox", "data-focus": `choose-${profile.id}`, checked: on, onchange: (event) => toggle(profile.id, event.target.checked) }), h("span", null, profile.title, h("span", { class: "sm-quiet" }, `, ${plural(profile.cases, "case")}`)));
    })),
  );
}

/* Who has done what with a profile; no answer of anybody. */
function practiceStanding(app, id) {
  const { norms, present } = app.state;
  const sealed = norms.sealed[id] || [];
  const filed = norms.filed[id] || [];
  const seats = present.length ? present : app.state.raters.map((rater) => rater.code);
  const all = [...new Set([...seats, ...sealed, ...filed])];
  const missing = present.filter((code) => !sealed.includes(code) && !filed.includes(code));
  return { sealed, filed, begun: norms.begun[id] || [], all, missing };
}

function practiceCard(app, profile) {
  const shown = app.state.norms.revealed.includes(profile.id);
  const id = `sm-practise-${profile.id}`;
  return h(
    "article",
    { class: classes("sm-practise-card", shown && "sm-practise-shown"), key: profile.id, "aria-labelledby": id },
    h("h4", { class: "sm-practise-name", id, tabindex: "-1", "data-focus": id }, profile.title, h("span", { class: "sm-chip" }, "invented")),
    shown ? practiceReveal(app, profile) : practiceDesk(app, profile),
  );
}

function practiceDesk(app, profile) {
  const { sealed, filed, begun, all, missing } = practiceStanding(app, profile.id);
  const done = sealed.length + filed.filter((code) => !sealed.includes(code)).length;
  const asked = app.held(`norms.desk.${profile.id}`);
  const everybody = app.state.present.length > 0 && !missing.length;
  const reveal = (anyway) => {
    Object.assign(asked, { anyway: false, told: null });
    app.send("practice_reveal", { profile: profile.id, anyway });
    app.focusSoon(`sm-practise-${profile.id}`);
  };
  const ask = () => {
    if (!done) return app.announce("Nobody has sealed yet.");
    if (everybody) return reveal(false);
    asked.anyway = true;
    app.repaint();
    return app.focusSoon("reveal-anyway");
  };
  const line = (code) => {
    const state = sealed.includes(code) ? "sealed" : filed.includes(code) ? "came as a file" : null;
    return h(
      "li",
      { key: code },
      h("span", { dir: "auto" }, calledBy(app, code)),
      state
        ? h("span", { class: "sm-practise-done" }, icon("check"), state)
        : h("button", { type: "button", class: "sm-button sm-button-small", "data-focus": `desk-${profile.id}-${code}`, "aria-label": `${calledBy(app, code)} takes the keyboard for ${profile.title}`, onclick: () => {
          asked.told = null;
          app.go("norms", `${profile.id}/${code}`);
        } }, begun.includes(code) ? "Go on" : "Take the keyboard"),
    );
  };
  return [
    h("p", { class: "sm-quiet" }, `${plural(profile.cases, "case")}. ${done} of ${all.length} ${done === 1 ? "has" : "have"} sealed.`),
    all.length ? h("ul", { class: "sm-practise-desk", role: "list" }, all.map(line)) : h("p", { class: "sm-quiet" }, "Say first who sits here."),
    asked.told && !asked.anyway ? h("p", { class: "sm-practise-told", key: "told" }, icon("check"), asked.told) : null,
    asked.anyway
      ? h(
          "div",
          { class: "sm-practise-anyway", key: "anyway" },
          h("p", null, missing.length ? [`Not sealed yet: `, missing.map((code) => calledBy(app, code)).join(", "), ". Once the reference is shown they cannot rate this profile blind."] : "The order of speaking is not in the log yet, so nobody knows who is still to rate. Once the reference is shown, nobody can rate this profile blind."),
          h("p", { class: "sm-practise-buttons" }, h("button", { type: "button", class: "sm-button", "data-focus": "reveal-anyway", onclick: () => reveal(true) }, "Show it anyway"), h("button", { type: "button", class: "sm-button", onclick: () => {
            asked.anyway = false;
            app.repaint();
            app.focusSoon(`reveal-${profile.id}`);
          } }, "Wait")),
        )
      : h("p", { class: "sm-practise-buttons", key: "reveal" }, h("button", { type: "button", class: classes("sm-button", everybody && done && "sm-button-main"), "data-focus": `reveal-${profile.id}`, "aria-disabled": done ? "false" : "true", onclick: ask }, app.waiting() ? "Saving…" : "Show the reference")),
  ];
}
