/* import_rows.js: what of a file was not understood, row by row. */

const REFUSED_STEP = 50;

/* Rows, each counted once: one row may have several problems. */
function rowsOf(problems) {
  return new Set(problems.map((problem) => problem.line)).size;
}

function rowProblems(app, held, problems, title, key, heading = "h5") {
  const left = problems.length - held.shown;
  return h(
    "div",
    { class: "sm-import-refused", key },
    title ? h(heading, { class: "sm-record-group-title" }, title) : null,
    h(
      "ul",
      { class: "sm-problems", tabindex: "0", role: "list", "aria-label": title || "Already there" },
      problems.slice(0, held.shown).map((problem) =>
        h(
          "li",
          null,
          h("p", { class: "sm-problem-where" }, [problem.line ? `Line ${problem.line}` : null, problem.where].filter(Boolean).join(" · ")),
          h("p", { dir: "auto" }, [problem.found ? `Found: ${problem.found}. ` : null, problem.expected ? `Expected: ${problem.expected}.` : null].filter(Boolean).join("").replaceAll("..", ".")),
          problem.remedy ? h("p", { class: "sm-problem-remedy", dir: "auto" }, capital(problem.remedy), /[.!?]$/.test(problem.remedy) ? "" : ".") : null,
        ),
      ),
    ),
    left > 0 ? h("button", { type: "button", class: "sm-link", "data-focus": `import-more-${key}`, onclick: () => app.importing.showMore() }, `Show more: ${left.toLocaleString("en-GB")} left`) : null,
  );
}
