/* case_words.js: how long a promotion case takes to read, and the whole of it as one text. The same
   counting as scoring/reading_time.py, so that the figure moves with every key. */

const CASE_SIGNS = /[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u{20000}-\u{3ffff}]/gu;
const CASE_UNSPACED = /[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]/gu;

function textLength(texts, terms) {
  let words = 0;
  let signs = 0;
  for (const text of texts) {
    signs += (text.match(CASE_SIGNS) || []).length;
    const rest = text.replace(CASE_SIGNS, " ");
    const letters = (rest.match(CASE_UNSPACED) || []).filter((sign) => /\p{L}/u.test(sign)).length;
    words += Math.ceil(letters / terms.letters_per_word);
    words += rest.replace(CASE_UNSPACED, " ").split(/\s+/u).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
  }
  return { words, signs, minutes: words / terms.words_per_minute + signs / terms.signs_per_minute };
}

function lengthWords({ words, signs }) {
  return [words || !signs ? plural(words, "word") : null, signs ? plural(signs, "character") : null].filter(Boolean).join(" and ");
}

function caseTimeWords(total, terms) {
  if (!total.words && !total.signs) return "Nothing to read yet";
  const shown = Math.round(total.minutes);
  if (shown > terms.minutes) return `About ${shown} minutes, ${shown - terms.minutes} more than the ${terms.minutes} it may take`;
  if (total.minutes > terms.minutes) return `Just over the ${terms.minutes} minutes it may take`;
  return `${shown ? `About ${shown}` : "Less than 1"} of ${terms.minutes} minutes`;
}

/* Of one paragraph, in steps nobody takes for a measurement. */
function shortTime(minutes) {
  const seconds = Math.max(5, Math.round(minutes * 12) * 5);
  if (seconds < 60) return `about ${seconds} s`;
  const rest = seconds % 60;
  return `about ${Math.floor(seconds / 60)} min${rest ? ` ${rest} s` : ""}`;
}

/* The requirement of a clause in one line; a breadth rule names its skills. */
function clauseRequirement(clause) {
  return clause.members.length ? `${clause.title}: ${clause.members.map((member) => member.title).join(", ")}` : clause.title;
}

/* The items a paragraph cites, those that are gone by their last title. */
function citedItems(app, paragraph, removed) {
  return (paragraph?.evidence || []).map((id) => {
    const item = app.state.evidence.find((entry) => entry.id === id);
    return item ? { ...item, gone: false } : { id, title: removed.find((entry) => entry.id === id)?.title || id, gone: true };
  });
}

/* The case as Markdown: her words as she typed them, and what is not answered said plainly. */
function caseMarkdown(app, view) {
  const { state, framework } = app;
  const profile = framework.profiles.find((entry) => entry.id === state.assessment.aim.profile);
  const lines = [`# My case: ${profile?.title || ""}`.trim(), ""];
  const paragraph = (part, removed) => {
    const said = state.case?.[part];
    lines.push(filled(said?.text) ? said.text.trim() : "*Not answered.*", "");
    const cited = citedItems(app, said, removed);
    if (!cited.length) return;
    lines.push("Evidence:", "");
    for (const item of cited) lines.push(`- ${item.gone ? `${item.title} (removed)` : [item.title, item.date, item.strength, item.artefact].filter(Boolean).join(", ").replace(/\s*\n\s*/g, " ")}`);
    lines.push("");
  };
  const free = (part) => {
    if (filled(state.case?.[part]?.text)) paragraph(part, view.free[part].removed);
  };
  free("opening");
  for (const criterion of view.criteria) {
    lines.push(`## ${[criterion.code, criterion.title].filter(Boolean).join(" ")}`, "");
    for (const clause of criterion.clauses) {
      lines.push(`### ${clauseRequirement(clause)}`, "");
      if (clause.same_as && !filled(state.case?.[clause.id]?.text)) lines.push(`*${sameAsWords(view, clause)}*`, "");
      else paragraph(clause.id, clause.removed);
    }
  }
  free("closing");
  return `${lines.join("\n").trimEnd()}\n`;
}

function sameAsWords(view, clause) {
  const home = view.criteria.find((criterion) => criterion.clauses.some((other) => other.id === clause.same_as && !other.same_as));
  return `Asked already under ${home?.code || home?.title || "an earlier criterion"}: the paragraph there answers this too.`;
}
