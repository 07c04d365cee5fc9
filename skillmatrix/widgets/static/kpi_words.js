/* kpi_words.js: the target of a KPI in words; for the role guide and for the record. */

const KPI_WORDS = {
  "at-least": "at least",
  "at-most": "at most",
  below: "below",
  above: "above",
  between: "between",
  increase: "up by",
  decrease: "down by",
  equal: "exactly",
};

/* A target in words: what the figure has to be, in which unit and time. */
function targetWords(target) {
  if (!target || target.comparator === "none" || target.value === null) return null;
  const range = target.high === null || target.high === undefined ? `${target.value}` : `${target.value}${target.comparator === "between" ? " and " : "–"}${target.high}`;
  const one = target.value === 1 && range === "1";
  const named = one ? target.unit?.replace(/(\w{3,})s\b/, "$1") : target.unit;
  const period = !target.period ? "" : /\d/.test(target.period) ? ` within ${target.period}` : ` a ${target.period}`;
  return `${KPI_WORDS[target.comparator]} ${range}${unitWords(named)}${period}`;
}

/* A unit as it follows its figure. */
function unitWords(unit) {
  return unit ? `${/^[%‰]/.test(unit) ? "\u00a0" : " "}${unit}` : "";
}
