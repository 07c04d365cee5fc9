/* calib_norms_seats.js: who sits in the session, in the order in which they speak. It goes into the
   log as a whole, when the order is right. */

function seatsEditor(app, { heading = "h3" } = {}) {
  const draft = app.draft("present");
  const stored = app.state.present || [];
  if (draft && JSON.stringify(draft) === JSON.stringify(stored)) app.setDraft("present", null);
  const proposed = !stored.length && !draft;
  const seats = draft || (stored.length ? stored : app.state.raters.map((rater) => rater.code));
  const changed = JSON.stringify(seats) !== JSON.stringify(stored);
  const absent = app.state.raters.map((rater) => rater.code).filter((code) => !seats.includes(code));
  const set = (next, focus, told) => {
    app.setDraft("present", next);
    app.repaint();
    if (focus) app.focusSoon(focus);
    app.announce(told);
  };
  const move = (at, by) => {
    const next = [...seats];
    const [code] = next.splice(at, 1);
    next.splice(at + by, 0, code);
    const edge = at + by === (by < 0 ? 0 : next.length - 1);
    set(next, `seat-${edge ? (by < 0 ? "down" : "up") : by < 0 ? "up" : "down"}-${code}`, `${calledBy(app, code)} speaks as number ${at + by + 1} of ${next.length}.`);
  };
  const add = (code) => {
    const wanted = code.trim();
    if (!/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/.test(wanted)) {
      app.announce("A code has letters, digits, dots and dashes.");
      return app.focusSoon("seat-code");
    }
    if (seats.includes(wanted)) {
      app.announce(`${calledBy(app, wanted)} sits here already.`);
      return app.focusSoon("seat-code");
    }
    app.setDraft("seat-code", null);
    return set([...seats, wanted], "seat-code", `${calledBy(app, wanted)} was added.`);
  };
  const line = (code, at) =>
    h(
      "li",
      { key: code, class: "sm-chair" },
      h("span", { class: "sm-chair-name", dir: "auto" }, calledBy(app, code)),
      h(
        "span",
        { class: "sm-chair-moves" },
        h("button", { type: "button", class: "sm-icon-button", "data-focus": `seat-up-${code}`, "aria-label": `${calledBy(app, code)}: speak earlier`, "aria-disabled": at ? "false" : "true", onclick: () => at && move(at, -1) }, icon("back", "sm-chair-up")),
        h("button", { type: "button", class: "sm-icon-button", "data-focus": `seat-down-${code}`, "aria-label": `${calledBy(app, code)}: speak later`, "aria-disabled": at < seats.length - 1 ? "false" : "true", onclick: () => at < seats.length - 1 && move(at, 1) }, icon("next", "sm-chair-down")),
        h("button", { type: "button", class: "sm-icon-button", "data-focus": `seat-out-${code}`, "aria-label": `${calledBy(app, code)} is not here`, onclick: () => set(seats.filter((other) => other !== code), seats.length > 1 ? `seat-out-${seats[at ? at - 1 : 1]}` : "seat-code", `${calledBy(app, code)} was taken out.`) }, icon("close")),
      ),
    );
  return h(
    "section",
    { class: "sm-chairs", key: "seats", "aria-labelledby": "sm-chairs-title" },
    h(heading, { class: "sm-section-title", id: "sm-chairs-title" }, "Who sits here"),
    h("p", { class: "sm-quiet" }, "In the order in which you speak: the least senior first, whoever leads the person talked about last. Those who hear a senior voice first tend to repeat it."),
    proposed && seats.length ? h("p", { class: "sm-hint" }, "A proposal: all who sent ratings, by code. Put them in order, and take out who is not here.") : null,
    seats.length ? h("ol", { class: "sm-chair-list" }, seats.map(line)) : h("p", { class: "sm-quiet" }, "Nobody yet. Collect the raters’ files, or add somebody by code."),
    h(
      "div",
      { class: "sm-chair-add" },
      absent.map((code) => h("button", { key: code, type: "button", class: "sm-button sm-button-small", "data-focus": `seat-in-${code}`, onclick: () => set([...seats, code], `seat-up-${code}`, `${calledBy(app, code)} was added.`) }, icon("plus"), h("span", { dir: "auto" }, calledBy(app, code)))),
      h(
        "details",
        { class: "sm-more", key: "other" },
        h("summary", null, "Somebody who sent no ratings"),
        h("form", { class: "sm-chair-form", onsubmit: (event) => {
          event.preventDefault();
          add(app.draft("seat-code") || "");
        } },
          h("label", { for: "sm-chair-code" }, "Code"),
          h("input", { id: "sm-chair-code", class: "sm-input sm-input-auto", type: "text", maxlength: "64", autocomplete: "off", spellcheck: "false", "data-focus": "seat-code", value: app.draft("seat-code") || "", oninput: (event) => app.setDraft("seat-code", event.target.value) }),
          h("button", { type: "submit", class: "sm-button sm-button-small" }, "Add")),
      ),
    ),
    changed && seats.length
      ? h(
          "p",
          { class: "sm-chair-save", key: "save" },
          h("button", { type: "button", class: "sm-button sm-button-main", "data-focus": "seat-save", onclick: () => {
            app.setDraft("present", seats);
            app.enter("present", { raters: seats });
            app.focusSoon(`seat-down-${seats[0]}`);
            app.announce("The order goes into the log.");
          } }, app.waiting() ? "Saving…" : "This is the order"),
          stored.length ? h("button", { type: "button", class: "sm-button", onclick: () => {
            app.setDraft("present", null);
            app.repaint();
            app.focusSoon(`seat-up-${stored[0]}`);
          } }, "Back to what is in the log") : null,
        )
      : null,
  );
}
