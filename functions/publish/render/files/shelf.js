// The filter of a day, its order by the reader's stars, papers that are new, and the day as Markdown.
"use strict";
(() => {
  const { words, shelf, isKept, recall, remember, stars, whenChanged, element, button, statusLine, tagsOf, paperOf, copy, markdown } = globalThis.dailyPapers;
  const MAX_SEEN = 4000; // ids that are remembered
  const MIN_THEME = 2, MAX_THEMES = 12; // papers of a theme, and themes, that have a button
  const POINTS_OF_TAG = 2; // a tag is chosen from a vocabulary, a word of a title is not
  const MAX_REASONS = 5; // what most stars share
  const articles = [...document.querySelectorAll("main article")];
  const status = statusLine();

  // The filter: papers that meet every condition that is pressed.
  const conditions = new Map();
  const filter = () => {
    const chosen = [...conditions].filter(([made]) => made.ariaPressed === "true").map(([, meets]) => meets);
    for (const article of articles) article.hidden = !chosen.every((meets) => meets(article));
    for (const part of document.querySelectorAll("main section, .theme")) {
      if (!holders.has(part)) continue;
      const own = articles.filter((article) => (part.matches("section") ? part.contains(article) : headingOf(article) === part));
      part.hidden = own.every((article) => article.hidden);
    }
    const shown = articles.filter((article) => !article.hidden).length;
    if (chosen.length || status.textContent) status.textContent = words.shown.replace("{count}", shown).replace("{all}", articles.length);
  };
  const headingOf = (article) => {
    let before = article.previousElementSibling;
    while (before && !before.matches(".theme, h2")) before = before.previousElementSibling;
    return before;
  };
  const holders = new Set(articles.flatMap((article) => [article.closest("section"), headingOf(article)]));
  const addCondition = (name, meets, place) => {
    if (name !== words.star && !articles.some(meets)) return;
    const made = button(name, () => {
      made.ariaPressed = made.ariaPressed !== "true";
      filter();
    });
    made.ariaPressed = "false";
    conditions.set(made, meets);
    place.append(made);
  };
  const addFilter = () => {
    const [folded, place] = [document.createElement("details"), element("div", "", { className: "actions" })];
    folded.append(element("summary", words.filter), place);
    if (isKept) addCondition(words.star, (article) => "star" in article.dataset, place);
    addCondition(words.code, (article) => "code" in article.dataset, place);
    addCondition(words.weights, (article) => "weights" in article.dataset, place);
    const counts = new Map();
    for (const tag of articles.flatMap(tagsOf)) counts.set(tag, (counts.get(tag) ?? 0) + 1);
    const themes = [...counts].filter(([, count]) => count >= MIN_THEME).sort((one, other) => other[1] - one[1]);
    for (const [tag] of themes.slice(0, MAX_THEMES)) addCondition(tag, (article) => tagsOf(article).includes(tag), place);
    shelf.prepend(folded);
  };

  // The order by the stars: how much of what starred papers share a paper has, rare things more.
  const featuresOf = ({ title, tags }) => new Set([...[tags ?? []].flat().map((tag) => `#${tag}`), ...(title.toLowerCase().match(/\p{L}{4,}/gu) ?? [])]);
  const counted = (papers) => {
    const counts = new Map();
    for (const feature of papers.flatMap((paper) => [...featuresOf(paper)])) counts.set(feature, (counts.get(feature) ?? 0) + 1);
    return counts;
  };
  const sortByStars = () => {
    const [liked, common] = [counted(stars()), counted(articles.map(paperOf))];
    const weight = (feature) => (liked.get(feature) ?? 0) * (feature.startsWith("#") ? POINTS_OF_TAG : 1) * Math.log(1 + articles.length / (common.get(feature) ?? 1));
    const points = new Map(articles.map((article) => [article, [...featuresOf(paperOf(article))].reduce((sum, feature) => sum + weight(feature), 0)]));
    const reasons = [...liked].filter(([feature]) => feature.startsWith("#")).sort((one, other) => other[1] - one[1]);
    return { sorted: articles.toSorted((one, other) => points.get(other) - points.get(one)), reasons: reasons.slice(0, MAX_REASONS) };
  };
  const near = document.createElement("section");
  const places = new Map();
  const order = button(words.near, () => (places.size ? restore() : arrange()));
  const arrange = () => {
    const { sorted, reasons } = sortByStars();
    const why = element("p", words.nearwhy.replace("{tags}", reasons.map(([tag, count]) => `${tag.slice(1)} ${count}`).join(" · ")), { className: "why" });
    near.replaceChildren(element("h2", words.near), why);
    for (const article of articles) {
      places.set(article, document.createComment(""));
      article.replaceWith(places.get(article));
    }
    near.append(...sorted);
    shelf.after(near);
    for (const part of holders) if (part) part.hidden = true;
    order.ariaPressed = "true";
  };
  const restore = () => {
    for (const [article, place] of places) place.replaceWith(article);
    places.clear();
    near.remove();
    order.ariaPressed = "false";
    filter();
  };
  const addOrder = () => {
    order.ariaPressed = "false";
    const adapt = () => {
      order.hidden = !stars().length;
      if (order.hidden && places.size) restore();
      filter();
    };
    whenChanged.push(adapt);
    shelf.append(order);
    adapt();
  };

  // Papers that the reader's last visit to the day did not show.
  const markNew = () => {
    const seen = new Set(recall("seen"));
    const fresh = articles.filter(({ id }) => !seen.has(id));
    if (fresh.length < articles.length) for (const article of fresh) article.querySelector(".badges").append(" ", element("span", words.fresh, { className: "badge" }));
    remember("seen", [...seen, ...fresh.map(({ id }) => id)].slice(-MAX_SEEN));
  };

  if (!shelf) return;
  if (articles.length > 1) {
    addFilter();
    if (isKept) addOrder();
    shelf.append(button(words.copylist, () => copy(markdown(articles.map(paperOf)), status)));
    if (isKept) markNew();
  }
  shelf.append(status);
})();
