/* mentor_reveal.js: both ratings side by side: first in words, then row by row, then what follows
   from each. Both directions are said alike; neither rating is taken for the right one. */

/* Who is higher, in words. */
function gapWords(app, difference) {
  const { own, other } = app.names();
  if (!difference) return "the same level";
  return `${difference < 0 ? own : other} ${plural(Math.abs(difference), "level")} higher`;
}

function bothView(app) {
  const { reveal } = app.state.mentor;
  return h(
    "div",
    { class: "sm-both", key: "both" },
    h("h2", { class: "sm-meet-title", tabindex: "-1", "data-focus": "step" }, "Side by side"),
    rawWords(app, reveal.raw),
    foresightNote(app, reveal.foresight),
    h("p", { class: "sm-meet-onward" }, h("button", { type: "button", class: "sm-button sm-button-main", "data-focus": "to-agenda", onclick: () => app.go("agenda") }, reveal.agenda.length ? `Talk about ${plural(reveal.agenda.length, "skill")}` : "To the agenda", icon("next"))),
    dumbbells(app, reveal),
    verdictTable(app, reveal.verdicts),
    sealsNote(app),
  );
}

function rawWords(app, raw) {
  const { own, other } = app.names();
  if (!raw.both) return h("p", { class: "sm-lead-text" }, `No skill has a level from both of you, so there is nothing to compare yet.`);
  const apart = raw.both - raw.same;
  return h(
    "div",
    { class: "sm-both-raw" },
    h("p", { class: "sm-lead-text" }, `You both rated ${plural(raw.both, "skill")}. On `, h("b", null, `${raw.same} you gave the same level`), raw.near > raw.same ? `, on ${raw.near} you are at most one level apart` : "", "."),
    apart
      ? h("ul", { class: "sm-both-sides", role: "list" }, h("li", null, sideMark("own"), h("span", null, `${own} higher on ${raw.own_higher}`)), h("li", null, sideMark("other"), h("span", null, `${other} higher on ${raw.other_higher}`)))
      : null,
    h("p", { class: "sm-quiet" }, [raw.only_own ? `only ${own} rated ${raw.only_own}` : null, raw.only_other ? `only ${other} rated ${raw.only_other}` : null, raw.neither ? `neither rated ${raw.neither}` : null].filter(Boolean).map((text, at) => (at ? text : capital(text))).join(", "), raw.only_own || raw.only_other || raw.neither ? ". " : "", "A difference says that you have seen different things, not who is right."),
  );
}

function sideMark(side, extra = null) {
  return h("span", { class: classes("sm-side", `sm-side-${side}`, extra), "aria-hidden": "true" });
}

function foresightNote(app, foresight) {
  if (!foresight) return null;
  const { own, other } = app.names();
  const name = (skill) => app.skill(skill)?.title || skill;
  return h(
    "section",
    { class: "sm-both-foresight", "aria-labelledby": "sm-foresight-title" },
    h("h3", { class: "sm-section-title", id: "sm-foresight-title" }, `What ${own} expected`),
    h("p", null, foresight.sentence),
    foresight.over ? h("p", null, `Over ${foresight.rounds} rounds: ${foresight.over}`) : null,
    h(
      "details",
      { class: "sm-more" },
      h("summary", null, "Every prediction"),
      h(
        "ul",
        { class: "sm-plain-list" },
        Object.entries(foresight.levels).map(([skill, each]) => h("li", { key: skill }, `${name(skill)}: expected ${each.predicted}, ${each.sure}; `, each.rated === null ? `${other} gave no level` : each.rated === each.predicted ? `${other} gave the same` : `${other} gave ${each.rated}`)),
      ),
    ),
  );
}

/* ---- dumbbells ----------------------------------------------------------- */

function dumbbells(app, reveal) {
  const { own, other } = app.names();
  const both = reveal.rows.filter((row) => row.difference !== null).sort((a, b) => a.difference - b.difference);
  const group = (title, rows) => (rows.length ? h("section", { key: title, "aria-label": title }, h("h4", { class: "sm-pair-group", dir: "auto" }, `${title} · ${rows.length}`), h("ul", { class: "sm-pairs", role: "list" }, rows.map((row) => pairRow(app, row)))) : null);
  const one = (title, rows, side) =>
    rows.length
      ? h("section", { key: title, "aria-label": title }, h("h4", { class: "sm-pair-group", dir: "auto" }, `${title} · ${rows.length}`), h("ul", { class: "sm-pair-alone", role: "list" }, rows.map((row) => h("li", { key: row.skill }, h("span", null, row.title), h("span", { class: "sm-pair-said" }, sideMark(side), levelSaid(app, row[side])), h("span", { class: "sm-quiet" }, `${side === "own" ? other : own}: ${stateSaid(app, row[side === "own" ? "other" : "own"].state)}`)))))
      : null;
  const alone = (side) => reveal.rows.filter((row) => row.difference === null && row[side].level !== null);
  const neither = reveal.rows.filter((row) => row.own.level === null && row.other.level === null);
  return h(
    "section",
    { class: "sm-both-pairs", "aria-labelledby": "sm-pairs-title", style: `--sm-levels:${app.framework.scale.length}` },
    h("h3", { class: "sm-section-title", id: "sm-pairs-title" }, "Skill by skill"),
    h(
      "ul",
      { class: "sm-legend sm-pair-legend", role: "list" },
      h("li", null, sideMark("own"), own),
      h("li", null, sideMark("other"), other),
      h("li", null, h("span", { class: "sm-pair-key", "aria-hidden": "true" }), "from what evidence carries to the level given"),
      h("li", null, h("span", { class: "sm-legend-mark", "aria-hidden": "true" }, h("span", { class: "sm-mark-bar" })), "bar"),
    ),
    both.length
      ? h("div", { class: "sm-pair-head", "aria-hidden": "true" }, h("span"), h("span", { class: "sm-pair-levels" }, app.framework.scale.map((step) => h("span", { title: step.definition }, h("b", null, step.level), h("i", null, step.name)))), h("span"))
      : null,
    group(`${own} gave the higher level`, both.filter((row) => row.difference < 0)),
    group("The same level", both.filter((row) => row.difference === 0)),
    group(`${other} gave the higher level`, both.filter((row) => row.difference > 0)),
    one(`Only ${own} gave a level`, alone("own"), "own"),
    one(`Only ${other} gave a level`, alone("other"), "other"),
    neither.length ? h("details", { class: "sm-more", key: "neither" }, h("summary", null, `Neither gave a level (${neither.length})`), h("p", { class: "sm-quiet" }, neither.map((row) => row.title).join(", "))) : null,
  );
}

function levelSaid(app, side) {
  const name = app.framework.scale.find((step) => step.level === side.level)?.name || "";
  return `${side.level} ${name}${app.framework.asks_evidence !== false && side.best && side.best !== "E0" ? `, ${side.best}` : ""}`;
}

function stateSaid(app, state) {
  return { UNRATED: "not rated", DECLINED: "prefers not to say", NOT_OBSERVED: "not observed", NOT_APPLICABLE: "says it does not apply" }[state] || String(state).toLowerCase();
}

/* One row: own above, the mentor's below, a line between; the words say the same. */
function pairRow(app, row) {
  const { own, other } = app.names();
  const count = app.framework.scale.length;
  const place = (level) => (app.framework.scale.findIndex((step) => step.level === level) + 0.5) / count;
  const lane = (side) => {
    const told = row[side];
    const low = told.low ?? told.level;
    return [
      low < told.level ? h("span", { class: `sm-pair-span sm-pair-${side}`, style: `--sm-from:${place(low)};--sm-to:${place(told.level)}` }) : null,
      h("span", { class: `sm-pair-mark sm-pair-${side}`, style: `--sm-at:${place(told.level)}` }, h("span", null, told.level)),
    ];
  };
  const [from, to] = [row.own.level, row.other.level].sort((a, b) => a - b).map(place);
  const side = (name, told) => `${name} ${told.level}${told.low !== null && told.low < told.level ? `, evidence carries ${told.low}` : ""}`;
  const title = h("button", { type: "button", class: "sm-pair-title", onclick: () => app.go("agenda", row.skill, { focus: "item-title" }), title: "Open it on the agenda" }, row.title);
  return h(
    "li",
    { key: row.skill, class: "sm-pair" },
    title,
    h(
      "div",
      { class: "sm-pair-track", role: "img", "aria-label": `${row.title}: ${side(own, row.own)}; ${side(other, row.other)}; ${gapWords(app, row.difference)}${row.bar === null ? "" : `; bar ${row.bar}`}` },
      app.framework.scale.map((step) => h("i", { class: "sm-pair-tick", style: `--sm-at:${place(step.level)}` })),
      row.bar === null || place(row.bar) < 0 ? null : h("span", { class: "sm-pair-bar", style: `--sm-at:${place(row.bar)}` }),
      from < to ? h("span", { class: "sm-pair-line", style: `--sm-from:${from};--sm-to:${to}` }) : null,
      lane("own"),
      lane("other"),
    ),
    h("p", { class: "sm-pair-words", "aria-hidden": "true" }, row.difference ? capital(gapWords(app, row.difference)) : "Same", h("span", { class: "sm-quiet" }, pairCodes(app, row))),
  );
}

function pairCodes(app, row) {
  if (app.framework.asks_evidence === false) return "";
  const code = (told) => (told.best && told.best !== "E0" ? told.best : null);
  if (!code(row.own) && !code(row.other)) return "no evidence linked";
  return [sideMark("own"), code(row.own) || "none", " ", sideMark("other"), code(row.other) || "none"];
}

/* ---- verdicts ------------------------------------------------------------ */

function verdictTable(app, verdicts) {
  const { own, other } = app.names();
  const titles = { self: own, mentor: other, agreed: "Agreed so far" };
  const shape = { READY: "check", "NOT YET": "cross", OPEN: "open" };
  const criteria = verdicts[0].criteria;
  return h(
    "section",
    { class: "sm-both-verdicts", "aria-labelledby": "sm-verdicts-title" },
    h("h3", { class: "sm-section-title", id: "sm-verdicts-title" }, "What follows from each"),
    h("p", { class: "sm-quiet" }, `Three readings of the same rules, never merged. “Agreed so far” takes the level you agreed where you did; where you see it differently, or have not talked, it stays open between your two levels.`),
    h(
      "div",
      { class: "sm-table-scroll", tabindex: "0", role: "region", "aria-label": "Three verdicts, table" },
      h(
        "table",
        { class: "sm-table sm-verdicts" },
        h("thead", null, h("tr", null, h("th", { scope: "col" }, hiddenText("Criterion")), verdicts.map((each) => h("th", { scope: "col", key: each.who }, each.who === "agreed" ? null : sideMark(each.who === "self" ? "own" : "other"), titles[each.who])))),
        h(
          "tbody",
          null,
          h("tr", { class: "sm-verdicts-whole" }, h("th", { scope: "row" }, "Together"), verdicts.map((each) => h("td", { key: each.who }, icon(shape[each.word] || "open"), " ", each.label))),
          criteria.map((criterion, at) => h("tr", { key: criterion.id }, h("th", { scope: "row" }, criterion.code ? h("b", null, criterion.code, " ") : null, h("span", null, criterion.title)), verdicts.map((each) => h("td", { key: each.who }, stateMark(each.criteria[at].state))))),
        ),
      ),
    ),
  );
}
