/* mentor_actions.js: what is to be done after a session: of this one, and still open from the last. */

function actionsHere(app) {
  const { said, waiting } = app.state.mentor;
  const { own, other } = app.names();
  const changing = app.draft("actions") || {}; // forms by the id of what they change
  const listed = new Set(said.actions.map((action) => action.id));
  const lost = Object.keys(changing).filter((id) => !listed.has(id)); // refused before they were in the record
  const before = waiting.filter((action) => !listed.has(action.id));
  const title = (action) => ({ ...action, title: app.skill(action.skill)?.title || action.title, overdue: Boolean(action.due) && action.due < today() });
  return h(
    "section",
    { class: "sm-meet-todo", key: "todo", "aria-labelledby": "sm-todo-title" },
    h("h3", { class: "sm-section-title", id: "sm-todo-title", tabindex: "-1", "data-focus": "todo" }, "Actions"),
    before.length
      ? [
          h("p", { class: "sm-label" }, "Still open from before"),
          h("ul", { class: "sm-meet-actions", role: "list" }, before.map((action) => actionLine(title(action), { own, other }, beforeButtons(app, action)))),
        ]
      : null,
    said.actions.length ? h("ul", { class: "sm-meet-actions", role: "list" }, byDay(said.actions).map((action) => actionLine(title(action), { own, other }, changing[action.id] ? actionForm(app, action.id) : action.over ? null : overButtons(app, action)))) : null,
    lost.map((id) => actionForm(app, id)),
    app.ui.acting || app.draft("action") ? actionForm(app) : h("p", null, h("button", { type: "button", class: "sm-button", "data-focus": "act", onclick: () => app.keep({ acting: true }, true, "act-text") }, icon("plus"), "Add an action")),
  );
}

const byDay = (actions) => [...actions].sort((a, b) => (a.due || "9").localeCompare(b.due || "9"));
const plainAction = ({ id, text, owner, skill = null, due = null, opportunity = null }) => ({ id, text, owner, skill, due, opportunity });

function beforeButtons(app, action) {
  const take = () => app.enter("action", plainAction(action));
  const end = (done) => {
    take();
    app.enter("done", { id: action.id, done });
    app.focusSoon("todo");
  };
  return h("p", { class: "sm-meet-small" }, h("button", { type: "button", class: "sm-link", "aria-label": `Done: ${action.text}`, onclick: () => end(today()) }, "Done"), h("button", { type: "button", class: "sm-link", "aria-label": `Take it on again: ${action.text}`, onclick: () => {
    take();
    app.focusSoon("todo");
  } }, "Take it on again"), h("button", { type: "button", class: "sm-link", "aria-label": `Drop: ${action.text}`, onclick: () => end(null) }, "Drop"));
}

function overButtons(app, action) {
  const change = () => {
    app.setDraft("actions", { ...app.draft("actions"), [action.id]: plainAction(action) });
    app.repaint();
    app.focusSoon(`act-text-${action.id}`);
  };
  const drop = () => {
    app.enter("done", { id: action.id, done: null });
    app.toast(`Dropped: ${shorten(action.text, 60)}`, { action: { label: "Take it back", run: () => app.enter("action", plainAction(action)) } });
    app.focusSoon("todo");
  };
  return h("p", { class: "sm-meet-small" }, h("button", { type: "button", class: "sm-link", "data-focus": `act-change-${action.id}`, "aria-label": `Change: ${action.text}`, onclick: change }, "Change"), h("button", { type: "button", class: "sm-link", "aria-label": `Drop: ${action.text}`, onclick: drop }, "Drop"));
}

/* The draft of a form: that of a new action has a place of its own, the others one each. */
function actionDraft(app, id) {
  return (id ? app.draft("actions")?.[id] : app.draft("action")) || {};
}

function setActionDraft(app, id, values) {
  if (!id) return app.setDraft("action", values);
  const { [id]: _, ...others } = app.draft("actions") || {};
  const next = values ? { ...others, [id]: values } : others;
  return app.setDraft("actions", Object.keys(next).length ? next : null);
}

/* A new action, or a change of the one with this id; several forms can stand open. */
function actionForm(app, id = null) {
  const { own, other } = app.names();
  const mark = id ? `-${id}` : "";
  const known = app.state.mentor.said.actions.find((action) => action.id === id);
  const about = stepNow(app) === "agenda" ? itemNow(app, itemsOf(app)) : null;
  const values = { id, text: "", owner: "self", skill: about, due: null, opportunity: null, ...actionDraft(app, id) };
  const set = (part, paint = false) => {
    setActionDraft(app, id, { ...values, ...actionDraft(app, id), ...part });
    if (paint) app.repaint();
  };
  const leave = () => {
    setActionDraft(app, id, null);
    if (!id) return app.keep({ acting: false }, true, "act");
    app.repaint();
    return app.focusSoon(known ? `act-change-${id}` : "todo");
  };
  const store = () => {
    const now = { ...values, ...actionDraft(app, id) };
    if (!now.text.trim()) {
      app.announce("Say first what is to be done.");
      return app.focusSoon(`act-text${mark}`);
    }
    app.enter("action", { ...plainAction(now), text: now.text.trim(), due: now.due || null, id: now.id || `a-${newId().slice(0, 8)}` });
    return leave();
  };
  const radio = (name, value, label) => h("label", { class: "sm-segment", key: String(value) }, h("input", { type: "radio", name: `sm-act-${name}${mark}`, "data-focus": `act-${name}-${value}${mark}`, checked: values[name] === value, onchange: () => set({ [name]: value }, true) }), h("span", { dir: "auto" }, label));
  return h(
    "form",
    {
      class: "sm-act-form",
      key: `act-form${mark}`,
      "aria-label": known ? `Change: ${shorten(known.text, 60)}` : "New action",
      onsubmit: (event) => {
        event.preventDefault();
        store();
      },
    },
    talkField(`act-text${mark}`, "What is to be done", values.text, (text) => set({ text })),
    h(
      "div",
      { class: "sm-act-row" },
      h("fieldset", null, h("legend", null, "Who"), h("div", { class: "sm-segments" }, radio("owner", "self", own), radio("owner", "mentor", other))),
      h("div", { class: "sm-field" }, h("label", { for: `sm-act-due${mark}` }, "By when"), h("input", { id: `sm-act-due${mark}`, type: "date", max: LAST_DAY, class: "sm-input sm-input-date", "data-focus": `act-due${mark}`, value: values.due || "", oninput: (event) => set({ due: event.target.value || null }) })),
      h("fieldset", null, h("legend", null, "Is there a project to show it in?"), h("div", { class: "sm-segments" }, radio("opportunity", true, "Yes"), radio("opportunity", false, "No"), radio("opportunity", null, "Not known"))),
    ),
    h("div", { class: "sm-field" }, h("label", { for: `sm-act-skill${mark}` }, "For"), h("select", { id: `sm-act-skill${mark}`, class: "sm-input sm-input-auto", "data-focus": `act-skill${mark}`, value: values.skill || "", onchange: (event) => set({ skill: event.target.value || null }) }, h("option", { value: "" }, "All of it"), app.framework.skills.map((skill) => h("option", { key: skill.id, value: skill.id }, skill.title)))),
    h("p", { class: "sm-hand-buttons" }, h("button", { type: "submit", class: "sm-button sm-button-main", "data-focus": `act-add${mark}` }, known ? "Keep the change" : "Add"), h("button", { type: "button", class: "sm-button", onclick: leave }, "Discard")),
  );
}

/* What waits in the outbox, laid over what the kernel said. */
function withEntries(state, commands, framework) {
  const next = withPending(state, commands.filter((command) => ["rate", "note", "evidence"].includes(command.name)), framework);
  const entries = commands.filter((command) => command.name === "enter").map((command) => command.args);
  if (!entries.length || !next.mentor?.said) return next;
  const said = { ...next.mentor.said, agreed: { ...next.mentor.said.agreed }, parked: { ...next.mentor.said.parked } };
  for (const { kind, content } of entries) {
    if (kind === "agreed") {
      said.agreed[content.skill] = content;
      delete said.parked[content.skill];
    } else if (kind === "parked") said.parked[content.skill] = content;
    else if (kind === "remark") said.remarks = [...said.remarks, { at: new Date().toISOString(), ...content }];
    else if (kind === "action") said.actions = [...said.actions.filter((action) => action.id !== content.id), { ...content, over: false, done: null }];
    else if (kind === "done") said.actions = said.actions.map((action) => (action.id === content.id ? { ...action, over: true, done: content.done } : action));
  }
  return { ...next, mentor: { ...next.mentor, said } };
}

/* A refused action has a form again, unless one stands open for it; what was only taken over from
   the last session still stands there. */
function takeBackAction(app, content) {
  const before = app.state.mentor.waiting.find((action) => action.id === content.id);
  if (before && JSON.stringify(plainAction(before)) === JSON.stringify(plainAction(content))) return;
  if (!app.draft("actions")?.[content.id]) setActionDraft(app, content.id, plainAction(content));
}

/* What the kernel did not take is a draft again. */
function takeBack(app, { name, args }) {
  if (name === "note") return app.setDraft(`note.${args.skill}`, { text: args.text, visibility: args.visibility });
  if (name === "evidence" && args.item) {
    const known = app.state.evidence?.some((item) => item.id === args.id);
    const draft = known ? args.id : `new:${args.item.skills?.[0] || app.ui.skill}`;
    app.setDraft(`evidence.${draft}`, args.item);
    return app.keep({ evidenceOpen: draft });
  }
  if (name !== "enter") return undefined;
  const { kind, content } = args;
  if (kind === "agreed") app.setDraft(`agree.${content.skill}`, { ...content, level: content.level ?? "apart" });
  if (kind === "action") takeBackAction(app, content);
  if (kind === "remark") app.setDraft("remark", [content.text, app.draft("remark")].filter(Boolean).join("\n\n"));
  if (kind === "predicted") app.setDraft("predict", content.levels);
  return undefined;
}
