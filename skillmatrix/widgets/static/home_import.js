/* home_import.js: files brought in on the home page. An assessment of our own is taken whole; a
   table of ratings is shown first, with every row that was not understood, and nothing is kept
   before somebody says so. */

const ASSESSMENT_LIMIT = 20 * 1000 * 1000; // bytes; a larger file is said to be too large, never dropped silently
const TABLE_LIMIT = 9 * 1000 * 1000; // bytes; an upload is a third longer on its way
const IMPORT_PATIENCE = 60000; // ms
const UNREADABLE = { found: "a file the browser could not read", expected: "a readable file", remedy: "Copy it to another folder and try again." };
const COLUMN_FIELDS = [
  ["", "Not read"],
  ["person", "Person"],
  ["skill", "Skill"],
  ["level", "Level"],
  ["date", "Date"],
  ["rater", "Who rated"],
  ["note", "Note"],
  ["evidence", "Evidence"],
  ["artefact", "Link"],
];
const TABLE_SHAPES = { long: "one row a rating", "skills in columns": "one row a person", "ratings in columns": "one row a skill" };

function toBase64(file) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result.slice(reader.result.indexOf(",") + 1));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });
}

function createHomeImport(app) {
  let held = null; // {phase: reading | preview | storing | trouble, filename, data, told, named, preview, people, problems, shown}
  const set = (next, focusKey) => {
    held = next;
    app.repaint();
    if (focusKey) app.focusSoon(focusKey);
  };
  const trouble = (filename, problems) => set({ phase: "trouble", filename, problems }, "import-trouble");
  const busy = () => held?.phase === "reading" || held?.phase === "storing";

  async function take(file) {
    if (!file || busy()) return undefined;
    const filename = file.name;
    const table = !/\.json$/i.test(filename);
    const limit = table ? TABLE_LIMIT : ASSESSMENT_LIMIT;
    if (file.size > limit) {
      const remedy = table ? "Delete sheets that are not needed, or bring it in with the command skillmatrix import." : "An assessment file is usually below 1 MB. Check that this is the right file.";
      return trouble(filename, [{ where: filename, found: `${(file.size / 1e6).toFixed(table ? 1 : 0)} MB`, expected: `at most ${limit / 1e6} MB`, remedy }]);
    }
    set({ phase: "reading", filename });
    try {
      if (table) {
        const data = await toBase64(file);
        return await look({ filename, data, told: { framework: app.ladders()[0]?.id ?? null, columns: {}, levels: {}, skills: {}, sheet: null, person: "" }, named: "", people: null }, "import-preview");
      }
      const text = await file.text();
      // Asked, not kept: a file this large has no place in the browser's storage.
      const answer = await app.ask("import", { filename, text }, { patience: IMPORT_PATIENCE });
      held = null;
      app.arrived(answer.opened, `Imported: ${filename}`);
    } catch (error) {
      trouble(filename, error.problems || [{ where: filename, ...UNREADABLE }]);
    }
    return undefined;
  }

  /* What is answered to an earlier choice, or to a file that was put away, changes nothing. */
  async function look(next, focusKey) {
    set({ ...next, phase: next.preview ? "preview" : "reading", looking: true });
    const latest = () => held?.looking && held.told === next.told;
    let preview;
    try {
      ({ preview } = await app.ask("import_preview", { filename: next.filename, data: next.data, ...next.told }, { patience: IMPORT_PATIENCE }));
    } catch (error) {
      if (latest()) trouble(next.filename, error.problems || [{ where: next.filename, ...UNREADABLE }]);
      return;
    }
    if (!latest()) return;
    if (preview.kind === "nothing" && !preview.columns.length && preview.sheets.length < 2) return void trouble(next.filename, preview.refused);
    const people = (next.told.person && next.people) || [...new Set(preview.assessments.map((entry) => entry.person).filter(Boolean))];
    set({ ...next, phase: "preview", preview, people, looking: false, shown: REFUSED_STEP }, focusKey);
    app.announce(`${next.filename}: ${plural(preview.rated, "rating")} understood, ${plural(rowsOf(preview.refused), "row")} not.`);
  }

  /* Another sheet or other columns hold other people: who was chosen before is nobody there. */
  function tell(change, focusKey) {
    const person = "sheet" in change || "columns" in change ? { person: "" } : {};
    return look({ ...held, told: { ...held.told, ...person, ...change } }, focusKey);
  }

  /* The name typed for a table without one, whatever is said about its columns afterwards. */
  function name(named) {
    held = { ...held, named };
    return tell({ person: named });
  }

  async function store() {
    const { filename, data, told } = held;
    const person = isUnnamed(held) ? told.person || held.named : told.person;
    set({ ...held, phase: "storing" });
    try {
      const answer = await app.ask("import_table", { filename, data, ...told, person }, { patience: IMPORT_PATIENCE });
      held = null;
      app.arrived(answer.opened, `${plural(answer.imported, "rating")} brought in from ${shorten(filename, 60)}${answer.made > 1 ? `, as ${answer.made} assessments` : ""}`);
    } catch (error) {
      trouble(filename, error.problems || []);
    }
  }

  return {
    held: () => held,
    ladders: app.ladders,
    busy,
    take,
    tell,
    name,
    store,
    cancel: () => set(null, "import"),
    showMore: () => set({ ...held, shown: held.shown + 10 * REFUSED_STEP }),
  };
}

function importSection(importing, over) {
  const held = importing.held();
  return h(
    "section",
    { class: "sm-import", "aria-labelledby": "sm-import-title" },
    h("h2", { id: "sm-import-title", class: "sm-section-title" }, "Bring in a file"),
    held?.preview ? tablePreview(importing, held) : fileDrop(importing, held, over),
    held?.phase === "trouble"
      ? h(
          "div",
          { class: "sm-import-trouble", tabindex: "-1", "data-focus": "import-trouble", role: "group", "aria-label": "Problems in the file" },
          h("p", null, h("b", { dir: "auto" }, held.filename), ` was not imported: ${plural(held.problems.length, "problem")}. Nothing was changed.`),
          problemList(held.problems),
          h("button", { type: "button", class: "sm-link", onclick: () => importing.cancel() }, "Close"),
        )
      : null,
  );
}

function fileDrop(importing, held, over) {
  const busy = importing.busy();
  return [
    h(
      "label",
      { class: classes("sm-drop", over && "sm-drop-over") },
      icon("file"),
      h("span", null, busy ? `Reading ${held.filename}…` : ["Drop an ", h("code", null, "assessment.json"), ", or a table of ratings as CSV or XLSX, or ", h("span", { class: "sm-drop-choose" }, "choose a file"), "."]),
      h("input", { type: "file", class: "sm-hidden", accept: ".json,.csv,.tsv,.txt,.xlsx,application/json,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "data-focus": "import", disabled: busy, onchange: (event) => {
        importing.take(event.target.files[0]);
        event.target.value = "";
      } }),
    ),
    h("p", { class: "sm-hint sm-drop-hint" }, "You see what was understood of a table before anything is kept."),
  ];
}

function tablePreview(importing, held) {
  const { preview, filename } = held;
  const storing = held.phase === "storing" || held.looking;
  const count = (value) => value.toLocaleString("en-GB");
  const [bad, twice] = [rowsOf(preview.refused), rowsOf(preview.duplicates)];
  const keepable = preview.rated > 0 && !preview.unfit.length;
  const made = preview.assessments.length;
  const what = made > 1 ? `${made} new assessments` : "a new assessment";
  return h(
    "div",
    { class: "sm-import-preview", key: "preview", role: "group", "aria-labelledby": "sm-import-what" },
    h("h3", { class: "sm-import-what", id: "sm-import-what", tabindex: "-1", "data-focus": "import-preview" }, "Before anything is kept: ", h("span", { dir: "auto" }, shorten(filename, 80))),
    h(
      "ul",
      { class: "sm-import-counts", role: "list" },
      h("li", { class: preview.rated ? null : "sm-import-bad" }, icon(preview.rated ? "check" : "cross"), h("span", null, h("b", null, count(preview.rated)), ` ${preview.rated === 1 ? "rating" : "ratings"} understood`, made > 1 ? `, for ${count(made)} assessments` : null)),
      bad ? h("li", { class: "sm-import-bad" }, icon("cross"), h("span", null, h("b", null, count(bad)), ` ${bad === 1 ? "row" : "rows"} not understood in full, listed below`)) : null,
      twice ? h("li", null, icon("open"), h("span", null, h("b", null, count(twice)), ` ${twice === 1 ? "row" : "rows"} said twice, taken once`)) : null,
    ),
    preview.notes.length ? h("ul", { class: "sm-import-notes sm-hint", role: "list" }, preview.notes.map((note) => h("li", null, note))) : null,
    tableChoices(importing, held),
    preview.unfit.length ? h("div", { class: "sm-import-unfit" }, problemList(preview.unfit)) : null,
    h(
      "div",
      { class: "sm-import-buttons" },
      keepable ? h("button", { type: "button", class: "sm-button sm-button-main", "data-focus": "import-keep", "aria-disabled": storing ? "true" : "false", onclick: () => !storing && importing.store() }, held.phase === "storing" ? "Bringing in…" : `Bring in ${count(preview.rated)} ${preview.rated === 1 ? "rating" : "ratings"} as ${what}`) : null,
      h("button", { type: "button", class: "sm-button", "data-focus": "import-cancel", onclick: () => importing.cancel() }, "Cancel"),
    ),
    preview.refused.length ? rowProblems({ importing }, held, preview.refused, "Not understood", "refused", "h4") : null,
    preview.duplicates.length ? h("details", { class: "sm-more" }, h("summary", null, `Said twice: ${count(twice)}`), rowProblems({ importing }, held, preview.duplicates, null, "duplicates")) : null,
    preview.rows.length ? understoodTable(preview, count) : tableHead(preview),
  );
}

function isUnnamed({ preview, people }) {
  return preview.kind === "table" && preview.assessments.length === 1 && !people.length;
}

/* What the table does not say itself. */
function tableChoices(importing, held) {
  const { preview, told, people } = held;
  const usable = importing.ladders().filter((entry) => !entry.problem);
  const field = (id, label, control) => h("div", { class: "sm-field", key: id }, h("label", { for: `sm-${id}` }, label), control);
  const select = (id, value, options, onchange) => h("select", { id: `sm-${id}`, class: "sm-input", "data-focus": id, value, onchange: (event) => onchange(event.target.value) }, options.map(([key, title]) => h("option", { key, value: key }, title)));
  const unnamed = isUnnamed(held);
  const levels = [["", "Not understood"], ...preview.levels.map((entry) => [String(entry.level), `${entry.level} ${entry.name}`]), ...preview.states.map((entry) => [entry.id, entry.title])];
  const skills = preview.skills.map((entry) => [entry.id, entry.title]);
  const said = (kind) => Object.keys(told[kind]);
  const asked = (list, kind) => [...new Set([...said(kind), ...list])];
  const columns = asked(preview.unread, "columns");
  const words = asked(preview.unknown_levels.map((entry) => entry.word), "levels");
  const names = asked(preview.unknown_skills.map((entry) => entry.word), "skills");
  const change = (kind, word, value, id) => {
    const next = { ...told[kind] };
    if (value === "") delete next[word];
    else next[word] = value;
    importing.tell({ [kind]: next }, id);
  };
  const group = (title, kind, list, prefix, options, value = (v) => v) =>
    list.length
      ? h(
          "fieldset",
          { class: "sm-import-group", key: prefix },
          h("legend", null, title),
          list.map((word, at) => h("div", { class: "sm-import-word", key: word }, h("label", { for: `sm-${prefix}-${at}`, dir: "auto" }, shorten(word, 60)), select(`${prefix}-${at}`, String(told[kind][word] ?? ""), options, (chosen) => change(kind, word, chosen === "" ? "" : value(chosen), `${prefix}-${at}`)))),
        )
      : null;
  const open = preview.rated === 0 || names.length > 0 || words.length > 0;
  return [
    usable.length > 1 || preview.sheets.length > 1 || people.length > 1 || unnamed
      ? h(
          "div",
          { class: "sm-import-fields", key: "fields" },
          usable.length > 1 ? field("import-ladder", "Ladder", select("import-ladder", told.framework, usable.map((entry) => [entry.id, entry.title]), (framework) => importing.tell({ framework, columns: {}, levels: {}, skills: {} }, "import-ladder"))) : null,
          preview.sheets.length > 1 ? field("import-sheet", "Sheet", select("import-sheet", told.sheet ?? preview.sheet, preview.sheets.map((name) => [name, name]), (sheet) => importing.tell({ sheet, columns: {}, levels: {}, skills: {} }, "import-sheet"))) : null,
          people.length > 1 ? field("import-person", "Whose ratings", select("import-person", told.person, [["", `All ${people.length} people`], ...people.map((name) => [name, name])], (person) => importing.tell({ person }, "import-person"))) : null,
          unnamed ? field("import-name", "Whom it is about", h("input", { id: "sm-import-name", type: "text", class: "sm-input", "data-focus": "import-name", dir: "auto", maxlength: 200, autocomplete: "off", value: told.person || held.named, onchange: (event) => importing.name(event.target.value) })) : null,
        )
      : null,
    columns.length || words.length || names.length
      ? h(
          "details",
          { class: "sm-more", key: "words", open },
          h("summary", null, "Say what the file does not"),
          group("Columns that are not read", "columns", columns, "import-column", [...COLUMN_FIELDS, ...skills]),
          group("Levels in other words", "levels", words, "import-level", levels, (chosen) => (/^\d+$/.test(chosen) ? Number(chosen) : chosen)),
          group("Skills in other words", "skills", names, "import-skill", [["", "Not understood"], ["ignore", "None of these: leave it out"], ...skills]),
        )
      : null,
  ];
}

function understoodWords(preview, count) {
  const empty = preview.understood - preview.rated;
  const shape = TABLE_SHAPES[preview.shape];
  const words = [`Understood: ${count(preview.rated)}`, empty ? ` and ${count(empty)} left empty` : "", shape ? `, ${shape}` : ""];
  if (preview.understood > preview.rows.length) words.push(`; the first ${count(preview.rows.length)}`);
  return words.join("");
}

function understoodTable(preview, count) {
  const several = preview.assessments.length > 1;
  const numbered = preview.rows.some((row) => row.line);
  const heads = [numbered ? "Line" : null, several ? "Person" : null, "Skill", "Level", numbered ? "As written" : null].filter(Boolean);
  return h(
    "details",
    { class: "sm-more", key: "understood", open: !preview.refused.length },
    h("summary", null, understoodWords(preview, count)),
    h(
      "div",
      { class: "sm-table-scroll", tabindex: "0", role: "region", "aria-label": "Ratings understood, table" },
      h(
        "table",
        { class: "sm-table sm-import-table" },
        h("thead", null, h("tr", null, heads.map((title) => h("th", { scope: "col" }, title)))),
        h(
          "tbody",
          null,
          preview.rows.map((row) =>
            h("tr", null, numbered ? h("td", null, row.line) : null, several ? h("td", { dir: "auto" }, shorten(row.person, 60)) : null, h("th", { scope: "row" }, row.skill), h("td", null, row.name ? `${row.value} ${row.name}` : row.value), numbered ? h("td", { dir: "auto" }, shorten(row.found, 60) || h("span", { class: "sm-quiet" }, "empty")) : null),
          ),
        ),
      ),
    ),
  );
}

/* Nothing understood: the first rows as they are, to tell the columns apart. */
function tableHead(preview) {
  const [head, ...rows] = preview.head;
  if (!head) return null;
  return h(
    "div",
    { class: "sm-table-scroll", key: "head", tabindex: "0", role: "region", "aria-label": "The first rows of the file, table" },
    h("table", { class: "sm-table sm-import-table" }, h("thead", null, h("tr", null, head.map((cell) => h("th", { scope: "col", dir: "auto" }, shorten(cell, 40))))), h("tbody", null, rows.map((row) => h("tr", null, row.map((cell) => h("td", { dir: "auto" }, shorten(cell, 40))))))),
  );
}
