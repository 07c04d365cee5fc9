/* interview_decide.js: step Decide: an outcome, what it rests on, the reasons, who disagrees, who
   decides; the report, the log, the end. */

const OUTCOME_WORDS = { offer: "Make an offer", "no offer": "Make no offer", "another step": "Another step first" };

function decideView(app) {
  if (!app.state.revealed) return notShown(app, "Decide");
  const view = shownScores(app);
  if (!view) return readingShown(app, "Decide");
  const editing = app.draft("decision");
  return [
    stepTitle("Decide", "A person decides, and says why. No number does."),
    view.to_talk.length ? h("p", { class: "sm-warning" }, icon("open"), h("span", null, `${plural(view.to_talk.length, "red flag")} somebody saw ${view.to_talk.length === 1 ? "has" : "have"} not been talked about. `, h("button", { type: "button", class: "sm-link", onclick: () => app.go("compare") }, "Go there"))) : null,
    closedWords(app),
    view.decided && (app.state.closed || !editing) ? decidedWords(app, view) : app.state.closed ? h("p", null, "No decision was entered.") : decisionForm(app, view),
    remarkForm(app, view),
    interviewFiles(app, view),
  ];
}

function decidedWords(app, view) {
  const said = view.decided;
  const titles = new Map(app.framework.interview.dimensions.map((each) => [each.id, each.title]));
  const name = (code) => view.raters.find((each) => each.code === code)?.name || code;
  return h(
    "section",
    { class: "sm-decided", key: "decided" },
    h("h3", { class: "sm-section-title", tabindex: "-1", "data-focus": "decided" }, OUTCOME_WORDS[said.outcome]),
    h("p", { dir: "auto" }, said.words),
    h("p", { class: "sm-quiet" }, `It rests on ${said.rests_on.map((id) => titles.get(id)).join(", ")}. Decided by `, h("b", { dir: "auto" }, said.decided_by), said.at ? ` on ${dayText(said.at)}.` : "."),
    said.dissent.map((each) => h("p", { key: each.rater, dir: "auto" }, `${name(each.rater)} does not agree${each.words ? `: ${each.words}` : "."}`)),
    said.corrected.length ? h("p", { class: "sm-quiet" }, `It takes the place of entry ${said.corrected.join(", ")}, which stays in the log.`) : null,
    app.state.closed ? null : h("button", { type: "button", class: "sm-button", "data-focus": "correct-decision", onclick: () => {
      app.setDraft("decision", { outcome: said.outcome, rests_on: said.rests_on, words: said.words, dissent: Object.fromEntries(said.dissent.map((each) => [each.rater, each.words])), decided_by: said.decided_by });
      app.repaint();
      app.focusSoon(`outcome-${said.outcome}`);
    } }, "Correct it"),
  );
}

function decisionForm(app, view) {
  const empty = { outcome: null, rests_on: [], words: "", dissent: {}, decided_by: app.state.meeting.facilitator || "" };
  const now = () => ({ ...empty, ...(app.draft("decision") || {}) });
  const set = (part, paint = true) => {
    app.setDraft("decision", { ...now(), ...part });
    if (paint) app.repaint();
  };
  const told = app.held("decision");
  const said = now();
  const lacks = () => {
    const { outcome, rests_on: on, words, decided_by: by } = now();
    if (!outcome) return ["Choose an outcome first.", "outcome-offer"];
    if (!on.length) return ["Name a dimension that it rests on.", `on-${app.framework.interview.dimensions[0].id}`];
    if (!words.trim()) return ["Give the reasons first.", "decision-words"];
    if (!by.trim()) return ["Say who decides.", "decided-by"];
    return null;
  };
  const enter = () => {
    const missing = lacks();
    if (missing) return sayHere(app, told, missing[0], missing[1]);
    const { outcome, rests_on, words, dissent, decided_by } = now();
    const sent = JSON.stringify(app.draft("decision"));
    const args = { outcome, rests_on, words: words.trim(), decided_by: decided_by.trim(), dissent: Object.entries(dissent).map(([rater, why]) => ({ rater, words: why.trim() })) };
    return askHere(app, told, "decide", args, () => {
      letGo(app, "decision", sent);
      app.announce("The decision is in the log.");
      app.focusSoon("decided");
    }, { say: "It was not entered. What you typed is still here." });
  };
  return h(
    "section",
    { class: "sm-decision", key: "decision" },
    h("fieldset", { class: "sm-agree-options" }, h("legend", { class: "sm-label" }, "Outcome"), app.state.outcomes.map((outcome) => h("label", { class: classes("sm-agree-option", said.outcome === outcome && "sm-agree-on"), key: outcome }, h("input", { type: "radio", name: "sm-outcome", checked: said.outcome === outcome, "data-focus": `outcome-${outcome}`, onchange: () => set({ outcome }) }), h("span", null, OUTCOME_WORDS[outcome])))),
    h("fieldset", { class: "sm-interview-exercises" }, h("legend", { class: "sm-label" }, "It rests on"), app.framework.interview.dimensions.map((each) => h("label", { class: "sm-check", key: each.id }, h("input", { type: "checkbox", checked: said.rests_on.includes(each.id), "data-focus": `on-${each.id}`, onchange: (event) => set({ rests_on: event.target.checked ? [...now().rests_on, each.id] : now().rests_on.filter((id) => id !== each.id) }) }), h("span", null, each.title)))),
    h("div", { class: "sm-field" }, h("label", { for: "sm-decision-words" }, "Reasons"), h("textarea", { id: "sm-decision-words", class: "sm-input", rows: "4", dir: "auto", maxlength: "5000", "data-focus": "decision-words", value: said.words, oninput: (event) => set({ words: event.target.value }, false) }), h("p", { class: "sm-hint" }, "What was seen, against which anchors. The candidate may ask for it.")),
    h(
      "fieldset",
      { class: "sm-interview-exercises" },
      h("legend", { class: "sm-label" }, "Who does not agree"),
      view.raters.map((each) => h("div", { key: each.code }, h("label", { class: "sm-check" }, h("input", { type: "checkbox", checked: each.code in said.dissent, onchange: (event) => {
        const { [each.code]: gone, ...rest } = now().dissent;
        set({ dissent: event.target.checked ? { ...rest, [each.code]: gone || "" } : rest });
      } }), h("span", { dir: "auto" }, each.name)), each.code in said.dissent ? h("input", { type: "text", class: "sm-input", dir: "auto", maxlength: "5000", "aria-label": `Why ${each.name} does not agree`, placeholder: "Why", value: said.dissent[each.code], oninput: (event) => set({ dissent: { ...now().dissent, [each.code]: event.target.value } }, false) }) : null)),
    ),
    h("div", { class: "sm-field" }, h("label", { for: "sm-decided-by" }, "Decided by"), h("input", { id: "sm-decided-by", type: "text", class: "sm-input", dir: "auto", maxlength: "200", "data-focus": "decided-by", value: said.decided_by, oninput: (event) => set({ decided_by: event.target.value }, false) })),
    toldHere(told),
    h("p", { class: "sm-hand-buttons" }, h("button", { type: "button", class: "sm-button sm-button-main", "data-focus": "decide", "aria-disabled": told.busy ? "true" : "false", onclick: enter }, told.busy ? "Entering…" : "Enter the decision"), view.decided ? h("button", { type: "button", class: "sm-button", onclick: () => {
      app.setDraft("decision", null);
      app.repaint();
      app.focusSoon("correct-decision");
    } }, "Leave it as it is") : null),
  );
}

/* Words for the record that belong to no dimension. */
function remarkForm(app, view) {
  const told = app.held("remark");
  const enter = () => {
    const text = (app.draft("remark") || "").trim();
    if (!text) return sayHere(app, told, "Write the remark first.", "remark");
    const sent = JSON.stringify(app.draft("remark"));
    return askHere(app, told, "enter", { kind: "remark", content: { person: app.state.candidate.code, text } }, () => {
      letGo(app, "remark", sent);
      app.announce("The remark is in the log.");
      app.focusSoon("remark");
    });
  };
  if (app.state.closed && !view.remarks.length) return null;
  return h(
    "section",
    { class: "sm-interview-remarks", "aria-labelledby": "sm-remarks-title", key: "remarks" },
    h("h3", { class: "sm-section-title", id: "sm-remarks-title" }, "Remarks"),
    view.remarks.map((text, at) => h("p", { key: at, dir: "auto" }, text)),
    app.state.closed ? null : [h("div", { class: "sm-field", key: "field" }, h("label", { for: "sm-remark" }, "For the record (optional)"), h("textarea", { id: "sm-remark", class: "sm-input", rows: "2", dir: "auto", maxlength: "5000", "data-focus": "remark", value: app.draft("remark") || "", oninput: (event) => app.setDraft("remark", event.target.value) }), h("p", { class: "sm-hint" }, "Such as how the interview went. It stands in the report; the candidate may ask for it.")), toldHere(told), h("p", { class: "sm-hand-buttons", key: "enter" }, h("button", { type: "button", class: "sm-button", "data-focus": "enter-remark", onclick: enter }, "Enter the remark"))],
  );
}

function interviewFiles(app) {
  const { closed } = app.state;
  const end = () => askHere(app, app.held("files"), "enter", { kind: closed ? "reopened" : "closed", content: {} }, () => app.focusSoon("close-interview"), { say: "It stays as it is." });
  return h(
    "section",
    { "aria-labelledby": "sm-keep-title", key: "files" },
    h("h3", { class: "sm-section-title", id: "sm-keep-title" }, "To keep"),
    toldHere(app.held("files")),
    h("p", { class: "sm-hand-buttons" }, fileButton(app, "interview_report", "Report (HTML)", "report", "text/html"), fileButton(app, "log_file", "Decision log", "log"), h("button", { type: "button", class: "sm-button", "data-focus": "close-interview", onclick: end }, closed ? "Open it again" : "Close the interview")),
    h("p", { class: "sm-hint" }, "Everything held on the candidate: ", h("code", null, `skillmatrix person export ${app.state.candidate.code}`), "; to erase it: ", h("code", null, `skillmatrix person erase ${app.state.candidate.code}`), "."),
  );
}
