// Finds sections by what was typed, in the scripts that stele/web/search wrote: from a disk too.
"use strict";
const steleSearch = (() => {
  const asked = {}, arrived = {}, unpacked = {};
  let index;

  // Each script of data calls steleSearch(name, data).
  const take = (name, data) => arrived[name](data);
  const load = name => asked[name] ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    arrived[name] = resolve;
    script.src = `${name}.js`;
    script.onerror = () => { delete asked[name]; reject(new Error(name)); };
    document.head.append(script);
  });
  const start = async () => index ??= await load("index");

  // As in stele/language/folding.py, by the same tables.
  const letter = char => index.letters[char];
  const bare = char =>
    Array.from(char.normalize("NFKD").replace(new RegExp(index.dropped, "g"), ""), part => letter(part) ?? part).join("");
  const fold = (word, [, own, digraphs]) => {
    const folded = Array.from(word.toLowerCase(), char => own[char] ?? letter(char) ?? bare(char)).join("");
    return digraphs.reduce((text, [two, one]) => text.replaceAll(two, one), folded);
  };
  const split = (text, rule) => [...text.matchAll(new RegExp(rule[0], "g"))];
  const words = (text, rule) => split(text.normalize("NFKC"), rule).map(([word]) => fold(word, rule)).filter(Boolean);
  const fits = (word, term) => word === term || (!/^(.|\d{1,3})$/.test(term) && word.startsWith(term));

  // Ways to read what was typed: lists of terms, all of which a section must have.
  const DATE = /\b(?:(\d{1,2})[-./])?(\d{1,2})[-./](\d{4})\b|\b(\d{4})-(\d{1,2})(?:-(\d{1,2}))?\b/g;
  const date = (y, m, d) => `#${y}${[m, d].filter(Boolean).map(part => String(part).padStart(2, "0")).join("")}`;
  function readings(typed) {
    const dates = [];
    const european = Array.from(typed.normalize("NFKC"), char => /\d/.test(letter(char)) ? letter(char) : char).join("");
    const rest = european.replace(DATE, (_, d, m, y, year, month, day) => {
      dates.push(year ? date(year, month, day) : m > 12 ? date(y, d, m) : date(y, m, d));
      return " ";
    });
    const plain = index.rules.map(rule => [...words(rest, rule), ...dates]);
    const distinct = new Map([...plain, inWords(plain[0])].map(terms => [terms.join(), terms]));
    return [...distinct.values()].filter(terms => terms.length);
  }
  const month = term => {
    const fitting = index.months.filter(name => name && term.startsWith(name));
    return 1 + index.months.indexOf(fitting.sort((one, other) => other.length - one.length)[0]);
  };
  function inWords(terms) {
    const at = terms.findIndex(month), year = terms.find(term => /^\d{4}$/.test(term));
    if (at < 0 || !year) return [];
    const day = [terms[at - 1], terms[at + 1]].find(term => /^\d{1,2}$/.test(term));
    return [...terms.filter(term => ![terms[at], year, day].includes(term)), date(year, month(terms[at]), day)];
  }

  // Lines of words, as stele/web/search/shards.py writes them.
  const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  function unpack(name, data) {
    let word = "";
    return unpacked[name] ??= data.split(",").map(line => {
      const [rest, ...more] = line.split(" ");
      word = word.slice(0, DIGITS.indexOf(rest[0])) + rest.slice(1);
      return [word, ...more];
    });
  }
  function* postings(text) {
    let section = 0;
    for (const digits of text.match(/[^A-f]*[A-f]/g) ?? []) {
      const value = Array.from(digits).reduce((sum, digit) => 32 * sum + DIGITS.indexOf(digit) % 32, 0);
      section += Math.floor(value / 3);
      yield [section, value % 3];
    }
  }
  async function* lines(term) {
    for (let at = Math.max(index.words.findLastIndex(first => first < term), 0); at < index.words.length; at++) {
      if (index.words[at] > term && !index.words[at].startsWith(term)) return;
      const name = `words-${at}`;
      yield* unpack(name, await load(name)).filter(([word]) => fits(word, term));
    }
  }
  async function scores(term, marks, isAlias) {
    const found = new Map(), aliases = new Set();
    for await (const [word, text, ...others] of lines(term)) {
      others.forEach(other => aliases.add(other));
      for (const [section, place] of postings(text)) {
        const score = [1, 4, 8][place] * (word === term ? 2 : 1);
        found.set(section, Math.max(score, found.get(section) ?? 0));
      }
    }
    const [, y, m, d] = term.match(/^#(\d{4})(\d\d)(\d\d)?/) ?? [];
    marks.push(...(y ? [y, index.months[m - 1], String(+(d ?? y))] : [term]));
    for (const alias of isAlias ? [] : aliases)
      for (const [section, score] of await scores(alias, marks, true)) found.set(section, found.get(section) ?? score);
    return found;
  }

  // The sections that have what was typed, the best first, and words to mark in them.
  async function find(typed) {
    const best = new Map(), marks = [];
    await start();
    for (const terms of readings(typed)) {
      const [first, ...others] = await Promise.all(terms.map(term => scores(term, marks)));
      for (const [section, score] of first) {
        if (!others.every(found => found.has(section))) continue;
        const sum = others.reduce((sum, found) => sum + found.get(section), score);
        best.set(section, Math.max(sum, best.get(section) ?? 0));
      }
    }
    const sections = [...best].sort((one, other) => other[1] - one[1] || one[0] - other[0]).map(([section]) => section);
    return { sections, marks: marks.filter(Boolean) };
  }
  async function read(section) {
    const at = index.texts.findLastIndex(first => first <= section);
    const [pages, entries] = await load(`texts-${at}`);
    const [page, anchor, heading, text] = entries[section - index.texts[at]], [href, ...title] = pages[page];
    return { href: anchor ? `${href}#${encodeURIComponent(anchor)}` : href, title, heading, text };
  }
  const marked = (text, marks) => split(text, index.rules[0]).filter(([word]) => index.rules.some(rule => {
    const folded = fold(word.normalize("NFKC"), rule);
    const rest = folded.replace(new RegExp(index.proclitics), "");
    return marks.some(mark => fits(folded, mark) || fits(rest, mark));
  }));
  return Object.assign(take, { start, words, find, read, marked });
})();
