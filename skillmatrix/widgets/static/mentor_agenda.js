/* mentor_agenda.js: one skill at a time: what would settle it, what both say, and what is agreed.
   Neither rating is overwritten; what is typed is a draft in this browser until it is stored. */

/* The agenda with what became of each item; other skills can be brought up as well. */
function itemsOf(app) {
  const { reveal, said } = app.state.mentor;
  return reveal.agenda.map((item) => ({ ...item, became: becameOf(said, item.skill) }));
}

function becameOf(said, skill) {
  const agreed = said.agreed[skill];
  if (agreed) return agreed.level === null || agreed.level === undefined ? "differently" : "agreed";
  return said.parked[skill] ? (said.parked[skill].until === "today" ? "skipped" : "parked") : null;
}

const BECAME_WORDS = { agreed: "agreed", differently: "seen differently", skipped: "skipped today", parked: "for next time" };

function itemNow(app, items) {
  const known = app.framework.byId.has(app.ui.item) ? app.ui.item : null;
  return known || (items.find((item) => !item.became) || items[0])?.skill || null;
}

function agendaView(app) {
  const { reveal, said } = app.state.mentor;
  const items = itemsOf(app);
  const skill = itemNow(app, items);
  if (skill !== app.ui.item) app.keep({ item: skill }); // it stays in hand when it is settled
  if (skill) app.timer?.hand(skill);
  const done = items.filter((item) => item.became).length;
  const others = reveal.rows.filter((row) => !items.some((item) => item.skill === row.skill) && (row.own.level !== null || row.other.level !== null));
  const link = (id, title, became, extra = null) =>
    h("li", { key: id }, h("button", { type: "button", class: classes("sm-agenda-link", id === skill && "sm-agenda-here", became && "sm-agenda-done"), "aria-current": id === skill ? "true" : null, "data-focus": `agenda-${id}`, onclick: () => app.go("agenda", id, { focus: "item-title" }) }, h("span", { class: "sm-agenda-shape", "aria-hidden": "true" }, became ? icon(became === "agreed" ? "check" : became === "differently" ? "open" : "next") : null), h("span", null, title, became ? h("span", { class: "sm-agenda-became" }, BECAME_WORDS[became]) : extra)));
  return h(
    "div",
    { class: "sm-agenda", key: "agenda" },
    h("div", { class: "sm-agenda-top" }, h("h2", { class: "sm-meet-title", tabindex: "-1", "data-focus": "step" }, "Agenda"), timerBar(app, skill)),
    correctionNote(app, said),
    h(
      "div",
      { class: "sm-agenda-grid" },
      h(
        "nav",
        { class: "sm-agenda-list", "aria-label": "Agenda" },
        items.length ? h("p", { class: "sm-quiet" }, `${done} of ${items.length} done`) : null,
        h("ol", { role: "list" }, items.map((item) => link(item.skill, item.title, item.became, item.gate ? h("span", { class: "sm-agenda-became" }, "gate or floor") : null))),
        h("details", { class: "sm-more", key: "rule" }, h("summary", null, "Why in this order"), h("p", { class: "sm-quiet" }, reveal.rule)),
        others.length ? h("details", { class: "sm-more", key: "others", open: others.some((row) => row.skill === skill) }, h("summary", null, `Nothing to settle (${others.length})`), h("ul", { role: "list" }, others.map((row) => link(row.skill, row.title, becameOf(said, row.skill))))) : null,
      ),
      h("div", { class: "sm-agenda-main" }, skill ? agendaItem(app, skill, items) : h("p", null, "There is nothing to settle: where both of you gave a level you agree, and evidence carries it."), actionsHere(app)),
    ),
  );
}

function correctionNote(app, said) {
  if (!said.closed_at) return null;
  return h("p", { class: "sm-locked-banner", key: "closed" }, `This session was closed on ${dayText(said.closed_at)} at ${clockTime(said.closed_at).slice(0, 5)}. What you enter now is added as a correction, and the record says so; what stood there stays.`);
}

function agendaItem(app, skill, items) {
  const { reveal, said } = app.state.mentor;
  const at = items.findIndex((item) => item.skill === skill);
  const item = items[at] || { skill, title: app.skill(skill).title, why: [], question: null, below: { texts: [] }, above: { texts: [] }, became: becameOf(said, skill) };
  const row = reveal.rows.find((entry) => entry.skill === skill);
  const { own, other } = app.names();
  const named = (text) => capital(text.replace("the own rating", `${possessive(own)} rating`).replace("the mentor's rating", `${possessive(other)} rating`));
  const signs = [at >= 0 ? `${at + 1} of ${items.length}` : "Not on the agenda", item.gate ? "gate or floor" : null, item.pivotal ? "one level changes a criterion" : null].filter(Boolean);
  return h(
    "article",
    { class: "sm-item-now", key: `item-${skill}`, "aria-labelledby": "sm-item-now-title" },
    h("p", { class: "sm-eyebrow" }, signs.join(" · ")),
    h("h3", { class: "sm-skill-title", id: "sm-item-now-title", tabindex: "-1", "data-focus": "item-title" }, item.title),
    item.why.length ? h("p", { class: "sm-quiet" }, named(item.why.join("; ")), ".") : null,
    item.question ? h("blockquote", { class: "sm-question" }, h("p", null, item.question)) : null,
    item.below.texts.length || item.above.texts.length
      ? h("div", { class: "sm-border" }, [["below", "Not yet this"], ["above", "But this"]].map(([side, word]) => h("div", { key: side }, h("p", { class: "sm-label" }, item[side].level === null || item[side].level === undefined ? word : `Level ${item[side].level}`), h("ul", { class: "sm-plain-list" }, item[side].texts.map((text) => h("li", { key: text }, text))))))
      : null,
    h("ul", { class: "sm-two", role: "list" }, sideSaid(app, row, "own", own, reveal.evidence[skill], reveal.notes.self[skill]), sideSaid(app, row, "other", other, reveal.seen?.[skill], reveal.notes.mentor[skill])),
    item.became === "agreed" || item.became === "differently" ? (app.ui.again === skill ? agreeForm(app, skill, row) : agreedNote(app, skill, items)) : agreeForm(app, skill, row, items),
  );
}

function sideSaid(app, row, side, name, evidence, note) {
  const told = row?.[side];
  return h(
    "li",
    { key: side, class: "sm-two-side" },
    h("p", { class: "sm-two-level" }, sideMark(side), h("b", { dir: "auto" }, name), told && told.level !== null ? h("span", null, levelSaid(app, told), told.low !== null && told.low < told.level ? h("span", { class: "sm-quiet" }, ` evidence carries ${told.low}`) : null) : h("span", { class: "sm-quiet" }, told ? stateSaid(app, told.state) : "not rated")),
    evidence?.length ? h("ul", { class: "sm-two-evidence", role: "list" }, evidence.map((each, at) => h("li", { key: `${at}` }, h("span", { dir: "auto" }, each.title), h("span", { class: "sm-quiet" }, ` ${each.strength} · ${dayText(each.date)}`, each.artefact ? h("span", { dir: "auto" }, ` · ${shorten(each.artefact, 200)}`) : null)))) : null,
    note ? h("p", { class: "sm-two-note", dir: "auto" }, icon("note"), h("span", null, note)) : null,
  );
}

function agreedNote(app, skill, items) {
  const agreed = app.state.mentor.said.agreed[skill];
  const apart = agreed.level === null || agreed.level === undefined;
  const name = app.framework.scale.find((step) => step.level === agreed.level)?.name;
  return h(
    "div",
    { class: "sm-agreed", key: "agreed" },
    h("p", { class: "sm-agreed-word", tabindex: "-1", "data-focus": "agreed" }, icon(apart ? "open" : "check"), h("b", null, apart ? "You see it differently; both levels stand" : `Agreed: ${agreed.level} ${name}`)),
    agreed.reason ? h("p", { dir: "auto" }, agreed.reason) : null,
    agreed.next_evidence ? h("p", { dir: "auto" }, h("b", null, "Next evidence: "), agreed.next_evidence) : null,
    h("p", { class: "sm-hand-buttons" }, nextButton(app, skill, items), h("button", { type: "button", class: "sm-button", "data-focus": "again", onclick: () => app.keep({ again: skill }, true, "agree-title") }, "Change it")),
  );
}

function nextButton(app, skill, items) {
  const at = items.findIndex((item) => item.skill === skill);
  const next = [...items.slice(at + 1), ...items.slice(0, Math.max(at, 0))].find((item) => !item.became);
  return next
    ? h("button", { type: "button", class: "sm-button sm-button-main", "data-focus": "next-item", onclick: () => app.go("agenda", next.skill, { focus: "item-title" }) }, `Next: ${next.title}`, icon("next"))
    : h("button", { type: "button", class: "sm-button sm-button-main", "data-focus": "next-item", onclick: () => app.go("close") }, "To the close", icon("next"));
}

const AGREE_EMPTY = { level: undefined, reason: "", next_evidence: "" };

function agreeForm(app, skill, row, items = itemsOf(app)) {
  const { said } = app.state.mentor;
  const known = said.agreed[skill];
  const values = { ...AGREE_EMPTY, ...(known ? { ...known, level: known.level ?? "apart" } : {}), ...(app.draft(`agree.${skill}`) || {}) };
  const { own, other } = app.names();
  const set = (part, paint = true) => {
    app.setDraft(`agree.${skill}`, { ...values, ...(app.draft(`agree.${skill}`) || {}), ...part });
    if (paint) app.repaint();
  };
  const whose = (level) => [row?.own.level === level ? own : null, row?.other.level === level ? other : null].filter(Boolean).join(", ");
  const option = (value, label, tag) =>
    h("label", { class: classes("sm-agree-option", values.level === value && "sm-agree-on"), key: String(value) }, h("input", { type: "radio", name: `sm-agree-${skill}`, "data-focus": `agree-${value}`, checked: values.level === value, onchange: () => set({ level: value }) }), h("span", null, label), tag ? h("span", { class: "sm-level-tag", dir: "auto" }, tag) : null);
  const chosen = values.level !== undefined;
  const done = (kind, content, focusKey) => {
    app.setDraft(`agree.${skill}`, null);
    app.keep({ again: null });
    app.enter(kind, content);
    app.focusSoon(focusKey);
  };
  const agree = () => {
    if (!chosen) {
      app.announce("Choose a level first, or that you see it differently.");
      return app.focusSoon(`agree-${app.framework.scale[0].level}`);
    }
    const now = { ...values, ...(app.draft(`agree.${skill}`) || {}) }; // typed since the last drawing
    const level = now.level === "apart" ? null : now.level;
    return done("agreed", { skill, level, reason: now.reason.trim(), next_evidence: now.next_evidence.trim() }, "agreed");
  };
  const put = (until) => {
    const at = items.findIndex((item) => item.skill === skill);
    const next = items.slice(at + 1).find((item) => !item.became);
    app.enter("parked", { skill, until, why: "" });
    app.announce(until === "today" ? "Skipped for today." : "Parked for next time.");
    app.go(next ? "agenda" : "close", next?.skill, { focus: next ? "item-title" : "step" });
  };
  return h(
    "section",
    { class: "sm-agree", key: `agree-${skill}`, "aria-labelledby": "sm-agree-title" },
    h("h4", { id: "sm-agree-title", tabindex: "-1", "data-focus": "agree-title" }, "What do you both hold now?"),
    h("fieldset", { class: "sm-agree-options" }, h("legend", { class: "sm-hidden" }, "The level you agree on"), app.framework.scale.map((step) => option(step.level, [h("b", null, step.level), " ", step.name], whose(step.level))), option("apart", "We see it differently", null)),
    talkField(`reason-${skill}`, values.level === "apart" ? "What keeps you apart" : "What settled it", values.reason, (reason) => set({ reason }, false)),
    talkField(`next-${skill}`, "Next evidence", values.next_evidence, (next_evidence) => set({ next_evidence }, false), "What would show the next level, and to whom."),
    h(
      "p",
      { class: "sm-hand-buttons" },
      h("button", { type: "button", class: "sm-button sm-button-main", "data-focus": "agree", "aria-disabled": chosen ? "false" : "true", onclick: agree }, values.level === "apart" ? "Keep both" : "Agree"),
      known
        ? h("button", { type: "button", class: "sm-button", onclick: () => {
            app.setDraft(`agree.${skill}`, null);
            app.keep({ again: null }, true, "again");
          } }, "Leave it as it is")
        : [h("button", { type: "button", class: "sm-button", "data-focus": "skip", onclick: () => put("today") }, "Skip for today"), h("button", { type: "button", class: "sm-button", "data-focus": "park", onclick: () => put("next session") }, "Park for next time")],
    ),
  );
}

function talkField(id, label, value, onInput, hint = null) {
  return h(
    "div",
    { class: "sm-field", key: id },
    h("label", { for: `sm-${id}` }, label),
    h("textarea", { id: `sm-${id}`, class: "sm-input", rows: "2", dir: "auto", maxlength: "5000", "data-focus": id, "aria-describedby": hint ? `sm-${id}-hint` : null, value, ref: (el) => requestAnimationFrame(() => autosize(el)), oninput: (event) => {
      autosize(event.target);
      onInput(event.target.value);
    } }),
    hint ? h("p", { class: "sm-hint", id: `sm-${id}-hint` }, hint) : null,
  );
}
