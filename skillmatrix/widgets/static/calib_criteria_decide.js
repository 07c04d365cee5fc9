/* calib_criteria_decide.js: what the panel agrees on, skill by skill or several at once, then the
   criterion as a whole. What is half made is a draft; what stands there is corrected by a new
   entry, and both stay to be seen. */

const AS_RATED = "as rated";
const REASON_WORDS = { "new evidence": "New evidence", "anchor misread": "A statement was misread", "not observed": "Not observed after all", "scope differs": "The scope differs", "as rated": "As rated", other: "Other" };
const NO_DECISION = { levels: {}, reason: "", words: "", evidence: [], dissent: {}, by: null, whole: null, wholeReason: "", wholeWords: "" };

function decideDraft(app, here, person) {
  const name = `decide.${here.id}.${person}`;
  const read = () => ({ ...NO_DECISION, ...(app.draft(name) || {}) });
  return {
    read,
    set(part, paint = true) {
      app.setDraft(name, { ...read(), ...part });
      if (paint) app.repaint();
    },
    clear: () => app.setDraft(name, null),
  };
}

/* What was refused is a draft again: nothing that was typed is lost. */
function takeBackDecision(app, { criterion, person, decided_by: by, decisions }) {
  const draft = decideDraft(app, { id: criterion }, person);
  const skills = decisions.filter((each) => each.skill !== null);
  const whole = decisions.find((each) => each.skill === null);
  const now = draft.read();
  if (skills.length && skills[0].reason !== AS_RATED) {
    const { reason, words = "", evidence = [], dissent = [] } = skills[0];
    const levels = Object.fromEntries(skills.map((each) => [each.skill, each.after]));
    draft.set({ by, reason, words, evidence, levels: { ...levels, ...now.levels }, dissent: Object.fromEntries(dissent.map((each) => [each.rater, each.words])) }, false);
  }
  if (whole) draft.set({ by, whole: whole.after, wholeReason: whole.reason === AS_RATED ? "" : whole.reason, wholeWords: whole.words || "" }, false);
  app.ask("ping", {}).catch(() => {}); // what stands there now
}

function decidePhase(app, here, person, view) {
  const draft = decideDraft(app, here, person);
  const now = draft.read();
  const item = here.items[person];
  const held = app.held(`decide ${here.id}/${person}`);
  const open = view.rows.filter((row) => row.decided === null);
  const alike = open.filter((row) => row.same !== null);
  const numbers = new Map(view.decisions.map((entry) => [entry.seq, entry]));
  const by = now.by ?? app.state.meeting.facilitator ?? "";
  return [
    phaseTitle("What does the panel hold?"),
    app.state.closed ? h("p", { class: "sm-locked-banner" }, "The session was closed. What is entered now stands in the log after its end.") : null,
    item?.left ? h("p", { class: "sm-told" }, "This was left open: the session did not get to it. A decision takes its place.") : null,
    byField(by, draft),
    alike.length
      ? h("p", { class: "sm-hand-buttons sm-crit-quick" }, h("button", { type: "button", class: "sm-button", "data-focus": "as-rated", onclick: () => takeAsRated(app, here, person, alike, by) }, `All agree: take ${plural(alike.length, "level")} as rated`), h("span", { class: "sm-quiet" }, alike.map((row) => `${app.skill(row.skill).title} ${row.same}`).join(", ")))
      : null,
    h("div", { class: "sm-crit-decide-rows" }, view.rows.map((row) => decideRow(app, view, row, now, draft, held, numbers))),
    decideWhy(app, here, person, view, now, draft, held),
    decideWhole(app, here, person, view, now, draft, by),
    leaveOpen(app, here, person, item),
    cardDecisions(app, view),
  ];
}

function byField(by, draft) {
  return h("div", { class: "sm-field sm-crit-decided-by" }, h("label", { for: "sm-crit-decided-by" }, "Decided by"), h("input", { id: "sm-crit-decided-by", class: "sm-input", type: "text", dir: "auto", maxlength: "300", autocomplete: "off", "data-focus": "decided-by", "aria-describedby": "sm-crit-decided-by-hint", value: by, oninput: (event) => draft.set({ by: event.target.value }, false) }), h("p", { class: "sm-hint", id: "sm-crit-decided-by-hint" }, "Who takes responsibility: a person decides, never this page."));
}

function decideRow(app, view, row, now, draft, held, numbers) {
  const skill = app.skill(row.skill);
  const entry = row.decided === null ? null : numbers.get(row.decided);
  const correcting = held.correcting?.has(row.skill);
  const chosen = now.levels[row.skill];
  const choose = (value) => draft.set({ levels: { ...now.levels, [row.skill]: value } });
  const clear = () => {
    const levels = { ...now.levels };
    delete levels[row.skill];
    held.correcting?.delete(row.skill);
    draft.set({ levels });
    app.focusSoon(entry ? `correct-${row.skill}` : `level-${row.skill}-${app.framework.scale[0].level}`);
  };
  const option = (value, label, said) => h("label", { class: "sm-segment", key: String(value) }, h("input", { type: "radio", name: `sm-level-${row.skill}`, "data-focus": `level-${row.skill}-${value}`, checked: chosen === value, onchange: () => choose(value) }), h("span", null, label, said ? hiddenText(` ${said}`) : null));
  const told = h("p", { class: "sm-quiet" }, saidWords(app, view, row), row.elsewhere === null ? null : `; decided ${row.elsewhere} under another criterion`);
  if (entry && !correcting) {
    const { content } = entry;
    return h("div", { class: "sm-crit-decide-row", key: row.skill }, h("div", null, h("p", null, h("b", null, skill.title)), told), h("p", { class: "sm-crit-decided" }, icon(content.after === "OPEN" ? "open" : "check"), h("b", null, content.after === "OPEN" ? "Stays open" : `Agreed: ${content.after}`), h("span", { class: "sm-quiet" }, `${content.reason} · entry ${entry.seq}${row.newer ? " · ratings have come in since" : ""}`), h("button", { type: "button", class: "sm-link", "data-focus": `correct-${row.skill}`, "aria-label": `Correct ${skill.title}`, onclick: () => { (held.correcting ||= new Set()).add(row.skill); app.focusSoon(`level-${row.skill}-${app.framework.scale[0].level}`); app.repaint(); } }, "Correct")));
  }
  return h(
    "fieldset",
    { class: classes("sm-crit-decide-row", chosen !== undefined && "sm-crit-decide-chosen"), key: row.skill },
    h("legend", null, h("b", null, skill.title), entry ? h("span", { class: "sm-quiet" }, ` corrects entry ${entry.seq}`) : null),
    told,
    h("div", { class: "sm-crit-again-choice" }, h("div", { class: "sm-segments sm-segments-wrap" }, app.framework.scale.map((step) => option(step.level, step.level, step.name)), option("OPEN", "stays open")), chosen !== undefined || correcting ? h("button", { type: "button", class: "sm-link", "data-focus": `clear-${row.skill}`, "aria-label": `${skill.title}: take it back`, onclick: clear }, "take it back") : null),
  );
}

/* Why: one reason for the levels that are chosen now; others are entered after them. */
function decideWhy(app, here, person, view, now, draft, held) {
  const rows = view.rows.filter((row) => now.levels[row.skill] !== undefined && (row.decided === null || held.correcting?.has(row.skill)));
  if (!rows.length) return h("p", { class: "sm-quiet", key: "why" }, view.rows.some((row) => row.decided === null) ? "Choose a level, or several that have the same reason." : "Every skill of the card is decided.");
  const alike = rows.every((row) => row.same !== null && row.same === now.levels[row.skill]);
  const reasons = app.state.criteria.reasons.filter((reason) => reason !== AS_RATED || alike);
  const reason = reasons.includes(now.reason) ? now.reason : "";
  const enter = () => {
    const said = draft.read();
    const decider = (said.by ?? app.state.meeting.facilitator ?? "").trim();
    if (!decider) return miss(app, "Say first who decides.", "decided-by");
    if (!reason) return miss(app, "Choose a reason first.", "reason");
    if (reason === "other" && !said.words.trim()) return miss(app, "Say what the reason is.", "reason-words");
    if (reason === "new evidence" && !said.evidence.length && !said.words.trim()) return miss(app, "Pick the evidence, or say what is new.", "reason-words");
    const dissent = Object.entries(said.dissent).map(([rater, words]) => ({ rater, words: words.trim() }));
    const decisions = rows.map((row) => ({ skill: row.skill, after: said.levels[row.skill], reason, words: said.words.trim(), evidence: said.evidence, dissent, corrects: row.decided }));
    app.send("decide", { criterion: here.id, person, decided_by: decider, decisions });
    held.correcting = null;
    draft.set({ ...NO_DECISION, by: said.by, whole: said.whole, wholeReason: said.wholeReason, wholeWords: said.wholeWords });
    app.announce(`${plural(rows.length, "decision")} entered.`);
    return app.focusSoon("phase-title");
  };
  return h(
    "section",
    { class: "sm-crit-because", key: "why", "aria-labelledby": "sm-crit-because-title" },
    h("h5", { id: "sm-crit-because-title" }, "Why: ", rows.map((row) => `${app.skill(row.skill).title} ${now.levels[row.skill] === "OPEN" ? "stays open" : now.levels[row.skill]}`).join(", ")),
    h("div", { class: "sm-field" }, h("label", { for: "sm-reason" }, "Reason"), h("select", { id: "sm-reason", class: "sm-input sm-input-auto", "data-focus": "reason", value: reason, onchange: (event) => draft.set({ reason: event.target.value }) }, h("option", { value: "" }, "Choose"), reasons.map((word) => h("option", { key: word, value: word }, REASON_WORDS[word] || word)))),
    cardField("reason-words", reason === "new evidence" ? "What is new" : "In words", now.words, (words) => draft.set({ words }, false), "Tied to a statement or to evidence. The person may read it."),
    evidencePick(view, now, draft),
    dissentPick(app, view, now, draft),
    h("p", { class: "sm-hand-buttons" }, h("button", { type: "button", class: "sm-button sm-button-main", "data-focus": "decide", onclick: enter }, rows.length > 1 ? `Enter ${rows.length} decisions` : "Enter the decision")),
  );
}

function miss(app, text, key) {
  app.announce(text);
  return app.focusSoon(key);
}

function cardField(id, label, value, onInput, hint = null) {
  return h("div", { class: "sm-field", key: id }, h("label", { for: `sm-${id}` }, label), h("textarea", { id: `sm-${id}`, class: "sm-input", rows: "2", dir: "auto", maxlength: "5000", "data-focus": id, "aria-describedby": hint ? `sm-${id}-hint` : null, value, oninput: (event) => {
    autosize(event.target);
    onInput(event.target.value);
  } }), hint ? h("p", { class: "sm-hint", id: `sm-${id}-hint` }, hint) : null);
}

function evidencePick(view, now, draft) {
  if (!view.evidence.length) return null;
  const picked = new Set(now.evidence);
  const toggle = (id, on) => draft.set({ evidence: on ? [...picked, id] : [...picked].filter((each) => each !== id) });
  const sorted = [...view.evidence].sort((a, b) => b.here - a.here);
  return h("details", { class: "sm-more", open: picked.size > 0, key: "evidence-pick" }, h("summary", null, picked.size ? `Rests on ${plural(picked.size, "piece")} of evidence` : "Which evidence it rests on"), h("div", { class: "sm-crit-ticks" }, sorted.map((item) => h("label", { class: "sm-check", key: item.id }, h("input", { type: "checkbox", "data-focus": `evidence-${item.id}`, checked: picked.has(item.id), onchange: (event) => toggle(item.id, event.target.checked) }), h("span", null, h("code", null, item.id), " ", h("span", { dir: "auto" }, item.title))))));
}

function dissentPick(app, view, now, draft) {
  const raters = [...new Set([...app.state.present, ...view.again])];
  const told = now.dissent;
  const set = (code, words) => {
    const next = { ...draft.read().dissent };
    if (words === null) delete next[code];
    else next[code] = words;
    draft.set({ dissent: next }, words === null || !(code in told));
  };
  const count = Object.keys(told).length;
  return h(
    "details",
    { class: "sm-more", open: count > 0, key: "dissent" },
    h("summary", null, count ? `${plural(count, "person does", "people do")} not agree` : "Somebody does not agree"),
    h("p", { class: "sm-quiet" }, "It stands in the log beside the decision, and changes nothing about it."),
    raters.map((code) =>
      h(
        "div",
        { key: code, class: "sm-crit-dissent" },
        h("label", { class: "sm-check" }, h("input", { type: "checkbox", "data-focus": `dissent-${code}`, checked: code in told, onchange: (event) => set(code, event.target.checked ? "" : null) }), h("span", { dir: "auto" }, calledBy(app, code))),
        code in told ? h("input", { type: "text", class: "sm-input", dir: "auto", maxlength: "5000", autocomplete: "off", "aria-label": `What ${calledBy(app, code)} holds instead`, placeholder: "What speaks against it", value: told[code], "data-focus": `dissent-words-${code}`, oninput: (event) => set(code, event.target.value) }) : null,
      ),
    ),
  );
}

function takeAsRated(app, here, person, rows, by) {
  const said = decideDraft(app, here, person).read();
  const name = (said.by ?? by).trim();
  if (!name) return miss(app, "Say first who decides.", "decided-by");
  app.send("decide", { criterion: here.id, person, decided_by: name, decisions: rows.map((row) => ({ skill: row.skill, after: row.same, reason: AS_RATED })) });
  app.announce(`${plural(rows.length, "level")} taken as rated.`);
  return app.focusSoon("phase-title");
}

/* The criterion as a whole: what follows from the levels, or why the panel sees it differently. */
function decideWhole(app, here, person, view, now, draft, by) {
  const follows = view.after.state;
  const entry = view.decisions.filter((each) => each.kind === "decided" && each.content.skill === null && each.corrected === null).at(-1) || null;
  const chosen = now.whole;
  const differs = chosen !== null && chosen !== follows;
  const enter = () => {
    const said = draft.read();
    const name = (said.by ?? by).trim();
    if (!name) return miss(app, "Say first who decides.", "decided-by");
    if (!chosen) return miss(app, "Choose met, not met or open first.", "whole-MET");
    const reason = differs ? said.wholeReason || "other" : AS_RATED;
    if (differs && !said.wholeWords.trim()) return miss(app, "Say why the panel sees it differently.", "whole-words");
    app.send("decide", { criterion: here.id, person, decided_by: name, decisions: [{ skill: null, after: chosen, reason, words: said.wholeWords.trim(), corrects: entry ? entry.seq : null }] });
    draft.set({ whole: null, wholeReason: "", wholeWords: "" });
    app.announce(`${criterionName(here)}: ${chosen.toLowerCase()}.`);
    return app.focusSoon("whole-done");
  };
  const option = (value) => h("label", { class: "sm-segment", key: value }, h("input", { type: "radio", name: "sm-crit-verdict", "data-focus": `whole-${value}`, checked: chosen === value, onchange: () => draft.set({ whole: value }) }), h("span", null, STATE_WORDS[value][1]));
  const at = here.people.indexOf(person);
  const next = [...here.people.slice(at + 1), ...here.people.slice(0, at)].find((code) => !itemOver(here.items[code]));
  return h(
    "section",
    { class: "sm-crit-verdict", key: "whole", "aria-labelledby": "sm-crit-whole-title" },
    h("h5", { id: "sm-crit-whole-title" }, `${here.code || here.title} as a whole`),
    h("p", null, h("span", { class: "sm-quiet" }, view.rows.some((row) => row.decided !== null) ? "From the levels decided, and the ratings where nothing is, follows: " : "From the ratings follows: "), stateMark(follows)),
    entry ? h("p", { class: "sm-crit-decided", tabindex: "-1", "data-focus": "whole-done" }, h("b", null, "Decided: "), stateMark(entry.content.after), h("span", { class: "sm-quiet" }, `${entry.content.words || entry.content.reason} · entry ${entry.seq}`)) : null,
    h("fieldset", null, h("legend", { class: "sm-quiet" }, entry ? `Another word corrects entry ${entry.seq}` : "The panel’s word"), h("div", { class: "sm-segments" }, ["MET", "NOT MET", "OPEN"].map(option))),
    differs
      ? [
          h("div", { class: "sm-field" }, h("label", { for: "sm-crit-whole-reason" }, "Reason"), h("select", { id: "sm-crit-whole-reason", class: "sm-input sm-input-auto", "data-focus": "whole-reason", value: now.wholeReason || "other", onchange: (event) => draft.set({ wholeReason: event.target.value }) }, app.state.criteria.reasons.filter((word) => word !== AS_RATED).map((word) => h("option", { key: word, value: word }, REASON_WORDS[word] || word)))),
          cardField("whole-words", "Why the panel sees it differently", now.wholeWords, (wholeWords) => draft.set({ wholeWords }, false), "The levels say one thing, the panel another: the reason stands in the log."),
        ]
      : null,
    h("p", { class: "sm-hand-buttons" }, h("button", { type: "button", class: "sm-button sm-button-main", "data-focus": "decide-whole", "aria-disabled": chosen ? "false" : "true", onclick: enter }, "Enter"), next && entry ? h("button", { type: "button", class: "sm-button", "data-focus": "next-person", onclick: () => goCard(app, here.id, next) }, `On to ${calledBy(app, next)}`, icon("next")) : null),
  );
}

function leaveOpen(app, here, person, item) {
  if (itemReached(item)) return null;
  return h("p", { class: "sm-hand-buttons", key: "leave" }, h("button", { type: "button", class: "sm-button", "data-focus": "leave-open", onclick: () => {
    app.send("stay_open", { criterion: here.id, people: [person], why: "" });
    app.announce("Stays open.");
    app.focusSoon("phase-title");
  } }, "Stay open: not reached today"), h("span", { class: "sm-quiet" }, "Nothing is decided for this person; nobody’s rating takes its place."));
}

/* What stands in the log about this card; what was corrected stays, and says so. */
function cardDecisions(app, view) {
  if (!view.decisions.length) return null;
  return h("details", { class: "sm-more", key: "entries" }, h("summary", null, `Entries about this card (${view.decisions.length})`), h("ol", { class: "sm-crit-entries", role: "list" }, view.decisions.map((entry) => logLine(app, entry))));
}
