/* guide_items.js: items of the role guide, one after the other or one alone. */

const TOOL_STATUS = {
  common: "Common",
  optional: "Optional",
  "context-specific": "Depends on context",
  "optional-to-common": "Optional to common",
};
const RIGHTS = {
  decide: "Decides alone",
  "team-approval": "Needs the team’s agreement",
  "leadership-approval": "Needs leadership’s approval",
  authority: "Scope of authority",
};

function sentenceCase(text) {
  return text ? text[0].toUpperCase() + text.slice(1) : text;
}

/* Where an item comes from; nothing where the whole ladder has one source. */
function sourceTag(item) {
  return item.source ? h("span", { class: "sm-guide-source" }, item.source) : null;
}

/* A level in words; the lowest one asks for nothing. */
function barText(app, level) {
  return level === undefined || level === null || level === app.framework.scale[0].level ? "none" : `${level} ${app.level(level)}`;
}

/* What each level means, whatever the skill. */
function levelsView(app) {
  return h(
    "section",
    { key: "levels", class: "sm-guide-levels", "aria-labelledby": "sm-guide-levels" },
    h("h2", { id: "sm-guide-levels", class: "sm-guide-h2", tabindex: "-1" }, "Levels"),
    h("dl", { class: "sm-guide-points" }, app.framework.scale.map((step) => h("div", { key: String(step.level) }, h("dt", null, `${step.level} ${step.name}`), h("dd", null, step.definition)))),
  );
}

/* Every role of a ladder beside the others: the bar of each skill. */
function barsTable(app) {
  const { framework } = app;
  return h(
    "div",
    { class: "sm-table-scroll sm-guide-all-bars", tabindex: "0", role: "region", "aria-label": "Bars of every role" },
    h(
      "table",
      { class: "sm-table" },
      h("thead", null, h("tr", null, h("th", { scope: "col" }, "Skill"), framework.profiles.map((profile) => h("th", { key: profile.id, scope: "col" }, profile.title)))),
      framework.areas.map((area) => {
        const mine = Object.keys(framework.skills).filter((id) => framework.skills[id].area_id === area.id);
        if (!mine.length) return null;
        return h(
          "tbody",
          { key: area.id },
          framework.areas.length > 1 ? h("tr", { class: "sm-table-area" }, h("th", { colspan: String(framework.profiles.length + 1), scope: "rowgroup" }, area.title)) : null,
          mine.map((id) => h("tr", { key: id }, h("th", { scope: "row" }, guideLink(app, id)), framework.profiles.map((profile) => h("td", { key: profile.id }, barText(app, profile.bars[id]?.level))))),
        );
      }),
    ),
  );
}

function guideLink(app, id, extra) {
  const item = app.item(id);
  return h("a", { class: extra, href: app.address(id), onclick: app.follow(id) }, item.title);
}

/* Links of an item as one line under it: skills and criteria; the rest is one step away. */
function linkLine(app, id) {
  const item = app.item(id);
  const near = item.links.filter((other) => ["skill", "criterion"].includes(app.item(other)?.kind));
  const far = app.related(id).length - near.length;
  if (!near.length && !far) return null;
  return h(
    "p",
    { class: "sm-guide-links" },
    near.map((other, at) => [at ? h("span", { "aria-hidden": "true" }, " · ") : null, guideLink(app, other)]),
    far > 0 ? [near.length ? h("span", { "aria-hidden": "true" }, " · ") : null, h("a", { class: "sm-guide-far", href: app.address(id), onclick: app.follow(id) }, near.length ? `${far} more` : plural(far, "link"), hiddenText(`: ${item.title}`))] : null,
  );
}

function chips(app, id) {
  const item = app.item(id);
  const list = [
    item.horizon && item.horizon !== "always" ? item.horizon : null,
    item.right ? RIGHTS[item.right] : null,
  ].filter(Boolean);
  return list.length ? h("p", { class: "sm-guide-chips" }, list.map((text) => h("span", { class: "sm-chip" }, text))) : null;
}

function guideItem(app, id) {
  const item = app.item(id);
  return h(
    "li",
    { key: id, class: "sm-guide-item", "data-item": id },
    h("div", { class: "sm-guide-item-head" }, h("h4", { class: "sm-guide-item-title" }, guideLink(app, id)), sourceTag(item)),
    item.text ? h("p", { class: "sm-guide-text" }, item.text) : null,
    itemMore(app, id, { brief: true }),
    item.kind === "scorecard" ? null : linkLine(app, id),
  );
}

/* What only this kind of item has. */
function itemMore(app, id, { brief = false } = {}) {
  const item = app.item(id);
  if (item.points_to?.length) return pointers(app, item);
  if (item.anchors) return marks(app, item, brief);
  if (item.overlays?.length) return variantButtons(app, item);
  if (item.profile) return h("p", { class: "sm-guide-act" }, h("button", { type: "button", class: "sm-link", onclick: () => app.choose({ ...app.chosen(), profile: item.profile }) }, `See the bars of ${app.profile(item.profile)?.title || item.profile}`));
  return null;
}

function pointers(app, item) {
  return h(
    "dl",
    { class: "sm-guide-points" },
    item.points_to.map((point) =>
      h(
        "div",
        null,
        h("dt", null, point.label),
        h("dd", null, point.to.filter((id) => app.item(id)).map((id, at) => [at ? h("span", { "aria-hidden": "true" }, " · ") : null, guideLink(app, id)]), point.note ? h("span", { class: "sm-guide-note" }, point.note) : null),
      ),
    ),
  );
}

function marks(app, item, brief) {
  const body = [
    h("dl", { class: "sm-guide-points" }, Object.entries(item.anchors).map(([mark, text]) => h("div", null, h("dt", null, mark), h("dd", null, text)))),
    item.evidence_from?.length ? h("p", { class: "sm-guide-links" }, "Seen in: ", item.evidence_from.filter((id) => app.item(id)).map((id, at) => [at ? " · " : null, guideLink(app, id)])) : null,
  ];
  return brief ? h("details", { class: "sm-more", open: app.printing() }, h("summary", null, "What each mark shows"), body) : body;
}

function variantButtons(app, item) {
  const known = item.overlays.filter((id) => app.overlay(id));
  if (!known.length) return null;
  return h(
    "p",
    { class: "sm-guide-act" },
    known.map((id) => {
      const on = app.chosen().overlays.includes(id);
      return h("button", { type: "button", class: "sm-chip-button", "aria-pressed": on ? "true" : "false", onclick: () => app.toggleOverlay(id) }, `See the guide as: ${app.overlay(id).title}`);
    }),
  );
}

/* KPIs: one table. */
function kpiTable(app, ids) {
  return h(
    "div",
    { class: "sm-guide-table-place" },
    h(
      "table",
      { class: "sm-guide-table" },
      h("thead", null, h("tr", null, h("th", { scope: "col" }, "What is measured"), h("th", { scope: "col" }, "Target"), h("th", { scope: "col" }, "How often"))),
      h(
        "tbody",
        null,
        ids.map((id) => {
          const item = app.item(id);
          return h(
            "tr",
            { key: id, "data-item": id },
            h(
              "th",
              { scope: "row" },
              h("div", { class: "sm-guide-item-head" }, h("h4", { class: "sm-guide-item-title" }, guideLink(app, id)), sourceTag(item)),
              h("p", { class: "sm-guide-text" }, item.text),
              h("p", { class: "sm-guide-why" }, `${item.measures}. ${item.why}.`),
              linkLine(app, id),
            ),
            h("td", { "data-label": "Target" }, kpiTarget(item)),
            h("td", { "data-label": "How often" }, item.frequency),
          );
        }),
      ),
    ),
  );
}

function kpiTarget(item) {
  const words = targetWords(item.target);
  return [
    h("p", { class: "sm-guide-target" }, sentenceCase(words || item.target.text)),
    words ? h("p", { class: "sm-guide-why" }, item.target.text) : null,
    item.target.illustrative ? h("p", { class: "sm-guide-why" }, "Illustration, not a norm") : null,
  ];
}

/* Tools: by category, each with its status. */
function toolList(app, ids) {
  const categories = [...new Set(ids.map((id) => app.item(id).category))];
  return categories.map((category) =>
    h(
      "div",
      { key: category, class: "sm-guide-category" },
      h("h4", { class: "sm-guide-category-title" }, category),
      h(
        "ul",
        { class: "sm-guide-tools", role: "list" },
        ids
          .filter((id) => app.item(id).category === category)
          .map((id) => {
            const item = app.item(id);
            return h(
              "li",
              { key: id, class: "sm-guide-item", "data-item": id },
              h("div", { class: "sm-guide-item-head" }, h("h5", { class: "sm-guide-item-title" }, guideLink(app, id)), toolStatus(item), sourceTag(item)),
              h("p", { class: "sm-guide-text" }, item.text),
              toolFacts(item),
              linkLine(app, id),
            );
          }),
      ),
    ),
  );
}

function toolStatus(item) {
  return h("span", { class: classes("sm-chip", `sm-guide-status-${item.status}`) }, TOOL_STATUS[item.status] || item.status);
}

function toolFacts(item) {
  return h("p", { class: "sm-guide-why" }, [item.status_note ? `${sentenceCase(item.status_note)}.`.replace("..", ".") : null, item.examples?.length && item.examples.join() !== item.title ? `Examples: ${item.examples.join(", ")}.` : null].filter(Boolean).join(" "));
}

/* Skills and criteria in the run of the handbook. */
function guideSkill(app, id) {
  const item = app.item(id);
  const skill = app.skill(id);
  return h(
    "li",
    { key: id, class: "sm-guide-item", "data-item": id },
    h("div", { class: "sm-guide-item-head" }, h("h4", { class: "sm-guide-item-title" }, guideLink(app, id)), skill && !skill.importance ? null : h("span", { class: "sm-chip" }, skill ? skill.importance : "Promotion criterion"), sourceTag(item)),
    h("p", { class: "sm-guide-text" }, item.text),
    skill ? h("p", { class: "sm-guide-bar" }, barWords(app, id)) : app.criterion(id).question ? h("p", { class: "sm-guide-why" }, app.criterion(id).question) : null,
    h("details", { class: "sm-more", open: app.printing(), ontoggle: (event) => app.opened(id, event.target.open) }, h("summary", null, "Examples for each level", hiddenText(`: ${item.title}`)), app.printing() || app.isOpen(id) ? levelList(app, skill || app.criterion(id), "h5") : null),
    linkLine(app, id),
  );
}

function barWords(app, id) {
  const now = app.variant().bars[id];
  const before = app.profile(app.variant().profile)?.bars[id]?.level;
  const gate = gatesOf(app, id).filter((part) => part.kind !== "breadth").map((part) => part.kind);
  const sign = gate.length ? ` (${[...new Set(gate)].join(", ")})` : "";
  const name = app.profile(app.variant().profile)?.title;
  const level = (value) => barText(app, value);
  if (before !== undefined && now !== before) return [`Bar for ${name}: `, h("s", null, level(before)), hiddenText(" now"), " → ", h("b", null, level(now)), sign];
  return [`Bar for ${name}: `, h("b", null, level(now)), sign];
}

/* The rules of the chosen profile a skill takes part in. */
function gatesOf(app, id) {
  const found = [];
  for (const requirement of app.variant().requirements) {
    for (const [key, kind] of [["gates", "gate"], ["floors", "floor"]]) {
      for (const part of requirement[key]) if (part.skill === id) found.push({ kind, level: part.level, requirement });
    }
    for (const rule of requirement.breadth) if (rule.of.includes(id)) found.push({ kind: "breadth", level: rule.level, rule, requirement });
  }
  return found;
}

function levelList(app, of, heading) {
  return h(
    "div",
    { class: "sm-guide-levels" },
    app.framework.scale
      .filter((step, at) => of.anchors[step.level]?.length || at > 0)
      .map((step) =>
        h(
          "section",
          { key: String(step.level), class: "sm-guide-level" },
          h(heading, { class: "sm-guide-level-title" }, `${step.level} ${step.name}`),
          of.anchors[step.level]?.length ? null : h("p", { class: "sm-guide-why" }, "Not described for this skill."),
          h(
            "ul",
            { class: "sm-guide-anchors", role: "list" },
            (of.anchors[step.level] || []).map((anchor) =>
              h(
                "li",
                null,
                h("p", null, anchor.text),
                anchor.artefacts.length ? h("p", { class: "sm-guide-why" }, `Seen in: ${anchor.artefacts.join(", ")}`) : null,
                anchor.not_this ? h("p", { class: "sm-guide-near" }, h("b", null, "Not yet this: "), anchor.not_this) : null,
              ),
            ),
          ),
        ),
      ),
  );
}

function conditionList(of) {
  if (!of.conditions.length) return null;
  return [
    h("h3", { class: "sm-guide-h3" }, "What counts instead"),
    h("ul", { class: "sm-plain-list" }, of.conditions.map((condition) => h("li", null, h("b", null, `${condition.when}: `), condition.instead, condition.levels.length ? ` (levels ${condition.levels.join(", ")})` : null))),
  ];
}

/* Everything an item hangs together with, by kind. */
function relatedLists(app, id) {
  const related = app.related(id);
  const kinds = app.framework.kinds.map((kind) => [kind, related.filter((other) => app.item(other).kind === kind.id)]).filter(([, ids]) => ids.length);
  if (!kinds.length) return null;
  return h(
    "section",
    { class: "sm-guide-related", "aria-labelledby": "sm-guide-related-title" },
    h("h3", { class: "sm-guide-h3", id: "sm-guide-related-title" }, "Hangs together with"),
    h(
      "div",
      { class: "sm-guide-related-grid" },
      kinds.map(([kind, ids]) => h("div", { key: kind.id }, h("h4", { class: "sm-guide-kind" }, ids.length === 1 ? kind.one : kind.many, " ", h("span", { class: "sm-quiet" }, ids.length)), h("ul", { class: "sm-guide-related-list", role: "list" }, ids.map((other) => h("li", { key: other }, guideLink(app, other)))))),
    ),
  );
}

/* One item alone. */
function guideView(app, id) {
  const item = app.item(id);
  const section = app.framework.sections.find((entry) => entry.section === item.section);
  const group = section?.groups.find((entry) => entry.id === item.group);
  const skill = app.skill(id);
  const criterion = app.criterion(id);
  const kind = app.framework.kinds.find((entry) => entry.id === item.kind);
  const order = app.order();
  const at = order.indexOf(id);
  return h(
    "article",
    { key: `view-${id}`, class: "sm-guide-view", "aria-labelledby": "sm-guide-view-title" },
    h(
      "nav",
      { class: "sm-guide-trail", "aria-label": "Place in the guide" },
      h("a", { href: section ? `#section/${section.section}` : "#", onclick: app.toSection(section?.section) }, icon("back"), section ? `${section.section} ${section.title}` : "Role guide"),
      group && group.title !== section.title ? h("span", null, group.title) : null,
    ),
    h("h2", { id: "sm-guide-view-title", class: "sm-guide-view-title", tabindex: "-1", "data-focus": "view" }, item.title),
    h("p", { class: "sm-guide-view-meta" }, h("span", null, [skill?.code || criterion?.code, kind?.one, skill?.importance].filter(Boolean).join(" · ")), sourceTag(item), copyButton(app, id)),
    item.text ? h("p", { class: "sm-guide-lead" }, item.text) : null,
    chips(app, id),
    item.kind === "kpi" ? kpiFacts(item) : null,
    item.kind === "tool" ? [h("p", { class: "sm-guide-chips" }, toolStatus(item), h("span", { class: "sm-chip" }, item.category)), h("p", { class: "sm-guide-text" }, item.use), toolFacts(item)] : null,
    itemMore(app, id),
    skill ? skillFacts(app, id, skill) : null,
    criterion ? criterionFacts(app, id, criterion) : null,
    relatedLists(app, id),
    h("nav", { class: "sm-guide-turn", "aria-label": "Neighbours in the guide" }, turn(app, order[at - 1], "Before", "back"), turn(app, order[at + 1], "After", "next")),
  );
}

function turn(app, id, word, sign) {
  if (!id) return h("span");
  return h("a", { href: app.address(id), onclick: app.follow(id) }, sign === "back" ? icon("back") : null, h("span", null, h("span", { class: "sm-eyebrow" }, `${word} `), app.item(id).title), sign === "next" ? icon("next") : null);
}

function copyButton(app, id) {
  return h("button", { type: "button", class: "sm-link sm-guide-copy", onclick: () => app.copy(id) }, icon("link"), "Copy link");
}

function kpiFacts(item) {
  const fact = (label, value) => h("div", null, h("dt", null, label), h("dd", null, value));
  return h("dl", { class: "sm-guide-points" }, fact("Measures", item.measures), fact("Why", item.why), fact("Target", kpiTarget(item)), fact("How often", item.frequency));
}

function skillFacts(app, id, skill) {
  return [
    h(
      "div",
      { class: "sm-guide-two" },
      skill.uses.length ? h("div", null, h("h3", { class: "sm-guide-h3" }, "Used for"), h("ul", { class: "sm-plain-list" }, skill.uses.map((text) => h("li", null, text)))) : null,
      skill.includes.length ? h("div", null, h("h3", { class: "sm-guide-h3" }, "Includes"), h("ul", { class: "sm-plain-list" }, skill.includes.map((text) => h("li", null, text)))) : null,
    ),
    h("h3", { class: "sm-guide-h3" }, "Bars"),
    h(
      "table",
      { class: "sm-guide-bars" },
      h("thead", null, h("tr", null, h("th", { scope: "col" }, "Role"), h("th", { scope: "col" }, "Bar"))),
      h(
        "tbody",
        null,
        app.framework.profiles.map((profile) => {
          const bar = profile.bars[id];
          const here = profile.id === app.variant().profile;
          const value = here ? app.variant().bars[id] : bar?.level;
          return h(
            "tr",
            { key: profile.id, class: here ? "sm-guide-here" : null },
            h("th", { scope: "row" }, profile.title, here ? h("span", { class: "sm-quiet" }, " chosen") : null),
            h("td", null, barCell(app, bar, value)),
          );
        }),
      ),
    ),
    ruleList(app, id),
    h("h3", { class: "sm-guide-h3" }, "Examples for each level ", app.framework.draft_notice ? h("span", { class: "sm-chip" }, "Draft") : null),
    app.framework.draft_notice ? h("p", { class: "sm-hint" }, app.framework.draft_notice) : null,
    levelList(app, skill, "h4"),
    conditionList(skill),
  ];
}

function barCell(app, bar, value) {
  if (!bar) return "none";
  const words = (level) => barText(app, level);
  const changed = value !== bar.level;
  return [
    changed ? [h("s", null, words(bar.level)), hiddenText(" now"), " → "] : null,
    h("b", null, words(value)),
    bar.switch && bar.on !== null && bar.on !== bar.level && value !== bar.on ? h("span", { class: "sm-quiet" }, ` · ${bar.on} with ${(app.framework.switches[bar.switch] || bar.switch).toLowerCase()}`) : null,
  ];
}

function ruleList(app, id) {
  const parts = gatesOf(app, id);
  if (!parts.length) return null;
  const text = ({ kind, level, rule }) => (kind === "breadth" ? `one of ${rule.of.length} skills of which ${rule.at_least} must reach ${level}${rule.when[id] ? `, with ${(app.framework.switches[rule.when[id]] || rule.when[id]).toLowerCase()}` : ""}` : `${kind} at ${level} ${app.level(level)}`);
  return [
    h("h3", { class: "sm-guide-h3" }, `In the rules of ${app.profile(app.variant().profile)?.title}`),
    h("ul", { class: "sm-plain-list" }, parts.map((part) => h("li", null, app.item(part.requirement.id) ? guideLink(app, part.requirement.id) : part.requirement.title, `: ${text(part)}`))),
  ];
}

function criterionFacts(app, id, criterion) {
  const requirement = app.variant().requirements.find((entry) => entry.id === id);
  const level = (part, word) => h("li", null, guideLink(app, part.skill), `: ${word} at ${part.level} ${app.level(part.level)}`);
  return [
    criterion.question ? h("p", { class: "sm-guide-question" }, criterion.question) : null,
    requirement
      ? [
          h("h3", { class: "sm-guide-h3" }, `What ${app.profile(app.variant().profile)?.title} asks`),
          h(
            "ul",
            { class: "sm-plain-list" },
            requirement.gates.map((part) => level(part, "gate")),
            requirement.floors.map((part) => level(part, "floor")),
            requirement.breadth.map((rule) => h("li", null, `${rule.at_least} of these at ${rule.level}: `, rule.of.map((skill, n) => [n ? ", " : null, guideLink(app, skill), rule.when[skill] ? ` (with ${(app.framework.switches[rule.when[skill]] || rule.when[skill]).toLowerCase()})` : null]))),
            requirement.bars ? h("li", null, "Every bar of the role") : null,
            requirement.evidence.map((title) => h("li", null, `Evidence: ${title}`)),
          ),
        ]
      : null,
    h("h3", { class: "sm-guide-h3" }, "Examples for each level"),
    levelList(app, criterion, "h4"),
    conditionList(criterion),
  ];
}
