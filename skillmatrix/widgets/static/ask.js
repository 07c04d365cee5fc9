/* ask.js: what a part of the page asks the kernel: once for each state of the page. What was there
   stays until the answer comes, and an answer to an earlier wish is not looked at. */

function askOnce(app, held, name, args, { patience = 10000, read = (answer) => ({ view: answer[name] }), settled = () => app.repaint(), refused = null } = {}) {
  const wish = JSON.stringify([app.state.assessment.code, app.state.seq, args]);
  if (wish === held.wish) return;
  held.wish = wish;
  const settle = (part) => {
    if (held.wish !== wish) return;
    Object.assign(held, part);
    settled();
  };
  app.ask(name, args, { patience }).then(
    (answer) => settle({ ...read(answer), problems: null }),
    ({ problems }) => (refused ? refused(settle, problems || []) : settle({ problems: problems || [] })),
  );
}
