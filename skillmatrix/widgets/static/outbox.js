/* outbox.js: nothing a person does is lost between the browser and the disk.

   A command is kept in storage until it is acknowledged. Sent twice, it is stored once: the id
   decides. No element of the page is touched here; clock, storage and timers are arguments. */

const OUTBOX_PATIENCE = 2500; // ms until an answer is missed
const OUTBOX_SECOND_CHANCE = 1500; // ms more, when the server lives but the kernel is silent
const OUTBOX_AGAIN = 3000; // ms until what could not be stored is tried again
const OUTBOX_RELOADS = 3; // in a minute

function createOutbox({
  key = null,
  send,
  onChange = () => {},
  health = null,
  reload = null,
  typing = () => false,
  now = () => Date.now(),
  storage = null,
  timers = globalThis,
  newCommandId = null,
}) {
  let queue = []; // {command, coalesce, dueAt, sentAt, patience, stored}
  let refusals = []; // {command, problems}
  let link = "up"; // up | doubt | offline | stuck | silent
  let doubtSince = null;
  let checking = false;
  let pollAt = 0;
  let savedAt = null;
  let storedKey = null;
  let memoryOnly = false;
  let closed = false;
  let lastHeard = now();
  let gone = false; // the kernel is known to be gone: no answer is waited for
  let trouble = null; // why the kernel could not store: a full disk, a locked file; it is tried again
  const makeId = newCommandId || (() => newId());

  function readStored() {
    const text = storage.getItem(storedKey);
    if (!text) return [];
    try {
      const list = JSON.parse(text);
      return Array.isArray(list) ? list.filter((item) => item && item.id && item.name) : [];
    } catch {
      return [];
    }
  }

  // Another tab may share the key: each change is applied to what is stored now.
  function changeStored(change) {
    if (!storedKey) return;
    if (!storage) {
      memoryOnly = true;
      return;
    }
    try {
      const list = change(readStored());
      if (list.length) storage.setItem(storedKey, JSON.stringify(list));
      else storage.removeItem(storedKey);
      memoryOnly = false;
    } catch {
      memoryOnly = true;
    }
  }

  function keep(entry) {
    if (!entry.stored) return;
    const kept = entry.coalesce ? { ...entry.command, coalesce: entry.coalesce } : entry.command;
    changeStored((list) => {
      const at = list.findIndex((item) => item.id === kept.id);
      if (at < 0) return [...list, kept];
      return list.map((item, index) => (index === at ? kept : item));
    });
  }

  function forget(id) {
    changeStored((list) => list.filter((item) => item.id !== id));
  }

  function open(nextKey) {
    if (nextKey === storedKey) return 0;
    // What was done elsewhere stays where it was done: it is sent when that is open again.
    if (storedKey !== null && storage && !memoryOnly) queue = queue.filter((entry) => !entry.stored);
    storedKey = nextKey;
    let earlier = [];
    if (storage) {
      try {
        earlier = readStored();
      } catch {
        memoryOnly = true;
      }
    } else {
      memoryOnly = true;
    }
    const known = new Set(queue.map((entry) => entry.command.id));
    const entries = earlier
      .filter((item) => !known.has(item.id))
      .map(({ coalesce = null, ...command }) => ({
        command: { ...command, kind: "command" },
        coalesce,
        dueAt: 0,
        sentAt: null,
        patience: OUTBOX_PATIENCE,
        stored: true,
      }));
    queue = [...entries, ...queue];
    for (const entry of queue) keep(entry);
    pump();
    onChange();
    return entries.length;
  }

  function transmit(entry) {
    entry.sentAt = now();
    entry.dueAt = 0;
    try {
      send(entry.command);
    } catch {
      // The connection is gone; the watch below finds out what happened.
    }
  }

  function pump() {
    const time = now();
    for (const entry of queue) if (entry.sentAt === null && entry.dueAt <= time) transmit(entry);
  }

  // What was done earlier goes first, so that an undo takes back what the person did last.
  function hurry() {
    for (const entry of queue) if (entry.sentAt === null && !entry.tries) transmit(entry);
  }

  function command(name, args, { base = null, coalesce = null, delay = 0 } = {}) {
    const held = coalesce && queue.find((entry) => entry.coalesce === coalesce && entry.sentAt === null && entry.stored);
    if (held) {
      held.command = { ...held.command, args };
      held.dueAt = now() + delay;
      // The latest word stands last, so that what is drawn and what is stored agree.
      queue = [...queue.filter((entry) => entry !== held), held];
      keep(held);
      if (delay <= 0) hurry();
      else timers.setTimeout(pump, delay + 5);
      onChange();
      return held.command.id;
    }
    const entry = {
      command: { kind: "command", id: makeId(), name, base, args },
      coalesce,
      dueAt: delay > 0 ? now() + delay : 0,
      sentAt: null,
      patience: OUTBOX_PATIENCE,
      stored: true,
    };
    queue.push(entry);
    if (delay > 0) timers.setTimeout(pump, delay + 5);
    else hurry();
    keep(entry);
    onChange();
    return entry.command.id;
  }

  // A question: waited for, never kept.
  function request(name, args, { patience = OUTBOX_PATIENCE, base = null } = {}) {
    if (name === "ping" && queue.some((entry) => entry.command.name === "ping")) return null;
    const entry = {
      command: { kind: "command", id: makeId(), name, base, args },
      coalesce: null,
      dueAt: 0,
      sentAt: null,
      patience,
      stored: false,
    };
    queue.push(entry);
    transmit(entry);
    return entry.command.id;
  }

  function heard() {
    lastHeard = now();
    gone = false;
    doubtSince = null;
    if (link === "up") return;
    link = "up";
    resend(); // what was sent into the silence may not have arrived
  }

  // Every message of the kernel goes through here; returns what it answered, or null.
  function receive(message) {
    heard();
    const at = queue.findIndex((entry) => entry.command.id === message.id);
    if (message.saved_at) savedAt = message.saved_at;
    if (at < 0) {
      onChange();
      return null;
    }
    const entry = queue[at];
    if (message.kind === "refused" && message.again) {
      trouble = message.problems || [];
      entry.tries = (entry.tries || 0) + 1;
      entry.sentAt = null;
      entry.dueAt = now() + OUTBOX_AGAIN;
      onChange();
      return null;
    }
    trouble = entry.stored || entry.command.name === "hello" ? null : trouble;
    queue.splice(at, 1);
    if (entry.stored) forget(entry.command.id);
    if (message.kind === "refused" && entry.stored) {
      refusals = [...refusals, { command: entry.command, problems: message.problems || [] }];
    }
    onChange();
    return entry.command;
  }

  function resend() {
    for (const entry of queue) if (entry.sentAt !== null) transmit(entry);
    pump();
  }

  function flush() {
    for (const entry of queue) if (entry.sentAt === null) transmit(entry);
  }

  function overdue() {
    if (gone) return true;
    const time = now();
    const heavy = queue.some((entry) => entry.sentAt !== null && entry.patience > OUTBOX_PATIENCE && time - entry.sentAt < entry.patience);
    if (heavy) return false; // a kernel draws or reads a file: others wait behind it
    return queue.some((entry) => entry.sentAt !== null && time - Math.max(entry.sentAt, lastHeard) > entry.patience);
  }

  function mayReload() {
    const time = now();
    let times = [];
    try {
      times = JSON.parse(storage?.getItem("skillmatrix.reloads") || "[]").filter((at) => time - at < 60000);
    } catch {
      times = [];
    }
    if (times.length >= OUTBOX_RELOADS) return false;
    try {
      storage?.setItem("skillmatrix.reloads", JSON.stringify([...times, time]));
    } catch {
      return false; // without a memory of reloads there is no end to them
    }
    return true;
  }

  async function watch() {
    if (closed || checking) return;
    pump();
    const time = now();
    if (link === "up" && !overdue()) return;
    if (!health) {
      // Inside a notebook nobody can be asked: say so, and go on trying.
      if (link !== "silent") {
        link = "silent";
        pollAt = time + 5000;
        onChange();
      } else if (time >= pollAt) {
        pollAt = time + 5000;
        resend();
      }
      return;
    }
    if (link === "stuck" || (link === "offline" && time < pollAt)) return;
    checking = true;
    const alive = await Promise.resolve(health()).catch(() => null);
    checking = false;
    if (closed || (link === "up" && !overdue())) return;
    if (!alive) {
      doubtSince = null;
      pollAt = now() + 1000;
      if (link !== "offline") {
        link = "offline";
        onChange();
      }
      return;
    }
    if (!gone && (link === "offline" || doubtSince === null)) {
      // The server answers. A kernel that lives answers as well, given a moment.
      link = "doubt";
      doubtSince = now();
      queue = queue.filter((entry) => entry.command.name !== "ping");
      request("ping", {});
      onChange();
      return;
    }
    if (!gone && now() - doubtSince < OUTBOX_SECOND_CHANCE) return;
    if (reload && typing()) return; // what is typed while the page is away would be lost: at the next pause
    if (reload && mayReload()) {
      closed = true;
      reload();
      return;
    }
    link = "stuck";
    onChange();
  }

  const ticking = timers.setInterval(watch, 250);

  if (key) open(key);

  return {
    open,
    command,
    request,
    receive,
    resend,
    flush,
    watch,
    lost: () => {
      gone = true;
      watch();
    },
    pending: () => queue.filter((entry) => entry.stored).map((entry) => entry.command),
    isPending: (id) => queue.some((entry) => entry.command.id === id),
    refused: () => refusals,
    dismiss: (id) => {
      refusals = refusals.filter((item) => item.command.id !== id);
      onChange();
    },
    // The person gives up on what the kernel cannot store.
    discard: () => {
      for (const entry of queue) if (entry.tries) forget(entry.command.id);
      queue = queue.filter((entry) => !entry.tries);
      trouble = null;
      onChange();
    },
    setSavedAt: (at) => {
      if (at && (!savedAt || at > savedAt)) savedAt = at;
    },
    status: () => {
      const unsaved = queue.filter((entry) => entry.stored).length;
      const calm = trouble ? "held" : unsaved ? "saving" : "saved";
      const word = link === "up" ? calm : link === "doubt" ? "reconnecting" : link;
      return { word, pending: unsaved, savedAt, memoryOnly, trouble, tries: Math.max(0, ...queue.map((entry) => entry.tries || 0)) };
    },
    close: () => {
      closed = true;
      timers.clearInterval(ticking);
    },
  };
}
