// The index: which files a query needs, and what they hold.
"use strict";
(() => {
  const search = (globalThis.dailySearch ??= {});
  const KEY_LETTERS = 3, KEY_DIGITS = 6; // of a term that say in which part it stands
  const MAX_BEGINNINGS = 50; // words of a part that begin with what was typed
  const MAX_NEEDS = 5; // that are looked up: each costs a part of every segment
  const DAY = 86_400_000; // ms

  const [parts, papers, spelt] = Array.from({ length: 3 }, () => new Map());
  const digitOf = new Uint8Array(128); // by character code
  let levels = [], half = 1, fields = [], few = 1;
  search.configure = (settings) => {
    ({ levels, fields, few } = settings);
    half = settings.digits.length / 2;
    [...settings.digits].forEach((letter, digit) => (digitOf[letter.charCodeAt(0)] = digit));
    search.stop = new Set(settings.stop);
  };
  search.glossary = {};
  search.segments = {}; // what there is to search, once it is read
  search.days = []; // of all segments, the oldest first, with the number of their first paper
  search.size = 0; // papers

  const count = (segments) => {
    [search.segments, search.days, search.size] = [segments, [], 0];
    for (const segment of Object.values(segments)) {
      segment.start = search.size;
      if (!segment.parts) continue; // it is built again with the next day
      const first = Date.parse(segment.first);
      segment.papers.forEach((papers, place) => {
        if (papers) search.days.push({ time: first + place * DAY, start: search.size, papers });
        search.size += papers;
      });
    }
  };
  const receive = {
    parts: ({ segments = {} }) => count(segments),
    part: (segment, part, text) => parts.set(`${segment}/${part}`, text),
    papers: (day, start, some) => some.forEach((values, place) => papers.set(`${day}/${start + place}`, values)),
    spellings: (segment, text) => spelt.set(segment, text.split(" ")),
    glossary: (phrases) => (search.glossary = phrases),
  };
  globalThis.addToSearch = (kind, ...values) => receive[kind](...values);

  const keyOf = (term) => {
    if (term.includes(":")) return term;
    if (/^\p{Nd}/u.test(term)) return [...term].slice(0, KEY_DIGITS).join("");
    return [...term].slice(0, KEY_LETTERS).join("").toLowerCase() + (term.match(/[0-9]{2,}/)?.[0] ?? "");
  };
  const partOf = (segment, term) => {
    let value = 0x811c9dc5;
    for (const letter of keyOf(term)) value = Math.imul(value ^ letter.codePointAt(0), 0x01000193) >>> 0;
    return `${segment}/${value % search.segments[segment].parts}`;
  };
  // Of many needs, those whose words are the longest.
  search.chosen = (needs) => {
    const length = (need) => Math.max(...need.flatMap((asked) => asked.terms ?? asked.beginning).map((term) => term.length));
    return needs.length > MAX_NEEDS ? [...needs].sort((a, b) => length(b) - length(a)).slice(0, MAX_NEEDS) : needs;
  };
  search.names = () => Object.keys(search.segments).filter((name) => search.segments[name].parts);
  search.filesFor = (needs) => {
    const terms = needs.flat().flatMap((asked) => asked.terms ?? asked.beginning);
    return search.names().flatMap((name) => terms.map((term) => partOf(name, term))).filter((part) => !parts.has(part)).map((part) => `${part}.js`);
  };
  const placeOf = (hit) => `${hit.day}/${hit.place}`;
  search.record = (hit) => {
    const values = papers.get(placeOf(hit));
    return values && Object.fromEntries(fields.map((name, place) => [name, values[place]]));
  };
  search.fileOf = (hit) => (papers.has(placeOf(hit)) ? null : `${hit.day.slice(0, 4)}/${hit.day}-${Math.floor(hit.place / few)}.js`);
  search.spellingFiles = () => search.names().filter((name) => !spelt.has(name)).map((name) => `${name}/spellings.js`);

  // The postings of a term, or of the terms that begin with it. A line's first digit says how many letters its term shares
  // with the one before, so few letters are compared.
  search.postings = (name, term, most = 1, isBeginning = false) => {
    const text = parts.get(partOf(name, term)) ?? "";
    const found = [];
    let same = 0; // letters of the line's term that are those of the term
    for (let start = 0, end = 0; start < text.length && found.length < most; start = end + 1) {
      const blank = text.indexOf(" ", start);
      end = text.indexOf(";", blank);
      if (end < 0) end = text.length;
      const shared = digitOf[text.charCodeAt(start)];
      if (shared <= same) {
        same = shared;
        while (same < term.length && text[start + 1 + same - shared] === term[same]) same += 1;
      }
      const length = shared + blank - start - 1;
      if (same === term.length && (isBeginning || length === same)) found.push(text.slice(blank + 1, end));
    }
    return found;
  };
  search.beginnings = (name, text) => search.postings(name, text, MAX_BEGINNINGS, true);
  // Raises the weight of each paper of some postings to what they say, times the factor.
  search.raise = (weights, name, some, factor = 1) => {
    for (const postings of some) {
      let paper = search.segments[name].start - 1, value = 0;
      for (let place = 0; place < postings.length; place += 1) {
        const digit = digitOf[postings.charCodeAt(place)];
        if (digit >= half) {
          value = value * half + digit - half + 1;
          continue;
        }
        value = value * half + digit;
        const step = Math.floor(value / levels.length);
        paper += step;
        weights[paper] = Math.max(weights[paper], levels[value - step * levels.length] * factor);
        value = 0;
      }
    }
  };

  // The known word that is one slip away from a misspelt one, the most frequent first.
  search.corrected = (word) => {
    const known = [...spelt.values()].flat();
    return known.includes(word) ? word : known.find((other) => search.isOneSlip(word, other)) ?? word;
  };
})();
