/* aim.js: step 1 of the self-review. What this is, which role, which context, one example to warm up. */

/* What a role is: a step up with its criteria, a direction, or one rung among others. */
function profileKind(framework, entry) {
  if (entry.kind === "direction") return "A direction: gaps, no promotion verdict";
  if (entry.kind === "promotion") return entry.bars ? "Promotion: every bar counts" : `Promotion: ${plural(entry.requirements, "criterion", "criteria")}`;
  const alone = framework.profiles.every((other) => other.kind === "role");
  return alone ? (entry.bars ? "Every bar counts" : null) : "The present role";
}

function gateWords(count) {
  return count === 1 ? "1 gate or floor" : `${count} gates and floors`;
}

function minutesFor(framework) {
  return Math.max(5, Math.round((framework.skills.length * 1.5) / 5) * 5);
}

function aimView(app) {
  const { framework, state } = app;
  const aim = state.assessment.aim;
  const change = (part, options) => app.send("aim", { profile: aim.profile, overlays: [...(aim.overlays || [])], switches: { ...aim.switches }, absence_months: aim.absence_months || 0, reasons: { ...aim.reasons }, ...part }, { coalesce: "aim", ...options });
  const profile = framework.profiles.find((entry) => entry.id === aim.profile);
  const asked = framework.switches.filter((entry) => !profile?.switches || profile.switches.includes(entry.id));

  return h(
    "div",
    { class: "sm-aim", key: "aim" },
    h(
      "div",
      { class: "sm-prose sm-lead" },
      h("h2", { class: "sm-step-title", tabindex: "-1", "data-focus": "step" }, "What are you aiming at?"),
      h("p", null, "Here you set your own work beside written examples, skill by skill, and see what stands between you and the next role. It is not a test, not a performance rating and not a decision: it prepares a conversation, and a person decides. It is private: nothing leaves this machine unless you hand it over yourself."),
      h(
        "details",
        { class: "sm-more" },
        h("summary", null, "What a self-rating can and cannot tell"),
        h("p", null, `Across 55 studies self-ratings and measured performance went together only loosely (a correlation of about .3), and more closely where the question was specific: so you rate acts that others can see, not talent. Some people rate themselves higher than others would and some lower; nothing is corrected here${framework.asks_evidence === false ? "" : ", but a level counts in full only as far as evidence supports it"}. Ratings are best when you expect them to be compared: yours will stand beside evidence and, if you want, beside a second person’s view.`),
      ),
      framework.draft_notice ? h("p", { class: "sm-quiet" }, h("span", { class: "sm-chip sm-chip-draft" }, "Draft"), " ", framework.draft_notice) : null,
    ),
    h(
      "fieldset",
      { class: "sm-profiles" },
      h("legend", null, "Target role"),
      h(
        "div",
        { class: "sm-cards" },
        framework.profiles.map((entry) =>
          h(
            "label",
            { key: entry.id, class: "sm-card" },
            h("input", { type: "radio", name: "sm-profile", "data-focus": `profile-${entry.id}`, checked: entry.id === aim.profile, onchange: () => change({ profile: entry.id }) }),
            h(
              "span",
              { class: "sm-card-body" },
              h("span", { class: "sm-card-title" }, entry.title),
              h("span", { class: "sm-card-kind" }, [profileKind(framework, entry), entry.gates ? gateWords(entry.gates) : null].filter(Boolean).join(" · ")),
              h("span", { class: "sm-card-text" }, entry.summary),
            ),
          ),
        ),
      ),
      gateLine(app),
    ),
    asked.length
      ? h(
          "section",
          { class: "sm-switches", "aria-labelledby": "sm-switches-title" },
          h("h3", { id: "sm-switches-title" }, "Your context"),
          h("p", { class: "sm-quiet" }, "Some bars depend on where you work. Leave a question undecided and the result is worked out both ways."),
          asked.map((entry) => switchQuestion(entry, aim.switches?.[entry.id] ?? null, (value) => change({ switches: { ...aim.switches, [entry.id]: value } }), state.context?.switched?.[entry.id])),
        )
      : null,
    organisation(app, aim, change),
    framework.asks_evidence === false ? null : h(
      "section",
      { class: "sm-absence", "aria-labelledby": "sm-absence-title" },
      h("h3", { id: "sm-absence-title" }, "Time away"),
      h("label", { for: "sm-absence-input" }, `Months away from this work in the last ${framework.ageing[0]} (leave, illness, part-time)`),
      h("input", {
        id: "sm-absence-input",
        class: "sm-input sm-input-short",
        type: "number",
        inputmode: "numeric",
        min: "0",
        max: String(framework.ageing[0]),
        step: "1",
        "data-focus": "absence",
        "aria-describedby": "sm-absence-hint",
        value: aim.absence_months || 0,
        oninput: (event) => {
          const months = Number(event.target.value);
          if (event.target.value !== "" && Number.isInteger(months) && months >= 0 && months <= framework.ageing[0]) change({ absence_months: months }, { delay: 600 });
        },
        onblur: (event) => {
          const months = Math.min(framework.ageing[0], Math.max(0, Math.round(Number(event.target.value) || 0)));
          event.target.value = String(months);
          if (months !== (app.state.assessment.aim.absence_months || 0)) change({ absence_months: months });
        },
      }),
      h("p", { id: "sm-absence-hint", class: "sm-hint" }, "The window in which evidence counts grows by as much. No reason is asked, and none is stored."),
    ),
    practice(app),
    h(
      "div",
      { class: "sm-onward" },
      h("button", { type: "button", class: "sm-button sm-button-main", onclick: () => app.go("rate") }, "Rate your skills", icon("next")),
      h("p", { class: "sm-quiet" }, `${plural(framework.skills.length, "skill")}, about ${minutesFor(framework)} minutes. You can stop at any moment and come back.`),
    ),
  );
}

/* Variants of the role as plain questions, and what a yes changes, before and after. */
function organisation(app, aim, change) {
  const { framework, state } = app;
  const chosen = aim.overlays || [];
  if (!framework.overlays?.length) return null;
  const toggle = (id, on) => change({ overlays: on ? [...chosen, id] : chosen.filter((other) => other !== id) });
  const { changes = [], conflicts = [], warnings = [] } = state.context || {};
  return h(
    "section",
    { class: "sm-organisation", "aria-labelledby": "sm-organisation-title" },
    h("h3", { id: "sm-organisation-title" }, "Your organisation"),
    h("p", { class: "sm-quiet" }, "The role differs from place to place. Tick what fits; leave the rest."),
    h(
      "details",
      { class: "sm-more", open: Boolean(app.ui.organisationOpen ?? chosen.length), ontoggle: (event) => app.keep({ organisationOpen: event.currentTarget.open }) },
      h("summary", null, chosen.length ? `Chosen: ${chosen.map((id) => framework.overlays.find((entry) => entry.id === id)?.title || id).join(", ")}` : `${plural(framework.overlays.length, "question")} about where you work`),
      h(
        "div",
        { class: "sm-organisation-groups" },
        framework.overlay_groups.map((group) => {
          const mine = framework.overlays.filter((entry) => entry.group === group.id);
          if (!mine.length) return null;
          return h(
            "fieldset",
            { class: "sm-organisation-group", key: group.id },
            h("legend", null, group.title),
            mine.map((entry) =>
              h(
                "label",
                { class: "sm-check", key: entry.id },
                h("input", { type: "checkbox", "data-focus": `overlay-${entry.id}`, checked: chosen.includes(entry.id), onchange: (event) => toggle(entry.id, event.target.checked) }),
                h("span", null, h("b", null, entry.title), h("span", { class: "sm-organisation-question" }, entry.question)),
              ),
            ),
          );
        }),
      ),
    ),
    (state.context?.conditions || []).map((entry) => conditionField(entry, aim, change)),
    conflicts.concat(warnings).map((text) => h("p", { class: "sm-gates-many sm-organisation-warning", key: text }, icon("gate"), h("span", null, text))),
    changes.length
      ? h(
          "details",
          { class: "sm-more", open: app.ui.changesOpen !== false, ontoggle: (event) => app.keep({ changesOpen: event.currentTarget.open }) },
          h("summary", null, `What this changes: ${plural(changes.length, "thing")}`),
          h(
            "ul",
            { class: "sm-changes", role: "list" },
            changes.map((entry, at) =>
              h("li", { key: `${entry.item}-${at}` }, h("p", null, h("b", null, capital(entry.item)), h("span", { class: "sm-change-values" }, entry.before || "none", hiddenText(" becomes "), h("span", { "aria-hidden": "true" }, " → "), entry.after || "none")), h("p", { class: "sm-hint" }, entry.reason)),
            ),
          ),
        )
      : null,
  );
}

/* What a variant lowers only under a condition waits for a person to say how it holds. */
function conditionField(entry, aim, change) {
  const id = `sm-condition-${entry.overlay}`;
  const said = aim.reasons?.[entry.overlay] || "";
  const answered = Boolean(said.trim());
  const say = (text, options) => change({ reasons: { ...aim.reasons, [entry.overlay]: text } }, options);
  return h(
    "div",
    { class: "sm-condition", key: `${entry.overlay}-${entry.where}` },
    h("label", { for: id }, h("b", null, `${entry.title}. `), `Only where ${entry.where}: does it hold for you? Say how.`),
    h("textarea", {
      id,
      class: "sm-input sm-condition-text",
      rows: 2,
      maxlength: 2000,
      "data-focus": id,
      "aria-describedby": `${id}-hint`,
      value: said,
      ref: autosize,
      oninput: (event) => {
        autosize(event.target);
        say(event.target.value, { delay: 600 });
      },
      onblur: (event) => event.target.value !== said && say(event.target.value),
    }),
    h("p", { class: classes("sm-hint", "sm-condition-state"), id: `${id}-hint` }, icon(answered ? "check" : "open"), h("span", null, answered ? `Applied: lowers the ${entry.lowers.join(" and the ")}, unless something else asks for more. Your words are kept with the reason.` : `Not applied. It would lower the ${entry.lowers.join(" and the ")}; without an answer the higher level stays.`)),
  );
}

function gateLine(app) {
  const gates = app.state.verdict?.gates;
  if (!gates) return null;
  const most = app.framework.many_gates?.above;
  const many = most !== undefined && gates > most;
  return h(
    "p",
    { class: classes("sm-gates", many && "sm-gates-many") },
    many ? icon("gate") : null,
    h("span", null, h("b", null, gateWords(gates)), many ? ` with these answers. More than ${most} is a lot: the more of them one person judges, the more often somebody qualified misses one by chance. Treat a single missed gate as a question.` : " with these answers: skills that must reach a level. Everything else leaves room for trade-offs."),
  );
}

/* A variant that answers a question with yes is shown in its control; the own answer stays below it. */
function switchQuestion(entry, value, onPick, because = null) {
  const name = `sm-switch-${entry.id}`;
  const shown = because ? true : value;
  const option = (id, label) =>
    h(
      "label",
      { class: "sm-segment" },
      h("input", { type: "radio", name, "data-focus": `${name}-${String(id)}`, checked: shown === id, disabled: Boolean(because), onchange: () => onPick(id) }),
      h("span", null, label),
    );
  const consequence = shown === true ? entry.on : shown === false ? entry.off : null;
  return h(
    "fieldset",
    { key: entry.id, class: classes("sm-switch", because && "sm-switch-held") },
    h("legend", null, entry.question),
    h("div", { class: "sm-segments" }, option(true, "Yes"), option(false, "No"), option(null, "Not decided")),
    because ? h("p", { class: "sm-switch-because" }, icon("check"), h("span", null, `Yes, because of: ${because.join(", ")}`, value === true ? "" : `. Your own answer, ${value === false ? "no" : "not decided"}, holds again without it.`)) : null,
    h(
      "p",
      { class: "sm-hint" },
      consequence ? consequence : ["Yes: ", entry.on, " No: ", entry.off],
    ),
  );
}

function practice(app) {
  const given = app.framework.practice;
  const { ui } = app;
  if (!given) return null;
  const apart = (level) => Math.abs(levelPlace(app, given.level) - levelPlace(app, level));
  return h(
    "details",
    { class: "sm-practice", open: Boolean(ui.practiceOpen), ontoggle: (event) => app.keep({ practiceOpen: event.currentTarget.open }) },
    h("summary", null, h("span", { class: "sm-practice-title" }, "Warm up on an example"), h("span", { class: "sm-quiet" }, "2 minutes, with a worked answer")),
    h(
      "div",
      { class: "sm-practice-body" },
      h("h3", null, given.title),
      h("p", { class: "sm-quiet" }, given.note),
      h("p", null, given.story),
      h(
        "fieldset",
        { class: "sm-practice-levels" },
        h("legend", null, "Which level do you see?"),
        h(
          "div",
          { class: "sm-segments sm-segments-wrap" },
          app.framework.scale.map((step) =>
            h(
              "label",
              { class: "sm-segment" },
              h("input", { type: "radio", name: "sm-practice", checked: ui.practice === step.level, onchange: () => app.keep({ practice: step.level, practiceShown: false }, true) }),
              h("span", null, `${step.level} ${step.name}`),
            ),
          ),
        ),
      ),
      ui.practice === undefined || ui.practice === null
        ? h("p", { class: "sm-hint" }, "Choose first; the worked answer follows.")
        : h(
            "div",
            { class: "sm-practice-answer", role: "group", "aria-label": "Worked answer" },
            h("p", { class: "sm-answer-head" }, ui.practice === given.level ? "The same as the worked answer." : `The worked answer is ${given.level}, ${plural(apart(ui.practice), "level")} ${ui.practice > given.level ? "lower" : "higher"} than yours. People often differ here; read why.`),
            h(
              "dl",
              { class: "sm-answers" },
              given.answers.map(([question, answer, because]) => h("div", null, h("dt", null, question), h("dd", null, h("b", null, answer), " ", because))),
            ),
            h("p", null, given.because),
          ),
    ),
  );
}
