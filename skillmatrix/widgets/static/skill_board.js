/* skill_board.js: the board alone, as a widget of its own; read-only unless `readonly` is false. */

export default {
  render({ model, el }) {
    const root = build(h("div", { class: "sm" }));
    const place = build(h("div", { class: "sm-frame" }));
    root.append(place);
    el.replaceChildren(root);
    const appearance = createAppearance(root);
    let board = null;

    const draw = () => {
      const framework = model.get("framework") || {};
      const rows = (model.get("state") || {}).rows;
      if (!framework.skills || !rows) return;
      if (board) return void board.update(rows);
      board = mountBoard(place, {
        skills: framework.skills,
        areas: framework.areas,
        scale: framework.scale,
        rows,
        readonly: model.get("readonly") !== false,
        onRate: (skill, value) => model.send({ kind: "command", id: newId(), name: "rate", base: null, args: { skill, value } }),
      });
    };
    const onMessage = (message) => {
      if (board && message?.state?.rows) board.update(message.state.rows);
    };
    draw();
    model.on("change:state", draw);
    model.on("change:framework", draw);
    model.on("msg:custom", onMessage);
    return () => {
      model.off("change:state", draw);
      model.off("change:framework", draw);
      model.off("msg:custom", onMessage);
      appearance.stop();
      board?.destroy();
    };
  },
};
