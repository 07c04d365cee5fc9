/* interview_panel.js: the interview panel: prepare, score alone, compare, decide. */

/* A step of an interview; of an erased candidate nothing is shown, and nothing more is taken. */
const unlessErased = (view) => (app) => (app.state.erased ? erasedView(app) : view(app));

function erasedView(app) {
  return [
    stepTitle("The candidate was erased on request"),
    h("p", null, "What was said of them is gone, and nothing more is taken here. How many entries the log has, and in what order, still holds."),
    h("p", { class: "sm-hand-buttons" }, fileButton(app, "log_file", "Decision log", "log")),
    toldHere(app.held("files")),
  ];
}

/* What was tried, and why it was not stored, beside the button that was pressed. */
function toldHere(told) {
  if (!told.say && !told.problems) return null;
  return h("div", { class: "sm-interview-told", role: "alert", key: "told" }, told.say ? h("p", { class: "sm-warning" }, icon("open"), h("span", null, told.say)) : null, told.problems ? problemList(told.problems) : null);
}

function sayHere(app, told, say, focusKey = null) {
  Object.assign(told, { say, problems: null });
  app.repaint();
  if (focusKey) app.focusSoon(focusKey);
}

/* A command as a question: one at a time, and what was typed is let go of only once it is stored. */
function askHere(app, told, name, args, done, { say = "It was not stored. What you typed is still here.", patience = 15000 } = {}) {
  if (told.busy) return;
  Object.assign(told, { busy: true, say: null, problems: null });
  const code = app.state.assessment?.code;
  app.repaint();
  app.ask(name, args, { patience }).then(
    (answer) => {
      told.busy = false;
      if (app.state.assessment?.code === code) done(answer);
      app.repaint();
    },
    ({ problems }) => {
      Object.assign(told, { busy: false, say, problems: problems || [] });
      app.repaint();
    },
  );
}

/* A draft is let go of, unless more was typed in the meantime. */
function letGo(app, key, sent) {
  if (JSON.stringify(app.draft(key)) === sent) app.setDraft(key, null);
}

function fileButton(app, name, label, focusKey, type) {
  const told = app.held("files");
  return h("button", { type: "button", class: "sm-button", "data-focus": focusKey, onclick: () => askHere(app, told, name, {}, (answer) => saveFile(answer.filename, answer.data, type), { say: "The file was not made.", patience: 20000 }) }, label);
}

function closedWords(app) {
  return app.state.closed ? h("p", { class: "sm-quiet", key: "closed" }, "The interview is closed and takes nothing more. It can be opened again on the step Decide.") : null;
}

const INTERVIEW = {
  page: "interview_panel",
  all: "All interviews",
  ui: { step: null, place: null },
  steps: [
    ["prepare", "Prepare"],
    ["score", "Score"],
    ["compare", "Compare"],
    ["decide", "Decide"],
  ],
  views: { start: interviewStart, prepare: unlessErased((app) => prepareView(app)), score: unlessErased((app) => scoreView(app)), compare: unlessErased((app) => compareView(app)), decide: unlessErased((app) => decideView(app)) },
  left: (app) => leaveSeat(app),
  arrived: (app) => {
    if (!app.ui.seated) return;
    app.ui.seated = false;
    setTimeout(() => app.focusSoon("step"), 100);
  },
  takeBack: (app, { name, args }) => name === "begin" && !app.draft("begin") && app.setDraft("begin", Object.fromEntries(Object.entries(args).map(([key, value]) => [key, value || ""]))),
  aim: (app) => {
    const { candidate } = app.state;
    return [h("span", { dir: "auto" }, candidate.name), app.state.closed ? " · closed" : null];
  },
};

export default {
  render({ model, el }) {
    return renderRoom({ model, el }, INTERVIEW);
  },
};
