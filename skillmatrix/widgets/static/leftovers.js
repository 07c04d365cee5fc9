/* leftovers.js: what this browser still keeps of assessments and people that were erased. */

const LEFTOVER_KEYS = /^skillmatrix\.(?:outbox|draft)\.([^.]+)\.([^.]+)/;
const LEFTOVER_PLACES = /^skillmatrix\.ui\.(?:self_review|mentor_session|calibration|interview_panel)\.([^.]+)/;
const LEFTOVER_PEOPLE = /^skillmatrix\.draft\.([^.]+)\.m-[^.]+\..*\.([^.]+)$/; // drafts of a meeting about somebody
const MOST_LEFTOVERS = 500; // codes asked for at once

function keysOf(storage) {
  try {
    return Array.from({ length: storage.length }, (_, index) => storage.key(index));
  } catch {
    return [];
  }
}

/* Codes of assessments that something is kept of here, and that the workspace does not list. */
function leftoverCodes(storage, state) {
  const known = new Set([...state.assessments, ...(state.deleted || [])].map((entry) => entry.code));
  const found = keysOf(storage)
    .map((key) => LEFTOVER_KEYS.exec(key))
    .filter((parts) => parts && parts[1] === state.workspace?.id && /^a-/.test(parts[2]) && !known.has(parts[2]))
    .map((parts) => parts[2]);
  const people = keysOf(storage)
    .map((key) => LEFTOVER_PEOPLE.exec(key))
    .filter((parts) => parts && parts[1] === state.workspace?.id)
    .map((parts) => parts[2]);
  return [...new Set([...found, ...people])].slice(0, MOST_LEFTOVERS);
}

/* Only what the kernel says was erased: a code that is merely missing may come back with a backup. */
function clearLeftovers(storages, workspace, erased) {
  const gone = new Set(erased);
  for (const storage of storages) {
    for (const key of keysOf(storage)) {
      const kept = LEFTOVER_KEYS.exec(key);
      const place = LEFTOVER_PLACES.exec(key);
      const about = LEFTOVER_PEOPLE.exec(key);
      if (about && about[1] === workspace && gone.has(about[2])) storage.removeItem(key);
      if ((kept && kept[1] === workspace && gone.has(kept[2])) || (place && gone.has(place[1]))) storage.removeItem(key);
    }
  }
}
