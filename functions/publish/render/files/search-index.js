// The index: which parts and days a query needs, and which papers they say it finds.
"use strict";
(() => {
  const search = (globalThis.dailySearch ??= {});
  const KEY_LETTERS = 4; // of a term that a day's filter holds
  const FILTER_HASHES = 3;
  const MOST_BEGINNINGS = 200; // words of a part that begin with what was typed
  const AGE = 0.15, YEAR = 365 * 86_400_000; // how much more a new paper weighs than one of years ago
  const VOTES = 0.04; // how much more each doubling of its votes

  const [parts, days, spelt, indexed] = [new Map(), new Map(), new Map(), new Map()];
  let levels = [], weights = {};
  search.configure = (settings) => ({ levels, weights } = settings);
  search.list = null; // what there is to search
  search.glossary = new Map();

  const receive = {
    parts: (list) => (search.list = { years: {}, open: [], ...list }),
    part: (year, number, text) => parts.set(`${year}/${number}`, new Map(text.split(";").map((line) => line.split(" ")))),
    day: (day) => days.set(day.day, day.papers ?? []),
    spellings: (year, text) => spelt.set(String(year), text.split(" ")),
    glossary: ({ terms, acronyms }) => {
      const add = (text, said) => {
        const key = search.tokens(text.toLowerCase()).join(search.isHangul(text) ? "" : " ");
        search.glossary.set(key, [...(search.glossary.get(key) ?? []), said]);
      };
      for (const [term, others] of Object.entries(terms)) for (const other of others) [add(term, other), add(other, term)];
      for (const [acronym, others] of Object.entries(acronyms)) for (const other of others) add(acronym, other);
    },
  };
  globalThis.addToSearch = (kind, ...values) => receive[kind](...values);

  const hashes = (key) => {
    let value = 0x811c9dc5;
    for (let place = 0; place < key.length; place += 1) value = Math.imul(value ^ key.charCodeAt(place), 0x01000193) >>> 0;
    return [value, (((value >>> 16) ^ ((value << 5) >>> 0)) | 1) >>> 0];
  };
  const keyOf = (term) => (term.includes(":") ? term : term.slice(0, KEY_LETTERS).toLowerCase());
  search.holds = (filter, term) => {
    const bits = atob(filter);
    const [first, step] = hashes(keyOf(term));
    return Array.from({ length: FILTER_HASHES }, (_, number) => (first + number * step) % (bits.length * 8)).every(
      (bit) => bits.charCodeAt(Math.floor(bit / 8)) & (1 << (bit & 7)),
    );
  };

  const partsOf = (year, asked) => {
    const starts = search.list.years[year].starts;
    const placeOf = (term) => Math.max(0, starts.findLastIndex((start) => start <= term));
    if (!starts.length) return [];
    if (asked.beginning) {
      const [from, to] = [placeOf(asked.beginning), placeOf(`${asked.beginning}\uffff`)];
      return Array.from({ length: to - from + 1 }, (_, number) => from + number);
    }
    return search.termsOf(asked).map(placeOf);
  };
  const mayHold = (day, asked) => {
    if (asked.beginning) return asked.beginning.length < KEY_LETTERS || search.holds(day.words, asked.beginning);
    if (asked.all) return asked.all.every((each) => mayHold(day, each));
    return asked.terms.filter((term) => search.holds(day.words, term)).length >= asked.terms.length * asked.share;
  };
  const dayFile = (day) => `${day.slice(0, 4)}/${day}.js`;

  // The files that the needs ask for and that are not here yet.
  search.filesFor = (needs) => {
    const found = new Set();
    for (const year of Object.keys(search.list.years)) {
      for (const asked of needs.flat()) {
        for (const number of partsOf(year, asked)) if (!parts.has(`${year}/${number}`)) found.add(`${year}/${number}.js`);
      }
    }
    for (const day of search.list.open) {
      if (!days.has(day.day) && needs.every((need) => need.some((asked) => mayHold(day, asked)))) found.add(dayFile(day.day));
    }
    return [...found];
  };
  search.fileOf = (hit) => (days.has(hit.day) ? null : dayFile(hit.day));
  search.record = (hit) => days.get(hit.day)?.[hit.place];
  search.openFiles = () => search.list.open.filter(({ day }) => !days.has(day)).map(({ day }) => dayFile(day));
  search.spellingFiles = () => Object.keys(search.list.years).filter((year) => !spelt.has(year)).map((year) => `${year}/spellings.js`);

  const unpacked = (postings) => {
    const found = new Map();
    let place = -1;
    for (const [, step, level] of postings.matchAll(/([0-9a-z]+)([A-Z])/g)) {
      place += Number.parseInt(step, 36);
      found.set(place, levels[level.charCodeAt(0) - 65]);
    }
    return found;
  };
  const indexOfDay = (papers) => {
    const found = new Map();
    papers.forEach((paper, place) => {
      const all = new Map();
      for (const [field, weight] of Object.entries(weights)) {
        const texts = [paper[field] ?? []].flat();
        for (const term of new Set(texts.flatMap(search.terms))) all.set(term, (all.get(term) ?? 0) + weight);
      }
      const exact = [paper.id, ...(paper.tags ?? []).map((tag) => `tag:${tag.toLowerCase()}`)];
      if (paper.organisation) exact.push(`org:${paper.organisation.toLowerCase()}`);
      if (paper.code) exact.push("has:code");
      for (const term of exact) all.set(term, levels.at(-1));
      for (const [term, weight] of all) found.set(term, (found.get(term) ?? new Map()).set(place, weight));
    });
    return found;
  };

  const sources = function* () {
    const open = new Set(search.list.open.map(({ day }) => day));
    for (const [year, { starts = [], days: listed = [] }] of Object.entries(search.list.years)) {
      const placed = listed.flatMap(([day, count]) => Array.from({ length: count }, (_, place) => (open.has(day) ? null : { day, place })));
      const partAt = (term) => parts.get(`${year}/${Math.max(0, starts.findLastIndex((start) => start <= term))}`);
      const lookup = (term) => unpacked(partAt(term)?.get(term) ?? "");
      const beginnings = (text) => partsOf(year, { beginning: text }).flatMap((number) => [...(parts.get(`${year}/${number}`)?.keys() ?? [])]);
      yield { placed, lookup, beginnings };
    }
    for (const day of open) {
      if (!days.has(day)) continue;
      if (!indexed.has(day)) indexed.set(day, indexOfDay(days.get(day)));
      const terms = indexed.get(day);
      const placed = days.get(day).map((_, place) => ({ day, place }));
      yield { placed, lookup: (term) => terms.get(term) ?? new Map(), beginnings: () => [...terms.keys()] };
    }
  };

  // Papers that meet what is asked for, with how well.
  const meet = (asked, source) => {
    const found = new Map();
    if (asked.all) {
      const all = asked.all.map((each) => meet(each, source));
      for (const [place, score] of all[0]) {
        if (all.every((each) => each.has(place))) found.set(place, all.reduce((sum, each) => sum + each.get(place), 0) || score);
      }
      return found;
    }
    if (asked.beginning) {
      const terms = source.beginnings(asked.beginning).filter((term) => term.startsWith(asked.beginning)).slice(0, MOST_BEGINNINGS);
      for (const term of terms) {
        for (const [place, weight] of source.lookup(term)) found.set(place, Math.max(found.get(place) ?? 0, weight));
      }
      return found;
    }
    const counts = new Map();
    for (const term of asked.terms) {
      for (const [place, weight] of source.lookup(term)) {
        counts.set(place, (counts.get(place) ?? 0) + 1);
        found.set(place, (found.get(place) ?? 0) + weight / asked.terms.length);
      }
    }
    for (const [place, count] of counts) if (count < asked.terms.length * asked.share) found.delete(place);
    return found;
  };

  // All papers that meet every need, the best first.
  search.rank = (needs, { from = "", to = "\uffff", now = Date.now() } = {}) => {
    const scored = [];
    const frequent = needs.map(() => 0);
    let papers = 0;
    for (const source of sources()) {
      papers += source.placed.length;
      const met = needs.map((need) => {
        const best = new Map();
        for (const asked of need) {
          for (const [place, score] of meet(asked, source)) best.set(place, Math.max(best.get(place) ?? 0, score * asked.factor));
        }
        return best;
      });
      met.forEach((best, number) => (frequent[number] += best.size));
      const places = met.length ? [...met[0].keys()].filter((place) => met.every((best) => best.has(place))) : source.placed.keys();
      for (const place of places) {
        const hit = source.placed[place];
        if (hit && hit.day >= from && hit.day <= to) scored.push({ ...hit, scores: met.map((best) => best.get(place)) });
      }
    }
    const rarity = frequent.map((count) => Math.log(1 + papers / Math.max(count, 1)));
    for (const hit of scored) {
      const age = Math.max(0, now - Date.parse(hit.day)) / YEAR;
      hit.score = hit.scores.reduce((sum, score, number) => sum + score * rarity[number], needs.length ? 0 : 1) * (1 + AGE * Math.exp(-age));
    }
    return scored.sort((a, b) => b.score - a.score || (a.day < b.day ? 1 : -1));
  };
  search.withVotes = (hit) => hit.score * (1 + VOTES * Math.log2(1 + (search.record(hit)?.upvotes ?? 0)));

  // The known word that is one slip away from a misspelt one, the most frequent first.
  search.corrected = (word) => {
    const known = new Set([...spelt.values()].flat());
    for (const terms of indexed.values()) for (const term of terms.keys()) known.add(term);
    return [...known].find((other) => other !== word && oneSlip(word, other)) ?? word;
  };
  const oneSlip = (a, b) => {
    if (Math.abs(a.length - b.length) > 1 || b.length < KEY_LETTERS) return false;
    let start = 0;
    while (start < a.length && a[start] === b[start]) start += 1;
    let end = 0;
    while (end < Math.min(a.length, b.length) - start && a.at(-1 - end) === b.at(-1 - end)) end += 1;
    const [left, right] = [a.slice(start, a.length - end), b.slice(start, b.length - end)];
    return (left.length <= 1 && right.length <= 1) || (left.length === 2 && left === [...right].reverse().join(""));
  };
})();
