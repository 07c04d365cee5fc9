// The outbox without a browser: a clock, a storage and a health check of straw.
// Run by tests/frontend/test_outbox.py, or: node --test tests/frontend/outbox.test.mjs
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

const source = readFileSync(new URL("../../skillmatrix/widgets/static/outbox.js", import.meta.url), "utf8");
const createOutbox = new Function(`${source}; return createOutbox;`)();

function storage(initial = {}) {
  const held = new Map(Object.entries(initial));
  return { held, getItem: (key) => held.get(key) ?? null, setItem: (key, value) => held.set(key, value), removeItem: (key) => held.delete(key) };
}

function setUp({ alive = true, kept = storage(), key = "k", health = true, reload = true } = {}) {
  const world = { time: 0, typing: false, alive, sent: [], reloads: 0, kept, serial: 0 };
  world.box = createOutbox({
    key,
    send: (message) => world.sent.push(message),
    health: health ? async () => world.alive : null,
    reload: reload ? () => (world.reloads += 1) : null,
    typing: () => world.typing,
    now: () => world.time,
    storage: kept,
    timers: { setInterval: () => 0, clearInterval() {}, setTimeout() {} },
    newCommandId: () => `id${(world.serial += 1)}`,
  });
  world.pass = async (ms, step = 250) => {
    for (let gone = 0; gone < ms; gone += step) {
      world.time += step;
      await world.box.watch();
    }
  };
  return world;
}

test("a command is in storage until it is acknowledged", () => {
  const { box, kept } = setUp();
  const id = box.command("rate", { skill: "a", value: 3 });
  assert.equal(JSON.parse(kept.held.get("k"))[0].id, id);
  assert.equal(box.status().word, "saving");

  box.receive({ kind: "ack", id, saved_at: "2026-11-22T12:03:11+00:00" });

  assert.equal(kept.held.has("k"), false);
  assert.deepEqual([box.status().word, box.status().savedAt], ["saved", "2026-11-22T12:03:11+00:00"]);
});

test("what an earlier page left is sent again with the same id", () => {
  const kept = storage({ k: JSON.stringify([{ kind: "command", id: "old", name: "rate", base: 4, args: { skill: "a", value: 3 } }]) });
  const { sent } = setUp({ kept });

  assert.deepEqual(sent, [{ kind: "command", id: "old", name: "rate", base: 4, args: { skill: "a", value: 3 } }]);
});

test("held commands of one subject become one, kept from the first key", () => {
  const { box, sent, kept } = setUp();
  box.command("note", { text: "a" }, { coalesce: "note:x", delay: 600 });
  box.command("note", { text: "ab" }, { coalesce: "note:x", delay: 600 });

  assert.equal(sent.length, 0);
  assert.deepEqual(JSON.parse(kept.held.get("k")).map((item) => item.args.text), ["ab"]);
  box.flush();
  assert.deepEqual(sent.map((message) => message.args.text), ["ab"]);
});

test("two tabs with one key do not remove each other's commands", () => {
  const kept = storage();
  const one = setUp({ kept });
  const two = setUp({ kept });
  two.serial = 100;
  const first = one.box.command("rate", { value: 1 });
  two.box.command("rate", { value: 2 });
  one.box.receive({ kind: "ack", id: first });

  assert.deepEqual(JSON.parse(kept.held.get("k")).map((item) => item.args.value), [2]);
});

test("a server that is gone: offline, then a reload when it is back", async () => {
  const world = setUp({ alive: false });
  world.box.command("rate", { value: 1 });
  await world.pass(3000);
  assert.equal(world.box.status().word, "offline");
  assert.equal(world.reloads, 0);

  world.alive = true;
  await world.pass(5000);
  assert.equal(world.reloads, 1);
  assert.equal(JSON.parse(world.kept.held.get("k")).length, 1);
});

test("a short absence is over without a reload when the kernel still lives", async () => {
  const world = setUp({ alive: false });
  const id = world.box.command("rate", { value: 1 });
  await world.pass(3000);
  world.alive = true;
  await world.pass(1250);
  const ping = world.sent.findLast((message) => message.name === "ping");
  world.box.receive({ kind: "ack", id: ping.id });

  assert.deepEqual([world.box.status().word, world.reloads], ["saving", 0]);
  assert.equal(world.sent.filter((message) => message.id === id).length, 2);
});

test("a dead kernel is reloaded three times in a minute, then the page waits for a person", async () => {
  const kept = storage();
  for (let round = 0; round < 3; round += 1) {
    const world = setUp({ kept });
    world.box.command("rate", { value: round });
    await world.pass(6000);
    assert.equal(world.reloads, 1);
  }
  const last = setUp({ kept });
  await last.pass(6000);
  assert.deepEqual([last.reloads, last.box.status().word], [0, "stuck"]);
});

test("nobody is interrupted in the middle of a word: the reload waits for a pause", async () => {
  const world = setUp();
  world.typing = true;
  world.box.command("note", { text: "half a sen" });
  await world.pass(20000);
  assert.equal(world.reloads, 0);

  world.typing = false;
  await world.pass(250);
  assert.equal(world.reloads, 1);
});

test("a kernel busy with a chart is not taken for dead", async () => {
  const world = setUp();
  world.box.request("figure", {}, { patience: 15000 });
  world.box.command("rate", { value: 1 });
  await world.pass(10000);

  assert.deepEqual([world.reloads, world.box.status().word], [0, "saving"]);
});

test("full or forbidden storage: it goes on in memory and says so", () => {
  const kept = storage();
  kept.setItem = () => {
    throw new Error("quota");
  };
  const { box, sent } = setUp({ kept });
  box.command("rate", { value: 1 });

  assert.equal(sent.length, 1);
  assert.equal(box.status().memoryOnly, true);
});

test("what was done in one meeting is never sent to another", () => {
  const { box, kept } = setUp({ key: "one" });
  box.command("give", { words: "for one" }, { coalesce: "give", delay: 500 });
  box.open("two");

  assert.equal(box.pending().length, 0);
  assert.match(kept.held.get("one"), /for one/);
  assert.equal(kept.held.has("two"), false);

  box.open("one");
  assert.deepEqual(box.pending().map((command) => command.args.words), ["for one"]);
});

test("a refused command leaves the outbox and is listed with its reasons", () => {
  const { box, kept } = setUp();
  const id = box.command("evidence", { id: "e1" });
  const command = box.receive({ kind: "refused", id, problems: [{ where: "date" }] });

  assert.equal(command.args.id, "e1");
  assert.equal(kept.held.has("k"), false);
  assert.equal(box.refused()[0].problems[0].where, "date");
});

test("what the store could not take now is kept and tried again", async () => {
  const world = setUp();
  const id = world.box.command("rate", { value: 1 });
  world.box.receive({ kind: "refused", id, again: true, problems: [{ found: "the disk is full" }] });
  assert.deepEqual([world.box.status().word, world.box.status().pending], ["held", 1]);

  await world.pass(3500);
  assert.equal(world.sent.filter((message) => message.id === id).length, 2);
  world.box.receive({ kind: "ack", id });
  assert.equal(world.box.status().word, "saved");
});

test("in a notebook, with nobody to ask, it says so and goes on trying", async () => {
  const world = setUp({ health: false });
  const id = world.box.command("rate", { value: 1 });
  await world.pass(3000);
  assert.equal(world.box.status().word, "silent");
  await world.pass(6000);

  assert.equal(world.reloads, 0);
  assert.ok(world.sent.filter((message) => message.id === id).length >= 2);
});

test("garbage in storage is nothing, not an error", () => {
  for (const text of ["{", "7", '[null, {"x": 1}]']) assert.equal(setUp({ kept: storage({ k: text }) }).sent.length, 0);
});
