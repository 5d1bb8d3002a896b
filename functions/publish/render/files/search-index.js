// The index: which parts a query needs, and which papers they say it finds.
"use strict";
(() => {
  const search = (globalThis.dailySearch ??= {});
  const KEY_LETTERS = 3, KEY_DIGITS = 6; // of a term that say in which part it stands
  const MAX_BEGINNINGS = 50; // words of a part that begin with what was typed
  const MAX_NEEDS = 5; // that are looked up: each costs a part of every segment
  const MIN_SHARE = 0.5; // of what a query asks for, by rarity, that a paper must have to be shown after those that have all
  const AGE = 0.15, YEAR = 365 * 86_400_000; // how much more a new paper weighs than one of years ago

  const [parts, papers, spelt, listed] = Array.from({ length: 4 }, () => new Map());
  let levels = [], digits = "", fields = [], few = 1;
  search.configure = (settings) => {
    ({ levels, digits, fields, few } = settings);
    search.stop = new Set(settings.stop);
  };
  search.segments = null; // what there is to search, once it is read
  search.glossary = {};

  const termsOf = (text) => {
    const terms = new Map();
    let before = "";
    for (const line of text ? text.split(";") : []) {
      const [term, postings] = line.split(" ");
      before = before.slice(0, digits.indexOf(term[0])) + term.slice(1);
      terms.set(before, postings);
    }
    return terms;
  };
  const receive = {
    parts: ({ segments = {} }) => (search.segments = segments),
    part: (segment, number, text) => parts.set(`${segment}/${number}`, termsOf(text)),
    papers: (day, start, some) =>
      some.forEach((values, place) => papers.set(`${day}/${start + place}`, Object.fromEntries(fields.map((name, at) => [name, values[at]])))),
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
  const names = () => Object.keys(search.segments).filter((name) => search.segments[name].parts);
  search.filesFor = (needs) => {
    const terms = needs.flat().flatMap((asked) => asked.terms ?? asked.beginning);
    return names().flatMap((name) => terms.map((term) => partOf(name, term))).filter((part) => !parts.has(part)).map((part) => `${part}.js`);
  };
  search.record = (hit) => papers.get(`${hit.day}/${hit.place}`);
  search.fileOf = (hit) => (search.record(hit) ? null : `${hit.day.slice(0, 4)}/${hit.day}-${Math.floor(hit.place / few)}.js`);
  search.spellingFiles = () => names().filter((name) => !spelt.has(name)).map((name) => `${name}/spellings.js`);

  // The papers of a segment in the order of its index, by day and place in the day.
  const placesOf = (name) => {
    if (!listed.has(name)) {
      const { first, papers: counts } = search.segments[name];
      const days = counts.map((_, place) => new Date(Date.parse(first) + place * 86_400_000).toISOString().slice(0, 10));
      listed.set(name, days.flatMap((day, number) => Array.from({ length: counts[number] }, (_, place) => ({ day, place, time: Date.parse(day) }))));
    }
    return listed.get(name);
  };
  const lookup = (name, term) => {
    const found = new Map();
    const half = digits.length / 2;
    let [place, number] = [-1, 0];
    for (const letter of parts.get(partOf(name, term))?.get(term) ?? "") {
      const digit = digits.indexOf(letter);
      if (digit >= half) number = number * half + digit - half + 1;
      else {
        number = number * half + digit;
        place += Math.floor(number / levels.length);
        found.set(place, levels[number % levels.length]);
        number = 0;
      }
    }
    return found;
  };
  const beginnings = (name, text) => [...(parts.get(partOf(name, text))?.keys() ?? [])].filter((term) => term.startsWith(text)).slice(0, MAX_BEGINNINGS);

  // The papers of a segment that meet a need, with how well.
  const meet = (need, name) => {
    const best = new Map();
    const add = (place, score) => best.set(place, Math.max(best.get(place) ?? 0, score));
    for (const { terms, beginning, factor } of need) {
      for (const term of beginning ? beginnings(name, beginning) : []) {
        for (const [place, weight] of lookup(name, term)) add(place, weight * factor);
      }
      if (!terms) continue;
      const [first, ...others] = terms.map((term) => lookup(name, term));
      for (const [place, weight] of first) {
        if (others.every((each) => each.has(place))) add(place, (others.reduce((sum, each) => sum + each.get(place), weight) * factor) / terms.length);
      }
    }
    return best;
  };

  // The papers that meet every need, the best first, and after them those that meet a good share of the needs that may be missed.
  search.rank = (needs, conditions, { from = "", to = "\uffff", now = Date.now() } = {}) => {
    const asked = [...needs, ...conditions];
    const met = names().map((name) => ({ places: placesOf(name), needs: asked.map((need) => meet(need, name)) }));
    const all = met.reduce((sum, { places }) => sum + places.length, 0);
    const rarity = asked.map((_, number) => Math.log(1 + all / Math.max(1, met.reduce((sum, each) => sum + each.needs[number].size, 0))));
    const least = rarity.slice(0, needs.length).reduce((sum, each) => sum + each, 0) * MIN_SHARE;
    const found = [];
    for (const { places, needs: best } of met) {
      const [scores, shares] = [new Float64Array(places.length), new Float64Array(places.length)];
      const [count, kept] = [new Uint8Array(places.length), new Uint8Array(places.length)];
      best.forEach((each, number) => {
        for (const [place, score] of each) {
          scores[place] += score * rarity[number];
          count[place] += 1;
          if (number < needs.length) shares[place] += rarity[number];
          else kept[place] += 1;
        }
      });
      places.forEach((hit, place) => {
        const isWhole = count[place] === asked.length;
        if ((!isWhole && (!count[place] || shares[place] < least)) || kept[place] < conditions.length || hit.day < from || hit.day > to) return;
        const age = Math.max(0, now - hit.time) / YEAR;
        found.push({ day: hit.day, place: hit.place, isWhole, score: (scores[place] || 1) * (1 + AGE * Math.exp(-age)) });
      });
    }
    return found.sort((a, b) => b.isWhole - a.isWhole || b.score - a.score || (a.day < b.day ? 1 : -1));
  };

  // The known word that is one slip away from a misspelt one, the most frequent first.
  search.corrected = (word) => {
    const known = [...spelt.values()].flat();
    return known.includes(word) ? word : known.find((other) => search.isOneSlip(word, other)) ?? word;
  };
})();
