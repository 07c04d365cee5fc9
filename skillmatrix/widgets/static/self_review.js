/* self_review.js: the self-review: Aim, Rate, Record, Results, My case, Hand over. Holds what the person sees together:
   the kernel's state, what waits in the outbox laid over it, and where on the page one is. */

const STEPS = [
  ["aim", "Aim"],
  ["rate", "Rate"],
  ["record", "Record"],
  ["results", "Results"],
  ["case", "My case"],
  ["hand-over", "Hand over"],
];
const NARROW = 704; // px: the 44rem of narrow.css
/* Parts of the state that come only when they have changed; they may be long. */
const LONG = ["notes", "evidence", "record", "own_plan", "case"];
/* What a locked round still takes. */
const AFTER_LOCK = ["hold", "packet", "new_round", "create", "bring_over"];
const UI_DEFAULT = { step: null, skill: null, detail: false, mode: null, path: [], evidenceOpen: null, recordBlock: null, recordItem: null };

/* A framework that says nothing of a record has no such step. */
function stepsOf(framework) {
  return STEPS.filter(([id]) => id !== "record" || framework.record.length || framework.record_problem);
}

function renderSelfReview({ model, el }) {
  const served = isServed();
  const session = safeStorage("sessionStorage");
  const local = safeStorage("localStorage");
  const questions = createQuestions((...told) => link.request(...told));
  const drafts = createDrafts(local, () => draftsOf(kernelState));
  let kernelState = null;
  let framework = null;
  let board = null;
  let paintContent = null;
  let broken = false;
  let drawnLock = false; // whether the page drawn last was that of a locked round
  let status = { word: "saved" };
  let spoken = null; // the rating still to be announced
  let toTop = false; // another skill: its panel begins at its beginning
  let leftAt = 0; // scroll position of the board while a skill fills a small screen
  let figure = null;
  let figureId = null;
  let figureFor = null;
  let wasNarrow = false;
  let onPaper = []; // what was folded before printing

  const shell = createShell(el, {
    onUndo: () => app.send("undo", {}),
    onRedo: () => app.send("redo", {}),
    onReload: () => {
      saveplace();
      location.reload();
    },
    onDiscard: () => {
      link.outbox.discard();
      repaint();
    },
    onTheme: () => {
      figureFor = null;
      askFigure();
    },
  });

  const app = {
    framework: null,
    state: null,
    ui: { ...UI_DEFAULT },
    get narrow() {
      return isNarrow();
    },
    get figure() {
      return figure;
    },
    get figureAsked() {
      return figureId !== null;
    },
    skill: (id) => framework.byId.get(id),
    row: (id) => app.state.rows.find((row) => row.skill === id),
    waiting: () => link.outbox.pending().length > 0,
    send(name, args, options) {
      if (kernelState.lock && !AFTER_LOCK.includes(name)) return stayLocked();
      const id = link.command(name, args, options);
      repaint();
      return id;
    },
    // The row is drawn in the frame of the click, the command leaves, the rest of the page follows.
    rate(skillId, value, { arrow = false } = {}) {
      if (kernelState.lock) return void stayLocked();
      board?.patch(rowAfterRating(app.row(skillId), value, framework));
      board?.select(skillId);
      link.command("rate", { skill: skillId, value }, { coalesce: `rate:${skillId}`, delay: arrow ? 350 : 0 });
      clearTimeout(spoken?.timer);
      spoken = { skill: skillId, timer: setTimeout(() => speak(), 1200) };
      chooseSkill(skillId);
      repaintSoon();
    },
    // A question: answered or refused, never kept.
    ask: questions.ask,
    export() {
      link.request("export", {}, { patience: 15000 });
      shell.announce("Preparing the file.");
    },
    keep(part, paint = false, focusKey = null) {
      Object.assign(app.ui, part);
      saveUi();
      if (focusKey) place.want(focusKey);
      if (paint) repaint();
    },
    go,
    closeSkill,
    stayLocked,
    repaint: () => repaint(),
    focusSoon(key) {
      place.want(key);
      place.settle();
    },
    announce: (text) => shell.announce(text),
    theme: () => shell.theme(),
    toast: (text, options) => shell.toast(text, options),
    ...drafts,
  };

  app.printing = false;
  app.readings = createReadings(app);
  app.importing = createImport(app);

  const repaintSoon = coalesced(() => repaint());
  const paintHeaderSoon = coalesced(() => {
    if (kernelState && framework) shell.paint(app.state || kernelState, status);
    else if (!["saved", "saving"].includes(status.word)) shell.paint({}, status);
  });
  const place = createPlace({ content: () => shell.content, session, key: () => uiKey(), board: () => board });
  const uiKey = () => `skillmatrix.ui.self_review.${kernelState?.assessment?.code || "-"}`;

  function saveUi() {
    remember(session, uiKey(), app.ui);
  }

  /* Step, skill, scroll, focus and caret survive a reload; texts are kept elsewhere. */
  function saveplace() {
    if (!kernelState?.assessment) return;
    place.keep();
    saveUi();
  }

  const link = createLink({
    model,
    page: "self_review",
    beforeReload: saveplace,
    onStatus: (next) => {
      status = next;
      paintHeaderSoon();
    },
    onState: adopt,
    onFigure: (message) => {
      if (message.id !== figureId && figureId !== null) return;
      figure = { src: `data:image/svg+xml;charset=utf-8,${encodeURIComponent(message.svg)}`, text: message.text };
      figureId = null;
      repaint();
    },
    onAnswer: (command, message) => {
      questions.answered(message);
      if (command?.name === "rate" && spoken?.skill === command.args.skill && !link.outbox.pending().some((entry) => entry.name === "rate" && entry.args.skill === spoken.skill)) speak();
      if (command?.name === "create" && message.opened) app.announce("Started.");
      if (command?.name === "lock" || command?.name === "packet") {
        app.announce(command.name === "lock" ? "The round is locked, and your packet is ready." : "The packet is ready.");
        const made = command.name === "packet" ? kernelState.lock?.packets.at(-1) : null;
        if (command.name === "lock" && document.scrollingElement) document.scrollingElement.scrollTop = 0;
        app.focusSoon(made ? `packet-${made.id}` : "step");
      }
      if (command?.name === "bring_over" && message.opened) app.announce("A new round, on the present ladder.");
      if (command?.name === "new_round" && message.opened) app.announce("A new round, from where the locked one stands.");
      if (command?.name === "export" && message.data) saveFile(message.filename || "assessment.json", message.data);
      if (command?.name === "undo" || command?.name === "redo") app.announce(command.name === "undo" ? "Undone." : "Redone.");
    },
    onConflict: (conflict, command) => {
      const title = framework?.byId.get(conflict.subject)?.title || framework?.recordItems.get(command?.args.entry?.item)?.item.title || (conflict.kind === "case" ? "A paragraph of your case" : conflict.subject);
      shell.toast(`${title} was changed in another place${conflict.at ? ` at ${clockTime(conflict.at)}` : ""}${conflict.value === null || conflict.value === undefined || typeof conflict.value === "object" ? "" : ` to ${shorten(String(conflict.value), 200)}`}. What you did here came after it and counts; the other entry stays in the history.`, { stay: true });
    },
    onRefused: (command, problems, id) => {
      if (questions.refused(id, problems)) return undefined;
      if (command?.name === "figure") {
        figureId = null;
        return repaint();
      }
      if (command?.name === "hello") return void shell.unopened(problems);
      if (!command || command.name === "ping") return undefined;
      if (problems.some((problem) => problem.rule === "locked")) {
        keepAfterLock(app, command);
        link.outbox.dismiss(id);
        link.request("ping", {});
        shell.toast("This round was locked in another tab. What you did here was not stored; it is kept as text above the page.", { kind: "problem", stay: true, detail: problemList(problems) });
        return repaint();
      }
      if (command.name === "export") return void shell.toast("The file could not be made.", { kind: "problem", stay: true, detail: problemList(problems) });
      if (!saidAgain(command, link.outbox.pending())) takeBackWords(command);
      link.outbox.dismiss(id);
      shell.toast("This was not stored. What you typed is still here.", { kind: "problem", stay: true, detail: problemList(problems) });
      repaint();
      return undefined;
    },
  });

  function stayLocked() {
    shell.toast("This round is locked, so nothing in it changes.", kernelState.lock.next ? {} : { action: { label: "Begin a new round", run: () => app.send("new_round", {}) } });
    return null;
  }

  /* What the kernel did not take is a draft again. */
  function takeBackWords({ name, args }) {
    if (name === "evidence" && args.item) {
      const known = kernelState.evidence.some((item) => item.id === args.id);
      const { record, skills } = args.item;
      const draft = known ? args.id : record ? `new:record:${record}` : `new:${skills?.[0] || app.ui.skill}`;
      app.setDraft(`evidence.${draft}`, args.item);
      app.keep({ evidenceOpen: draft });
    }
    if (name === "note") app.setDraft(`note.${args.skill}`, { text: args.text, visibility: args.visibility });
    if (name === "record" && args.entry) takeBackEntry(args);
    if (name === "own_plan") takeBackPlan(app, args);
    if (name === "case") app.setDraft(`case.${args.part}`, { text: args.text, evidence: args.evidence });
  }

  function takeBackEntry({ id, entry }) {
    if (typeof entry.value !== "number") return app.setDraft(`record.${entry.item}`, { answer: entry.answer, date: entry.date, text: entry.text });
    const known = kernelState.record?.readings[entry.item]?.latest.some((row) => row.id === id);
    const draft = known ? id : `new:${entry.item}`;
    app.setDraft(`reading.${draft}`, readingFields(entry));
    return app.keep({ readingOpen: draft });
  }

  function readFramework() {
    const given = model.get("framework");
    if (!given || !given.skills) return false;
    if (framework?.given === given) return true;
    framework = { practice: null, draft_notice: "", functions: [], evidence_types: [], evidence_codes: [], state_words: [], switches: [], record: [], record_problem: null, ...given, given, byId: new Map(given.skills.map((skill) => [skill.id, skill])) };
    framework.recordItems = new Map(framework.record.flatMap((block) => block.items.map((item) => [item.id, { block, item }])));
    app.framework = framework;
    return true;
  }

  function adopt(state) {
    const first = !kernelState;
    const before = kernelState;
    const same = before?.assessment && before.assessment.code === state.assessment?.code;
    kernelState = same ? { ...Object.fromEntries(LONG.map((part) => [part, before[part]])), ...state } : state;
    if (!readFramework()) return;
    const codeChanged = before?.assessment?.code !== state.assessment?.code;
    if (first || codeChanged) arrive();
    if (before?.verdict && state.verdict && !codeChanged) noticeCriteria(before.verdict, state.verdict);
    repaint();
    if (first) removeFirstPaint();
  }

  /* Where to begin: the address, else where one was, else the first thing to do. */
  function arrive() {
    const kept = recall(session, uiKey(), {}) || {};
    app.ui = { ...UI_DEFAULT, ...kept };
    app.state = kernelState;
    if (!kernelState.assessment) return;
    place.arrive();
    const address = served ? parseHash(location.hash, framework) : null;
    if (address) {
      app.ui.step = address.step;
      app.ui.detail = Boolean(address.skill);
      if (address.skill && address.skill !== app.ui.skill) chooseSkill(address.skill);
      if (address.block) Object.assign(app.ui, { recordBlock: address.block, recordItem: address.item });
      if (address.item && !place.returning()?.focus) place.want(`record-item-${address.item}`);
    }
    const rated = kernelState.rows.some((row) => typeof row.value === "number");
    if (!stepsOf(framework).some(([id]) => id === app.ui.step)) app.ui.step = rated ? "rate" : "aim";
    if (!framework.byId.has(app.ui.skill)) {
      app.ui.skill = (kernelState.rows.find((row) => row.value === "UNRATED" && !row.not_applicable) || kernelState.rows[0])?.skill ?? null;
    }
    const mine = kernelState.nav.find((entry) => entry.current)?.href;
    if (served && mine && mine.startsWith("/") && mine !== location.pathname + location.search) {
      try {
        history.replaceState(history.state, "", mine + location.hash);
      } catch {
        // The address is a convenience only.
      }
    }
    if (app.ui.step === "results") askFigure();
  }

  function chooseSkill(skillId) {
    if (app.ui.skill === skillId) return;
    toTop = true;
    Object.assign(app.ui, { skill: skillId, mode: null, path: [], evidenceOpen: app.draft(`evidence.new:${skillId}`) ? `new:${skillId}` : null });
    saveUi();
  }

  function setAddress(replace = false) {
    if (!served) return;
    const { step, skill, detail, recordBlock, recordItem } = app.ui;
    const hash = step === "rate" && detail ? `#rate/${skill}` : step === "record" && recordBlock ? recordAddress(recordBlock, recordItem) : `#${step}`;
    if (location.hash === hash) return;
    history[replace ? "replaceState" : "pushState"](history.state, "", hash);
  }

  /* As narrow as a phone. */
  function isNarrow() {
    const width = shell.content.clientWidth;
    return width > 0 && width <= NARROW;
  }

  function isSmall() {
    const place = shell.content.querySelector(".sm-rate");
    return Boolean(place) && getComputedStyle(place).getPropertyValue("--sm-small").trim() === "1";
  }

  function go(step, skill = null, { focusTitle = false, criterion = null, quiet = false, block = null, item = null, stay = false } = {}) {
    const changed = app.ui.step !== step;
    if (skill) chooseSkill(skill);
    if (step === "rate" && skill && !app.ui.detail) leftAt = document.scrollingElement?.scrollTop || 0;
    if (criterion) app.ui.criteria = { ...app.ui.criteria, [criterion]: true };
    const turned = step === "record" && block && (block !== app.ui.recordBlock || item);
    if (step === "record") Object.assign(app.ui, { recordBlock: block || app.ui.recordBlock || framework.record[0]?.id || null, recordItem: item });
    app.keep({ step, detail: step === "rate" && Boolean(skill) });
    if (!quiet) setAddress();
    repaint();
    if (step === "results") askFigure();
    if (criterion) {
      const head = shell.content.querySelector(`[data-focus="criterion-${CSS.escape(criterion)}"]`);
      head?.focus({ preventScroll: true });
      head?.scrollIntoView({ block: "start" });
      return;
    }
    if (changed && document.scrollingElement) document.scrollingElement.scrollTop = 0;
    if (turned) {
      const target = shell.content.querySelector(`[data-focus="${item ? "record-item" : "record-block"}-${CSS.escape(item || block)}"]`);
      if (!stay) target?.focus({ preventScroll: true });
      return void target?.scrollIntoView({ block: item ? "center" : "nearest" });
    }
    if (focusTitle || (step === "rate" && skill)) {
      const panel = shell.content.querySelector(".sm-panel");
      if (panel) panel.scrollTop = 0;
      const title = shell.content.querySelector('[data-focus="skill-title"]');
      title?.focus({ preventScroll: true });
      if (isSmall() && document.scrollingElement) document.scrollingElement.scrollTop = 0;
    } else if (changed) {
      shell.content.querySelector('[data-focus="step"]')?.focus({ preventScroll: true });
    }
  }

  function closeSkill() {
    const skill = app.ui.skill;
    app.keep({ detail: false });
    setAddress();
    repaint();
    if (document.scrollingElement) document.scrollingElement.scrollTop = leftAt;
    board?.focus(skill);
  }

  function onAddress() {
    const address = framework && parseHash(location.hash, framework);
    if (!address || !kernelState?.assessment) return;
    const back = app.ui.detail && address.step === "rate" && !address.skill;
    if (back) {
      app.keep({ detail: false }, true);
      if (document.scrollingElement) document.scrollingElement.scrollTop = leftAt;
      board?.focus(app.ui.skill);
    } else go(address.step, address.skill, { quiet: true, block: address.block, item: address.item });
  }

  function speak() {
    if (!spoken) return;
    clearTimeout(spoken.timer);
    const skill = framework.byId.get(spoken.skill);
    const row = app.row(spoken.skill);
    spoken = null;
    if (skill && row) shell.announce([rowSentence(row, skill.title, framework.scale, { evidence: framework.asks_evidence !== false }), ...news.splice(0)].join(". "));
  }

  const news = [];

  function noticeCriteria(before, after) {
    for (const criterion of after.criteria) {
      const old = before.criteria.find((entry) => entry.id === criterion.id);
      if (old && old.state !== criterion.state) news.push(`${criterion.code || criterion.title} is now ${(STATE_WORDS[criterion.state] || [null, criterion.state])[1].toLowerCase()}`);
    }
    if (news.length && !spoken) shell.announce(news.splice(0).join(". "));
  }

  function askFigure() {
    const width = Math.round(Math.min(Math.max(shell.content.clientWidth, 300), 900));
    const wish = `${link.seq()}|${shell.theme()}|${width < 760}`;
    if (figureFor === wish || app.ui.step !== "results" || !kernelState?.assessment) return;
    figureFor = wish;
    figureId = link.request("figure", { theme: shell.theme(), area: null, width }, { patience: 20000 });
  }

  function repaint() {
    if (broken || !kernelState || !framework) return;
    try {
      app.state = withPending(kernelState, link.outbox.pending(), framework);
      draw();
      shell.paint(app.state, status);
    } catch (error) {
      broken = true;
      shell.broken(error);
    }
    place.settle();
    // The clauses of the case come after the page; before them there is nothing to come back to.
    if (place.returning() && (app.ui.step !== "case" || app.clauses?.view || app.clauses?.problems)) place.back();
  }

  function draw() {
    paintContent ||= createPainter(shell.content);
    if (!app.state.assessment) {
      paintContent(app.state.earlier ? earlierView(app, app.state.earlier) : startView(app, model));
      return;
    }
    const { step } = app.ui;
    if (step !== "rate") board = null;
    const { lock } = app.state;
    if (lock) app.ui.mode = "levels";
    if (drawnLock !== Boolean(lock)) {
      // Another kind of page: nothing of the one before stays in its fields.
      shell.content.replaceChildren();
      paintContent = createPainter(shell.content);
      board = null;
      drawnLock = Boolean(lock);
      shell.content.classList.toggle("sm-locked", drawnLock);
    }
    const views = { aim: aimView, rate: rateView, record: recordView, results: resultsView, case: caseView, "hand-over": handOverView };
    paintContent(pageHead(), lock ? lockedBanner(app) : null, views[step](app));
    if (lock) standStill(shell.content);
    if (step === "rate" && board) {
      board.update(app.state.rows);
      board.select(app.ui.skill);
      const panel = toTop && !place.returning() && shell.content.querySelector(".sm-panel");
      if (panel && panel.scrollTop) panel.scrollTop = 0;
      toTop = false;
    }
    if (step === "results") {
      askPlan(app);
      askTargets(app);
      askWhatIf(app);
      askStress(app);
      askChange(app);
      askKeep(app);
    }
    if (step === "case") askCase(app);
    if (step === "hand-over") {
      askHandOver(app);
      askKeep(app);
    }
    if (step === "results" && figureId === null && link.outbox.pending().length === 0) askFigure();
  }

  function pageHead() {
    const coverage = app.state.verdict?.coverage;
    const { rows } = app.state;
    const asked = rows.filter((row) => !row.not_applicable);
    const rated = asked.filter((row) => typeof row.value === "number").length;
    const profile = framework.profiles.find((entry) => entry.id === app.state.assessment.aim.profile);
    return h(
      "div",
      { class: "sm-page-head", key: "head" },
      h("div", { class: "sm-page-title" }, h("h1", null, "Self-review"), h("p", { class: "sm-page-aim" }, profile ? profile.title : "No target chosen", h("span", { class: "sm-page-count" }, ` · ${rated} of ${asked.length} rated`), coverage?.not_applicable ? h("span", { class: "sm-page-count" }, ` · ${coverage.not_applicable} N/A`) : null)),
      h(
        "nav",
        { class: "sm-steps", "aria-label": "Steps" },
        h(
          "ol",
          { role: "list" },
          stepsOf(framework).map(([id, title], at) =>
            h(
              "li",
              { key: id },
              h("a", { href: `#${id}`, "aria-current": app.ui.step === id ? "step" : null, onclick: (event) => {
                if (event.ctrlKey || event.metaKey || event.shiftKey) return;
                event.preventDefault();
                go(id);
              } }, h("span", { class: "sm-step-number", "aria-hidden": "true" }, at + 1), title),
            ),
          ),
        ),
      ),
    );
  }

  function rateView() {
    return h(
      "div",
      { class: classes("sm-rate", app.ui.detail && "sm-rate-detail"), key: "rate" },
      h("h2", { class: "sm-hidden", tabindex: "-1", "data-focus": "step" }, "Rate your skills"),
      criteriaStrip(app),
      levelMeanings(framework),
      h(
        "div",
        { class: "sm-rate-grid" },
        h(
          "div",
          { class: "sm-rate-board" },
          h(
            "div",
            { class: "sm-board-key" },
            boardLegend({ evidence: framework.asks_evidence !== false, gates: app.state.rows.some((row) => (row.gate ?? row.floor) !== null) }),
            h(
              "details",
              { class: "sm-keys" },
              h("summary", null, "Keyboard"),
              h(
                "dl",
                null,
                [
                  ["Tab, ↑ ↓", "next or previous skill"],
                  ["← →", "one level lower or higher"],
                  [`${framework.scale[0].level} to ${framework.scale.at(-1).level}`, "rate directly"],
                  ["u, Delete", "not rated"],
                  ["Enter", "open the skill"],
                  ["Ctrl Z", "undo"],
                ].map(([keys, does]) => h("div", null, h("dt", null, keys), h("dd", null, does))),
              ),
            ),
          ),
          h("div", { key: "board", opaque: true, ref: mount }),
        ),
        h("section", { class: "sm-panel", "aria-label": "The chosen skill" }, skillPanel(app)),
      ),
    );
  }

  function mount(place) {
    board = mountBoard(place, {
      skills: framework.skills,
      areas: framework.areas,
      scale: framework.scale,
      rows: app.state.rows,
      selected: app.ui.skill,
      locked: Boolean(app.state.lock),
      onRate: (skillId, value, how) => app.rate(skillId, value, { arrow: how === "arrow" }),
      onSelect: (skillId, { open }) => {
        if (open) return go("rate", skillId, { focusTitle: true });
        if (skillId === app.ui.skill) return undefined;
        board.select(skillId);
        chooseSkill(skillId);
        return repaintSoon();
      },
    });
  }

  /* On paper nothing can be unfolded. */
  function unfoldForPaper(printing) {
    if (printing) onPaper = [...shell.content.querySelectorAll("details[data-print]:not([open])")];
    for (const part of onPaper) part.open = printing;
    if (!printing) onPaper = [];
  }

  function onKeys(event) {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.key.toLowerCase() !== "z") return;
    if (event.target.closest?.("input:not([type=radio]):not([type=checkbox]), textarea, select, [contenteditable]")) return;
    if (!shell.root.contains(event.target) && event.target !== document.body) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.shiftKey ? app.state?.can_redo : app.state?.can_undo) app.send(event.shiftKey ? "redo" : "undo", {});
  }

  const onFramework = () => {
    if (!framework && kernelState) adopt(kernelState);
    else if (readFramework()) repaint();
  };
  const onPrint = (event) => {
    app.printing = event.type === "beforeprint";
    if (["record", "results", "case"].includes(app.ui.step)) repaint();
    unfoldForPaper(app.printing);
  };
  const turned = new ResizeObserver(() => {
    if (wasNarrow === isNarrow()) return;
    wasNarrow = isNarrow();
    if (app.ui.step === "results" && !app.printing) repaint();
  });
  turned.observe(shell.content);
  model.on("change:framework", onFramework);
  addEventListener("beforeprint", onPrint);
  addEventListener("afterprint", onPrint);
  document.addEventListener("keydown", onKeys);
  if (served) addEventListener("popstate", onAddress);
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const onDark = () => askFigure();
  dark.addEventListener("change", onDark);

  return () => {
    saveplace();
    clearTimeout(spoken?.timer);
    link.close();
    turned.disconnect();
    model.off("change:framework", onFramework);
    document.removeEventListener("keydown", onKeys);
    removeEventListener("popstate", onAddress);
    removeEventListener("beforeprint", onPrint);
    removeEventListener("afterprint", onPrint);
    dark.removeEventListener("change", onDark);
    shell.destroy();
  };
}

/* No assessment yet: one obvious thing to do. */
function startView(app) {
  const { ui } = app;
  const ladders = app.state.ladders || [];
  return h(
    "div",
    { class: "sm-start", key: "start" },
    app.state.problem ? h("p", { class: "sm-warning sm-start-problem", role: "alert" }, icon("open"), h("span", null, app.state.problem)) : null,
    h("h1", null, "Start a self-review"),
    h("p", { class: "sm-lead-text" }, "You rate your own work against written examples, add evidence where you have it, and see what stands between you and the next role. It stays on this machine, and a person decides, never this page."),
    startForm({
      name: ui.startName || "",
      ladders,
      framework: ui.startLadder,
      profile: ui.startProfile,
      onName: (name) => app.keep({ startName: name }),
      onProfile: (id) => app.keep({ startProfile: id }, true),
      onFramework: (id) => app.keep({ startLadder: id }, true),
      onStart: () => {
        const { ladder, role } = startChoice(ladders, app.ui.startLadder, app.ui.startProfile);
        app.send("create", { name: (app.ui.startName || "").trim(), framework: ladder.id, profile: role.id });
      },
      onExample: () => app.send("create", { example: true }),
    }),
  );
}

export default {
  render({ model, el }) {
    return renderSelfReview({ model, el });
  },
};
