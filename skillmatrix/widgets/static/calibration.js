/* calibration.js: the calibration session, along its phases. */

const CALIBRATION = {
  page: "calibration",
  all: "All sessions",
  ui: { step: null, place: null, names: true },
  steps: [
    ["collect", "Collect"],
    ["norms", "Norms"],
    ["scan", "Scan"],
    ["criteria", "Criteria"],
    ["review", "Review"],
    ["after", "After"],
  ],
  views: { start: calibrationStart, collect: collectView, norms: normsView, scan: scanView, criteria: criteriaView, review: reviewView, after: afterView },
  aim: (app) => {
    const profile = app.framework.profiles.find((entry) => entry.id === app.state.meeting.profile);
    return profile ? profile.title : app.state.meeting.profile;
  },
  left: (app) => {
    app.leaveCard?.();
    coverLeanings(app);
    coverSeverity(app);
  },
  listen: listenCollect,
  takeBack: (app, command) => command.name === "decide" && takeBackDecision(app, command.args),
};

/* How a person or a rater is called on the page: by name where it is known and wished, else by code. */
function calledBy(app, code) {
  const known = [...app.state.people, ...app.state.raters].find((entry) => entry.code === code);
  return app.ui.names && known ? known.name : code;
}

function calibrationStart(app) {
  return [
    stepTitle("Calibration session", "Independent ratings of several people, set side by side: where raters agree, where they do not, and what the panel makes of it, with reasons. Up to thirty people from a folder of files. Nothing here ranks anybody."),
    app.state.problem ? h("p", { class: "sm-warning", role: "alert" }, icon("open"), h("span", null, app.state.problem)) : null,
    h("div", { class: "sm-people-grid" }, h("div", { class: "sm-people-main" }, meetingList(app, { title: "Sessions", empty: "None yet. Begin one, then collect the locked files." }), calibrationBegin(app)), h("aside", { class: "sm-people-side" }, howCalibrationGoes(), logCheck(app))),
  ];
}

function howCalibrationGoes() {
  const step = (title, text) => h("li", null, h("b", null, title), h("p", { class: "sm-quiet" }, text));
  return h(
    "section",
    { "aria-labelledby": "sm-how-title" },
    h("h2", { class: "sm-section-title", id: "sm-how-title" }, "How a session goes"),
    h(
      "ol",
      { class: "sm-people-how" },
      step("Collect", "Locked ratings and packets. Nobody has seen anybody else’s."),
      step("Norms", "Two invented people, rated blind by everybody and held against the anchors."),
      step("Scan", "For the facilitator: where ratings are apart, and whether raters can be compared at all."),
      step("Criteria", "One criterion across all people before the next. Read in silence, the least senior speaks first, rate again blind, decide with a reason."),
      step("Review", "What changed, in which direction, and for whom."),
      step("After", "What each open item waits for, the minutes, and for each person an excerpt of their own."),
    ),
  );
}

function calibrationBegin(app) {
  const held = { title: "", facilitator: "", framework: null, profile: null, ...(app.draft("begin") || {}) };
  const set = (part, paint = false) => {
    app.setDraft("begin", { ...held, ...(app.draft("begin") || {}), ...part });
    if (paint) app.repaint();
  };
  const { ladder, role } = startChoice(app.state.ladders, held.framework, held.profile);
  const usable = app.state.ladders.filter((entry) => !entry.problem);
  const begin = () => {
    const now = { ...held, ...(app.draft("begin") || {}) };
    if (!now.title.trim()) {
      app.announce("Give the session a title first.");
      return app.focusSoon("begin-title");
    }
    app.setDraft("begin", null);
    return app.send("begin", { title: now.title.trim(), facilitator: now.facilitator.trim(), framework: ladder.id, profile: role.id, overlays: [], switches: {} });
  };
  const field = (name, label, hint) =>
    h(
      "div",
      { class: "sm-field", key: name },
      h("label", { for: `sm-begin-${name}` }, label),
      h("input", { id: `sm-begin-${name}`, class: "sm-input", type: "text", dir: "auto", maxlength: "200", autocomplete: "off", "data-focus": `begin-${name}`, "aria-describedby": `sm-begin-${name}-hint`, value: held[name], oninput: (event) => set({ [name]: event.target.value }) }),
      h("p", { class: "sm-hint", id: `sm-begin-${name}-hint` }, hint),
    );
  return h(
    "section",
    { "aria-labelledby": "sm-begin-title-text", key: "begin" },
    h("h2", { class: "sm-section-title", id: "sm-begin-title-text" }, "Begin a session"),
    ladderTroubles(app.state.ladders),
    h(
      "form",
      { class: "sm-start-form", onsubmit: (event) => {
        event.preventDefault();
        begin();
      } },
      field("title", "Title", "Such as the team and the season. It stands in the minutes."),
      field("facilitator", "Facilitator", "Who leads the session and keeps its record."),
      usable.length > 1
        ? h("div", { class: "sm-field" }, h("label", { for: "sm-begin-ladder" }, "Ladder"), h("select", { id: "sm-begin-ladder", class: "sm-input", value: ladder.id, onchange: (event) => set({ framework: event.target.value, profile: null }, true) }, usable.map((entry) => h("option", { key: entry.id, value: entry.id }, entry.title))))
        : null,
      h("div", { class: "sm-field" }, h("label", { for: "sm-begin-profile" }, "Role everybody is held against"), h("select", { id: "sm-begin-profile", class: "sm-input", value: role.id, onchange: (event) => set({ profile: event.target.value }, true) }, ladder.profiles.map((entry) => h("option", { key: `${ladder.id} ${entry.id}`, value: entry.id }, entry.title))), h("p", { class: "sm-hint" }, role.summary || "")),
      h("div", { class: "sm-start-buttons" }, h("button", { type: "submit", class: "sm-button sm-button-main" }, "Begin", icon("next"))),
    ),
  );
}

export default {
  render({ model, el }) {
    return renderRoom({ model, el }, CALIBRATION);
  },
};
