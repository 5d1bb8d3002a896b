// Stars, the reading list and its exports. What is kept stays in this browser; where it keeps nothing, there are no stars.
"use strict";
(() => {
  const TEAM = /\b(?:team|ai|labs?|group|research|project|consortium|collaboration|community|university)\b|\d|^\S+$/iu;
  const words = document.currentScript.dataset;
  const papersRoot = new URL(words.papers, location.href);
  const items = [...document.querySelectorAll("main :is(article, li[data-id])")];
  const shelf = document.getElementById("shelf");

  const { recall: recallAny, remember } = globalThis.dailyPapers; // of reading.js, which every page loads first
  const recall = (name) => {
    const found = recallAny(name, []);
    return Array.isArray(found) ? found : [];
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
  const statusLine = () => {
    const made = element("p", "", { className: "status" });
    made.setAttribute("role", "status");
    return made;
  };
  const address = (id) => new URL(`${encodeURIComponent(id.replaceAll("/", "_"))}/index.html`, papersRoot).href;
  const listed = (text) => (text ?? "").split("|").filter(Boolean);
  const tagsOf = (item) => ("tags" in item.dataset ? listed(item.dataset.tags) : [...item.querySelectorAll(".tags li")].map((tag) => tag.textContent.trim()));
  const paperOf = (item) => ({
    id: item.id || item.dataset.id,
    title: item.querySelector(":scope > header :is(h1, h3, h4), :scope > a").textContent.trim(),
    line: item.querySelector(".lead")?.firstChild?.textContent.trim() ?? "",
    authors: listed(item.dataset.authors),
    tags: tagsOf(item),
  });
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
  const author = (name) => (name !== "others" && TEAM.test(plain(name)) ? `{${tex(name)}}` : tex(name));
  const bibtex = (papers) =>
    papers
      .map(({ id, title, authors }) => {
        const names = [authors ?? []].flat().map(author).join(" and ");
        const fields = [["title", `{${tex(title)}}`], ["author", names], ["eprint", id], ["archivePrefix", "arXiv"], ["url", `https://arxiv.org/abs/${id}`]];
        return `@misc{${id.replace(/[^\w.-]/gu, "_")},\n${fields.filter(([, value]) => value).map(([name, value]) => `  ${name} = {${value}},\n`).join("")}}\n`;
      })
      .join("\n");

  const whenChanged = [];
  const draw = () => {
    const starred = new Set(stars().map(({ id }) => id));
    for (const item of items) {
      const isStarred = starred.has(item.id || item.dataset.id);
      const star = item.querySelector(".star");
      star.setAttribute("aria-pressed", isStarred);
      star.textContent = isStarred ? "★" : "☆";
      item.toggleAttribute("data-star", isStarred);
    }
    open.textContent = `${words.list} ${starred.size}`;
    for (const act of whenChanged) act();
  };
  const change = (papers) => [remember("stars", papers), draw()];
  const toggle = (paper) => {
    const others = stars().filter(({ id }) => id !== paper.id);
    change(others.length < stars().length ? others : [...others, paper]);
  };

  const list = element("dialog", "", { className: "list" });
  list.setAttribute("aria-label", words.list);
  const drawList = () => {
    const status = statusLine();
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
        button(words.copylist, () => copy(markdown(stars()), status)),
        button(words.forget, () => [change([]), drawList()]),
      );
    }
    actions.append(button(words.close, () => list.close()));
    list.replaceChildren(element("h2", words.list), stars().length ? rows : element("p", words.empty), actions, status);
  };
  const open = button(words.list, () => [drawList(), list.showModal()]);

  for (const item of isKept ? items : []) {
    const star = button("☆", () => toggle(paperOf(item)), "star");
    star.setAttribute("aria-label", `${words.star}: ${paperOf(item).title}`);
    (item.querySelector(":scope > header") ?? item).append(star);
  }
  for (const links of document.querySelectorAll("article .links")) {
    const article = links.closest("article");
    const copied = button(words.copylink, (made) => copy(address(article.id), made), "linklike");
    const place = article.matches(".whole") ? shelf : links.appendChild(document.createElement("li"));
    place.append(copied);
  }
  if (isKept) {
    shelf?.append(open);
    document.body.append(list);
    draw();
  }
  Object.assign(globalThis.dailyPapers, { words, shelf, isKept, recall, remember, stars, change, whenChanged, element, button, statusLine, tagsOf, paperOf, copy, markdown });
})();
