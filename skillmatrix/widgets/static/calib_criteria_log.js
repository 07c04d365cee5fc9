/* calib_criteria_log.js: the decision log as a list: number, time, words, hash. What was corrected
   stays, with the number of what took its place. */

function decisionLog(app) {
  const held = app.held("log");
  const args = { person: held.person || null, before: held.before || null };
  if (held.open) askOnce(app, held, "decision_log", args);
  const { view } = held;
  return h(
    "details",
    { class: "sm-crit-log", key: "log", ontoggle: (event) => {
      if (event.target !== event.currentTarget) return;
      if (event.target.open === Boolean(held.open)) return;
      held.open = event.target.open;
      app.repaint();
    } },
    h("summary", null, "Decision log"),
    held.problems ? problemList(held.problems) : null,
    view
      ? [
          h("p", { class: "sm-quiet" }, icon("check"), ` Whole: ${plural(view.whole, "entry", "entries")}, each with the hash of the one before`, view.last_hash ? [", the last ", h("code", null, view.last_hash), "…"] : null, "."),
          h("div", { class: "sm-field sm-crit-entry-filter" }, h("label", { for: "sm-crit-entry-person" }, "Entries about"), h("select", { id: "sm-crit-entry-person", class: "sm-input sm-input-auto", "data-focus": "log-person", value: held.person || "", onchange: (event) => {
            Object.assign(held, { person: event.target.value || null, before: null });
            app.repaint();
          } }, h("option", { value: "" }, "everybody"), app.state.people.map((entry) => h("option", { key: entry.code, value: entry.code }, calledBy(app, entry.code))))),
          view.entries.length ? h("ol", { class: "sm-crit-entries", role: "list" }, view.entries.map((entry) => logLine(app, entry))) : h("p", { class: "sm-quiet" }, "Nothing yet."),
          h("p", { class: "sm-hand-buttons" }, held.before ? h("button", { type: "button", class: "sm-button sm-button-small", "data-focus": "log-latest", onclick: () => { held.before = null; app.repaint(); } }, "To the latest") : null, view.more ? h("button", { type: "button", class: "sm-button sm-button-small", "data-focus": "log-older", onclick: () => { held.before = view.more; app.repaint(); } }, "Older entries") : null),
        ]
      : held.open
        ? h("p", { class: "sm-quiet" }, "Reading…")
        : null,
  );
}

function logLine(app, entry) {
  return h(
    "li",
    { key: entry.seq, class: classes("sm-crit-entry-line", entry.corrected && "sm-crit-entry-gone") },
    h("span", { class: "sm-crit-entry-seq" }, entry.seq),
    h("div", null, h("p", { dir: "auto" }, entry.content ? logWords(app, entry) : "Removed on request.", entry.corrected ? h("b", null, ` Corrected by ${entry.corrected}.`) : null), h("p", { class: "sm-quiet" }, `${dayText(entry.at)}, ${clockTime(entry.at)} · `, h("code", null, entry.hash))),
  );
}

function logWords(app, { kind, content }) {
  const criteria = new Map(app.state.criteria.agenda.map((entry) => [entry.id, entry.code || entry.title]));
  const name = (code) => (code ? calledBy(app, code) : "");
  const where = content.criterion ? criteria.get(content.criterion) || content.criterion : "";
  const about = [name(content.person), where].filter(Boolean).join(", ");
  const skill = content.skill ? app.skill(content.skill)?.title || content.skill : null;
  if (kind === "decided") {
    const after = skill ? `${skill} ${content.after === "OPEN" ? "stays open" : `agreed at ${content.after}`}` : `the criterion is ${(STATE_WORDS[content.after] || [null, content.after])[1].toLowerCase()}`;
    const rest = [content.reason, content.words.replace(/[.]$/, ""), content.evidence.length ? `evidence ${content.evidence.join(", ")}` : "", content.dissent.length ? `not agreed by ${content.dissent.map((each) => `${name(each.rater)}${each.words ? ` (${each.words})` : ""}`).join(", ")}` : "", `decided by ${content.decided_by}`];
    return `${about}: ${after}. ${capital(rest.filter(Boolean).join("; "))}.`;
  }
  if (kind === "opened") return `${where} opened for ${plural(content.people.length, "person", "people")}, seed ${content.seed}.`;
  if (kind === "left_open") return `${about}: stays open, not reached.${content.why ? ` ${content.why}` : ""}`;
  if (kind === "second") return `${about}: ${name(content.rater)} rated again (${plural(Object.keys(content.levels).length, "skill")}).`;
  if (kind === "spoken") return `${about}: talked about for ${clockWords(content.seconds)} min.`;
  if (kind === "present") return `Here: ${content.raters.map(name).join(", ")}.`;
  if (kind === "collected") return `${name(content.person)}: ${content.rater ? `ratings by ${name(content.rater)}` : "own view"} taken in.`;
  if (kind === "withdrawn") return `${name(content.person)}: ${content.rater ? `ratings by ${name(content.rater)}` : "own view"} taken out. ${content.why}`;
  if (kind === "practised") return `${name(content.rater)} rated the practice profile ${content.profile}.`;
  if (kind === "follow_up") return `${about}: waits for ${content.waits_for}; ${content.owner}${content.due ? `, by ${dayText(content.due)}` : ""}.`;
  if (kind === "done") return `${name(content.person)}: a follow-up is over. ${content.words || ""}`;
  if (kind === "remark") return [about, content.text].filter(Boolean).join(": ");
  if (kind === "group_checked") return content.sentence;
  return capital(kind.replace("_", " ")) + ".";
}
