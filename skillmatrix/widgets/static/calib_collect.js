/* calib_collect.js: step Collect: files and folders taken in, bit by bit; what was refused and why;
   files that cannot all hold; who rated whom; whether raters can be compared. */

const COLLECT_ENDINGS = [".assessment.json", ".packet.json"];
const COLLECT_BATCH = 4 * 1000 * 1000; // bytes of one message
const COLLECT_MANY = 12; // files of one message, so that the bar moves

const STATE_COUNT_WORDS = { NOT_OBSERVED: "not observed", UNRATED: "not rated", DECLINED: "declined", NOT_APPLICABLE: "proposed as not applicable" };

/* What is being taken in now: held beside the page, so that a repaint does not end it. */
function collecting(app) {
  return app.held("collecting");
}

function isSessionFile(name) {
  return COLLECT_ENDINGS.some((ending) => name.toLowerCase().endsWith(ending));
}

/* Everything in what was dropped, folders opened. */
async function droppedFiles(transfer) {
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
  if (!entries.length) return [...transfer.files].map((file) => ({ file, path: file.name }));
  const found = [];
  const walk = async (entry, path) => {
    if (entry.isFile) {
      const file = await new Promise((resolve, reject) => entry.file(resolve, reject));
      found.push({ file, path: `${path}${file.name}` });
      return;
    }
    const reader = entry.createReader();
    for (;;) {
      const some = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
      if (!some.length) return;
      for (const each of some) await walk(each, `${path}${entry.name}/`);
    }
  };
  for (const entry of entries) await walk(entry, "");
  return found;
}

const chosenFiles = (list) => [...list].map((file) => ({ file, path: file.webkitRelativePath || file.name }));

async function takeIn(app, files) {
  const now = collecting(app);
  if (now.busy) return undefined;
  const named = files.length === 1 ? files : files.filter(({ path }) => isSessionFile(path));
  const left = files.length - named.length;
  Object.assign(now, { busy: true, done: 0, total: named.length, told: [], left, failed: null });
  app.repaint();
  let batch = [];
  let size = 0;
  const send = async () => {
    if (!batch.length) return;
    const sent = batch;
    batch = [];
    size = 0;
    const answer = await app.ask("take_files", { files: sent }, { patience: 60000 });
    now.told.push(...answer.told);
    now.done += sent.length;
    app.repaint();
  };
  try {
    for (const { file, path } of named) {
      if (batch.length && (size + file.size > COLLECT_BATCH || batch.length >= COLLECT_MANY)) await send();
      if (file.size > 20 * 1000 * 1000) {
        now.told.push({ name: path, note: "", problems: [{ where: "the file", found: `${Math.round(file.size / 1e6)} MB`, expected: "at most 20 MB", remedy: "Ask its author for the original." }] });
        now.done += 1;
        continue;
      }
      batch.push({ name: path.slice(-500), text: await file.text() });
      size += file.size;
    }
    await send();
  } catch (error) {
    now.failed = error.problems || [{ where: "the files", found: "something the browser could not read", expected: "readable files", remedy: "Copy them to another folder and try again." }];
  }
  return takenIn(app, now);
}

async function takeLying(app, names) {
  const now = collecting(app);
  if (now.busy) return undefined;
  Object.assign(now, { busy: true, done: 0, total: names.length, told: [], left: 0, failed: null });
  app.repaint();
  try {
    for (let at = 0; at < names.length; at += COLLECT_MANY) {
      const some = names.slice(at, at + COLLECT_MANY);
      const answer = await app.ask("take_lying", { names: some }, { patience: 60000 });
      now.told.push(...answer.told);
      now.done += some.length;
      app.repaint();
    }
  } catch (error) {
    now.failed = error.problems || [];
  }
  return takenIn(app, now);
}

function takenIn(app, now) {
  now.busy = false;
  const wrong = now.told.filter((each) => each.problems.length).length;
  app.announce(`${plural(now.told.length - wrong, "file")} taken in, ${wrong} refused.`);
  app.repaint();
  app.focusSoon("collected-told");
}

/* Files dropped anywhere on the step. */
function listenCollect(app, root) {
  let depth = 0;
  const carries = (event) => app.stepNow() === "collect" && [...(event.dataTransfer?.types || [])].includes("Files");
  const turn = (step) => {
    depth = Math.max(0, depth + step);
    const now = collecting(app);
    if (Boolean(now.over) === depth > 0) return;
    now.over = depth > 0;
    app.repaint();
  };
  const drag = {
    dragenter: (event) => carries(event) && turn(1),
    dragover: (event) => carries(event) && event.preventDefault(),
    dragleave: (event) => carries(event) && turn(-1),
    drop: (event) => {
      if (!carries(event)) return;
      event.preventDefault();
      depth = 0;
      collecting(app).over = false;
      droppedFiles(event.dataTransfer).then((files) => takeIn(app, files));
    },
  };
  for (const type in drag) root.addEventListener(type, drag[type]);
  return () => {
    for (const type in drag) root.removeEventListener(type, drag[type]);
  };
}

function collectView(app) {
  const held = app.held("coverage");
  askOnce(app, held, "coverage", {});
  const view = held.view;
  const { people, collected } = app.state;
  const lead = people.length
    ? null
    : "Packets that the specialists made for calibration, and the locked ratings of everybody who rated them. Drafts are refused: nobody should be able to bend towards somebody else.";
  return [
    stepTitle("Collect", lead),
    h(
      "div",
      { class: classes("sm-collect", !people.length && "sm-collect-first") },
      h("div", { class: "sm-collect-main" }, view && people.length ? [collectSummary(app, view), clashList(app, view), coverageList(app, view), connectivity(app, view), raterNames(app)] : null, people.length && !view ? h("p", { class: "sm-quiet" }, "Reading…") : null),
      h("aside", { class: "sm-collect-side" }, collectPlace(app, view), refusedList(app, view, collected), asideList(app, view)),
    ),
    people.length ? h("p", { class: "sm-room-next" }, h("button", { type: "button", class: "sm-button sm-button-main", "data-focus": "onward", onclick: () => app.go("norms") }, "On to the norms", icon("next"))) : null,
  ];
}

function collectSummary(app, view) {
  const raters = app.state.raters.length;
  const rows = view.rows.length;
  const lines = [];
  if (view.without_own.length) lines.push(`Without an own view: ${view.without_own.map((code) => calledBy(app, code)).join(", ")}.`);
  if (view.few_raters.length) lines.push(`Fewer than two other raters: ${view.few_raters.map((code) => calledBy(app, code)).join(", ")}. One word alone cannot be compared with anything.`);
  return h(
    "section",
    { "aria-labelledby": "sm-coverage-title", key: "summary" },
    h("h3", { class: "sm-section-title", id: "sm-coverage-title" }, "Who rated whom"),
    h("p", null, h("b", null, plural(rows, "person", "people")), `, rated by ${plural(raters, "other")}, ${plural(app.state.collected.files, "file")}, all locked.`),
    lines.map((line, at) => h("p", { class: "sm-warning", key: `w${at}` }, icon("open"), h("span", { dir: "auto" }, line))),
    view.notes.filter((note) => note.kind === "rates-and-is-rated").map((note) => h("p", { class: "sm-quiet", key: note.words }, `${note.words}.`)),
    h("label", { class: "sm-check" }, h("input", { type: "checkbox", checked: !app.ui.names, "data-focus": "codes-only", onchange: (event) => app.keep({ names: !event.target.checked }, true) }), h("span", null, "Codes only, on every step")),
  );
}

function coverageList(app, view) {
  return h(
    "ul",
    { class: "sm-coverage", role: "list", key: "rows", "aria-label": "People, each with the own view and the raters" },
    view.rows.map((row) =>
      h(
        "li",
        { key: row.person, class: "sm-coverage-row" },
        personName(app, row.person),
        h(
          "ul",
          { role: "list", class: "sm-coverage-cells" },
          h("li", { key: "own" }, row.own ? coverageCell(app, view, row.own, "own view") : h("p", { class: "sm-coverage-none" }, "no own view")),
          row.others.map((cell) => h("li", { key: cell.rater }, coverageCell(app, view, cell, cell.kind))),
        ),
      ),
    ),
  );
}

/* A code, and how its owner is called on this machine. */
function personName(app, code) {
  const known = [...app.state.people, ...app.state.raters].find((entry) => entry.code === code);
  const name = known && known.name !== code ? known.name : "";
  const held = app.draft(`name.${code}`);
  const store = () => {
    const typed = app.draft(`name.${code}`);
    if (typed === null || typed === undefined) return;
    app.setDraft(`name.${code}`, null);
    if (typed.trim() !== name) app.send("name_somebody", { code, name: typed.trim() }, { coalesce: `name:${code}` });
  };
  if (!app.ui.names) return h("p", { class: "sm-coverage-person" }, h("code", null, code));
  return h(
    "p",
    { class: "sm-coverage-person" },
    h("input", { type: "text", class: "sm-input sm-coverage-name", dir: "auto", maxlength: "200", autocomplete: "off", placeholder: "Name, for this screen", "aria-label": `Name of ${code}, kept on this machine only`, "data-focus": `name-${code}`, value: held ?? name, oninput: (event) => app.setDraft(`name.${code}`, event.target.value), onchange: store, onkeydown: (event) => event.key === "Enter" && store() }),
    h("code", { class: "sm-quiet" }, code),
  );
}

function coverageCell(app, view, cell, kind) {
  const own = kind === "own view";
  const missing = cell.missing.length;
  const words = Object.entries(cell.states).filter(([state]) => state !== "UNRATED" || !missing).map(([state, n]) => `${n} ${STATE_COUNT_WORDS[state] || state.toLowerCase()}`);
  const say = [`${cell.levels} of ${view.skills} with a level`, ...words, missing ? `${missing} not rated` : null].filter(Boolean).join(", ");
  return h(
    "details",
    { class: classes("sm-coverage-cell", cell.late && "sm-coverage-late"), key: cell.sha256 },
    h("summary", null, h("span", { class: "sm-coverage-who", dir: "auto" }, own ? "own view" : calledBy(app, cell.rater)), own ? null : h("span", { class: "sm-quiet" }, ` ${kind}`), h("span", { class: "sm-coverage-count" }, `${cell.levels}/${view.skills}`), cell.late ? h("span", { class: "sm-coverage-flag" }, "locked after ratings were shown: in no figure of agreement") : null),
    h(
      "div",
      { class: "sm-coverage-more" },
      h("p", null, `${say}.`),
      h("p", { class: "sm-quiet" }, cell.locked_at ? `Locked ${dayText(cell.locked_at)}, ${clockTime(cell.locked_at)}. ` : "", "Seal ", h("code", null, (cell.lock || cell.sha256).slice(0, 12))),
      h("p", { class: "sm-quiet sm-path", dir: "auto" }, cell.file),
      missing ? h("p", { class: "sm-quiet" }, `Not rated: ${cell.missing.map((id) => app.skill(id)?.title || id).join(", ")}.`) : null,
      h("button", { type: "button", class: "sm-button sm-button-small", onclick: () => {
        app.send("put_aside", { sha256: cell.sha256, aside: true, why: "" });
        app.toast("Put aside. It counts no more, and the log says so.", { action: { label: "Take it back", run: () => app.send("put_aside", { sha256: cell.sha256, aside: false, why: "" }) } });
      } }, "Put this file aside"),
    ),
  );
}

function clashList(app, view) {
  if (!view.clashes.length) return null;
  const waiting = view.clashes.filter((clash) => !clash.holds).length;
  const words = { rater: "The same rater handed in different ratings of the same person.", "own-view": "One person handed in different own views.", names: "One code stands for different names." };
  return h(
    "section",
    { "aria-labelledby": "sm-clash-title", key: "clashes", class: "sm-clashes" },
    h("h3", { class: "sm-section-title", id: "sm-clash-title" }, waiting ? `Which of these holds? (${waiting})` : "Decided: which file holds"),
    waiting ? h("p", { class: "sm-quiet" }, "None of them counts before somebody has decided. Ask the author; the later one is not always the one meant.") : null,
    view.clashes.map((clash) =>
      h(
        "fieldset",
        { key: clash.cell, class: classes("sm-clash", !clash.holds && "sm-clash-open") },
        h("legend", { dir: "auto" }, clash.kind === "own-view" ? `${calledBy(app, clash.person)}, own view` : clash.kind === "names" ? calledBy(app, clash.person) : `${calledBy(app, clash.person)}, rated by ${calledBy(app, clash.rater)}`),
        h("p", { class: "sm-quiet" }, `${words[clash.kind]} `, clash.kind === "names" ? "" : h("span", { dir: "auto" }, `${clash.words}.`)),
        clash.options.map((option) =>
          h(
            "label",
            { class: "sm-choice", key: option.sha256 },
            h("input", { type: "radio", name: `sm-clash-${clash.cell}`, checked: clash.holds === option.sha256, "data-focus": `holds-${option.sha256}`, onchange: () => app.send("keep_file", { cell: clash.cell, sha256: option.sha256 }) }),
            h("span", null, h("b", { dir: "auto", class: "sm-path" }, option.files.join(", ")), h("span", { class: "sm-quiet" }, ` locked ${option.locked_at ? `${dayText(option.locked_at)}, ${clockTime(option.locked_at)}` : "never"} · ${plural(option.levels, "level")}`)),
          ),
        ),
        clash.kind === "names" ? h("label", { class: "sm-choice", key: "same" }, h("input", { type: "radio", name: `sm-clash-${clash.cell}`, checked: clash.holds === "same", onchange: () => app.send("keep_file", { cell: clash.cell, sha256: "same" }) }), h("span", null, "All of them: it is one person")) : null,
        clash.holds ? h("button", { type: "button", class: "sm-link", onclick: () => app.send("keep_file", { cell: clash.cell, sha256: null }) }, "Take the decision back") : null,
      ),
    ),
  );
}

function connectivity(app, view) {
  const { parts, links } = view;
  if (!parts.length) return null;
  const group = (raters) => raters.map((code) => calledBy(app, code)).join(", ");
  return h(
    "section",
    { "aria-labelledby": "sm-connected-title", key: "connected" },
    h("h3", { class: "sm-section-title", id: "sm-connected-title" }, "Can the raters be compared?"),
    parts.length === 1
      ? h("p", null, parts[0].length > 1 ? "Yes: all of them are connected through people they rated in common." : "There is one rater so far: nobody to compare with.")
      : [
          h("p", null, h("b", null, `Not across groups. ${parts.length} groups of raters share nobody`), ": whether one group is severe or its people are different, nobody can tell."),
          h("ul", { class: "sm-plain-list" }, parts.map((raters) => h("li", { key: raters[0], dir: "auto" }, group(raters)))),
          h("p", null, "The fewest further ratings that would connect them: ", links.map((link) => `${calledBy(app, link.rater)} also rates ${calledBy(app, link.person)}`).join("; "), ". Two or three people rated by everybody would do it better. Practice profiles that all have rated help too; see Norms."),
        ],
  );
}

/* Raters, each with a name for this screen. */
function raterNames(app) {
  if (!app.ui.names || !app.state.raters.length) return null;
  return h(
    "section",
    { "aria-labelledby": "sm-raters-title", key: "raters" },
    h("h3", { class: "sm-section-title", id: "sm-raters-title" }, "Raters"),
    h("p", { class: "sm-quiet" }, "Files carry codes. A name typed here, or beside a person above, stays in the key file of this machine; the log never has it."),
    h("ul", { class: "sm-coverage-raters", role: "list" }, app.state.raters.map((rater) => h("li", { key: rater.code }, personName(app, rater.code)))),
  );
}

function collectPlace(app, view) {
  const now = collecting(app);
  const first = !app.state.people.length;
  const input = (extra, label, key) =>
    h("label", { class: "sm-button sm-collect-choose" }, label, h("input", { type: "file", multiple: true, class: "sm-hidden", "data-focus": key, disabled: Boolean(now.busy), onchange: (event) => {
      takeIn(app, chosenFiles(event.target.files));
      event.target.value = "";
    }, ...extra }));
  const wrong = (now.told || []).filter((file) => file.problems.length);
  const noted = (now.told || []).filter((file) => file.note && !file.problems.length);
  return h(
    "section",
    { "aria-labelledby": "sm-take-title", key: "take", class: "sm-collect-take" },
    h("h3", { class: "sm-section-title", id: "sm-take-title" }, first ? "Take files in" : "More files"),
    h("div", { class: classes("sm-drop", "sm-collect-drop", now.over && "sm-drop-over") }, icon("file"), h("span", null, now.busy ? `Reading ${now.done} of ${now.total}…` : ["Drop a folder or files here: ", h("code", null, "*.packet.json"), " and ", h("code", null, "*.assessment.json")])),
    h("p", { class: "sm-collect-buttons" }, input({ webkitdirectory: true, directory: true }, "Choose a folder", "folder"), input({ accept: ".json,application/json" }, "Choose files", "files")),
    now.busy ? h("progress", { class: "sm-progress", max: String(Math.max(now.total, 1)), value: String(now.done), "aria-label": "Files read" }) : null,
    !now.busy && now.told
      ? h(
          "div",
          { class: "sm-collect-told", tabindex: "-1", "data-focus": "collected-told", role: "group", "aria-label": "What became of the files" },
          h("p", null, h("b", null, `${plural(now.told.length - wrong.length, "file")} taken in`), wrong.length ? `, ${wrong.length} refused.` : ".", now.left ? ` ${plural(now.left, "other file")} in the folder ${now.left === 1 ? "has" : "have"} another name and ${now.left === 1 ? "was" : "were"} not looked at.` : ""),
          now.failed ? problemList(now.failed) : null,
          noted.map((file) => h("p", { class: "sm-quiet", key: `n${file.name}`, dir: "auto" }, `${file.name}: ${file.note}.`)),
        )
      : null,
    view?.lying?.length
      ? h(
          "div",
          { class: "sm-collect-lying" },
          h("p", { class: "sm-label" }, "In the folder of this workspace"),
          h("p", { class: "sm-quiet" }, `${plural(view.lying.length, "file")} that ${view.lying.length === 1 ? "is" : "are"} not in this session.`),
          h("button", { type: "button", class: "sm-button sm-button-small", "data-focus": "lying", disabled: Boolean(now.busy), onclick: () => takeLying(app, view.lying) }, view.lying.length === 1 ? "Take it in" : `Take all ${view.lying.length} in`),
          h("details", null, h("summary", null, "Which files"), h("ul", { class: "sm-plain-list sm-path" }, view.lying.map((name) => h("li", { key: name, dir: "auto" }, name)))),
        )
      : null,
    first ? h("p", { class: "sm-hint" }, "A manager or mentor rates in the mentor session, locks, and takes “the ratings as a file” along. To look around with invented people, run ", h("code", null, "skillmatrix example"), " and take its folder ", h("code", null, "session"), ".") : null,
  );
}

function refusedList(app, view, collected) {
  if (!view?.refused?.length) return collected.refused ? h("p", { class: "sm-quiet", key: "refused" }, "Reading…") : null;
  return h(
    "section",
    { "aria-labelledby": "sm-refused-title", key: "refused" },
    h("h3", { class: "sm-section-title", id: "sm-refused-title" }, `Refused (${view.refused.length})`),
    h("ul", { class: "sm-people-files", role: "list" }, view.refused.map((file) => h("li", { key: file.name, class: "sm-people-bad" }, h("p", null, icon("cross"), h("b", { dir: "auto" }, file.name)), problemList(file.problems)))),
    h("button", { type: "button", class: "sm-link", onclick: () => app.send("forget_refused", {}) }, "Take these off the list"),
  );
}

function asideList(app, view) {
  if (!view?.aside?.length) return null;
  return h(
    "section",
    { "aria-labelledby": "sm-aside-title", key: "aside" },
    h("h3", { class: "sm-section-title", id: "sm-aside-title" }, "Put aside"),
    h("ul", { class: "sm-plain-list", role: "list" }, view.aside.map((file) => h("li", { key: file.sha256 }, h("span", { class: "sm-path", dir: "auto" }, file.name), " ", h("button", { type: "button", class: "sm-button sm-button-small", onclick: () => app.send("put_aside", { sha256: file.sha256, aside: false, why: "" }) }, "Take back")))),
  );
}
