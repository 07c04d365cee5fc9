/* case.js: step My case of the self-review: her argument, clause by clause. What the role asks and
   the evidence for it come from the kernel; every word of the argument is typed here. */

const CASE_FREE = [
  ["opening", "Opening", "What you want the reader to know before the first clause. You can leave it out."],
  ["closing", "Closing", "What should stay in mind at the end. You can leave it out."],
];

function askCase(app) {
  const held = (app.clauses ||= { view: null, problems: null, wish: null });
  if (held.wish && JSON.parse(held.wish)[0] !== app.state.assessment.code) held.view = null;
  askOnce(app, held, "clauses", {}, { patience: 6000 });
}

/* What was typed and the kernel refused stands before what is stored. */
function paragraphOf(app, part) {
  return app.draft(`case.${part}`) || app.state.case?.[part] || { text: "", evidence: [] };
}

function saveParagraph(app, part, change, options) {
  const { text, evidence } = paragraphOf(app, part);
  app.setDraft(`case.${part}`, null);
  app.send("case", { part, text, evidence, ...change }, { coalesce: `case:${part}`, ...options });
}

function isAnswered(app, clause) {
  if (filled(paragraphOf(app, clause.id).text)) return true;
  return Boolean(clause.same_as) && clause.same_as !== clause.id && filled(paragraphOf(app, clause.same_as).text);
}

/* Clauses that ask for a paragraph of their own. */
function ownClauses(criterion) {
  return criterion.clauses.filter((clause) => !clause.same_as);
}

function caseView(app) {
  const { view, problems } = app.clauses || {};
  const profile = app.framework.profiles.find((entry) => entry.id === app.state.assessment.aim.profile);
  const head = h(
    "div",
    { class: "sm-case-head" },
    h("p", { class: "sm-eyebrow" }, profile ? `Your argument for: ${profile.title}` : "Your argument"),
    h("h2", { class: "sm-case-title", tabindex: "-1", "data-focus": "step" }, "My case"),
    h("p", { class: "sm-quiet sm-case-lead" }, "What the role asks, clause by clause, with the evidence you have and the words you find for it. Tick the evidence a paragraph speaks of. Nothing is written for you, and nothing here changes a result."),
  );
  const body = !view
    ? problems
      ? h("p", { class: "sm-warning", role: "status", key: "problem" }, icon("open"), h("span", null, `The clauses could not be laid out: ${problems.map((problem) => problem.found).join("; ")}.`))
      : h("p", { class: "sm-figure-wait", role: "status", key: "wait" }, "Laying out the clauses…")
    : caseBody(app, view);
  return h("div", { class: classes("sm-case", (app.printing || app.ui.caseMode === "read") && "sm-case-reading"), key: "case" }, head, body);
}

function caseBody(app, view) {
  const { ui, state } = app;
  const written = Object.values(state.case || {}).some((entry) => filled(entry?.text));
  const rated = state.rows.some((row) => typeof row.value === "number");
  if (!view.criteria.length && !written) return h("p", { class: "sm-case-empty", key: "none" }, "This role asks for nothing that could be argued. Choose another aim, or write an opening once it asks for something.");
  if (!rated && !written && !ui.caseAnyway) {
    return h(
      "div",
      { class: "sm-case-empty", key: "empty" },
      h("p", null, "Nothing is rated yet. Rate your skills first: then each clause says where you stand and which of your evidence counts for it."),
      h("p", { class: "sm-case-buttons" }, h("button", { type: "button", class: "sm-button sm-button-main", onclick: () => app.go("rate") }, "Rate your skills", icon("next")), h("button", { type: "button", class: "sm-button", "data-focus": "case-anyway", onclick: () => app.keep({ caseAnyway: true }, true, "step") }, "Write all the same")),
    );
  }
  if (app.printing || ui.caseMode === "read") return caseWhole(app, view);
  return h("div", { class: "sm-case-grid", key: "write" }, caseOverview(app, view), caseClauses(app, view));
}

function caseModes(app) {
  const mode = app.ui.caseMode === "read" ? "read" : "write";
  const pick = (next) => app.keep({ caseMode: next }, true, `case-${next}`);
  return h(
    "div",
    { class: "sm-switcher sm-case-modes", role: "group", "aria-label": "How to see it" },
    [["write", "Clause by clause"], ["read", "Read it whole"]].map(([id, title]) => h("button", { key: id, type: "button", "data-focus": `case-${id}`, "aria-pressed": mode === id ? "true" : "false", onclick: () => pick(id) }, title)),
  );
}

/* All that is read: the free paragraphs and those of clauses this aim has. */
function caseLength(app, view) {
  const parts = new Set(["opening", "closing", ...view.criteria.flatMap((criterion) => criterion.clauses.map((clause) => clause.id))]);
  return textLength([...parts].map((part) => paragraphOf(app, part).text), view.terms);
}

function caseOverview(app, view) {
  const total = caseLength(app, view);
  const over = total.minutes > view.terms.minutes;
  const asked = view.criteria.flatMap(ownClauses);
  const open = asked.filter((clause) => !isAnswered(app, clause));
  const only = app.ui.caseOnly;
  const jump = (id) => (event) => {
    event.preventDefault();
    const title = document.getElementById(id);
    title?.scrollIntoView({ block: "start" });
    title?.focus({ preventScroll: true });
  };
  return h(
    "div",
    { class: "sm-case-side", key: "side" },
    caseModes(app),
    h(
      "div",
      { class: "sm-case-meter" },
      h("p", { class: classes("sm-case-time", over && "sm-case-over") }, caseTimeWords(total, view.terms)),
      h("div", { class: classes("sm-case-bar", over && "sm-case-bar-over"), "aria-hidden": "true" }, h("i", { style: `width:${Math.min(100, (100 * total.minutes) / view.terms.minutes)}%` })),
      h("p", { class: "sm-quiet" }, `${capital(lengthWords(total))}, read in silence at ${view.terms.words_per_minute} words a minute.`),
      over && view.longest.length ? h("p", { class: "sm-quiet" }, "Longest: ", view.longest.map((place, at) => [at ? "; " : "", h("a", { key: place.id, href: "#case", onclick: jump(`sm-case-part-${place.id}`) }, place.title)]), ".") : null,
    ),
    h("p", { class: "sm-case-count" }, `${asked.length - open.length} of ${plural(asked.length, "clause")} answered`),
    h(
      "nav",
      { class: "sm-case-nav", "aria-label": "Criteria" },
      h(
        "ol",
        { role: "list" },
        view.criteria.map((criterion) => {
          const own = ownClauses(criterion);
          const done = own.filter((clause) => isAnswered(app, clause)).length;
          return h(
            "li",
            { key: criterion.id },
            h("a", { href: "#case", onclick: jump(`sm-case-criterion-${criterion.id}`) }, criterion.code ? h("span", { class: "sm-criterion-code" }, criterion.code, " ") : null, h("span", { class: "sm-case-nav-title" }, criterion.title), h("span", { class: classes("sm-case-nav-count", done === own.length && "sm-case-done") }, `${done}/${own.length}`, hiddenText(" answered"))),
          );
        }),
      ),
    ),
    h(
      "label",
      { class: "sm-check" },
      // What was open when the box was ticked stays in sight while it is being answered.
      h("input", { type: "checkbox", "data-focus": "case-only", checked: Boolean(only), onchange: (event) => app.keep({ caseOnly: event.target.checked ? open.map((clause) => clause.id) : null }, true) }),
      h("span", null, `Only unanswered (${open.length})`),
    ),
  );
}

function caseClauses(app, view) {
  const only = app.ui.caseOnly;
  const shown = (clause) => !only || only.includes(clause.id);
  const criteria = view.criteria.filter((criterion) => criterion.clauses.some(shown));
  return h(
    "div",
    { class: "sm-case-main", key: "main" },
    only ? null : casePlain(app, view, CASE_FREE[0]),
    only && !criteria.length ? h("p", { class: "sm-case-empty" }, "Every clause is answered.") : null,
    criteria.map((criterion) =>
      h(
        "section",
        { class: "sm-case-criterion", key: criterion.id, "aria-labelledby": `sm-case-criterion-${criterion.id}` },
        h("h3", { class: "sm-case-criterion-title", id: `sm-case-criterion-${criterion.id}`, tabindex: "-1" }, criterion.code ? h("span", { class: "sm-criterion-code" }, criterion.code, " ") : null, h("span", null, criterion.title), stateMark(criterion.state)),
        criterion.question ? h("p", { class: "sm-criterion-question" }, criterion.question) : null,
        caseFlags(criterion.flags),
        h("ol", { class: "sm-case-clauses", role: "list" }, criterion.clauses.filter(shown).map((clause) => caseClause(app, view, clause))),
      ),
    ),
    only ? null : casePlain(app, view, CASE_FREE[1]),
    caseOther(app, view),
  );
}

function caseFlags(texts) {
  if (!texts.length) return null;
  return h("ul", { class: "sm-case-flags", role: "list" }, texts.map((text) => h("li", { key: text }, icon("open"), h("span", null, text))));
}

function casePlain(app, view, [part, title, hint]) {
  return h("section", { class: "sm-case-free", key: part, "aria-labelledby": `sm-case-part-${part}` }, h("h3", { class: "sm-case-criterion-title", id: `sm-case-part-${part}`, tabindex: "-1" }, title), h("p", { class: "sm-quiet" }, hint), caseField(app, view, part, title, null));
}

function caseField(app, view, part, title, placeholder) {
  const { text } = paragraphOf(app, part);
  const id = `sm-case-text-${part}`;
  const size = textLength([text], view.terms);
  return h(
    "div",
    { class: "sm-case-field" },
    h("label", { class: "sm-hidden", for: id }, `Your paragraph: ${title}`),
    h("textarea", {
      id,
      class: "sm-input",
      rows: "3",
      dir: "auto",
      maxlength: "20000",
      "data-focus": `case-${part}`,
      "aria-describedby": filled(text) ? `${id}-size` : null,
      placeholder,
      value: text,
      ref: (el) => requestAnimationFrame(() => autosize(el)),
      oninput: (event) => {
        autosize(event.target);
        saveParagraph(app, part, { text: event.target.value }, { delay: 600 });
      },
    }),
    filled(text) ? h("p", { class: "sm-case-size", id: `${id}-size` }, `${lengthWords(size)}, ${shortTime(size.minutes)} to read`) : null,
  );
}

function caseClause(app, view, clause) {
  const first = clause.skills.length === 1 ? clause.skills[0] : null;
  const shared = clause.same_as && !filled(paragraphOf(app, clause.id).text);
  const answered = isAnswered(app, clause);
  const flags = clause.flags.filter((flag) => flag.kind !== "unanswered").map((flag) => flag.text);
  return h(
    "li",
    { key: clause.id, class: classes("sm-clause", !answered && "sm-clause-open", shared && "sm-clause-shared") },
    h(
      "div",
      { class: "sm-clause-head" },
      h("h4", { class: "sm-clause-title", id: `sm-case-part-${clause.id}`, tabindex: "-1" }, h("span", { class: "sm-part-kind" }, PART_KINDS[clause.kind] || clause.kind), first ? skillLink(app, first, clause.title) : h("span", null, clause.title)),
      h("span", { class: "sm-clause-marks" }, stateMark(clause.state), !answered ? h("span", { class: "sm-chip sm-clause-none" }, "Not answered") : null),
    ),
    clause.why ? h("p", { class: "sm-part-why" }, capital(clause.why), /[.!?]$/.test(clause.why) ? "" : ".") : null,
    clause.change && clause.state !== "MET" ? h("p", { class: "sm-part-change" }, "Would change it: ", clause.change) : null,
    shared
      ? h("p", { class: "sm-quiet" }, sameAsWords(view, clause))
      : [
          caseMembers(app, clause),
          caseLookedFor(app, clause),
          caseEvidence(app, clause),
          caseField(app, view, clause.id, clause.title, "What you did, in which case, and what came of it"),
          caseFlags(flags),
        ],
  );
}

function caseMembers(app, clause) {
  if (!clause.members.length) return null;
  return h("ul", { class: "sm-case-members", role: "list" }, clause.members.map((member) => h("li", { key: member.skill }, stateMark(member.state, { word: false }), skillLink(app, member.skill, member.title), member.note ? h("span", { class: "sm-quiet" }, ` (${member.note})`) : null)));
}

/* The words of the ladder for what is asked; a help for writing, never put into the text. */
function caseLookedFor(app, clause) {
  const anchors = clause.level === null ? [] : clause.skills.map((id) => [app.skill(id), app.skill(id)?.anchors[clause.level] || []]).filter(([, many]) => many.length);
  const types = clause.types.map((id) => app.framework.evidence_types.find((type) => type.id === id)).filter(Boolean);
  if (!anchors.length && !types.length) return null;
  return h(
    "details",
    { class: "sm-more sm-case-hints", key: "hints" },
    h("summary", { "data-focus": `case-hints-${clause.id}` }, "What a reader looks for", hiddenText(`: ${clause.title}`)),
    types.map((type) => h("p", { key: type.id }, type.definition, type.example ? h("span", { class: "sm-quiet" }, ` For example: ${type.example}`) : null)),
    anchors.length > 1
      ? anchors.map(([skill, many]) => h("details", { class: "sm-more", key: skill.id }, h("summary", { "data-focus": `case-hints-${clause.id}-${skill.id}` }, skill.title), anchorList(many, { misses: true })))
      : anchors.map(([skill, many]) => h("div", { key: skill.id }, anchorList(many, { misses: true }))),
  );
}

function caseEvidence(app, clause) {
  const paragraph = paragraphOf(app, clause.id);
  const known = new Set(clause.exhibits.map((item) => item.id));
  const others = app.state.evidence.filter((item) => !known.has(item.id));
  const gone = citedItems(app, paragraph, clause.removed).filter((item) => item.gone);
  const asks = app.framework.asks_evidence !== false;
  if (!asks && !app.state.evidence.length && !gone.length) return null;
  const cite = (id, on) => saveParagraph(app, clause.id, { evidence: on ? [...paragraph.evidence.filter((other) => other !== id), id] : paragraph.evidence.filter((other) => other !== id) });
  const choice = (item, more) =>
    h(
      "label",
      { class: classes("sm-check sm-exhibit", item.gone && "sm-exhibit-gone"), key: item.id },
      h("input", { type: "checkbox", "data-focus": `cite-${clause.id}-${item.id}`, checked: paragraph.evidence.includes(item.id), onchange: (event) => cite(item.id, event.target.checked) }),
      h("span", { class: "sm-exhibit-words" }, h("span", { class: "sm-exhibit-title", dir: "auto" }, item.title), h("span", { class: "sm-exhibit-more" }, ` · ${more}`)),
    );
  const facts = (item) => [asks ? item.strength || "history" : null, item.age].filter(Boolean).join(" · ");
  return h(
    "fieldset",
    { class: "sm-case-evidence", key: "evidence" },
    h("legend", null, "Evidence", hiddenText(` your paragraph speaks of: ${clause.title}`)),
    clause.exhibits.length ? clause.exhibits.map((item) => choice(item, `${facts(item)} · ${item.counts ? "counts already" : `does not count: ${item.reason}`}`)) : h("p", { class: "sm-quiet" }, asks ? "None counts for it yet." : "None linked."),
    gone.map((item) => choice(item, "removed since; untick to take it out")),
    others.length
      ? h(
          "details",
          { class: "sm-more", key: "others" },
          h("summary", { "data-focus": `case-others-${clause.id}` }, `Cite another of your items (${others.length})`, hiddenText(`: ${clause.title}`)),
          h("div", null, others.map((item) => choice(item, facts({ ...item, strength: item.effective })))),
        )
      : null,
  );
}

/* Paragraphs of clauses that only another aim has: kept, shown, and not counted. */
function caseOther(app, view) {
  const kept = view.other.filter((place) => filled(paragraphOf(app, place.id).text) || paragraphOf(app, place.id).evidence.length);
  if (!kept.length) return null;
  return h(
    "section",
    { class: "sm-case-criterion", key: "other", "aria-labelledby": "sm-case-other" },
    h("h3", { class: "sm-case-criterion-title", id: "sm-case-other", tabindex: "-1" }, "Not asked by this aim"),
    h("p", { class: "sm-quiet" }, "Written for another aim. It is kept, and counts neither as an answer nor as reading time."),
    h("ol", { class: "sm-case-clauses", role: "list" }, kept.map((place) => h("li", { key: place.id, class: "sm-clause" }, h("h4", { class: "sm-clause-title", id: `sm-case-part-${place.id}`, tabindex: "-1" }, place.title), caseField(app, view, place.id, place.title, null)))),
  );
}

/* The argument as one text, to read and to print. */
function caseWhole(app, view) {
  const { state } = app;
  const total = caseLength(app, view);
  const asked = view.criteria.flatMap(ownClauses);
  const done = asked.filter((clause) => isAnswered(app, clause)).length;
  const profile = app.framework.profiles.find((entry) => entry.id === state.assessment.aim.profile);
  const copy = () => navigator.clipboard.writeText(caseMarkdown(app, view)).then(() => app.toast("Copied."), () => app.toast("The browser did not allow copying. Download it instead.", { kind: "problem" }));
  return h(
    "div",
    { class: "sm-case-whole", key: "whole" },
    h(
      "div",
      { class: "sm-case-tools" },
      caseModes(app),
      h("div", { class: "sm-case-buttons" },
        h("button", { type: "button", class: "sm-button sm-button-small", "data-focus": "case-copy", onclick: copy }, "Copy as Markdown"),
        h("button", { type: "button", class: "sm-button sm-button-small", "data-focus": "case-download", onclick: () => saveFile("my-case.md", caseMarkdown(app, view), "text/markdown") }, icon("file"), "Download"),
        h("button", { type: "button", class: "sm-button sm-button-small", "data-focus": "case-print", onclick: () => window.print() }, "Print")),
    ),
    h(
      "article",
      { class: "sm-case-text", "aria-label": "The whole case" },
      h("p", { class: "sm-case-by" }, [state.assessment.person, profile?.title].filter(Boolean).join(" · ")),
      h("p", { class: "sm-quiet" }, `${caseTimeWords(total, view.terms)}. ${done} of ${plural(asked.length, "clause")} answered.`),
      caseProse(app, "opening", view.free.opening.removed),
      view.criteria.map((criterion) =>
        h(
          "section",
          { key: criterion.id },
          h("h3", null, [criterion.code, criterion.title].filter(Boolean).join(" ")),
          criterion.clauses.map((clause) =>
            h(
              "div",
              { key: clause.id, class: "sm-case-said" },
              h("h4", null, clauseRequirement(clause)),
              clause.same_as && !filled(paragraphOf(app, clause.id).text)
                ? h("p", { class: "sm-case-missing" }, sameAsWords(view, clause))
                : caseProse(app, clause.id, clause.removed, "Not answered."),
            ),
          ),
        ),
      ),
      caseProse(app, "closing", view.free.closing.removed),
    ),
  );
}

function caseProse(app, part, removed, missing = null) {
  const paragraph = paragraphOf(app, part);
  const cited = citedItems(app, paragraph, removed);
  if (!filled(paragraph.text) && !missing && !cited.length) return null;
  return h(
    "div",
    { class: "sm-case-prose", key: `prose-${part}` },
    filled(paragraph.text) ? paragraph.text.trim().split(/\n\s*\n/).map((text, at) => h("p", { key: at, dir: "auto" }, text)) : missing ? h("p", { class: "sm-case-missing" }, missing) : null,
    cited.length ? h("ul", { class: "sm-case-cited", role: "list", "aria-label": "Evidence cited" }, cited.map((item) => h("li", { key: item.id, dir: "auto" }, icon("clip"), h("span", null, item.title, item.gone ? " (removed)" : h("span", { class: "sm-quiet" }, ` ${[item.strength, dayText(item.date)].filter(Boolean).join(", ")}`), item.gone || !item.artefact ? null : [h("br"), caseArtefact(item.artefact)])))) : null,
  );
}

/* Addresses in where it can be seen become links; the rest stays text. */
function caseArtefact(text) {
  return h("span", { class: "sm-case-artefact" }, text.split(/(https?:\/\/[^\s,;<>"]+)/).map((piece, at) => (/^https?:\/\//.test(piece) ? h("a", { key: at, href: piece, target: "_blank", rel: "noopener noreferrer" }, piece) : piece)));
}
