// How a paper that is found is shown, with the words that it is found by marked.
"use strict";
(() => {
  globalThis.dailySearch.view = (count, list, language) => {
    const search = globalThis.dailySearch;
    const element = (name, attributes = {}, ...children) => {
      const made = Object.assign(document.createElement(name), attributes);
      made.append(...children);
      return made;
    };
    const said = (name, number) => {
      const text = count.dataset[name] ?? count.dataset[name + (number === 1 ? "One" : "Other")];
      return text.replace("{count}", number?.toLocaleString(language));
    };

    const marked = (text, marks, beginning) => {
      const nodes = [];
      let end = 0;
      for (const match of text.matchAll(/[가-힣]+|[\p{L}\p{N}]+/gu)) {
        const token = match[0].normalize("NFKC");
        const lower = token.toLowerCase();
        const hit = search.isHangul(token)
          ? marks.some((mark) => search.isHangul(mark) && (token.includes(mark) || mark.includes(token)))
          : marks.includes(lower) || marks.includes(search.singular(lower)) || (beginning && lower.startsWith(beginning));
        if (!hit) continue;
        nodes.push(text.slice(end, match.index), element("mark", {}, match[0]));
        end = match.index + match[0].length;
      }
      return [...nodes, text.slice(end)];
    };

    const item = (paper, day, asked) => {
      const mark = (text) => marked(text, asked.marks, asked.beginning);
      const address = `${list.dataset.papers}${encodeURIComponent(paper.id.replaceAll("/", "_"))}/index.html`;
      const facts = element("span", { className: "badges" }, element("time", { dateTime: day }, day), " · ", said("votes", paper.upvotes ?? 0));
      if (paper.code) facts.append(" · ", count.dataset.code);
      const made = element("li", {}, element("a", { href: address, lang: "en" }, ...mark(paper.title)), " ", facts);
      if (paper.one_line) made.append(element("p", {}, ...mark(paper.one_line)));
      const label = count.dataset[`source${paper.source ?? ""}`];
      if (paper.one_line && label) made.append(element("p", { className: "small" }, label));
      const others = [...(paper.tags ?? []), ...(paper.organisation ? [paper.organisation] : []), ...(paper.authors ?? []), ...(paper.terms ?? [])];
      const why = others.map(mark).filter((nodes) => nodes.length > 1);
      if (why.length) made.append(element("p", { className: "small" }, ...why.flatMap((nodes, place) => (place ? [" · ", ...nodes] : nodes))));
      return made;
    };

    return { said, item };
  };
})();
