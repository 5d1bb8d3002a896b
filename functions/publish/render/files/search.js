// The page of the search: nothing is loaded before there is something to look for; parts come as scripts, also from disk.
"use strict";
(() => {
  const search = globalThis.dailySearch;
  const AT_ONCE = 10; // papers shown before "more"
  const MAX_EXAMINED = 60; // papers that are read in vain for a phrase
  const PAUSE = 150; // ms between keys
  const FIRST = ["parts.js", "glossary.js"]; // what every query needs

  const [form, input, count, list, more, filters] = ["search", "query", "count", "found", "more", "filters"].map((id) =>
    document.getElementById(id),
  );
  const NAMES = ["q", "tag", "org", "from", "to", "code", "star"];
  search.configure(JSON.parse(list.dataset.settings));
  const { label, item } = search.view(count, list);

  const loading = new Map(); // files that were asked for; one that fails is asked for again
  let failed = new Set();
  const load = (file) => {
    if (!loading.has(file)) {
      loading.set(
        file,
        new Promise((done) => {
          const script = Object.assign(document.createElement("script"), { src: file });
          script.onload = () => done(script.remove());
          script.onerror = () => {
            failed.add(file);
            loading.delete(file);
            done(script.remove());
          };
          document.head.append(script);
        }),
      );
    }
    return loading.get(file);
  };
  const loadAll = (files) => Promise.all(files.filter(Boolean).map(load));

  const starred = () => {
    try {
      return JSON.parse(localStorage.getItem("daily-papers.stars")).map(({ id }) => id);
    } catch {
      return []; // nothing is starred, or the browser keeps nothing
    }
  };
  const value = (name) => {
    const field = form.elements[name];
    return field.type === "checkbox" ? (field.checked ? "1" : "") : field.value.trim();
  };
  const conditions = () => {
    const anyOf = (...terms) => terms.map((term) => ({ terms: [term], factor: 1 }));
    return [
      ...(value("tag") ? [anyOf(search.nameTerm("tag", value("tag")))] : []),
      ...(value("org") ? [anyOf(search.nameTerm("org", value("org")))] : []),
      ...(value("code") ? [anyOf("has:code")] : []),
      ...(value("star") ? [anyOf(...starred())] : []),
    ];
  };

  const holds = (paper, phrases) => {
    const texts = [paper.title, paper.one_line, ...paper.tags, paper.organisation, ...paper.authors, ...paper.keywords, paper.terms.join(" ")];
    const words = phrases.length ? texts.map(search.wordsOf).join("\n") : "";
    return phrases.every((phrase) => words.includes(phrase));
  };

  let running = 0; // the newest run: an older one that goes on loading shows nothing
  let shown = { hits: search.rank([], []), next: 0, ids: new Set(), passed: 0, asked: null, note: "" };
  const tell = () => {
    const { hits, next, passed, asked, note } = shown;
    const { whole, partly } = hits;
    const isOpen = asked.phrases.length && next < hits.length; // a phrase is looked for in papers that are read
    const notes = [note];
    if (asked.phrases.length || !partly) notes.unshift(label(isOpen ? "atleast" : "found", isOpen ? list.children.length : whole + partly - passed));
    else notes.unshift(label("found", whole), label("partly", partly - passed));
    if (!list.children.length && !isOpen) notes[0] = count.dataset.nothing;
    if (failed.size) notes.push(label("unread", failed.size));
    count.textContent = notes.filter(Boolean).join(" · ");
  };
  const showMore = async (run) => {
    const before = list.children.length;
    const { hits, ids, asked } = shown;
    for (let examined = 0; shown.next < hits.length && list.children.length < before + AT_ONCE && examined < MAX_EXAMINED; ) {
      const batch = hits.slice(shown.next, shown.next + before + AT_ONCE - list.children.length);
      await loadAll(batch.map(search.fileOf));
      if (run !== running) return;
      shown.next += batch.length;
      examined += batch.length;
      for (const hit of batch) {
        const paper = search.record(hit);
        if (!paper || ids.has(paper.id) || !holds(paper, asked.phrases)) {
          shown.passed += 1;
          continue;
        }
        ids.add(paper.id);
        list.append(item(paper, hit.day, asked));
      }
    }
    more.hidden = shown.next >= hits.length;
    list.removeAttribute("aria-busy");
    tell();
  };

  const find = async (query, typing) => {
    const asked = search.parse(query, typing);
    const needs = search.chosen(asked.needs);
    const also = conditions();
    const period = { from: value("from"), to: value("to") };
    asked.beginnings = needs.flat().flatMap(({ beginning }) => beginning ?? []);
    await loadAll(search.filesFor([...needs, ...also]));
    return { asked, hits: search.rank(needs, also, period) };
  };
  // What is found instead of a word that no paper has.
  const findCorrected = async (words) => {
    await loadAll(search.spellingFiles());
    const corrected = words.map((word) => (search.isHangul(word) ? word : search.corrected(word.toLowerCase())));
    if (corrected.every((word, place) => word === words[place].toLowerCase())) return null;
    const note = count.dataset.corrected.replace("{words}", corrected.join(" "));
    return { ...(await find(corrected.join(" "), false)), note };
  };

  const ask = async (typing) => {
    const run = (running += 1);
    const address = new URL(location.href);
    for (const name of NAMES) value(name) ? address.searchParams.set(name, value(name)) : address.searchParams.delete(name);
    try {
      history.replaceState(null, "", address);
    } catch {} // some browsers refuse it on pages from disk
    if (!NAMES.some(value)) {
      list.replaceChildren();
      [count.textContent, more.hidden] = ["", true];
      return;
    }
    [count.textContent, failed] = [count.dataset.searching, new Set()];
    list.setAttribute("aria-busy", "true");
    await loadAll(FIRST);
    let found = await find(value("q"), typing);
    if (run !== running) return;
    const { words } = found.asked;
    if (words.length && !typing && !found.hits.whole) found = (await findCorrected(words)) ?? found;
    if (run !== running) return;
    list.replaceChildren();
    shown = { note: "", ...found, next: 0, ids: new Set(), passed: 0 };
    await showMore(run);
  };

  let timer = 0;
  form.addEventListener("input", (event) => {
    clearTimeout(timer);
    if (value("q")) loadAll(FIRST);
    timer = setTimeout(ask, PAUSE, event.target === input && !event.isComposing);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(timer);
    ask(false);
  });
  more.addEventListener("click", async () => {
    const before = list.children.length;
    await showMore(running);
    list.children[before]?.querySelector("a").focus();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && list.contains(document.activeElement)) input.focus();
    if (!["ArrowDown", "ArrowUp"].includes(event.key) || event.isComposing) return;
    const places = [input, ...list.querySelectorAll("li > a")];
    const here = places.indexOf(document.activeElement);
    const next = places[here + (event.key === "ArrowDown" ? 1 : -1)];
    if (here < 0 || !next) return;
    event.preventDefault();
    next.focus();
  });

  document.getElementById("without-script").remove();
  const asked = new URLSearchParams(location.search);
  for (const name of NAMES) {
    const field = form.elements[name];
    if (field.type === "checkbox") field.checked = asked.get(name) === "1";
    else field.value = asked.get(name) ?? "";
  }
  filters.open = NAMES.slice(1).some(value);
  input.focus({ preventScroll: true });
  if (NAMES.some(value)) ask(false);
})();
