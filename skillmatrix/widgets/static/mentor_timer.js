/* mentor_timer.js: a quiet clock for the conversation: the whole of it and the thing in hand. It
   starts when somebody starts it, and what a thing has taken goes into the record on leaving it. */

const TIMER_GAP = 120; // s the page may be away with the clock going on

function clockWords(seconds) {
  const whole = Math.max(0, Math.floor(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

function createTimer(app, spoken = (skill) => ({ skill })) {
  const kept = app.draft("timer") || {};
  let { whole = 0, items = {}, told = {}, running = false, at = 0 } = kept;
  let last = Date.now();
  let item = null;
  let beats = 0;
  let stopped = false;
  if (running) {
    const away = (last - at) / 1000;
    if (away < TIMER_GAP) whole += away;
    else running = false;
  }

  const keep = () => {
    if (!stopped && (whole > 0 || running)) app.setDraft("timer", { whole, items, told, running, at: Date.now() });
  };

  function count() {
    const next = Date.now();
    const passed = Math.min((next - last) / 1000, TIMER_GAP);
    last = next;
    if (!running) return;
    whole += passed;
    if (item) items[item] = (items[item] || 0) + passed;
  }

  function show() {
    for (const node of document.querySelectorAll("[data-clock]")) {
      const text = clockWords(node.dataset.clock === "whole" ? whole : items[item] || 0);
      if (node.firstChild && node.firstChild.data !== text) node.firstChild.data = text;
    }
  }

  const ticking = setInterval(() => {
    if (!running) {
      last = Date.now();
      return;
    }
    count();
    show();
    beats += 1;
    if (beats % 5 === 0) keep();
  }, 1000);

  /* Another skill, or none, comes into hand. */
  function leave(next) {
    count();
    const before = item;
    item = next;
    if (before && before !== next) tell(before);
    keep();
  }

  function tell(skill) {
    const seconds = Math.floor(items[skill] || 0) - (told[skill] || 0);
    if (seconds < 1) return;
    told = { ...told, [skill]: (told[skill] || 0) + seconds };
    app.enter("spoken", { ...spoken(skill), seconds });
  }

  return {
    running: () => running,
    whole: () => whole,
    spent: (skill) => items[skill] || 0,
    // What is drawn is in hand; leaving another one is told after the drawing.
    hand: (skill) => {
      if (item === null) item = skill;
      else if (skill !== item) setTimeout(() => leave(skill));
    },
    leave,
    keep,
    toggle() {
      count();
      running = !running;
      last = Date.now();
      keep();
      app.repaint();
    },
    end() {
      leave(null);
      running = false;
      keep();
    },
    // The round is left: what is kept from here on would stand with another one.
    stop() {
      count();
      keep();
      stopped = true;
      item = null;
      clearInterval(ticking);
    },
  };
}

function timerBar(app, skill) {
  const { timer } = app;
  const { minutes, each } = app.state.mentor.reveal;
  const on = timer.running();
  const started = on || timer.whole() > 0;
  return h(
    "div",
    { class: "sm-timer", role: "group", "aria-label": "Clock" },
    started
      ? h(
          "p",
          { role: "timer", "aria-live": "off" },
          h("b", { "data-clock": "whole" }, clockWords(timer.whole())),
          ` of ${minutes} min`,
          skill ? [h("span", { class: "sm-timer-item" }, "this skill ", h("b", { "data-clock": "item" }, clockWords(timer.spent(skill))), ` of about ${each} min`)] : null,
        )
      : h("p", { class: "sm-quiet" }, `${minutes} minutes in all, about ${each} for each skill, if you like a clock.`),
    h("button", { type: "button", class: "sm-button sm-button-small", "data-focus": "timer", onclick: () => timer.toggle() }, on ? "Pause the clock" : started ? "Go on" : "Start the clock"),
  );
}
