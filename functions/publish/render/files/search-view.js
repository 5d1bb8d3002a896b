// How a paper that is found is shown, with the words that it is found by marked.
"use strict";
(() => {
  globalThis.dailySearch.view = (count, list) => {
    const search = globalThis.dailySearch;
    const element = (name, attributes = {}, ...children) => {
      const made = Object.assign(document.createElement(name), attributes);
      made.append(...children);
      return made;
    };
    // As the pages write numbers; toLocaleString takes milliseconds to begin with.
    const grouped = (number) => String(number).replaceAll(/\B(?=(?:\d{3})+$)/g, ",");
    const label = (name, number) => {
      const text = count.dataset[name] ?? count.dataset[name + (number === 1 ? "One" : "Other")];
      return text.replace("{count}", grouped(number));
    };

    // How many of the words from here on are what was asked for.
    const matched = (words, { marks, beginnings }) => {
      const [word] = words;
      if (search.isHangul(word)) return marks.some(([mark]) => mark.length > 1 && search.isHangul(mark) && (word.includes(mark) || (word.length > 1 && mark.includes(word)))) ? 1 : 0;
      const lengths = marks.filter((mark) => mark.every((each, place) => each === words[place])).map((mark) => mark.length);
      return Math.max(0, ...lengths, beginnings.some((each) => word.startsWith(each)) ? 1 : 0);
    };
    const marked = (text, asked) => {
      const found = [...text.matchAll(/[가-힣]+|(?:(?![가-힣_])[\p{L}\p{N}])+/gu)];
      const words = found.map(([token]) => search.singular(token.normalize("NFKC").toLowerCase()));
      const nodes = [];
      let end = 0;
      for (let place = 0; place < words.length; ) {
        const length = matched(words.slice(place), asked);
        if (length) {
          const [first, last] = [found[place], found[place + length - 1]];
          nodes.push(text.slice(end, first.index), element("mark", {}, text.slice(first.index, last.index + last[0].length)));
          end = last.index + last[0].length;
        }
        place += length || 1;
      }
      return [...nodes, text.slice(end)];
    };

    const item = (paper, day, asked) => {
      const mark = (text) => marked(text, asked);
      const address = `${list.dataset.papers}${encodeURIComponent(paper.id.replaceAll("/", "_"))}/index.html`;
      const facts = element("span", { className: "badges" }, element("time", { dateTime: day }, day), " · ", label("votes", paper.upvotes ?? 0));
      if (paper.code) facts.append(" · ", count.dataset.code);
      const made = element("li", {}, element("a", { href: address, lang: "en" }, ...mark(paper.title)), " ", facts);
      if (paper.one_line) made.append(element("p", {}, ...mark(paper.one_line)));
      const source = count.dataset[`source${paper.source ?? ""}`];
      if (paper.one_line && source) made.append(element("p", { className: "small" }, source));
      const why = [...paper.tags, paper.organisation, ...paper.authors, ...paper.keywords, ...paper.terms].map(mark).filter((nodes) => nodes.length > 1);
      if (why.length) made.append(element("p", { className: "small" }, ...why.flatMap((nodes, place) => (place ? [" · ", ...nodes] : nodes))));
      return made;
    };

    return { label, item };
  };
})();
