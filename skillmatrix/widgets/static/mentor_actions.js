/* mentor_actions.js: what is to be done after a session: of this one, and still open from the last. */

function actionsHere(app) {
  const { said, waiting } = app.state.mentor;
  const { own, other } = app.names();
  const known = new Set(said.actions.map((action) => action.id));
  const before = waiting.filter((action) => !known.has(action.id));
  const title = (action) => ({ ...action, title: app.skill(action.skill)?.title || action.title, overdue: Boolean(action.due) && action.due < thisDay() });
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
    said.actions.length ? h("ul", { class: "sm-meet-actions", role: "list" }, byDay(said.actions).map((action) => actionLine(title(action), { own, other }, action.over ? null : overButtons(app, action)))) : null,
    app.ui.acting || app.draft("action") ? actionForm(app) : h("p", null, h("button", { type: "button", class: "sm-button", "data-focus": "act", onclick: () => app.keep({ acting: true }, true, "act-text") }, icon("plus"), "Add an action")),
  );
}

const thisDay = () => new Date().toLocaleDateString("sv-SE");
const byDay = (actions) => [...actions].sort((a, b) => (a.due || "9").localeCompare(b.due || "9"));
const plainAction = ({ id, text, owner, skill = null, due = null, opportunity = null }) => ({ id, text, owner, skill, due, opportunity });

function beforeButtons(app, action) {
  const take = () => app.enter("action", plainAction(action));
  const end = (done) => {
    take();
    app.enter("done", { id: action.id, done });
    app.focusSoon("todo");
  };
  return h("p", { class: "sm-meet-small" }, h("button", { type: "button", class: "sm-link", "aria-label": `Done: ${action.text}`, onclick: () => end(thisDay()) }, "Done"), h("button", { type: "button", class: "sm-link", "aria-label": `Take it on again: ${action.text}`, onclick: () => {
    take();
    app.focusSoon("todo");
  } }, "Take it on again"), h("button", { type: "button", class: "sm-link", "aria-label": `Drop: ${action.text}`, onclick: () => end(null) }, "Drop"));
}

function overButtons(app, action) {
  const change = () => {
    app.setDraft("action", plainAction(action));
    app.keep({ acting: true }, true, "act-text");
  };
  const drop = () => {
    app.enter("done", { id: action.id, done: null });
    app.toast(`Dropped: ${shorten(action.text, 60)}`, { action: { label: "Take it back", run: () => app.enter("action", plainAction(action)) } });
    app.focusSoon("todo");
  };
  return h("p", { class: "sm-meet-small" }, h("button", { type: "button", class: "sm-link", "aria-label": `Change: ${action.text}`, onclick: change }, "Change"), h("button", { type: "button", class: "sm-link", "aria-label": `Drop: ${action.text}`, onclick: drop }, "Drop"));
}

function actionForm(app) {
  const { own, other } = app.names();
  const about = stepNow(app) === "agenda" ? itemNow(app, itemsOf(app)) : null;
  const values = { id: null, text: "", owner: "self", skill: about, due: null, opportunity: null, ...(app.draft("action") || {}) };
  const set = (part, paint = false) => {
    app.setDraft("action", { ...values, ...(app.draft("action") || {}), ...part });
    if (paint) app.repaint();
  };
  const leave = () => {
    app.setDraft("action", null);
    app.keep({ acting: false }, true, "act");
  };
  const store = () => {
    const now = { ...values, ...(app.draft("action") || {}) };
    if (!now.text.trim()) {
      app.announce("Say first what is to be done.");
      return app.focusSoon("act-text");
    }
    app.enter("action", { ...plainAction(now), text: now.text.trim(), due: now.due || null, id: now.id || `a-${newId().slice(0, 8)}` });
    return leave();
  };
  const radio = (name, value, label) => h("label", { class: "sm-segment", key: String(value) }, h("input", { type: "radio", name: `sm-act-${name}`, "data-focus": `act-${name}-${value}`, checked: values[name] === value, onchange: () => set({ [name]: value }, true) }), h("span", { dir: "auto" }, label));
  return h(
    "form",
    {
      class: "sm-act-form",
      key: "act-form",
      "aria-label": values.id ? "Change an action" : "New action",
      onsubmit: (event) => {
        event.preventDefault();
        store();
      },
    },
    talkField("act-text", "What is to be done", values.text, (text) => set({ text })),
    h(
      "div",
      { class: "sm-act-row" },
      h("fieldset", null, h("legend", null, "Who"), h("div", { class: "sm-segments" }, radio("owner", "self", own), radio("owner", "mentor", other))),
      h("div", { class: "sm-field" }, h("label", { for: "sm-act-due" }, "By when"), h("input", { id: "sm-act-due", type: "date", class: "sm-input sm-input-date", "data-focus": "act-due", value: values.due || "", oninput: (event) => set({ due: event.target.value || null }) })),
      h("fieldset", null, h("legend", null, "Is there a project to show it in?"), h("div", { class: "sm-segments" }, radio("opportunity", true, "Yes"), radio("opportunity", false, "No"), radio("opportunity", null, "Not known"))),
    ),
    h("div", { class: "sm-field" }, h("label", { for: "sm-act-skill" }, "For"), h("select", { id: "sm-act-skill", class: "sm-input sm-input-auto", "data-focus": "act-skill", value: values.skill || "", onchange: (event) => set({ skill: event.target.value || null }) }, h("option", { value: "" }, "All of it"), app.framework.skills.map((skill) => h("option", { key: skill.id, value: skill.id }, skill.title)))),
    h("p", { class: "sm-hand-buttons" }, h("button", { type: "submit", class: "sm-button sm-button-main", "data-focus": "act-add" }, values.id ? "Keep the change" : "Add"), h("button", { type: "button", class: "sm-button", onclick: leave }, "Discard")),
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
  if (kind === "action") app.setDraft("action", content);
  if (kind === "remark") app.setDraft("remark", content.text);
  if (kind === "predicted") app.setDraft("predict", content.levels);
  return undefined;
}
