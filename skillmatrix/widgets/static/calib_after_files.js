/* calib_after_files.js: what leaves the session as files: minutes, excerpts, the log; and sheets
   on which practitioners sort the anchors. */

function bytesOf(base64) {
  const text = atob(base64);
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0));
}

function fetchAfter(app, name, args, failed) {
  const told = app.held("after-files");
  told.busy = name;
  app.repaint();
  const settle = () => {
    told.busy = null;
    app.repaint();
  };
  app.ask(name, args, { patience: 60000 }).then(
    (answer) => {
      saveFile(answer.filename, answer.base64 ? bytesOf(answer.base64) : answer.data, answer.media || "application/json");
      settle();
      app.announce(`${answer.filename} is in the folder of downloads.`);
    },
    ({ problems }) => {
      settle();
      app.toast(failed, { kind: "problem", stay: true, detail: problemList(problems || []) });
    },
  );
}

function afterButton(app, label, name, args, { main = false, key = name } = {}) {
  const busy = app.held("after-files").busy === name;
  return h("button", { type: "button", class: classes("sm-button", main && "sm-button-main"), key, "data-focus": `after-${key}`, "aria-disabled": busy ? "true" : null, onclick: () => !busy && fetchAfter(app, name, args, "The file could not be made.") }, icon("file"), busy ? "Being made…" : label);
}

function afterNames(app) {
  return h("label", { class: "sm-check" }, h("input", { type: "checkbox", "data-focus": "after-names", checked: Boolean(app.ui.afterNames), onchange: (event) => app.keep({ afterNames: event.target.checked }, true) }), "With names, where they are known. Without, people and raters are codes, and an excerpt says of a rater no more than the kind.");
}

function afterFiles(app, view) {
  return afterSection(
    "files",
    "Minutes",
    h("p", null, "Who was there, the orders and their seeds, what was decided with reasons, evidence and dissent, what stayed open, follow-ups, and each figure with its interval or with the reason why there is none."),
    afterNames(app),
    h("p", { class: "sm-hand-buttons" }, afterButton(app, "Minutes", "minutes", { names: Boolean(app.ui.afterNames) }, { main: true }), afterButton(app, "Decision log", "log_file", {})),
  );
}

function afterExcerpts(app, view) {
  const person = app.state.people.some((each) => each.code === app.ui.afterExcerpt) ? app.ui.afterExcerpt : app.state.people[0]?.code;
  const names = Boolean(app.ui.afterNames);
  if (!person) return null;
  return afterSection(
    "excerpts",
    "Each person’s own excerpt",
    h("p", null, "What was said and decided about one person, and nothing about anybody else: levels before and after, every entry, follow-ups, what to do if they see it differently, and how long it is kept. It is theirs."),
    h(
      "div",
      { class: "sm-after-pick" },
      h("div", { class: "sm-field" }, h("label", { for: "sm-after-excerpt" }, "Person"), h("select", { id: "sm-after-excerpt", class: "sm-input sm-input-auto", "data-focus": "after-excerpt-person", value: person, onchange: (event) => app.keep({ afterExcerpt: event.target.value }, true) }, app.state.people.map((each) => h("option", { key: each.code, value: each.code }, `${calledBy(app, each.code)} (${plural(view.about[each.code] || 0, "entry", "entries")})`)))),
      afterButton(app, "To read (HTML)", "excerpt", { person, names, format: "html" }),
      afterButton(app, "As data (JSON)", "excerpt", { person, names, format: "json" }, { key: "excerpt-json" }),
    ),
    h("p", { class: "sm-hand-buttons" }, afterButton(app, "All of them, a file for each (ZIP)", "excerpts", { names }, { key: "excerpts-all" })),
    h("p", { class: "sm-hint" }, "Hand them out one by one. Codes and known names of other people are taken out of what was typed; whoever typed more about them should look once."),
  );
}

function afterRecord(app, view) {
  const line = (word, ...what) => h("div", { key: word }, h("dt", null, word), h("dd", null, ...what));
  return afterSection(
    "record",
    "The record",
    h(
      "dl",
      { class: "sm-after-facts" },
      line("Decision log", `${plural(view.entries, "entry", "entries")}, whole: each carries the hash of the one before`, view.removed ? `; ${view.removed} removed on request` : null),
      line("Last hash", h("code", null, view.last)),
      line("Kept until", dayText(view.keep_until), ". Nothing is erased by itself."),
      line("Erase one person", h("code", null, "skillmatrix person erase CODE"), " takes out what is kept of a person. The log then says that an entry was removed, and stays whole."),
    ),
  );
}

/* --- sorting sheets --- */

async function sortFiles(app, files) {
  const told = app.held("sorting");
  if (!files.length) return;
  Object.assign(told, { busy: true, view: null, problems: null });
  app.repaint();
  const read = async (file) => {
    const bytes = new Uint8Array(await file.arrayBuffer());
    let text = "";
    for (let at = 0; at < bytes.length; at += 0x8000) text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
    return { name: file.name.slice(-300), base64: btoa(text) };
  };
  try {
    const given = [];
    for (const file of files) given.push(await read(file));
    const answer = await app.ask("sorting_filled", { files: given }, { patience: 60000 });
    Object.assign(told, { busy: false, view: answer.sorted });
    app.announce("The sheets are counted.");
  } catch (error) {
    Object.assign(told, { busy: false, problems: error.problems || [{ where: "the files", found: "something the browser could not read", expected: "filled sheets" }] });
    app.announce("The sheets could not be counted.");
  }
  app.repaint();
}

function afterAnchors(app) {
  const told = app.held("sorting");
  const sorters = told.sorters || 3;
  return h(
    "details",
    { class: "sm-more sm-after-anchors", key: "anchors", open: Boolean(told.view || told.problems) },
    h("summary", { "data-focus": "after-anchors" }, "Improve the anchors: have practitioners sort them"),
    h("p", null, "Each sorter gets the anchors shuffled and without their place, and sorts them back to skill and level, alone. An anchor that enough of them sort back holds; the others want rewording. Which anchors split the raters of this session stands in the step Scan."),
    h(
      "div",
      { class: "sm-after-pick" },
      h("div", { class: "sm-field" }, h("label", { for: "sm-after-sorters" }, "Sorters"), h("input", { id: "sm-after-sorters", class: "sm-input sm-input-short", type: "number", min: "1", max: "40", step: "1", "data-focus": "after-sorters", value: sorters, onchange: (event) => {
        told.sorters = Math.min(40, Math.max(1, Math.round(Number(event.target.value)) || 3));
        app.repaint();
      } })),
      afterButton(app, "Sorting sheets, a page and a workbook for each (ZIP)", "sorting_sheets", { sorters }),
    ),
    h("label", { class: "sm-drop sm-drop-small" }, icon("file"), h("span", null, told.busy ? "Counting…" : "Choose filled sheets: .sorting.json, .xlsx or .csv"), h("input", { type: "file", class: "sm-hidden", multiple: true, accept: ".json,.xlsx,.csv", "data-focus": "after-sorted", onchange: (event) => {
      sortFiles(app, [...event.target.files]);
      event.target.value = "";
    } })),
    told.problems ? problemList(told.problems) : null,
    told.view ? sortedView(told.view) : null,
  );
}

function sortedView(view) {
  const why = view.problems.length ? [h("p", { class: "sm-warning", key: "why" }, icon("open"), h("span", null, `${plural(view.problems.length, "thing")} in the files could not be used.`)), problemList(view.problems)] : null;
  if (!view.sheets) return h("div", { key: "sorted" }, why || h("p", { class: "sm-quiet" }, "Nothing is sorted in these sheets yet."));
  return h(
    "div",
    { class: "sm-after-sorted", key: "sorted" },
    why,
    h("p", null, `${plural(view.sheets, "sheet")}: ${view.sorted} of ${view.anchors} anchors sorted, ${view.enough} of them by ${view.least} people or more. ${view.hold} hold. An anchor with fewer sorters stays a draft, whatever they say.`),
    view.changed
      ? h("p", { class: "sm-hand-buttons" }, h("button", { type: "button", class: "sm-button", "data-focus": "after-diff", onclick: () => saveFile(view.filename, view.diff, "text/x-diff") }, icon("file"), `Proposed change of ${plural(view.changed, "anchor")} (diff)`))
      : h("p", { class: "sm-quiet" }, "Nothing is proposed to be changed in the files of the ladder."),
    view.reword.length
      ? h("ul", { class: "sm-after-list", role: "list" }, view.reword.map((each) => h("li", { key: each.id }, h("p", null, h("b", null, `${each.of}, level ${each.level}`), h("span", { class: "sm-quiet" }, ` ${each.hits} of ${each.sorters} named where it stands${each.sd === null ? "" : `, SD of the levels ${each.sd.toFixed(2)}`}: ${each.why.join("; ")}`)), h("p", null, each.text))))
      : null,
    view.more ? h("p", { class: "sm-quiet" }, `And ${view.more} more; skillmatrix retranslate score lists all of them.`) : null,
  );
}
