/* mentor_close.js: what both leave with: agreed, seen differently, to be done; seals and record. */

function closeView(app) {
  const { said, phase, reveal } = app.state.mentor;
  const { own, other } = app.names();
  const closed = phase === "closed";
  const rows = new Map(reveal.rows.map((row) => [row.skill, row]));
  const title = (skill) => app.skill(skill)?.title || skill;
  const held = Object.values(said.agreed);
  const agreed = held.filter((each) => typeof each.level === "number");
  const apart = held.filter((each) => typeof each.level !== "number");
  const parked = Object.values(said.parked);
  const left = itemsOf(app).filter((item) => !item.became);
  const link = (skill) => h("li", { key: skill }, closed ? title(skill) : h("button", { type: "button", class: "sm-link", onclick: () => app.go("agenda", skill, { focus: "item-title" }) }, title(skill)));
  return h(
    "div",
    { class: "sm-close", key: "close" },
    h("h2", { class: "sm-meet-title", tabindex: "-1", "data-focus": "step" }, closed ? "What you agreed" : "Before you part"),
    h("p", { class: "sm-close-who", dir: "auto" }, `${own} and ${other}, ${dayText(said.revealed_at)} · ${app.state.mentor.packet.profile}`),
    closed ? h("p", { class: "sm-locked-banner" }, `Closed on ${dayText(said.closed_at)} at ${clockTime(said.closed_at).slice(0, 5)}. It stays readable here. What is entered later is added as a correction; nothing is overwritten.`) : correctionNote(app, said),
    closeAgreed(app, "Agreed", agreed, rows),
    closeAgreed(app, "Seen differently, both levels stand", apart, rows),
    !held.length ? h("p", { class: "sm-quiet" }, "No level is agreed yet. That is a result too, where other things were said.") : null,
    parked.length || left.length
      ? h(
          "section",
          { "aria-labelledby": "sm-left-title" },
          h("h3", { class: "sm-section-title", id: "sm-left-title" }, "Left for another time"),
          closeInline("Parked for next time", parked.filter((each) => each.until !== "today").map((each) => link(each.skill))),
          closeInline("Skipped today", parked.filter((each) => each.until === "today").map((each) => link(each.skill))),
          closeInline("Not talked about", left.map((item) => link(item.skill))),
        )
      : null,
    closed && !app.draft("action") && !app.draft("actions") ? closedActions(app, said) : actionsHere(app),
    remarks(app, said, closed),
    closeSeals(app, said),
    closed && said.corrections.length ? h("section", { "aria-labelledby": "sm-corrected-title" }, h("h3", { class: "sm-section-title", id: "sm-corrected-title" }, "Corrections after the first close"), h("ul", { class: "sm-plain-list" }, said.corrections.map((each, at) => h("li", { key: String(at) }, `${dayText(each.at)} at ${clockTime(each.at).slice(0, 5)}: ${ENTRY_WORDS[each.kind] || each.kind}${each.skill ? `, ${title(each.skill)}` : ""}`)))) : null,
    closeButtons(app, closed),
  );
}

function closeInline(word, items) {
  return items.length ? h("div", { class: "sm-close-inline", key: word }, h("p", { class: "sm-label" }, `${word} · ${items.length}`), h("ul", { class: "sm-meet-inline", role: "list" }, items)) : null;
}

const ENTRY_WORDS = { agreed: "a level", action: "an action", done: "an action that is over", parked: "put off", remark: "words for both", spoken: "time talked" };

function closeAgreed(app, heading, list, rows) {
  if (!list.length) return null;
  const { own, other } = app.names();
  const level = (side) => (side && side.level !== null ? String(side.level) : side ? stateSaid(app, side.state) : "not rated");
  const name = (value) => `${value} ${app.framework.scale.find((step) => step.level === value)?.name || ""}`;
  return h(
    "section",
    { key: heading, "aria-label": heading },
    h("h3", { class: "sm-section-title" }, `${heading} · ${list.length}`),
    h(
      "ul",
      { class: "sm-close-list", role: "list" },
      list.map((each) => {
        const row = rows.get(each.skill);
        return h(
          "li",
          { key: each.skill },
          h("p", null, h("b", null, app.skill(each.skill)?.title || each.skill), typeof each.level === "number" ? h("span", { class: "sm-close-level" }, name(each.level)) : null, h("span", { class: "sm-quiet", dir: "auto" }, `${own} ${level(row?.own)}, ${other} ${level(row?.other)}`)),
          each.reason ? h("p", { dir: "auto" }, each.reason) : null,
          each.next_evidence ? h("p", { class: "sm-quiet", dir: "auto" }, `Next evidence: ${each.next_evidence}`) : null,
        );
      }),
    ),
  );
}

function closedActions(app, said) {
  const { own, other } = app.names();
  return h(
    "section",
    { "aria-labelledby": "sm-todo-title" },
    h("h3", { class: "sm-section-title", id: "sm-todo-title" }, "Actions"),
    said.actions.length ? h("ul", { class: "sm-meet-actions", role: "list" }, byDay(said.actions).map((action) => actionLine({ ...action, title: app.skill(action.skill)?.title, overdue: Boolean(action.due) && action.due < today() }, { own, other }))) : h("p", { class: "sm-quiet" }, "None were agreed."),
  );
}

function remarks(app, said, closed) {
  const draft = app.draft("remark") || "";
  const add = () => {
    const text = (app.draft("remark") || "").trim();
    if (!text) return app.focusSoon("remark");
    app.setDraft("remark", null);
    app.enter("remark", { skill: null, text });
    return app.focusSoon("remark");
  };
  if (closed && !said.remarks.length && !draft) return null;
  return h(
    "section",
    { class: "sm-close-remarks", key: "remarks", "aria-labelledby": "sm-remarks-title" },
    h("h3", { class: "sm-section-title", id: "sm-remarks-title" }, "Words for both"),
    said.remarks.map((each, at) => h("p", { key: `said-${at}`, class: "sm-close-remark", dir: "auto" }, each.text)),
    closed && !draft
      ? null
      : h(
          "div",
          { key: `write-${said.remarks.length}` },
          talkField("remark", "Anything else both should remember", draft, (text) => app.setDraft("remark", text || null), closed ? "Not in the record yet. Added now, it stands there as a correction." : null),
          h("p", { class: "sm-meet-small" }, h("button", { type: "button", class: "sm-button sm-button-small", "data-focus": "remark-add", onclick: add }, "Add it to the record")),
        ),
  );
}

function closeSeals(app, said) {
  const { own, other } = app.names();
  const { seals } = app.state.mentor;
  const line = (name, seal) => h("div", { key: name }, h("dt", { dir: "auto" }, `${possessive(name)} ratings`), h("dd", null, `locked ${dayText(seal.locked_at)} at ${clockTime(seal.locked_at)}`, h("code", null, seal.ratings_sha256)));
  return h(
    "details",
    { class: "sm-more sm-close-seals", key: "seals", open: app.state.mentor.phase === "closed" },
    h("summary", null, "Seals and record"),
    h("dl", { class: "sm-meet-seals" }, line(own, seals.own), line(other, seals.other), h("div", null, h("dt", null, "Record"), h("dd", null, `${plural(said.entries, "entry", "entries")}, the last one`, h("code", null, said.last_hash)))),
    h("p", { class: "sm-hint" }, "Each entry carries the hash of the one before. Read out the last digits to each other: if they are the same on both copies, so is everything before them."),
  );
}

function closeButtons(app, closed) {
  const busy = app.waiting();
  const fetchFile = () =>
    app.ask("session_file", {}, { patience: 10000 }).then(
      ({ filename, data }) => saveFile(filename, data),
      ({ problems }) => app.toast("The record could not be given out.", { kind: "problem", stay: true, detail: problemList(problems || []) }),
    );
  const fetchReport = () =>
    app.ask("session_report", {}, { patience: 20000 }).then(
      ({ filename, data }) => saveFile(filename, data, "text/html"),
      ({ problems }) => app.toast("The report could not be made.", { kind: "problem", stay: true, detail: problemList(problems || []) }),
    );
  const fetchOwn = () =>
    app.ask("own_file", {}, { patience: 10000 }).then(
      ({ filename, data }) => saveFile(filename, data),
      ({ problems }) => app.toast("The file could not be given out.", { kind: "problem", stay: true, detail: problemList(problems || []) }),
    );
  const copy = () => {
    const text = meetingText(app);
    const done = () => app.toast("Copied, for both of you.");
    const failed = () => app.keep({ copying: true }, true, "copy-text");
    if (navigator.clipboard) navigator.clipboard.writeText(text).then(done, failed);
    else failed();
  };
  const close = () => {
    app.timer?.end();
    app.enter("closed");
  };
  return h(
    "div",
    { class: "sm-close-end", key: "end" },
    closed ? null : h("p", { class: "sm-quiet" }, "Closing ends the session for today. The record can be downloaded before and after it; give the file to the other, so that both hold the same."),
    h(
      "p",
      { class: "sm-hand-buttons" },
      closed ? null : h("button", { type: "button", class: "sm-button sm-button-main", "data-focus": "close", "aria-disabled": busy ? "true" : "false", onclick: () => !busy && close() }, busy ? "Saving first…" : "Close the session"),
      h("button", { type: "button", class: classes("sm-button", closed && "sm-button-main"), "data-focus": "record-file", onclick: fetchFile }, icon("file"), "Download the record"),
      h("button", { type: "button", class: "sm-button", "data-focus": "report-file", onclick: fetchReport }, "Report for both (HTML)"),
      h("button", { type: "button", class: "sm-button", "data-focus": "own-file", onclick: fetchOwn }, "My locked ratings"),
      h("button", { type: "button", class: "sm-button", onclick: () => print() }, "Print"),
      h("button", { type: "button", class: "sm-button", "data-focus": "copy", onclick: copy }, "Copy for both"),
      closed ? h("button", { type: "button", class: "sm-button", "data-focus": "correct", onclick: () => app.go("agenda", null, { focus: "step" }) }, "Correct something") : null,
    ),
    app.ui.copying ? h("div", { class: "sm-field", key: "copy" }, h("label", { for: "sm-copy-text" }, "The browser does not let a page copy here; take it from this field"), h("textarea", { id: "sm-copy-text", class: "sm-input", readOnly: true, rows: "8", "data-focus": "copy-text", value: meetingText(app), onfocus: (event) => event.target.select() })) : null,
  );
}

/* The same as plain text, for a message to both. */
function meetingText(app) {
  const { said, reveal, seals, packet } = app.state.mentor;
  const { own, other } = app.names();
  const rows = new Map(reveal.rows.map((row) => [row.skill, row]));
  const title = (skill) => app.skill(skill)?.title || skill;
  const level = (side) => (side && side.level !== null ? side.level : side ? stateSaid(app, side.state) : "not rated");
  const block = (heading, lines) => (lines.length ? `\n${heading}\n${lines.map((line) => `- ${line}`).join("\n")}\n` : "");
  const held = Object.values(said.agreed).map((each) => {
    const row = rows.get(each.skill);
    const what = typeof each.level === "number" ? `${each.level}` : "seen differently, both stand";
    return [`${title(each.skill)}: ${what} (${own} ${level(row?.own)}, ${other} ${level(row?.other)})`, each.reason, each.next_evidence ? `next evidence: ${each.next_evidence}` : ""].filter(Boolean).join("; ");
  });
  const todo = byDay(said.actions).map((action) => `${action.due ? dayText(action.due) : "no date"}, ${action.owner === "self" ? own : other}: ${action.text}${action.over ? (action.done ? " (done)" : " (dropped)") : ""}`);
  const parked = Object.values(said.parked).map((each) => title(each.skill));
  return [
    `Mentor session: ${own} and ${other}, ${packet.profile}\n`,
    block("Agreed", held),
    block("Actions", todo),
    block("Left for another time", parked),
    block("Words for both", said.remarks.map((each) => each.text)),
    `\nSeals: ${own} ${seals.own.ratings_sha256.slice(0, 12)}, ${other} ${seals.other.ratings_sha256.slice(0, 12)}; record ${said.last_hash.slice(0, 12)}\n`,
  ].join("");
}
