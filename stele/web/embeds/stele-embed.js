// Stele 1: <stele-memorial src="…">a link</stele-memorial>
(() => {
  const foreign = "base,embed,form,iframe,link,math,meta,object,script,style,svg,template";

  function clean(page) {
    page.querySelectorAll(foreign).forEach((element) => element.remove());
    for (const element of page.querySelectorAll("*")) {
      for (const { name, value } of [...element.attributes]) {
        const leads = /^(href|src)$/.test(name) && !/^(https?:|mailto:|tel:|#)/i.test(value);
        if (leads || /^(on|style$|srcset$)/.test(name)) element.removeAttribute(name);
      }
    }
  }

  function sheet(text) {
    const made = new CSSStyleSheet();
    made.replaceSync(text);
    return made;
  }

  customElements.define("stele-memorial", class extends HTMLElement {
    async connectedCallback() {
      const answer = await fetch(this.getAttribute("src"), { credentials: "omit" });
      if (!answer.ok || this.shadowRoot) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      // Hosts reach no further.
      const sheets = [sheet(":host{display:block}:host>div{all:initial;display:block}")];
      page.querySelectorAll("style").forEach((style) => sheets.push(sheet(style.textContent)));
      clean(page);
      const root = this.attachShadow({ mode: "open" }), text = document.createElement("div");
      root.adoptedStyleSheets = sheets;
      text.append(...page.body.childNodes);
      root.append(text);
      text.onclick = (event) => {
        const link = event.target.closest("a[href^='#']");
        const goal = link && root.getElementById(link.hash.slice(1));
        if (!goal) return;
        event.preventDefault();
        goal.scrollIntoView();
      };
    }
  });

  addEventListener("message", ({ data, source }) => {
    if (data?.type !== "stele:height") return;
    document.querySelectorAll("iframe.stele").forEach(({ contentWindow, style }) => {
      if (contentWindow === source) style.setProperty("height", +data.height + "px", "important");
    });
  });
})();
