// The terms of a text and the needs of a query. Texts are split as functions/publish/index/search_terms.py splits them.
"use strict";
(() => {
  const search = (globalThis.dailySearch ??= {});
  const TOKEN = /[가-힣]+|(?:(?![가-힣_])[\p{L}\p{N}])+/gu;
  const STOP = new Set(
    ("a an and are as at be by can for from has have in into is it its of on or our such than that the their these this" +
      " to using via we which with").split(" "),
  );
  const ID = /^\d{4}\.\d{4,5}$|^[a-z-]+(?:\.[A-Za-z]{2})?\/\d{7}$/;
  const PARTICLES = (
    "에서부터 으로부터 이라는 에서는 에서의 으로의 으로는 까지는 보다는 처럼 까지 부터 보다 에서 에게 께서 한테 으로 이나 라는 하는 만을 로는 로의" +
    " 들을 들이 들은 들의 들 만 도 의 에 로 을 를 은 는 이 가 과 와 나"
  ).split(" ");
  const SHORTEST_STEM = 2; // syllables that stay when a particle is cut
  const SHORTEST_BEGINNING = 3; // letters from which on a word is found by its beginning
  const MOST_WORDS_OF_A_TERM = 4;
  const SHORTEST_CORRECTED = 4; // letters
  const LONGEST_ACRONYM = 5; // letters: SAM is no name, ATTENTION is attention
  const FACTORS = { beginning: 0.6, otherCase: 0.3, otherLanguage: 0.8 };

  const isHangul = (token) => /^[가-힣]/u.test(token);
  const capitals = (token) => [...token].filter((letter) => letter !== letter.toLowerCase()).length;

  const singular = (word) => {
    if (word.length < 4 || !word.endsWith("s") || /(?:ss|us|is|as)$/.test(word)) return word;
    return word.endsWith("ies") ? `${word.slice(0, -3)}y` : word.slice(0, -1);
  };
  const pairs = (token) =>
    token.length < 2 ? [token] : [...token].slice(1).map((letter, place) => token[place] + letter);
  const tokens = (text) => text.normalize("NFKC").match(TOKEN) ?? [];

  const terms = (text) =>
    tokens(text).flatMap((token) => {
      if (isHangul(token)) return pairs(token);
      const lower = singular(token.toLowerCase());
      if (capitals(token) >= 2) return [lower, singular(token)];
      return STOP.has(token.toLowerCase()) ? [] : [lower];
    });

  // The word without its particles: `에이전트만` is 에이전트, `transformer보다` is transformer.
  const bare = (token, alone) => {
    const particle = PARTICLES.find((each) => token.endsWith(each) && token.length - each.length >= (alone ? SHORTEST_STEM : 0));
    return particle ? token.slice(0, -particle.length) : token;
  };

  const words = (text) => {
    const found = [];
    for (const part of text.normalize("NFKC").split(/\s+/u)) {
      const all = tokens(part);
      all.forEach((token, place) => {
        const behindLatin = place > 0 && !isHangul(all[place - 1]);
        const stem = isHangul(token) ? bare(token, !behindLatin) : token;
        if (stem && !STOP.has(stem)) found.push(stem);
      });
    }
    return found;
  };

  // A need is met by any of its groups; a group asks for all of its terms, or for a share of them.
  const group = (list, factor = 1, share = 1) => ({ terms: [...new Set(list)], factor, share });
  const plain = (word, typing) => {
    if (isHangul(word)) return [group(pairs(word), 1, word.length > 2 ? 0.7 : 1)];
    const lower = singular(word.toLowerCase());
    const found = [capitals(word) >= 2 ? group([singular(word)]) : group([lower])];
    if (capitals(word) >= 2 && word.length > LONGEST_ACRONYM) found.push(group([lower], FACTORS.otherCase));
    if (typing && word.length >= SHORTEST_BEGINNING) found.push({ beginning: word.toLowerCase(), factor: FACTORS.beginning });
    return found;
  };
  const translations = (list, glossary) => {
    const key = list.join(isHangul(list[0]) ? "" : " ").toLowerCase();
    const known = glossary.get(key) ?? glossary.get(singular(key)) ?? [];
    return known.map((said) => {
      const hangul = isHangul(said);
      return group(hangul ? pairs(said) : terms(said), FACTORS.otherLanguage, hangul && said.length > 2 ? 0.7 : 1);
    });
  };

  // What a query asks for: needs, words to mark, and phrases in quotation marks.
  search.parse = (query, glossary, typing = false) => {
    const text = query.normalize("NFKC").replaceAll(/[“”„]/g, '"');
    const phrases = [...text.matchAll(/"([^"]+)"/g)].map((match) => match[1].trim().toLowerCase()).filter(Boolean);
    const needs = [];
    const marks = new Set();
    const asked = text.replaceAll('"', " ").split(/\s+/u).filter((part) => {
      const id = part.replace(/^arxiv:/i, "").replace(/v\d+$/, "");
      if (!ID.test(id)) return true;
      needs.push([group([id])]);
      return false;
    });
    const list = words(asked.join(" "));
    for (let place = 0; place < list.length; ) {
      let length = Math.min(MOST_WORDS_OF_A_TERM, list.length - place);
      while (length > 1 && !translations(list.slice(place, place + length), glossary).length) length -= 1;
      const some = list.slice(place, place + length);
      const isLast = place + length === list.length;
      const own = some.map((word) => plain(word, typing && isLast && word === some.at(-1)));
      const others = translations(some, glossary);
      if (length === 1) needs.push([...own[0], ...others]);
      else {
        const all = own.map((each) => each[0]);
        needs.push([{ all, factor: 1 }, ...others]);
      }
      for (const word of [...some, ...others.flatMap((each) => each.terms)]) marks.add(word.toLowerCase());
      place += length;
    }
    return { needs, phrases, marks: [...marks], words: list };
  };

  // Whether two words differ by one letter that is missing, added or changed, or by two that changed places.
  search.isOneSlip = (a, b) => {
    if (Math.abs(a.length - b.length) > 1 || b.length < SHORTEST_CORRECTED) return false;
    let start = 0;
    while (start < a.length && a[start] === b[start]) start += 1;
    let end = 0;
    while (end < Math.min(a.length, b.length) - start && a.at(-1 - end) === b.at(-1 - end)) end += 1;
    const [left, right] = [a.slice(start, a.length - end), b.slice(start, b.length - end)];
    return (left.length <= 1 && right.length <= 1) || (left.length === 2 && left === [...right].reverse().join(""));
  };

  // Every term that a group may ask for.
  search.nameTerm = (kind, name) => `${kind}:${name.toLowerCase().trim().split(/\s+/).join("_")}`;
  search.termsOf = (asked) => asked.terms ?? asked.all?.flatMap(search.termsOf) ?? [];
  Object.assign(search, { terms, tokens, singular, isHangul });
})();
