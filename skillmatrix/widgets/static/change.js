/* change.js: in the results, what changed since an earlier round; and, for a round of an earlier
   version of its ladder, what would become of it on the present one. */

const CHANGE_WORDS = { up: "up", down: "down", "only now": "now only", "only then": "then only" };

function askChange(app) {
  const held = (app.change ||= { view: null, problems: null, wish: null, figure: null, drawn: null });
  const earlier = app.ui.changeWith || null;
  askOnce(app, held, "change", { with: earlier }, {
    // That round is gone: the latest one instead.
    refused: (settle, problems) => (earlier ? app.keep({ changeWith: null }, true) : settle({ problems })),
  });
  askChangeFigure(app, held);
}

/* Drawn only where somebody has opened it. */
function askChangeFigure(app, held) {
  if (!app.ui.changeFigure || !held.view?.compared) return;
  const place = document.querySelector(".sm-change");
  const width = Math.round(Math.min(Math.max(place?.clientWidth || 900, 300), 900));
  const theme = app.theme();
  const wish = JSON.stringify([held.wish, held.view.with, width < 760, theme]);
  if (wish === held.drawn) return;
  held.drawn = wish;
  app.ask("change_figure", { with: held.view.with, theme, width }, { patience: 20000 }).then(
    ({ figure }) => {
      if (held.drawn !== wish) return;
      held.figure = { src: `data:image/svg+xml;charset=utf-8,${encodeURIComponent(figure.svg)}`, text: figure.text };
      app.repaint();
    },
    ({ problems }) => {
      held.figure = { problem: (problems || []).map((problem) => problem.found).join("; ") };
      app.repaint();
    },
  );
}

function changeSection(app) {
  const { view, problems } = app.change || {};
  return h(
    "section",
    { class: "sm-change", "aria-labelledby": "sm-change-title", key: "change" },
    h("h2", { class: "sm-section-title", id: "sm-change-title", tabindex: "-1" }, "What changed since an earlier round"),
    problems
      ? h("p", { class: "sm-warning", role: "status" }, icon("open"), h("span", null, `The rounds could not be compared: ${problems.map((problem) => problem.found).join("; ")}.`))
      : view
        ? [changeBody(app, view), fadingList(app, view)]
        : h("p", { class: "sm-figure-wait", role: "status" }, "Comparing…"),
  );
}

function changeBody(app, view) {
  if (!view.rounds.length) return h("p", { class: "sm-quiet sm-change-lead", key: "none" }, "This is your first round here. Next quarter, begin a new round from it on the home page: what moved since then stands in this place.");
  return h(
    "div",
    { class: "sm-change-body", key: "body" },
    view.rounds.length > 1 ? changeChooser(app, view) : null,
    view.problem ? h("p", { class: "sm-warning", role: "status" }, icon("open"), h("span", null, `${view.problem}.`)) : null,
    view.compared ? changeCompared(app, view.compared) : null,
  );
}

function changeChooser(app, view) {
  const title = (round) => `${dayText(round.day)}${round.status === "locked" ? ", locked" : ""}, ladder ${round.version}`;
  return h(
    "div",
    { class: "sm-field sm-change-chooser" },
    h("label", { for: "sm-change-with" }, "Compare with the round of"),
    h("select", { id: "sm-change-with", class: "sm-input sm-input-auto", "data-focus": "change-with", value: view.with, onchange: (event) => app.keep({ changeWith: event.target.value }, true) }, view.rounds.map((round) => h("option", { key: round.code, value: round.code }, title(round)))),
  );
}

function changeCompared(app, found) {
  const [then] = found.days;
  return [
    h(
      "p",
      { class: "sm-change-answer", key: "answer" },
      h("span", { class: "sm-change-side" }, h("span", { class: "sm-change-when" }, `On ${dayText(then)}: `), answerMark(found.then)),
      h("span", { class: "sm-change-side" }, h("span", { class: "sm-change-when" }, "Now: "), answerMark(found.now)),
    ),
    found.other_aim ? h("p", { class: "sm-quiet", key: "aim" }, "You aimed at another role then. Both rounds are judged by the role you aim at now.") : null,
    changeLadder(found),
    changeCriteria(found),
    changeTable(app, found),
    changeAged(app, found),
    changeEvidence(found),
    changeFigure(app),
  ];
}

function changeLadder(found) {
  const [first, last] = found.versions;
  if (first === last) return null;
  const unknown = found.ladder.filter((each) => each.unknown).length;
  return h(
    "details",
    { class: "sm-more sm-change-ladder", key: "ladder" },
    h("summary", { "data-focus": "change-ladder" }, `The ladder changed too, from ${first} to ${last}: ${plural(found.ladder.length, "thing you said is", "things you said are")} said otherwise now${unknown ? `, ${plural(unknown, "level")} of then cannot be known` : ""}`),
    found.summaries.map((each) => h("p", { key: each.to }, h("b", null, each.to), ": ", each.text)),
    h("ul", { class: "sm-plain-list" }, found.ladder.map((each) => h("li", { key: each.text, dir: "auto" }, capital(each.text)))),
    h("p", { class: "sm-quiet" }, "What the ladder changed is not counted as yours: the levels of then stand below as the ladder of now has them."),
  );
}

function changeCriteria(found) {
  const moved = found.criteria.filter((criterion) => criterion.then !== criterion.now);
  const rest = found.criteria.length - moved.length;
  const stand = rest ? `${moved.length ? (rest === 1 ? "The other one stands" : `The other ${rest} stand`) : rest === 1 ? "What the role asks stands" : `All ${rest} criteria stand`} as before.` : "";
  return [
    moved.length
      ? h(
          "ul",
          { class: "sm-change-criteria", role: "list", key: "criteria" },
          moved.map((criterion) => h("li", { key: criterion.id }, h("b", null, `${criterion.code} ${criterion.title}`.trim()), ": ", stateMark(criterion.then), hiddenText(" becomes "), h("span", { "aria-hidden": "true" }, " → "), stateMark(criterion.now), criterion.by ? h("span", { class: "sm-change-by" }, ` by ${criterion.by}`) : null)),
        )
      : null,
    stand ? h("p", { class: "sm-quiet", key: "stand" }, stand) : null,
  ];
}

function changeTable(app, found) {
  const tail = [found.same ? `${found.same} the same` : null, found.neither ? `${found.neither} without a level in either round` : null].filter(Boolean).join(", ");
  if (!found.skills.length) return h("p", { key: "levels" }, `No level moved${tail ? `: ${tail}` : ""}.`);
  return h(
    "div",
    { key: "levels" },
    h(
      "div",
      { class: "sm-table-scroll", tabindex: "0", role: "region", "aria-label": "Skills whose level changed, table" },
      h(
        "table",
        { class: "sm-table sm-change-table" },
        h("thead", null, h("tr", null, ["Skill", "Then", "Now", "Difference"].map((title) => h("th", { scope: "col", key: title }, title)))),
        h(
          "tbody",
          null,
          found.skills.map((each) =>
            h(
              "tr",
              { key: each.skill },
              h("th", { scope: "row" }, skillLink(app, each.skill, each.title), each.was ? h("span", { class: "sm-change-was", dir: "auto" }, `was ${each.was}`) : null),
              h("td", null, each.then),
              h("td", null, each.now),
              h("td", null, each.steps === null ? CHANGE_WORDS[each.word] : `${plural(Math.abs(each.steps), "step")} ${CHANGE_WORDS[each.word]}`, each.by && each.by !== "you" ? h("span", { class: "sm-change-was" }, `by ${each.by}`) : null),
            ),
          ),
        ),
      ),
    ),
    tail ? h("p", { class: "sm-quiet sm-change-tail" }, `${capital(tail)}.`) : null,
  );
}

function changeAged(app, found) {
  if (!found.aged.length) return null;
  return h(
    "details",
    { class: "sm-more", key: "aged" },
    h("summary", { "data-focus": "change-aged" }, `${plural(found.aged.length, "piece")} of evidence ${found.aged.length === 1 ? "counts" : "count"} for less than then, through time alone`),
    h("ul", { class: "sm-plain-list" }, found.aged.map((each) => h("li", { key: each.id, dir: "auto" }, `${each.text}.`))),
  );
}

function changeEvidence(found) {
  if (!found.added.length && !found.removed.length) return null;
  const words = [found.added.length ? plural(found.added.length, "new piece of evidence", "new pieces of evidence") : null, found.removed.length ? plural(found.removed.length, "piece of evidence taken out", "pieces of evidence taken out") : null].filter(Boolean).join(", ");
  const line = (name, key, what) => h("li", { key, dir: "auto" }, name, what);
  return h("details", { class: "sm-more", key: "evidence" }, h("summary", { "data-focus": "change-evidence" }, words), h("ul", { class: "sm-plain-list" }, found.added.map((name, at) => line(name, `new-${at}`, null)), found.removed.map((name, at) => line(name, `out-${at}`, " (taken out)"))));
}

function changeFigure(app) {
  const { figure } = app.change;
  return h(
    "details",
    { class: "sm-more", key: "figure", open: app.ui.changeFigure === true, ontoggle: (event) => {
      const { open } = event.currentTarget;
      if (open !== (app.ui.changeFigure === true)) app.keep({ changeFigure: open }, open);
    } },
    h("summary", { "data-focus": "change-figure" }, "The same as a chart"),
    figure?.src
      ? h("img", { class: "sm-figure-image", src: figure.src, alt: figure.text })
      : h("p", { class: "sm-figure-wait", role: "status" }, figure?.problem ? `No chart: ${figure.problem}.` : "Drawing the chart…"),
  );
}

/* Ratings that nothing new speaks for: a reason to look again, which moves nothing. */
function fadingList(app, view) {
  if (!view.fading.length) return null;
  return h(
    "details",
    { class: "sm-more sm-fading", key: "fading" },
    h("summary", { "data-focus": "fading" }, h("span", { class: "sm-fading-mark", "aria-hidden": "true" }), `${plural(view.fading.length, "rating is", "ratings are")} fading: nothing new speaks for ${view.fading.length === 1 ? "it" : "them"}`),
    h("p", { class: "sm-quiet" }, "Look again, and rate it anew or add what you did lately. Fading lowers no level and changes no result; after how many months is the ladder’s own judgement."),
    h("ul", { class: "sm-plain-list" }, view.fading.map((each) => h("li", { key: each.skill }, skillLink(app, each.skill, each.title), `: newest sign of ${dayText(each.newest)}, fading after ${plural(each.months, "month")}`))),
  );
}

/* A round of an earlier version: what would become of it, before anything is done. */
function earlierView(app, earlier) {
  const begin = () => app.send("bring_over", { assessment: earlier.code });
  const save = () =>
    app.ask("earlier_file", { assessment: earlier.code }, { patience: 15000 }).then(
      ({ filename, data }) => saveFile(filename, data),
      () => app.toast("The file could not be made.", { kind: "problem" }),
    );
  const unknown = earlier.changes.filter((each) => each.unknown);
  const known = earlier.changes.filter((each) => !each.unknown);
  const list = (changes) => h("ul", { class: "sm-plain-list" }, changes.map((each) => h("li", { key: each.text, dir: "auto" }, capital(each.text))));
  return h(
    "div",
    { class: "sm-start sm-earlier", key: "earlier" },
    h("h1", { dir: "auto" }, `${possessive(earlier.person || "This")} round is of an earlier ladder`),
    h("p", { class: "sm-lead-text", dir: "auto" }, `It was made on version ${earlier.from} of ${earlier.title}, which is at ${earlier.to} now. A new round takes over what you said, in the words of the present version. The old round stays as it is, and you can compare the two.`),
    h("div", { class: "sm-earlier-summaries" }, earlier.summaries.map((each) => h("p", { key: each.to }, h("b", null, each.to), ": ", each.text))),
    unknown.length ? [h("h2", { class: "sm-section-title", key: "u" }, `${plural(unknown.length, "level")} nobody can know any more`), h("p", { class: "sm-quiet", key: "uq" }, "You rate these again; nothing is guessed."), list(unknown)] : null,
    known.length ? [h("h2", { class: "sm-section-title", key: "k" }, "Said otherwise now"), list(known)] : null,
    earlier.changes.length ? null : h("p", null, "Nothing of what you said is said otherwise."),
    h(
      "p",
      { class: "sm-earlier-buttons" },
      h("button", { type: "button", class: "sm-button sm-button-main", "data-focus": "bring-over", onclick: begin }, `Begin a new round on ${earlier.to}`),
      h("button", { type: "button", class: "sm-link", "data-focus": "earlier-file", onclick: save }, "Save the old round as a file"),
    ),
  );
}
