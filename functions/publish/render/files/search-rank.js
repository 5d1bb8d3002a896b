// The ranking: which papers meet a query, and in which order.
"use strict";
(() => {
  const search = (globalThis.dailySearch ??= {});
  const MIN_SHARE = 0.5; // of what a query asks for, by rarity, that a paper must have to be shown after those that have all
  const AGE = 0.15, YEAR = 365 * 86_400_000; // how much more a new paper weighs than one of years ago
  const WHOLE = 1e6; // more than any score: papers that meet every need come first
  const AHEAD = 100; // papers that are put in order at once

  const dayOf = (time) => new Date(time).toISOString().slice(0, 10);

  // How well each paper meets a need, 0 where it does not, and how many do. A group of terms is met by papers that have all.
  const meet = (need) => {
    const best = new Float64Array(search.size);
    for (const { terms = [], beginning, factor } of need) {
      const weights = terms.length < 2 ? [] : terms.map(() => new Float64Array(search.size));
      for (const name of search.names()) {
        terms.forEach((term, place) => search.raise(weights[place] ?? best, name, search.postings(name, term), weights[place] ? 1 : factor));
        if (beginning) search.raise(best, name, search.beginnings(name, beginning), factor);
      }
      for (let paper = 0; weights.length && paper < search.size; paper += 1) {
        let sum = 0;
        for (const each of weights) sum = each[paper] ? sum + each[paper] : -Infinity;
        if (sum > 0) best[paper] = Math.max(best[paper], (sum * factor) / weights.length);
      }
    }
    let count = 0;
    for (let paper = 0; paper < search.size; paper += 1) if (best[paper]) count += 1;
    return { best, count };
  };

  // Hits in their order, which is worked out as far as it is asked for.
  const ordered = (papers, scores) => {
    const days = new Uint16Array(search.size);
    search.days.forEach(({ start, papers: count }, day) => days.fill(day, start, start + count));
    let first = [];
    return (from, to) => {
      if (first.length < Math.min(to, papers.length)) {
        const least = scores.slice(0, papers.length).sort()[Math.max(0, papers.length - to - AHEAD)];
        first = papers.map((paper, place) => (scores[place] >= least ? { paper, score: scores[place], day: days[paper] } : null)).filter(Boolean);
        first.sort((a, b) => b.score - a.score || b.day - a.day || a.paper - b.paper);
      }
      return first.slice(from, to).map(({ paper, day }) => ({ day: dayOf(search.days[day].time), place: paper - search.days[day].start }));
    };
  };

  // The papers that meet every need, the best first, and after them those that meet a good share of the needs that may be missed.
  search.rank = (needs, conditions, { from = "", to = "", now = Date.now() } = {}) => {
    const isWithin = (day) => day >= from && (!to || day <= `${to}\uffff`); // so a month has all of its days
    const met = [...needs, ...conditions].map(meet);
    const weights = met.map(({ best }) => best);
    const rarity = met.map(({ count }) => Math.log(1 + search.size / Math.max(1, count)));
    const least = rarity.slice(0, needs.length).reduce((sum, each) => sum + each, 0) * MIN_SHARE;
    const [scores, papers] = [new Float64Array(search.size), []];
    let whole = 0;
    for (const { time, start, papers: count } of search.days) {
      if ((from || to) && !isWithin(dayOf(time))) continue;
      const age = 1 + AGE * Math.exp(-Math.max(0, now - time) / YEAR);
      for (let paper = start; paper < start + count; paper += 1) {
        let score = 0, share = 0, isWhole = true, isKept = true;
        for (let place = 0; place < weights.length; place += 1) {
          const each = weights[place][paper];
          score += each * rarity[place];
          if (place >= needs.length) isKept &&= each > 0;
          else if (each) share += rarity[place];
          else isWhole = false;
        }
        if (!isKept || (!isWhole && share < least)) continue;
        scores[papers.length] = (score || 1) * age + (isWhole ? WHOLE : 0);
        papers.push(paper);
        whole += isWhole;
      }
    }
    return { whole, partly: papers.length - whole, length: papers.length, slice: ordered(papers, scores) };
  };
})();
