// Finds what a reader types in the words that stele/web/search wrote beside the page: without a server, from a disk too.
"use strict";
(() => {
  const names = ["search", "query", "status", "forms", "results", "more", "otherwise", "no-script"];
  const [form, query, status, forms, list, more, otherwise, noScript] = names.map(id => document.getElementById(`_${id}`));
  const AT_ONCE = 20, BEFORE = 60, LONG = 220;

  // Data: each script calls steleSearch with its name.
  const asked = {}, arrived = {};
  window.steleSearch = (name, data) => arrived[name](data);
  const load = name => asked[name] ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    arrived[name] = resolve;
    script.src = `${name}.js`;
    script.onerror = () => { delete asked[name]; reject(new Error(name)); };
    document.head.append(script);
  });

  // Folding, as in stele/language/folding.py.
  let index, dropped;
  const bare = letter =>
    Array.from(letter.normalize("NFKD").replace(dropped, ""), part => index.letters[part] ?? part).join("");
  const fold = (word, [, letters, digraphs]) => {
    const folded = Array.from(word.toLowerCase(), letter => letters[letter] ?? index.letters[letter] ?? bare(letter));
    return digraphs.reduce((text, [two, one]) => text.replaceAll(two, one), folded.join(""));
  };
  const words = (text, rule) =>
    (text.normalize("NFKC").match(new RegExp(rule[0], "g")) ?? []).map(word => fold(word, rule)).filter(Boolean);

  // A query as lists of terms, each of which a section must have; a date is one term.
  const DATE = /\b(?:(\d{1,2})[-./])?(\d{1,2})[-./](\d{4})\b|\b(\d{4})-(\d{1,2})(?:-(\d{1,2}))?\b/g;
  const day = (y, m, d) => `#${y}${[m, d].filter(Boolean).map(part => String(part).padStart(2, "0")).join("")}`;
  const european = text => Array.from(text.normalize("NFKC"), char => index.letters[char]?.match(/\d/)?.[0] ?? char).join("");
  function readings(typed) {
    const dates = [];
    const rest = european(typed).replace(DATE, (_, d, m, y, y2, m2, d2) => {
      dates.push(y2 ? day(y2, m2, d2) : m > 12 && d <= 12 ? day(y, d, m) : day(y, m, d));
      return " ";
    });
    const plain = index.rules.map(rule => [...words(rest, rule), ...dates]);
    return [...plain, worded(plain[0])].filter(terms => terms.length);
  }
  function worded(terms) {
    const begins = term => index.months.map((month, at) => [term.startsWith(month) ? month.length : 0, at + 1])
      .reduce((best, next) => next[0] > best[0] ? next : best, [0, 0])[1];
    const at = terms.findIndex(begins), year = terms.find(term => /^\d{4}$/.test(term));
    if (at < 0 || !year) return [];
    const date = [terms[at - 1], terms[at + 1]].find(term => /^\d{1,2}$/.test(term) && term <= 31);
    const used = [terms[at], year, date];
    return [...terms.filter(term => !used.includes(term)), day(year, begins(terms[at]), date)];
  }

  // Words and their postings.
  const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  const fits = (word, term) => word === term || (!/^(.|\d{1,3})$/.test(term) && word.startsWith(term));
  const lines = {};
  function unpack(name, data) {
    let word = "";
    return lines[name] ??= data.split(",").map(line => {
      const [rest, ...more] = line.split(" ");
      word = word.slice(0, DIGITS.indexOf(rest[0])) + rest.slice(1);
      return [word, ...more];
    });
  }
  function* postings(text) {
    let section = 0, value = 0, shift = 0;
    for (const char of text) {
      const digit = DIGITS.indexOf(char);
      value += (digit & 31) << shift;
      shift += 5;
      if (digit > 31) continue;
      section += Math.floor(value / 3);
      yield [section, value % 3];
      value = shift = 0;
    }
  }
  async function find(term, marks, isAlias) {
    const found = new Map(), others = new Set();
    const last = index.words.findLastIndex(first => first < term);
    for (let at = Math.max(last, 0); at < index.words.length; at++) {
      if (index.words[at] > term && !index.words[at].startsWith(term)) break;
      for (const [word, text, ...aliases] of unpack(at, await load(`words-${at}`))) {
        if (!fits(word, term)) continue;
        for (const [section, place] of postings(text)) {
          const score = [1, 4, 8][place] * (word === term ? 2 : 1);
          found.set(section, Math.max(score, found.get(section) ?? 0));
        }
        aliases.forEach(alias => others.add(alias));
      }
    }
    if (term[0] === "#") marks.push(term.slice(1, 5), index.months[term.slice(5, 7) - 1], String(+term.slice(7) || ""));
    else marks.push(term);
    for (const other of isAlias ? [] : others)
      for (const [section, score] of await find(other, marks, true)) found.set(section, found.get(section) ?? score);
    return found;
  }
  async function matches(typed, marks) {
    const best = new Map();
    for (const terms of new Map(readings(typed).map(terms => [terms.join(), terms])).values()) {
      const found = [];
      for (const term of terms) found.push(await find(term, marks));
      for (const section of found[0].keys()) {
        if (!found.every(hits => hits.has(section))) continue;
        const score = found.reduce((sum, hits) => sum + hits.get(section), 0);
        best.set(section, Math.max(score, best.get(section) ?? 0));
      }
    }
    return [...best].sort((one, other) => other[1] - one[1] || one[0] - other[0]).map(([section]) => section);
  }

  // Results: texts of catalogs stay texts.
  function add(parent, name, text = "", lang = "") {
    const made = document.createElement(name);
    made.textContent = text;
    if (lang) Object.assign(made, { lang, dir: "auto" });
    parent.append(made);
    return made;
  }
  function excerpt(parent, text, marks) {
    const marked = [...text.matchAll(new RegExp(index.rules[0][0], "g"))].filter(([word]) =>
      index.rules.some(rule => marks.some(mark => mark && fits(fold(word.normalize("NFKC"), rule), mark))));
    const near = at => marked.filter(hit => hit.index >= at && hit.index < at + LONG - BEFORE).length;
    const centre = marked.reduce((best, hit) => near(hit.index) > near(best) ? hit.index : best, marked[0]?.index ?? 0);
    const start = centre < BEFORE ? 0 : text.indexOf(" ", centre - BEFORE) + 1;
    const end = start + LONG < text.length ? Math.max(text.lastIndexOf(" ", start + LONG), centre + 1) : text.length;
    let at = start > centre ? centre : start;
    if (at) parent.append("… ");
    for (const { 0: word, index: from } of marked) {
      if (from < at || from + word.length > end) continue;
      parent.append(text.slice(at, from));
      add(parent, "mark", word);
      at = from + word.length;
    }
    parent.append(text.slice(at, end), end < text.length ? " …" : "");
  }
  async function show(section, marks) {
    const at = index.texts.findLastIndex(first => first <= section);
    const [pages, entries] = await load(`texts-${at}`);
    const [page, anchor, heading, text] = entries[section - index.texts[at]], [href, ...title] = pages[page];
    const item = document.createElement("li"), link = add(item, "a", ...(heading[0] ? heading : title));
    link.href = anchor ? `${href}#${encodeURIComponent(anchor)}` : href;
    if (heading[0]) add(item, "p", ...title).className = "where";
    if (text[0]) excerpt(add(item, "p", "", text[1]), text[0], marks);
    return item;
  }
  function counted(count) {
    const which = forms.dataset.which[count < 200 ? count : 100 + count % 100];
    const digits = String(count).replace(/\d/g, digit => forms.dataset.digits[digit]);
    return count ? forms.children[which].textContent.replace("#", digits) : status.dataset.none;
  }

  let turn = 0, rest = () => {};
  async function search() {
    const mine = ++turn, typed = query.value.trim();
    let found = [], marks = [];
    async function next() {
      const items = await Promise.all(found.slice(list.children.length, list.children.length + AT_ONCE).map(one => show(one, marks)));
      if (mine !== turn) return null;
      list.append(...items);
      more.hidden = list.children.length >= found.length;
      return items[0];
    }
    try {
      index ??= await load("index");
      dropped = new RegExp(index.dropped, "g");
      found = typed ? await matches(typed, marks) : [];
      if (mine !== turn) return;
      list.replaceChildren();
      list.hidden = !found.length;
      otherwise.hidden = Boolean(typed);
      await next();
      if (mine === turn) status.textContent = typed ? counted(found.length) : "";
      rest = next;
    } catch {
      status.textContent = status.dataset.failed;
    }
  }

  // What was asked stands behind the # of the address, where a page of a disk may write it too.
  const address = () => new URLSearchParams(location.hash.startsWith("#q=") ? location.hash.slice(1) : location.search).get("q") ?? "";
  const remember = () => { if (query.value !== address()) location.hash = new URLSearchParams({ q: query.value }); };
  const recall = () => { query.value = address(); search(); };
  let pause;
  query.addEventListener("input", () => { clearTimeout(pause); pause = setTimeout(search, 200); });
  query.addEventListener("change", remember);
  form.addEventListener("submit", event => { event.preventDefault(); remember(); search(); });
  more.addEventListener("click", async () => (await rest())?.querySelector("a").focus());
  addEventListener("hashchange", recall);
  noScript.remove();
  form.hidden = false;
  if (address()) recall(); else query.focus();
})();
