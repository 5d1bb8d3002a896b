// The terms of a text and the needs of a query. Texts are split as functions/publish/index/search_words.py splits them.
"use strict";
(() => {
  const search = (globalThis.dailySearch ??= {});
  search.stop = new Set(); // words by which nothing is found
  const TOKEN = /[가-힣]+|(?:(?![가-힣_])[\p{L}\p{N}])+/gu;
  const ID = /^\d{4}\.\d{4,5}$|^[a-z-]+(?:\.[A-Za-z]{2})?\/\d{7}$/;
  const PARTICLES = (
    "에서부터 으로부터 이라는 에서는 에서의 으로의 으로는 까지는 보다는 처럼 까지 부터 보다 에서 에게 께서 한테 으로 이나 라는 하는 만을 로는 로의" +
    " 들을 들이 들은 들의 들 만 도 의 에 로 을 를 은 는 이 가 과 와 나"
  ).split(" ");
  const MIN_STEM = 2; // syllables that stay when a particle is cut
  const MIN_BEGINNING = 3, MIN_WHOLE = 5; // letters of a word that is being typed, and of a whole one, that others may begin with
  const MAX_PHRASE_WORDS = 6;
  const MIN_CORRECTED = 4; // letters
  const MAX_ACRONYM = 5; // letters: SAM is no name, ATTENTION is attention
  const FACTORS = { beginning: 0.5, otherCase: 0.3 };

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
      return search.stop.has(token.toLowerCase()) ? [] : [lower];
    });

  const wordsOf = (text) => ` ${tokens(text).map((token) => singular(token.toLowerCase())).join(" ")} `;

  // The words of a query; Korean ones also without their particle: `에이전트만` is 에이전트, `transformer보다` is transformer.
  const words = (text) => {
    const found = [];
    for (const part of text.split(/\s+/u)) {
      const all = tokens(part);
      all.forEach((token, place) => {
        const least = place > 0 && !isHangul(all[place - 1]) ? 0 : MIN_STEM;
        const particle = isHangul(token) && PARTICLES.find((each) => token.endsWith(each) && token.length - each.length >= least);
        const stem = particle ? token.slice(0, -particle.length) : token;
        if (stem) found.push({ token, stem });
      });
    }
    return found;
  };

  // A need is met by any of its groups; a group asks for all of its terms.
  const group = (list, factor = 1) => ({ terms: [...new Set(list)], factor });
  const meant = (list, glossary) => {
    const key = (name) => list.map((word) => (isHangul(word[name]) ? word[name] : singular(word[name].toLowerCase()))).join(list.every((word) => isHangul(word.stem)) ? "" : " ");
    return glossary[key("token")] ?? glossary[key("stem")] ?? [];
  };
  // A Korean compound of words that are known: `비디오편집` is 비디오 and 편집.
  const compound = (word, glossary) => {
    if (!word) return [];
    for (let length = word.length; length >= MIN_STEM; length -= 1) {
      const rest = glossary[word.slice(0, length)] && compound(word.slice(length), glossary);
      if (rest) return [glossary[word.slice(0, length)][0], ...rest];
    }
    return null;
  };
  const plain = (word, glossary) => {
    if (isHangul(word)) {
      // Every other pair, so that a word is found in two parts, too: `강화학습` in 강화 학습.
      const some = word.length < 2 ? [word] : pairs(word).filter((_, place, all) => place % 2 === 0 || place === all.length - 1);
      const known = word.length > MIN_STEM && compound(word, glossary);
      return [group(some), ...(known ? [group(known.flatMap((each) => each.split(" ")))] : [])];
    }
    const lower = singular(word.toLowerCase());
    if (capitals(word) < 2) return [group([lower])];
    return [group([singular(word)]), ...(word.length > MAX_ACRONYM ? [group([lower], FACTORS.otherCase)] : [])];
  };

  // What a query asks for: needs, phrases in quotation marks, and what to mark in the papers that are found.
  search.parse = (query, typing = false) => {
    const { glossary } = search;
    const text = query.normalize("NFKC").replaceAll(/[“”„]/g, '"');
    const phrases = [...text.matchAll(/"([^"]+)"/g)].map((match) => wordsOf(match[1])).filter((phrase) => phrase.trim());
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
      let length = Math.min(MAX_PHRASE_WORDS, list.length - place);
      while (length > 1 && !meant(list.slice(place, place + length), glossary).length) length -= 1;
      const some = list.slice(place, place + length);
      const meanings = meant(some, glossary);
      const last = some.at(-1);
      const word = last.stem.toLowerCase();
      const groups = meanings.length ? meanings.map((meaning) => group(meaning.split(" "))) : search.stop.has(word) ? [] : plain(last.stem, glossary);
      if (groups.length) {
        const isTyped = typing && place + length === list.length;
        if (!meanings.length && !isHangul(word) && word.length >= (isTyped ? MIN_BEGINNING : MIN_WHOLE)) groups.push({ beginning: word, factor: FACTORS.beginning });
        needs.push(groups);
        for (const each of [some.map(({ stem }) => stem).join(" "), ...meanings]) marks.add(each);
        for (const [phrase, others] of Object.entries(glossary)) if (others.some((each) => meanings.includes(each))) marks.add(phrase);
      }
      place += length;
    }
    return { needs, phrases, words: list.map(({ stem }) => stem), marks: [...marks].map((mark) => tokens(mark).map((token) => singular(token.toLowerCase()))) };
  };

  // Whether two words differ by one letter that is missing, added or changed, or by two that changed places.
  search.isOneSlip = (a, b) => {
    if (Math.abs(a.length - b.length) > 1 || b.length < MIN_CORRECTED) return false;
    let start = 0;
    while (start < a.length && a[start] === b[start]) start += 1;
    let end = 0;
    while (end < Math.min(a.length, b.length) - start && a.at(-1 - end) === b.at(-1 - end)) end += 1;
    const [left, right] = [a.slice(start, a.length - end), b.slice(start, b.length - end)];
    return (left.length <= 1 && right.length <= 1) || (left.length === 2 && left === [...right].reverse().join(""));
  };

  search.nameTerm = (kind, name) => `${kind}:${name.toLowerCase().replaceAll(";", " ").trim().split(/\s+/).join("_")}`;
  Object.assign(search, { terms, wordsOf, singular, isHangul });
})();
