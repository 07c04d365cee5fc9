/* calib_after.js: step After: what open items wait for, and the end of the session. */

const AFTER_ROWS = 20;

function afterView(app) {
  const held = app.held("after");
  askOnce(app, held, "after", {});
  const { view, problems } = held;
  return [
    stepTitle("After", "What each open item waits for, the minutes, and for each person an excerpt of their own. A person decides; this is the record of how."),
    problems ? h("p", { class: "sm-warning", role: "alert" }, icon("open"), h("span", null, `This could not be laid out: ${problems.map((problem) => problem.found).join("; ")}.`)) : null,
    view ? h("div", { class: "sm-after", key: "body" }, afterFollows(app, view), afterFiles(app, view), afterExcerpts(app, view), afterRecord(app, view), afterClose(app, view), afterAnchors(app)) : problems ? null : h("p", { class: "sm-figure-wait", role: "status" }, "Laying out…"),
  ];
}

function afterSection(id, title, ...parts) {
  return h("section", { key: id, class: `sm-after-${id}`, "aria-labelledby": `sm-after-${id}` }, h("h3", { class: "sm-section-title", id: `sm-after-${id}`, tabindex: "-1", "data-focus": `after-${id}` }, title), ...parts);
}

/* --- follow-ups --- */

const plainFollow = ({ id, person, criterion, skill = null, waits_for, owner, due = null }) => ({ id, person, criterion, skill, waits_for, owner, due });

function afterFollows(app, view) {
  const drafts = app.draft("follows") || {};
  const listed = new Set(view.follow_ups.map((each) => each.id));
  const fresh = Object.keys(drafts).filter((id) => !listed.has(id));
  return afterSection(
    "follows",
    "Follow-ups",
    view.earlier.length
      ? h("div", { key: "earlier" }, h("p", { class: "sm-label" }, "Still open from earlier sessions about the same people"), h("ul", { class: "sm-after-list", role: "list" }, view.earlier.map((each) => followLine(app, view, each, followEarlier(app, each)))))
      : null,
    view.follow_ups.length
      ? h("ul", { class: "sm-after-list", key: "list", role: "list" }, view.follow_ups.map((each) => (drafts[each.id] ? h("li", { key: each.id }, followForm(app, view, each.id)) : followLine(app, view, each, each.over ? null : followButtons(app, each)))))
      : h("p", { class: "sm-quiet", key: "none" }, "None yet. Take one over from the suggestions, or add one: which evidence is waited for, who brings it, and by when."),
    fresh.map((id, at) => followForm(app, view, id, at + 1)),
    h("p", { key: "add" }, h("button", { type: "button", class: "sm-button", "data-focus": "follow-add", onclick: () => openFollow(app, { person: app.state.people[0]?.code, criterion: view.criteria[0].id }) }, icon("plus"), "Add a follow-up")),
    followSuggestions(app, view),
  );
}

function followAbout(app, view, each) {
  const criterion = view.criteria.find((entry) => entry.id === each.criterion)?.title || each.criterion;
  return each.skill ? `${criterion}, ${app.skill(each.skill)?.title || each.skill}` : criterion;
}

function followLine(app, view, each, buttons) {
  const overdue = !each.over && each.due && each.due < today();
  return h(
    "li",
    { key: each.id, class: classes("sm-after-follow", each.over && "sm-after-over") },
    h("p", { class: "sm-after-due" }, each.due ? dayText(each.due) : "no day", overdue ? h("span", { class: "sm-chip" }, "past") : null),
    h("div", null, h("p", null, h("b", { dir: "auto" }, calledBy(app, each.person)), h("span", { class: "sm-quiet" }, ` ${followAbout(app, view, each)}`)), h("p", { dir: "auto" }, each.waits_for), h("p", { class: "sm-quiet", dir: "auto" }, `Brought by ${each.owner}`, each.session ? ` · from “${each.session}”` : null, each.over ? ` · ${each.done ? `done on ${dayText(each.done)}` : "dropped"}` : null), buttons),
  );
}

function followCommand(app, name, args, focus = "after-follows") {
  app.ask(name, args, { patience: 10000 }).then(
    () => app.focusSoon(focus),
    ({ problems }) => app.toast("This was not stored.", { kind: "problem", stay: true, detail: problemList(problems || []) }),
  );
}

function followButtons(app, each) {
  const name = shorten(each.waits_for, 60);
  const link = (label, run, key) => h("button", { type: "button", class: "sm-link", key: label, "data-focus": `follow-${key}-${each.id}`, "aria-label": `${label}: ${name}`, onclick: run }, label);
  const drop = () => {
    followCommand(app, "end_follow_up", { id: each.id, done: null });
    app.toast(`Dropped: ${name}`, { action: { label: "Take it back", run: () => followCommand(app, "follow_up", plainFollow(each)) } });
  };
  return h("p", { class: "sm-after-small" }, link("Done", () => followCommand(app, "end_follow_up", { id: each.id, done: today() }), "done"), link("Change", () => openFollow(app, plainFollow(each)), "change"), link("Drop", drop, "drop"));
}

function followEarlier(app, each) {
  const name = shorten(each.waits_for, 60);
  const link = (label, run) => h("button", { type: "button", class: "sm-link", key: label, "aria-label": `${label}: ${name}`, onclick: run }, label);
  return h("p", { class: "sm-after-small" }, link("Done", () => followCommand(app, "end_follow_up", { id: each.id, done: today() })), link("Carry it over", () => followCommand(app, "take_over", { id: each.id })), link("Drop", () => followCommand(app, "end_follow_up", { id: each.id, done: null })));
}

function openFollow(app, values) {
  const id = values.id || `f-${newId().slice(0, 8)}`;
  const drafts = app.draft("follows") || {};
  app.setDraft("follows", { ...drafts, [id]: { skill: null, waits_for: "", owner: app.state.meeting.facilitator || "", due: null, ...values, id, ...drafts[id] } });
  app.repaint();
  app.focusSoon(`follow-waits-${id}`);
}

function closeFollow(app, id) {
  const { [id]: _, ...others } = app.draft("follows") || {};
  app.setDraft("follows", Object.keys(others).length ? others : null);
  const told = app.held("follow-problems");
  delete told[id];
}

function followForm(app, view, id, number = 0) {
  const values = app.draft("follows")[id];
  const known = view.follow_ups.some((each) => each.id === id);
  const told = app.held("follow-problems");
  const set = (part, paint = false) => {
    const drafts = app.draft("follows") || {};
    app.setDraft("follows", { ...drafts, [id]: { ...drafts[id], ...part } });
    if (paint) app.repaint();
  };
  const store = async () => {
    const now = app.draft("follows")?.[id];
    const empty = !now.waits_for.trim() ? "waits" : !now.owner.trim() ? "owner" : null;
    if (empty) {
      app.announce(empty === "waits" ? "Say first what it waits for." : "Say first who brings it.");
      return app.focusSoon(`follow-${empty}-${id}`);
    }
    try {
      await app.ask("follow_up", plainFollow({ ...now, id }), { patience: 10000 });
      closeFollow(app, id);
      app.announce("Kept.");
      app.focusSoon("after-follows");
    } catch (error) {
      told[id] = error.problems || [];
      app.announce("This was not stored.");
    }
    return app.repaint();
  };
  const choice = (name, label, value, options) => h("div", { class: "sm-field", key: name }, h("label", { for: `sm-follow-${name}-${id}` }, label), h("select", { id: `sm-follow-${name}-${id}`, class: "sm-input", "data-focus": `follow-${name}-${id}`, value, onchange: (event) => set({ [name]: event.target.value || null }, true) }, options.map(([key, title]) => h("option", { key, value: key }, title))));
  const line = (name, key, label, extra = {}) => h("div", { class: "sm-field", key: name }, h("label", { for: `sm-follow-${key}-${id}` }, label), h("input", { id: `sm-follow-${key}-${id}`, class: "sm-input", type: "text", dir: "auto", maxlength: "300", autocomplete: "off", "data-focus": `follow-${key}-${id}`, value: values[name], oninput: (event) => set({ [name]: event.target.value }), ...extra }));
  return h(
    "form",
    { class: "sm-act-form", key: `form-${id}`, "aria-label": known ? `Change: ${shorten(view.follow_ups.find((each) => each.id === id).waits_for, 60)}` : `New follow-up ${number}`, onsubmit: (event) => {
      event.preventDefault();
      store();
    } },
    h(
      "div",
      { class: "sm-field-pair" },
      known ? null : choice("person", "Person", values.person, app.state.people.map((each) => [each.code, calledBy(app, each.code)])),
      choice("criterion", "Criterion", values.criterion, view.criteria.map((each) => [each.id, each.title])),
      choice("skill", "Skill", values.skill || "", [["", "All of it"], ...app.framework.skills.map((skill) => [skill.id, skill.title])]),
    ),
    line("waits_for", "waits", "Which evidence it waits for"),
    h(
      "div",
      { class: "sm-field-pair" },
      line("owner", "owner", "Who brings it", { list: `sm-follow-owners-${id}` }),
      h("datalist", { id: `sm-follow-owners-${id}` }, view.owners.map((name) => h("option", { key: name, value: name }))),
      h("div", { class: "sm-field" }, h("label", { for: `sm-follow-due-${id}` }, "By when"), h("input", { id: `sm-follow-due-${id}`, type: "date", max: LAST_DAY, class: "sm-input sm-input-date", "data-focus": `follow-due-${id}`, value: values.due || "", oninput: (event) => set({ due: event.target.value || null }) })),
    ),
    told[id]?.length ? problemList(told[id]) : null,
    h("p", { class: "sm-hand-buttons" }, h("button", { type: "submit", class: "sm-button sm-button-main", "data-focus": `follow-keep-${id}` }, known ? "Keep the change" : "Add"), h("button", { type: "button", class: "sm-button", onclick: () => {
      closeFollow(app, id);
      app.repaint();
      app.focusSoon(known ? `follow-change-${id}` : "follow-add");
    } }, "Discard")),
  );
}

function followSuggestions(app, view) {
  if (!view.suggestions.length) return null;
  const person = app.ui.afterPerson || "";
  const fit = view.suggestions.filter((each) => !person || each.person === person);
  const count = app.ui.afterMany || AFTER_ROWS;
  const people = [...new Set(view.suggestions.map((each) => each.person))];
  return h(
    "details",
    { class: "sm-more", key: "suggestions", open: app.ui.afterWaits ?? !view.follow_ups.length, ontoggle: (event) => app.keep({ afterWaits: event.target.open }) },
    h("summary", { "data-focus": "follow-suggestions" }, `What open items wait for, by the rules (${view.suggestions.length})`),
    h("p", { class: "sm-quiet" }, "From the parts of each criterion that stand open. Take over what somebody will really bring; what is left out stays open all the same."),
    people.length > 1 ? h("div", { class: "sm-field" }, h("label", { for: "sm-after-person" }, "Person"), h("select", { id: "sm-after-person", class: "sm-input sm-input-auto", "data-focus": "after-person", value: person, onchange: (event) => app.keep({ afterPerson: event.target.value, afterMany: AFTER_ROWS }, true) }, h("option", { value: "" }, "Everybody, by code"), people.map((code) => h("option", { key: code, value: code }, calledBy(app, code))))) : null,
    h(
      "ul",
      { class: "sm-after-list", role: "list" },
      fit.slice(0, count).map((each) =>
        h(
          "li",
          { key: `${each.person} ${each.criterion} ${each.skill} ${each.part}`, class: "sm-after-suggestion" },
          h("div", null, h("p", null, h("b", { dir: "auto" }, calledBy(app, each.person)), h("span", { class: "sm-quiet" }, ` ${followAbout(app, view, each)}`)), each.part ? h("p", { class: "sm-quiet" }, each.part) : null, h("p", { dir: "auto" }, capital(each.waits_for))),
          h("button", { type: "button", class: "sm-button sm-button-small", "aria-label": `Make it a follow-up: ${calledBy(app, each.person)}, ${shorten(each.waits_for, 60)}`, onclick: () => openFollow(app, { person: each.person, criterion: each.criterion, skill: each.skill, waits_for: each.waits_for.slice(0, 300) }) }, icon("plus"), "Take it over"),
        ),
      ),
    ),
    fit.length > count ? h("p", null, h("button", { type: "button", class: "sm-button sm-button-small", "data-focus": "after-more", onclick: () => app.keep({ afterMany: count + AFTER_ROWS }, true) }, `Show ${Math.min(AFTER_ROWS, fit.length - count)} more of ${fit.length - count}`)) : null,
  );
}

/* --- the end --- */

function afterClose(app, view) {
  const { closed } = app.state;
  const change = () => {
    app.enter(closed ? "reopened" : "closed");
    app.announce(closed ? "The session is open again." : "The session is closed.");
    app.focusSoon("after-close");
  };
  return afterSection(
    "close",
    closed ? "The session is closed" : "Close the session",
    closed
      ? h("p", null, "Everything stays readable. Opening it again is an entry of the log like any other.")
      : h("p", null, view.unreached ? `${plural(view.unreached, "criterion", "criteria")} of people on the agenda ${view.unreached === 1 ? "was" : "were"} not reached. They stay open; nobody’s value is taken in their place.` : "Closing is an entry of the log. What is decided later is a correction, and both stay readable."),
    h("p", null, h("button", { type: "button", class: classes("sm-button", !closed && "sm-button-main"), "data-focus": "after-close-button", onclick: change }, closed ? "Open it again" : "Close the session")),
  );
}
