/* calib_criteria.js: step Criteria of the calibration session: one criterion across all people
   before the next. Which people, in which order, and how far each criterion has come. */

/* The criterion and the person in hand; a place is "criterion/person". */
function criteriaPlace(app) {
  const { agenda } = app.state.criteria;
  const [wanted, person = null] = String(app.ui.place || "").split("/");
  const named = agenda.find((entry) => entry.id === wanted);
  const here = named || agenda.find((entry) => entry.people.length && !criterionOver(entry)) || agenda[0];
  if (!here) return { here: null, person: null };
  if (!here.opened) return { here, person: null, asked: named ? person : null };
  const asked = named && app.state.people.some((entry) => entry.code === person) ? person : null;
  const next = here.people.find((code) => !itemOver(here.items[code])) || here.people[0];
  return { here, person: here.people.includes(asked) ? asked : asked ? null : next, asked };
}

function itemOver(item) {
  return Boolean(item && (item.whole || item.left));
}

function itemReached(item) {
  return Boolean(item && (item.whole || item.left || item.decided));
}

function criterionOver(entry) {
  return entry.opened && entry.people.every((code) => itemOver(entry.items[code]));
}

function criterionName(entry) {
  return [entry.code, entry.title].filter(Boolean).join(" ");
}

function goCard(app, criterion, person = null, focus = "card-title") {
  app.go("criteria", person ? `${criterion}/${person}` : criterion, { focus });
}

function criteriaView(app) {
  const { criteria, people } = app.state;
  if (!people.length) {
    return [
      stepTitle("Criteria", "One criterion across all people before the next."),
      h("p", { class: "sm-quiet" }, "There are no ratings yet. ", h("button", { type: "button", class: "sm-link", onclick: () => app.go("collect") }, "Collect them first")),
    ];
  }
  const place = criteriaPlace(app);
  if (!place.here) return [stepTitle("Criteria"), h("p", { class: "sm-quiet" }, "This role has no criteria, so there is nothing to go through.")];
  const again = app.held("again");
  if (again.criterion) return againView(app, again);
  const at = place.person ? `${place.here.id}/${place.person}` : null;
  if (at && app.ui.place !== at) app.keep({ place: at }); // it stays in hand when it is settled
  const timer = criteriaTimer(app, place);
  return h(
    "div",
    { class: "sm-crit", key: "criteria" },
    h("div", { class: "sm-crit-top" }, stepTitle("Criteria"), timer ? cardClock(app, timer, place) : null),
    criteriaTabs(app, criteria.agenda, place.here),
    place.here.opened ? openedView(app, place) : unopenedView(app, place),
    decisionLog(app),
  );
}

function criteriaTabs(app, agenda, here) {
  return h(
    "nav",
    { class: "sm-crit-tabs", "aria-label": "Criteria" },
    h(
      "ol",
      { role: "list" },
      agenda.map((entry) => {
        const over = entry.people.filter((code) => entry.opened && itemOver(entry.items[code])).length;
        const told = !entry.opened ? `${plural(entry.people.length, "person", "people")}, not open yet` : over === entry.people.length ? "all gone through" : `${over} of ${entry.people.length} gone through`;
        return h(
          "li",
          { key: entry.id },
          h(
            "button",
            { type: "button", class: classes("sm-crit-tab", entry === here && "sm-crit-tab-here"), "aria-current": entry === here ? "true" : null, "data-focus": `criterion-${entry.id}`, onclick: () => goCard(app, entry.id, null, `criterion-${entry.id}`) },
            h("b", null, entry.code || entry.title),
            entry.code ? h("span", { class: "sm-crit-tab-title" }, entry.title) : null,
            h("span", { class: "sm-crit-tab-told" }, told),
          ),
        );
      }),
    ),
  );
}

/* ---- before it is open ---------------------------------------------------- */

function unopenedView(app, { here, asked }) {
  const { seed } = app.state.criteria;
  const ticked = new Set(app.held("also")[here.id] || (asked && here.off.includes(asked) ? [asked] : []));
  const tick = (code, on) => {
    if (on) ticked.add(code);
    else ticked.delete(code);
    app.held("also")[here.id] = [...ticked];
    app.repaint();
  };
  const also = here.off.filter((code) => ticked.has(code));
  const count = here.people.length + also.length;
  const open = () => {
    if (!count) return app.announce("Nobody is on the agenda: add somebody first.");
    app.send("open_criterion", { criterion: here.id, also });
    app.announce(`${criterionName(here)} is open.`);
    return app.focusSoon("card-title");
  };
  return h(
    "section",
    { class: "sm-crit-open", key: `open-${here.id}`, "aria-labelledby": "sm-crit-open-title" },
    h("h3", { class: "sm-skill-title", id: "sm-crit-open-title" }, criterionName(here)),
    here.question ? h("p", { class: "sm-lead-text" }, here.question) : null,
    h("p", null, count ? [h("b", null, plural(here.people.length, "person", "people")), " to talk about: the criterion is open, or raters are two levels or more apart on one of its skills."] : "Nobody is on the agenda: everywhere all raters agree within one level, and the criterion is settled."),
    here.off.length
      ? h(
          "details",
          { class: "sm-more", open: also.length > 0 },
          h("summary", null, `Not on the agenda: ${plural(here.off.length, "person", "people")}`),
          h("p", { class: "sm-quiet" }, "All raters agree within one level and the criterion is settled. Anybody can be added."),
          h("div", { class: "sm-crit-ticks" }, here.off.map((code) => h("label", { class: "sm-check", key: code }, h("input", { type: "checkbox", "data-focus": `also-${code}`, checked: ticked.has(code), onchange: (event) => tick(code, event.target.checked) }), h("span", { dir: "auto" }, calledBy(app, code))))),
        )
      : null,
    budgetForm(app),
    h("p", null, `People come in an order drawn with the seed ${seed}, and with each criterion the start moves on. Nobody is sorted by a level.`),
    h("p", { class: "sm-quiet" }, "Until a criterion is open its cards say only who has rated. Opening it shows the first ratings to everybody in the room, and writes order and seed into the log."),
    h("p", { class: "sm-hand-buttons" }, h("button", { type: "button", class: "sm-button sm-button-main", "data-focus": "open-criterion", "aria-disabled": count ? "false" : "true", onclick: open }, `Open ${here.code || here.title} and show the first ratings`, icon("next"))),
    whyNoneOfIt(),
  );
}

/* "100 cards in 4 h: about 2 minutes each". */
function budgetWords({ minutes, cards, each }) {
  const hours = (whole) => [Math.floor(whole / 60) ? `${Math.floor(whole / 60)} h` : "", whole % 60 ? `${whole % 60} min` : ""].filter(Boolean).join(" ") || "0 min";
  const all = cards * each;
  return `${plural(cards, "card")} over all criteria, about ${plural(each, "minute")} each: ${hours(all)}${all > minutes ? `, which is more than the ${hours(minutes)} there are` : ""}.`;
}

function budgetForm(app) {
  const { criteria } = app.state;
  const held = app.held("budget");
  const value = held.text ?? String(criteria.minutes);
  const keep = () => {
    const minutes = Number(value);
    if (!Number.isInteger(minutes) || minutes < 5 || minutes > 6000) return app.announce("Give whole minutes, from 5 to 6000.");
    held.text = null;
    if (minutes !== criteria.minutes) app.send("budget", { minutes });
    return undefined;
  };
  return h(
    "form",
    { class: "sm-crit-budget", onsubmit: (event) => {
      event.preventDefault();
      keep();
    } },
    h("label", { for: "sm-budget" }, "Time for all cards, in minutes"),
    h("input", { id: "sm-budget", class: "sm-input sm-input-short", type: "number", min: "5", max: "6000", step: "5", inputmode: "numeric", "data-focus": "budget", "aria-describedby": "sm-budget-words", value, oninput: (event) => (held.text = event.target.value), onchange: keep }),
    h("p", { class: "sm-quiet", id: "sm-budget-words" }, budgetWords(criteria)),
  );
}

function whyNoneOfIt() {
  return h(
    "details",
    { class: "sm-more", key: "refused" },
    h("summary", null, "Why is nobody sorted by level, and why is there no average?"),
    h("p", { class: "sm-quiet" }, "Levels are an order, not a quantity: the middle of 2 and 4 is not what anybody saw. Who stands first on a list is talked about with fresh ears, so chance decides it. With five to thirty people a quota or a curve would be arithmetic with noise, and no rater is owed a certain share. What a rater gave stays as it was given; nothing is corrected for severity."),
  );
}

/* ---- once it is open ------------------------------------------------------ */

function openedView(app, { here, person, asked }) {
  return h(
    "div",
    { class: "sm-crit-grid", key: `at-${here.id}` },
    peopleList(app, here, person),
    h("div", { class: "sm-crit-main" }, person ? cardView(app, here, person) : notOnAgenda(app, here, asked)),
  );
}

function itemWord(item) {
  if (item?.whole) return h("span", { class: "sm-crit-word" }, icon("check"), "decided");
  if (item?.left) return h("span", { class: "sm-crit-word" }, "stays open");
  if (item?.decided) return h("span", { class: "sm-crit-word" }, plural(item.decided, "skill"));
  if (item?.shown) return h("span", { class: "sm-crit-word" }, "rated again");
  return null;
}

function peopleList(app, here, person) {
  const { seed, sealing } = app.state.criteria;
  const reached = here.people.filter((code) => itemReached(here.items[code])).length;
  const left = here.people.filter((code) => !itemReached(here.items[code]));
  const hidden = here.people.filter((code) => !here.items[code]?.shown);
  const sealed = hidden.filter((code) => everybodySealed(app, here, code));
  const asking = app.held("closing")[here.id];
  const add = (also) => {
    app.send("open_criterion", { criterion: here.id, also });
    app.announce("Added at the end of the order.");
  };
  const close = () => {
    app.held("closing")[here.id] = false;
    app.send("stay_open", { criterion: here.id, people: left, why: "" });
    app.announce(`${plural(left.length, "person", "people")} stay open.`);
  };
  return h(
    "div",
    { class: "sm-crit-side" },
    h(
      "nav",
      { "aria-label": `People under ${criterionName(here)}` },
      h("p", { class: "sm-quiet" }, `${reached} of ${here.people.length} reached · order drawn with seed ${seed}`),
      h(
        "ol",
        { class: "sm-crit-people", role: "list" },
        here.people.map((code) => {
          const item = here.items[code];
          const begun = sealing[here.id]?.[code]?.sealed?.length;
          return h(
            "li",
            { key: code },
            h(
              "button",
              { type: "button", class: classes("sm-agenda-link sm-crit-person", code === person && "sm-agenda-here"), "aria-current": code === person ? "true" : null, "data-focus": `person-${code}`, onclick: () => goCard(app, here.id, code) },
              h("span", { dir: "auto" }, calledBy(app, code), item?.added ? h("span", { class: "sm-crit-word" }, " added by hand") : null),
              itemWord(item) || (begun ? h("span", { class: "sm-crit-word" }, `${begun} sealed`) : null),
            ),
          );
        }),
      ),
    ),
    here.late.length ? h("div", { class: "sm-crit-late", key: "late" }, h("p", null, `${plural(here.late.length, "person has", "people have")} come in since: ${here.late.map((code) => calledBy(app, code)).join(", ")}.`), h("button", { type: "button", class: "sm-button sm-button-small", "data-focus": "add-late", onclick: () => add([]) }, "Add at the end")) : null,
    here.off.length
      ? h(
          "details",
          { class: "sm-more", key: "off" },
          h("summary", null, `Not on the agenda (${here.off.length})`),
          h("p", { class: "sm-quiet" }, "All raters agree within one level and the criterion is settled."),
          h("ul", { class: "sm-crit-off", role: "list" }, here.off.map((code) => h("li", { key: code }, h("span", { dir: "auto" }, calledBy(app, code)), h("button", { type: "button", class: "sm-button sm-button-small", "data-focus": `add-${code}`, "aria-label": `Add ${calledBy(app, code)}`, onclick: () => add([code]) }, "Add")))),
        )
      : null,
    h(
      "div",
      { class: "sm-crit-whole", key: "whole" },
      hidden.length ? h("button", { type: "button", class: "sm-button", "data-focus": "again-all", onclick: () => startAgain(app, here, hidden) }, `Rate again: all ${plural(hidden.length, "person", "people")}`) : null,
      sealed.length > 1 ? h("button", { type: "button", class: "sm-button", "data-focus": "reveal-all", onclick: () => revealAgain(app, here, sealed, false) }, `Show ${sealed.length} second ratings that all have sealed`) : null,
      left.length && !asking ? h("button", { type: "button", class: "sm-button", "data-focus": "close-criterion", onclick: () => { app.held("closing")[here.id] = true; app.focusSoon("close-now"); app.repaint(); } }, `Close ${here.code || here.title}`) : null,
      left.length && asking
        ? h("div", { class: "sm-crit-ask", role: "group", "aria-label": `Close ${here.code || here.title}` }, h("p", null, `${plural(left.length, "person", "people")} not reached will stay open. Nothing is decided for them: no rating of anybody takes the place of a decision.`), h("p", { class: "sm-hand-buttons" }, h("button", { type: "button", class: "sm-button sm-button-main", "data-focus": "close-now", onclick: close }, `Let ${left.length} stay open`), h("button", { type: "button", class: "sm-button", onclick: () => { app.held("closing")[here.id] = false; app.focusSoon("close-criterion"); app.repaint(); } }, "Not yet")))
        : null,
      h("details", { class: "sm-more", key: "budget" }, h("summary", null, "Time"), budgetForm(app)),
    ),
    whyNoneOfIt(),
  );
}

function notOnAgenda(app, here, code) {
  return h(
    "section",
    { class: "sm-crit-open", key: "off-card" },
    h("h3", { class: "sm-skill-title", tabindex: "-1", "data-focus": "card-title", dir: "auto" }, code ? calledBy(app, code) : criterionName(here)),
    code ? h("p", null, `Not on the agenda of ${criterionName(here)}: all raters agree within one level and the criterion is settled, or this person came later.`) : h("p", null, "Nobody is on the agenda."),
    code ? h("p", null, h("button", { type: "button", class: "sm-button", "data-focus": "add-this", onclick: () => app.send("open_criterion", { criterion: here.id, also: [code] }) }, "Add at the end")) : null,
  );
}
