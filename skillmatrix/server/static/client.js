/* client.js: connects the widget of a page to its kernel.

   Voilà's own client is JupyterLab without its shell: 10 MB of scripts for any widget there is. A
   page here is one anywidget, so 300 lines do. When a page shows anything else (an ipywidgets
   slider, a picture), Voilà's client is loaded instead; nothing but time is lost.

   Messages follow Jupyter's protocol 5.3 over the kernel's WebSocket, and the Jupyter widgets
   message protocol 2.1 inside it. */

(function () {
  "use strict";

  const VIEW = "application/vnd.jupyter.widget-view+json";
  const SLOW = 10000; // ms until the note says that it takes long
  const GONE = 8000; // ms a page gets to handle a lost kernel itself before the note speaks
  const RETRY = [300, 600, 1200, 2500, 5000]; // ms between attempts to connect again
  const note = document.getElementById("sm-served-note");
  const config = JSON.parse(document.getElementById("jupyter-config-data")?.textContent || "null");
  const cells = [...document.querySelectorAll('script[type="application/vnd.voila.cell-output+json"]')];

  /* ---- the note: the one thing the served page itself says ---- */

  let drawn = false;

  function say(text, { urgent = false, reload = false } = {}) {
    if (!note) return;
    note.replaceChildren(text);
    if (reload) {
      const link = document.createElement("a");
      link.href = location.href;
      link.textContent = "Open it again";
      link.addEventListener("click", (event) => {
        event.preventDefault();
        location.reload();
      });
      note.append(" ", link);
    }
    note.setAttribute("role", urgent ? "alert" : "status");
    note.hidden = false;
  }

  function shown() {
    drawn = true;
    if (note) note.hidden = true;
    // The page brings its own link past its own header.
    if (document.querySelector(".sm-skip")) document.querySelector(".sm-served-skip")?.remove();
  }

  setTimeout(() => {
    if (!drawn && note && note.getAttribute("role") !== "alert") {
      say("Still starting. This takes longer than usual; what you have entered is stored.", { reload: true });
    }
  }, SLOW);

  /* ---- bytes: offsets (64 bits, little end first), channel, four JSON parts, buffers ----
     Jupyter's v1 format. In the older one Voilà 0.5 takes the first bytes for a count and fills
     the server's memory. */

  const PROTOCOL = "v1.kernel.websocket.jupyter.org";
  const PARTS = ["header", "parent_header", "metadata", "content"];

  function asBytes(part) {
    return ArrayBuffer.isView(part) ? new Uint8Array(part.buffer, part.byteOffset, part.byteLength) : new Uint8Array(part);
  }

  function pack(message) {
    const encoder = new TextEncoder();
    const texts = [message.channel, ...PARTS.map((name) => JSON.stringify(message[name]))];
    const parts = [...texts.map((text) => encoder.encode(text)), ...message.buffers.map(asBytes)];
    const head = new DataView(new ArrayBuffer(8 * (parts.length + 2)));
    const put = (index, value) => head.setBigUint64(8 * index, BigInt(value), true);
    put(0, parts.length + 1);
    let offset = head.byteLength;
    parts.forEach((part, index) => {
      put(index + 1, offset);
      offset += part.byteLength;
    });
    put(parts.length + 1, offset);
    // One block: a Blob of parts reaches the socket several times later.
    const whole = new Uint8Array(offset);
    let at = 0;
    for (const part of [new Uint8Array(head.buffer), ...parts]) {
      whole.set(part, at);
      at += part.byteLength;
    }
    return whole;
  }

  function unpack(data) {
    const view = new DataView(data);
    const count = Number(view.getBigUint64(0, true));
    const starts = Array.from({ length: count }, (_, index) => Number(view.getBigUint64(8 * (index + 1), true)));
    const parts = starts.slice(0, -1).map((start, index) => data.slice(start, starts[index + 1]));
    const decoder = new TextDecoder();
    const message = { channel: decoder.decode(parts[0]) };
    PARTS.forEach((name, index) => (message[name] = JSON.parse(decoder.decode(parts[index + 1]))));
    message.buffers = parts.slice(PARTS.length + 1).map((part) => new DataView(part));
    return message;
  }

  function putBuffers(state, paths, buffers) {
    (paths || []).forEach((path, index) => {
      let place = state;
      for (const key of path.slice(0, -1)) place = place[key];
      place[path.at(-1)] = buffers[index];
    });
    return state;
  }

  /* Values that JSON cannot hold travel beside it, as ipywidgets expects them. */
  function takeBuffers(value, path = [], paths = [], buffers = []) {
    if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) {
      paths.push(path);
      buffers.push(value);
      return { value: null, paths, buffers };
    }
    if (Array.isArray(value)) {
      const list = value.map((item, index) => takeBuffers(item, [...path, index], paths, buffers).value);
      return { value: list, paths, buffers };
    }
    if (value && typeof value === "object" && Object.getPrototypeOf(value) === Object.prototype) {
      const plain = {};
      for (const [key, item] of Object.entries(value)) {
        const taken = takeBuffers(item, [...path, key], paths, buffers);
        if (!(item instanceof ArrayBuffer || ArrayBuffer.isView(item))) plain[key] = taken.value;
      }
      return { value: plain, paths, buffers };
    }
    return { value, paths, buffers };
  }

  /* ---- the kernel: one socket that comes back ---- */

  const newId = () => crypto.randomUUID().replaceAll("-", "");

  function connect(kernelId, onMessage, onOpen, onLost) {
    const session = newId();
    const waiting = [];
    let socket = null;
    let attempts = 0;
    let ended = false;

    function open() {
      const scheme = location.protocol === "https:" ? "wss" : "ws";
      const path = `${config.baseUrl}api/kernels/${encodeURIComponent(kernelId)}/channels?session_id=${session}`;
      socket = new WebSocket(`${scheme}://${location.host}${path}`, [PROTOCOL]);
      socket.binaryType = "arraybuffer";
      socket.onopen = () => {
        attempts = 0;
        onOpen();
        for (const message of waiting.splice(0)) socket.send(message);
      };
      socket.onmessage = (event) => onMessage(unpack(event.data));
      socket.onclose = again;
    }

    async function again() {
      if (ended) return;
      await new Promise((resolve) => setTimeout(resolve, RETRY[Math.min(attempts, RETRY.length - 1)]));
      attempts += 1;
      let status = 0;
      try {
        const answer = await fetch(`${config.baseUrl}api/kernels/${encodeURIComponent(kernelId)}`, { cache: "no-store" });
        status = answer.status;
      } catch {
        // The server does not answer; it may come back with the same kernel or without it.
      }
      if (ended) return;
      if (status === 404 || status === 403) end();
      else if (status === 200) open();
      else again();
    }

    function end() {
      if (ended) return;
      ended = true;
      socket?.close();
      onLost();
    }

    function send(type, content, metadata = {}, buffers = []) {
      const header = { msg_id: newId(), msg_type: type, username: "", session, date: new Date().toISOString(), version: "5.3" };
      const message = pack({ channel: "shell", header, parent_header: {}, metadata, content, buffers });
      if (socket?.readyState === WebSocket.OPEN) socket.send(message);
      else if (!ended) waiting.push(message);
    }

    open();
    return {
      send,
      end,
      close() {
        ended = true;
        socket?.close();
      },
    };
  }

  /* ---- models: what an anywidget sees of the kernel ---- */

  function createModel(id, state, send, registry) {
    const listeners = new Map();
    const changed = new Set();

    function emit(name, ...args) {
      for (const { call, context } of [...(listeners.get(name) || [])]) {
        try {
          call.apply(context, args);
        } catch (error) {
          console.error(error);
        }
      }
    }

    function assign(values) {
      const names = Object.keys(values).filter((name) => state[name] !== values[name]);
      Object.assign(state, values);
      for (const name of names) emit(`change:${name}`, model, state[name], {});
      if (names.length) emit("change", model, {});
      return names;
    }

    const model = {
      model_id: id,
      get: (name) => state[name],
      set(name, value) {
        const names = assign(typeof name === "object" ? name : { [name]: value });
        for (const each of names) changed.add(each);
      },
      save_changes() {
        if (!changed.size) return;
        const picked = Object.fromEntries([...changed].map((name) => [name, state[name]]));
        changed.clear();
        const { value, paths, buffers } = takeBuffers(picked);
        send(id, { method: "update", state: value, buffer_paths: paths }, buffers);
      },
      send: (content, _callbacks, buffers = []) => send(id, { method: "custom", content }, buffers),
      on(names, call, context) {
        for (const name of names.split(/\s+/)) {
          listeners.set(name, [...(listeners.get(name) || []), { call, context }]);
        }
      },
      once(names, call, context) {
        const only = (...args) => {
          model.off(names, only);
          call.apply(context, args);
        };
        model.on(names, only);
      },
      off(names = null, call = null) {
        for (const name of names ? names.split(/\s+/) : [...listeners.keys()]) {
          const kept = call ? (listeners.get(name) || []).filter((item) => item.call !== call) : [];
          listeners.set(name, kept);
        }
      },
      widget_manager: {
        get_model: async (other) => {
          const found = registry.get(String(other).replace(/^IPY_MODEL_/, ""));
          if (!found) throw new Error(`no widget ${other}`);
          return found.model;
        },
      },
    };
    return {
      model,
      state,
      receive(data, buffers) {
        if (data.method === "update") assign(putBuffers(data.state, data.buffer_paths, buffers));
        else if (data.method === "custom") emit("msg:custom", data.content, buffers);
      },
    };
  }

  async function load(text) {
    const address = URL.createObjectURL(new Blob([text], { type: "text/javascript" }));
    try {
      const module = await import(address);
      const widget = module.default ?? { render: module.render };
      return typeof widget === "function" ? await widget() : widget;
    } finally {
      URL.revokeObjectURL(address);
    }
  }

  async function draw(entry, place) {
    const { model, state } = entry;
    if (state._css) {
      const style = document.createElement("style");
      style.textContent = state._css;
      document.head.append(style);
    }
    const widget = await load(state._esm);
    const signal = new AbortController().signal;
    await widget.initialize?.({ model, signal });
    const el = document.createElement("div");
    el.className = "sm-widget";
    place.replaceWith(el);
    await widget.render?.({ model, el, signal });
  }

  /* ---- the page ---- */

  function lost() {
    window.dispatchEvent(new CustomEvent("skillmatrix:kernel-lost"));
    const speak = () =>
      say("This page has lost its connection. What was saved is stored.", { urgent: true, reload: true });
    setTimeout(speak, drawn ? GONE : 0);
  }

  /* The server waits a second: what the page itself sends at the end is dealt with first. */
  function leave() {
    addEventListener("pagehide", () => {
      navigator.sendBeacon(`${config.baseUrl}voila/api/shutdown/${encodeURIComponent(config.kernelId)}`);
    });
    // A page brought back from the browser's memory has no kernel any more.
    addEventListener("pageshow", (event) => event.persisted && location.reload());
  }

  /* Voilà's client starts at "load", which may be over when its last part has arrived. */
  function standard(kernel) {
    kernel?.close();
    const listen = window.addEventListener;
    window.addEventListener = function (type, call, ...rest) {
      if (type !== "load" || document.readyState !== "complete") return listen.call(window, type, call, ...rest);
      window.addEventListener = listen;
      setTimeout(() => call.call(window, new Event("load")));
    };
    for (const name of ["voila-style.js", "voila.js"]) {
      const script = document.createElement("script");
      script.src = `${config.fullStaticUrl}/${name}`;
      script.onerror = () => say("This page could not load its scripts.", { urgent: true, reload: true });
      document.body.append(script);
    }
    const watch = setInterval(() => {
      if (!document.querySelector(".sm-cell > :not(script)")) return;
      clearInterval(watch);
      document.getElementById("skillmatrix-first-paint")?.remove();
      shown();
    }, 100);
  }

  function start() {
    const places = cells.map((script) => [script, JSON.parse(script.textContent).data || {}]);
    if (places.some(([, data]) => !data[VIEW])) return standard(null);
    const registry = new Map();
    const control = newId();
    let asked = false;

    const sendTo = (id, data, buffers) => kernel.send("comm_msg", { comm_id: id, data }, {}, buffers);

    async function begin(data, buffers) {
      const ids = Object.keys(data.states);
      const nested = new Map(ids.map((id) => [id, { paths: [], buffers: [] }]));
      (data.buffer_paths || []).forEach(([id, , ...path], index) => {
        nested.get(id)?.paths.push(path);
        nested.get(id)?.buffers.push(buffers[index]);
      });
      for (const id of ids) {
        const { state } = data.states[id];
        const extra = nested.get(id);
        registry.set(id, createModel(id, putBuffers(state, extra.paths, extra.buffers), sendTo, registry));
      }
      const roots = places.map(([script, output]) => [script, registry.get(output[VIEW].model_id)]);
      if (roots.some(([, entry]) => entry?.state._model_module !== "anywidget" || !entry.state._esm)) {
        return standard(kernel);
      }
      for (const [script, entry] of roots) await draw(entry, script);
      shown();
    }

    const kernel = connect(
      config.kernelId,
      (message) => {
        const { msg_type: type } = message.header;
        const { content } = message;
        if (type === "status" && ["dead", "restarting"].includes(content.execution_state)) return kernel.end();
        const { buffers } = message;
        if (type === "comm_open" && content.target_name === "jupyter.widget") {
          const state = putBuffers(content.data.state, content.data.buffer_paths, buffers);
          registry.set(content.comm_id, createModel(content.comm_id, state, sendTo, registry));
        }
        if (type !== "comm_msg") return;
        if (content.comm_id === control && content.data.method === "update_states") {
          begin(content.data, buffers).catch((error) => {
            console.error(error);
            say("This page could not be drawn.", { urgent: true, reload: true });
          });
        } else {
          registry.get(content.comm_id)?.receive(content.data, buffers);
        }
      },
      () => {
        if (asked) return;
        asked = true;
        kernel.send("comm_open", { comm_id: control, target_name: "jupyter.widget.control", data: {} }, { version: "1.0.0" });
        kernel.send("comm_msg", { comm_id: control, data: { method: "request_states" } });
      },
      lost,
    );
    return kernel;
  }

  if (!config) return; // the page failed on the server, and says so
  leave();
  if (!cells.length) shown();
  else start();
})();
