/* mentor_session.js: the mentor session: people, rate blind, predict, side by side, agenda, close.
   Holds what is seen together: the kernel's state, what waits in the outbox, where one is. */

const MEETING_UI = { view: null, skill: null, detail: false, mode: "levels", path: [], evidenceOpen: null, item: null, locking: false, fates: {} };
const MEETING_LONG = ["notes", "evidence", "record", "own_plan", "case"];

function renderMentorSession({ model, el }) {
  const served = isServed();
  const session = safeStorage("sessionStorage");
  const local = safeStorage("localStorage");
  const questions = createQuestions((...told) => link.request(...told));
  const drafts = createDrafts(local, () => draftsOf(kernelState));
  let kernelState = null;
  let framework = null;
  let board = null;
  let paintContent = null;
  let drawn = null; // the kind of page drawn last
  let broken = false;
  let status = { word: "saved" };
  let spoken = null; // the rating still to be announced
  let leftAt = 0; // scroll position of the board while a skill fills a small screen

  const shell = createShell(el, {
    onUndo: () => app.state?.can_undo && app.send("undo", {}),
    onRedo: () => app.state?.can_redo && app.send("redo", {}),
    onReload: () => {
      saveplace();
      location.reload();
    },
    onDiscard: () => {
      link.outbox.discard();
      repaint();
    },
  });

  const app = {
    rater: "mentor",
    framework: null,
    state: null,
    timer: null,
    ui: { ...MEETING_UI },
    onward: { label: "Lock my ratings", run: () => openLock() },
    skill: (id) => framework.byId.get(id),
    row: (id) => app.state.rows.find((row) => row.skill === id),
    waiting: () => link.outbox.pending().length > 0,
    send(name, args, options) {
      const id = link.command(name, args, options);
      repaint();
      return id;
    },
    enter: (kind, content = {}) => app.send("enter", { kind, content }),
    // A question: answered or refused, never kept in the browser.
    ask: questions.ask,
    rate(skillId, value, { arrow = false } = {}) {
      if (app.state.mentor.phase !== "rate") return;
      board?.patch(rowAfterRating(app.row(skillId), value, framework));
      board?.select(skillId);
      link.command("rate", { skill: skillId, value }, { coalesce: `rate:${skillId}`, delay: arrow ? 350 : 0 });
      clearTimeout(spoken?.timer);
      spoken = { skill: skillId, timer: setTimeout(() => speak(), 1200) };
      chooseSkill(skillId);
      repaintSoon();
    },
    keep(part, paint = false, focusKey = null) {
      Object.assign(app.ui, part);
      saveUi();
      if (focusKey) place.want(focusKey);
      if (paint) repaint();
    },
    go,
    openLock,
    openRound,
    closeSkill,
    mount,
    repaint: () => repaint(),
    focusSoon(key) {
      place.want(key);
      place.settle();
    },
    announce: (text) => shell.announce(text),
    toast: (text, options) => shell.toast(text, options),
    ...drafts,
    names: () => ({ own: app.state.assessment?.person || "the specialist", other: app.state.mentor?.name || "Mentor" }),
  };
  app.files = createPackets(app);

  const repaintSoon = coalesced(() => repaint());
  const paintHeaderSoon = coalesced(() => shell.paint((framework && (app.state || kernelState)) || {}, status));
  const place = createPlace({ content: () => shell.content, session, key: () => uiKey(), board: () => board });
  const uiKey = () => `skillmatrix.ui.mentor_session.${kernelState?.assessment?.code || "-"}`;
  const saveUi = () => remember(session, uiKey(), app.ui);

  function saveplace() {
    if (!kernelState) return;
    place.keep();
    app.timer?.keep();
    saveUi();
  }

  const link = createLink({
    model,
    page: "mentor_session",
    beforeReload: saveplace,
    onStatus: (next) => {
      status = next;
      paintHeaderSoon();
    },
    onState: adopt,
    onFigure: () => {},
    onAnswer: (command, message) => {
      questions.answered(message);
      if (command?.name === "rate" && spoken?.skill === command.args.skill && !app.waiting()) speak();
      if (command?.name === "undo" || command?.name === "redo") app.announce(command.name === "undo" ? "Undone." : "Redone.");
    },
    onConflict: (conflict) => {
      const title = framework?.byId.get(conflict.subject)?.title || conflict.subject;
      shell.toast(`${title} was changed in another tab. What you did here came after it and counts.`, { stay: true });
    },
    onRefused: (command, problems, id) => {
      if (questions.refused(id, problems)) return undefined;
      if (command?.name === "hello") return void shell.unopened(problems);
      if (!command || command.name === "ping") return undefined;
      if (!saidAgain(command, link.outbox.pending())) takeBack(app, command);
      link.outbox.dismiss(id);
      shell.toast("This was not stored. What you typed is still here.", { kind: "problem", stay: true, detail: problemList(problems) });
      return repaint();
    },
  });

  function readFramework() {
    const given = model.get("framework");
    if (!given || !given.skills) return false;
    if (framework?.given === given) return true;
    framework = { draft_notice: "", functions: [], evidence_types: [], evidence_codes: [], state_words: [], ...given, record: [], given, rater: "mentor", byId: new Map(given.skills.map((skill) => [skill.id, skill])) };
    app.framework = framework;
    return true;
  }

  function adopt(state) {
    const before = kernelState;
    const sameRound = before && before.assessment?.code === state.assessment?.code;
    if (!sameRound) app.timer?.stop();
    kernelState = sameRound ? { ...Object.fromEntries(MEETING_LONG.filter((part) => part in before).map((part) => [part, before[part]])), ...state } : state;
    if (!readFramework()) return;
    if (!sameRound) arrive(!before);
    else if (before.mentor && before.mentor.phase !== state.mentor.phase && before.mentor.phase !== "closed") {
      app.state = kernelState;
      turned(state.mentor.phase);
    }
    repaint();
    if (!before) removeFirstPaint();
  }

  function arrive(first) {
    app.ui = { ...MEETING_UI, ...(recall(session, uiKey(), {}) || {}) };
    place.arrive();
    app.state = kernelState;
    app.timer = kernelState.assessment ? createTimer(app) : null;
    const mine = kernelState.nav.find((entry) => entry.current)?.href;
    if (served && mine?.startsWith("/") && mine !== location.pathname + location.search) history[first ? "replaceState" : "pushState"](history.state, "", mine + (first ? location.hash : ""));
    if (!first && document.scrollingElement && !place.returning()) document.scrollingElement.scrollTop = 0;
    if (!kernelState.assessment) return;
    if (!framework.byId.has(app.ui.skill)) app.ui.skill = (kernelState.rows.find((row) => row.value === "UNRATED" && !row.not_applicable) || kernelState.rows[0])?.skill ?? null;
    readHash();
    if (!first && !place.returning()) place.want("step");
  }

  /* The session went on to its next part. */
  function turned(phase) {
    app.keep({ view: phase === "closed" ? "close" : phase === "talk" ? (app.ui.view || "both") : null, locking: false, fates: {}, detail: false });
    const words = { predict: "Your ratings are locked.", talk: "Both ratings are open.", closed: "The session is closed." };
    app.announce(words[phase] || "");
    if (document.scrollingElement) document.scrollingElement.scrollTop = 0;
    setAddress(true);
    place.want("step");
  }

  function readHash() {
    const [view, skill] = location.hash.slice(1).split("/");
    const known = framework.byId.has(skill) ? skill : null;
    if (["both", "agenda", "close"].includes(view)) Object.assign(app.ui, { view, item: view === "agenda" && known ? known : app.ui.item });
    if (view === "rate") Object.assign(app.ui, { detail: Boolean(known), skill: known || app.ui.skill });
  }

  function setAddress(replace = false) {
    if (!served) return;
    const { detail, skill, item } = app.ui;
    const step = stepNow(app);
    const hash = step === "rate" && detail ? `#rate/${skill}` : step === "agenda" && item ? `#agenda/${item}` : step ? `#${step}` : "";
    if (hash && location.hash !== hash) history[replace ? "replaceState" : "pushState"](history.state, "", hash);
  }

  function chooseSkill(skillId) {
    if (app.ui.skill === skillId) return;
    Object.assign(app.ui, { skill: skillId, evidenceOpen: app.draft(`evidence.new:${skillId}`) ? `new:${skillId}` : null });
    saveUi();
  }

  /* To a part of the session, or to a skill in it. */
  function go(view, skill = null, { focus = "step" } = {}) {
    if (view === "rate") {
      if (skill) chooseSkill(skill);
      if (!app.ui.detail) leftAt = document.scrollingElement?.scrollTop || 0;
      app.keep({ detail: Boolean(skill), locking: false });
    } else {
      app.timer?.leave(view === "agenda" ? skill || app.ui.item : null);
      app.keep({ view, item: view === "agenda" ? skill || app.ui.item : app.ui.item });
    }
    setAddress();
    repaint();
    const panel = shell.content.querySelector(".sm-panel");
    if (panel) panel.scrollTop = 0;
    const small = view === "rate" && getComputedStyle(shell.content.querySelector(".sm-rate") || shell.content).getPropertyValue("--sm-small").trim() === "1";
    if ((view !== "rate" || small) && document.scrollingElement) document.scrollingElement.scrollTop = 0;
    shell.content.querySelector(`[data-focus="${view === "rate" ? "skill-title" : focus}"]`)?.focus({ preventScroll: true });
  }

  function closeSkill() {
    app.keep({ detail: false });
    setAddress();
    repaint();
    if (document.scrollingElement) document.scrollingElement.scrollTop = leftAt;
    board?.focus(app.ui.skill);
  }

  function openLock() {
    app.keep({ locking: true, detail: false }, true, "lock-title");
    shell.content.querySelector(".sm-meet-lock")?.scrollIntoView({ block: "start" });
  }

  function openRound(code) {
    if (code) link.request("hello", { assessment: code, framework: null, embed: served ? "voila" : "lab" }, { patience: 6000 });
    else link.request("people", {}, { patience: 6000 });
  }

  function onAddress() {
    if (!kernelState) return undefined;
    const code = new URLSearchParams(location.search).get("assessment");
    if (code !== (kernelState.assessment?.code ?? null)) return openRound(code);
    if (!code) return undefined;
    readHash();
    if (location.hash === "#rate" || !location.hash) app.ui.detail = false;
    return repaint();
  }

  function speak() {
    const skill = framework.byId.get(spoken?.skill);
    const row = skill && app.row(skill.id);
    clearTimeout(spoken?.timer);
    spoken = null;
    if (row) shell.announce(rowSentence(row, skill.title, framework.scale, { evidence: framework.asks_evidence !== false }));
  }

  function repaint() {
    if (broken || !kernelState || !framework) return;
    try {
      app.state = withEntries(kernelState, link.outbox.pending(), framework);
      draw();
      shell.paint(app.state, status);
    } catch (error) {
      broken = true;
      shell.broken(error);
    }
    place.settle();
    if (place.returning()) place.back();
  }

  function draw() {
    const kind = app.state.assessment ? `${app.state.assessment.code} ${app.state.mentor.phase === "rate"}` : "people";
    if (drawn !== kind) {
      // Another kind of page: nothing of the one before stays in its fields.
      shell.content.replaceChildren();
      paintContent = createPainter(shell.content);
      board = null;
      drawn = kind;
    }
    if (!app.state.assessment) return void paintContent(peopleView(app));
    const step = stepNow(app);
    const views = { rate: blindView, predict: predictView, both: bothView, agenda: agendaView, close: closeView };
    paintContent(meetingHead(app), h("div", { key: step, class: `sm-meet sm-meet-${step}` }, views[step](app)));
    if (step === "rate" && board) {
      board.update(app.state.rows);
      board.select(app.ui.skill);
    }
    return undefined;
  }

  function mount(place) {
    board = mountBoard(place, {
      skills: framework.skills,
      areas: framework.areas,
      scale: framework.scale,
      rows: app.state.rows,
      selected: app.ui.skill,
      observing: true,
      onRate: (skillId, value, how) => app.rate(skillId, value, { arrow: how === "arrow" }),
      onSelect: (skillId, { open }) => {
        if (open) return go("rate", skillId);
        if (skillId === app.ui.skill) return undefined;
        board.select(skillId);
        chooseSkill(skillId);
        return repaintSoon();
      },
    });
  }

  function onKeys(event) {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.key.toLowerCase() !== "z") return;
    if (event.target.closest?.("input:not([type=radio]):not([type=checkbox]), textarea, select")) return;
    if (!shell.root.contains(event.target) && event.target !== document.body) return;
    event.preventDefault();
    if (event.shiftKey ? app.state?.can_redo : app.state?.can_undo) app.send(event.shiftKey ? "redo" : "undo", {});
  }

  const onFramework = () => {
    if (!framework && kernelState) adopt(kernelState);
    else if (readFramework()) repaint();
  };
  model.on("change:framework", onFramework);
  document.addEventListener("keydown", onKeys);
  if (served) addEventListener("popstate", onAddress);
  const stopDrag = app.files.listen(shell.root);

  return () => {
    saveplace();
    clearTimeout(spoken?.timer);
    app.timer?.stop();
    stopDrag();
    link.close();
    model.off("change:framework", onFramework);
    document.removeEventListener("keydown", onKeys);
    removeEventListener("popstate", onAddress);
    shell.destroy();
  };
}

export default {
  render({ model, el }) {
    return renderMentorSession({ model, el });
  },
};
