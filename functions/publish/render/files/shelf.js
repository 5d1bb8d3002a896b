// Stars and the reading list, the filter of a day, and copies. What is kept stays in this browser; where it keeps nothing, there are no stars.
"use strict";
(() => {
  const MAX_SEEN = 4000; // ids that are remembered
  const MIN_THEME = 2, MAX_THEMES = 12; // papers of a theme, and themes, that have a button
  const words = document.currentScript.dataset;
  const papersRoot = new URL(words.papers, location.href);
  const articles = [...document.querySelectorAll("main article")];
  const shelf = document.getElementById("shelf");

  const recall = (name) => {
    try {
      const found = JSON.parse(localStorage.getItem(`daily-papers.${name}`));
      return Array.isArray(found) ? found : [];
    } catch {
      return [];
    }
  };
  const remember = (name, value) => {
    try {
      localStorage.setItem(`daily-papers.${name}`, JSON.stringify(value));
      return true;
    } catch {
      return false;
    }
  };
  const isKept = remember("stars", recall("stars"));
  const stars = () => recall("stars").filter((paper) => typeof paper?.id === "string");

  const element = (name, text, attributes = {}) => {
    const made = Object.assign(document.createElement(name), attributes);
    made.textContent = text;
    return made;
  };
  const button = (text, act, className = "") => {
    const made = element("button", text, { type: "button", className });
    made.addEventListener("click", () => act(made));
    return made;
  };
  const address = (id) => new URL(`${encodeURIComponent(id.replaceAll("/", "_"))}/index.html`, papersRoot).href;
  const paperOf = (article) => ({
    id: article.id,
    title: article.querySelector("header :is(h1, h3, h4)").textContent.trim(),
    line: article.querySelector(".lead")?.firstChild?.textContent.trim() ?? "",
    authors: (article.dataset.authors ?? "").split("|").filter(Boolean),
  });

  const status = element("p", "", { className: "status" });
  status.setAttribute("role", "status");
  const copy = async (text, place) => {
    try {
      await navigator.clipboard.writeText(text);
      place.textContent = words.copied;
    } catch {
      place.textContent = words.refused;
    }
  };
  const save = (name, text) => {
    const link = element("a", "", { download: name, href: URL.createObjectURL(new Blob([text], { type: "text/plain" })) });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  };

  const plain = (text) => String(text ?? "").replace(/\s+/gu, " ").trim();
  const markdown = (papers) =>
    papers
      .map(({ id, title, line }) => `- [${plain(title).replace(/[\\[\]*_`<]/gu, "\\$&")}](${address(id)})${line ? `\n  ${plain(line)}` : ""}`)
      .join("\n") + "\n";
  const tex = (text) => plain(text).replace(/[\\{}]/gu, "").replace(/[%#&_$]/gu, "\\$&");
  const bibtex = (papers) =>
    papers
      .map(({ id, title, authors }) => {
        const names = [authors ?? []].flat().map((name) => `{${tex(name)}}`).join(" and ");
        const fields = [["title", `{${tex(title)}}`], ["author", names], ["eprint", id], ["archivePrefix", "arXiv"], ["url", `https://arxiv.org/abs/${id}`]];
        return `@misc{${id.replace(/[^\w.-]/gu, "")},\n${fields.filter(([, value]) => value).map(([name, value]) => `  ${name} = {${value}},\n`).join("")}}\n`;
      })
      .join("\n");

  // The star of each paper, and the list of all that have one.
  const drawStars = () => {
    const starred = new Set(stars().map(({ id }) => id));
    for (const article of articles) {
      const star = article.querySelector(".star");
      star.setAttribute("aria-pressed", starred.has(article.id));
      star.firstChild.textContent = starred.has(article.id) ? "★" : "☆";
      article.toggleAttribute("data-star", starred.has(article.id));
    }
    open.textContent = `${words.list} ${starred.size}`;
  };
  const toggle = (paper) => {
    const others = stars().filter(({ id }) => id !== paper.id);
    remember("stars", others.length < stars().length ? others : [...others, paper]);
    drawStars();
    filter();
  };

  const list = element("dialog", "", { className: "list" });
  list.setAttribute("aria-label", words.list);
  const drawList = () => {
    const told = element("p", "", { className: "status" });
    told.setAttribute("role", "status");
    const rows = element("ul", "", { className: "plain" });
    for (const paper of stars()) {
      const row = document.createElement("li");
      const drop = button("✕", () => [toggle(paper), drawList()], "cite");
      drop.setAttribute("aria-label", `${words.remove}: ${paper.title}`);
      row.append(element("a", paper.title, { href: address(paper.id), lang: "en" }), " ", drop);
      rows.append(row);
    }
    const actions = element("p", "", { className: "actions" });
    if (stars().length) {
      actions.append(
        button("BibTeX", () => save("papers.bib", bibtex(stars()))),
        button("Markdown", () => save("papers.md", markdown(stars()))),
        button(words.copylist, () => copy(markdown(stars()), told)),
      );
    }
    actions.append(button(words.close, () => list.close()));
    list.replaceChildren(element("h2", words.list), stars().length ? rows : element("p", words.empty), actions, told);
  };
  const open = button(words.list, () => [drawList(), list.showModal()]);

  // The filter: papers that meet every condition that is pressed.
  const conditions = new Map();
  const filter = () => {
    const chosen = [...conditions].filter(([made]) => made.ariaPressed === "true").map(([, meets]) => meets);
    for (const article of articles) article.hidden = !chosen.every((meets) => meets(article));
    const shown = articles.filter((article) => !article.hidden).length;
    for (const part of document.querySelectorAll("main section, .theme")) {
      const own = articles.filter((article) => (part.matches("section") ? part.contains(article) : headingOf(article) === part));
      if (own.length) part.hidden = own.every((article) => article.hidden);
    }
    if (chosen.length || status.textContent) status.textContent = words.shown.replace("{count}", shown).replace("{all}", articles.length);
  };
  const headingOf = (article) => {
    let before = article.previousElementSibling;
    while (before && !before.matches(".theme, h2")) before = before.previousElementSibling;
    return before;
  };
  const tagsOf = (article) => (article.dataset.tags ?? "").split("|").filter(Boolean);
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
    shelf.append(folded);
  };

  // Papers that the reader's last visit to the day did not show.
  const markNew = () => {
    const seen = new Set(recall("seen"));
    const fresh = articles.filter(({ id }) => !seen.has(id));
    if (fresh.length < articles.length) for (const article of fresh) article.querySelector(".badges").append(" ", element("span", words.fresh, { className: "badge" }));
    remember("seen", [...seen, ...fresh.map(({ id }) => id)].slice(-MAX_SEEN));
  };

  for (const article of articles) {
    if (isKept) {
      const star = button("☆", () => toggle(paperOf(article)), "star");
      star.setAttribute("aria-label", `${words.star}: ${paperOf(article).title}`);
      article.querySelector("header").append(star);
    }
    const row = document.createElement("li");
    row.append(button(words.copylink, (made) => copy(address(article.id), made), "linklike"));
    article.querySelector(".links")?.append(row);
  }
  if (shelf) {
    if (articles.length > 1) addFilter();
    if (isKept) shelf.append(open);
    if (articles.length > 1) shelf.append(button(words.copyday, () => copy(markdown(articles.map(paperOf)), status)));
    shelf.append(status);
  }
  document.body.append(list);
  if (isKept) drawStars();
  if (isKept && articles.length > 1) markNew();
})();
