// Keys, and which papers were read: kept in this browser alone.
"use strict";
(() => {
  const MOST_READ = 2000; // ids that are remembered
  const READ_AFTER = 3000; // ms in the middle of the window
  const LETTERS = { KeyJ: "j", KeyK: "k", KeyO: "o" }; // where the keyboard writes Korean

  const searchPage = document.currentScript.dataset.search;
  const [dialog, showKeys, query] = ["keys", "show-keys", "query"].map((id) => document.getElementById(id));
  const articles = [...document.querySelectorAll("main article")];
  const details = (place) => place.querySelector(":scope > details");

  const recall = (name, otherwise) => {
    try {
      return JSON.parse(localStorage.getItem(`daily-papers.${name}`)) ?? otherwise;
    } catch {
      return otherwise;
    }
  };
  const remember = (name, value) => {
    try {
      localStorage.setItem(`daily-papers.${name}`, JSON.stringify(value));
      return true;
    } catch {
      return false; // a browser may refuse to remember
    }
  };
  globalThis.dailyPapers = { recall, remember };
  const read = () => [recall("read", [])].flat();
  const wasRead = ({ id }) => remember("read", [...read().filter((other) => other !== id), id].slice(-MOST_READ));

  const places = () => [...document.querySelectorAll(articles.length ? "main article:not([hidden])" : "main li[data-id] > a")];
  const move = (step) => {
    const all = places();
    const here = all.findIndex((place) => place.contains(document.activeElement));
    const above = all.findLastIndex((place) => place.getBoundingClientRect().top < -1);
    const place = all[here >= 0 ? here + step : step > 0 ? above + 1 : above];
    if (!place) return;
    if (place.id) place.tabIndex = -1;
    place.focus({ preventScroll: true });
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    place.scrollIntoView({ behavior: still ? "auto" : "smooth", block: place.id ? "start" : "center" });
  };
  const open = () => {
    const place = places().find((other) => other === document.activeElement);
    const folded = place && details(place);
    if (folded) folded.open = !folded.open;
    else if (place?.href) place.click();
  };

  const actions = {
    j: () => move(1),
    k: () => move(-1),
    o: open,
    "/": () => (query ? query.focus() : location.assign(searchPage)),
    "?": () => dialog.showModal(),
  };
  const single = dialog.querySelector("input");
  document.addEventListener("keydown", (event) => {
    const { key, code, target } = event;
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (document.querySelector("dialog[open]") || target.closest("input, textarea, select, [contenteditable]")) return;
    const known = key in actions ? key : LETTERS[code];
    if (key === "Enter" && articles.includes(target)) open();
    else if (single.checked && known) actions[known]();
    else return;
    event.preventDefault();
  });
  single.checked = recall("keys", true);
  single.addEventListener("change", () => remember("keys", single.checked));
  dialog.querySelector("button").addEventListener("click", () => dialog.close());
  showKeys.addEventListener("click", () => dialog.showModal());
  showKeys.hidden = false;

  const unfold = () => {
    if (location.hash === "#ranks") document.querySelector("#ranks > details").open = true;
    const folded = articles.filter(({ id }) => id === location.hash.slice(1)).map(details)[0];
    if (folded) folded.open = true;
  };
  addEventListener("hashchange", unfold);
  unfold();

  const known = new Set(read());
  for (const place of articles.length === 1 ? [] : places()) {
    if (known.has(place.id || place.closest("li").dataset.id)) place.closest("article, li").classList.add("read");
  }
  const timers = new Map();
  const middle = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        clearTimeout(timers.get(target));
        if (isIntersecting) timers.set(target, setTimeout(wasRead, READ_AFTER, target));
      }
    },
    { rootMargin: "-50% 0px" },
  );
  for (const article of articles) {
    middle.observe(article);
    details(article)?.addEventListener("toggle", ({ target }) => target.open && wasRead(article));
  }
})();
