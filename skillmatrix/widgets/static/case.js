/* case.js: step 5 of the self-review: her argument, clause by clause. */

function askCase() {}

function caseView(app) {
  return h("div", { class: "sm-case", key: "case" }, h("h2", { class: "sm-section-title", tabindex: "-1", "data-focus": "step" }, "My case"));
}
