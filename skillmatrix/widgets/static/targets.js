/* targets.js: the end of the results. The same ratings judged against other roles, the gaps these
   roles share, and the own aim in another context. The kernel is asked when Results is open. */

const TARGET_KINDS = { promotion: "Promotion", role: "A role", direction: "Direction" };
const TARGET_SHAPES = { READY: "check", "NOT YET": "cross", OPEN: "open" };
const TARGET_GAPS_SHOWN = 6;

function askTargets(app) {
  const held = (app.targets ||= { view: null, problems: null, wish: null });
  askOnce(app, held, "targets", { profiles: [], overlays: app.ui.otherContext || null, switches: {} });
}

function targetsSection(app) {
  const { view, problems } = app.targets || {};
  return h(
    "section",
    { class: "sm-targets", "aria-labelledby": "sm-roles-title", key: "targets" },
    foldedPart(
      app,
      { id: "sm-roles-title", title: "The same ratings, seen from other roles", focus: "targets" },
      h("p", { class: "sm-quiet sm-targets-lead" }, targetsLead(app)),
      problems
        ? h("p", { class: "sm-warning", role: "status" }, icon("open"), h("span", null, `The comparison could not be made: ${problems.map((problem) => problem.found).join("; ")}.`))
        : view
          ? [rolesTable(app, view), sharedGaps(app, view), otherContext(app, view)]
          : h("p", { class: "sm-figure-wait", role: "status" }, "Comparing…"),
    ),
  );
}

function targetsLead({ framework }) {
  const what = framework.asks_evidence === false ? "Your ratings" : "Your ratings and evidence";
  const where = framework.overlays?.length || framework.switches?.length ? " in the context you chose" : "";
  const directions = framework.profiles.some((profile) => profile.kind === "direction") ? "A direction has no promotion verdict, and nothing is added up across roles." : "Nothing is added up across roles.";
  return `${what}, judged against each role${where}. ${directions}`;
}

function answerMark(answer) {
  const shape = TARGET_SHAPES[answer.word] || "open";
  return h("span", { class: classes("sm-state", `sm-state-${shape}`, "sm-target-word") }, icon(shape), h("span", null, answer.label));
}

/* Table roles are said, because the small layout shows rows as cards. */
function gridCell(label, ...children) {
  return h("td", { role: "cell", "data-label": label }, h("div", { class: "sm-cell-body" }, children));
}

function rolesTable(app, view) {
  const gates = view.rows.some((row) => row.gates) ? ["Gates and floors"] : [];
  const titles = ["Role", "Result", ...gates, "What stands in the way first", "Asks beyond your aim"];
  return h(
    "table",
    { class: "sm-grid-table sm-roles", role: "table", "aria-label": "The same ratings against each role" },
    h("thead", { role: "rowgroup" }, h("tr", { role: "row" }, titles.map((title) => h("th", { scope: "col", role: "columnheader" }, title)))),
    h("tbody", { role: "rowgroup" }, view.rows.map((row) => roleRow(app, row, titles))),
  );
}

function roleRow(app, row, titles) {
  const states = { MET: "met", "NOT MET": "not met", OPEN: "open" };
  const count = (state) => row.criteria.filter((criterion) => criterion.state === state).length;
  const counts = Object.keys(states).filter((state) => count(state)).map((state) => `${count(state)} ${states[state]}`);
  const unmet = [row.missed ? `${row.missed} not met` : null, row.open ? `${row.open} open` : null].filter(Boolean);
  return h(
    "tr",
    { key: row.id, role: "row", class: classes("sm-role", row.aim && "sm-role-aim") },
    h(
      "th",
      { scope: "row", role: "rowheader" },
      h("span", { class: "sm-role-title" }, row.title),
      h("span", { class: "sm-role-kind" }, TARGET_KINDS[row.kind] || row.kind, row.aim ? h("span", { class: "sm-chip" }, "Your aim") : null),
      row.aim ? null : h("button", { type: "button", class: "sm-button sm-button-small sm-role-aim-at", "data-focus": `aim-at-${row.id}`, "aria-label": `Aim at this role: ${row.title}`, onclick: () => aimAt(app, { profile: row.profile }, row.title) }, "Aim at this role"),
    ),
    gridCell(titles[1], answerMark(row), row.criteria.length > 1 ? h("p", { class: "sm-cell-note" }, `Requirements: ${counts.join(", ")}`) : null),
    titles.length < 5 ? null : gridCell(titles[2], row.gates ? [h("p", null, `${row.gates_met} of ${row.gates} met`), unmet.length ? h("p", { class: "sm-cell-note" }, unmet.join(", ")) : null] : h("p", null, "None")),
    gridCell(titles.at(-2), roleReasons(app, row)),
    gridCell(titles.at(-1), roleBeyond(app, row)),
  );
}

function roleReasons(app, row) {
  if (!row.reasons.length) return h("p", null, "Nothing: every part is met.");
  return [
    h(
      "ul",
      { class: "sm-role-reasons", role: "list" },
      row.reasons.map((reason) => h("li", { key: `${reason.kind}-${reason.title}` }, stateMark(reason.state, { word: false }), h("span", null, reason.skill ? skillLink(app, reason.skill, reason.title) : reason.title, reason.about ? h("span", { class: "sm-cell-aside" }, ` ${reason.about}`) : null))),
    ),
    row.more ? h("p", { class: "sm-cell-note" }, `and ${row.more} more`) : null,
  ];
}

function roleBeyond(app, row) {
  if (!row.beyond) return h("p", { class: "sm-cell-note" }, "The others are compared with this one.");
  const { bars, less, requirements } = row.beyond;
  const none = (level) => level === null || level === app.framework.scale[0].level;
  return [
    bars.length ? h("p", null, bars.map((bar, at) => [at ? ", " : "", skillLink(app, bar.skill, bar.title), ` ${bar.after}`, h("span", { class: "sm-cell-aside" }, none(bar.before) ? " (not asked)" : ` (${bar.before})`)])) : h("p", null, "No higher bar"),
    requirements.length ? h("p", { class: "sm-cell-note" }, `Further requirements: ${requirements.join("; ")}`) : null,
    less ? h("p", { class: "sm-cell-note" }, `Lower bar in ${plural(less, "skill")}`) : null,
  ];
}

function aimAt(app, part, title) {
  const { aim } = app.state.assessment;
  app.send("aim", { profile: aim.profile, overlays: [...(aim.overlays || [])], switches: { ...aim.switches }, absence_months: aim.absence_months || 0, reasons: { ...aim.reasons }, ...part });
  app.focusSoon("targets");
  app.toast(`You now aim at: ${title}. Undo takes it back.`);
}

function sharedGaps(app, view) {
  const all = view.gaps;
  const shown = app.ui.allShared ? all : all.slice(0, TARGET_GAPS_SHOWN);
  return h(
    "section",
    { class: "sm-shared", "aria-labelledby": "sm-shared-title", key: "shared" },
    h("h3", { id: "sm-shared-title" }, "Gaps that several of these roles share"),
    h("p", { class: "sm-shared-sentence" }, view.sentence),
    view.rated && all.length
      ? [
          sharedKey(app, all),
          h(
            "table",
            { class: "sm-grid-table sm-matrix", role: "table", "aria-label": "Shared gaps by skill and role" },
            h(
              "thead",
              { role: "rowgroup" },
              h("tr", { role: "row" }, h("th", { scope: "col", role: "columnheader" }, "Skill"), view.rows.map((row) => h("th", { key: row.id, scope: "col", role: "columnheader", class: row.aim ? "sm-matrix-aim" : null }, row.title))),
            ),
            h("tbody", { role: "rowgroup" }, shown.map((gap) => gapRow(app, gap, view.rows))),
          ),
          all.length > shown.length ? h("button", { type: "button", class: "sm-button sm-button-small", "data-focus": "all-shared", onclick: () => app.keep({ allShared: true }, true, `gap-${all[shown.length].skill}`) }, `Show all ${all.length} shared gaps`) : null,
        ]
      : null,
    view.rated && view.only.length
      ? h(
          "details",
          { class: "sm-more", "data-print": "" },
          h("summary", null, "Gaps that only one of these roles has"),
          h(
            "ul",
            { class: "sm-plain-list" },
            view.only.map((entry) => h("li", { key: entry.id }, `${view.rows.find((row) => row.id === entry.id)?.title || entry.id}: `, entry.gaps.map((gap, at) => [at ? ", " : "", skillLink(app, gap.skill, gap.title), ` (bar ${gap.bar}, ${cellWords(gap)})`]))),
          ),
        )
      : null,
  );
}

function sharedKey({ framework }, gaps) {
  const marks = new Set(gaps.flatMap((gap) => gap.cells.map((cell) => cell.mark)));
  const entry = (mark, words) => (marks.has(mark) ? h("li", { key: mark }, cellMark(mark), h("span", null, words)) : null);
  return h(
    "ul",
    { class: "sm-shared-key", role: "list", "aria-label": "Key" },
    h("li", null, h("b", null, "4"), h("span", null, "the bar")),
    entry("met", "at the bar"),
    entry("short", framework.asks_evidence === false ? "short of the bar" : "short, even by what you claim"),
    entry("evidence", "claimed; evidence is missing"),
    entry("unknown", "not known, no rating"),
    gaps.some((gap) => gap.cells.some((cell) => cell.kind)) ? h("li", null, icon("gate", "sm-cell-gate"), h("span", null, "a gate or floor: stops on its own")) : null,
    gaps.some((gap) => gap.cells.some((cell) => cell.higher)) ? h("li", null, h("b", null, "*"), h("span", null, "higher if a question of your context is answered yes")) : null,
  );
}

function cellMark(mark) {
  if (mark === "unknown") return h("span", { class: "sm-cell-hatch", "aria-hidden": "true" });
  const shape = { met: "check", short: "cross", evidence: "open" }[mark];
  return shape ? h("span", { class: `sm-state sm-state-${shape}` }, icon(shape)) : null;
}

function cellWords(cell) {
  if (cell.mark === "apart") return "does not apply";
  if (cell.mark === "none") return "not asked";
  if (cell.mark === "met") return "at the bar";
  if (cell.mark === "unknown") return "not known";
  if (cell.mark === "evidence") return "evidence missing";
  return cell.gap_min === cell.gap_max ? `${plural(cell.gap_max, "step")} short` : `${cell.gap_min} to ${cell.gap_max} steps short`;
}

function gapStanding({ framework }, gap) {
  if (typeof gap.claimed !== "number") return capital(gap.seen);
  return framework.asks_evidence === false ? `Level ${gap.claimed}` : `Claimed ${gap.claimed}, supported ${gap.supported}`;
}

function gapRow(app, gap, rows) {
  return h(
    "tr",
    { key: gap.skill, role: "row" },
    h(
      "th",
      { scope: "row", role: "rowheader", tabindex: "-1", "data-focus": `gap-${gap.skill}` },
      h("span", { class: "sm-role-title" }, skillLink(app, gap.skill, gap.title)),
      h("span", { class: "sm-role-kind" }, `${gapStanding(app, gap)} · ${gap.count} of ${rows.length} roles`),
    ),
    gap.cells.map((cell, at) =>
      h(
        "td",
        { key: rows[at].id, role: "cell", class: classes(`sm-matrix-${cell.mark}`, rows[at].aim && "sm-matrix-aim"), "data-label": rows[at].title },
        h(
          "div",
          { class: "sm-cell-body" },
          h("span", { class: "sm-cell-bar" }, cellMark(cell.mark), cell.bar === null ? null : [hiddenText("bar "), h("b", null, cell.bar), cell.higher ? [h("span", { "aria-hidden": "true" }, "*"), hiddenText(`, or ${cell.higher} if a question of your context is answered yes`)] : null], cell.kind ? [icon("gate", "sm-cell-gate"), hiddenText(`, ${cell.kind}`)] : null),
          h("span", { class: "sm-cell-note" }, hiddenText(", "), cellWords(cell)),
        ),
      ),
    ),
  );
}

/* The aim's own role, had the organisation been another. */
function otherContext(app, view) {
  const { framework } = app;
  if (!framework.overlays?.length) return null;
  const own = app.state.assessment.aim.overlays || [];
  const picked = app.ui.otherContext || own;
  const toggle = (id, on) => app.keep({ otherContext: framework.overlays.map((entry) => entry.id).filter((other) => (other === id ? on : picked.includes(other))) }, true);
  const titles = (ids) => ids.map((id) => framework.overlays.find((entry) => entry.id === id)?.title || id).join(", ");
  return h(
    "details",
    { class: "sm-more sm-other", key: "other", open: Boolean(app.ui.otherOpen), ontoggle: (event) => app.keep({ otherOpen: event.currentTarget.open }) },
    h("summary", { "data-focus": "other-context" }, "The same role in another context"),
    h("p", { class: "sm-quiet" }, own.length ? `Your aim has: ${titles(own)}. Tick another context to see what would change.` : "Your aim has no variant. Tick a context to see what would change."),
    h(
      "div",
      { class: "sm-other-groups" },
      framework.overlay_groups.map((group) => {
        const mine = framework.overlays.filter((entry) => entry.group === group.id);
        if (!mine.length) return null;
        return h(
          "fieldset",
          { class: "sm-other-group", key: group.id },
          h("legend", null, group.title),
          mine.map((entry) => h("label", { class: "sm-check", key: entry.id }, h("input", { type: "checkbox", "data-focus": `other-${entry.id}`, checked: picked.includes(entry.id), onchange: (event) => toggle(entry.id, event.target.checked) }), h("span", null, entry.title))),
        );
      }),
    ),
    app.ui.otherContext && view.variant ? variantView(app, view.variant) : null,
  );
}

function becomes(before, after) {
  return [before, hiddenText(" becomes "), h("span", { "aria-hidden": "true" }, " → "), after];
}

function variantView(app, variant) {
  const { framework } = app;
  const names = variant.overlays.map((id) => framework.overlays.find((entry) => entry.id === id)?.title || id);
  const gates = (answer) => `${answer.gates_met} of ${answer.gates} met`;
  const level = (value, none) => (value === null ? none : value);
  const steps = (entries, none) => h("ul", { class: "sm-role-reasons", role: "list" }, entries.map((step) => h("li", { key: step.skill }, h("span", null, skillLink(app, step.skill, step.title), " ", becomes(level(step.before, none), level(step.after, none))))));
  const row = (title, ...children) => h("div", { key: title }, h("dt", null, title), h("dd", null, children));
  const waiting = variant.conditions.filter((entry) => !entry.applied);
  return h(
    "div",
    { class: "sm-variant", role: "region", "aria-label": "What another context changes" },
    h("p", { class: "sm-variant-title" }, h("b", null, names.length ? names.join(", ") : "No variant")),
    variant.same ? h("p", null, "Nothing changes against your context.") : null,
    variant.same
      ? null
      : h(
          "dl",
          { class: "sm-variant-list" },
          row("Result", variant.before.label === variant.after.label ? [answerMark(variant.after), h("span", { class: "sm-cell-aside" }, " as before")] : becomes(answerMark(variant.before), answerMark(variant.after))),
          row("Gates and floors", becomes(gates(variant.before), gates(variant.after))),
          variant.bars.length ? row("Bars", steps(variant.bars, "not asked")) : null,
          variant.gates.length ? row("Gates", steps(variant.gates, "none")) : null,
          variant.evidence.length ? row("Evidence asked anew, or otherwise", h("ul", { class: "sm-role-reasons", role: "list" }, variant.evidence.map((title) => h("li", { key: title }, h("span", null, title))))) : null,
          variant.dropped.length ? row("No longer asked", variant.dropped.join("; ")) : null,
        ),
    waiting.map((entry) => h("p", { class: "sm-cell-note", key: entry.where }, `Not applied: ${entry.title} lowers the ${entry.lowers.join(" and the ")} only where ${entry.where}. Take this context, and say on Aim how that holds.`)),
    variant.notes.length ? h("details", { class: "sm-more" }, h("summary", null, plural(variant.notes.length, "remark")), h("ul", { class: "sm-plain-list" }, variant.notes.map((note) => h("li", { key: note }, note)))) : null,
    h(
      "div",
      { class: "sm-variant-end" },
      variant.same ? null : h("button", { type: "button", class: "sm-button sm-button-small", "data-focus": "take-context", onclick: () => {
        app.keep({ otherContext: null });
        aimAt(app, { overlays: [...variant.overlays] }, names.length ? names.join(", ") : "the role without variants");
      } }, "Take this context for your aim"),
      h("button", { type: "button", class: "sm-button sm-button-small", onclick: () => app.keep({ otherContext: null }, true, "other-context") }, "Back to your context"),
    ),
  );
}
