/* calib_review_groups.js: the check of groups: a file read once, an answer that gives nobody away. */

function reviewGroups(app, view) {
  const told = app.held("groups");
  const group = told.group && told.seq >= app.state.seq ? told.group : view.group;
  const outcome = group.fixed ? group.outcome : told.outcome || group.outcome || group.outcomes[0].id;
  return reviewSection(
    "groups",
    "Check of groups",
    h("p", null, "Whether people of one group meet the criteria as readily as those of another. For whoever is responsible for it, and only where people chose to name their group."),
    group.check ? groupAnswer(group) : null,
    told.stands ? h("p", { class: "sm-quiet", role: "status" }, "The file was read, and the answer above stands: whether anything in it has changed is not said.") : null,
    told.problems ? [h("p", { class: "sm-warning", role: "alert" }, icon("open"), h("span", null, "The file was not used. Nothing of it is kept.")), problemList(told.problems)] : null,
    told.unknown?.length ? h("details", { class: "sm-more" }, h("summary", null, `${plural(told.unknown.length, "code")} of the file ${told.unknown.length === 1 ? "is" : "are"} not in this session`), h("p", null, told.unknown.join(", "))) : null,
    groupForm(app, told, group, outcome),
  );
}

function groupForm(app, told, group, outcome) {
  const take = async (file) => {
    if (!file) return;
    Object.assign(told, { busy: true, problems: null, unknown: null, stands: false });
    app.repaint();
    try {
      if (file.size > 100000) throw Object.assign(new Error("large"), { problems: [{ where: file.name, found: "more than 100 KB", expected: "a row for each person" }] });
      const answer = await app.ask("group_check", { text: await file.text(), outcome }, { patience: 30000 });
      const stands = group.fixed && JSON.stringify(group.check) === JSON.stringify(answer.group.check);
      Object.assign(told, { busy: false, group: answer.group, seq: answer.seq ?? app.state.seq, unknown: answer.unknown, stands });
      app.announce(stands ? "The answer stands." : answer.group.check?.hidden ? "No table can be shown." : "The check is done.");
    } catch (error) {
      Object.assign(told, { busy: false, problems: error.problems || [{ where: file.name, found: "a file the browser could not read", expected: "a CSV file" }] });
      app.announce("The file was not used.");
    }
    app.repaint();
  };
  const title = group.outcomes.find((each) => each.id === outcome)?.title;
  return h(
    "div",
    { class: "sm-review-check", key: "form" },
    group.fixed
      ? h("p", { class: "sm-quiet" }, `Compared: ${title}. Another outcome of the same people would lie inside this one, and the difference of two tables would point at somebody. It stays with this one.`)
      : h("div", { class: "sm-field" }, h("label", { for: "sm-group-outcome" }, "What is compared"), h("select", { id: "sm-group-outcome", class: "sm-input sm-input-auto", "data-focus": "group-outcome", value: outcome, onchange: (event) => {
          told.outcome = event.target.value;
          app.repaint();
        } }, group.outcomes.map((each) => h("option", { key: each.id, value: each.id }, each.title))), h("p", { class: "sm-hint" }, "One outcome for each session, chosen before anything is seen.")),
    h("label", { class: "sm-drop sm-drop-small" }, icon("file"), h("span", null, told.busy ? "Reading…" : ["Choose a CSV file with the columns ", h("code", null, "person,group")]), h("input", { type: "file", class: "sm-hidden", accept: ".csv,text/csv", "data-focus": "group-file", onchange: (event) => {
      take(event.target.files[0]);
      event.target.value = "";
    } })),
    h("p", { class: "sm-hint" }, "The file is read once and forgotten; what is kept is what you see here. Bring it when the decisions are made: the first answer that looked at it stands, because the difference of two answers could show who changed."),
  );
}

function groupAnswer(group) {
  const { check } = group;
  const part = (value) => value.toFixed(2);
  const process = check.process.filter(Boolean);
  return h(
    "div",
    { class: "sm-review-answer", key: "answer" },
    h("p", null, `${group.outcomes.find((each) => each.id === group.outcome)?.title}: ${check.selected} of ${plural(check.people, "person", "people")}${check.open ? `, ${check.open} still open` : ""}.`),
    check.rows.length
      ? h(
          "div",
          { class: "sm-table-scroll", tabindex: "0", role: "region", "aria-label": "Check of groups, table" },
          h(
            "table",
            { class: "sm-table" },
            h("thead", null, h("tr", null, ["Group", "People", "Selected", "Rate", "Ratio to the highest rate", "Difference, 95 % interval", "Fisher’s exact p"].map((word) => h("th", { key: word, scope: "col" }, word)))),
            h(
              "tbody",
              null,
              check.rows.map((row) => {
                const against = check.comparisons.find((each) => each.group === row.group);
                return h("tr", { key: row.group }, h("th", { scope: "row", dir: "auto" }, row.group || "no group named"), h("td", null, row.n), h("td", null, row.selected), h("td", null, part(row.rate)), h("td", null, against ? part(against.ratio) : "–"), h("td", null, against ? `${part(against.difference)} (${part(against.interval[0])} to ${part(against.interval[1])})` : "–"), h("td", null, against ? (against.p < 0.001 ? "below 0.001" : against.p.toFixed(3)) : "–"));
              }),
            ),
          ),
        )
      : null,
    h("ul", { class: "sm-plain-list" }, check.sentences.map((sentence) => h("li", { key: sentence }, sentence)), group.earlier.map((sentence) => h("li", { key: sentence }, sentence))),
    process.length ? h("details", { class: "sm-more" }, h("summary", null, "How it came about: notes, evidence, changes, what was observed"), h("ul", { class: "sm-plain-list" }, process.map((sentence) => h("li", { key: sentence }, capital(sentence))))) : null,
  );
}
