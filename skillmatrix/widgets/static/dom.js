/* dom.js: elements from descriptions, and nothing else.

   h(tag, attrs, ...children) describes an element; createPainter(el) draws a list of
   descriptions into el and, called again, changes only what differs, so that focus, caret and
   half-typed text stay where they are. Text reaches the page through text nodes only. */

const SVG_NS = "http://www.w3.org/2000/svg";
const AS_PROPERTY = new Set(["checked", "disabled", "hidden", "selected", "indeterminate", "readOnly", "required"]);

function h(tag, attrs, ...children) {
  const own = attrs || {};
  return { tag, attrs: own, key: own.key ?? null, children: flatten(children, []), el: null };
}

function flatten(list, into) {
  for (const item of list) {
    if (item === null || item === undefined || item === false || item === true) continue;
    if (Array.isArray(item)) flatten(item, into);
    else if (typeof item === "object") into.push(item);
    else into.push({ text: String(item), key: null, el: null });
  }
  return into;
}

/* A description becomes a node. */
function build(node, inSvg = false) {
  if (node.text !== undefined) {
    node.el = document.createTextNode(node.text);
    return node.el;
  }
  const svg = inSvg || node.tag === "svg";
  const el = svg ? document.createElementNS(SVG_NS, node.tag) : document.createElement(node.tag);
  node.el = el;
  for (const child of node.children) el.appendChild(build(child, svg));
  setAttributes(el, {}, node.attrs);
  if (node.attrs.ref) node.attrs.ref(el);
  return el;
}

function setAttributes(el, before, after) {
  for (const name in before) if (!(name in after)) setAttribute(el, name, before[name], null);
  for (const name in after) setAttribute(el, name, before[name], after[name]);
}

function setAttribute(el, name, before, value) {
  if (name === "key" || name === "ref" || name === "opaque") return;
  if (name.startsWith("on")) return listen(el, name.slice(2), value);
  if (name === "value") return setValue(el, before, value);
  if (name === "style") {
    if (before !== value) el.style.cssText = value || "";
    return;
  }
  if (name === "open") {
    // A person opens and closes <details>; the page only says how it starts.
    if (before !== value) el.open = Boolean(value);
    return;
  }
  if (AS_PROPERTY.has(name)) {
    if (el[name] !== Boolean(value)) el[name] = Boolean(value);
    return;
  }
  if (before === value) return;
  if (value === null || value === undefined || (value === false && !name.startsWith("aria-"))) {
    el.removeAttribute(name);
  } else {
    el.setAttribute(name, value === true && !name.startsWith("aria-") && !name.startsWith("data-") ? "" : String(value));
  }
}

/* What a person is typing is never overwritten under the caret. */
function setValue(el, before, value) {
  const next = value === null || value === undefined ? "" : String(value);
  if (before !== undefined && String(before ?? "") === next) return;
  if (before !== undefined && el === el.getRootNode().activeElement && el.tagName !== "SELECT") return;
  if (el.value !== next) el.value = next;
}

function listen(el, type, handler) {
  const known = (el.smHandlers ||= {});
  if (!(type in known)) el.addEventListener(type, (event) => known[type] && known[type](event));
  known[type] = handler || null;
}

function patchChildren(parent, before, after) {
  const keyed = new Map();
  const free = [];
  for (const node of before) {
    if (node.key !== null) keyed.set(node.key, node);
    else free.push(node);
  }
  const svg = parent.namespaceURI === SVG_NS;
  let next = 0;
  for (const node of after) {
    let match = null;
    if (node.key !== null) {
      const found = keyed.get(node.key);
      if (found && found.tag === node.tag) {
        match = found;
        keyed.delete(node.key);
      }
    } else {
      let at = next;
      while (at < free.length && (free[at] === null || free[at].tag !== node.tag)) at += 1;
      if (at < free.length) {
        match = free[at];
        free[at] = null;
        if (at === next) next += 1;
      }
    }
    if (match) patchNode(match, node);
    else build(node, svg);
  }
  for (const node of keyed.values()) node.el.remove();
  for (const node of free) if (node) node.el.remove();
  let place = parent.firstChild;
  for (const node of after) {
    if (node.el === place) place = place.nextSibling;
    else parent.insertBefore(node.el, place);
  }
}

function patchNode(before, after) {
  after.el = before.el;
  if (after.text !== undefined) {
    if (before.text !== after.text) after.el.data = after.text;
    return;
  }
  if (!after.attrs.opaque) patchChildren(after.el, before.children, after.children);
  setAttributes(after.el, before.attrs, after.attrs);
}

/* paint(...descriptions) draws into el; only what changed is touched. */
function createPainter(el) {
  let before = [];
  return (...descriptions) => {
    const after = flatten(descriptions, []);
    patchChildren(el, before, after);
    before = after;
  };
}

/* After the frame that shows what has been done; a hidden tab draws no frames, so a clock helps. */
function afterPaint(task) {
  let done = false;
  const run = () => {
    if (done) return;
    done = true;
    task();
  };
  requestAnimationFrame(() => setTimeout(run, 0));
  setTimeout(run, 150);
}

/* Several wishes to draw, one drawing. */
function coalesced(task) {
  let waiting = false;
  return () => {
    if (waiting) return;
    waiting = true;
    afterPaint(() => {
      waiting = false;
      task();
    });
  };
}

function classes(...names) {
  return names.filter(Boolean).join(" ");
}

function newId() {
  if (globalThis.crypto?.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/* Words. */
function plural(count, one, many) {
  return `${count} ${count === 1 ? one : many || `${one}s`}`;
}

function shorten(text, most) {
  const points = [...text];
  return points.length > most ? `${points.slice(0, most - 1).join("")}…` : text;
}

function capital(text) {
  return text ? text.charAt(0).toUpperCase() + text.slice(1) : text;
}

function clockTime(iso) {
  const at = new Date(iso);
  if (Number.isNaN(at.getTime())) return "";
  return [at.getHours(), at.getMinutes(), at.getSeconds()].map((part) => String(part).padStart(2, "0")).join(":");
}

function dayText(iso) {
  if (!iso) return "";
  const day = /^\d{4}-\d{2}-\d{2}$/.test(iso) ? new Date(`${iso}T12:00:00`) : new Date(iso);
  if (Number.isNaN(day.getTime())) return String(iso);
  return day.toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric" });
}

/* The last day a field for dates takes: without it browsers take years of six digits. */
const LAST_DAY = "9999-12-31";

/* The day it is here, as dates are stored. */
function today() {
  return new Date().toLocaleDateString("sv-SE");
}

function changedText(iso) {
  const now = new Date().toDateString() === new Date(iso).toDateString();
  return now ? `changed today at ${clockTime(iso).slice(0, 5)}` : `changed ${dayText(iso)}`;
}

function possessive(name) {
  return /s$/i.test(name) ? `${name}’` : `${name}’s`;
}

/* Small pictures, drawn as strokes in the colour of the text; all are decoration beside words. */
const ICONS = {
  check: [["circle", { cx: 8, cy: 8, r: 7, fill: "currentColor", stroke: "none" }], ["path", { d: "M4.9 8.3l2.1 2.1 4.1-4.6", class: "sm-icon-cut" }]],
  cross: [["path", { d: "M3.6 3.6l8.8 8.8M12.4 3.6l-8.8 8.8", "stroke-width": 2 }]],
  open: [["circle", { cx: 8, cy: 8, r: 6 }]],
  gate: [["path", { d: "M8 2.2L13.8 8 8 13.8 2.2 8z", fill: "currentColor", stroke: "none" }]],
  floor: [["path", { d: "M8 3.5l5.2 7H2.8z", fill: "currentColor", stroke: "none" }], ["path", { d: "M2.5 13.2h11" }]],
  clip: [["path", { d: "M12.9 7.2l-5.3 5.3a3.2 3.2 0 01-4.5-4.5l5.6-5.6a2.1 2.1 0 013 3l-5.5 5.5a1.1 1.1 0 01-1.5-1.5l4.9-4.9" }]],
  note: [["path", { d: "M3 3h10v7.5L10.5 13H3zM5.2 6h5.6M5.2 8.8h3.6" }]],
  next: [["path", { d: "M6 3.5L10.5 8 6 12.5" }]],
  back: [["path", { d: "M10 3.5L5.5 8 10 12.5" }]],
  plus: [["path", { d: "M8 3v10M3 8h10" }]],
  close: [["path", { d: "M4 4l8 8M12 4l-8 8" }]],
  undo: [["path", { d: "M5.5 3.5L2.8 6.2l2.7 2.7M3 6.2h6a3.4 3.4 0 010 6.8H6.2" }]],
  redo: [["path", { d: "M10.5 3.5l2.7 2.7-2.7 2.7M13 6.2H7a3.4 3.4 0 000 6.8h2.8" }]],
  sliders: [["path", { d: "M2.5 5h6.2M12.3 5h1.2M2.5 11h1.2M7.3 11h6.2" }], ["circle", { cx: 10.5, cy: 5, r: 1.8 }], ["circle", { cx: 5.5, cy: 11, r: 1.8 }]],
  file: [["path", { d: "M4 2.5h5l3 3v8H4zM9 2.5v3h3" }]],
  link: [["path", { d: "M6.7 9.3l2.6-2.6M7.4 4.9l1.4-1.4a2.6 2.6 0 013.7 3.7l-1.4 1.4M8.6 11.1l-1.4 1.4a2.6 2.6 0 01-3.7-3.7l1.4-1.4" }]],
};

function icon(name, extra) {
  return h(
    "svg",
    { class: classes("sm-icon", `sm-icon-${name}`, extra), viewBox: "0 0 16 16", width: "16", height: "16", "aria-hidden": "true", focusable: "false" },
    (ICONS[name] || []).map(([tag, attrs]) => h(tag, attrs)),
  );
}

/* MET, NOT MET and OPEN: a shape and a word, never a colour alone. */
const STATE_WORDS = { MET: ["check", "Met"], "NOT MET": ["cross", "Not met"], OPEN: ["open", "Open"] };

function stateMark(state, { word = true } = {}) {
  const [shape, text] = STATE_WORDS[state] || ["open", String(state)];
  return h(
    "span",
    { class: classes("sm-state", `sm-state-${shape}`) },
    icon(shape),
    h("span", { class: word ? "sm-state-word" : "sm-hidden" }, text),
  );
}

function hiddenText(text) {
  return h("span", { class: "sm-hidden" }, text);
}

/* A text area as tall as what is in it. */
function autosize(el) {
  if (!el || (globalThis.CSS && CSS.supports && CSS.supports("field-sizing", "content"))) return;
  el.style.height = "auto";
  el.style.height = `${el.scrollHeight + 2}px`;
}
