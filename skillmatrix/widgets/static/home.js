/* home.js: the first page: what this is, the three jobs, what is in this workspace. */

function renderHome({ model, el }) {
  const served = isServed();
  const session = safeStorage("sessionStorage");
  let state = null;
  let status = { word: "saved" };
  let paintContent = null;
  let broken = false;
  let ui = { name: "", framework: null, profile: null, ...(recall(session, "skillmatrix.ui.home", {}) || {}) };
  const questions = createQuestions((...told) => link.request(...told));
  let over = false; // a file hangs over the page
  let landed = null; // the code of what has just been made

  const saveplace = () => remember(session, "skillmatrix.ui.home", { name: ui.name, framework: ui.framework, profile: ui.profile });

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

  const link = createLink({
    model,
    page: "home",
    beforeReload: saveplace,
    onStatus: (next) => {
      status = next;
      shell.paint(state || {}, status);
    },
    onState: (next) => {
      const first = !state;
      state = next;
      repaint();
      if (first) removeFirstPaint();
      if (first) forgetErased();
    },
    onFigure: () => {},
    onConflict: () => {},
    onAnswer: (command, message) => {
      questions.answered(message);
      if (command && ["create", "duplicate", "open"].includes(command.name) && message.opened) arrived(command.name, message.opened, command.args);
      else if (command?.name === "delete") {
        shell.toast("Deleted. It can be restored.", { action: { label: "Undo", run: () => send("restore", { assessment: command.args.assessment }) } });
      } else if (command?.name === "restore") shell.announce("Restored.");
      repaint();
    },
    onRefused: (command, problems, id) => {
      if (command?.name === "hello") return void shell.unopened(problems);
      if (!command || command.name === "ping") return;
      link.outbox.dismiss(id);
      if (questions.refused(id, problems)) return;
      shell.toast("That did not work. Nothing was changed.", { kind: "problem", stay: true, detail: problemList(problems) });
      repaint();
    },
  });

  function send(name, args) {
    const id = link.command(name, args);
    repaint();
    return id;
  }

  function focus(key) {
    shell.content.querySelector(`[data-focus="${key}"]`)?.focus();
  }

  function arrived(name, code, args) {
    const entry = state.assessments.find((item) => item.code === code);
    landed = code;
    if (name === "create" || name === "open") {
      if (served && entry?.href) {
        if (!args.example) ui.name = "";
        saveplace();
        location.assign(entry.href);
      } else shell.toast("It is ready. Open the notebook “self_review” to go on.", { stay: true });
    } else if (name === "duplicate") shell.toast("A new round, with the same aim and ratings to start from.", {});
    requestAnimationFrame(() => focus(`assessment-${code}`));
  }

  async function forgetErased() {
    const local = safeStorage("localStorage");
    const codes = leftoverCodes(local, state);
    if (!codes.length) return;
    const answer = await questions.ask("leftovers", { codes }).catch(() => null);
    if (!answer?.erased?.length) return;
    clearLeftovers([local, session].filter(Boolean), state.workspace.id, answer.erased);
    shell.toast(`What this browser still kept of ${plural(answer.erased.length, "erased assessment")} was removed.`, {});
  }

  const importing = createHomeImport({
    ask: questions.ask,
    repaint: () => repaint(),
    focusSoon: (key) => requestAnimationFrame(() => focus(key)),
    announce: shell.announce,
    ladders: () => state.ladders,
    arrived: (code, words) => {
      landed = code;
      shell.toast(words, {});
      repaint();
      requestAnimationFrame(() => focus(`assessment-${code}`));
    },
  });

  function repaint() {
    if (broken || !state) return;
    try {
      paintContent ||= createPainter(shell.content);
      paintContent(homeView());
      shell.paint(state, status);
    } catch (error) {
      broken = true;
      shell.broken(error);
    }
  }

  function homeView() {
    const some = state.assessments.length > 0;
    return h(
      "div",
      { class: "sm-home", key: "home" },
      h(
        "header",
        { class: "sm-home-head" },
        h("h1", null, "Where do you stand, and what comes next?"),
        h("p", { class: "sm-lead-text" }, "A workbook in which you set your own work beside written examples and evidence, skill by skill, and see what stands between you and the next role. It is not a test, a performance rating or a decision: it prepares a conversation, and a person decides. Everything stays on this machine until you hand over a file yourself."),
      ),
      h(
        "div",
        { class: "sm-home-grid" },
        h(
          "div",
          { class: "sm-home-main" },
          some ? workspaceList() : null,
          h(
            "section",
            { class: "sm-home-start", "aria-labelledby": "sm-start-title" },
            h("h2", { id: "sm-start-title", class: "sm-section-title" }, some ? "Start another self-review" : "Start your self-review"),
            ladderTroubles(state.ladders),
            some ? null : h("p", { class: "sm-quiet" }, startChoice(state.ladders, ui.framework, ui.profile).ladder.example ? "Nothing is in this workspace yet. Begin with your own review, or look around in an invented one first." : "Nothing is in this workspace yet. Begin with your own review."),
            startForm({
              name: ui.name,
              ladders: state.ladders,
              framework: ui.framework,
              profile: ui.profile,
              onName: (name) => {
                ui.name = name;
              },
              onFramework: (id) => {
                ui.framework = id;
                repaint();
              },
              onProfile: (id) => {
                ui.profile = id;
                repaint();
              },
              onStart: () => {
                const { ladder, role } = startChoice(state.ladders, ui.framework, ui.profile);
                send("create", { name: ui.name.trim(), framework: ladder.id, profile: role.id });
              },
              onExample: () => send("create", { example: true }),
            }),
          ),
          importSection(importing, over),
        ),
        doors(),
      ),
    );
  }

  function doors() {
    const place = (page) => state.nav.find((entry) => entry.page === page)?.href;
    const door = (title, who, text, now, active) =>
      h("li", { class: classes("sm-door", active && "sm-door-open") }, h("p", { class: "sm-eyebrow" }, who), h("h3", null, title), h("p", null, text), now ? h("p", { class: "sm-door-now" }, now) : null);
    return h(
      "section",
      { class: "sm-doors-place", "aria-labelledby": "sm-doors-title" },
      h("h2", { id: "sm-doors-title", class: "sm-section-title" }, "Three jobs, one sitting each"),
      h(
        "ol",
        { class: "sm-doors", role: "list" },
        door("Review yourself", "You · alone · 15 to 40 minutes", "Say what you aim at, rate your skills against examples, add evidence, and read for everything the role asks whether it is met, not met or open, and why.", null, true),
        door("Talk it over", "Mentor · with you · about 45 minutes", "A second person rates first without seeing your levels; then both stand side by side.", [h("a", { href: place("mentor_session") }, "Open the mentor session"), " as the mentor. As the specialist, lock your round in the step Hand over and give your mentor the packet."]),
        door("Calibrate", "Manager · with the panel", "Independent ratings of up to thirty people, compared before they are discussed; decisions by criterion, with reasons written down.", [h("a", { href: place("calibration") }, "Open the calibration page"), " with the packets and locked ratings you were given. For candidates there is the ", h("a", { href: place("interview_panel") }, "interview panel"), "."]),
      ),
    );
  }

  function workspaceList() {
    return h(
      "section",
      { class: "sm-workspace", "aria-labelledby": "sm-workspace-title" },
      h("h2", { id: "sm-workspace-title", class: "sm-section-title" }, "In this workspace"),
      h("ul", { class: "sm-assessments", role: "list" }, state.assessments.map(assessmentLine)),
      state.deleted?.length
        ? h(
            "details",
            { class: "sm-more" },
            h("summary", null, `Deleted (${state.deleted.length})`),
            h("ul", { class: "sm-deleted", role: "list" }, state.deleted.map((entry) => h("li", { key: entry.code }, h("span", { class: "sm-cut", dir: "auto" }, entry.person || "No name"), h("button", { type: "button", class: "sm-link", "aria-label": `Restore: ${entry.person || "no name"}`, onclick: () => send("restore", { assessment: entry.code }) }, "Restore")))),
          )
        : null,
    );
  }

  /* Rounds under one name are told apart by when they were begun; empty where there is one. */
  function begunText(entry) {
    const alike = state.assessments.filter((other) => other.person === entry.person && other.code !== entry.code);
    if (!alike.length) return "";
    const ways = [dayText, (at) => `${dayText(at)} at ${clockTime(at).slice(0, 5)}`, (at) => `${dayText(at)} at ${clockTime(at)}`];
    const way = ways.find((words) => alike.every((other) => words(other.created_at) !== words(entry.created_at)));
    return `begun ${(way || ways[2])(entry.created_at)}`;
  }

  function assessmentLine(entry) {
    const name = entry.person || "No name";
    const begun = begunText(entry);
    const whole = begun ? `${name}, ${begun}` : name;
    const several = state.ladders.length > 1;
    const part = entry.total ? entry.rated / entry.total : 0;
    const gone = link.outbox.pending().some((command) => command.name === "delete" && command.args.assessment === entry.code);
    if (gone) return null;
    return h(
      "li",
      { key: entry.code, class: classes("sm-assessment", landed === entry.code && "sm-assessment-new") },
      h(
        "div",
        { class: "sm-assessment-body" },
        h(
          "p",
          { class: "sm-assessment-name", dir: "auto" },
          entry.problem && !entry.earlier
            ? name
            : served && entry.href
            ? h("a", { href: entry.href, "data-focus": `assessment-${entry.code}` }, name)
            : h("button", { type: "button", class: "sm-link-strong", "data-focus": `assessment-${entry.code}`, onclick: () => send("open", { assessment: entry.code }) }, name),
        ),
        entry.problem ? h("p", { class: "sm-assessment-meta", dir: "auto" }, entry.problem) : h("p", { class: "sm-assessment-meta" }, [entry.profile_title, several ? entry.ladder_title : null, entry.status && entry.status !== "draft" ? entry.status : null, begun, changedText(entry.updated_at || entry.created_at)].filter(Boolean).join(" · ")),
      ),
      entry.problem ? null : h("p", { class: "sm-assessment-rated" }, h("span", { class: "sm-progress", "aria-hidden": "true" }, h("i", { style: `width:${Math.round(part * 100)}%` })), `${entry.rated} of ${entry.total} rated`),
      h(
        "p",
        { class: "sm-assessment-buttons" },
        served && entry.compare ? h("a", { class: "sm-link", href: entry.compare, "aria-label": `What changed: ${whole}` }, "What changed") : null,
        entry.problem && !entry.earlier ? null : h("button", { type: "button", class: "sm-link", "aria-label": `New round from: ${whole}`, onclick: () => send("duplicate", { assessment: entry.code }) }, "New round"),
        h("button", { type: "button", class: "sm-link", "aria-label": `Delete: ${whole}`, onclick: () => {
          send("delete", { assessment: entry.code });
          focus("start-name");
        } }, "Delete"),
      ),
    );
  }

  let depth = 0;
  const carries = (event) => [...(event.dataTransfer?.types || [])].includes("Files");
  const drag = {
    dragenter: (event) => {
      if (!carries(event)) return;
      depth += 1;
      over = true;
      repaint();
    },
    dragover: (event) => {
      if (carries(event)) event.preventDefault();
    },
    dragleave: (event) => {
      if (!carries(event)) return;
      depth = Math.max(0, depth - 1);
      if (depth === 0) {
        over = false;
        repaint();
      }
    },
    drop: (event) => {
      if (!carries(event)) return;
      event.preventDefault();
      depth = 0;
      over = false;
      importing.take(event.dataTransfer.files[0]);
      repaint();
    },
  };
  for (const type in drag) shell.root.addEventListener(type, drag[type]);

  return () => {
    saveplace();
    link.close();
    shell.destroy();
  };
}

export default {
  render({ model, el }) {
    return renderHome({ model, el });
  },
};
