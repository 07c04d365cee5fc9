/* calib_criteria_card.js: what the panel looks at on a card: every rater's level of each skill as a
   mark, the own view apart, what evidence carries, the statements of the levels, evidence, rules. */

const RULE_WORDS = { gate: "gate", floor: "floor", bar: "bar", breadth: "one of several" };
const NOT_A_LEVEL = { NOT_OBSERVED: "not observed", UNRATED: "not rated", DECLINED: "prefers not to say", NOT_APPLICABLE: "says it does not apply" };

function isLevel(value) {
  return typeof value === "number";
}

function raterMark(app, code, kind) {
  return raterGlyph(app, { rater: code, kind: code === null ? "self" : kind });
}

function saidBy(app, rater) {
  return rater === null ? "own view" : calledBy(app, rater);
}

function levelWords(value) {
  return isLevel(value) ? String(value) : NOT_A_LEVEL[value] || "not rated";
}

function latestOf(said) {
  return said.second === null || said.second === undefined ? said.first : said.second;
}

function againOf(said) {
  return said.second !== null && said.second !== undefined;
}

/* "Lee 3, then 4; Noa not observed; own view 4". */
function saidWords(app, view, row) {
  const one = ({ rater, first, second }) => {
    const who = saidBy(app, rater);
    if (second === null || second === undefined) return `${who} ${levelWords(first)}`;
    if (first === second) return `${who} ${levelWords(first)}, again ${levelWords(second)}`;
    return first === "UNRATED" ? `${who} ${levelWords(second)}, the second time only` : `${who} ${levelWords(first)}, then ${levelWords(second)}`;
  };
  const first = new Set(view.raters.map((entry) => entry.code));
  return row.said
    .filter((said) => said.rater === null || first.has(said.rater) || againOf(said))
    .map(one)
    .join("; ");
}

function cardFacts(app, view, phase) {
  const kinds = (row) => row.asks.map((ask) => ask.kind);
  const groups = [
    ["gate", "Gates", (row) => kinds(row).includes("gate")],
    ["floor", "Floors", (row) => !kinds(row).includes("gate") && (kinds(row).includes("floor") || kinds(row).includes("bar"))],
    ["breadth", "One of several", (row) => kinds(row).every((kind) => kind === "breadth")],
  ];
  const early = phase === "read" || phase === "speak";
  return h(
    "div",
    { class: "sm-crit-known", key: "facts" },
    h(
      "section",
      { "aria-labelledby": "sm-crit-known-title" },
      h("h4", { class: "sm-crit-known-title", id: "sm-crit-known-title" }, "Ratings"),
      markLegend(app, view),
      groups.map(([kind, title, fits]) => {
        const rows = view.rows.filter(fits);
        return rows.length ? h("div", { key: kind }, h("h5", { class: "sm-crit-known-group" }, title), h("ul", { role: "list" }, rows.map((row) => factRow(app, view, row, early && kind === "gate")))) : null;
      }),
    ),
    ruleFacts(view),
    evidenceFacts(app, view),
    noteFacts(app, view),
  );
}

function markLegend(app, view) {
  const raters = [...new Map([...view.raters, ...view.rows.flatMap((row) => row.said.filter((said) => said.rater !== null).map((said) => ({ code: said.rater, kind: said.kind })))].map((entry) => [entry.code, entry])).values()];
  return h(
    "ul",
    { class: "sm-crit-mark-legend", role: "list" },
    raters.map((entry) => h("li", { key: entry.code }, raterMark(app, entry.code, entry.kind), h("span", { dir: "auto" }, calledBy(app, entry.code)), h("span", { class: "sm-quiet" }, entry.kind))),
    view.own ? h("li", { key: "own" }, raterMark(app, null, "self"), "own view, in no count") : null,
    h("li", { key: "band" }, h("span", { class: "sm-crit-band-key", "aria-hidden": "true" }), h("span", { class: "sm-quiet" }, "possible, given ratings and evidence")),
    h("li", { key: "bar" }, h("span", { class: "sm-crit-bar-key", "aria-hidden": "true" }), h("span", { class: "sm-quiet" }, "asked for")),
  );
}

function factRow(app, view, row, open) {
  const skill = app.skill(row.skill);
  const asks = row.asks.map((ask) => `${RULE_WORDS[ask.kind]} ${ask.level}`).join(", ");
  const interval = row.known ? (row.low === row.high ? `level ${row.low}` : `${row.low} to ${row.high} possible`) : "no other rater has given a level: anything is possible";
  return h(
    "li",
    { class: "sm-crit-known-row", key: row.skill },
    h("div", { class: "sm-crit-known-row-head" }, h("b", { class: "sm-crit-known-row-title" }, skill.title), h("span", { class: "sm-quiet" }, `${asks} · ${interval}`)),
    levelTrack(app, view, row),
    h("p", { class: "sm-crit-known-row-words" }, saidWords(app, view, row)),
    anchorPair(app, row, open),
  );
}

/* The scale, a mark for each rater at the level held now; below it what is possible. */
function levelTrack(app, view, row) {
  const { scale } = app.framework;
  const place = (level) => scale.findIndex((step) => step.level === level) + 1;
  const marks = row.said.map((said) => ({ rater: said.rater, kind: said.rater === null ? "self" : said.kind, level: latestOf(said) }));
  return h(
    "div",
    { class: "sm-crit-held" },
    stripScale(app),
    markStrip(app, { label: `${app.skill(row.skill).title}: ${saidWords(app, view, row)}`, marks, bar: row.asks[0].level }),
    h("div", { class: "sm-crit-held-possible", "aria-hidden": "true", style: `--sm-levels:${scale.length}` }, row.known ? h("span", { style: `grid-column: ${place(row.low)} / ${place(row.high) + 1}` }) : null),
  );
}

/* The level claimed and the one below it; the others are a click away. */
function anchorPair(app, row, open) {
  const skill = app.skill(row.skill);
  const { scale } = app.framework;
  const others = row.said.filter((said) => said.rater !== null).map(latestOf).filter(isLevel);
  const own = row.said.filter((said) => said.rater === null).map(latestOf).filter(isLevel);
  const top = Math.max(...(others.length ? others : own.length ? own : [row.asks[0].level]));
  const at = Math.max(1, scale.findIndex((step) => step.level === top));
  const pair = [scale[at - 1], scale[at]];
  const texts = (level) => skill.anchors[String(level)] || [];
  const block = (step) =>
    h(
      "div",
      { key: step.level },
      h("p", { class: "sm-label" }, h("b", null, `${step.level} ${step.name}`), step.level === top ? (others.length ? " · the highest given" : own.length ? " · the own view" : "") : ""),
      texts(step.level).length ? h("ul", { class: "sm-plain-list" }, texts(step.level).map((anchor) => h("li", { key: anchor.id }, anchor.text, anchor.not_this ? h("span", { class: "sm-quiet" }, ` Not this: ${anchor.not_this}`) : null))) : h("p", { class: "sm-quiet" }, step.definition),
    );
  const rest = scale.filter((step) => !pair.includes(step));
  return h(
    "details",
    { class: "sm-more sm-crit-pair-anchors", open },
    h("summary", null, `What ${pair[0].level} and ${pair[1].level} look like`),
    h("div", { class: "sm-border" }, pair.map(block)),
    h("details", { class: "sm-more" }, h("summary", null, "The other levels"), h("div", { class: "sm-border" }, rest.map(block))),
  );
}

function ruleFacts(view) {
  const after = new Map(view.after.parts.map((part) => [part.title, part]));
  return h(
    "section",
    { "aria-labelledby": "sm-crit-rules-title", key: "rules" },
    h("h4", { class: "sm-crit-known-title", id: "sm-crit-rules-title" }, "What the criterion asks for ", stateMark(view.before.state), view.after.state === view.before.state ? null : [" ", h("span", { class: "sm-quiet" }, "with what is decided "), stateMark(view.after.state)]),
    h(
      "ul",
      { class: "sm-crit-rules", role: "list" },
      view.before.parts.map((part, at) => {
        const now = after.get(part.title) || part;
        return h("li", { key: `${part.kind}-${at}` }, stateMark(now.state), h("span", null, h("span", null, part.title), h("span", { class: "sm-quiet sm-crit-rule-why" }, `${now.observed}${now.why ? `: ${now.why}` : ""}${now.state === part.state ? "" : ` (before: ${(STATE_WORDS[part.state] || [null, part.state])[1].toLowerCase()})`}`)));
      }),
    ),
  );
}

function evidenceFacts(app, view) {
  const here = view.evidence.filter((item) => item.here);
  const rest = view.evidence.filter((item) => !item.here);
  const titles = new Map(app.framework.evidence_types.map((type) => [type.id, type.title]));
  const line = (item) =>
    h(
      "li",
      { key: item.id, class: "sm-crit-proof" },
      h("p", null, h("code", null, item.id), " ", h("b", { dir: "auto" }, item.title)),
      h("p", { class: "sm-quiet" }, [item.strength, dayText(item.date), ...item.types.map((type) => titles.get(type) || type), ...item.skills.map((skill) => app.skill(skill)?.title || skill)].join(" · ")),
      item.artefact ? h("p", { class: "sm-crit-proof-where", dir: "auto" }, item.artefact) : null,
      item.description || item.measure ? h("details", { class: "sm-more" }, h("summary", null, "What was done"), item.description ? h("p", { dir: "auto" }, item.description) : null, item.measure ? h("p", { dir: "auto" }, h("b", null, "Measured: "), item.measure, item.method ? ` (${item.method})` : "") : null, item.confirmed_by ? h("p", { dir: "auto" }, h("b", null, "Confirmed by: "), item.confirmed_by) : null) : null,
    );
  return h(
    "section",
    { "aria-labelledby": "sm-crit-proofs-title", key: "evidence" },
    h("h4", { class: "sm-crit-known-title", id: "sm-crit-proofs-title" }, `Evidence (${here.length})`),
    here.length ? h("ul", { class: "sm-crit-proofs", role: "list" }, here.map(line)) : h("p", { class: "sm-quiet" }, "None for this criterion or its skills. What nobody can look at carries no level above the lowest."),
    rest.length ? h("details", { class: "sm-more" }, h("summary", null, `Evidence for other things (${rest.length})`), h("ul", { class: "sm-crit-proofs", role: "list" }, rest.map(line))) : null,
  );
}

function noteFacts(app, view) {
  if (!view.notes.length) return null;
  return h(
    "section",
    { "aria-labelledby": "sm-notes-title", key: "notes" },
    h("h4", { class: "sm-crit-known-title", id: "sm-notes-title" }, "Notes for the panel"),
    h("ul", { class: "sm-crit-panel-notes", role: "list" }, view.notes.map((note, at) => h("li", { key: `${at}` }, raterMark(app, note.rater, note.kind), h("div", null, h("p", { class: "sm-quiet" }, `${saidBy(app, note.rater)} on ${app.skill(note.skill).title}`), h("p", { dir: "auto" }, note.text))))),
  );
}
