/* results.js: step 3 of the self-review: the verdict, why, and what would settle it. */

function resultsView(app) {
  const { state } = app;
  const verdict = state.verdict;
  if (!verdict) return h("p", { class: "sm-quiet", key: "results" }, "No result yet.");
  return h(
    "div",
    { class: "sm-results", key: "results" },
    verdictHead(app, verdict),
    resultsContents(app),
    h(
      "div",
      { class: "sm-results-grid" },
      h(
        "div",
        { class: "sm-results-main" },
        h("h2", { class: "sm-section-title", id: "sm-criteria-title", tabindex: "-1" }, app.framework.criteria_count === 0 ? "What the role asks, one by one" : "The criteria, one by one"),
        intervalNote(app, verdict),
        verdict.criteria.map((criterion) => criterionCard(app, criterion)),
      ),
      h(
        "div",
        { class: "sm-results-side" },
        settleList(app, verdict),
        pivotalList(app, verdict),
        switchList(app, verdict),
        overshootList(app, verdict),
        targetList(verdict),
      ),
    ),
    planSection(app),
    whatIfSection(app),
    stressSection(app),
    changeSection(app),
    figureSection(app),
    targetsSection(app),
    keepSection(app),
    h("p", { class: "sm-closing" }, "This is preparation for a conversation. It recommends nothing; a person decides."),
  );
}

/* The page is long: its parts, one click away. */
function resultsContents(app) {
  const parts = [
    ["sm-criteria-title", app.framework.criteria_count === 0 ? "What the role asks" : "Criteria"],
    ["sm-plan-title", "Plan"],
    ["sm-what-if-title", "What if"],
    ["sm-stress-title", "Under stress"],
    ["sm-change-title", "What changed"],
    ["sm-figure-title", "Every skill"],
    ["sm-roles-title", "Other roles"],
    ["sm-keep-title", "Take it with you"],
  ];
  const jump = (id) => (event) => {
    event.preventDefault();
    const title = document.getElementById(id);
    if (app.narrow) app.keep({ unfolded: { ...app.ui.unfolded, [id]: true } }, true);
    title?.scrollIntoView({ block: "start" });
    title?.focus({ preventScroll: true });
  };
  return h("nav", { class: "sm-results-contents", "aria-label": "On this page" }, parts.map(([id, title]) => h("a", { key: id, href: "#results", onclick: jump(id) }, title)));
}

/* On a narrow screen a long part of the page waits behind its title; on a wide one, and on paper, it is there. */
function foldedPart(app, { id: titleId, title, focus = null }, ...body) {
  const open = !app.narrow || app.printing || Boolean(app.ui.unfolded?.[titleId]);
  const bodyId = `${titleId}-part`;
  const turn = () => app.keep({ unfolded: { ...app.ui.unfolded, [titleId]: !open } }, true);
  return [
    h("h2", { class: "sm-section-title", id: titleId, tabindex: "-1", "data-focus": focus, key: "part-title" }, app.narrow ? h("button", { type: "button", class: "sm-fold", "aria-expanded": open ? "true" : "false", "aria-controls": bodyId, "data-focus": `fold-${titleId}`, onclick: turn }, icon("next", "sm-criterion-turn"), title) : title),
    h("div", { class: "sm-fold-body", id: bodyId, key: "part-body", hidden: !open }, body),
  ];
}

const CONFIDENCE = {
  firm: "Every part that decides rests on two or more raters and confirmed evidence.",
  supported: "Every part that decides rests on evidence another person can open.",
  claimed: "At least one part that decides rests on your word alone.",
  unknown: "At least one part that decides is not known.",
};

function verdictHead(app, verdict) {
  const shape = { READY: "check", "NOT YET": "cross", OPEN: "open" }[verdict.word] || "open";
  const profile = app.framework.profiles.find((entry) => entry.id === app.state.assessment.aim.profile);
  return h(
    "header",
    { class: `sm-verdict sm-verdict-${shape}` },
    h("p", { class: "sm-eyebrow" }, profile ? `Against the bar of: ${profile.title}` : "Result"),
    h("h2", { class: "sm-verdict-word", tabindex: "-1", "data-focus": "step" }, icon(shape), h("span", null, verdict.label)),
    h("p", { class: "sm-verdict-summary" }, verdict.summary),
    h("p", { class: "sm-verdict-coverage" }, verdict.coverage?.sentence, verdict.gates ? ` ${verdict.gates_met} of ${plural(verdict.gates, "gate")} and floors met.` : ""),
    app.framework.asks_evidence !== false && verdict.confidence && CONFIDENCE[verdict.confidence] ? h("p", { class: "sm-quiet" }, `Confidence: ${verdict.confidence}. ${CONFIDENCE[verdict.confidence]}`) : null,
    (verdict.warnings || []).map((text) => h("p", { class: "sm-warning", key: text }, icon("open"), h("span", null, text))),
  );
}

function skillLink(app, skillId, text) {
  return h(
    "a",
    {
      href: `#rate/${skillId}`,
      onclick: (event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        app.go("rate", skillId, { focusTitle: true });
      },
    },
    text,
  );
}

function aimLink(app, text) {
  return h("a", { href: "#aim", onclick: (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    app.go("aim");
  } }, text);
}

const PART_KINDS = { gate: "Gate", floor: "Floor", bar: "Bar", breadth: "Breadth", evidence: "Evidence" };

/* The levels that are possible for one skill; breadth and evidence are counted in words. */
function isInterval(part) {
  return part.observed?.startsWith("[");
}

function intervalNote(app, verdict) {
  if (app.framework.asks_evidence === false || !verdict.criteria.some((criterion) => criterion.parts.some(isInterval))) return null;
  return h("p", { class: "sm-quiet", key: "interval-note" }, h("span", { class: "sm-observed" }, "[3..4]"), " beside a line: from the level your evidence carries to the level you claim. Not rated, it is the whole scale.");
}

function criterionCard(app, criterion) {
  const open = app.ui.criteria?.[criterion.id] ?? (app.narrow ? criterion.state === "NOT MET" : criterion.state !== "MET");
  const met = criterion.parts.filter((part) => part.state === "MET").length;
  const bodyId = `sm-criterion-${criterion.id}`;
  return h(
    "section",
    { key: criterion.id, class: "sm-criterion", "aria-label": `${criterion.code} ${criterion.title}` },
    h(
      "h3",
      null,
      h(
        "button",
        {
          type: "button",
          class: "sm-criterion-head",
          "aria-expanded": open ? "true" : "false",
          "aria-controls": bodyId,
          "data-focus": `criterion-${criterion.id}`,
          onclick: () => app.keep({ criteria: { ...app.ui.criteria, [criterion.id]: !open } }, true),
        },
        icon("next", "sm-criterion-turn"),
        h("span", { class: "sm-criterion-code" }, criterion.code),
        h("span", { class: "sm-criterion-name" }, criterion.title),
        h("span", { class: "sm-criterion-count" }, `${met} of ${criterion.parts.length}`, hiddenText(" parts met,")),
        stateMark(criterion.state),
      ),
    ),
    h(
      "div",
      { class: "sm-criterion-body", id: bodyId, hidden: !open },
      criterion.question ? h("p", { class: "sm-criterion-question" }, criterion.question) : null,
      h("ul", { class: "sm-parts", role: "list" }, criterion.parts.map((part) => partLine(app, part))),
    ),
  );
}

function partLine(app, part) {
  const first = part.skills?.length === 1 ? part.skills[0] : null;
  const id = `sm-part-${part.id}`.replace(/[^\w-]/g, "-");
  return h(
    "li",
    { key: part.id, class: "sm-part" },
    stateMark(part.state),
    h(
      "div",
      { class: "sm-part-body" },
      h("p", { class: "sm-part-label" }, h("span", { class: "sm-part-kind" }, PART_KINDS[part.kind] || part.kind), first ? skillLink(app, first, part.title || part.label) : h("span", null, part.title || part.label), part.observed && (app.framework.asks_evidence !== false || !isInterval(part)) ? h("span", { class: "sm-observed" }, hiddenText("observed "), part.observed) : null, (part.flags || []).filter((flag) => !flag.includes(":")).map((flag) => h("span", { key: flag, class: "sm-chip sm-flag" }, flag.replaceAll("_", " ")))),
      part.why ? h("p", { class: "sm-part-why" }, capital(part.why)) : null,
      part.change && part.state !== "MET" ? h("p", { class: "sm-part-change" }, "Would change it: ", part.change) : null,
      part.skills?.length > 1 && part.state !== "MET" ? h("p", { class: "sm-part-skills" }, part.skills.map((skillId, at) => [at ? ", " : "", skillLink(app, skillId, app.skill(skillId)?.title || skillId)])) : null,
      part.may_declare || part.declared
        ? h(
            "label",
            { class: "sm-check" },
            h("input", { type: "checkbox", id, "data-focus": id, checked: Boolean(part.declared), onchange: (event) => app.send("no_more_evidence", { rule: part.rule, declared: event.target.checked }) }),
            h("span", null, "No more evidence of this kind exists", part.declared ? "" : " (turns open into not met)"),
          )
        : null,
    ),
  );
}

function settleList(app, verdict) {
  if (!verdict.settle?.length) return null;
  const shown = app.ui.allSettle || app.printing ? verdict.settle : verdict.settle.slice(0, 8);
  const rest = verdict.settle.length - shown.length;
  return h(
    "section",
    { class: "sm-side-block", "aria-labelledby": "sm-settle-title" },
    h("h2", { class: "sm-section-title", id: "sm-settle-title" }, "What would settle it"),
    h("p", { class: "sm-quiet" }, "Cheapest first."),
    h(
      "ol",
      { class: "sm-settle" },
      shown.map((entry, at) => h("li", { key: `${entry.skill || entry.rule}-${at}` }, entry.skill ? skillLink(app, entry.skill, capital(entry.text)) : entry.action === "decide" ? aimLink(app, capital(entry.text)) : h("span", null, capital(entry.text)))),
    ),
    rest > 0 ? h("button", { type: "button", class: "sm-link", onclick: () => app.keep({ allSettle: true }, true) }, `Show ${rest} more`) : null,
  );
}

function pivotalList(app, verdict) {
  const whole = verdict.pivotal || [];
  const parts = (verdict.pivotal_criteria || []).filter((entry) => !whole.some((known) => known.skill === entry.skill && known.to === entry.to));
  if (!whole.length && !parts.length) return null;
  const code = (id) => verdict.criteria.find((criterion) => criterion.id === id)?.code || id;
  const change = (text) => text.replace(/NOT YET|NOT MET|READY|OPEN|MET/g, (word) => word.toLowerCase()).replace("→", "becomes");
  const shown = app.ui.allPivots || app.printing ? parts : parts.slice(0, Math.max(0, 6 - whole.length));
  return h(
    "section",
    { class: "sm-side-block", "aria-labelledby": "sm-pivotal-title" },
    h("h2", { class: "sm-section-title", id: "sm-pivotal-title" }, "Ratings that decide alone"),
    h("p", { class: "sm-quiet" }, whole.length ? "One level up or down on one of these would change the result. Look at them twice." : "One level up or down on one of these would change a criterion. Look at them twice."),
    h(
      "ul",
      { class: "sm-plain-list" },
      whole.map((entry) => h("li", { key: `${entry.skill}-${entry.to}` }, skillLink(app, entry.skill, entry.title), ` at ${entry.to} instead of ${entry.from}: ${change(entry.change)}`)),
      shown.map((entry) => h("li", { key: `${entry.skill}-${entry.to}-${entry.criterion}` }, skillLink(app, entry.skill, entry.title), ` at ${entry.to} instead of ${entry.from}: ${code(entry.criterion)} ${change(entry.change)}`)),
    ),
    shown.length < parts.length ? h("button", { type: "button", class: "sm-link", onclick: () => app.keep({ allPivots: true }, true) }, `Show ${parts.length - shown.length} more`) : null,
  );
}

function switchList(app, verdict) {
  if (!verdict.switches?.length) return null;
  return h(
    "section",
    { class: "sm-side-block", "aria-labelledby": "sm-undecided-title" },
    h("h2", { class: "sm-section-title", id: "sm-undecided-title" }, "Questions not decided"),
    h("ul", { class: "sm-plain-list" }, verdict.switches.map((entry) => h("li", { key: entry.id }, aimLink(app, entry.question), entry.effect ? ` ${entry.effect}` : ""))),
  );
}

function overshootList(app, verdict) {
  if (!verdict.overshoot?.length) return null;
  return h(
    "section",
    { class: "sm-side-block", "aria-labelledby": "sm-over-title" },
    h("h2", { class: "sm-section-title", id: "sm-over-title" }, "Above the bar"),
    h("ul", { class: "sm-plain-list" }, verdict.overshoot.map((entry) => h("li", { key: entry.skill }, skillLink(app, entry.skill, entry.title), `: ${entry.claimed}, bar ${entry.required}`))),
    h("p", { class: "sm-quiet" }, "Strengths show here; they make up for nothing elsewhere."),
  );
}

function targetList(verdict) {
  if (!verdict.targets?.length) return null;
  return h(
    "section",
    { class: "sm-side-block", "aria-labelledby": "sm-targets-title" },
    h("h2", { class: "sm-section-title", id: "sm-targets-title" }, "Further targets"),
    h("p", { class: "sm-quiet" }, "Worth aiming at; they do not decide the result."),
    h("ul", { class: "sm-target-list", role: "list" }, verdict.targets.map((entry) => h("li", { key: entry.label }, stateMark(entry.state), h("span", null, entry.label)))),
  );
}

function figureSection(app) {
  const { figure } = app;
  const tableOpen = app.ui.table ?? !app.narrow;
  return h(
    "section",
    { class: "sm-figure", "aria-labelledby": "sm-figure-title" },
    foldedPart(
      app,
      { id: "sm-figure-title", title: "Every skill against the bar" },
      figure
        ? h("img", { class: "sm-figure-image", src: figure.src, alt: figure.text })
        : h("p", { class: "sm-figure-wait", role: "status" }, app.figureAsked ? "Drawing the chart…" : "The chart is drawn when the workbook is connected. The same facts stand in the table."),
      h(
        "details",
        { class: "sm-more", "data-print": "", open: tableOpen, ontoggle: ({ currentTarget }) => currentTarget.open !== tableOpen && app.keep({ table: currentTarget.open }) },
        h("summary", null, "The same as a table"),
        h("div", { class: "sm-table-scroll", tabindex: "0", role: "region", "aria-label": "Every skill against the bar, table" }, gapTable(app)),
      ),
    ),
  );
}

function gapTable(app) {
  const { framework, state } = app;
  const gapText = (row) => {
    if (row.not_applicable || row.required === null || row.required === undefined) return "–";
    if (row.gap_min === row.gap_max) return row.gap_max === 0 ? "0" : String(row.gap_max);
    return `${row.gap_min} to ${row.gap_max}`;
  };
  const evidence = framework.asks_evidence !== false;
  const titles = ["Skill", ...(evidence ? ["Claimed", "Supported", "Confirmed"] : ["Your level"]), "Bar", "Steps to the bar", "Standing"];
  return h(
    "table",
    { class: "sm-table" },
    h("thead", null, h("tr", null, titles.map((title) => h("th", { scope: "col" }, title)))),
    framework.areas.map((area) =>
      h(
        "tbody",
        { key: area.id },
        h("tr", { class: "sm-table-area" }, h("th", { colspan: String(titles.length), scope: "rowgroup" }, area.title)),
        framework.skills
          .filter((skill) => skill.area === area.id)
          .map((skill) => {
            const row = app.row(skill.id);
            if (!row) return null;
            const known = typeof row.value === "number";
            const where = rowStanding(row);
            return h(
              "tr",
              { key: skill.id },
              h("th", { scope: "row" }, skillLink(app, skill.id, skill.title)),
              h("td", null, known ? row.value : BOARD_STATUS[row.value] || "–"),
              evidence ? [h("td", null, known ? row.supported ?? row.low : "–"), h("td", null, (known ? row.confirmed : null) ?? "–")] : null,
              h("td", null, row.required ?? "–"),
              h("td", null, gapText(row)),
              h("td", null, where.shape ? icon(where.shape) : null, where.shape ? " " : "", where.text),
            );
          }),
      ),
    ),
  );
}
