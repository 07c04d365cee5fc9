/* calib_criteria_again.js: the second blind rating. The keyboard goes round: pick your name, rate,
   seal, hand on. What is typed stays in this page's memory and in the kernel, never in the storage
   of a browser at which the next person sits; what is sealed comes back only with the reveal. */

const AGAIN_KEEP = 1200; // ms after the last choice until the kernel keeps it

function ratersAgain(app, view) {
  return view ? view.again : app.state.present;
}

function sealedOf(app, here, person) {
  return app.state.criteria.sealing[here.id]?.[person]?.sealed || [];
}

function everybodySealed(app, here, person) {
  const { present } = app.state;
  const sealed = sealedOf(app, here, person);
  return present.length > 0 && present.every((code) => sealed.includes(code));
}

function againPhase(app, here, person, view) {
  const sealed = sealedOf(app, here, person);
  const shown = here.items[person]?.shown;
  if (shown) return [phaseTitle("What the second ratings changed"), changeList(app, view), h("p", { class: "sm-hand-buttons" }, onward(app, here, person, "decide", "Decide"))];
  const left = view.again.filter((code) => !sealed.includes(code));
  return [
    phaseTitle("Rate again, each alone"),
    h("p", null, "The keyboard goes round. Each picks the own name, gives the levels held now, seals them and hands on. Nothing is filled in, and nobody sees a level before all have sealed."),
    h("ul", { class: "sm-crit-sealers", role: "list" }, view.again.map((code) => h("li", { key: code }, sealed.includes(code) ? [icon("check"), h("span", { dir: "auto" }, calledBy(app, code), h("span", { class: "sm-quiet" }, " sealed"))] : [icon("open"), h("span", { dir: "auto" }, calledBy(app, code))]))),
    h(
      "p",
      { class: "sm-hand-buttons" },
      left.length ? h("button", { type: "button", class: "sm-button sm-button-main", "data-focus": "again-one", onclick: () => startAgain(app, here, [person]) }, sealed.length ? `Go on: ${left.length} to go` : "Begin", icon("next")) : h("button", { type: "button", class: "sm-button sm-button-main", "data-focus": "reveal", onclick: () => revealAgain(app, here, [person], false) }, "Everybody has sealed: show them"),
      left.length && sealed.length ? h("button", { type: "button", class: "sm-button", "data-focus": "reveal-early", onclick: () => revealAgain(app, here, [person], true) }, `Show ${sealed.length} without ${left.map((code) => calledBy(app, code)).join(", ")}`) : null,
      !left.length ? h("button", { type: "button", class: "sm-button", "data-focus": "again-change", onclick: () => startAgain(app, here, [person]) }, "Somebody wants to change theirs") : null,
      sealed.length ? null : h("button", { type: "button", class: "sm-button", "data-focus": "again-skip", onclick: () => setPhase(app, here, person, "decide") }, "Without a second rating"),
    ),
  ];
}

function revealAgain(app, here, people, early) {
  app.send("second_reveal", { criterion: here.id, people, early });
  app.announce("The second ratings are shown.");
  if (people.length === 1) app.focusSoon("phase-title");
}

function changeList(app, view) {
  const changed = view.rows.flatMap((row) => row.said.filter((said) => againOf(said) && said.first !== said.second).map((said) => ({ row, said })));
  const rated = view.rows.flatMap((row) => row.said.filter(againOf));
  const same = rated.length - changed.length;
  const fresh = changed.filter(({ said }) => said.first === "UNRATED").length;
  const told = [`${plural(changed.length - fresh, "rating")} changed`, `${same} stayed as before`, fresh ? `${fresh} from somebody who had not rated before` : null].filter(Boolean);
  return [
    h("p", null, changed.length ? `${told.join(", ")}.` : rated.length ? `All ${rated.length} stayed as before.` : "Nobody gave a level again: the first ratings stand."),
    changed.length
      ? h("ul", { class: "sm-crit-moved-list", role: "list" }, changed.map(({ row, said }) => h("li", { key: `${row.skill} ${said.rater}` }, raterMark(app, said.rater, said.kind), h("span", null, h("span", { dir: "auto" }, calledBy(app, said.rater)), ` on ${app.skill(row.skill).title}: `, h("b", null, `${levelWords(said.first)} → ${levelWords(said.second)}`)))))
      : null,
  ];
}

/* ---- the sheet that covers the page --------------------------------------- */

function startAgain(app, here, people) {
  closeAgain(app);
  const away = () => closeAgain(app); // by the browser's own buttons: nobody comes back to another's sheet
  addEventListener("popstate", away);
  Object.assign(app.held("again"), { criterion: here.id, people, rater: null, levels: {}, first: {}, at: 0, problems: null, sealedBy: null, dirty: new Set(), busy: false, away });
  app.focusSoon("again-title");
  app.repaint();
}

function closeAgain(app) {
  const again = app.held("again");
  keepAgainNow(app);
  if (again.away) removeEventListener("popstate", again.away);
  for (const key of Object.keys(again)) delete again[key];
}

function pickRater(app, again, rater) {
  again.busy = true;
  again.problems = null;
  app.repaint();
  const { criterion, people } = again;
  const mine = () => app.held("again") === again && again.criterion === criterion;
  app.ask("second_sheet", { criterion, rater, people }, { patience: 10000 }).then(
    ({ second_sheet: sheet }) => {
      if (!mine()) return;
      const gone = new Set([...sheet.sealed, ...sheet.shown]);
      Object.assign(again, { rater, busy: false, first: sheet.first, levels: sheet.drafts, todo: people.filter((code) => !gone.has(code)), sealed: sheet.sealed, at: 0, dirty: new Set() });
      app.focusSoon("again-title");
      app.repaint();
    },
    ({ problems }) => mine() && (Object.assign(again, { busy: false, problems: problems || [] }), app.repaint()),
  );
}

function keepAgainSoon(app, again, person) {
  again.dirty.add(person);
  clearTimeout(again.waiting);
  again.waiting = setTimeout(() => keepAgainNow(app), AGAIN_KEEP);
}

function keepAgainNow(app) {
  const again = app.held("again");
  clearTimeout(again.waiting);
  if (!again.rater || !again.dirty?.size) return;
  const levels = Object.fromEntries([...again.dirty].map((code) => [code, { ...(again.levels[code] || {}) }]));
  again.dirty = new Set();
  app.ask("second_keep", { criterion: again.criterion, rater: again.rater, levels }, { patience: 10000 }).catch(() => {});
}

function sealAgain(app, again) {
  clearTimeout(again.waiting);
  again.dirty = new Set();
  Object.assign(again, { busy: true, problems: null });
  app.repaint();
  const { rater } = again;
  const levels = Object.fromEntries(again.todo.map((code) => [code, { ...(again.levels[code] || {}) }]));
  app.ask("second_seal", { criterion: again.criterion, rater, levels }, { patience: 15000 }).then(
    () => {
      if (app.held("again").rater !== rater) return;
      Object.assign(again, { busy: false, rater: null, levels: {}, first: {}, sealedBy: rater });
      app.announce("Sealed. Hand the keyboard on.");
      app.focusSoon("again-title");
      app.repaint();
    },
    ({ problems }) => (Object.assign(again, { busy: false, problems: problems || [] }), app.repaint()),
  );
}

function reopenAgain(app, again) {
  Object.assign(again, { busy: true, problems: null });
  const { rater, criterion, sealed } = again;
  app.ask("second_reopen", { criterion, rater, people: sealed }, { patience: 10000 }).then(
    () => pickRater(app, again, rater),
    ({ problems }) => (Object.assign(again, { busy: false, problems: problems || [] }), app.repaint()),
  );
}

function againView(app, again) {
  app.leaveCard = () => leaveCriteria(app);
  const here = app.state.criteria.agenda.find((entry) => entry.id === again.criterion);
  const back = () => {
    const one = again.people.length === 1;
    closeAgain(app);
    app.repaint();
    app.focusSoon(one ? "phase-title" : "again-all");
  };
  return h("div", { class: "sm-crit-again", key: "again" }, again.problems ? problemList(again.problems) : null, again.rater ? againSheet(app, here, again) : againNames(app, here, again, back));
}

function againNames(app, here, again, back) {
  const many = again.people.length > 1;
  const view = many ? null : app.held(`card ${here.id}/${again.people[0]}`).view;
  const raters = ratersAgain(app, view);
  const done = (code) => again.people.every((person) => sealedOf(app, here, person).includes(code));
  const left = raters.filter((code) => !done(code));
  const reveal = () => {
    const { people } = again;
    closeAgain(app);
    revealAgain(app, here, people, false);
  };
  return h(
    "section",
    { class: "sm-crit-again-names", "aria-labelledby": "sm-crit-again-title" },
    h("h2", { class: "sm-crit-talk-name", id: "sm-crit-again-title", tabindex: "-1", "data-focus": "again-title" }, !left.length ? "Everybody has sealed" : again.sealedBy ? "Sealed. Hand the keyboard on." : "Who is rating?"),
    h("p", { class: "sm-lead-text" }, `${criterionName(here)}, ${many ? plural(again.people.length, "person", "people") : calledBy(app, again.people[0])}. Nobody sees a level before all have sealed.`),
    raters.length ? null : h("p", null, "Nobody has said yet who is here. ", h("button", { type: "button", class: "sm-link", onclick: () => app.go("norms") }, "Say who is here")),
    h("ul", { class: "sm-crit-again-list", role: "list" }, raters.map((code) => h("li", { key: code }, h("button", { type: "button", class: "sm-button sm-crit-again-name", "data-focus": `again-${code}`, "aria-disabled": again.busy ? "true" : "false", onclick: () => !again.busy && pickRater(app, again, code) }, h("span", { dir: "auto" }, calledBy(app, code)), done(code) ? h("span", { class: "sm-quiet" }, icon("check"), " sealed") : null)))),
    h("p", { class: "sm-hand-buttons" }, left.length ? null : h("button", { type: "button", class: "sm-button sm-button-main", "data-focus": "reveal", onclick: reveal }, "Show the second ratings"), h("button", { type: "button", class: "sm-button", "data-focus": "again-back", onclick: back }, many ? "Back to the criterion" : "Back to the card")),
  );
}

function againSheet(app, here, again) {
  const name = calledBy(app, again.rater);
  if (!again.todo.length) {
    return h(
      "section",
      { class: "sm-crit-again-names", "aria-labelledby": "sm-crit-again-title" },
      h("h2", { class: "sm-crit-talk-name", id: "sm-crit-again-title", tabindex: "-1", "data-focus": "again-title", dir: "auto" }, `${name}, all of yours is sealed`),
      h("p", null, "It can be opened until the second ratings are shown. You begin anew then: what you sealed is shown to nobody here."),
      h("p", { class: "sm-hand-buttons" }, again.sealed.length ? h("button", { type: "button", class: "sm-button", "data-focus": "again-reopen", onclick: () => reopenAgain(app, again) }, "Take my seal off and begin anew") : null, h("button", { type: "button", class: "sm-button sm-button-main", "data-focus": "again-leave", onclick: () => { again.rater = null; app.focusSoon("again-title"); app.repaint(); } }, "Leave it as it is")),
    );
  }
  const at = Math.min(again.at, again.todo.length - 1);
  const person = again.todo[at];
  const given = again.levels[person] || {};
  const many = again.todo.length > 1;
  const set = (levels) => {
    again.levels = { ...again.levels, [person]: levels };
    keepAgainSoon(app, again, person);
    app.repaint();
  };
  const to = (place) => {
    again.at = place;
    app.focusSoon("again-title");
    app.repaint();
  };
  const first = Object.fromEntries(Object.entries(again.first[person] || {}).filter(([, value]) => isLevel(value) || value === "NOT_OBSERVED"));
  const blank = again.todo.reduce((sum, code) => sum + here.skills.filter((skill) => (again.levels[code] || {})[skill] === undefined).length, 0);
  const leave = () => {
    keepAgainNow(app);
    Object.assign(again, { rater: null, levels: {}, first: {} });
    app.focusSoon("again-title");
    app.repaint();
  };
  return h(
    "section",
    { class: "sm-crit-again-sheet", key: `sheet-${again.rater}-${person}`, "aria-labelledby": "sm-crit-again-title" },
    h("p", { class: "sm-eyebrow" }, [criterionName(here), many ? `person ${at + 1} of ${again.todo.length}` : null].filter(Boolean).join(" · ")),
    h("h2", { class: "sm-crit-talk-name", id: "sm-crit-again-title", tabindex: "-1", "data-focus": "again-title" }, h("span", { dir: "auto" }, name), " rates ", h("span", { dir: "auto" }, calledBy(app, person))),
    h("p", { class: "sm-quiet" }, "The highest level whose statements hold, from what you know now. Leave out what you like: your first rating then stands."),
    Object.keys(first).length ? h("p", null, h("button", { type: "button", class: "sm-button sm-button-small", "data-focus": "again-same", onclick: () => set({ ...first }) }, "All as I rated before")) : h("p", { class: "sm-quiet" }, "You have not rated this person before."),
    h("div", { class: "sm-crit-again-rows" }, here.skills.map((skill) => againRow(app, person, skill, given, first, set))),
    h(
      "p",
      { class: "sm-hand-buttons" },
      many && at + 1 < again.todo.length ? h("button", { type: "button", class: "sm-button sm-button-main", "data-focus": "again-next", onclick: () => to(at + 1) }, `Next: ${calledBy(app, again.todo[at + 1])}`, icon("next")) : null,
      many && at > 0 ? h("button", { type: "button", class: "sm-button", "data-focus": "again-previous", onclick: () => to(at - 1) }, icon("back"), "Previous") : null,
      h("button", { type: "button", class: classes("sm-button", (!many || at + 1 === again.todo.length) && "sm-button-main"), "data-focus": "again-seal", "aria-disabled": again.busy ? "true" : "false", onclick: () => !again.busy && sealAgain(app, again) }, again.busy ? "Sealing…" : many ? `Seal all ${again.todo.length} and hand on` : "Seal and hand on"),
      h("button", { type: "button", class: "sm-button", "data-focus": "again-later", onclick: leave }, "Not now"),
    ),
    h("p", { class: "sm-hint", role: "status" }, blank ? `${plural(blank, "skill")} left out${many ? `, over ${plural(again.todo.length, "person", "people")}` : ""}.` : "Every skill has an answer."),
  );
}

function againRow(app, person, id, given, first, set) {
  const skill = app.skill(id);
  const name = `sm-crit-again-${id}`;
  const value = given[id];
  const choose = (next) => {
    const levels = { ...given };
    if (next === undefined) delete levels[id];
    else levels[id] = next;
    set(levels);
  };
  const option = (level, label, said) =>
    h("label", { class: "sm-segment", key: String(level) }, h("input", { type: "radio", name, "data-focus": `${name}-${level}`, checked: value === level, onchange: () => choose(level) }), h("span", null, label, said ? hiddenText(` ${said}`) : null));
  return h(
    "fieldset",
    { class: "sm-crit-again-row", key: `${person} ${id}` },
    h("legend", null, skill.title),
    h("div", { class: "sm-crit-again-choice" }, h("div", { class: "sm-segments sm-segments-wrap" }, app.framework.scale.map((step) => option(step.level, step.level, step.name)), option("NOT_OBSERVED", "not observed")), first[id] === undefined ? null : h("button", { type: "button", class: "sm-link", "data-focus": `${name}-same`, "aria-label": `${skill.title}: as before`, onclick: () => choose(first[id]) }, "as before"), value === undefined ? null : h("button", { type: "button", class: "sm-link", "data-focus": `${name}-undo`, "aria-label": `${skill.title}: take it back`, onclick: () => { choose(undefined); app.focusSoon(`${name}-${app.framework.scale[0].level}`); } }, "take it back")),
    h("details", { class: "sm-more" }, h("summary", null, hiddenText(`${skill.title}: `), "what the levels look like"), h("div", { class: "sm-border" }, app.framework.scale.map((step) => h("div", { key: step.level }, h("p", { class: "sm-label" }, h("b", null, `${step.level} ${step.name}`)), h("ul", { class: "sm-plain-list" }, (skill.anchors[String(step.level)] || []).map((anchor) => h("li", { key: anchor.id }, anchor.text))))))),
  );
}
