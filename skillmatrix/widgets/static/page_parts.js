/* page_parts.js: what every page that talks with its kernel needs: questions, drafts, files given out. */

/* Questions on their way to the kernel; `request` sends one and gives its id. */
function createQuestions(request) {
  const waiting = new Map(); // command id to what becomes of the answer
  const settle = (id, how, value) => {
    const question = waiting.get(id);
    waiting.delete(id);
    question?.[how](value);
    return Boolean(question);
  };
  return {
    ask: (name, args, options) => new Promise((resolve, reject) => waiting.set(request(name, args, options), { resolve, reject })),
    answered: (message) => settle(message.id, "resolve", message),
    refused: (id, problems) => settle(id, "reject", Object.assign(new Error("refused"), { problems })),
  };
}

/* What is typed and not stored yet, one name a field; `prefix` gives whose drafts they are now.
   Where the browser keeps nothing they are held for as long as the page is open. */
function createDrafts(storage, prefix) {
  const memory = new Map();
  const keyOf = (name) => `${prefix()}${name}`;
  return {
    draft(name) {
      const key = keyOf(name);
      return memory.has(key) ? memory.get(key) : recall(storage, key);
    },
    setDraft(name, value) {
      const key = keyOf(name);
      if (remember(storage, key, value)) memory.delete(key);
      else memory.set(key, value ?? null);
    },
  };
}

function draftsOf(state) {
  return `skillmatrix.draft.${state?.workspace?.id || "-"}.${state?.assessment?.code || "-"}.`;
}

/* Whether newer words about the same thing are on their way: then those of a refused command are old.
   A remark is about nothing but itself. */
function saidAgain({ name, args }, pending) {
  const thing = ({ kind, content = {}, skill, id, part }) => (kind === "remark" ? null : id ?? part ?? skill ?? content.id ?? content.skill ?? null);
  const about = thing(args);
  return about !== null && pending.some((other) => other.name === name && other.args.kind === args.kind && thing(other.args) === about);
}

/* What was decided about a text holds for that text alone: a mark of it, and no copy of it. */
function textMark(text) {
  let mark = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) mark = Math.imul(mark ^ text.charCodeAt(at), 0x01000193) >>> 0;
  return `${text.length}.${mark.toString(36)}`;
}

function fateOf(fates, skill, text) {
  const decided = fates?.[skill];
  return decided && decided.mark === textMark(text) ? decided.fate : null;
}

/* A file reaches the folder of downloads; what is neither text nor bytes is written as JSON. */
function saveFile(name, data, type = "application/json") {
  const plain = typeof data === "string" || data instanceof Uint8Array;
  const content = plain ? data : `${JSON.stringify(data, null, 2)}\n`;
  const url = URL.createObjectURL(new Blob([content], { type }));
  const anchor = build(h("a", { href: url, download: name }));
  document.body.append(anchor);
  anchor.click();
  anchor.remove();
  setTimeout(() => URL.revokeObjectURL(url), 10000);
}

/* Where a person is on a page: kept over a reload; and what to focus after the next paint.
   `content` gives the element, `key` the name under which it is kept, `board` the skill board. A
   patient place waits for what is not drawn yet. */
function createPlace({ content, session, key, board = () => null, patient = false }) {
  let wanted = null;
  let returning = null;
  const find = (name) => content().querySelector(`[data-focus="${CSS.escape(name)}"]`);
  const scroller = () => document.scrollingElement;
  return {
    want(name) {
      wanted = name;
    },
    settle() {
      if (!wanted) return;
      const target = find(wanted);
      if (target || !patient) wanted = null;
      target?.focus({ preventScroll: true });
      target?.scrollIntoView({ block: "nearest" });
    },
    keep() {
      const active = document.activeElement;
      const row = active?.closest?.(".sm-row");
      const name = active?.dataset?.focus || (row ? `board:${row.dataset.skill}` : null);
      const caret = typeof active?.selectionStart === "number" ? active.selectionStart : null;
      const panel = content().querySelector(".sm-panel")?.scrollTop || 0;
      remember(session, `${key()}.place`, { focus: content().contains(active) ? name : null, caret, scroll: scroller()?.scrollTop || 0, panel });
    },
    arrive() {
      returning = recall(session, `${key()}.place`);
      remember(session, `${key()}.place`, null);
      return returning;
    },
    returning: () => returning,
    back() {
      const place = returning;
      returning = null;
      requestAnimationFrame(() => {
        if (scroller()) scroller().scrollTop = place.scroll;
        const panel = content().querySelector(".sm-panel");
        if (panel) panel.scrollTop = place.panel || 0;
        if (!place.focus) return;
        if (place.focus.startsWith("board:")) return void board()?.focus(place.focus.slice(6));
        const target = find(place.focus);
        target?.focus({ preventScroll: true });
        if (target && place.caret !== null && /^(text|textarea|search)$/.test(target.type)) target.setSelectionRange(place.caret, place.caret);
      });
    },
  };
}
