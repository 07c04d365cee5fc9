/* mentor_rate.js: the mentor's own ratings, blind, and their lock; then what the specialist
   thinks they are. Nothing of the other's stands on any of these. */

function asksOf(app) {
  return app.state.rows.filter((row) => !row.not_applicable);
}

/* The ratings and everything about them; like the step Rate of the self-review. */
function blindView(app) {
  const { state, ui } = app;
  const { own } = app.names();
  const asked = asksOf(app);
  const rated = asked.filter((row) => typeof row.value === "number").length;
  const unseen = asked.filter((row) => row.value === "NOT_OBSERVED").length;
  const words = [`${rated} of ${asked.length} rated`, unseen ? `${unseen} not observed` : null].filter(Boolean).join(", ");
  return h(
    "div",
    { class: classes("sm-rate", ui.detail && "sm-rate-detail"), key: "blind" },
    h(
      "div",
      { class: "sm-meet-bar" },
      h(
        "div",
        null,
        h("h2", { class: "sm-meet-title", tabindex: "-1", "data-focus": "step" }, "What have you seen?"),
        h("p", { class: "sm-quiet" }, `Rate from what you have seen yourself. How ${own} rated stays closed until you have locked yours. What you had no chance to see is not observed: press n on its row.`),
      ),
      h(
        "div",
        { class: "sm-meet-progress" },
        h("p", null, h("span", { class: "sm-progress", "aria-hidden": "true" }, h("i", { style: `width:${Math.round((100 * (rated + unseen)) / Math.max(1, asked.length))}%` })), words),
        ui.locking ? null : h("button", { type: "button", class: classes("sm-button", rated + unseen === asked.length && "sm-button-main"), "data-focus": "lock", onclick: () => app.openLock() }, "Lock my ratings…"),
      ),
    ),
    ui.locking ? blindLock(app, asked) : null,
    waitingBefore(app),
    levelMeanings(app.framework),
    h(
      "div",
      { class: "sm-rate-grid" },
      h(
        "div",
        { class: "sm-rate-board" },
        h("div", { class: "sm-board-key" }, boardLegend({ evidence: app.framework.asks_evidence !== false, gates: state.rows.some((row) => (row.gate ?? row.floor) !== null) }), meetingKeys(app)),
        h("div", { key: "board", opaque: true, ref: (place) => app.mount(place) }),
      ),
      h("section", { class: "sm-panel", "aria-label": "The chosen skill" }, skillPanel(app)),
    ),
  );
}

function meetingKeys(app) {
  const { scale } = app.framework;
  const keys = [
    ["Tab, ↑ ↓", "next or previous skill"],
    ["← →", "one level lower or higher"],
    [`${scale[0].level} to ${scale.at(-1).level}`, "rate directly"],
    ["n", "not observed"],
    ["u, Delete", "not rated"],
    ["Enter", "open the skill"],
    ["Ctrl Z", "undo"],
  ];
  return h("details", { class: "sm-keys" }, h("summary", null, "Keyboard"), h("dl", null, keys.map(([key, does]) => h("div", { key }, h("dt", null, key), h("dd", null, does)))));
}

/* What the last session left open. */
function waitingBefore(app) {
  const { waiting, earlier } = app.state.mentor;
  if (!earlier.length) return null;
  const { own, other } = app.names();
  const title = `From your last session, ${dayText(earlier[0].started_at)}: ${waiting.length ? plural(waiting.length, "open action") : "nothing left open"}`;
  if (!waiting.length) return h("p", { class: "sm-quiet sm-meet-before", key: "before" }, title);
  return h("details", { class: "sm-more sm-meet-before", key: "before", open: true }, h("summary", null, title), h("ul", { class: "sm-meet-actions", role: "list" }, waiting.map((action) => actionLine(action, { own, other }))));
}

function blindLock(app, asked) {
  const { ui, state } = app;
  const { own } = app.names();
  const left = asked.filter((row) => row.value === "UNRATED");
  const gates = left.filter((row) => row.gate !== null || row.floor !== null);
  const notes = Object.entries(state.notes || {}).filter(([, note]) => note.visibility === "private" && note.text);
  const fate = (skill, note) => fateOf(ui.fates, skill, note.text);
  const undecided = notes.filter(([skill, note]) => !fate(skill, note));
  const busy = app.waiting();
  const cancel = () => app.keep({ locking: false }, true, "lock");
  const lock = () => {
    if (busy) return app.announce("Wait until everything is saved.");
    if (undecided.length) {
      app.announce("Say first for each private note whether it is shared or deleted.");
      return app.focusSoon(`fate-${undecided[0][0]}`);
    }
    return app.send("lock_own", { seq: state.seq, private: Object.fromEntries(notes.map(([skill, note]) => [skill, fate(skill, note)])) });
  };
  return h(
    "section",
    { class: "sm-meet-lock", key: "lock", "aria-labelledby": "sm-meet-lock-title", onkeydown: (event) => event.key === "Escape" && cancel() },
    h("h3", { id: "sm-meet-lock-title", tabindex: "-1", "data-focus": "lock-title" }, "Lock your ratings?"),
    h("p", null, `After the lock nothing in your ratings changes, and it cannot be undone. A seal of both is written into the record, so that each of you can see later that neither was fitted to the other. Then you meet ${own} and open both.`),
    gates.length
      ? h(
          "div",
          { class: "sm-meet-gates" },
          h("p", null, icon("open"), h("b", null, `${plural(gates.length, "skill")} with a gate or floor ${gates.length === 1 ? "has" : "have"} no answer from you: `), "a level, or not observed, says more than nothing."),
          h("ul", { class: "sm-meet-inline", role: "list" }, gates.map((row) => h("li", { key: row.skill }, h("button", { type: "button", class: "sm-link", onclick: () => app.go("rate", row.skill) }, app.skill(row.skill).title)))),
        )
      : null,
    left.length > gates.length ? h("p", { class: "sm-quiet" }, `${gates.length ? "Beside these, " : ""}${plural(left.length - gates.length, "skill")} ${left.length - gates.length === 1 ? "is" : "are"} left unrated. That is allowed; it counts as not known.`) : null,
    notes.length
      ? h(
          "fieldset",
          { class: "sm-hand-private" },
          h("legend", null, h("b", null, `${plural(notes.length, "private note")}: a locked rating keeps none`)),
          notes.map(([skill, note]) =>
            h(
              "div",
              { class: "sm-field", key: skill },
              h("label", { for: `sm-fate-${skill}` }, app.skill(skill).title),
              h("p", { class: "sm-hand-snippet", dir: "auto" }, shorten(note.text, 140)),
              h("select", { id: `sm-fate-${skill}`, class: "sm-input sm-input-auto", "data-focus": `fate-${skill}`, value: fate(skill, note) || "", onchange: (event) => app.keep({ fates: { ...ui.fates, [skill]: { fate: event.target.value, mark: textMark(note.text) } } }, true) }, h("option", { value: "" }, "Choose"), h("option", { value: "share" }, `Share it with ${own}`), h("option", { value: "delete" }, "Delete it for good")),
            ),
          ),
        )
      : null,
    h("p", { class: "sm-hand-buttons" }, h("button", { type: "button", class: "sm-button sm-button-main", "data-focus": "lock-now", "aria-disabled": busy || undecided.length ? "true" : "false", onclick: lock }, busy ? "Saving first…" : "Lock my ratings for good"), h("button", { type: "button", class: "sm-button", onclick: cancel }, "Not yet")),
  );
}

/* ---- predictions --------------------------------------------------------- */

const SURENESS = ["sure", "fairly sure", "a guess"];

function predictView(app) {
  const { own, other } = app.names();
  const asked = asksOf(app);
  const told = app.draft("predict") || {};
  const gates = asked.filter((row) => row.gate !== null || row.floor !== null);
  const rest = asked.filter((row) => !gates.includes(row));
  const made = asked.filter((row) => told[row.skill]);
  const open = () => {
    if (made.length) app.enter("predicted", { levels: Object.fromEntries(made.map((row) => [row.skill, told[row.skill]])) });
    app.enter("revealed");
    app.setDraft("predict", null);
  };
  const sending = app.waiting();
  return h(
    "div",
    { class: "sm-predict", key: "predict" },
    h("h2", { class: "sm-meet-title", tabindex: "-1", "data-focus": "step" }, `${own}, what do you think ${other} has seen?`),
    h("p", { class: "sm-lead-text" }, `Both ratings are sealed. Sit together now. Before they open, ${own} may say what level ${other} has given, and how sure that is. It trains the eye for one’s own work; leave out what you like, or all of it.`),
    h("div", { class: "sm-predict-list" }, (gates.length ? gates : asked).map((row) => predictLine(app, row, told))),
    gates.length && rest.length ? h("details", { class: "sm-more", key: "rest" }, h("summary", null, `Other skills (${rest.length})`), h("div", { class: "sm-predict-list" }, rest.map((row) => predictLine(app, row, told)))) : null,
    h(
      "div",
      { class: "sm-meet-onward" },
      h("button", { type: "button", class: "sm-button sm-button-main", "data-focus": "reveal", "aria-disabled": sending ? "true" : "false", onclick: () => !sending && open() }, sending ? "Opening…" : made.length ? `Keep ${plural(made.length, "prediction")} and show both` : "Show both", icon("next")),
      h("p", { class: "sm-hint" }, made.length ? "After this nothing more can be predicted." : "Without a prediction is fine too."),
    ),
    sealsNote(app),
  );
}

function predictLine(app, row, told) {
  const skill = app.skill(row.skill);
  const mine = told[row.skill];
  const id = `sm-predict-${row.skill}`;
  const set = (value) => {
    const next = { ...(app.draft("predict") || {}) };
    if (value) next[row.skill] = value;
    else delete next[row.skill];
    app.setDraft("predict", Object.keys(next).length ? next : null);
    app.repaint();
  };
  const choice = (value, label, said) =>
    h("label", { class: "sm-segment", key: String(value) }, h("input", { type: "radio", name: id, "data-focus": `${id}-${value}`, checked: (mine?.level ?? null) === value, onchange: () => set(value === null ? null : { level: value, sure: mine?.sure || "fairly sure" }) }), h("span", null, label, said ? hiddenText(` ${said}`) : null));
  return h(
    "div",
    { class: "sm-predict-line", key: row.skill },
    h(
      "fieldset",
      null,
      h("legend", null, skill.title),
      h("div", { class: "sm-segments" }, choice(null, "–", "no prediction"), app.framework.scale.map((step) => choice(step.level, step.level, step.name))),
    ),
    mine ? h("select", { class: "sm-input sm-input-auto", "aria-label": `${skill.title}: how sure`, "data-focus": `${id}-sure`, value: mine.sure, onchange: (event) => set({ ...mine, sure: event.target.value }) }, SURENESS.map((word) => h("option", { value: word }, word))) : null,
  );
}

function sealsNote(app) {
  const { seals } = app.state.mentor;
  if (!seals) return null;
  const { own, other } = app.names();
  const line = (name, seal) => h("div", null, h("dt", { dir: "auto" }, possessive(name), " ratings"), h("dd", null, `locked ${dayText(seal.locked_at)} at ${clockTime(seal.locked_at).slice(0, 5)} · `, h("code", { title: seal.ratings_sha256 }, seal.ratings_sha256.slice(0, 12))));
  return h("dl", { class: "sm-meet-seals", key: "seals" }, line(own, seals.own), line(other, seals.other));
}
