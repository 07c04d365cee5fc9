/* interview_prepare.js: the list of interviews, how to begin one; step Prepare: who interviews, with
   which exercises, and the rubric to read beforehand. */

function interviewStart(app) {
  const rubric = app.framework.interview;
  return [
    stepTitle("Interview panel", "Several interviewers, one rubric. Each scores alone and closes the scores; then all are shown at once, and the panel decides with its reasons. No total, no mean, no ranking of candidates."),
    app.state.problem ? h("p", { class: "sm-warning", role: "alert" }, icon("open"), h("span", null, app.state.problem)) : null,
    rubric ? null : h("p", { class: "sm-warning" }, icon("open"), h("span", null, "This ladder has no interview rubric.")),
    h("div", { class: "sm-people-grid" }, h("div", { class: "sm-people-main" }, meetingList(app, { title: "Interviews", empty: "None yet." }), rubric ? interviewBegin(app) : null), h("aside", { class: "sm-people-side" }, howInterviewGoes(), logCheck(app))),
  ];
}

function howInterviewGoes() {
  const step = (title, text) => h("li", null, h("b", null, title), h("p", { class: "sm-quiet" }, text));
  return h(
    "section",
    { "aria-labelledby": "sm-how-title" },
    h("h2", { class: "sm-section-title", id: "sm-how-title" }, "How an interview goes"),
    h(
      "ol",
      { class: "sm-people-how" },
      step("Prepare", "Who interviews, with which exercises. Everybody reads the same anchors."),
      step("Score", "Each interviewer alone, in writing, right after the interview. Close it, hand on."),
      step("Compare", "All scores at once. Talk where you are apart: what did each of you see?"),
      step("Decide", "An outcome, the dimensions it rests on, the reasons, who disagrees, who decides."),
    ),
  );
}

const CANDIDATE_CODE = /^[A-Za-z0-9][A-Za-z0-9._-]{0,59}$/;

function interviewBegin(app) {
  const empty = { title: "", facilitator: "", candidate: "", candidate_name: "" };
  const held = () => ({ ...empty, ...(app.draft("begin") || {}) });
  const told = app.held("begin");
  const begin = () => {
    const said = Object.fromEntries(Object.keys(empty).map((key) => [key, held()[key].trim()]));
    if (!said.title) return sayHere(app, told, "Say what the interview is for first.", "begin-title");
    if (said.candidate && !CANDIDATE_CODE.test(said.candidate)) return sayHere(app, told, "The code of a candidate has letters, digits, dots and dashes alone, such as k-7m2xq4w9abcd.", "begin-candidate");
    Object.assign(told, { say: null });
    app.setDraft("begin", null);
    return app.send("begin", { ...said, framework: null });
  };
  const field = (name, label, hint) =>
    h(
      "div",
      { class: "sm-field", key: name },
      h("label", { for: `sm-begin-${name}` }, label),
      h("input", { id: `sm-begin-${name}`, class: "sm-input", type: "text", dir: "auto", maxlength: name === "candidate" ? "60" : "200", autocomplete: "off", "data-focus": `begin-${name}`, "aria-describedby": `sm-begin-${name}-hint`, value: held()[name], oninput: (event) => app.setDraft("begin", { ...held(), [name]: event.target.value }) }),
      h("p", { class: "sm-hint", id: `sm-begin-${name}-hint` }, hint),
    );
  return h(
    "section",
    { "aria-labelledby": "sm-begin-text", key: "begin" },
    h("h2", { class: "sm-section-title", id: "sm-begin-text" }, "Begin an interview"),
    h(
      "form",
      { class: "sm-start-form", onsubmit: (event) => {
        event.preventDefault();
        begin();
      } },
      field("title", "What for", "Such as the opening. It stands in the report."),
      field("candidate_name", "Candidate (optional)", "Stays in the key file of this machine; everything else refers to a code."),
      field("facilitator", "Who leads the panel", "And keeps its record."),
      h("details", { class: "sm-more" }, h("summary", null, "I score alone, and somebody else leads the panel"), field("candidate", "Code of the candidate", "Ask whoever leads the panel for it: your file of scores is then taken for the right person.")),
      toldHere(told),
      h("div", { class: "sm-start-buttons" }, h("button", { type: "submit", class: "sm-button sm-button-main" }, "Begin", icon("next"))),
    ),
  );
}

function prepareView(app) {
  const { framework } = app;
  const draft = app.draft("room");
  const now = draft || { raters: app.state.panel.map(({ code, name }) => ({ code, name: name === code ? "" : name })), exercises: app.state.exercises };
  const set = (part, focusKey = null) => {
    app.setDraft("room", { ...now, ...(app.draft("room") || {}), ...part });
    app.repaint();
    if (focusKey) app.focusSoon(focusKey);
  };
  const latest = () => ({ ...now, ...(app.draft("room") || {}) });
  const rename = (at, name) => app.setDraft("room", { ...latest(), raters: latest().raters.map((each, index) => (index === at ? { ...each, name } : each)) });
  const told = app.held("room");
  const full = now.raters.length >= app.state.most_raters;
  const { closed } = app.state;
  const store = () => {
    const said = latest();
    const sent = JSON.stringify(app.draft("room"));
    const raters = said.raters.filter((each) => each.code || each.name.trim()).map(({ code, name }) => ({ code: code || null, name: name.trim() }));
    askHere(app, told, "set_room", { raters, exercises: said.exercises }, () => {
      letGo(app, "room", sent);
      app.announce("Kept.");
      if (raters.length > 1) app.focusSoon("onward");
    });
  };
  const stateOf = (code) => app.state.panel.find((each) => each.code === code)?.state;
  const taken = new Set(now.raters.map(({ code, name }) => code || name.trim().toLowerCase()));
  const offered = full || closed ? [] : app.state.offered.filter((each) => !taken.has(each.code) && !now.raters.some(({ name }) => name.trim().toLowerCase() === each.name.toLowerCase()));
  const off = (at) => {
    told.off = null;
    set({ raters: latest().raters.filter((_, index) => index !== at) }, "add-rater");
  };
  const line = (rater, at) =>
    h(
      "li",
      { key: rater.code || `new-${at}` },
      h("input", { type: "text", class: "sm-input", dir: "auto", maxlength: "200", autocomplete: "off", disabled: closed, "aria-label": `Interviewer ${at + 1}`, "data-focus": `rater-${at}`, value: rater.name, oninput: (event) => rename(at, event.target.value), onchange: () => app.repaint() }),
      rater.code ? h("code", { class: "sm-quiet" }, rater.code) : h("span", null),
      h("button", { type: "button", class: "sm-icon-button", "aria-label": `Take ${rater.name || `interviewer ${at + 1}`} off`, title: stateOf(rater.code) === "sealed" ? "Closed scores stay" : null, disabled: closed || stateOf(rater.code) === "sealed", onclick: () => (stateOf(rater.code) === "begun" ? (Object.assign(told, { off: rater.code }), app.repaint(), app.focusSoon("off-no")) : off(at)) }, icon("close")),
      told.off && told.off === rater.code ? h("div", { class: "sm-interview-ask", role: "group", "aria-label": "Take them off?" }, h("p", { dir: "auto" }, `${rater.name} has begun to score. What was given is kept, and comes back if they are named again.`), h("p", { class: "sm-hand-buttons" }, h("button", { type: "button", class: "sm-button sm-button-small", onclick: () => off(at) }, "Take off"), h("button", { type: "button", class: "sm-button sm-button-small", "data-focus": "off-no", onclick: () => { told.off = null; app.repaint(); app.focusSoon(`rater-${at}`); } }, "Leave them on"))) : null,
    );
  return [
    stepTitle("Prepare"),
    h(
      "div",
      { class: "sm-interview-prepare" },
      h(
        "section",
        { "aria-labelledby": "sm-room-title", key: "room" },
        h("h3", { class: "sm-section-title", id: "sm-room-title" }, "Who interviews"),
        h("p", { class: "sm-quiet" }, "Two or more, best with different work. Names stay on this machine; the log has codes."),
        h(
          "ol",
          { class: "sm-interview-raters", role: "list" },
          now.raters.map(line),
        ),
        closed ? closedWords(app) : full ? h("p", { class: "sm-quiet" }, `${app.state.most_raters} interviewers at most.`) : h("p", null, h("button", { type: "button", class: "sm-button sm-button-small", "data-focus": "add-rater", onclick: () => set({ raters: [...latest().raters, { code: null, name: "" }] }, `rater-${latest().raters.length}`) }, icon("plus"), "Add an interviewer")),
        offered.length ? h("div", { class: "sm-interview-offered", key: "offered" }, h("p", { class: "sm-quiet" }, "Known here. Whoever keeps the same code is one person over all interviews:"), h("p", { class: "sm-hand-buttons" }, offered.slice(0, 12).map((each) => h("button", { type: "button", class: "sm-button sm-button-small", key: each.code, onclick: () => set({ raters: [...latest().raters.filter(({ code, name }) => code || name.trim()), { ...each }] }, "add-rater") }, icon("plus"), h("span", { dir: "auto" }, each.name))))) : null,
        h("fieldset", { class: "sm-interview-exercises" }, h("legend", { class: "sm-label" }, "Exercises"), framework.interview.exercises.map((each) => h("label", { class: "sm-check", key: each.id }, h("input", { type: "checkbox", disabled: closed, checked: now.exercises.includes(each.id), onchange: (event) => set({ exercises: event.target.checked ? [...latest().exercises, each.id] : latest().exercises.filter((id) => id !== each.id) }) }), h("span", null, `${each.title}, ${each.minutes} minutes`)))),
        toldHere(told),
        closed ? null : h("p", { class: "sm-hand-buttons" }, h("button", { type: "button", class: classes("sm-button", draft && "sm-button-main"), "data-focus": "keep-room", "aria-disabled": draft && !told.busy ? "false" : "true", onclick: () => draft && store() }, told.busy ? "Keeping…" : draft || !app.state.panel.length ? "Keep" : "Kept"), app.state.panel.length > 1 && !draft ? h("button", { type: "button", class: "sm-button sm-button-main", "data-focus": "onward", onclick: () => app.go("score") }, "On to scoring", icon("next")) : null),
        closed ? null : scoresTaken(app),
      ),
      h("section", { "aria-labelledby": "sm-rubric-title", key: "rubric" }, h("h3", { class: "sm-section-title", id: "sm-rubric-title" }, framework.interview.title), h("p", { class: "sm-quiet" }, framework.interview.note), rubricScale(app), framework.interview.dimensions.map((each) => h("details", { class: "sm-more", key: each.id }, h("summary", null, each.title), dimensionAsks(each), anchorList(app, each))), h("h4", { class: "sm-label" }, "Exercises"), framework.interview.exercises.map((each) => h("details", { class: "sm-more", key: each.id }, h("summary", null, `${each.title}, ${each.minutes} minutes`), h("p", null, each.text), h("p", { class: "sm-label" }, "What to look for"), h("ul", { class: "sm-list" }, each.expects.map((text) => h("li", { key: text }, text)))))),
    ),
  ];
}

/* Scores that an interviewer closed elsewhere. */
function scoresTaken(app) {
  const told = app.held("scores-file");
  const take = async (file) => {
    if (!file) return;
    Object.assign(told, { name: file.name, problems: null, taken: null });
    try {
      const answer = await app.ask("take_scores", { name: file.name.slice(0, 500), text: await file.text() }, { patience: 20000 });
      Object.assign(told, { taken: answer.taken, again: answer.again });
      app.announce("Taken in. Nothing of it is shown before the reveal.");
    } catch (error) {
      Object.assign(told, { problems: error.problems || [{ where: file.name, found: "a file the browser could not read", expected: "a file of scores" }] });
    }
    app.repaint();
  };
  const name = (code) => app.state.panel.find((each) => each.code === code)?.name || code;
  return h(
    "div",
    { class: "sm-interview-files", key: "files" },
    h("p", { class: "sm-label" }, "Scored on another machine"),
    h("p", { class: "sm-quiet" }, "Give each interviewer the code of the candidate, ", h("code", null, app.state.candidate.code), ". They begin an interview with it, close their scores and send you the file."),
    h("label", { class: "sm-drop sm-drop-small" }, icon("file"), h("span", null, "Choose a ", h("code", null, "score.json"), " file"), h("input", { type: "file", class: "sm-hidden", accept: ".json,application/json", "data-focus": "score-file", onchange: (event) => {
      take(event.target.files[0]);
      event.target.value = "";
    } })),
    told.taken ? h("p", { class: "sm-told", dir: "auto" }, icon("check"), ` ${told.again ? "Already here" : "Taken in"}: ${name(told.taken)}. Nothing of it is shown before the reveal.`) : null,
    told.problems ? [h("p", { class: "sm-warning" }, icon("cross"), h("span", null, `${told.name} was not taken in.`)), problemList(told.problems)] : null,
  );
}

function rubricScale(app) {
  return h("dl", { class: "sm-interview-scale" }, app.framework.interview.scale.map((step) => h("div", { key: step.level }, h("dt", null, h("b", null, step.level), " ", step.name), h("dd", { class: "sm-quiet" }, step.definition))));
}

function dimensionAsks(dimension) {
  return [h("p", { class: "sm-label" }, "Questions to ask"), h("ul", { class: "sm-list" }, dimension.asks.map((text) => h("li", { key: text }, text)))];
}

function anchorList(app, dimension) {
  return h(
    "dl",
    { class: "sm-interview-anchors" },
    app.framework.interview.scale.map((step) => h("div", { key: step.level }, h("dt", null, h("b", null, step.level), " ", step.name), h("dd", null, h("ul", { class: "sm-list" }, (dimension.anchors[step.level] || []).map((text) => h("li", { key: text }, text))), dimension.near_misses[step.level] ? h("p", { class: "sm-quiet" }, "Not this: ", dimension.near_misses[step.level]) : null))),
  );
}
