/* mentor_people.js: packets taken in, the people of a mentor, by name and never by rank; and the
   head of a session. */

const PACKET_LIMIT = 18 * 1000 * 1000; // bytes of one message
const PHASE_WORDS = {
  rate: "You are rating",
  predict: "Locked, not yet opened side by side",
  talk: "In conversation",
  closed: "Closed",
};

function createPackets(app) {
  let busy = false;
  let over = false; // files hang over the page
  let results = [];
  const show = (part) => {
    ({ busy = busy, over = over, results = results } = part);
    app.repaint();
  };
  const nameOf = () => app.ui.mentorName ?? app.state.mentor_name ?? "";

  async function take(list) {
    const files = [...list];
    if (!files.length || busy) return;
    const size = files.reduce((sum, file) => sum + file.size, 0);
    if (size > PACKET_LIMIT) {
      const problems = [{ where: "the files", found: `${(size / 1e6).toFixed(0)} MB`, expected: `at most ${PACKET_LIMIT / 1e6} MB at once`, remedy: "Open fewer of them. A packet is usually below 1 MB." }];
      show({ results: [{ name: files.length === 1 ? files[0].name : `${files.length} files`, problems }] });
      return app.focusSoon("files-told");
    }
    await told(async () => {
      const read = await Promise.all(files.map(async (file) => ({ name: file.name, text: await file.text() })));
      // Asked, not kept: what somebody else has written has no place in the browser's storage.
      return app.ask("open_files", { files: read, mentor: nameOf().trim() }, { patience: 60000 });
    });
    return undefined;
  }

  /* A file that lies in the workspace is read by the kernel. */
  const lying = (name) => !busy && told(() => app.ask("open_lying", { names: [name], mentor: nameOf().trim() }, { patience: 60000 }));

  async function told(ask) {
    show({ busy: true, results: [] });
    try {
      const answer = await ask();
      const wrong = answer.files.filter((file) => file.problems.length).length;
      show({ busy: false, results: answer.opened ? [] : answer.files });
      if (answer.opened && answer.files[0].note) app.toast(answer.files[0].note, { stay: true });
      app.announce(answer.opened ? "Opened. Nothing of the ratings inside is shown before you have locked your own." : `${plural(answer.files.length - wrong, "file")} taken in, ${wrong} not.`);
    } catch (error) {
      const problems = error.problems || [{ where: "the files", found: "something the browser could not read", expected: "readable files", remedy: "Copy them to another folder and try again." }];
      show({ busy: false, results: [{ name: "The files", problems }] });
    }
    if (results.length) app.focusSoon("files-told");
  }

  function listen(root) {
    let depth = 0;
    const carries = (event) => !app.state?.assessment && [...(event.dataTransfer?.types || [])].includes("Files");
    const turn = (step) => {
      depth = Math.max(0, depth + step);
      if (over !== depth > 0) show({ over: depth > 0 });
    };
    const drag = {
      dragenter: (event) => carries(event) && turn(1),
      dragover: (event) => carries(event) && event.preventDefault(),
      dragleave: (event) => carries(event) && turn(-1),
      drop: (event) => {
        if (!carries(event)) return;
        event.preventDefault();
        depth = 0;
        over = false;
        take(event.dataTransfer.files);
      },
    };
    for (const type in drag) root.addEventListener(type, drag[type]);
    return () => {
      for (const type in drag) root.removeEventListener(type, drag[type]);
    };
  }

  return { take, lying, listen, nameOf, busy: () => busy, over: () => over, results: () => results };
}

function peopleView(app) {
  const { people, actions, problem } = app.state;
  const lead = "You rate what you have seen of somebody’s work, without seeing how they rated themselves. Once yours is locked, both open side by side, and you agree what comes next.";
  return h(
    "div",
    { class: "sm-people", key: "people" },
    h("header", { class: "sm-people-head" }, h("h1", { tabindex: "-1", "data-focus": "step" }, "Mentor session"), h("p", { class: "sm-lead-text" }, lead)),
    problem ? h("p", { class: "sm-warning", role: "alert" }, icon("open"), h("span", null, problem)) : null,
    h(
      "div",
      { class: "sm-people-grid" },
      h("div", { class: "sm-people-main" }, people.length ? [peopleList(app, people), actionsOf(app, actions)] : packetPlace(app, true)),
      h("aside", { class: "sm-people-side" }, people.length ? packetPlace(app, false) : howItGoes()),
    ),
  );
}

function howItGoes() {
  const step = (title, text) => h("li", null, h("b", null, title), h("p", { class: "sm-quiet" }, text));
  return h(
    "section",
    { "aria-labelledby": "sm-how-title" },
    h("h2", { class: "sm-section-title", id: "sm-how-title" }, "How a session goes"),
    h(
      "ol",
      { class: "sm-people-how" },
      step("Rate, alone", "The same skills and the same examples. What you have not seen is “not observed”, and that is an answer."),
      step("Lock", "From then on neither of you can bend towards the other."),
      step("Set both side by side", "With the specialist, about 45 minutes. Where you differ most, or much hangs on it, comes first."),
      step("Agree", "A level, or that you see it differently; the next evidence; actions with a date and an owner."),
    ),
  );
}

function packetPlace(app, first) {
  const { files } = app;
  const results = files.results();
  return h(
    "section",
    { class: "sm-people-open", key: "open", "aria-labelledby": "sm-open-title" },
    h("h2", { class: "sm-section-title", id: "sm-open-title" }, first ? "Open a packet" : "Open another packet"),
    first ? h("p", null, "A packet is the file a specialist makes in the last step of a self-review, Hand over, for their mentor. Ask for it, or take it from where they have put it for you.") : null,
    h(
      "div",
      { class: "sm-field" },
      h("label", { for: "sm-mentor-name" }, "Your name"),
      h("input", { id: "sm-mentor-name", class: "sm-input", type: "text", dir: "auto", maxlength: "200", autocomplete: "off", "data-focus": "mentor-name", "aria-describedby": "sm-mentor-name-hint", value: files.nameOf(), oninput: (event) => app.keep({ mentorName: event.target.value }) }),
      h("p", { class: "sm-hint", id: "sm-mentor-name-hint" }, "As it will stand in the record you both keep."),
    ),
    h(
      "label",
      { class: classes("sm-drop", files.over() && "sm-drop-over") },
      icon("file"),
      h("span", null, files.busy() ? "Reading…" : ["Drop ", h("code", null, "packet.json"), " files here, one or several, or ", h("span", { class: "sm-drop-choose" }, "choose them"), ". Records of earlier sessions too."]),
      h("input", { type: "file", multiple: true, class: "sm-hidden", accept: ".json,application/json", "data-focus": "files", disabled: files.busy(), onchange: (event) => {
        files.take(event.target.files);
        event.target.value = "";
      } }),
    ),
    app.state.lying?.length
      ? h(
          "div",
          { class: "sm-people-lying", role: "group", "aria-labelledby": "sm-lying-title" },
          h("p", { class: "sm-label", id: "sm-lying-title" }, "In the folder of this workspace"),
          h("ul", { class: "sm-plain-list", role: "list" }, app.state.lying.map((name) => h("li", { key: name }, h("button", { type: "button", class: "sm-link", dir: "auto", onclick: () => files.lying(name) }, name)))),
        )
      : null,
    h("p", { class: "sm-hint" }, "Nothing of the ratings inside is shown before you have locked your own."),
    results.length
      ? h(
          "ul",
          { class: "sm-people-files", role: "list", tabindex: "-1", "data-focus": "files-told", "aria-label": "What became of each file" },
          results.map((file, at) => {
            const known = app.state.people.find((entry) => entry.code === file.code);
            return h(
              "li",
              { key: `${at}`, class: file.problems.length ? "sm-people-bad" : null },
              h("p", null, icon(file.problems.length ? "cross" : "check"), h("b", { dir: "auto" }, file.name), file.problems.length ? ": not taken in" : ": taken in", known ? [", ", h("button", { type: "button", class: "sm-link", onclick: () => app.openRound(known.code) }, `open ${known.name}`)] : null),
              file.problems.length ? problemList(file.problems) : null,
              file.note ? h("p", { class: "sm-quiet" }, file.note) : null,
            );
          }),
        )
      : null,
  );
}

function peopleList(app, people) {
  return h(
    "section",
    { "aria-labelledby": "sm-people-title" },
    h("h2", { class: "sm-section-title", id: "sm-people-title" }, "People"),
    h(
      "ul",
      { class: "sm-assessments", role: "list" },
      people.map((entry) => {
        const go = (event) => {
          if (event.ctrlKey || event.metaKey || event.shiftKey) return;
          event.preventDefault();
          app.openRound(entry.code);
        };
        return h(
          "li",
          { key: entry.code, class: "sm-assessment sm-person" },
          h(
            "div",
            { class: "sm-assessment-body" },
            h("p", { class: "sm-assessment-name", dir: "auto" }, entry.problem ? entry.name : h("a", { href: entry.href, "data-focus": `person-${entry.code}`, onclick: go }, entry.name)),
            h("p", { class: "sm-assessment-meta" }, entry.problem || [PHASE_WORDS[entry.phase], `packet opened ${dayText(entry.created_at)}`, changedText(entry.updated_at)].join(" · ")),
          ),
          entry.problem ? null : h("p", { class: "sm-assessment-rated" }, `${entry.rated} of ${entry.total} rated`),
        );
      }),
    ),
  );
}

/* What is to be done, by day; whose it is stands beside it. */
function actionsOf(app, actions) {
  return h(
    "section",
    { "aria-labelledby": "sm-waiting-title" },
    h("h2", { class: "sm-section-title", id: "sm-waiting-title" }, "Open actions"),
    actions.length
      ? h("ul", { class: "sm-meet-actions", role: "list" }, actions.map((action) => actionLine(action, { person: true, own: action.name, other: "you" })))
      : h("p", { class: "sm-quiet" }, "None yet. What you agree in a session stands here, by date."),
  );
}

function actionLine(action, { person = false, own, other }, extra = null) {
  const when = action.over ? (action.done ? `done ${dayText(action.done)}` : "dropped") : action.due ? `${action.overdue ? "overdue since" : "by"} ${dayText(action.due)}` : "no date";
  return h(
    "li",
    { key: `${action.person || ""} ${action.id}`, class: classes("sm-meet-action", action.overdue && !action.over && "sm-meet-late", action.over && "sm-meet-over") },
    h("p", { class: "sm-meet-when" }, when),
    h(
      "div",
      null,
      h("p", { dir: "auto" }, action.text),
      h("p", { class: "sm-quiet", dir: "auto" }, [`${action.owner === "self" ? own : other} does it`, person && action.owner !== "self" ? `for ${action.name}` : null, action.title, action.opportunity === false ? "no project for it yet" : null].filter(Boolean).join(" · ")),
      extra,
    ),
  );
}

const MEETING_STEPS = [
  ["rate", "Rate"],
  ["predict", "Predict"],
  ["both", "Side by side"],
  ["agenda", "Agenda"],
  ["close", "Close"],
];

/* Where in the session one is. */
function stepNow(app) {
  const phase = app.state?.mentor?.phase;
  if (!phase || phase === "rate" || phase === "predict") return phase || null;
  return app.ui.view || (phase === "closed" ? "close" : "both");
}

function meetingHead(app) {
  const { phase } = app.state.mentor;
  const { own } = app.names();
  const now = stepNow(app);
  const open = (id) => ["talk", "closed"].includes(phase) && ["both", "agenda", "close"].includes(id);
  const label = (id, title, at) => [h("span", { class: "sm-step-number", "aria-hidden": "true" }, at + 1), title];
  return h(
    "div",
    { class: "sm-page-head", key: "head" },
    h("div", { class: "sm-page-title" }, h("h1", { class: "sm-meet-name", dir: "auto" }, `Session with ${own}`), h("p", { class: "sm-page-aim" }, app.state.mentor.packet.profile, " · ", h("button", { type: "button", class: "sm-link", "data-focus": "people", onclick: () => app.openRound(null) }, "All people"))),
    h(
      "nav",
      { class: "sm-steps", "aria-label": "Steps" },
      h(
        "ol",
        { role: "list" },
        MEETING_STEPS.map(([id, title], at) =>
          h(
            "li",
            { key: id },
            open(id)
              ? h("a", { href: `#${id}`, "aria-current": now === id ? "step" : null, onclick: (event) => {
                  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
                  event.preventDefault();
                  app.go(id);
                } }, label(id, title, at))
              : h("span", { class: "sm-step-still", "aria-current": now === id ? "step" : null }, label(id, title, at), now === id ? null : hiddenText(MEETING_STEPS.findIndex(([step]) => step === now) > at ? ", done" : ", comes later")),
          ),
        ),
      ),
    ),
  );
}
