/* calib_scan_severity.js: who rates higher than others who rated the same people. Behind a cover, asked
   for only when it is lifted, and gone when the place is left. */

function coverSeverity(app) {
  const held = app.held("scan.severity");
  Object.keys(held).forEach((name) => delete held[name]);
}

function scanSeverity(app) {
  const held = app.held("scan.severity");
  // Left and come back by the browser's own buttons: covered again.
  if (held.place && !held.place.isConnected) coverSeverity(app);
  if (!held.open) return severityCover(app, held);
  const wish = `${app.state.assessment.code} ${app.state.seq}`;
  if (held.wish !== wish) askSeverity(app, held, wish);
  const body = held.problems?.length ? problemList(held.problems) : held.view ? severityBody(app, held) : h("p", { class: "sm-quiet" }, "Counting…");
  return h("div", { class: "sm-severity", key: "open", ref: (place) => Object.assign(held, { place }) }, body);
}

function askSeverity(app, held, wish) {
  held.wish = wish;
  const settle = (part) => {
    if (held.wish !== wish) return;
    Object.assign(held, part);
    app.repaint();
  };
  app.ask("scan_severity", {}, { patience: 30000 }).then(
    (answer) => settle({ view: answer.scan_severity, problems: null }),
    ({ problems }) => settle({ problems: problems || [] }),
  );
}

function severityCover(app, held) {
  return h(
    "section",
    { class: "sm-severity-cover", key: "cover", "aria-labelledby": "sm-cover-title" },
    h("h3", { class: "sm-section-title", id: "sm-cover-title" }, "For the facilitator alone"),
    h("p", null, "How much higher or lower each rater rates than others who rated the same people. It belongs to you and to that rater; on a wall it would be read as a judgement of them. Make sure the screen is not shared."),
    h("p", null, h("button", { type: "button", class: "sm-button", "data-focus": "severity-show", onclick: () => {
      held.open = true;
      app.repaint();
      app.focusSoon("severity-hide");
    } }, "Show")),
  );
}

function severityBody(app, held) {
  const { view } = held;
  const hide = h("p", { key: "hide" }, h("button", { type: "button", class: "sm-button", "data-focus": "severity-hide", onclick: () => {
    coverSeverity(app);
    app.repaint();
    app.focusSoon("severity-show");
  } }, "Cover again"), " ", h("span", { class: "sm-hint" }, "It is covered as soon as you leave this place."));
  if (view.refused) return [hide, h("p", { key: "refused" }, view.refused), severityPairs(app, view.pairs), severityWhy()];
  const apart = view.components.length > 1;
  return [
    hide,
    h("p", { class: "sm-scan-note", key: "confounded" }, view.confounded),
    view.no_interval ? h("p", { class: "sm-quiet", key: "no-interval" }, `No intervals: ${view.no_interval}.`) : null,
    apart ? h("p", { class: "sm-scan-lead", key: "apart" }, `Your raters fall into ${view.components.length} groups that share nobody. Inside a group they can be compared; figures of two groups cannot.`) : null,
    view.components.map((lines, at) => severityPanel(app, lines, { key: `part-${at}`, title: apart ? `Group ${at + 1} of ${view.components.length}` : "Raters, by code", own: true })),
    view.links.length ? severityLinks(app, view.links) : null,
    severityAnchored(app, view.anchored, apart),
    severityPairs(app, view.pairs),
    severityGates(app, view.would_change),
    severityWhy(),
  ];
}

/* The scale of a panel: as far as its widest interval, in half levels. */
function severityReach(lines) {
  const widest = Math.max(0.5, ...lines.flatMap((line) => [line.effect, line.low, line.high].filter((end) => end !== null).map(Math.abs)));
  return Math.ceil(widest * 2) / 2;
}

function severitySaid(line) {
  const effect = Math.abs(line.effect) < 0.005 ? "as the others" : `${Math.abs(line.effect).toFixed(2)} of a level ${line.effect > 0 ? "higher" : "lower"}`;
  return line.low === null ? `${effect}; no interval` : `${effect}; 95 % interval ${signedLevels(line.low)} to ${signedLevels(line.high)}`;
}

function severityPanel(app, lines, { key, title, own = false, reference = null }) {
  const reach = severityReach(lines);
  const place = (value) => (Math.min(reach, Math.max(-reach, value)) + reach) / (2 * reach);
  const name = (code) => (code === reference ? "the reference" : calledBy(app, code));
  const alone = lines.length === 1;
  const line = (each) =>
    h(
      "li",
      { key: each.rater, class: "sm-severity-line" },
      h("div", { class: "sm-severity-name" }, h("b", { dir: "auto" }, name(each.rater)), each.ratings ? h("span", { class: "sm-quiet" }, `${each.ratings} ratings of ${plural(each.people, "person", "people")}`) : null),
      alone
        ? h("p", { class: "sm-quiet" }, "Shares no person with another rater, so there is nothing to compare with.")
        : h(
            "div",
            { class: "sm-severity-track", role: "img", "aria-label": `${name(each.rater)}: ${severitySaid(each)}` },
            h("i", { class: "sm-severity-zero" }),
            each.low === null ? null : h("span", { class: "sm-severity-span", style: `--sm-from:${place(each.low)};--sm-to:${place(each.high)}` }),
            h("span", { class: "sm-severity-dot", style: `--sm-at:${place(each.effect)}` }),
          ),
      alone ? null : h("p", { class: "sm-severity-words" }, severitySaid(each)),
      own ? h("p", { class: "sm-severity-copy" }, h("button", { type: "button", class: "sm-button sm-button-small", "aria-label": `Copy for ${name(each.rater)}`, onclick: () => saveSeverity(app, each.rater) }, icon("file"), "Copy for this rater")) : null,
    );
  return h(
    "section",
    { class: "sm-severity-panel", key, "aria-label": title },
    h("h3", { class: "sm-section-title" }, title),
    alone ? null : h("div", { class: "sm-severity-axis", "aria-hidden": "true" }, h("span", { class: "sm-severity-ends" }, h("span", null, `${reach} lower`), h("span", null, "as the others"), h("span", null, `${reach} higher`))),
    h("ul", { class: "sm-severity-list", role: "list" }, lines.map(line)),
  );
}

async function saveSeverity(app, rater) {
  try {
    const { filename, data } = await app.ask("scan_severity_line", { rater }, { patience: 10000 });
    saveFile(filename, data, "text/plain");
    app.announce(`${filename} was saved. Nobody else stands in it.`);
  } catch ({ problems }) {
    app.toast("This line could not be written.", { kind: "problem", detail: problemList(problems || []) });
  }
}

function severityLinks(app, links) {
  return h(
    "section",
    { key: "links", "aria-labelledby": "sm-links-title" },
    h("h3", { class: "sm-section-title", id: "sm-links-title" }, "What would connect them"),
    h("p", null, links.length === 1 ? "One further rating would be enough:" : `${links.length} further ratings would be enough:`),
    h("ul", { class: "sm-plain-list" }, links.map((link) => h("li", { key: link.person, dir: "auto" }, `${calledBy(app, link.rater)} also rates ${calledBy(app, link.person)}`))),
    h("p", { class: "sm-quiet" }, "Two or three people whom all raters rate say more than any such chain."),
  );
}

function severityAnchored(app, anchored, apart) {
  if (!anchored) return apart ? h("p", { key: "anchored", class: "sm-quiet" }, "Practice profiles that all raters rate would connect them too, as far as invented people can. None were rated yet, or none shown.") : null;
  return h(
    "details",
    { class: "sm-more", key: "anchored", open: apart },
    h("summary", null, "With the practice profiles as common ground"),
    h("p", null, anchored.sentence),
    anchored.components.map((lines, at) => severityPanel(app, lines, { key: `anchored-${at}`, title: anchored.components.length > 1 ? `Group ${at + 1} of ${anchored.components.length}` : "Raters and the reference", reference: anchored.reference })),
  );
}

function severityPairs(app, told) {
  if (!told.length) return null;
  const row = (each) => h("tr", { key: `${each.a} ${each.b}` }, h("th", { scope: "row", dir: "auto" }, scanRater(app, each.a), h("br"), scanRater(app, each.b)), h("td", null, each.n), h("td", null, each.exact), h("td", null, each.a_higher), h("td", null, each.b_higher), h("td", null, signedLevels(each.signed_gap)));
  return h("details", { class: "sm-more", key: "directed" }, h("summary", null, "Pair by pair: which of two is higher"), scanTable("Each pair of raters, with direction", ["Raters", "Both rated", "The same", "First higher", "Second higher", "Second less first, in levels"], told.map(row)));
}

function severityGates(app, changes) {
  const row = (each) => h("tr", { key: `${each.person} ${each.criterion} ${each.part}` }, h("th", { scope: "row", dir: "auto" }, calledBy(app, each.person)), h("td", null, each.code ? `${each.code}: ` : null, each.title), h("td", null, stateMark(each.before)), h("td", null, stateMark(each.after)));
  return h(
    "section",
    { key: "gates", "aria-labelledby": "sm-would-title" },
    h("h3", { class: "sm-section-title", id: "sm-would-title" }, "Would change: which gates"),
    h("p", { class: "sm-quiet" }, "If each rating moved by its rater’s effect, rounded to whole levels. To talk about, and no more: no rating is changed by it, and less than half a level moves nothing."),
    changes.length
      ? h("details", { class: "sm-more" }, h("summary", null, `${plural(changes.length, "gate or floor", "gates and floors")} would come out otherwise`), scanTable("Gates and floors that would come out otherwise", ["Person", "Asked for", "As rated", "With effects taken out"], changes.map(row)))
      : h("p", null, "No gate and no floor would come out otherwise."),
  );
}

function severityWhy() {
  return whyNot("severity", "Why are no adjusted ratings used?", [
    ["Adjusted ratings in place of ratings", "Nobody has given them, nobody can be asked about them, and what looks like severity may be a team that truly differs. The talk, not arithmetic, settles what a person has shown."],
    ["Raters in order of severity", "They stand by code. An order would turn a diagnostic into a list of culprits."],
    ["Severity below five people", "With so few it says more about who was rated than about who rated."],
  ]);
}
