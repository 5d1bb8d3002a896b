// The index: which parts and days a query needs, and which papers they say it finds.
"use strict";
(() => {
  const search = (globalThis.dailySearch ??= {});
  const KEY_LETTERS = 4; // of a term that a day's filter holds
  const FILTER_HASHES = 3;
  const MOST_BEGINNINGS = 200; // words of a part that begin with what was typed
  const AGE = 0.15, YEAR = 365 * 86_400_000; // how much more a new paper weighs than one of years ago
  const VOTES = 0.04; // how much more each doubling of its votes

  const MOST_OPEN_DAYS = 8; // that are read for the first results
  const [parts, papers, spelt, indexed, filters, placed] = Array.from({ length: 6 }, () => new Map());
  let levels = [], weights = {}, fields = [], few = 1;
  search.configure = (settings) => ({ levels, weights, fields, few } = settings);
  search.list = null; // what there is to search
  search.glossary = new Map();

  const receive = {
    parts: (list) => (search.list = { years: {}, open: [], ...list }),
    part: (year, number, text) => parts.set(`${year}/${number}`, new Map(text.split(";").map((line) => line.split(" ")))),
    papers: (day, start, some) => {
      const known = papers.get(day) ?? new Map();
      some.forEach((values, place) => known.set(start + place, Object.fromEntries(fields.map((name, at) => [name, values[at]]))));
      papers.set(day, known);
    },
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
    if (!filters.has(filter)) filters.set(filter, atob(filter));
    const bits = filters.get(filter);
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

  const isRead = (day) => papers.get(day.day)?.size >= day.papers;

  // The files that the needs ask for and that are not here yet: of many open days, at first those of the newest.
  search.filesFor = (needs, most = MOST_OPEN_DAYS) => {
    const found = new Set();
    for (const year of Object.keys(search.list.years)) {
      for (const asked of needs.flat()) {
        for (const number of partsOf(year, asked)) if (!parts.has(`${year}/${number}`)) found.add(`${year}/${number}.js`);
      }
    }
    const open = search.list.open.filter((day) => needs.every((need) => need.some((asked) => mayHold(day, asked))));
    for (const day of open.slice(0, most)) if (!isRead(day)) found.add(dayFile(day.day));
    return [...found];
  };
  search.record = (hit) => papers.get(hit.day)?.get(hit.place);
  search.fileOf = (hit) => (search.record(hit) ? null : `${hit.day.slice(0, 4)}/${hit.day}-${Math.floor(hit.place / few)}.js`);
  search.openFiles = () => search.list.open.slice(0, MOST_OPEN_DAYS).filter((day) => !isRead(day)).map(({ day }) => dayFile(day));
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
  const indexOfDay = (known) => {
    const found = new Map();
    known.forEach((paper, place) => {
      const all = new Map();
      for (const [field, weight] of Object.entries(weights)) {
        const texts = [paper[field] ?? []].flat();
        for (const term of new Set(texts.flatMap(search.terms))) all.set(term, (all.get(term) ?? 0) + weight);
      }
      const exact = [paper.id, ...(paper.tags ?? []).map((tag) => search.nameTerm("tag", tag))];
      if (paper.organisation) exact.push(search.nameTerm("org", paper.organisation));
      if (paper.code) exact.push("has:code");
      for (const term of exact) all.set(term, levels.at(-1));
      for (const [term, weight] of all) found.set(term, (found.get(term) ?? new Map()).set(place, weight));
    });
    return found;
  };

  const sources = function* () {
    const open = new Set(search.list.open.map(({ day }) => day));
    for (const [year, { starts = [], days: listed = [] }] of Object.entries(search.list.years)) {
      if (!placed.has(year)) {
        placed.set(year, listed.flatMap(([day, count]) => Array.from({ length: count }, (_, place) => (open.has(day) ? null : { day, place }))));
      }
      const partAt = (term) => parts.get(`${year}/${Math.max(0, starts.findLastIndex((start) => start <= term))}`);
      const lookup = (term) => unpacked(partAt(term)?.get(term) ?? "");
      const beginnings = (text) => partsOf(year, { beginning: text }).flatMap((number) => [...(parts.get(`${year}/${number}`)?.keys() ?? [])]);
      yield { placed: placed.get(year), lookup, beginnings };
    }
    for (const each of search.list.open.filter(isRead)) {
      const { day } = each;
      if (!indexed.has(day)) indexed.set(day, indexOfDay(papers.get(day)));
      const terms = indexed.get(day);
      const own = [...papers.get(day).keys()].sort((a, b) => a - b).map((place) => ({ day, place }));
      yield { placed: own, lookup: (term) => terms.get(term) ?? new Map(), beginnings: () => [...terms.keys()] };
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
    let all = 0;
    for (const source of sources()) {
      all += source.placed.length;
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
    const rarity = frequent.map((count) => Math.log(1 + all / Math.max(count, 1)));
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
    return [...known].find((other) => other !== word && search.isOneSlip(word, other)) ?? word;
  };
})();
