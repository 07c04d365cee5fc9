/* shell.js: what every page has: header, saved state, theme and text size, messages, connection. */

const THEMES = [
  ["auto", "As this device"],
  ["light", "Light"],
  ["dark", "Dark"],
];
const TEXT_SIZES = [
  ["normal", "Normal"],
  ["large", "Large"],
  ["larger", "Larger"],
];

const TYPING = 1200; // ms without a key until a person is taken to have paused

function isServed() {
  return document.body.hasAttribute("data-skillmatrix-served");
}

function safeStorage(kind) {
  try {
    const storage = globalThis[kind];
    storage.getItem("skillmatrix.probe");
    return storage;
  } catch {
    return null;
  }
}

function recall(storage, key, fallback = null) {
  try {
    const text = storage?.getItem(key);
    return text === null || text === undefined ? fallback : JSON.parse(text);
  } catch {
    return fallback;
  }
}

function remember(storage, key, value) {
  if (!storage) return false;
  try {
    if (value === null || value === undefined) storage.removeItem(key);
    else storage.setItem(key, JSON.stringify(value));
    return true;
  } catch {
    return false;
  }
}

/* Theme and text size: plain words in localStorage, read by the served page before its first paint. */
function createAppearance(root) {
  const storage = safeStorage("localStorage");
  const read = (key, allowed) => {
    let value = null;
    try {
      value = storage?.getItem(key);
    } catch {
      value = null;
    }
    return allowed.some(([id]) => id === value) ? value : allowed[0][0];
  };
  let theme = read("skillmatrix.theme", THEMES);
  let size = read("skillmatrix.textsize", TEXT_SIZES);

  function apply() {
    const target = isServed() ? document.documentElement : root;
    const lab = document.body.dataset.jpThemeLight; // JupyterLab says which theme it wears
    const shown = theme === "auto" && lab !== undefined ? (lab === "false" ? "dark" : "light") : theme;
    target.dataset.smTheme = shown;
    target.dataset.smText = size;
  }

  function set(key, value) {
    try {
      storage?.setItem(key, value);
    } catch {
      // It holds for this page at least.
    }
    apply();
  }

  apply();
  const watcher = document.body.dataset.jpThemeLight === undefined ? null : new MutationObserver(apply);
  watcher?.observe(document.body, { attributes: true, attributeFilter: ["data-jp-theme-light"] });

  return {
    theme: () => theme,
    size: () => size,
    shown: () => {
      const stated = (isServed() ? document.documentElement : root).dataset.smTheme;
      if (stated === "light" || stated === "dark") return stated;
      return matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
    },
    setTheme: (value) => {
      theme = value;
      set("skillmatrix.theme", value);
    },
    setSize: (value) => {
      size = value;
      set("skillmatrix.textsize", value);
    },
    stop: () => watcher?.disconnect(),
  };
}

function createShell(el, { onUndo = null, onRedo = null, onReload = () => {}, onTheme = () => {}, onDiscard = null } = {}) {
  const root = build(h("div", { class: "sm" }));
  const skip = build(h("a", { class: "sm-skip", href: "#sm-content" }, "Skip to the page content"));
  const header = build(h("div", { class: "sm-top" }));
  const banner = build(h("div", { class: "sm-banner-place" }));
  const content = build(h("div", { class: "sm-content", id: "sm-content", tabindex: "-1" }));
  const frame = build(h("div", { class: "sm-frame" }));
  const toasts = build(h("div", { class: "sm-toasts", role: "region", "aria-label": "Messages" }));
  const polite = build(h("div", { class: "sm-hidden", role: "status", "aria-live": "polite" }));
  const urgent = build(h("div", { class: "sm-hidden", role: "alert" }));
  frame.append(header, banner, content);
  root.append(skip, frame, toasts, polite, urgent);
  el.replaceChildren(root);

  const appearance = createAppearance(root);
  const paintHeader = createPainter(header);
  const paintBanner = createPainter(banner);
  const paintToasts = createPainter(toasts);
  let seen = { state: {}, status: { word: "saved" } };
  let messages = [];
  let lastBanner = null;

  skip.addEventListener("click", (event) => {
    event.preventDefault();
    content.focus();
    content.scrollIntoView({ block: "start" });
  });

  const onPointer = (event) => {
    const open = header.querySelector("details.sm-menu[open]");
    if (open && !open.contains(event.target)) open.open = false;
  };
  document.addEventListener("pointerdown", onPointer);

  function announce(text) {
    // The same words twice are heard twice.
    polite.textContent = polite.textContent === text ? `${text}\u00a0` : text;
  }

  function toast(text, { action = null, kind = "plain", stay = false, detail = null } = {}) {
    const id = newId();
    messages = [...messages.slice(-2), { id, text, action, kind, detail }];
    drawToasts();
    if (kind === "problem") urgent.textContent = text;
    else announce(text);
    if (!stay) {
      const leave = () => {
        if (toasts.matches(":hover, :focus-within")) setTimeout(leave, 3000);
        else drop(id);
      };
      setTimeout(leave, action || kind === "problem" ? 15000 : 6000);
    }
    return id;
  }

  function drop(id) {
    messages = messages.filter((message) => message.id !== id);
    drawToasts();
  }

  function drawToasts() {
    paintToasts(
      messages.map((message) =>
        h(
          "div",
          { key: message.id, class: classes("sm-toast", message.kind === "problem" && "sm-toast-problem") },
          h("div", { class: "sm-toast-text" }, h("p", { dir: "auto" }, message.text), message.detail),
          message.action
            ? h(
                "button",
                {
                  type: "button",
                  class: "sm-button sm-button-small",
                  onclick: () => {
                    drop(message.id);
                    message.action.run();
                  },
                },
                message.action.label,
              )
            : null,
          h("button", { type: "button", class: "sm-icon-button", "aria-label": "Close this message", onclick: () => drop(message.id) }, icon("close")),
        ),
      ),
    );
  }

  function choice(name, options, value, onPick) {
    return options.map(([id, label]) =>
      h(
        "label",
        { class: "sm-choice" },
        h("input", { type: "radio", name, value: id, checked: value === id, onchange: () => onPick(id) }),
        h("span", null, label),
      ),
    );
  }

  function menu(state) {
    const serial = "sm-display";
    const close = (event) => {
      if (event.key !== "Escape") return;
      const box = event.currentTarget;
      box.open = false;
      box.querySelector("summary").focus();
    };
    return h(
      "details",
      { class: "sm-menu", onkeydown: close, onfocusout: (event) => {
          const box = event.currentTarget;
          if (event.relatedTarget && !box.contains(event.relatedTarget)) box.open = false;
        } },
      h("summary", { class: "sm-icon-button sm-button-text" }, icon("sliders"), h("span", { class: "sm-menu-word" }, "Display")),
      h(
        "div",
        { class: "sm-menu-box" },
        h("fieldset", null, h("legend", null, "Colours"), choice(`${serial}-theme`, THEMES, appearance.theme(), (id) => {
          appearance.setTheme(id);
          paint(seen.state, seen.status);
          onTheme();
        })),
        h("fieldset", null, h("legend", null, "Text size"), choice(`${serial}-size`, TEXT_SIZES, appearance.size(), (id) => {
          appearance.setSize(id);
          paint(seen.state, seen.status);
        })),
        state.workspace?.path ? h("p", { class: "sm-menu-note" }, "Everything is kept in ", h("span", { class: "sm-path" }, state.workspace.path), " on this machine. Nothing is sent anywhere.") : null,
      ),
    );
  }

  function savedWords(status) {
    if (status.word === "saved") return status.savedAt ? `Saved ${clockTime(status.savedAt)}` : "Nothing to save";
    if (status.word === "saving") return "Saving…";
    if (status.word === "held") return "Not saved";
    return status.pending ? "Not saved, reconnecting" : "Reconnecting";
  }

  function brand() {
    return h(
      "span",
      { class: "sm-brand" },
      h(
        "svg",
        { class: "sm-brand-mark", viewBox: "0 0 20 20", width: "20", height: "20", "aria-hidden": "true", focusable: "false" },
        h("path", { d: "M3 5h14M3 10h14M3 15h14", class: "sm-brand-lines" }),
        h("circle", { cx: 7, cy: 5, r: 2.4 }),
        h("circle", { cx: 14, cy: 10, r: 2.4 }),
        h("circle", { cx: 10, cy: 15, r: 2.4 }),
      ),
      "skillmatrix",
    );
  }

  function whoseKind(state) {
    if (state.meeting) return state.meeting.kind === "interview" ? "interview panel" : "calibration";
    return state.lock ? "locked round" : state.mentor ? "mentor session" : "private draft";
  }

  function undoButtons(state) {
    if (!onUndo) return null;
    return h(
      "span",
      { class: "sm-undo" },
      h("button", { type: "button", class: "sm-icon-button", "aria-disabled": state.can_undo ? "false" : "true", "aria-label": state.can_undo ? `Undo: ${state.can_undo}` : "Undo: nothing to undo", title: state.can_undo ? `Undo: ${state.can_undo}` : "Nothing to undo", onclick: () => state.can_undo && onUndo() }, icon("undo")),
      h("button", { type: "button", class: "sm-icon-button", "aria-disabled": state.can_redo ? "false" : "true", "aria-label": state.can_redo ? `Redo: ${state.can_redo}` : "Redo: nothing to redo", title: state.can_redo ? `Redo: ${state.can_redo}` : "Nothing to redo", onclick: () => state.can_redo && onRedo() }, icon("redo")),
    );
  }

  function paint(state, status) {
    seen = { state, status };
    const person = state.assessment?.person;
    const away = !["saved", "saving"].includes(status.word);
    paintHeader(
      h(
        "div",
        { class: "sm-header" },
        brand(),
        h(
          "nav",
          { class: "sm-nav", "aria-label": "Pages" },
          (state.nav || []).map((entry) =>
            entry.href
              ? h("a", { href: entry.href, "aria-current": entry.current ? "page" : null }, entry.title)
              : h("span", { class: "sm-nav-plain", "aria-current": entry.current ? "page" : null }, entry.title),
          ),
        ),
        state.assessment ? h("p", { class: "sm-whose", title: person || "" }, h("span", { class: "sm-whose-name", dir: "auto" }, person || "No name given"), h("span", { class: "sm-whose-kind" }, whoseKind(state))) : h("p", { class: "sm-whose" }),
        undoButtons(state),
        h("p", { class: classes("sm-saved", `sm-saved-${away ? "away" : status.word}`) }, h("span", { class: "sm-saved-dot", "aria-hidden": "true" }), savedWords(status)),
        menu(state),
      ),
    );
    drawBanner(status);
  }

  function drawBanner(status) {
    let text = null;
    let button = null;
    if (status.word === "offline") text = "Not connected. What you do is kept in this browser and stored when the workbook runs again.";
    else if (status.word === "silent") text = "The notebook does not answer. Run its cell again; what you typed is kept in this browser and stored then.";
    else if (status.word === "stuck") {
      text = "The workbook does not answer, and reloading did not help. What you did is kept in this browser.";
      button = h("button", { type: "button", class: "sm-button sm-button-small", onclick: onReload }, "Reload the page");
    }
    else if (status.word === "held") {
      text = `It could not be stored: ${status.trouble.map((problem) => [problem.found, problem.remedy].filter(Boolean).join(". ")).join("; ")}. It is kept in this browser and tried again every few seconds.`.replaceAll("..", ".");
      if (status.tries > 2 && onDiscard) button = h("button", { type: "button", class: "sm-button sm-button-small", onclick: onDiscard }, "Discard this change");
    }
    if (status.memoryOnly && (text || status.pending)) {
      text = `${text || "This browser does not let the page keep a copy of what is not yet saved."} ${text ? "This browser cannot keep a copy: leave this page open." : "Leave this page open until it says Saved."}`;
    }
    paintBanner(text ? h("div", { class: "sm-banner" }, icon("open"), h("p", null, text), button) : null);
    if (text !== lastBanner) {
      if (text) urgent.textContent = text;
      else if (lastBanner) announce("Connected again.");
      lastBanner = text;
    }
  }

  /* Something in drawing the page failed: say so calmly; what waits in the outbox stays there. */
  function broken(error) {
    globalThis.console?.error(error);
    const box = build(
      h(
        "div",
        { class: "sm-broken" },
        h("h1", null, "This part of the page could not be drawn"),
        h("p", null, "Nothing you entered is lost: it is stored, or kept in this browser until it is. Reload the page to go on. If it happens again, please report what you did just before."),
        h("button", { type: "button", class: "sm-button", onclick: onReload }, "Reload the page"),
      ),
    );
    content.replaceChildren(box);
  }

  /* The kernel could open nothing: say why. */
  function unopened(problems) {
    const box = build(
      h(
        "div",
        { class: "sm-broken" },
        h("h1", null, "This page could not be opened"),
        problemList(problems, { files: true }),
        h("p", null, "Nothing you entered is lost."),
        h("button", { type: "button", class: "sm-button", onclick: onReload }, "Reload the page"),
      ),
    );
    content.replaceChildren(box);
    removeFirstPaint();
  }

  return {
    root,
    content,
    paint,
    unopened,
    announce,
    toast,
    drop,
    broken,
    theme: () => appearance.shown(),
    destroy() {
      document.removeEventListener("pointerdown", onPointer);
      appearance.stop();
      el.replaceChildren();
    },
  };
}

/* id@version of the ladder that the page has been given. */
function ladderKey(model) {
  const given = model.get("framework") || {};
  return `${given.id}@${given.version}`;
}

/* The connection of one page: hello, ping, answers; the outbox decides about the rest. */
function createLink({ model, page, onState, onAnswer, onFigure, onRefused, onConflict, onStatus, beforeReload }) {
  const served = isServed();
  const local = safeStorage("localStorage");
  const healthUrl = document.body.dataset.skillmatrixHealth || "/skillmatrix/health";
  const health = served
    ? async () => {
        const limit = new AbortController();
        const timer = setTimeout(() => limit.abort(), 2000);
        try {
          const answer = await fetch(healthUrl, { cache: "no-store", signal: limit.signal });
          return answer.ok;
        } catch {
          return false;
        } finally {
          clearTimeout(timer);
        }
      }
    : null;

  let typedAt = -TYPING;
  const onTyped = () => (typedAt = performance.now());
  addEventListener("keydown", onTyped, true);
  addEventListener("input", onTyped, true);

  const outbox = createOutbox({
    typing: () => performance.now() - typedAt < TYPING,
    send: (message) => model.send(message),
    onChange: () => onStatus(outbox ? outbox.status() : { word: "saved" }),
    health,
    reload: served
      ? () => {
          beforeReload();
          location.reload();
        }
      : null,
    storage: local,
  });

  let seq = -1;
  let held = null; // a state that speaks of a ladder which is still on its way
  let greeted = false;
  let code = null;

  function adopt(state, { force = false } = {}) {
    if (!state || !state.nav) return;
    if (state.framework && state.framework !== ladderKey(model)) {
      held = { state, force };
      return;
    }
    const next = typeof state.seq === "number" ? state.seq : seq;
    const nextCode = state.assessment?.code ?? null;
    if (!force && nextCode === code && next < seq) return;
    seq = next;
    code = nextCode;
    outbox.setSavedAt(state.saved_at);
    if (state.workspace?.id) outbox.open(`skillmatrix.outbox.${state.workspace.id}.${code || page}`);
    onState(state);
  }

  function onMessage(message) {
    if (!message || typeof message !== "object") return;
    if (message.kind === "state") return adopt(message.state);
    if (!["ack", "refused", "figure"].includes(message.kind)) return undefined;
    const command = outbox.receive(message);
    if (message.kind === "figure") return onFigure(message);
    if (message.kind === "refused") return onRefused(command, message.problems || [], message.id);
    if (command?.name === "hello") greeted = true;
    adopt(message.state, { force: command?.name === "hello" });
    if (message.conflict) onConflict(message.conflict, command);
    onAnswer(command, message);
    return undefined;
  }

  const onTrait = () => {
    if (greeted) adopt(model.get("state"));
  };

  const onLadder = () => {
    const waiting = held;
    held = null;
    if (waiting) adopt(waiting.state, { force: waiting.force });
  };

  model.on("msg:custom", onMessage);
  model.on("change:state", onTrait);
  model.on("change:framework", onLadder);

  const query = new URLSearchParams(served ? location.search : "");
  outbox.request("hello", { assessment: query.get("assessment"), framework: query.get("framework"), embed: served ? "voila" : "lab" }, { patience: 6000 });
  const pinging = setInterval(() => outbox.request("ping", {}), 5000);
  // A notebook opened without its kernel still shows what it was saved with.
  const early = setTimeout(() => {
    if (!greeted) adopt(model.get("state"));
  }, 1500);
  const leaving = () => {
    outbox.flush();
    beforeReload();
  };
  addEventListener("pagehide", leaving);
  addEventListener("skillmatrix:kernel-lost", outbox.lost);

  return {
    outbox,
    command: (name, args, options) => outbox.command(name, args, { base: seq, ...options }),
    request: (name, args, options) => outbox.request(name, args, { base: seq, ...options }),
    seq: () => seq,
    close() {
      clearInterval(pinging);
      clearTimeout(early);
      removeEventListener("pagehide", leaving);
      removeEventListener("keydown", onTyped, true);
      removeEventListener("input", onTyped, true);
      removeEventListener("skillmatrix:kernel-lost", outbox.lost);
      model.off("msg:custom", onMessage);
      model.off("change:state", onTrait);
      model.off("change:framework", onLadder);
      outbox.flush();
      outbox.close();
    },
  };
}

/* Problems as where / found / expected / remedy. */
function problemList(problems, { files = false } = {}) {
  return h(
    "ul",
    { class: "sm-problems" },
    problems.map((problem) =>
      h(
        "li",
        null,
        problem.where ? h("p", { class: "sm-problem-where" }, [files && problem.file ? `${problem.file}${problem.line ? `:${problem.line}` : ""}: ` : null, String(problem.where)]) : null,
        h("p", { dir: "auto" }, [problem.found ? `Found: ${problem.found}. ` : null, problem.expected ? `Expected: ${problem.expected}. ` : null]),
        problem.remedy ? h("p", { class: "sm-problem-remedy", dir: "auto" }, String(problem.remedy)) : null,
      ),
    ),
  );
}

function removeFirstPaint() {
  document.getElementById("skillmatrix-first-paint")?.remove();
}

/* The ladder and the role that a form stands at: what was chosen, as far as it still exists. */
function startChoice(ladders, framework, profile) {
  const usable = ladders.filter((entry) => !entry.problem);
  const ladder = usable.find((entry) => entry.id === framework) || usable[0] || { id: null, profiles: [] };
  const role = ladder.profiles.find((entry) => entry.id === profile) || ladder.profiles.find((entry) => entry.id === ladder.profile) || { id: null, summary: "" };
  return { ladder, role };
}

/* Ladders of this workbook that cannot be used, and why. */
function ladderTroubles(ladders) {
  return ladders
    .filter((entry) => entry.problem)
    .map((entry) => h("p", { class: "sm-warning", key: entry.id }, icon("open"), h("span", null, h("b", null, "A ladder cannot be used: "), entry.problem)));
}

/* The form that begins a self-review; on the home page and where there is none yet. */
function startForm({ name, ladders, framework, profile, onName, onFramework, onProfile, onStart, onExample }) {
  const { ladder, role } = startChoice(ladders, framework, profile);
  const usable = ladders.filter((entry) => !entry.problem);
  return h(
    "form",
    {
      class: "sm-start-form",
      onsubmit: (event) => {
        event.preventDefault();
        onStart();
      },
    },
    h(
      "div",
      { class: "sm-field" },
      h("label", { for: "sm-start-name" }, "Name ", h("span", { class: "sm-quiet" }, "(optional)")),
      h("input", { id: "sm-start-name", class: "sm-input", type: "text", dir: "auto", maxlength: "200", autocomplete: "off", "data-focus": "start-name", "aria-describedby": "sm-start-name-hint", value: name, oninput: (event) => onName(event.target.value) }),
      h("p", { class: "sm-hint", id: "sm-start-name-hint" }, "Kept in a separate file; everything else refers to a random code."),
    ),
    usable.length > 1
      ? h(
          "div",
          { class: "sm-field" },
          h("label", { for: "sm-start-ladder" }, "Ladder"),
          h("select", { id: "sm-start-ladder", class: "sm-input", "data-focus": "start-ladder", value: ladder.id, onchange: (event) => onFramework(event.target.value) }, usable.map((entry) => h("option", { key: entry.id, value: entry.id }, entry.title))),
        )
      : null,
    h(
      "div",
      { class: "sm-field" },
      h("label", { for: "sm-start-profile" }, "Target role"),
      h("select", { id: "sm-start-profile", class: "sm-input", "data-focus": "start-profile", value: role.id, onchange: (event) => onProfile(event.target.value) }, ladder.profiles.map((entry) => h("option", { key: `${ladder.id} ${entry.id}`, value: entry.id }, entry.title))),
      h("p", { class: "sm-hint" }, role.summary || ""),
    ),
    h(
      "div",
      { class: "sm-start-buttons" },
      h("button", { type: "submit", class: "sm-button sm-button-main" }, "Start", icon("next")),
      onExample && ladder.example ? h("button", { type: "button", class: "sm-button", onclick: onExample }, "Open an invented example") : null,
    ),
  );
}
