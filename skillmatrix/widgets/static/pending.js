/* pending.js: the self-review as it will be: what waits in the outbox, laid over what the kernel said. */

/* The row as it will be, drawn before the kernel has answered. */
function rowAfterRating(row, value, framework) {
  const next = { ...row, value };
  const levels = framework.scale.map((step) => step.level);
  const at = (level) => levels.indexOf(level);
  if (typeof value === "number") {
    // What the evidence carried before it still carries; some levels need none.
    const free = (level) => !framework.support?.find((entry) => entry.level === level)?.any_of.length;
    const carried = (level) => level === levels[0] || free(level) || (typeof row.supported === "number" && level <= row.supported);
    const supported = levels.filter((level) => level <= value && carried(level)).at(-1);
    Object.assign(next, { claimed: value, supported, low: supported, high: value, why: "" });
  } else {
    Object.assign(next, { claimed: null, supported: null, low: levels[0], high: levels.at(-1), why: "" });
  }
  const bar = row.required;
  if (bar !== null && bar !== undefined) {
    next.met = next.low >= bar ? true : next.high < bar ? false : null;
    next.gap_min = Math.max(0, at(bar) - at(next.high));
    next.gap_max = Math.max(0, at(bar) - at(next.low));
  }
  return next;
}

/* What is not yet acknowledged, laid over what is. */
function withPending(state, commands, framework) {
  if (!state?.assessment || !commands.length) return state;
  const next = { ...state };
  for (const { name, args } of commands) {
    if (name === "rate") {
      next.rows = next.rows.map((row) => (row.skill === args.skill ? { ...(row.value === args.value ? row : rowAfterRating(row, args.value, framework)), below: Boolean(args.gap_below) } : row));
    } else if (name === "aim") {
      next.assessment = { ...next.assessment, aim: { ...next.assessment.aim, ...args } };
    } else if (name === "note") {
      next.notes = { ...next.notes, [args.skill]: { text: args.text, visibility: args.visibility } };
      next.rows = next.rows.map((row) => (row.skill === args.skill ? { ...row, note: Boolean(args.text) } : row));
    } else if (name === "evidence") {
      const known = (next.evidence || []).find((item) => item.id === args.id);
      const rest = (next.evidence || []).filter((item) => item.id !== args.id);
      if (!args.item) next.evidence = rest;
      else {
        const { code, missing } = evidenceStrength(args.item, framework.rater);
        const item = { ...args.item, id: args.id, strength: code, effective: code, missing: missing.length ? `for the next strength: ${missing.join(" and ")}` : "", problem: null };
        next.evidence = known ? next.evidence.map((other) => (other.id === args.id ? item : other)) : [...rest, item];
      }
    } else if (name === "own_plan") {
      next.own_plan = { ...next.own_plan, [args.skill]: args.entry || undefined };
    } else if (name === "case") {
      next.case = { ...next.case, [args.part]: { text: args.text, evidence: args.evidence } };
    } else if (name === "hold") {
      const { audience, ...back } = args;
      next.held = { ...next.held, [audience]: back };
    } else if (name === "record") {
      next.record = recordAfter(next.record, args);
    } else if (name === "no_more_evidence") {
      next.verdict = { ...next.verdict, criteria: next.verdict.criteria.map((criterion) => ({ ...criterion, parts: criterion.parts.map((part) => (part.rule === args.rule ? { ...part, declared: args.declared } : part)) })) };
    }
  }
  return next;
}

function parseHash(text, framework) {
  const [step, first, second] = String(text || "").replace(/^#/, "").split("/");
  if (!stepsOf(framework).some(([id]) => id === step)) return null;
  const block = step === "record" ? framework.record.find((entry) => entry.id === first) : null;
  const item = block?.items.find((entry) => entry.id === second);
  return { step, skill: step === "rate" && framework.byId.has(first) ? first : null, block: block?.id ?? null, item: item?.id ?? null };
}
