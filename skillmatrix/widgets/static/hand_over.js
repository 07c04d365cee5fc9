/* hand_over.js: step 6 of the self-review: what crosses to another person, field by field, and the
   lock. The kernel says what a packet would hold; nothing leaves before a person downloads it. */

const READERS = [
  ["mentor", "My mentor or manager", "Reads it with you: your name, ratings, evidence, case, plan, and the notes you share."],
  ["calibration", "A calibration session", "Several people read it before they meet. They see your code and not your name, and of the notes those for the panel."],
];
const READER_WORDS = { mentor: "For my mentor or manager", calibration: "For a calibration session" };

function askHandOver(app) {
  const held = (app.handOver ||= { view: null, problems: null, wish: null });
  const audience = app.ui.reader || "mentor";
  if (held.view && held.view.audience !== audience) held.view = null;
  askOnce(app, held, "hand_over", { audience });
}

function handOverView(app) {
  const { lock } = app.state;
  const { view, problems } = app.handOver || {};
  return h(
    "div",
    { class: "sm-hand-over", key: "hand-over" },
    h(
      "header",
      { class: "sm-hand-head" },
      h("h2", { class: "sm-hand-title", tabindex: "-1", "data-focus": "step" }, lock ? "Locked, and ready to hand over" : "Hand over"),
      h("p", { class: "sm-lead-text" }, lock ? `This round is as it was on ${dayText(lock.at)}. Every packet of it says the same levels; what else is in one, you choose.` : "You choose what another person gets. Look it through, hold back what you like, then lock: that closes this round and makes the packet, a file that holds what you chose and nothing else."),
    ),
    lock ? madePackets(app, lock) : null,
    readerChoice(app, lock),
    problems
      ? h("div", { class: "sm-warning", role: "status" }, icon("open"), problemList(problems))
      : view
        ? h("div", { class: "sm-hand-grid" }, h("div", { class: "sm-hand-main" }, manifestSection(app, view), readSection(view), shownSection(app, view)), h("aside", { class: "sm-hand-side", "aria-label": lock ? "Make a packet" : "Lock and hand over" }, lock ? furtherPacket(app, view) : lockPanel(app, view)))
        : h("p", { class: "sm-figure-wait", role: "status" }, "Looking through your round…"),
    keepSection(app),
  );
}

function readerChoice(app, lock) {
  const reader = app.ui.reader || "mentor";
  return h(
    "fieldset",
    { class: "sm-hand-readers", key: "readers" },
    h("legend", { class: "sm-section-title" }, lock ? "Another packet of the same round" : "Who is it for?"),
    h(
      "div",
      { class: "sm-segments sm-segments-wrap" },
      READERS.map(([id, title]) => h("label", { class: "sm-segment", key: id }, h("input", { type: "radio", name: "sm-reader", value: id, "data-focus": `reader-${id}`, checked: reader === id, onchange: () => app.keep({ reader: id, keepFor: null, confirming: false }, true) }), h("span", null, title))),
    ),
    h("p", { class: "sm-hint" }, READERS.find(([id]) => id === reader)[2]),
  );
}

/* What is held back, as the person last said it; the kernel's view follows. */
function heldNow(app) {
  return app.state.held[app.ui.reader || "mentor"];
}

function isHeld(held, part, id) {
  return part === "name" ? held.name : (held[part] || []).includes(id);
}

function holdBack(app, part, ids, back) {
  const held = heldNow(app);
  const audience = app.ui.reader || "mentor";
  const next = part === "name" ? { ...held, name: back } : { ...held, [part]: back ? [...new Set([...held[part], ...ids])] : held[part].filter((id) => !ids.includes(id)) };
  app.send("hold", { audience, ...next }, { coalesce: `hold:${audience}` });
}

const HOLDABLE = ["name", "reasons", "evidence", "notes", "case", "plan"];

function manifestSection(app, view) {
  return h(
    "section",
    { "aria-labelledby": "sm-manifest-title" },
    h("h3", { class: "sm-section-title", id: "sm-manifest-title" }, "What goes, and what stays"),
    h("div", { class: "sm-hand-parts" }, view.parts.filter((part) => part.total || ["notes", "record", "times"].includes(part.id)).map((part) => manifestPart(app, part))),
  );
}

function manifestPart(app, part) {
  const held = heldNow(app);
  const turned = Boolean(app.ui.handOpen?.[part.id]);
  const goes = part.items.filter((item) => itemGoes(part, item, held)).length;
  const stays = !part.items.length || !goes;
  const all = goes === part.total && goes > 0;
  const word = part.id === "times" || (part.id === "record" && part.total) || part.id === "other" ? "stays" : !part.total ? "none" : all ? (part.total === 1 ? "goes" : `all ${part.total} go`) : stays ? (part.total === 1 ? "stays" : `all ${part.total} stay`) : `${goes} of ${part.total} go`;
  const body = [
    part.why ? h("p", { class: "sm-hint", key: "why" }, part.why) : null,
    part.items.length > 3 && HOLDABLE.includes(part.id) && part.items.some((item) => item.may) ? allOrNone(app, part, held) : null,
    part.items.length ? h("ul", { class: "sm-hand-items", role: "list", key: "items" }, part.items.map((item) => manifestItem(app, part, item, held))) : null,
  ];
  return h(
    "details",
    { class: "sm-hand-part", key: part.id, open: turned, ontoggle: (event) => app.keep({ handOpen: { ...app.ui.handOpen, [part.id]: event.currentTarget.open } }) },
    h("summary", null, icon("next", "sm-hand-turn"), h("span", { class: "sm-hand-name" }, part.title), h("span", { class: classes("sm-hand-word", all ? "sm-hand-goes" : stays ? "sm-hand-stays" : "sm-hand-some") }, icon(all ? "check" : stays ? "close" : "open"), word)),
    h("div", { class: "sm-hand-body" }, body),
  );
}

function itemGoes(part, item, held) {
  return item.may ? !isHeld(held, part.id, item.id) : item.goes;
}

function allOrNone(app, part, held) {
  const ids = part.items.filter((item) => item.may).map((item) => item.id);
  const some = ids.some((id) => isHeld(held, part.id, id));
  return h(
    "p",
    { class: "sm-hand-all", key: "all" },
    some ? h("button", { type: "button", class: "sm-link", onclick: () => holdBack(app, part.id, ids, false) }, "Let all go") : null,
    ids.some((id) => !isHeld(held, part.id, id)) ? h("button", { type: "button", class: "sm-link", onclick: () => holdBack(app, part.id, ids, true) }, "Hold all back") : null,
  );
}

function manifestItem(app, part, item, held) {
  const goes = itemGoes(part, item, held);
  const name = h("span", { class: "sm-hand-item-title", dir: "auto" }, item.title);
  const detail = item.detail ? h("span", { class: "sm-quiet" }, ` ${item.detail}`) : null;
  const id = `sm-hand-${part.id}-${item.id}`.replace(/[^\w-]/g, "-");
  return h(
    "li",
    { key: item.id, class: classes("sm-hand-item", !goes && "sm-hand-item-stays") },
    item.may && HOLDABLE.includes(part.id)
      ? h("label", { class: "sm-check" }, h("input", { type: "checkbox", id, "data-focus": id, checked: goes, onchange: (event) => holdBack(app, part.id, [item.id], !event.target.checked) }), h("span", null, name, detail))
      : h("p", { class: "sm-hand-fixed" }, icon(goes ? "check" : "close"), h("span", null, name, detail, hiddenText(goes ? ", goes" : ", stays"))),
    item.text ? h("p", { class: "sm-hand-text", dir: "auto" }, item.text) : null,
    item.stays ? h("p", { class: "sm-hint" }, item.stays) : null,
    item.warns ? h("p", { class: "sm-warning" }, icon("open"), h("span", null, item.warns)) : null,
    item.cost.length ? h("p", { class: goes ? "sm-hint" : "sm-hand-cost" }, goes ? "Without it: " : "Held back: ", item.cost.join(" ")) : null,
    part.id === "notes" && !item.may && !app.state.lock ? shareButton(app, item) : null,
  );
}

/* A private note becomes one for others only by a click on these words. */
function shareButton(app, item) {
  const panel = (app.ui.reader || "mentor") === "calibration";
  const share = () => app.send("note", { skill: item.id, text: app.state.notes[item.id].text, visibility: panel ? "panel" : "shared" }, { coalesce: `note:${item.id}` });
  return h("button", { type: "button", class: "sm-button sm-button-small", "data-focus": `share-${item.id}`, onclick: share }, panel ? "Show it to the panel, and to my mentor" : "Share it with my mentor", hiddenText(`: note on ${item.title}`));
}

/* All that leaves, as a text; and the same as it stands in the file. */
function readSection(view) {
  return h(
    "section",
    { "aria-labelledby": "sm-read-title" },
    h("h3", { class: "sm-section-title", id: "sm-read-title" }, "Read it before it leaves"),
    h("p", { class: "sm-quiet" }, "Every word of the packet, and nothing that is not in it."),
    h(
      "details",
      { class: "sm-more sm-hand-read", key: "read", "data-print": "" },
      h("summary", null, "What the reader gets"),
      h(
        "div",
        { class: "sm-hand-document" },
        view.document.map((chapter) =>
          h(
            "section",
            { key: chapter.title, "aria-label": chapter.title },
            h("h4", null, chapter.title),
            chapter.entries.map((entry, at) => [
              entry.title ? h("h5", { key: `title-${at}`, dir: "auto" }, entry.title) : null,
              h("dl", { key: `rows-${at}` }, entry.rows.map(([label, text], row) => h("div", { key: `${label}-${row}` }, h("dt", null, label), h("dd", { dir: "auto" }, text)))),
            ]),
          ),
        ),
      ),
    ),
    h("details", { class: "sm-more", key: "file" }, h("summary", null, "The same as it stands in the file"), h("pre", { class: "sm-hand-file", tabindex: "0", role: "region", "aria-label": "The assessment in the packet, as text" }, view.file)),
  );
}

/* Claimed by her, shown by what can be opened, confirmed by somebody else. */
function shownSection(app, view) {
  if (app.framework.asks_evidence === false) return null;
  const rated = view.levels.filter((row) => row.claimed !== null);
  const shown = rated.filter((row) => row.shown === row.claimed).length;
  const confirmed = rated.filter((row) => row.confirmed === row.claimed).length;
  return h(
    "section",
    { "aria-labelledby": "sm-shown-title" },
    h("h3", { class: "sm-section-title", id: "sm-shown-title" }, "Claimed, shown, confirmed"),
    h("p", { class: "sm-quiet" }, rated.length ? `Of ${plural(rated.length, "level")} in this packet, ${shown} ${shown === 1 ? "is" : "are"} shown in full by the evidence the ladder asks for, and ${confirmed} ${confirmed === 1 ? "is" : "are"} confirmed in full by somebody else. Not confirmed is not wrong: nobody has said anything yet.` : "Nothing is rated yet."),
    rated.length ? h("details", { class: "sm-more", key: "levels", "data-print": "" }, h("summary", null, "Every skill"), h("div", { class: "sm-table-scroll", tabindex: "0", role: "region", "aria-label": "Claimed, shown and confirmed levels, table" }, shownTable(app, view))) : null,
  );
}

function shownTable(app, view) {
  const own = view.levels.some((row) => row.own);
  const states = new Map(app.framework.state_words.map((entry) => [entry.id, entry.title]));
  const titles = ["Skill", "Claimed", "Shown", "Confirmed", "Items that count", ...(own ? ["In your own copy"] : [])];
  return h(
    "table",
    { class: "sm-table" },
    h("thead", null, h("tr", null, titles.map((title) => h("th", { scope: "col" }, title)))),
    app.framework.areas.map((area) =>
      h(
        "tbody",
        { key: area.id },
        h("tr", { class: "sm-table-area" }, h("th", { colspan: String(titles.length), scope: "rowgroup" }, area.title)),
        view.levels
          .filter((row) => row.area === area.id)
          .map((row) =>
            h(
              "tr",
              { key: row.skill },
              h("th", { scope: "row" }, skillLink(app, row.skill, row.title)),
              row.claimed === null ? h("td", { colspan: "3" }, states.get(row.state) || "Not applicable") : [h("td", null, row.claimed), h("td", null, row.shown), h("td", null, row.confirmed ?? "nobody yet")],
              h("td", null, row.items ? `${row.items}${row.vouched ? `, ${row.vouched} confirmed` : ""}` : "–"),
              own ? h("td", null, row.own ? `shown ${row.own.shown ?? "–"}, confirmed ${row.own.confirmed ?? "–"}` : "the same") : null,
            ),
          ),
      ),
    ),
  );
}

/* The lock. */
function privateNotes(app) {
  return app.framework.skills.filter((skill) => app.state.notes?.[skill.id]?.visibility === "private" && app.state.notes[skill.id].text).map((skill) => ({ skill, note: app.state.notes[skill.id], fate: fateOf(app.ui.fates, skill.id, app.state.notes[skill.id].text) || "keep" }));
}

function readerVerdict(view) {
  const shape = { READY: "check", "NOT YET": "cross", OPEN: "open" }[view.verdict.word];
  return h("p", { class: "sm-hand-verdict" }, h("span", { class: "sm-label" }, "As the packet says it"), h("span", { class: `sm-verdict-${shape}` }, icon(shape), h("b", null, view.verdict.label)));
}

function lockPanel(app, view) {
  const notes = privateNotes(app);
  const fresh = view.seq === app.state.seq && !app.waiting();
  return h(
    "div",
    { class: "sm-hand-panel", key: "lock" },
    h("h3", null, "Lock and hand over"),
    h("p", null, "The lock closes this round for good: nothing in it changes afterwards, and it cannot be undone. You go on in a new round, from where this one stands."),
    view.levels.some((row) => row.claimed !== null) ? null : h("p", { class: "sm-warning" }, icon("open"), h("span", null, "Nothing is rated yet: this packet would say no level at all.")),
    readerVerdict(view),
    view.locking.length
      ? h("div", null, h("p", { class: "sm-label" }, "Other than in your draft"), h("ul", { class: "sm-plain-list sm-hand-locking" }, view.locking.map((text) => h("li", { key: text }, text))), h("p", { class: "sm-hint" }, "A draft leaves a rule for evidence open while more may come. A locked round does not."))
      : null,
    notes.length ? fateOfNotes(app, notes) : null,
    app.ui.confirming ? confirmLock(app, view, notes, fresh) : h("button", { type: "button", class: "sm-button sm-button-main", "data-focus": "lock", onclick: () => app.keep({ confirming: true }, true, "lock-confirm") }, "Lock and make the packet…"),
  );
}

function fateOfNotes(app, notes) {
  const choose = (id, fate, text) => app.keep({ fates: { ...app.ui.fates, [id]: { fate, mark: textMark(text) } }, sureDelete: null }, true);
  return h(
    "fieldset",
    { class: "sm-hand-private" },
    h("legend", null, h("b", null, notes.length === 1 ? "1 private note" : `${notes.length} private notes`)),
    h("p", { class: "sm-hint" }, "A locked round keeps no private note: what you keep moves to your next round, which begins with the lock."),
    notes.map(({ skill, note, fate }) =>
      h(
        "div",
        { class: "sm-field", key: skill.id },
        h("label", { for: `sm-fate-${skill.id}` }, skill.title),
        h("p", { class: "sm-hand-snippet", dir: "auto" }, note.text.length > 140 ? `${note.text.slice(0, 140)}…` : note.text),
        h("select", { id: `sm-fate-${skill.id}`, class: "sm-input", "data-focus": `fate-${skill.id}`, value: fate, onchange: (event) => choose(skill.id, event.target.value, note.text) }, h("option", { value: "keep" }, "Keep it for my next round"), h("option", { value: "delete" }, "Delete it for good")),
      ),
    ),
    h("p", { class: "sm-hint" }, "To let one go instead, open Notes in the list of what goes, and share it there."),
  );
}

function confirmLock(app, view, notes, fresh) {
  const reader = app.ui.reader || "mentor";
  const deleted = notes.filter((entry) => entry.fate === "delete");
  const gone = deleted.length;
  const kept = notes.length - gone;
  const confirmed = deleted.map(({ skill, note }) => `${skill.id} ${textMark(note.text)}`).join(", ");
  const sure = fresh && (!gone || app.ui.sureDelete === confirmed);
  const cancel = () => app.keep({ confirming: false, sureDelete: null }, true, "lock");
  const lines = [
    `The packet is made: ${READER_WORDS[reader].toLowerCase()}.`,
    kept ? `${plural(kept, "private note")} ${kept === 1 ? "moves" : "move"} to your next round, which begins now.` : null,
    "This round is closed to changes, also yours.",
  ];
  return h(
    "div",
    { class: "sm-hand-confirm", role: "group", "aria-labelledby": "sm-lock-confirm", onkeydown: (event) => event.key === "Escape" && cancel() },
    h("h4", { id: "sm-lock-confirm", tabindex: "-1", "data-focus": "lock-confirm" }, "Lock this round?"),
    h("ul", { class: "sm-plain-list" }, lines.filter(Boolean).map((text) => h("li", { key: text }, text))),
    gone ? h("label", { class: "sm-check" }, h("input", { type: "checkbox", "data-focus": "sure-delete", checked: app.ui.sureDelete === confirmed, onchange: (event) => app.keep({ sureDelete: event.target.checked ? confirmed : null }, true) }), h("span", null, `Delete ${plural(gone, "private note")} for good; nobody can bring ${gone === 1 ? "it" : "them"} back`)) : null,
    h(
      "p",
      { class: "sm-hand-buttons" },
      h("button", { type: "button", class: "sm-button sm-button-main", "data-focus": "lock-now", "aria-disabled": sure ? "false" : "true", onclick: () => {
        if (!sure) return app.announce(fresh ? "Confirm first that the notes are deleted." : "Wait until everything is saved.");
        app.keep({ confirming: false, fates: {}, sureDelete: null });
        return app.send("lock", { audience: reader, seq: view.seq, private: Object.fromEntries(notes.map(({ skill, fate }) => [skill.id, fate])) });
      } }, fresh ? "Lock this round" : "Saving first…"),
      h("button", { type: "button", class: "sm-button", onclick: cancel }, "Go back"),
    ),
  );
}

/* After the lock. */
function madePackets(app, lock) {
  const fetchFile = (id) =>
    app.ask("packet_file", { id }, { patience: 10000 }).then(
      ({ filename, data }) => saveFile(filename, data),
      ({ problems }) => app.toast("The packet could not be given out.", { kind: "problem", stay: true, detail: problemList(problems || []) }),
    );
  return h(
    "section",
    { class: "sm-hand-made", key: "made", "aria-labelledby": "sm-made-title" },
    h("h3", { class: "sm-section-title", id: "sm-made-title" }, lock.packets.length === 1 ? "Your packet" : "Your packets"),
    h(
      "ul",
      { class: "sm-hand-packets", role: "list" },
      lock.packets.map((packet) =>
        h(
          "li",
          { key: packet.id, class: "sm-hand-packet" },
          h("div", null, h("p", { class: "sm-hand-packet-title" }, READER_WORDS[packet.audience]), h("p", { class: "sm-quiet" }, packetWords(packet)), h("p", { class: "sm-quiet sm-hand-hash" }, `${packet.filename} · ${packet.sha256.slice(0, 12)}`)),
          h("button", { type: "button", class: "sm-button sm-button-main", "data-focus": `packet-${packet.id}`, onclick: () => fetchFile(packet.id) }, icon("file"), "Download", hiddenText(` the packet ${READER_WORDS[packet.audience].toLowerCase()}`)),
        ),
      ),
    ),
    h("p", { class: "sm-quiet" }, "Give the file to its reader yourself, by whatever way you trust. The first digits of its hash, read out to each other, show that it arrived as you made it."),
  );
}

const PACKET_KINDS = { evidence: ["item of evidence", "items of evidence"], notes: ["note", "notes"], case: ["paragraph", "paragraphs"], plan: ["part of the plan", "parts of the plan"], reasons: ["reason", "reasons"], ratings: ["skill answered", "skills answered"] };

function packetWords(packet) {
  const count = (counts) => Object.entries(PACKET_KINDS).filter(([kind]) => counts[kind]).map(([kind, [one, many]]) => plural(counts[kind], one, many)).join(", ");
  const left = [packet.left_out.name ? "the name" : "", count(packet.left_out)].filter(Boolean).join(", ");
  return `Made ${dayText(packet.at)} at ${clockTime(packet.at).slice(0, 5)}. In it: ${count(packet.included) || "the aim"}.${left ? ` Left out: ${left}.` : ""}`;
}

function furtherPacket(app, view) {
  const reader = app.ui.reader || "mentor";
  const fresh = view.seq === app.state.seq && !app.waiting();
  return h(
    "div",
    { class: "sm-hand-panel", key: "further" },
    h("h3", null, READER_WORDS[reader]),
    h("p", null, "Made from the same locked round, with what is chosen here."),
    readerVerdict(view),
    h("button", { type: "button", class: "sm-button", "data-focus": "further", "aria-disabled": fresh ? "false" : "true", onclick: () => fresh && app.send("packet", { audience: reader }) }, "Make this packet"),
  );
}

/* A locked round, wherever one is on the page. */
function lockedBanner(app) {
  const { lock } = app.state;
  const kept = app.draft("after-lock") || [];
  return h(
    "div",
    { class: "sm-locked-banner", key: "locked" },
    h("p", null, h("b", null, "This round is locked. "), `Nothing in it has changed since ${dayText(lock.at)}. `, lock.next ? h("a", { href: lock.next.href }, "Go on in your next round") : h("button", { type: "button", class: "sm-link-strong", "data-focus": "new-round", onclick: () => app.send("new_round", {}) }, "Begin a new round"), lock.next ? "." : " from where it stands."),
    kept.length
      ? h(
          "details",
          { class: "sm-more", open: true },
          h("summary", null, `${plural(kept.length, "change")} made in another tab after the lock: not stored, kept in this browser`),
          h("ul", { class: "sm-locked-kept" }, kept.map((entry, at) => h("li", { key: `${entry.title}-${at}` }, h("b", { dir: "auto" }, entry.title), entry.text ? h("p", { dir: "auto" }, entry.text) : null))),
          h("button", { type: "button", class: "sm-link", onclick: () => {
            app.setDraft("after-lock", null);
            app.repaint();
          } }, "I have no more use for these words"),
        )
      : null,
  );
}

/* What a tab sent that did not know of the lock: kept as words. */
function keepAfterLock(app, { name, args }) {
  const skill = app.skill(args.skill)?.title || args.skill || "";
  const titles = { rate: `${skill}: rated ${args.value}`, note: `Note on ${skill}`, evidence: args.item ? `Evidence: ${args.item.title || ""}` : "Evidence taken out", own_plan: `Plan for ${skill}`, case: "A paragraph of your case", record: "An entry of the record", aim: "Another aim" };
  const words = (value) => (["string", "number"].includes(typeof value) ? [String(value)] : value && typeof value === "object" ? Object.values(value).flatMap(words) : []);
  const said = { note: args.text, case: args.text, evidence: args.item && { ...args.item, title: "", skills: "", types: "", strength: "" }, own_plan: args.entry && planSaid(args.entry), record: args.entry }[name];
  const text = words(said).filter((word) => word.trim()).join("\n");
  app.setDraft("after-lock", [...(app.draft("after-lock") || []), { title: titles[name] || name, text }]);
}

/* What was set down for a step of the plan, as lines. */
function planSaid({ opportunity, past_weeks, past_step, effort = [], cap, actions = [] }) {
  return [
    opportunity === undefined ? "" : opportunity ? "A project can show it" : "No project can show it",
    past_weeks === undefined ? "" : `A comparable step took ${plural(past_weeks, "week")}`,
    past_step || "",
    ...effort.map((step) => `To ${step.level}: ${step.optimistic}, ${step.likely}, ${step.pessimistic} weeks`),
    cap === undefined ? "" : `At most ${cap} in time`,
    ...actions.map(({ text, due, done }) => [text, due ? `by ${dayText(due)}` : "", done ? `done ${dayText(done)}` : ""].filter(Boolean).join(", ")),
  ];
}

/* Fields of a locked round stand still, and buttons that would change it are away; what only shows
   something else works. */
const STILL_FIELDS = [".sm-aim", ".sm-panel", ".sm-record-main", ".sm-criterion", ".sm-own-form", ".sm-next", ".sm-case-main"];
const STILL_BUTTONS = [".sm-panel", ".sm-record-main", ".sm-own-form"];
const STILL_WORKS = "[aria-expanded], [data-focus^='skill-'], [data-focus^='readings-'], .sm-skill-back, .sm-button-main:not([aria-disabled])";

function standStill(place) {
  const inside = (parts, what) => place.querySelectorAll(parts.map((part) => `${part} ${what}`).join(", "));
  for (const field of inside(STILL_FIELDS, ":is(input, select, textarea)")) {
    if (field.tagName === "TEXTAREA") field.readOnly = true;
    else field.disabled = true;
  }
  for (const button of inside(STILL_BUTTONS, "button")) if (!button.matches(STILL_WORKS)) button.classList.add("sm-away");
}
