// The page of the search: nothing is loaded before there is something to look for; parts come as scripts, also from disk.
"use strict";
(() => {
  const search = globalThis.dailySearch;
  const AT_ONCE = 10; // papers shown before "more"
  const MOST_EXAMINED = 60; // papers that are read in vain for a phrase
  const PAUSE = 150; // ms between keys

  const [form, input, count, list, more, filters] = ["search", "query", "count", "found", "more", "filters"].map((id) =>
    document.getElementById(id),
  );
  const language = document.documentElement.lang;
  const NAMES = ["q", "tag", "org", "from", "to", "code", "star"];
  search.configure(JSON.parse(list.dataset.settings));

  const { said, item } = search.view(count, list, language);

  const loading = new Map(); // files that were asked for; one that fails is asked for again
  let failed = 0;
  const load = (file) => {
    if (!loading.has(file)) {
      loading.set(
        file,
        new Promise((done) => {
          const script = Object.assign(document.createElement("script"), { src: file });
          script.onload = () => done(script.remove());
          script.onerror = () => {
            failed += 1;
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
      return [];
    }
  };
  const value = (name) => {
    const field = form.elements[name];
    return field.type === "checkbox" ? (field.checked ? "1" : "") : field.value.trim();
  };
  const exactly = (...terms) => terms.map((term) => ({ terms: [term], factor: 1, share: 1 }));
  const filterNeeds = () => {
    const needs = [];
    if (value("tag")) needs.push(exactly(search.nameTerm("tag", value("tag"))));
    if (value("org")) needs.push(exactly(search.nameTerm("org", value("org"))));
    if (value("code")) needs.push(exactly("has:code"));
    if (value("star")) needs.push(exactly(...starred(), "star:none"));
    return needs;
  };

  const holds = (paper, phrases) => {
    const text = [paper.title, paper.one_line ?? "", ...(paper.tags ?? []), ...(paper.authors ?? [])].join("\n").toLowerCase();
    return phrases.every((phrase) => text.normalize("NFKC").replaceAll(/[^\p{L}\p{N}\n]+/gu, " ").includes(phrase.replaceAll(/[^\p{L}\p{N}]+/gu, " ")));
  };

  let running = 0; // the newest run: an older one that goes on loading shows nothing
  let shown = { hits: [], next: 0, ids: new Set(), asked: null };
  const showMore = async (run) => {
    const before = list.children.length;
    const { hits, ids, asked } = shown;
    for (let examined = 0; shown.next < hits.length && list.children.length < before + AT_ONCE && examined < MOST_EXAMINED; ) {
      const batch = hits.slice(shown.next, shown.next + before + AT_ONCE - list.children.length);
      await loadAll(batch.map(search.fileOf));
      if (run !== running) return;
      shown.next += batch.length;
      examined += batch.length;
      for (const hit of batch.sort((a, b) => search.withVotes(b) - search.withVotes(a))) {
        const paper = search.record(hit);
        if (!paper || ids.has(paper.id) || !holds(paper, asked.phrases)) continue;
        ids.add(paper.id);
        list.append(item(paper, hit.day, asked));
      }
    }
    more.hidden = shown.next >= hits.length;
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
    [count.textContent, failed] = [count.dataset.searching, 0];
    list.setAttribute("aria-busy", "true");
    await loadAll(["parts.js", "glossary.js"].map((file) => file));
    const find = async (query) => {
      const asked = search.parse(query, search.glossary, typing);
      const needs = [...asked.needs, ...filterNeeds()];
      const period = { from: value("from"), to: value("to") ? `${value("to")}\uffff` : undefined };
      asked.beginning = typing ? asked.words.at(-1)?.toLowerCase() : "";
      const rank = async (most) => {
        if (!search.list) return [];
        await loadAll(search.filesFor(needs, most));
        return run === running ? search.rank(needs, period) : [];
      };
      let hits = await rank();
      if (hits.length < AT_ONCE) hits = await rank(Infinity);
      return { asked, hits, rank };
    };
    let found = await find(value("q"));
    let note = "";
    if (search.list && !found.hits.length && found.asked.words.length && !typing) {
      await loadAll([...search.spellingFiles(), ...search.openFiles()]);
      search.rank(found.asked.needs); // reads the words of open days
      const corrected = found.asked.words.map((word) => (search.isHangul(word) ? word : search.corrected(word.toLowerCase()))).join(" ");
      if (corrected !== found.asked.words.join(" ")) {
        found = await find(corrected);
        note = ` · ${count.dataset.corrected.replace("{words}", corrected)}`;
      }
    }
    if (run !== running) return;
    list.replaceChildren();
    shown = { ...found, next: 0, ids: new Set() };
    await showMore(run);
    if (run !== running) return;
    list.removeAttribute("aria-busy");
    const number = more.hidden ? list.children.length : found.hits.length;
    count.textContent = (number ? said("found", number) : count.dataset.nothing) + note + (failed ? ` · ${said("unread", failed)}` : "");
  };

  let timer = 0;
  form.addEventListener("input", (event) => {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE, event.target === input && !event.isComposing);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(timer);
    ask(false);
  });
  more.addEventListener("click", async () => {
    const [before, run] = [list.children.length, running];
    if (!shown.isWhole) {
      const hits = await shown.rank(Infinity); // the first results need no days that only come later
      if (run !== running) return;
      Object.assign(shown, { hits, next: 0, isWhole: true });
    }
    await showMore(run);
    list.children[before]?.querySelector("a").focus();
  });
  document.addEventListener("keydown", (event) => {
    if (!["ArrowDown", "ArrowUp"].includes(event.key) || event.isComposing) return;
    const places = [input, ...list.querySelectorAll("li > a")];
    const here = places.indexOf(document.activeElement);
    const next = places[here + (event.key === "ArrowDown" ? 1 : -1)];
    if (here < 0 || !next) return;
    event.preventDefault();
    next.focus();
  });

  document.getElementById("without-script").remove();
  form.hidden = false;
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
