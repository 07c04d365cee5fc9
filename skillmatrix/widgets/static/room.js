/* room.js: what the pages of meetings have in common: a list of meetings, one of them open, its
   steps, and what is seen together: the kernel's state, what waits in the outbox, where one is.

   A page gives: page (its name), title, ui (how it starts), steps ([id, title] in order),
   views (by step, and `start` for the list), and where it needs them pending (lays what waits
   over the state), arrived and left (a meeting opens, or is put away). */

function renderRoom({ model, el }, room) {
  const served = isServed();
  const session = safeStorage("sessionStorage");
  const local = safeStorage("localStorage");
  const known = new Set(room.steps.map(([id]) => id));
  let kernelState = null;
  let framework = null;
  let paintContent = null;
  let drawn = null; // the meeting drawn last
  let broken = false;
  let status = { word: "saved" };
  let held = new Map(); // answers of the kernel, by name, for as long as the meeting is open

  const shell = createShell(el, {
    onReload: () => {
      saveplace();
      location.reload();
    },
    onDiscard: () => {
      link.outbox.discard();
      repaint();
    },
  });

  const drafts = createDrafts(local, () => draftsOf(kernelState));
  const questions = createQuestions((...told) => link.request(...told));

  const app = {
    framework: null,
    state: null,
    ui: { ...room.ui },
    steps: room.steps,
    skill: (id) => framework.byId.get(id),
    waiting: () => link.outbox.pending().length > 0,
    send(name, args, options) {
      const id = link.command(name, args, options);
      repaint();
      return id;
    },
    enter: (kind, content = {}) => app.send("enter", { kind, content }),
    // A question: answered or refused, never kept in the browser.
    ask: questions.ask,
    held(name) {
      if (!held.has(name)) held.set(name, {});
      return held.get(name);
    },
    keep(part, paint = false, focusKey = null) {
      Object.assign(app.ui, part);
      saveUi();
      if (focusKey) place.want(focusKey);
      if (paint) repaint();
    },
    go,
    openMeeting,
    repaint: () => repaint(),
    focusSoon(key) {
      place.want(key);
      requestAnimationFrame(() => place.settle());
    },
    announce: (text) => shell.announce(text),
    toast: (text, options) => shell.toast(text, options),
    draft: drafts.draft,
    setDraft: drafts.setDraft,
    stepNow: () => (app.state?.assessment ? (known.has(app.ui.step) ? app.ui.step : room.steps[0][0]) : null),
  };

  const paintHeaderSoon = coalesced(() => shell.paint((framework && (app.state || kernelState)) || {}, status));
  const place = createPlace({ content: () => shell.content, session, key: () => uiKey(), patient: true });
  const uiKey = () => `skillmatrix.ui.${room.page}.${kernelState?.assessment?.code || "-"}`;
  const saveUi = () => remember(session, uiKey(), app.ui);

  function saveplace() {
    if (!kernelState) return;
    place.keep();
    room.left?.(app);
    saveUi();
  }

  const link = createLink({
    model,
    page: room.page,
    beforeReload: saveplace,
    onStatus: (next) => {
      status = next;
      paintHeaderSoon();
    },
    onState: adopt,
    onFigure: () => {},
    onAnswer: (command, message) => {
      questions.answered(message);
      room.answered?.(app, command, message);
      repaint();
    },
    onConflict: () => shell.toast("This was changed in another tab. What you did here came after it and counts.", { stay: true }),
    onRefused: (command, problems, id) => {
      if (command?.name === "hello") return void shell.unopened(problems);
      if (questions.refused(id, problems) || !command || command.name === "ping") return undefined;
      room.takeBack?.(app, command);
      link.outbox.dismiss(id);
      shell.toast("This was not stored. What you typed is still here.", { kind: "problem", stay: true, detail: problemList(problems) });
      return repaint();
    },
  });

  function readFramework() {
    const given = model.get("framework");
    if (!given || !given.skills) return false;
    if (framework?.given === given) return true;
    framework = { ...given, given, byId: new Map(given.skills.map((skill) => [skill.id, skill])) };
    app.framework = framework;
    return true;
  }

  function adopt(state) {
    const before = kernelState;
    const same = before && before.assessment?.code === state.assessment?.code;
    if (before && !same) room.left?.(app);
    kernelState = state;
    if (!readFramework()) return;
    if (!same) arrive(!before);
    repaint();
    if (!before) removeFirstPaint();
  }

  function arrive(first) {
    held = new Map();
    app.ui = { ...room.ui, ...(recall(session, uiKey(), {}) || {}) };
    place.arrive();
    app.state = kernelState;
    const mine = kernelState.nav.find((entry) => entry.current)?.href;
    if (served && mine?.startsWith("/") && mine !== location.pathname + location.search) history[first ? "replaceState" : "pushState"](history.state, "", mine + (first ? location.hash : ""));
    if (!first && document.scrollingElement && !place.returning()) document.scrollingElement.scrollTop = 0;
    readHash();
    room.arrived?.(app);
    setAddress(true);
    if (!first && !place.returning()) place.want("step");
  }

  function readHash() {
    const [step, at = null] = location.hash.slice(1).split("/").map(decodeURIComponent);
    if (known.has(step)) Object.assign(app.ui, { step, place: at ?? app.ui.place });
  }

  function setAddress(replace = false) {
    if (!served) return;
    const step = app.stepNow();
    const hash = step ? `#${step}${app.ui.place ? `/${encodeURIComponent(app.ui.place)}` : ""}` : "";
    if (hash && location.hash !== hash) history[replace ? "replaceState" : "pushState"](history.state, "", hash);
  }

  /* To a step, and to a place in it. */
  function go(step, at = null, { focus = "step" } = {}) {
    room.left?.(app);
    app.keep({ step, place: at });
    setAddress();
    repaint();
    if (document.scrollingElement) document.scrollingElement.scrollTop = 0;
    shell.content.querySelector(`[data-focus="${CSS.escape(focus)}"]`)?.focus({ preventScroll: true });
  }

  /* Another meeting, once what was done in this one is on disk. */
  async function openMeeting(code) {
    link.outbox.flush();
    for (let left = 60; app.waiting() && left > 0; left -= 1) await new Promise((resolve) => setTimeout(resolve, 50));
    if (app.waiting()) {
      shell.toast("What you did here is not saved yet. Wait until it says Saved, then go on.", { kind: "problem" });
      const mine = kernelState?.nav.find((entry) => entry.current)?.href;
      if (served && mine) history.replaceState(history.state, "", mine);
      return;
    }
    if (code) link.request("hello", { assessment: code, framework: null, embed: served ? "voila" : "lab" }, { patience: 20000 });
    else link.request("meetings", {}, { patience: 6000 });
  }

  function onAddress() {
    if (!kernelState) return undefined;
    const code = new URLSearchParams(location.search).get("assessment");
    if (code !== (kernelState.assessment?.code ?? null)) return openMeeting(code);
    if (!code) return undefined;
    room.left?.(app);
    readHash();
    return repaint();
  }

  function repaint() {
    if (broken || !kernelState || !framework) return;
    try {
      app.state = room.pending ? room.pending(kernelState, link.outbox.pending(), framework) : kernelState;
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
    const kind = app.state.assessment?.code || "list";
    if (drawn !== kind) {
      // Another meeting: nothing of the one before stays in its fields.
      shell.content.replaceChildren();
      paintContent = createPainter(shell.content);
      drawn = kind;
    }
    if (!app.state.assessment) return void paintContent(h("div", { key: "start", class: "sm-room-start" }, room.views.start(app)));
    const step = app.stepNow();
    paintContent(roomHead(app, room), deletedNote(app), h("div", { key: step, class: `sm-room sm-room-${step}` }, room.views[step](app)));
    return undefined;
  }

  const onFramework = () => {
    if (!framework && kernelState) adopt(kernelState);
    else if (readFramework()) repaint();
  };
  const unlisten = room.listen?.(app, shell.root);
  model.on("change:framework", onFramework);
  if (served) {
    addEventListener("popstate", onAddress);
    addEventListener("hashchange", onAddress);
  }
  shell.paint({}, status);

  return () => {
    saveplace();
    unlisten?.();
    model.off("change:framework", onFramework);
    removeEventListener("popstate", onAddress);
    removeEventListener("hashchange", onAddress);
    link.close();
    shell.destroy();
  };
}

function roomHead(app, room) {
  const now = app.stepNow();
  const { meeting } = app.state;
  return h(
    "div",
    { class: "sm-page-head", key: "head" },
    h("div", { class: "sm-page-title" }, h("h1", { class: "sm-meet-name", dir: "auto" }, meeting.title), h("p", { class: "sm-page-aim" }, room.aim?.(app), " · ", h("button", { type: "button", class: "sm-link", "data-focus": "meetings", onclick: () => app.openMeeting(null) }, room.all))),
    h(
      "nav",
      { class: "sm-steps", "aria-label": "Steps" },
      h(
        "ol",
        { role: "list" },
        app.steps.map(([id, title], at) =>
          h(
            "li",
            { key: id },
            h(
              "a",
              {
                href: `#${id}`,
                "aria-current": now === id ? "step" : null,
                onclick: (event) => {
                  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
                  event.preventDefault();
                  app.go(id);
                },
              },
              h("span", { class: "sm-step-number", "aria-hidden": "true" }, at + 1),
              title,
            ),
          ),
        ),
      ),
    ),
  );
}

/* A meeting that was deleted, here or in another tab, and is open all the same. */
function deletedNote(app) {
  if (!app.state.meeting.deleted) return null;
  return h("p", { class: "sm-warning", key: "deleted", role: "alert" }, icon("open"), h("span", null, "This was deleted. ", h("button", { type: "button", class: "sm-link", onclick: () => app.send("restore", { meeting: app.state.assessment.code }) }, "Bring it back")));
}

/* The title of a step; the first thing that is focused when it opens. */
function stepTitle(title, lead = null) {
  return [h("h2", { class: "sm-section-title sm-room-title", tabindex: "-1", "data-focus": "step" }, title), lead ? h("p", { class: "sm-lead-text" }, lead) : null];
}

/* Meetings of this page: open one, begin another, bring one back. */
function meetingList(app, { title, empty }) {
  const { meetings, deleted } = app.state;
  const remove = (entry) => {
    app.send("delete", { meeting: entry.code });
    app.toast(`“${entry.title}” is deleted. It can be restored.`, { action: { label: "Undo", run: () => app.send("restore", { meeting: entry.code }) } });
  };
  const line = (entry) =>
    h(
      "li",
      { key: entry.code, class: "sm-assessment" },
      h(
        "div",
        { class: "sm-assessment-body" },
        h("p", { class: "sm-assessment-name", dir: "auto" }, h("a", { href: entry.href, "data-focus": `meeting-${entry.code}`, onclick: (event) => {
          if (event.ctrlKey || event.metaKey || event.shiftKey) return;
          event.preventDefault();
          app.openMeeting(entry.code);
        } }, entry.title)),
        h("p", { class: "sm-assessment-meta", dir: "auto" }, [entry.candidate, `begun ${dayText(entry.created_at)}`, changedText(entry.updated_at)].filter(Boolean).join(" · ")),
      ),
      h("button", { type: "button", class: "sm-button sm-button-small", "aria-label": `Delete ${[entry.title, entry.candidate].filter(Boolean).join(", ")}`, onclick: () => remove(entry) }, "Delete"),
    );
  return h(
    "section",
    { "aria-labelledby": "sm-meetings-title", key: "meetings" },
    h("h2", { class: "sm-section-title", id: "sm-meetings-title" }, title),
    meetings.length ? h("ul", { class: "sm-assessments", role: "list" }, meetings.map(line)) : h("p", { class: "sm-quiet" }, empty),
    deleted.length
      ? h(
          "details",
          { class: "sm-deleted" },
          h("summary", null, `Deleted (${deleted.length})`),
          h("ul", { class: "sm-plain-list", role: "list" }, deleted.map((entry) => h("li", { key: entry.code }, h("span", { dir: "auto" }, entry.title), " ", h("button", { type: "button", class: "sm-button sm-button-small", onclick: () => app.send("restore", { meeting: entry.code }) }, "Restore")))),
        )
      : null,
  );
}

/* A decision log from elsewhere: whole as it was written, or the first entry that is not. */
function logCheck(app) {
  const told = app.held("verify");
  const take = async (file) => {
    if (!file) return;
    Object.assign(told, { busy: true, verified: null, problems: null, name: file.name });
    app.repaint();
    try {
      const answer = await app.ask("verify", { name: file.name.slice(0, 500), text: await file.text() }, { patience: 30000 });
      Object.assign(told, { busy: false, verified: answer.verified });
      app.announce("The log is whole.");
    } catch (error) {
      Object.assign(told, { busy: false, problems: error.problems || [{ where: file.name, found: "a file the browser could not read", expected: "a decision log" }] });
      app.announce("The log is not as it was written.");
    }
    app.repaint();
  };
  return h(
    "section",
    { "aria-labelledby": "sm-verify-title", key: "verify" },
    h("h2", { class: "sm-section-title", id: "sm-verify-title" }, "Check a decision log"),
    h("p", { class: "sm-quiet" }, "Each entry carries the hash of the one before. A log that was changed afterwards names its first broken entry."),
    h("label", { class: "sm-drop sm-drop-small" }, icon("file"), h("span", null, told.busy ? "Reading…" : ["Choose a ", h("code", null, "decisions.json"), " file"]), h("input", { type: "file", class: "sm-hidden", accept: ".json,application/json", "data-focus": "verify", onchange: (event) => {
      take(event.target.files[0]);
      event.target.value = "";
    } })),
    told.verified ? h("p", { class: "sm-told", dir: "auto" }, icon("check"), ` “${told.verified.title}” is whole: ${plural(told.verified.entries, "entry", "entries")}${told.verified.last ? `, the last of ${dayText(told.verified.last)}` : ""}.`) : null,
    told.problems ? [h("p", { class: "sm-warning" }, icon("cross"), h("span", null, `${told.name} is not as it was written.`)), problemList(told.problems)] : null,
  );
}
