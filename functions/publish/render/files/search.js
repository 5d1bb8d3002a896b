// The search: loads month after month, newest first, and shows the papers whose record contains every word of the query.
"use strict";
(() => {
  const AT_ONCE = 50; // papers shown before "more"
  const PAUSE = 150; // ms: between keys while somebody types, and between drawings while months come in
  const FIRST_SYLLABLE = 0xac00, FINALS = 28, RIEUL = 8; // how Unicode composes Korean syllables
  const NONE = 0, VOWEL = 1, CONSONANT = 2; // what a particle asks of the syllable before it

  const PARTICLES = [
    ["에서", NONE], ["에게", NONE], ["까지", NONE], ["부터", NONE], ["으로", CONSONANT], ["의", NONE], ["에", NONE],
    ["로", VOWEL], ["을", CONSONANT], ["를", VOWEL], ["은", CONSONANT], ["는", VOWEL],
    ["이", CONSONANT], ["가", VOWEL], ["과", CONSONANT], ["와", VOWEL],
  ];

  const [form, input, count, list, more] = ["search", "query", "count", "found", "more"].map((id) => document.getElementById(id));
  const language = document.documentElement.lang;
  const scripts = list.dataset.scripts.split(" ").filter(Boolean);
  const papers = []; // of all months that were read, newest first, each with the text that is searched
  let words = [], found = new Map(), limit = AT_ONCE, read = 0, unread = 0, timer = 0;

  const normal = (text) => text.normalize("NFKC").toLowerCase();

  const follows = (particle, kind, stem) => {
    if (kind === NONE || !/[가-힣]$/u.test(stem)) return true; // how a Latin word ends when it is read is not known
    const final = (stem.charCodeAt(stem.length - 1) - FIRST_SYLLABLE) % FINALS;
    if (final === RIEUL && particle.endsWith("로")) return particle === "로";
    return (final === 0) === (kind === VOWEL);
  };

  // The word without its particles: what contains the word contains this too.
  const bare = (word) => {
    for (const [particle, kind] of PARTICLES) {
      const stem = word.slice(0, -particle.length);
      if (word.endsWith(particle) && stem.length >= 2 && follows(particle, kind, stem)) return bare(stem);
    }
    return word;
  };

  const search = (some) => {
    if (!words.length) return;
    for (const paper of some) {
      if (!found.has(paper.id) && words.every((word) => paper.text.includes(word))) found.set(paper.id, paper);
    }
  };

  const element = (name, text, attributes = {}) => {
    const made = Object.assign(document.createElement(name), attributes);
    made.textContent = text;
    return made;
  };

  const item = (paper) => {
    const made = document.createElement("li");
    const address = `${list.dataset.papers}${encodeURIComponent(paper.id.replaceAll("/", "_"))}/index.html`;
    const facts = element("span", "", { className: "badges" });
    facts.append(element("time", paper.day, { dateTime: paper.day }), " · ", said("votes", paper.upvotes));
    made.append(element("a", paper.title, { href: address, lang: "en" }), " ", facts);
    if (paper.one_line) made.append(element("p", paper.one_line));
    return made;
  };

  const said = (name, number) => {
    const form = count.dataset[name] ?? count.dataset[name + (number === 1 ? "One" : "Other")];
    return form.replace("{count}", number.toLocaleString(language));
  };

  const status = () => {
    const parts = [];
    if (!words.length) return read < scripts.length ? "" : said("among", papers.length);
    if (found.size) parts.push(said("found", found.size));
    else if (read === scripts.length) parts.push(count.dataset.nothing);
    if (read < scripts.length) parts.push(said("reading", scripts.length - read));
    if (unread) parts.push(said("unread", unread));
    return parts.join(" · ");
  };

  const draw = () => {
    timer = 0;
    const shown = list.children.length;
    list.append(...[...found.values()].slice(shown, limit).map(item));
    more.hidden = found.size <= limit;
    if (count.textContent !== status()) count.textContent = status();
  };

  const ask = () => {
    const asked = normal(input.value).split(/\s+/u).filter(Boolean).map(bare);
    if (asked.join(" ") !== words.join(" ") || !asked.length) {
      [words, found, limit] = [asked, new Map(), AT_ONCE];
      list.replaceChildren();
      search(papers);
    }
    draw();
    const address = new URL(location.href);
    if (input.value.trim()) address.searchParams.set("q", input.value.trim());
    else address.searchParams.delete("q");
    try {
      history.replaceState(null, "", address);
    } catch {} // some browsers refuse it on pages from disk
  };

  const load = () => {
    if (read === scripts.length) return draw();
    const script = element("script", "", { src: scripts[read] });
    const next = (missing) => {
      script.remove();
      read += 1;
      unread += missing;
      timer ||= setTimeout(draw, PAUSE);
      load();
    };
    script.onload = () => next(0);
    script.onerror = () => next(1);
    document.head.append(script);
  };

  window.addMonth = (month) => {
    for (const paper of month.papers) {
      paper.text = normal([paper.title, paper.one_line, ...paper.points, ...paper.tags, paper.organisation].join("\n"));
    }
    papers.push(...month.papers);
    search(month.papers);
  };

  let typing = 0;
  input.addEventListener("input", () => {
    clearTimeout(typing);
    typing = setTimeout(ask, PAUSE);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    ask();
  });
  more.addEventListener("click", () => {
    const shown = list.children.length;
    limit += AT_ONCE;
    draw();
    list.children[shown]?.querySelector("a").focus();
  });

  document.getElementById("without-script").remove();
  form.hidden = false;
  input.value = new URLSearchParams(location.search).get("q") ?? "";
  input.focus({ preventScroll: true });
  ask();
  load();
})();
