/* interview_panel.js: the interview panel. */

const INTERVIEW = {
  page: "interview_panel",
  all: "All interviews",
  ui: { step: null, place: null },
  steps: [["score", "Score"]],
  views: { start: interviewStart, score: () => stepTitle("Score") },
  aim: () => null,
};

function interviewStart(app) {
  return [stepTitle("Interview panel"), meetingList(app, { title: "Candidates", empty: "None yet." })];
}

export default {
  render({ model, el }) {
    return renderRoom({ model, el }, INTERVIEW);
  },
};
