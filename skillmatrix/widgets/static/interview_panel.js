/* interview_panel.js: the interview panel: prepare, score alone, compare, decide. */

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
  views: { start: interviewStart, prepare: prepareView, score: scoreView, compare: compareView, decide: decideView },
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
