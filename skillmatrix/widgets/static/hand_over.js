/* hand_over.js: step 6 of the self-review: what crosses to another person, field by field. */

function askHandOver() {}

function handOverView(app) {
  return h("div", { class: "sm-hand-over", key: "hand-over" }, h("h2", { class: "sm-section-title", tabindex: "-1", "data-focus": "step" }, "Hand over"));
}
