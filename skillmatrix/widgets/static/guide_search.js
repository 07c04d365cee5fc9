/* guide_search.js: finds items as one types, also with a slip of the finger.

   A small index of words, made once. A word of the query matches a word of the text as a whole, as
   its beginning, as another form of it, as a part of it, or, when nothing else does, with one or
   two slips (a letter wrong, missing, too many or swapped). No element of the page is touched. */

const GUIDE_ENDINGS = /(?:ations?|ation|ments?|ings?|ied|ies|ers?|ed|es|s)$/;

function guideWords(text) {
  const plain = String(text).normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
  return plain.match(/[a-z0-9]+(?:\.[0-9]+)?/g) || [];
}

function guideStem(word) {
  return word.length > 5 ? word.replace(GUIDE_ENDINGS, "") : word;
}

/* Slips between two words, counted up to a limit; a swap of neighbours is one slip. */
function slips(a, b, limit) {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let last = [];
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    let least = i;
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1];
      let cost = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) cost = Math.min(cost, last[j - 2] + 1);
      next[j] = cost;
      if (cost < least) least = cost;
    }
    if (least > limit) return limit + 1;
    last = row;
    row = next;
  }
  return row[b.length];
}

/* documents: [{id, source, fields: [[text, weight], ...]}] */
function createGuideIndex(documents) {
  const vocabulary = new Map(); // word -> {word, stem, in: Map(place -> weight)}
  documents.forEach((document, place) => {
    for (const [text, weight] of document.fields) {
      for (const word of guideWords(text)) {
        let entry = vocabulary.get(word);
        if (!entry) {
          entry = { word, stem: guideStem(word), in: new Map() };
          vocabulary.set(word, entry);
        }
        entry.in.set(place, Math.max(weight, entry.in.get(place) || 0));
      }
    }
  });
  const words = [...vocabulary.values()];
  const remembered = new Map();

  function likeness(token, stem, entry) {
    const { word } = entry;
    if (word === token) return 1;
    if (word.startsWith(token)) return token.length > 1 || word.length < 4 ? 0.9 - 0.3 * (1 - token.length / word.length) : 0.3;
    if (stem.length > 3 && stem === entry.stem) return 0.7;
    if (token.length > 3 && word.includes(token)) return 0.45;
    return 0;
  }

  function slipped(token, entry) {
    const limit = token.length > 7 ? 2 : 1;
    const { word } = entry;
    if (/\d/.test(word)) return 0;
    const whole = slips(token, word, limit);
    if (whole <= limit) return 0.55 - 0.15 * (whole - 1);
    if (word.length > token.length && slips(token, word.slice(0, token.length), limit - (token.length > 5 ? 0 : 1)) <= limit - (token.length > 5 ? 0 : 1)) return 0.3;
    return 0;
  }

  /* place -> {score, words} for one word of the query */
  function found(token) {
    const known = remembered.get(token);
    if (known) return known;
    const hits = new Map();
    const add = (entry, like) => {
      const rare = 1 + Math.log(documents.length / entry.in.size) / 4;
      for (const [place, weight] of entry.in) {
        const hit = hits.get(place);
        const score = like * weight * rare;
        if (!hit) hits.set(place, { score, words: [entry.word] });
        else {
          hit.score = Math.max(hit.score, score);
          hit.words.push(entry.word);
        }
      }
    };
    const stem = guideStem(token);
    for (const entry of words) {
      const like = likeness(token, stem, entry);
      if (like) add(entry, like);
    }
    if (!hits.size && token.length > 3 && !/\d/.test(token)) {
      for (const entry of words) {
        const like = slipped(token, entry);
        if (like) add(entry, like);
      }
    }
    if (remembered.size > 400) remembered.clear();
    remembered.set(token, hits);
    return hits;
  }

  /* {hits: [{id, score, words}], all: whether every word was found together} */
  function search(query) {
    const text = query.trim().toLowerCase();
    const total = new Map();
    let all = true;
    const name = text.replace(/[\s[\]]/g, "");
    if (/^(\d{1,2}\.|[a-z]+-)[a-z0-9.-]*$/.test(name)) {
      documents.forEach((document, place) => {
        const exact = document.source === name || document.id === name;
        const inside = document.source.startsWith(name) || document.id.startsWith(name);
        if (exact || inside) total.set(place, { score: exact ? 100 : 50 - place / 1000, words: [] });
      });
      if (total.size) return ranked(total, true);
    }
    const tokens = [...new Set(guideWords(text))];
    if (!tokens.length) return { hits: [], all };
    const lists = tokens.map(found);
    const combine = (needed) => {
      for (const list of lists) {
        for (const [place, hit] of list) {
          const sum = total.get(place) || { score: 0, words: [], of: 0 };
          sum.score += hit.score;
          sum.words.push(...hit.words);
          sum.of += 1;
          total.set(place, sum);
        }
      }
      for (const [place, sum] of total) {
        if (sum.of < needed) total.delete(place);
        else sum.score *= sum.of / tokens.length;
      }
    };
    combine(tokens.length);
    if (!total.size && tokens.length > 1) {
      all = false;
      combine(1);
    }
    return ranked(total, all);
  }

  function ranked(total, all) {
    const hits = [...total].map(([place, { score, words: matched }]) => ({ id: documents[place].id, place, score, words: new Set(matched) }));
    hits.sort((a, b) => b.score - a.score || a.place - b.place);
    return { hits, all };
  }

  return { search, size: documents.length };
}

/* Text as pieces, those that were found marked. */
function marked(text, words) {
  if (!words || !words.size) return [text];
  const pieces = [];
  let from = 0;
  for (const match of String(text).matchAll(/[\p{L}\p{M}0-9]+(?:\.[0-9]+)?/gu)) {
    if (!words.has(guideWords(match[0])[0])) continue;
    if (match.index > from) pieces.push(text.slice(from, match.index));
    pieces.push(h("mark", null, match[0]));
    from = match.index + match[0].length;
  }
  pieces.push(text.slice(from));
  return pieces;
}

/* Finds in some texts the sentence that says most of what was looked for. */
function createSentences(texts) {
  let known = null;
  return (words) => {
    known ||= texts
      .filter(Boolean)
      .flatMap((text) => String(text).split(/(?<=[.!?])\s+/))
      .map((text) => ({ text, words: new Set(guideWords(text)) }));
    let best = known[0]?.text || "";
    let most = 0;
    for (const sentence of known) {
      let count = 0;
      for (const word of words) if (sentence.words.has(word)) count += 1;
      if (count > most) {
        most = count;
        best = sentence.text;
      }
    }
    return best;
  };
}
