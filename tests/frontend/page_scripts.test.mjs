// Parts of the pages without a browser: a storage, a page and a kernel of straw.
// Run by tests/frontend/test_page_scripts.py, or: node --test tests/frontend/page_scripts.test.mjs
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

const read = (name) => readFileSync(new URL(`../../skillmatrix/widgets/static/${name}`, import.meta.url), "utf8");
const load = (files, names) => new Function(`${files.map(read).join("\n")}; return { ${names.join(", ")} };`)();

function storage(initial = {}) {
  const held = new Map(Object.entries(initial));
  return {
    held,
    get length() {
      return held.size;
    },
    key: (at) => [...held.keys()][at],
    getItem: (key) => held.get(key) ?? null,
    setItem: (key, value) => held.set(key, value),
    removeItem: (key) => held.delete(key),
  };
}

const parts = load(["dom.js", "shell.js", "page_parts.js"], ["remember", "createDrafts", "createQuestions", "draftsOf", "textMark", "fateOf", "saidAgain"]);

test("what no storage took is said not to be kept", () => {
  const kept = storage();

  assert.equal(parts.remember(null, "k", 1), false);
  assert.equal(parts.remember(kept, "k", 1), true);
  assert.equal(kept.getItem("k"), "1");
});

test("without storage a draft lives in memory, and only in its own round", () => {
  let code = "a-1";
  const { draft, setDraft } = parts.createDrafts(null, () => parts.draftsOf({ workspace: { id: "w" }, assessment: { code } }));
  setDraft("remark", "half a");

  assert.equal(draft("remark"), "half a");
  code = "a-2";
  assert.equal(draft("remark"), null);
  code = "a-1";
  setDraft("remark", null);
  assert.equal(draft("remark"), null);
});

test("a draft that a full storage refused is the one that is read", () => {
  const kept = storage({ "p.x": '"old"' });
  const { draft, setDraft } = parts.createDrafts(kept, () => "p.");
  const { setItem } = kept;
  kept.setItem = () => {
    throw new Error("full");
  };
  setDraft("x", "new");

  assert.equal(draft("x"), "new");
  kept.setItem = setItem;
  setDraft("x", "newer");
  assert.equal(draft("x"), "newer");
  assert.equal(kept.getItem("p.x"), '"newer"');
});

test("a question is answered or refused once, and nothing else is taken for one", async () => {
  let serial = 0;
  const { ask, answered, refused } = parts.createQuestions(() => `id${(serial += 1)}`);
  const first = ask("a", {});
  const second = ask("b", {});

  assert.equal(answered({ id: "id9" }), false);
  assert.equal(answered({ id: "id1", file: 1 }), true);
  assert.equal(refused("id2", [{ where: "b" }]), true);
  assert.equal(refused("id2", []), false);
  assert.deepEqual(await first, { id: "id1", file: 1 });
  await assert.rejects(second, ({ problems }) => problems[0].where === "b");
});

test("a decision about a note never applies to other words", () => {
  const fates = { mlops: { fate: "delete", mark: parts.textMark("Ask K.") } };

  assert.equal(parts.fateOf(fates, "mlops", "Ask K."), "delete");
  assert.equal(parts.fateOf(fates, "mlops", "Ask K. again"), null);
  assert.equal(parts.fateOf(fates, "python", "Ask K."), null);
  assert.equal(parts.fateOf({ mlops: "delete" }, "mlops", "Ask K."), null);
  assert.equal(JSON.stringify(fates).includes("Ask"), false);
});

test("words are taken back only where no newer ones of the same thing are on their way", () => {
  const note = (skill, text) => ({ name: "note", args: { skill, text } });
  const entry = (kind, content) => ({ name: "enter", args: { kind, content } });

  assert.equal(parts.saidAgain(note("mlops", "A"), [note("mlops", "AB")]), true);
  assert.equal(parts.saidAgain(note("mlops", "A"), [note("python", "AB")]), false);
  assert.equal(parts.saidAgain(note("mlops", "A"), [{ name: "rate", args: { skill: "mlops" } }]), false);
  assert.equal(parts.saidAgain(entry("action", { id: "x" }), [entry("action", { id: "x" })]), true);
  assert.equal(parts.saidAgain(entry("action", { id: "x" }), [entry("done", { id: "x" })]), false);
  assert.equal(parts.saidAgain(entry("action", { id: "x", skill: "mlops" }), [entry("action", { id: "y", skill: "mlops" })]), false);
  assert.equal(parts.saidAgain(entry("remark", { skill: null, text: "A" }), [entry("remark", { skill: null, text: "B" })]), false);
});

function planPage(own = {}, lock = null) {
  const drafts = new Map();
  const sent = [];
  return {
    sent,
    state: { lock, own_plan: own },
    said: [],
    draft: (name) => (drafts.has(name) ? structuredClone(drafts.get(name)) : null),
    setDraft: (name, value) => (value === null ? drafts.delete(name) : drafts.set(name, structuredClone(value))),
    send(name, args) {
      sent.push(args);
      return "id";
    },
    stayLocked() {
      this.said.push("locked");
    },
    announce(text) {
      this.said.push(text);
    },
    repaint() {},
    focusSoon() {},
  };
}

const plans = load(["dom.js", "evidence_form.js", "readings.js", "plan_own.js"], ["setPlan", "takeBackPlan", "setPast", "setAction", "removeAction", "ownPlan", "hasPlanDraft"]);

test("a refused plan comes back whole, with the step that was remembered, and goes with the next change", () => {
  const page = planPage();
  plans.takeBackPlan(page, { skill: "mlops", entry: { past_weeks: 6, past_step: "data querying from 2 to 3" } });
  const own = plans.ownPlan(page, "mlops");

  assert.equal(own.draft.past_step, "data querying from 2 to 3");
  assert.equal(plans.hasPlanDraft(own), true);
  plans.setPlan(page, "mlops", { opportunity: true });
  assert.deepEqual(page.sent, [{ skill: "mlops", entry: { opportunity: true, past_weeks: 6, past_step: "data querying from 2 to 3" } }]);
  assert.equal(page.draft("plan.mlops"), null);
});

test("only the step remembered is a draft too", () => {
  const page = planPage();
  plans.takeBackPlan(page, { skill: "mlops", entry: { past_step: "x" } });

  assert.notEqual(page.draft("plan.mlops"), null);
  plans.setPlan(page, "mlops", { past_step: "y" });
  assert.equal(page.sent[0].entry.past_step, "y");
});

test("a locked round sends nothing, keeps its drafts and announces nothing", () => {
  const action = { id: "x", text: "Lead it" };
  const page = planPage({ mlops: { actions: [action] } }, { at: "2026-11-22" });
  page.setDraft("plan.mlops", { effort: { 4: ["2", "6", "20"] }, actions: { y: { text: "Ask Kim", due: null, done: null } } });
  const before = page.draft("plan.mlops");
  plans.setPlan(page, "mlops", { opportunity: true });
  plans.setPast(page, "mlops", "6");
  plans.removeAction(page, "mlops", "x");

  assert.equal(plans.setAction(page, "mlops", "y", { text: "Ask Kim" }), null);
  assert.deepEqual(page.sent, []);
  assert.deepEqual(page.draft("plan.mlops"), before);
  assert.deepEqual([...new Set(page.said)], ["locked"]);
});

const handing = load(["dom.js", "hand_over.js"], ["keepAfterLock", "STILL_FIELDS"]);

test("figures typed in a tab that did not know of the lock are kept as words", () => {
  const page = { ...planPage(), skill: () => ({ title: "MLOps" }) };
  const entry = { opportunity: true, past_weeks: 1, effort: [{ level: 4, optimistic: 2, likely: 6.5, pessimistic: 20 }], actions: [{ id: "x", text: "Lead it", due: "2027-01-15" }] };
  handing.keepAfterLock(page, { name: "own_plan", args: { skill: "mlops", entry } });
  handing.keepAfterLock(page, { name: "record", args: { id: "k1", entry: { item: "kpi-mttr", value: 3.5, unit: "hours" } } });
  const [plan, reading] = page.draft("after-lock");

  assert.deepEqual(plan.text.split("\n"), ["A project can show it", "A comparable step took 1 week", "To 4: 2, 6.5, 20 weeks", "Lead it, by 15 January 2027"]);
  assert.match(reading.text, /3\.5/);
});

const meeting = load(["dom.js", "mentor_actions.js"], ["takeBack", "setActionDraft"]);

function talk(waiting = []) {
  return { ...planPage(), state: { mentor: { waiting, said: { actions: [] } } }, keep() {} };
}

test("a refused action never takes the place of one that is being typed", () => {
  const page = talk();
  page.setDraft("action", { id: null, text: "Half a" });
  const refused = { id: "a-1", text: "Lead it", owner: "self", skill: null, due: null, opportunity: null };
  meeting.takeBack(page, { name: "enter", args: { kind: "action", content: refused } });

  assert.equal(page.draft("action").text, "Half a");
  assert.deepEqual(page.draft("actions"), { "a-1": refused });
  meeting.setActionDraft(page, "a-1", { ...refused, text: "Lead it now" });
  meeting.takeBack(page, { name: "enter", args: { kind: "action", content: refused } });
  assert.equal(page.draft("actions")["a-1"].text, "Lead it now");
  meeting.setActionDraft(page, "a-1", null);
  assert.equal(page.draft("actions"), null);
});

test("an action of the last session that was only taken over is no draft", () => {
  const before = { id: "a1", text: "Lead a review", owner: "self", skill: "mlops", due: "2026-01-15", opportunity: null, title: "MLOps" };
  const page = talk([before]);
  const { title, ...content } = before;
  meeting.takeBack(page, { name: "enter", args: { kind: "action", content } });

  assert.equal(page.draft("actions"), null);
  assert.equal(title, "MLOps");
});

test("a refused remark stands before the one that is being typed", () => {
  const page = talk();
  page.setDraft("remark", "Half a");
  meeting.takeBack(page, { name: "enter", args: { kind: "remark", content: { skill: null, text: "Whole" } } });

  assert.equal(page.draft("remark"), "Whole\n\nHalf a");
});

const { createHomeImport } = load(["dom.js", "shell.js", "import_rows.js", "home_import.js"], ["createHomeImport"]);

/* A page that answers a preview when it is told to, in any order. */
function importing() {
  const asked = [];
  const page = {
    asked,
    repaint() {},
    focusSoon() {},
    announce() {},
    arrived() {},
    ladders: () => [{ id: "ml" }],
    ask: (name, args) => new Promise((answer, refuse) => asked.push({ name, args, answer, refuse })),
  };
  return { page, made: createHomeImport(page) };
}

const preview = (rated, people = []) => ({
  preview: { kind: "table", rated, refused: [], columns: [], sheets: [], assessments: people.length ? people.map((person) => ({ person })) : [{ person: "" }] },
});
const settled = () => new Promise((done) => setTimeout(done));

async function shown(people) {
  globalThis.FileReader = class {
    readAsDataURL() {
      this.result = "data:,AAAA";
      this.onload();
    }
  };
  const world = importing();
  world.made.take({ name: "t.csv", size: 4 });
  await settled();
  world.page.asked[0].answer(preview(2, people));
  await settled();
  return world;
}

test("an earlier answer never undoes a later choice", async () => {
  const { page, made } = await shown([]);
  made.tell({ levels: { one: 1 } });
  made.tell({ levels: { one: 1, two: 2 } });
  page.asked[2].answer(preview(4));
  await settled();
  page.asked[1].answer(preview(3));
  await settled();

  assert.deepEqual(made.held().told.levels, { one: 1, two: 2 });
  assert.equal(made.held().preview.rated, 4);
});

test("an earlier refusal does not put the table away, and a table put away stays so", async () => {
  const { page, made } = await shown([]);
  made.tell({ levels: { one: 1 } });
  made.tell({ levels: { two: 2 } });
  page.asked[1].refuse(new Error("late"));
  await settled();
  assert.equal(made.held().phase, "preview");

  made.cancel();
  page.asked[2].answer(preview(4));
  await settled();
  assert.equal(made.held(), null);
});

test("another sheet or other columns forget who was chosen", async () => {
  const { page, made } = await shown(["Ana", "Kim"]);
  for (const change of [{ sheet: "2025" }, { columns: { Name: "person" } }]) {
    made.tell({ person: "Kim" });
    page.asked.at(-1).answer(preview(1, ["Kim"]));
    await settled();
    made.tell(change);

    assert.equal(page.asked.at(-1).args.person, "");
    page.asked.at(-1).answer(preview(2, ["Lee", "Noor"]));
    await settled();
    assert.deepEqual(made.held().people, ["Lee", "Noor"]);
  }
});

test("a name that was typed outlives what is said about the columns", async () => {
  const { page, made } = await shown([]);
  made.name("Kim");
  page.asked.at(-1).answer(preview(2));
  await settled();
  made.tell({ columns: { Colour: "note" } });
  page.asked.at(-1).answer(preview(2));
  await settled();
  made.store();

  assert.equal(page.asked.at(-1).name, "import_table");
  assert.equal(page.asked.at(-1).args.person, "Kim");
});

const { clearLeftovers, leftoverCodes } = load(["leftovers.js"], ["clearLeftovers", "leftoverCodes"]);

test("every page forgets the places of what was erased, and of nothing else", () => {
  const pages = ["self_review", "mentor_session", "calibration", "interview_panel"];
  const places = storage(Object.fromEntries(pages.flatMap((page) => [[`skillmatrix.ui.${page}.a-gone`, "{}"], [`skillmatrix.ui.${page}.a-gone.place`, "{}"], [`skillmatrix.ui.${page}.a-kept`, "{}"]])));
  const drafts = storage({ "skillmatrix.draft.w.a-gone.remark": '"x"', "skillmatrix.outbox.w.a-gone": "[]", "skillmatrix.draft.other.a-gone.remark": '"x"', "skillmatrix.theme": "dark" });
  const state = { workspace: { id: "w" }, assessments: [{ code: "a-kept" }] };

  assert.deepEqual(leftoverCodes(drafts, state), ["a-gone"]);
  clearLeftovers([drafts, places], "w", ["a-gone"]);
  assert.deepEqual([...places.held.keys()], pages.map((page) => `skillmatrix.ui.${page}.a-kept`));
  assert.deepEqual([...drafts.held.keys()], ["skillmatrix.draft.other.a-gone.remark", "skillmatrix.theme"]);
});
