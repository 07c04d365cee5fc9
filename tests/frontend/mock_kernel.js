/* mock_kernel.js: a kernel in the page, for looking at the pages and for tests of the browser side.

   It follows docs/page-protocol.md, keeps its events in sessionStorage so that a reload finds them,
   and can be slow, silent or gone: window.mock.delay, .silent, .serverGone, .refuse. Its scoring
   is a sketch of the real rules, good enough to move every mark on the screen. */

(() => {
  const data = JSON.parse(document.getElementById("mock-data").textContent);
  const options = new URLSearchParams(location.search);
  const KEY = `mock.events.${data.page}`;
  const mock = {
    delay: Number(options.get("delay") ?? 20),
    silent: options.has("silent"),
    serverGone: options.has("gone"),
    refuse: null, // name of a command to refuse once
    sent: [],
    answered: 0,
  };
  window.mock = mock;

  const realFetch = window.fetch;
  window.fetch = (url, init) => {
    if (String(url).includes("/skillmatrix/health")) {
      return mock.serverGone ? Promise.reject(new TypeError("gone")) : Promise.resolve(new Response('{"ok":true,"boot":"mock"}'));
    }
    return realFetch(url, init);
  };

  const load = () => JSON.parse(sessionStorage.getItem(KEY) || "null") || data.events || [];
  let events = load();
  const store = () => sessionStorage.setItem(KEY, JSON.stringify(events));
  const now = () => new Date().toISOString();
  const framework = data.framework;
  const nothingHeld = () => ({ name: false, reasons: [], notes: [], evidence: [], case: [], plan: [] });
  const byId = Object.fromEntries(framework.skills?.map((skill) => [skill.id, skill]) || []);

  function fold() {
    const undone = new Set();
    const stack = [];
    const redo = [];
    for (const event of events) {
      if (event.name === "undo") {
        const last = stack.pop();
        if (last) {
          undone.add(last.id);
          redo.push(last);
        }
      } else if (event.name === "redo") {
        const last = redo.pop();
        if (last) {
          undone.delete(last.id);
          stack.push(last);
        }
      } else {
        stack.push(event);
        redo.length = 0;
      }
    }
    const held = { aim: structuredClone(data.aim), ratings: {}, notes: {}, evidence: {}, declared: {}, own_plan: {}, case: {}, record: {}, held: { mentor: nothingHeld(), calibration: nothingHeld() } };
    for (const event of events) {
      if (undone.has(event.id)) continue;
      const { args } = event;
      if (event.name === "aim") held.aim = args;
      if (event.name === "rate") held.ratings[args.skill] = { value: args.value, at: event.at };
      if (event.name === "note") held.notes[args.skill] = { text: args.text, visibility: args.visibility, at: event.at };
      if (event.name === "evidence") {
        if (args.item) held.evidence[args.id] = args.item;
        else delete held.evidence[args.id];
      }
      if (event.name === "case") held.case[args.part] = { text: args.text, evidence: args.evidence };
      if (event.name === "own_plan") {
        if (args.entry) held.own_plan[args.skill] = args.entry;
        else delete held.own_plan[args.skill];
      }
      if (event.name === "hold") held.held[args.audience] = { ...nothingHeld(), ...args, audience: undefined };
      if (event.name === "record") {
        if (args.entry) held.record[args.id] = { text: "", ...args.entry };
        else delete held.record[args.id];
      }
      if (event.name === "readings_import") for (const entry of args.entries) held.record[entry.id] = entry;
      if (event.name === "no_more_evidence") held.declared[args.rule] = args.declared;
    }
    const label = (event) => {
      if (!event) return null;
      if (event.name === "rate") return `${byId[event.args.skill]?.title} rated ${event.args.value}`;
      if (event.name === "own_plan") return `${byId[event.args.skill]?.title}: plan`;
      return { note: "note changed", evidence: event.args.item ? "evidence changed" : "evidence removed", aim: "aim changed", record: "record changed", readings_import: `${event.args.entries?.length} readings from ${event.args.filename}`, no_more_evidence: "declaration changed" }[event.name] || event.name;
    };
    held.can_undo = label(stack[stack.length - 1]);
    held.can_redo = label(redo[redo.length - 1]);
    return held;
  }

  const filled = (text) => typeof text === "string" && text.trim() !== "";

  function strength(item) {
    const sure = filled(item.confirmed_by);
    if (filled(item.measure) && filled(item.method) && sure) return 4;
    if (filled(item.artefact)) return sure ? 3 : 2;
    return filled(item.description) ? 1 : 0;
  }

  const MISSING = ["to count as E1: what you did yourself", "to count as E2: a link or identifier another person can open", "to count as E3: who confirmed it", "to count as E4: the measured outcome and its method", ""];

  function supportedLevel(strengths) {
    const at = (code) => strengths.filter((value) => value >= code).length;
    if (at(3) >= 2 || at(4) >= 1) return 5;
    if (at(2) >= 2 || at(3) >= 1) return 4;
    if (at(2) >= 1) return 3;
    return at(1) >= 1 ? 2 : 1;
  }

  const NEXT = [null, null, "one described instance (E1)", "one reviewable artefact (E2)", "one more E2 item, or one E3", "a second E3 item, or one E4"];

  function stateOf(low, high) {
    return low ? "MET" : high ? "OPEN" : "NOT MET";
  }

  const and = (states) => (states.includes("NOT MET") ? "NOT MET" : states.includes("OPEN") ? "OPEN" : "MET");

  const kpi = (id) => framework.record.flatMap((block) => block.items).find((item) => item.id === id);

  /* A sketch of the comparison: one unit, one limit. */
  function compare(entry) {
    const { target } = kpi(entry.item);
    const told = `${entry.value} ${entry.unit}`;
    if (target.value === null || entry.unit !== target.unit) return { result: "cannot be compared", sentence: `${told}: the target is in ${target.unit}, and nothing is converted.` };
    const reached = ["below", "at-most"].includes(target.comparator) ? entry.value < target.value : entry.value >= target.value;
    return { result: reached ? "target reached" : "target missed", sentence: `${told}, target ${target.text}: ${reached ? "reached" : "missed"}.` };
  }

  function readingRows(held, item) {
    const blank = { period: "", source: "", own_part: "", other_causes: "", text: "" };
    const rows = Object.entries(held.record).filter(([, entry]) => entry.item === item && typeof entry.value === "number");
    return rows.reverse().map(([id, entry]) => ({ ...blank, ...entry, id, evidence: [], ...compare(entry) })).sort((a, b) => b.date.localeCompare(a.date));
  }

  function recordState(held) {
    const answers = {};
    const readings = {};
    for (const [id, entry] of Object.entries(held.record)) {
      if (typeof entry.value !== "number") answers[entry.item] = { answer: null, date: null, at: now(), evidence: [], ...entry, id };
      else if (!readings[entry.item]) {
        const rows = readingRows(held, entry.item);
        readings[entry.item] = { count: rows.length, latest: rows.slice(0, 24), word: rows[0].result, sentence: rows[0].sentence };
      }
    }
    return { answers, readings, counts: {} };
  }

  /* kpi,date,value,unit,source by position; a row without them is refused. */
  function readCsv({ text }) {
    const lines = text.split(/\r?\n/);
    const found = { entries: [], rows: [], refused: [], duplicates: [] };
    lines.slice(1).forEach((line, at) => {
      const [title, date, value, unit, source] = line.split(",");
      if (!line || !(date || value || source)) return;
      const item = framework.record.find((block) => block.form === "reading").items.find((entry) => entry.title === title || entry.id === title);
      const problem = !item ? ["kpi", title, "a KPI of the framework"] : !/^\d{4}-\d\d-\d\d$/.test(date) ? ["date", date, "a date such as 2026-05-12"] : null;
      if (problem) return void found.refused.push({ line: at + 2, where: problem[0], found: problem[1], expected: problem[2], remedy: "Correct the row and import the file again." });
      const entry = { item: item.id, date, value: Number(value), unit, source };
      found.entries.push({ ...entry, id: `csv-${events.length}-${at}` });
      found.rows.push({ line: at + 2, ...entry, title: item.title, result: compare(entry).result });
    });
    return found;
  }

  function selfReview() {
    const held = fold();
    const evidence = Object.entries(held.evidence).map(([id, item]) => {
      const level = strength(item);
      const months = item.date ? Math.floor((Date.now() - new Date(item.date)) / 2.63e9) : 0;
      const counts = months > 24 ? Math.max(0, level - 1) : level;
      return { ...item, id, strength: `E${level}`, effective: `E${counts}`, problem: null, missing: MISSING[level], age: `${months} months`, counts };
    });
    const on = (id) => held.aim.switches[id];
    const rows = framework.skills.map((skill) => {
      const rule = data.rules[skill.id] || {};
      const value = held.ratings[skill.id]?.value ?? "UNRATED";
      const struck = rule.not_applicable || null;
      const strengths = evidence.filter((item) => item.skills.includes(skill.id)).map((item) => item.counts);
      const required = rule.switch && on(rule.switch) ? rule.on : rule.required;
      const known = typeof value === "number";
      const supported = known ? Math.min(value, supportedLevel(strengths)) : null;
      const low = known ? supported : 0;
      const high = known ? value : 5;
      const why = known ? (supported < value ? `claimed ${value}, evidence supports ${supported}: ${NEXT[supported + 1]} for the next level` : `claimed ${value}, and evidence supports it`) : value === "UNRATED" ? "not rated yet: anything from 0 to 5 is possible" : "not known: anything from 0 to 5 is possible";
      return {
        skill: skill.id, value: struck ? "NOT_APPLICABLE" : value, low, high, claimed: known ? value : null, supported,
        required, required_note: rule.switch && on(rule.switch) === null ? `${rule.on} if “${framework.switches.find((entry) => entry.id === rule.switch).question}” is answered yes` : null,
        gate: rule.gate ?? null, floor: rule.floor ?? null, breadth: rule.breadth || [], gap_min: Math.max(0, required - high), gap_max: Math.max(0, required - low),
        met: low >= required ? true : high < required ? false : null, not_applicable: struck, below: false, why, confidence: known ? "claimed" : "unknown",
        evidence: strengths.length, note: Boolean(held.notes[skill.id]?.text), pivotal: false, at: held.ratings[skill.id]?.at ?? null,
      };
    });
    const row = Object.fromEntries(rows.map((entry) => [entry.skill, entry]));
    const criteria = data.criteria.map((criterion) => {
      const parts = [];
      for (const [kind, list] of [["gate", criterion.gates], ["floor", criterion.floors]]) {
        for (const gate of list) {
          const entry = row[gate.skill];
          parts.push({ id: `${criterion.id}-${kind}-${gate.skill}`, kind, label: `${byId[gate.skill].title} at ${gate.level} or above`, state: stateOf(entry.low >= gate.level, entry.high >= gate.level), observed: `[${entry.low}..${entry.high}]`, why: entry.why, change: entry.value === "UNRATED" ? "rate it" : entry.high < gate.level ? `a claimed level of ${gate.level}` : "evidence for the claimed level", skills: [gate.skill], rule: null, may_declare: false, declared: false });
        }
      }
      for (const rule of criterion.breadth) {
        const low = rule.of.filter((id) => row[id].low >= rule.level).length;
        const high = rule.of.filter((id) => row[id].high >= rule.level).length;
        parts.push({ id: rule.id, kind: "breadth", label: `${rule.at_least} of ${rule.of.length} skills at ${rule.level} or above`, state: stateOf(low >= rule.at_least, high >= rule.at_least), observed: `[${low}..${high}]`, why: `${low} for certain, at most ${high}`, change: "raise or support one of them", skills: rule.of, rule: null, may_declare: false, declared: false });
      }
      for (const rule of criterion.evidence) {
        const count = evidence.filter((item) => rule.any_of.some((any) => (item.types || []).includes(any.type) && item.counts >= Number(any.strength[1]))).length;
        const need = rule.any_of[0].count || 1;
        const declared = Boolean(held.declared[rule.id]);
        parts.push({ id: rule.id, kind: "evidence", label: rule.title, state: count >= need ? "MET" : declared ? "NOT MET" : "OPEN", observed: `${count} of ${need}`, why: count >= need ? "enough items of this kind" : `${count} of ${need} entered in the last ${rule.months} months`, change: `${need - count} more of kind “${framework.evidence_types.find((type) => type.id === rule.any_of[0].type)?.title}”, ${rule.any_of[0].strength} or stronger`, skills: [], rule: rule.id, may_declare: count < need, declared });
      }
      return { ...criterion.head, state: and(parts.map((part) => part.state)), parts };
    });
    const overall = criteria.every((criterion) => criterion.state === "MET") ? "READY" : criteria.some((criterion) => criterion.state === "NOT MET") ? "NOT YET" : "OPEN";
    const asked = rows.filter((entry) => !entry.not_applicable);
    const rated = asked.filter((entry) => typeof entry.value === "number").length;
    const open = criteria.filter((criterion) => criterion.state === "OPEN").length;
    const settle = [];
    for (const part of criteria.flatMap((criterion) => criterion.parts)) {
      if (part.state !== "OPEN" || part.skills.length !== 1) continue;
      const entry = row[part.skills[0]];
      if (settle.some((known) => known.skill === entry.skill)) continue;
      const title = byId[entry.skill].title;
      settle.push(typeof entry.value === "number" ? { action: "link", text: `add evidence for ${title}: ${NEXT[Math.min(5, entry.supported + 1)]}`, skill: entry.skill, rule: null } : { action: "rate", text: `rate ${title}`, skill: entry.skill, rule: null });
    }
    settle.sort((a, b) => (a.action === "rate" ? 0 : 1) - (b.action === "rate" ? 0 : 1));
    const gates = data.criteria.reduce((sum, criterion) => sum + criterion.gates.length + criterion.floors.length, 0) + (options.has("gates") ? 5 : 0);
    const met = criteria.flatMap((criterion) => criterion.parts).filter((part) => ["gate", "floor"].includes(part.kind) && part.state === "MET").length;
    const unset = held.aim.switches && Object.entries(held.aim.switches).filter(([, value]) => value === null).map(([id]) => id);
    return {
      seq: events.length, saved_at: events.length ? events[events.length - 1].at || now() : null, workspace: { id: "mock", path: "/home/mira/.local/share/skillmatrix" }, embed: "voila",
      nav: [{ page: "home", title: "Home", href: "harness_home.html", current: false }, { page: "self_review", title: "Self-review", href: null, current: true }],
      assessment: data.assessment && { ...data.assessment, aim: held.aim }, can_undo: held.can_undo, can_redo: held.can_redo, rows, notes: held.notes, evidence, own_plan: held.own_plan, case: held.case, record: recordState(held), held: held.held, lock: data.lock || null,
      verdict: {
        word: overall, label: { READY: "Ready", "NOT YET": "Not yet", OPEN: "Not settled yet" }[overall],
        summary: overall === "OPEN" ? `${5 - open} of 5 criteria are settled; ${open} wait for ratings or evidence.` : overall === "NOT YET" ? `At least one criterion is not met: ${criteria.filter((criterion) => criterion.state === "NOT MET").map((criterion) => criterion.title.toLowerCase()).join("; ")}.` : "All five criteria are met on your ratings and evidence.",
        coverage: { rated, total: asked.length, unrated: asked.filter((entry) => entry.value === "UNRATED").length, declined: asked.filter((entry) => entry.value === "DECLINED").length, not_observed: 0, not_applicable: rows.length - asked.length, sentence: `${rated} of ${asked.length} rated; ${rows.length - asked.length} do not apply.` },
        gates, gates_met: met, criteria,
        pivotal: rated > 20 ? [{ skill: "mlops", title: byId.mlops.title, from: 3, to: 4, change: "NOT YET → OPEN" }] : [],
        switches: (unset || []).slice(0, 2).map((id) => ({ id, question: framework.switches.find((entry) => entry.id === id).question, effect: "Decides one breadth rule of P2." })),
        settle, overshoot: rows.filter((entry) => typeof entry.value === "number" && entry.required && entry.value > entry.required).map((entry) => ({ skill: entry.skill, title: byId[entry.skill].title, claimed: entry.value, required: entry.required })),
        targets: [{ label: "One specialist field at level 3", state: "OPEN" }], warnings: data.warnings || [],
      },
    };
  }

  /* The same verdict with other ratings, taken back at once. */
  function whatIf({ levels, carried }) {
    const before = selfReview().verdict;
    const count = events.length;
    for (const [skill, value] of Object.entries(levels)) events.push({ id: `try-${skill}`, name: "rate", args: { skill, value }, at: now() });
    const { rows, verdict: after } = selfReview();
    events.length = count;
    const answer = ({ word, label }) => ({ word, label });
    return {
      carried, before: answer(before), after: answer(after), summary: after.summary,
      rows: rows.filter((entry) => entry.skill in levels).map(({ skill, value, low, high, claimed, supported, required, gap_min, gap_max, met }) => ({ skill, value, low, high, claimed, supported, required, asked: true, gap_min, gap_max, met })),
      criteria: before.criteria.map((was, at) => ({
        id: was.id, code: was.code, title: was.title, before: was.state, after: after.criteria[at].state,
        parts: was.parts.map((part, place) => ({ id: part.id, kind: part.kind, title: part.label, before: part.state, after: after.criteria[at].parts[place].state, skill: part.skills.length === 1 ? part.skills[0] : null })).filter((part) => part.before !== part.after),
      })),
    };
  }

  let home = data.home && structuredClone(data.home);

  /* A mentor session: states of the real kernel, with what was rated and entered laid over them. */
  function meeting() {
    const entered = (kind) => events.some((event) => event.name === "enter" && event.args.kind === kind);
    const locked = events.some((event) => event.name === "lock_own");
    const turn = data.start === "rate" && locked ? (entered("revealed") ? "talk" : "predict") : data.start;
    const state = structuredClone({ ...data.states[turn], seq: events.length });
    for (const { name, args, at } of events) {
      if (name === "rate" && turn === "rate") Object.assign(state.rows.find((row) => row.skill === args.skill), { value: args.value, claimed: args.value });
      if (name === "note" && turn === "rate") state.notes[args.skill] = { text: args.text, visibility: args.visibility, at };
      const { said } = state.mentor || {};
      if (name !== "enter" || !said) continue;
      const { kind, content } = args;
      if (kind === "agreed" || kind === "parked") said[kind][content.skill] = content;
      if (kind === "action") said.actions = [...said.actions.filter((each) => each.id !== content.id), { ...content, over: false, done: null }];
      if (kind === "done") Object.assign(said.actions.find((each) => each.id === content.id), { over: true, done: content.done });
      if (kind === "remark") said.remarks.push({ at, ...content });
      state.mentor.phase = kind === "closed" ? "closed" : "talk";
      if (kind === "closed") said.closed_at = at;
    }
    return state;
  }

  function stateNow() {
    if (data.page === "mentor_session") return meeting();
    if (data.page === "home") return { seq: events.length, ...home };
    return selfReview();
  }

  const listeners = {};
  const emit = (type, message) => (listeners[type] || []).forEach((handler) => handler(message));

  function figure() {
    const rows = selfReview().rows;
    const lines = rows.map((entry, at) => `<text x="4" y="${20 + at * 16}" font-size="10" fill="currentColor">${entry.skill}</text><circle cx="${180 + 60 * (entry.claimed ?? 0)}" cy="${16 + at * 16}" r="4" fill="#0a5f63"/>`).join("");
    return `<svg xmlns="http://www.w3.org/2000/svg" width="640" height="${rows.length * 16 + 30}" viewBox="0 0 640 ${rows.length * 16 + 30}" color="#444">${lines}</svg>`;
  }

  function answer(message) {
    if (mock.silent || mock.serverGone) return;
    mock.answered += 1;
    const { id, name, args } = message;
    const ack = (extra = {}) => emit("msg:custom", { kind: "ack", id, seq: events.length, saved_at: now(), conflict: null, ...extra });
    if (mock.refuse === name) {
      mock.refuse = null;
      const { again } = mock;
      mock.again = false;
      return emit("msg:custom", { kind: "refused", id, problems: mock.problems || [{ where: `${name} > ${Object.keys(args)[0]}`, found: "something the mock was told to refuse", expected: "anything else", remedy: "Change it and try again." }], again });
    }
    if (name === "export") return ack({ filename: `${data.assessment.code}.assessment.json`, data: { mock: true } });
    if (name === "readings_preview") {
      const found = readCsv(args);
      return ack({ preview: { understood: found.entries.length, rows: found.rows.slice(0, 200), refused: found.refused, duplicates: found.duplicates, delimiter: ",", columns: { kpi: "kpi", date: "date", value: "value", unit: "unit", source: "source" }, notes: ["The column 'colour' is not read."] } });
    }
    if (name === "readings_import") {
      const { entries } = readCsv(args);
      events.push({ id, name, args: { filename: args.filename, entries }, at: now() });
      store();
      return ack({ state: stateNow(), imported: entries.length });
    }
    if (name === "readings") {
      const rows = readingRows(fold(), args.item);
      return ack({ readings: { item: args.item, total: rows.length, rows: rows.slice(args.offset, args.offset + 50) } });
    }
    if (name === "open_files") return ack({ state: stateNow(), files: args.files.map((file) => ({ name: file.name, code: null, problems: file.text.startsWith("{") ? [] : [{ where: "line 1", found: "text that is not JSON", expected: "a packet", remedy: "" }] })) });
    if (name === "session_file") return ack({ filename: "p-ana.session.json", data: "{}" });
    if (name === "hello") return ack({ state: stateNow() });
    if (name === "ping") return ack();
    if (name === "keep") return ack({ keep: data.keep });
    if (name === "report" || name === "data") return ack({ file: { name: `${data.assessment.code}.${args.format}`, media: "text/plain", base64: btoa(JSON.stringify(args)), remark: "" } });
    if (name === "change") return ack({ change: data.change });
    if (name === "change_figure") return ack({ figure: { svg: figure(), text: "Dumbbell chart, 27 skills. A data table follows." } });
    if (name === "stress") return ack({ stress: data.stress });
    if (name === "what_if") return ack({ what_if: whatIf(args) });
    if (name === "clauses") return ack({ clauses: data.clauses });
    if (name === "hand_over") return ack({ hand_over: { ...data.hand_over[args.audience], seq: events.length } });
    if (name === "plan") return ack({ plan: data.plan[args.first] });
    if (name === "targets") return ack({ targets: { ...data.targets, variant: args.overlays ? data.variant : null } });
    if (name === "figure") return emit("msg:custom", { kind: "figure", id, svg: figure(), text: "Dot plot, 27 skills, levels 0 to 5. A data table follows." });
    if (data.page === "home") {
      if (name === "delete") {
        home.deleted.push(home.assessments.find((entry) => entry.code === args.assessment));
        home.assessments = home.assessments.filter((entry) => entry.code !== args.assessment);
      } else if (name === "restore") {
        home.assessments.unshift(home.deleted.find((entry) => entry.code === args.assessment));
        home.deleted = home.deleted.filter((entry) => entry.code !== args.assessment);
      } else if (name === "duplicate") {
        home.assessments.unshift({ ...home.assessments.find((entry) => entry.code === args.assessment), code: `copy${events.length}` });
      } else if (name === "import_preview") {
        return ack({ preview: data.tables[args.levels.Experte === undefined ? "plain" : "told"] });
      } else if (name === "import_table") {
        home.assessments.unshift({ ...home.assessments[0], code: "brought", person: args.person || "Me" });
        return ack({ state: stateNow(), opened: "brought", imported: data.tables.told.rated, made: 1 });
      } else if (name === "import") {
        try {
          JSON.parse(args.text);
        } catch (error) {
          return emit("msg:custom", { kind: "refused", id, problems: [{ where: `${args.filename} > line 1`, found: `text that is not JSON (${error.message})`, expected: "an assessment written by skillmatrix", remedy: "Export it again." }] });
        }
      }
      events.push({ id, name, args: {}, at: now() });
      return ack({ state: stateNow(), opened: name === "create" ? "new" : undefined });
    }
    if (name === "create") data.assessment = { code: "new1", person: args.example ? "Robin (invented)" : args.name, status: "draft", created_at: now(), updated_at: now() };
    else if (!events.some((event) => event.id === id)) {
      events.push({ id, name, args, at: now() });
      store();
    }
    return ack({ state: stateNow() });
  }

  window.mockModel = {
    get: (name) => (name === "framework" ? framework : {}),
    set() {},
    save_changes() {},
    on: (type, handler) => (listeners[type] ||= []).push(handler),
    off: (type, handler) => {
      listeners[type] = (listeners[type] || []).filter((known) => known !== handler);
    },
    send(message) {
      const copy = JSON.parse(JSON.stringify(message));
      mock.sent.push({ ...copy, at: performance.now() });
      setTimeout(() => answer(copy), mock.delay);
    },
  };
  mock.breakState = () => emit("msg:custom", { kind: "state", state: { ...stateNow(), rows: [null] } });
  // For tests: what another tab would cause.
  mock.elsewhere = (name, args) => {
    events.push({ id: `other-${events.length}`, name, args, at: now() });
    store();
    emit("msg:custom", { kind: "state", state: stateNow() });
  };
  mock.tell = (part) => emit("msg:custom", { kind: "state", state: { ...stateNow(), ...part } });
  mock.lockNow = (lock) => {
    data.lock = lock;
    mock.elsewhere("hold", { audience: "mentor" });
  };
})();
