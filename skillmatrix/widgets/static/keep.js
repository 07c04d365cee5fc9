/* keep.js: Take it with you, at the end of Results and of Hand over. A report for one of three readers, in one of three formats, and
   everything as data. The kernel makes the file when it is asked for; nothing is stored. */

const KEEP_FORMATS = [
  ["html", "HTML", "one page for any browser"],
  ["pdf", "PDF", "pages to print and to keep"],
  ["xlsx", "XLSX", "tables to sort and filter"],
];
const KEEP_PATIENCE = 30000; // ms: the first figure of a session takes a while

function askKeep(app) {
  const held = (app.kept ||= { versions: null, since: null, problems: null, wish: null, busy: null });
  askOnce(app, held, "keep", {}, { read: ({ keep, since }) => ({ versions: keep, since: since || null }) });
}

/* A file that the kernel made reaches the folder of downloads. */
function keepFile({ name, media, base64 }) {
  saveFile(name, Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0)), media);
}

function takeFile(app, name, args, what) {
  if (app.kept.busy) return;
  app.kept.busy = what;
  app.announce(`Making the ${what}.`);
  app.repaint();
  const done = () => {
    app.kept.busy = null;
    app.repaint();
  };
  app.ask(name, args, { patience: KEEP_PATIENCE }).then(
    ({ file }) => {
      done();
      keepFile(file);
      app.announce(`${file.name} is ready.`);
      if (file.remark) app.toast(capital(`${file.remark}.`), { stay: true });
    },
    ({ problems }) => {
      done();
      app.toast(`The ${what} could not be made.`, { kind: "problem", stay: true, detail: problemList(problems || []) });
    },
  );
}

function keepSection(app) {
  const { versions, problems, busy } = app.kept || {};
  return h(
    "section",
    { class: "sm-keep", "aria-labelledby": "sm-keep-title", key: "keep" },
    h("h2", { class: "sm-section-title", id: "sm-keep-title", tabindex: "-1" }, "Take it with you"),
    problems
      ? h("p", { class: "sm-warning", role: "status" }, icon("open"), h("span", null, `Reports cannot be made just now: ${problems.map((problem) => problem.found).join("; ")}.`))
      : versions
        ? keepReport(app, versions)
        : h("p", { class: "sm-figure-wait", role: "status" }, "Looking what each reader would get…"),
    h(
      "div",
      { class: "sm-keep-part" },
      h("h3", { id: "sm-keep-data" }, "Everything, as data"),
      h("p", { class: "sm-quiet" }, "All you entered, private notes included. It is yours: look through it before you give it to anybody. The assessment file, CSV and XLSX can be brought back in without loss."),
      h(
        "div",
        { class: "sm-keep-buttons" },
        h("button", { type: "button", class: "sm-button", "data-focus": "export", onclick: () => app.export() }, icon("file"), "Download the assessment file"),
        [["csv", "CSV"], ["xlsx", "XLSX"], ["wide", "Ratings in one row"]].map(([format, label]) =>
          h("button", { key: format, type: "button", class: "sm-button", "data-focus": `data-${format}`, "aria-disabled": busy ? "true" : null, "aria-describedby": "sm-keep-data", onclick: () => takeFile(app, "data", { format }, `${label} file`) }, label),
        ),
      ),
      h(
        "div",
        { class: "sm-keep-buttons", role: "group", "aria-label": "The chart of every skill against the bar" },
        [["svg", "Chart as SVG"], ["png", "Chart as PNG"]].map(([format, label]) =>
          h("button", { key: format, type: "button", class: "sm-button", "data-focus": `chart-${format}`, "aria-disabled": busy ? "true" : null, onclick: () => takeFile(app, "chart", { format }, label.toLowerCase()) }, label),
        ),
      ),
    ),
  );
}

function keepReport(app, versions) {
  const { since, busy } = app.kept;
  const wanted = app.ui.keepFor || (app.ui.step === "hand-over" ? app.ui.reader || "mentor" : null);
  const chosen = versions.find((version) => version.id === wanted) || versions[0];
  return h(
    "div",
    { class: "sm-keep-part" },
    h(
      "fieldset",
      null,
      h("legend", { class: "sm-keep-legend" }, "A report, for whom?"),
      h(
        "div",
        { class: "sm-cards" },
        versions.map((version) =>
          h(
            "label",
            { class: "sm-card", key: version.id },
            h("input", { type: "radio", name: "sm-keep-for", "data-focus": `keep-${version.id}`, value: version.id, checked: version.id === chosen.id, onchange: () => app.keep({ keepFor: version.id }, true) }),
            h("span", { class: "sm-keep-version" }, h("b", null, version.title), h("span", { class: "sm-hint" }, version.purpose), version.without ? h("span", { class: "sm-keep-without" }, `Here: ${version.without}.`) : null),
          ),
        ),
      ),
    ),
    since
      ? h(
          "label",
          { class: "sm-check" },
          h("input", { type: "checkbox", "data-focus": "keep-since", checked: Boolean(app.ui.keepSince), onchange: (event) => app.keep({ keepSince: event.target.checked }, true) }),
          h("span", null, `With what changed since the round of ${dayText(since)}`),
        )
      : null,
    h("p", { id: "sm-keep-as" }, `Download the report ${chosen.title.toLowerCase()} as`),
    h(
      "div",
      { class: "sm-keep-buttons", role: "group", "aria-labelledby": "sm-keep-as" },
      KEEP_FORMATS.map(([format, label, about]) =>
        h("button", { key: format, type: "button", class: "sm-button sm-keep-format", "data-focus": `report-${format}`, "aria-disabled": busy ? "true" : null, onclick: () => takeFile(app, "report", { audience: chosen.id, format, since: Boolean(since && app.ui.keepSince) }, `${label} report`) }, icon("file"), h("span", null, h("b", null, label), h("span", { class: "sm-hint" }, about))),
      ),
    ),
    h("p", { class: "sm-quiet sm-keep-status", role: "status" }, busy ? `Making the ${busy}…` : ""),
  );
}
