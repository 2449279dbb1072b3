// The page of the search: what is typed goes to steleSearch, and what it finds becomes a list. Texts stay texts.
"use strict";
(() => {
  const named = id => document.getElementById(`_${id}`);
  const [form, query, status, forms] = ["search", "query", "status", "forms"].map(named);
  const [list, more, otherwise] = ["results", "more", "otherwise"].map(named);
  const AT_ONCE = 20, BEFORE = 60, LONG = 220;
  let pause, turn = 0, found = { sections: [], marks: [] };

  function add(parent, name, [text, lang] = []) {
    const made = document.createElement(name);
    made.textContent = text ?? "";
    if (lang) Object.assign(made, { lang, dir: "auto" });
    parent.append(made);
    return made;
  }
  function excerpt(parent, text) {
    const hits = steleSearch.marked(text, found.marks);
    const near = from => hits.filter(({ index }) => index >= from && index < from + LONG - BEFORE).length;
    const centre = hits.map(({ index }) => index).reduce((best, next) => near(next) > near(best) ? next : best, hits[0]?.index ?? 0);
    const start = centre < BEFORE ? 0 : Math.min(text.indexOf(" ", centre - BEFORE) + 1, centre);
    const end = start + LONG < text.length ? Math.max(text.lastIndexOf(" ", start + LONG), centre + 1) : text.length;
    let at = start;
    parent.append(start ? "… " : "");
    for (const { 0: word, index } of hits) {
      if (index < at || index + word.length > end) continue;
      parent.append(text.slice(at, index));
      add(parent, "mark", [word]);
      at = index + word.length;
    }
    parent.append(text.slice(at, end), end < text.length ? " …" : "");
  }
  async function item(section) {
    const { href, title, heading, text } = await steleSearch.read(section);
    const made = document.createElement("li");
    add(made, "a", heading[0] ? heading : title).href = href;
    if (heading[0]) add(made, "p", title).className = "where";
    if (text[0]) excerpt(add(made, "p", ["", text[1]]), text[0]);
    return made;
  }
  async function show(mine) {
    const shown = list.children.length;
    const items = await Promise.all(found.sections.slice(shown, shown + AT_ONCE).map(item));
    if (mine !== turn) return null;
    list.append(...items);
    more.hidden = list.children.length >= found.sections.length;
    return items[0];
  }
  function counted(count) {
    if (!count) return status.dataset.none;
    const which = forms.dataset.which[count < 200 ? count : 100 + count % 100];
    const digits = String(count).replace(/\d/g, digit => forms.dataset.digits[digit]);
    return forms.children[which].textContent.replace("#", digits);
  }
  async function search() {
    clearTimeout(pause);
    const mine = ++turn, typed = query.value.trim();
    try {
      const next = await steleSearch.find(typed);
      if (mine !== turn) return;
      found = next;
      list.replaceChildren();
      more.hidden = true;
      list.hidden = !found.sections.length;
      otherwise.hidden = Boolean(typed);
      await show(mine);
      if (mine === turn) status.textContent = typed ? counted(found.sections.length) : "";
    } catch {
      status.textContent = status.dataset.failed;
    }
  }

  // What was asked stands behind the # of the address, which a page from a disk may write too.
  const asked = () => new URLSearchParams(location.hash.startsWith("#q=") ? location.hash.slice(1) : location.search).get("q") ?? "";
  const remember = () => { if (query.value !== asked()) location.hash = new URLSearchParams({ q: query.value }); };
  const recall = () => { query.value = asked(); search(); };
  query.addEventListener("input", () => { clearTimeout(pause); pause = setTimeout(search, 200); });
  query.addEventListener("change", remember);
  form.addEventListener("submit", event => { event.preventDefault(); remember(); search(); });
  more.addEventListener("click", async () => (await show(turn))?.querySelector("a").focus());
  addEventListener("hashchange", () => { if (query.value !== asked()) recall(); }); // else this page wrote it
  form.hidden = false;
  if (asked()) recall(); else query.focus();
})();
