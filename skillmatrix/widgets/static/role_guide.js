/* role_guide.js: the role as a handbook: contents, search, filters, one item, one variant. */

const GUIDE_SHOWN = 20; // results drawn at once

function guideDocuments(framework) {
  return Object.entries(framework.items).map(([id, item]) => {
    const skill = framework.skills[id];
    const of = skill || framework.criteria[id];
    const more = [item.measures, item.why, item.frequency, item.category, item.use, item.horizon, item.rhythm, item.right, item.status_note].filter(Boolean);
    const target = item.target ? [item.target.text, targetWords(item.target) || ""] : [];
    const points = (item.points_to || []).flatMap((point) => [point.label, point.note || ""]);
    const scale = item.kind === "dimension" ? Object.values(item.anchors || {}) : [];
    const anchors = of ? Object.values(of.anchors).flat().flatMap((anchor) => [anchor.text, ...anchor.artefacts, anchor.not_this || ""]) : [];
    return {
      id,
      source: item.source,
      fields: [
        [item.title, 6],
        [[id.replaceAll("-", " "), of?.code || "", (item.examples || []).join(" ")].join(" "), 4],
        [target.join(" "), 3],
        [[item.text, ...more, ...points, ...(skill ? [...skill.uses, ...skill.includes] : []), of?.question || ""].join(" "), 2],
        [[...scale, ...anchors].join(" "), 0.8],
      ],
      sentences: [item.text, ...target, ...more, ...points, ...(skill ? [...skill.uses, ...skill.includes] : []), ...scale, ...anchors],
    };
  });
}

function renderRoleGuide({ model, el }) {
  const served = isServed();
  const session = safeStorage("sessionStorage");
  let framework = model.get("framework");
  const plainTitle = document.title;
  let state = null;
  let status = { word: "saved" };
  let broken = false;
  let printing = false;
  const open = new Set();
  let ui = { query: "", kind: "", criterion: "", all: false, handbookY: 0, choosing: false, contents: false, ...(recall(session, "skillmatrix.ui.role_guide", {}) || {}) };
  let route = served ? readRoute() : { view: "handbook" };
  let choosingHere = false; // the variants, opened beside one item
  let wanted = null; // a choice on its way to the kernel

  let sentences = new Map();
  let index = null;
  let order = [];
  let everything = [];
  const relatedTo = new Map();

  /* What is worked out once for a ladder. */
  function read(given) {
    framework = given;
    const documents = guideDocuments(framework);
    sentences = new Map(documents.map((entry) => [entry.id, createSentences(entry.sentences)]));
    index = createGuideIndex(documents);
    order = framework.sections.flatMap((section) => section.groups.flatMap((group) => group.items));
    const placed = new Set(order);
    everything = [...order, ...Object.keys(framework.items).filter((id) => !placed.has(id))];
    relatedTo.clear();
    if (ui.kind && !everything.some((id) => framework.items[id].kind === ui.kind)) ui.kind = "";
    if (ui.criterion && !framework.criteria[ui.criterion]) ui.criterion = "";
    here = framework.sections[0]?.section ?? null;
  }

  const saveplace = () => remember(session, "skillmatrix.ui.role_guide", { ...ui, ladder: framework.id, chosen: wanted || chosen() });

  const shell = createShell(el, {
    onReload: () => {
      saveplace();
      location.reload();
    },
  });

  const app = {
    get framework() {
      return framework;
    },
    item: (id) => framework.items[id],
    skill: (id) => framework.skills[id],
    criterion: (id) => framework.criteria[id],
    profile: (id) => framework.profiles.find((entry) => entry.id === id),
    overlay: (id) => framework.overlays.find((entry) => entry.id === id),
    level: (value) => framework.scale.find((step) => step.level === value)?.name || "",
    variant: () => state.variant,
    order: () => order,
    related,
    chosen,
    choose,
    toggleOverlay: (id) => {
      const choice = wanted || chosen();
      const { overlays } = choice;
      choose({ ...choice, overlays: overlays.includes(id) ? overlays.filter((other) => other !== id) : [...overlays, id] });
    },
    printing: () => printing,
    isOpen: (id) => open.has(id),
    opened: (id, is) => {
      if (printing || open.has(id) === is) return;
      if (is) open.add(id);
      else open.delete(id);
      drawHandbook();
    },
    address: (id) => `#${framework.skills[id] ? "skill" : "item"}/${id}`,
    follow: (id) => (event) => {
      if (event.metaKey || event.ctrlKey || event.shiftKey || event.button) return;
      event.preventDefault();
      go({ view: "item", id });
    },
    toSection: (number) => (event) => {
      if (event.metaKey || event.ctrlKey || event.shiftKey || event.button) return;
      event.preventDefault();
      go(number ? { view: "handbook", section: number } : { view: "handbook" });
    },
    copy,
  };

  const link = createLink({
    model,
    page: "role_guide",
    beforeReload: saveplace,
    onStatus: (next) => {
      status = next;
      shell.paint(state || {}, status);
    },
    onState: (next) => adopt(next),
    onFigure: () => {},
    onConflict: () => {},
    onAnswer: (command) => {
      if (command?.name === "hello" && ui.chosen && ui.ladder === framework.id && !sameChoice(ui.chosen, chosen())) choose(ui.chosen);
      if (command?.name === "variant") {
        wanted = null;
        ui.chosen = chosen();
        shell.announce(changesSentence());
        saveplace();
        draw();
      }
    },
    onRefused: (command, problems, id) => {
      if (!command || ["ping", "hello"].includes(command.name)) return;
      link.outbox.dismiss(id);
      wanted = null;
      ui.chosen = null;
      shell.toast("The guide cannot be shown that way.", { kind: "problem", detail: problemList(problems) });
      draw();
    },
  });

  /* The skeleton: what stays while its parts are drawn again and again. */
  const place = (tag, attrs) => build(h(tag, attrs));
  const toc = place("nav", { class: "sm-guide-toc", "aria-label": "Sections of the guide" });
  const head = place("header", { class: "sm-guide-head" });
  const tools = place("search", { class: "sm-guide-tools-bar", role: "search", "aria-label": "Role guide" });
  const variantBox = place("section", { class: "sm-guide-variant", "aria-labelledby": "sm-guide-variant-title" });
  const results = place("section", { class: "sm-guide-results", "aria-label": "Search results", hidden: true });
  const single = place("div", { class: "sm-guide-single", hidden: true });
  const handbook = place("div", { class: "sm-guide-handbook" });
  const paintToc = createPainter(toc);
  const paintHead = createPainter(head);
  const paintTools = createPainter(tools);
  const paintVariant = createPainter(variantBox);
  const paintResults = createPainter(results);
  const paintSingle = createPainter(single);
  const paintHandbook = createPainter(handbook);
  const main = place("div", { class: "sm-guide-main" });
  main.append(tools, variantBox, results, single, handbook);
  const grid = place("div", { class: "sm-guide" });
  const body = place("div", { class: "sm-guide-body" });
  body.append(toc, main);
  grid.append(head, body);
  let handbookKey = null; // what the handbook was last drawn for

  function related(id) {
    let list = relatedTo.get(id);
    if (!list) {
      const item = framework.items[id];
      const rules = (state?.variant.requirements || []).flatMap((requirement) => {
        const skills = [...requirement.gates, ...requirement.floors].map((part) => part.skill).concat(requirement.breadth.flatMap((rule) => rule.of));
        if (!framework.criteria[requirement.id]) return [];
        if (requirement.id === id) return skills;
        return skills.includes(id) ? [requirement.id] : [];
      });
      list = [...new Set([...item.links, ...item.from, ...rules])].filter((other) => other !== id && framework.items[other]);
      relatedTo.set(id, list);
    }
    return list;
  }

  function chosen() {
    return state ? { profile: state.variant.profile, overlays: [...state.variant.overlays], switches: [...state.variant.switches] } : { profile: null, overlays: [], switches: [] };
  }

  function sameChoice(a, b) {
    const told = ({ profile, overlays, switches }) => JSON.stringify([profile, [...overlays].sort(), [...(switches || [])].sort()]);
    return told(a) === told(b);
  }

  function choose(choice) {
    const overlays = choice.overlays.filter((id) => app.overlay(id));
    if (!app.profile(choice.profile)) return;
    const switches = (choice.switches || []).filter((id) => framework.questions[id]);
    wanted = { profile: choice.profile, overlays, switches };
    link.request("variant", { profile: choice.profile, overlays, switches: Object.fromEntries(switches.map((id) => [id, true])) });
    drawVariant();
  }

  function adopt(next) {
    const first = !state;
    const given = model.get("framework");
    if (given !== framework) {
      read(given);
      route = served ? readRoute() : { view: "handbook" };
      open.clear();
      wanted = null;
    }
    state = next;
    relatedTo.clear();
    handbookKey = null;
    if (first) shell.content.replaceChildren(grid);
    draw();
    if (first) {
      removeFirstPaint();
      if (route.view === "item" || route.section) settle({ focus: false });
    }
  }

  /* Addresses. */
  function readRoute() {
    const [view, ...rest] = decodeURIComponent(location.hash.slice(1)).split("/");
    const id = rest.join("/");
    if ((view === "item" || view === "skill") && framework.items[id]) return { view: "item", id };
    if (view === "item" || view === "skill") return { view: "lost", id };
    if (view === "section" && framework.sections.some((section) => String(section.section) === id)) return { view: "handbook", section: Number(id) };
    return { view: "handbook" };
  }

  function hashOf(to) {
    if (to.view === "item") return app.address(to.id);
    return to.section ? `#section/${to.section}` : "#";
  }

  function go(to, { push = true } = {}) {
    if (route.view === "handbook" && !ui.query) ui.handbookY = scrollY;
    const back = to.view === "handbook" && !to.section && route.view !== "handbook";
    route = to;
    choosingHere = false;
    ui.query = "";
    if (served && push) history.pushState(null, "", hashOf(to));
    draw();
    saveplace();
    if (back) scrollTo(0, ui.handbookY);
    else settle({ focus: true });
  }

  /* Bring what the address names into view. */
  function settle({ focus }) {
    const target = route.view === "handbook" ? handbook.querySelector(`[data-section="${route.section}"] h2`) : single.querySelector("[data-focus='view']");
    if (!target) return;
    if (focus || route.view !== "handbook") target.focus({ preventScroll: true });
    if (route.view === "handbook") target.scrollIntoView({ block: "start" });
    else if (main.getBoundingClientRect().top < 0 || focus) main.scrollIntoView({ block: "start" });
  }

  const onPop = () => {
    if (location.hash === hashOf(route)) return;
    if (route.view === "handbook") ui.handbookY = scrollY;
    route = readRoute();
    ui.query = "";
    draw();
    settle({ focus: true });
    if (route.view === "handbook" && !route.section) scrollTo(0, ui.handbookY);
  };

  async function copy(id) {
    const address = served ? `${location.origin}${location.pathname}${app.address(id)}` : app.address(id);
    try {
      await navigator.clipboard.writeText(address);
      shell.toast("The link is copied.");
    } catch {
      shell.toast(`The browser does not let the page copy. The link is: ${address}`, { stay: true });
    }
  }

  /* Which items a filter leaves. */
  function passes(id) {
    const item = framework.items[id];
    if (ui.kind && item.kind !== ui.kind) return false;
    return !ui.criterion || id === ui.criterion || related(id).includes(ui.criterion);
  }

  function draw() {
    if (broken || !state) return;
    try {
      const searching = ui.query.trim() !== "";
      const view = searching ? "results" : route.view;
      results.hidden = view !== "results";
      single.hidden = view !== "item" && view !== "lost";
      handbook.hidden = view !== "handbook";
      drawHead();
      drawResults(searching);
      variantBox.hidden = view === "results" || view === "lost";
      drawVariant();
      paintSingle(view === "item" ? guideView(app, route.id) : view === "lost" ? lost() : null);
      if (view === "handbook") drawHandbook();
      drawToc();
      shell.paint(state, status);
      if (served) document.title = view === "item" ? `${framework.items[route.id].title} · ${plainTitle}` : plainTitle;
    } catch (error) {
      broken = true;
      shell.broken(error);
    }
  }

  function lost() {
    return h("div", { class: "sm-guide-lost" }, h("h2", { tabindex: "-1", "data-focus": "view", class: "sm-guide-view-title" }, "There is no such item"), h("p", null, "The link names ", h("code", null, route.id || "nothing"), ", which this guide does not have. It may be from another version."), h("p", null, h("a", { href: "#", onclick: app.toSection(null) }, "Go to the guide")));
  }

  function drawHead() {
    paintHead(h("div", { class: "sm-page-title" }, h("h1", null, "Role guide"), h("p", { class: "sm-page-aim" }, `${framework.title} · ${plural(framework.sections.length, "section")}, ${everything.length} items`)), ladderChoice(), h("button", { type: "button", class: "sm-button sm-button-small sm-guide-print", onclick: () => print() }, "Print the guide"), state.problem ? h("p", { class: "sm-warning", role: "alert" }, icon("open"), h("span", null, state.problem)) : null);
  }

  /* Which ladder the guide is of, when there are several. */
  function ladderChoice() {
    const ladders = state.ladders || [];
    if (ladders.length < 2) return null;
    const go = (id) => {
      const href = ladders.find((entry) => entry.id === id)?.href;
      saveplace();
      if (served && href) location.assign(href);
      else link.request("ladder", { framework: id });
    };
    return h(
      "label",
      { class: "sm-guide-ladder" },
      h("span", null, "Ladder"),
      h("select", { class: "sm-input sm-input-auto", "data-focus": "ladder", value: framework.id, onchange: (event) => go(event.target.value) }, ladders.map((entry) => h("option", { key: entry.id, value: entry.id }, entry.title))),
    );
  }

  /* Search and filters. */
  function drawTools(count, words) {
    const kinds = framework.kinds.filter((kind) => everything.some((id) => framework.items[id].kind === kind.id));
    paintTools(
      h(
        "div",
        { class: "sm-guide-search" },
        h("label", { class: "sm-hidden", for: "sm-guide-query" }, "Search the guide"),
        h("input", { id: "sm-guide-query", class: "sm-input", type: "search", value: ui.query, autocomplete: "off", spellcheck: "false", placeholder: "Search: a word, an id, a figure", "aria-describedby": "sm-guide-count", oninput: (event) => typed(event.target.value), onkeydown: onSearchKey }),
      ),
      h(
        "div",
        { class: "sm-guide-filters" },
        filter("kind", "Kind", "All kinds", kinds.map((kind) => [kind.id, kind.many])),
        Object.keys(framework.criteria).length === 0 ? null : filter("criterion", "Criterion", "Any criterion", Object.keys(framework.criteria).map((id) => [id, framework.items[id].title])),
        h("p", { id: "sm-guide-count", class: "sm-guide-count", role: "status" }, words || `${count} of ${everything.length}`),
        ui.kind || ui.criterion || ui.query ? h("button", { type: "button", class: "sm-link", onclick: clear }, "Clear") : null,
      ),
    );
  }

  function filter(key, label, none, options) {
    return h(
      "label",
      { class: "sm-guide-filter" },
      h("span", { class: "sm-hidden" }, label),
      h("select", { class: "sm-input sm-input-auto", value: ui[key], onchange: (event) => {
        ui[key] = event.target.value;
        if (route.view !== "handbook" && !ui.query) route = { view: "handbook" };
        draw();
        saveplace();
      } }, h("option", { value: "" }, none), options.map(([id, title]) => h("option", { value: id, key: id }, title))),
    );
  }

  function typed(value) {
    const before = ui.query.trim();
    if (!before && route.view === "handbook") ui.handbookY = scrollY;
    ui.query = value;
    ui.all = false;
    if (before && value.trim() && !results.hidden) drawResults(true);
    else draw();
    if (value.trim() && !before && main.getBoundingClientRect().top < 0) main.scrollIntoView({ block: "start" });
    else if (!value.trim() && before && route.view === "handbook") scrollTo(0, ui.handbookY);
    keep();
  }

  const keep = coalesced(saveplace);

  function clear() {
    ui.query = "";
    ui.kind = "";
    ui.criterion = "";
    draw();
    saveplace();
    tools.querySelector("input").focus();
  }

  function onSearchKey(event) {
    if (event.key === "Escape" && ui.query) {
      event.preventDefault();
      event.target.value = "";
      typed("");
    } else if (event.key === "ArrowDown" && ui.query) {
      event.preventDefault();
      results.querySelector("a")?.focus();
    } else if (event.key === "Enter" && ui.query) {
      event.preventDefault();
      results.querySelector("a")?.click();
    }
  }

  function onResultKey(event) {
    if (!["ArrowDown", "ArrowUp"].includes(event.key)) return;
    const links = [...results.querySelectorAll(".sm-guide-result a")];
    const at = links.indexOf(event.target);
    if (at < 0) return;
    event.preventDefault();
    if (event.key === "ArrowUp" && at === 0) tools.querySelector("input").focus();
    else links[event.key === "ArrowDown" ? at + 1 : at - 1]?.focus();
  }

  function drawResults(searching) {
    if (!searching) {
      paintResults(null);
      const count = ui.kind || ui.criterion ? everything.filter(passes).length : everything.length;
      drawTools(count, ui.kind || ui.criterion ? `${count} of ${everything.length} items` : `${everything.length} items`);
      return;
    }
    const { hits, all } = index.search(ui.query);
    const left = hits.filter((hit) => passes(hit.id));
    const shownHits = ui.all ? left : left.slice(0, GUIDE_SHOWN);
    drawTools(left.length, left.length ? `${left.length} of ${everything.length} items` : "Nothing found");
    paintResults(
      h("h2", { class: "sm-hidden" }, "Search results"),
      all || !left.length ? null : h("p", { class: "sm-hint" }, "No item has all of these words. These have some of them."),
      left.length
        ? h("ol", { class: "sm-guide-result-list", role: "list", onkeydown: onResultKey }, shownHits.map(resultLine))
        : h("div", { class: "sm-guide-nothing" }, h("p", null, "Nothing in the guide fits ", h("q", { dir: "auto" }, ui.query.trim()), ui.kind || ui.criterion ? " under these filters." : "."), h("p", { class: "sm-hint" }, "Try a single word, or its beginning."), ui.kind || ui.criterion ? h("button", { type: "button", class: "sm-button sm-button-small", onclick: () => {
          ui.kind = "";
          ui.criterion = "";
          draw();
        } }, "Search without filters") : null),
      left.length > shownHits.length ? h("button", { type: "button", class: "sm-button", onclick: () => {
        ui.all = true;
        draw();
      } }, `Show all ${left.length}`) : null,
    );
  }

  function resultLine(hit) {
    const item = framework.items[hit.id];
    const kind = framework.kinds.find((entry) => entry.id === item.kind);
    return h(
      "li",
      { key: hit.id, class: "sm-guide-result", "data-item": hit.id },
      h("p", { class: "sm-guide-result-title" }, h("a", { href: app.address(hit.id), onclick: app.follow(hit.id) }, marked(item.title, hit.words)), sourceTag(item)),
      h("p", { class: "sm-guide-text" }, marked(sentences.get(hit.id)(hit.words), hit.words)),
      h("p", { class: "sm-guide-why" }, kind?.one),
    );
  }

  /* The handbook: all sections, or what the filters leave of them. */
  function drawHandbook() {
    const key = JSON.stringify([ui.kind, ui.criterion, printing, [...open], state.variant]);
    if (key === handbookKey) return;
    handbookKey = key;
    const sections = framework.sections.map(sectionView).filter(Boolean);
    paintHandbook(sections.length ? [ui.kind || ui.criterion ? null : levelsView(app), ...sections] : h("p", { class: "sm-quiet" }, "No item fits both filters."));
  }

  function sectionView(section) {
    const groups = section.groups.map((group) => [group, group.items.filter(passes)]).filter(([, ids]) => ids.length);
    if (!groups.length) return null;
    const alone = section.groups.length === 1 && section.groups[0].title === section.title;
    return h(
      "section",
      { key: String(section.section), class: "sm-guide-section", "data-section": String(section.section), "aria-labelledby": `sm-guide-s${section.section}` },
      h("h2", { id: `sm-guide-s${section.section}`, class: "sm-guide-h2", tabindex: "-1" }, h("span", { class: "sm-guide-number" }, section.section), " ", section.title),
      h("p", { class: "sm-guide-intro" }, section.intro),
      groups.map(([group, ids]) => h("div", { key: group.id, class: "sm-guide-group" }, h("h3", { class: alone ? "sm-hidden" : "sm-guide-h3" }, group.title), groupBody(group, ids))),
    );
  }

  function groupBody(group, ids) {
    if (group.kind === "kpi") return kpiTable(app, ids);
    if (group.kind === "tool") return toolList(app, ids);
    if (group.kind === "role") return [h("ul", { class: "sm-guide-items", role: "list" }, ids.map((id) => guideItem(app, id))), barsTable(app)];
    const each = ["skill", "criterion"].includes(group.kind) ? guideSkill : guideItem;
    return h("ul", { class: "sm-guide-items", role: "list" }, ids.map((id) => each(app, id)));
  }

  function drawToc() {
    const item = route.view === "item" && !ui.query ? framework.items[route.id] : null;
    const current = ui.query ? null : item ? item.section : here;
    const entries = framework.sections.map((section) => {
      const all = section.groups.flatMap((group) => group.items);
      const count = ui.kind || ui.criterion ? all.filter(passes).length : all.length;
      return h("li", { key: String(section.section) }, h("a", { href: `#section/${section.section}`, class: count ? null : "sm-guide-toc-none", "aria-current": current === section.section ? "true" : null, onclick: app.toSection(section.section) }, h("span", { class: "sm-guide-toc-number" }, section.section), h("span", null, section.title), h("span", { class: "sm-guide-toc-count" }, count, hiddenText(count === 1 ? " item" : " items"))));
    });
    paintToc(h("details", { class: "sm-guide-toc-box", open: wide(), ref: (box) => { tocBox = box; } }, h("summary", null, "Contents"), h("ol", { role: "list" }, entries)));
  }

  let tocBox = null;
  let here = null;

  // Asked for while drawing, so never measured there: that would lay out the whole page.
  let width = innerWidth;
  const watcher = new ResizeObserver(([entry]) => {
    const was = wide();
    width = entry.contentRect.width;
    if (tocBox && wide() !== was) tocBox.open = wide();
  });
  watcher.observe(shell.root);

  function wide() {
    return width >= 960;
  }

  const onScroll = coalesced(() => {
    if (handbook.hidden || !handbook.isConnected) return;
    let now = here;
    for (const section of handbook.children) {
      if (!section.dataset?.section) continue;
      if (section.getBoundingClientRect().top > 140) break;
      now = Number(section.dataset.section);
    }
    if (now !== here) {
      here = now;
      drawToc();
    }
  });

  /* The variant the guide is seen through. */
  function changesSentence() {
    const { changes, gate_count: gates } = state.variant;
    const many = changes.length ? plural(changes.length, "change") : "Nothing changes";
    return `${app.profile(state.variant.profile)?.title}: ${many}${gates ? `, ${plural(gates, "gate")}` : ""}`;
  }

  function drawVariant() {
    const { profile, overlays, switches } = wanted || chosen();
    const one = route.view === "item" ? route.id : null;
    const { changes: all, conflicts, warnings } = state.variant;
    const changes = one ? all.filter((change) => change.about === one) : all;
    const names = [...overlays.map((id) => app.overlay(id)?.title), ...switches.map((id) => framework.switches[id])].filter(Boolean);
    const asked = app.profile(profile)?.switches || [];
    const answer = (id, on) => choose({ profile, overlays, switches: on ? [...switches, id] : switches.filter((other) => other !== id) });
    const groups = framework.overlay_groups.filter((group) => framework.overlays.some((overlay) => overlay.group === group.id));
    paintVariant(
      h(
        "details",
        { key: one ? "beside" : "choose", class: "sm-guide-choose", open: one ? choosingHere : ui.choosing, ontoggle: (event) => {
          if (one) choosingHere = event.target.open;
          else ui.choosing = event.target.open;
          keep();
        } },
        h("summary", null, h("span", { id: "sm-guide-variant-title" }, "Seen as ", h("b", null, app.profile(profile)?.title)), names.length ? h("span", { class: "sm-quiet" }, ` · ${names.join(", ")}`) : null, h("span", { class: "sm-quiet" }, wanted ? " · …" : `${state.variant.gate_count ? ` · ${plural(state.variant.gate_count, "gate")}` : ""}${all.length ? `, ${plural(all.length, "change")}` : ""}`)),
        h(
          "div",
          { class: "sm-guide-choose-body" },
          h("div", { class: "sm-field" }, h("label", { for: "sm-guide-profile" }, "Role"), h("select", { id: "sm-guide-profile", class: "sm-input sm-input-auto", value: profile, onchange: (event) => choose({ profile: event.target.value, overlays, switches }) }, framework.profiles.map((entry) => h("option", { key: entry.id, value: entry.id }, entry.title))), h("p", { class: "sm-hint" }, app.profile(profile)?.summary)),
          groups.map((group) =>
            h(
              "fieldset",
              { key: group.id },
              h("legend", null, group.title),
              framework.overlays
                .filter((overlay) => overlay.group === group.id)
                .map((overlay) => h("label", { key: overlay.id, class: "sm-check", title: overlay.summary }, h("input", { type: "checkbox", checked: overlays.includes(overlay.id), onchange: () => app.toggleOverlay(overlay.id) }), h("span", null, overlay.title))),
            ),
          ),
          asked.length
            ? h(
                "fieldset",
                { key: "questions", class: "sm-guide-questions" },
                h("legend", null, "Answered with yes"),
                asked.map((id) => h("label", { key: id, class: "sm-check" }, h("input", { type: "checkbox", checked: switches.includes(id), onchange: (event) => answer(id, event.target.checked) }), h("span", null, framework.questions[id]))),
              )
            : null,
          overlays.length || switches.length ? h("p", null, h("button", { type: "button", class: "sm-link", onclick: () => choose({ profile, overlays: [], switches: [] }) }, "Without variants")) : null,
        ),
      ),
      changes.length || (!one && (conflicts.length || warnings.length))
        ? h(
            "details",
            { class: "sm-more sm-guide-changes", open: true },
            h("summary", null, one ? "What this variant changes here" : `What this variant changes (${changes.length})`),
            changes.length
              ? h(
                  "table",
                  { class: "sm-guide-bars" },
                  h("thead", null, h("tr", null, h("th", { scope: "col" }, "What"), h("th", { scope: "col" }, "Before → after"), h("th", { scope: "col" }, "Why"))),
                  h("tbody", null, changes.map((change, at) => h("tr", { key: String(at) }, h("th", { scope: "row" }, framework.items[change.about] ? h("a", { href: app.address(change.about), onclick: app.follow(change.about) }, sentenceCase(change.item)) : sentenceCase(change.item)), h("td", { "data-label": "Before → after" }, h("s", null, change.before), hiddenText(" now"), " → ", h("b", null, change.after)), h("td", { "data-label": "Why" }, change.reason, h("span", { class: "sm-quiet" }, ` ${change.overlays.map((id) => app.overlay(id)?.title || id).join(", ")}`))))),
                )
              : null,
            one ? null : [...conflicts, ...warnings].map((text) => h("p", { class: "sm-guide-warning", key: text }, text)),
          )
        : null,
    );
  }

  /* Keys and printing. */
  const onKey = (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
    const at = event.target;
    if (at.closest?.("input, textarea, select, [contenteditable]") || !shell.root.contains(at === document.body ? shell.root : at)) return;
    event.preventDefault();
    tools.querySelector("input").focus();
  };
  const beforePrint = () => {
    printing = true;
    if (!handbook.hidden) drawHandbook();
    for (const box of shell.content.querySelectorAll("details")) box.open = true;
  };
  const afterPrint = () => {
    printing = false;
    if (!handbook.hidden) drawHandbook();
    for (const box of handbook.querySelectorAll("details")) box.open = open.has(box.closest("[data-item]")?.dataset.item);
    if (tocBox) tocBox.open = wide();
  };

  addEventListener("beforeprint", beforePrint);
  addEventListener("afterprint", afterPrint);
  addEventListener("scroll", onScroll, { passive: true });
  document.addEventListener("keydown", onKey);
  if (served) addEventListener("popstate", onPop);

  read(framework);
  const early = model.get("state");
  const wished = served ? new URLSearchParams(location.search).get("framework") : null;
  if (early?.nav && (!wished || wished === framework.id)) adopt(early);
  // The first search is as quick as the later ones.
  const warming = setTimeout(() => {
    for (const query of ["monitoring", "gardrail", "m", "mo"]) index.search(query);
  }, 400);

  return () => {
    saveplace();
    clearTimeout(warming);
    watcher.disconnect();
    removeEventListener("beforeprint", beforePrint);
    removeEventListener("afterprint", afterPrint);
    removeEventListener("scroll", onScroll);
    document.removeEventListener("keydown", onKey);
    removeEventListener("popstate", onPop);
    link.close();
    shell.destroy();
  };
}

export default {
  render({ model, el }) {
    return renderRoleGuide({ model, el });
  },
};
