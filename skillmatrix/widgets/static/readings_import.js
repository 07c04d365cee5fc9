/* readings_import.js: many readings at once from a CSV file. The kernel reads the file; the page
   shows what was understood and every row that was not, and stores nothing before it is told to. */

const READINGS_LIMIT = 9 * 1000 * 1000; // bytes; a larger file is said to be too large, never dropped silently
const READINGS_COLUMNS = ["kpi", "date", "value", "unit", "source", "period", "own_part", "other_causes", "text"];

/* Text of a file: UTF-16 by its mark, else UTF-8; what is neither shows as U+FFFD, and the kernel says so. */
function decodeText(bytes) {
  const mark = bytes[0] === 0xff && bytes[1] === 0xfe ? "utf-16le" : bytes[0] === 0xfe && bytes[1] === 0xff ? "utf-16be" : "utf-8";
  return new TextDecoder(mark).decode(bytes);
}

/* Header, and a row for each KPI with everything but the reading itself. */
function readingsTemplate(block) {
  const cell = (text) => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const rows = block.items.map((item) => [item.title, "", "", item.target.unit || "", "", item.target.period || "", "", "", ""]);
  return `${[READINGS_COLUMNS, ...rows].map((row) => row.map(cell).join(",")).join("\r\n")}\r\n`;
}

function createImport(app) {
  let held = null; // {phase: reading | preview | storing | trouble, filename, text, preview, problems, shown}
  const set = (next, focusKey) => {
    held = next;
    app.keep({ importing: next && ["reading", "storing"].includes(next.phase) ? next.filename : null }, true, focusKey);
  };
  const trouble = (filename, problems) => set({ phase: "trouble", filename, problems }, "import-trouble");

  async function take(file) {
    if (!file || held?.phase === "reading" || held?.phase === "storing") return undefined;
    const filename = file.name;
    if (file.size > READINGS_LIMIT) {
      return trouble(filename, [{ where: filename, found: `${(file.size / 1e6).toFixed(1)} MB`, expected: "at most 9 MB", remedy: "Split the file and import the parts one after the other." }]);
    }
    set({ phase: "reading", filename });
    try {
      const text = decodeText(new Uint8Array(await file.arrayBuffer()));
      const { preview } = await app.ask("readings_preview", { filename, text }, { patience: 60000 });
      const whole = preview.refused.filter((problem) => !problem.line || problem.line === 1); // the header, or all of it
      if (whole.length) return void trouble(filename, whole);
      set({ phase: "preview", filename, text, preview, shown: REFUSED_STEP }, "import-preview");
      app.announce(`${filename}: ${plural(preview.understood, "reading")} understood, ${plural(rowsOf(preview.refused), "row")} not.`);
    } catch (error) {
      trouble(filename, error.problems || [{ where: filename, found: "a file the browser could not read", expected: "a readable file", remedy: "Copy it to another folder and try again." }]);
    }
    return undefined;
  }

  async function store() {
    const { filename, text } = held;
    set({ ...held, phase: "storing" });
    try {
      const { imported } = await app.ask("readings_import", { filename, text }, { patience: 60000 });
      set(null, "import-file");
      const label = app.state.can_undo;
      app.toast(`${plural(imported, "reading")} stored from ${shorten(filename, 60)}`, { action: { label: "Undo", run: () => (app.state.can_undo === label ? app.send("undo", {}) : app.announce("Something else was done since. The arrow for undo takes it back first.")) } });
    } catch (error) {
      trouble(filename, error.problems || []);
    }
  }

  return {
    held: () => held,
    take,
    store,
    cancel: () => set(null, "import-file"),
    showMore: () => set({ ...held, shown: held.shown + 10 * REFUSED_STEP }),
  };
}

function importSection(app, block) {
  const held = app.importing.held();
  const busy = ["reading", "storing"].includes(held?.phase);
  const { ui } = app;
  const over = (on) => (event) => {
    if (!event.dataTransfer?.types?.includes("Files")) return;
    event.preventDefault();
    if (Boolean(ui.importOver) !== on) app.keep({ importOver: on }, true);
  };
  return h(
    "section",
    { class: "sm-readings-import", key: "import", "aria-label": "Import readings" },
    held?.phase === "preview" || held?.phase === "storing"
      ? importPreview(app, held)
      : [
          h(
            "label",
            {
              class: classes("sm-drop", ui.importOver && "sm-drop-over"),
              key: "drop",
              ondragenter: over(true),
              ondragover: over(true),
              ondragleave: over(false),
              ondrop: (event) => {
                over(false)(event);
                event.preventDefault();
                app.importing.take(event.dataTransfer.files[0]);
              },
            },
            icon("file"),
            h("span", null, busy ? `Reading ${held.filename}…` : [h("span", { class: "sm-drop-choose" }, "Import readings from a CSV file"), ", or drop it here. You see what was understood before anything is stored."]),
            h("input", { type: "file", class: "sm-hidden", accept: ".csv,.tsv,.txt,text/csv,text/tab-separated-values", "data-focus": "import-file", disabled: busy, onchange: (event) => {
              app.importing.take(event.target.files[0]);
              event.target.value = "";
            } }),
          ),
          h("p", { class: "sm-readings-template", key: "template" }, h("button", { type: "button", class: "sm-link", "data-focus": "import-template", onclick: () => saveFile("kpi-readings.csv", readingsTemplate(block), "text/csv") }, "Download a template"), h("span", { class: "sm-hint" }, " with a row for each KPI. Rows left empty are passed over.")),
          !held && ui.importing ? h("p", { class: "sm-item-problem", key: "cut" }, `Reading ${shorten(ui.importing, 80)} was interrupted. Look whether its readings are here; if not, choose the file again. Nothing is taken twice. `, h("button", { type: "button", class: "sm-link", onclick: () => app.keep({ importing: null }, true, "import-file") }, "Close")) : null,
          held?.phase === "trouble"
            ? h(
                "div",
                { class: "sm-import-trouble", key: "trouble", tabindex: "-1", "data-focus": "import-trouble", role: "group", "aria-label": "Problems in the file" },
                h("p", null, h("b", { dir: "auto" }, held.filename), " was not imported. Nothing was changed."),
                problemList(held.problems),
                h("button", { type: "button", class: "sm-button sm-button-small", onclick: () => app.importing.cancel() }, "Close"),
              )
            : null,
        ],
  );
}

function importPreview(app, held) {
  const { preview, filename } = held;
  const { understood, refused, duplicates } = preview;
  const storing = held.phase === "storing";
  const count = (value) => value.toLocaleString("en-GB");
  const [bad, twice] = [rowsOf(refused), rowsOf(duplicates)];
  return h(
    "div",
    { class: "sm-import-preview", key: "preview", role: "group", "aria-labelledby": "sm-import-title" },
    h("h4", { class: "sm-import-title", id: "sm-import-title", tabindex: "-1", "data-focus": "import-preview" }, "Before anything is stored: ", h("span", { dir: "auto" }, shorten(filename, 80))),
    h(
      "ul",
      { class: "sm-import-counts", role: "list" },
      h("li", null, icon("check"), h("span", null, h("b", null, count(understood)), ` ${understood === 1 ? "reading" : "readings"} understood`)),
      refused.length ? h("li", { class: "sm-import-bad" }, icon("cross"), h("span", null, h("b", null, count(bad)), ` ${bad === 1 ? "row" : "rows"} not understood, listed below and not stored`)) : null,
      duplicates.length ? h("li", null, icon("open"), h("span", null, h("b", null, count(twice)), ` ${twice === 1 ? "row" : "rows"} already there, not taken twice`)) : null,
    ),
    h("p", { class: "sm-hint" }, [`Columns separated by ${{ ",": "commas", ";": "semicolons", "\t": "tabs" }[preview.delimiter]}.`, ...preview.notes].join(" ")),
    h(
      "div",
      { class: "sm-import-buttons" },
      understood ? h("button", { type: "button", class: "sm-button sm-button-main", "data-focus": "import-store", "aria-disabled": storing ? "true" : "false", onclick: () => !storing && app.importing.store() }, storing ? "Storing…" : `Store ${count(understood)} ${understood === 1 ? "reading" : "readings"}`) : null,
      h("button", { type: "button", class: "sm-button", "data-focus": "import-cancel", "aria-disabled": storing ? "true" : "false", onclick: () => !storing && app.importing.cancel() }, understood ? "Cancel" : "Close"),
    ),
    refused.length ? rowProblems(app, held, refused, "Not understood", "refused") : null,
    duplicates.length ? h("details", { class: "sm-more" }, h("summary", null, `Already there: ${count(twice)}`), rowProblems(app, held, duplicates, null, "duplicates")) : null,
    understood
      ? h(
          "details",
          { class: "sm-more", open: !refused.length },
          h("summary", null, understood > preview.rows.length ? `Understood: the first ${count(preview.rows.length)} of ${count(understood)}` : `Understood: ${count(understood)}`),
          h(
            "div",
            { class: "sm-table-scroll", tabindex: "0", role: "region", "aria-label": "Readings understood, table" },
            h(
              "table",
              { class: "sm-table" },
              h("thead", null, h("tr", null, ["Line", "KPI", "Date", "Value", "Source", "Against the target"].map((title) => h("th", { scope: "col" }, title)))),
              h("tbody", null, preview.rows.map((row) => h("tr", { key: String(row.line) }, h("td", null, row.line), h("th", { scope: "row" }, row.title), h("td", null, row.date), h("td", null, `${row.value}${unitWords(row.unit)}`), h("td", { dir: "auto" }, shorten(row.source || "", 120)), h("td", null, READING_MARKS[row.result]?.[1] || row.result)))),
            ),
          ),
        )
      : null,
  );
}
