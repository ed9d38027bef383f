// What every widget is: an element of the page with a shadow tree of its own, in the reader's language, light or dark.

class Widget extends HTMLElement {
  /** Fill the shadow tree, then let the widget `start`; one that was only moved on the page comes back by `resume`. */
  connectedCallback() {
    if (this.shadowRoot) return this.resume();
    const { html, css, words } = this.constructor.parts;
    this.dataset.lmSuppressShortcuts = "true"; // JupyterLab leaves the keys to the widget
    this.attachShadow({ mode: "open" }).innerHTML = `<style>${COMMON_STYLE}\n${css}</style>${html}`;
    this.language = languageFor(this);
    this.words = words[this.language];
    this.find(".root").lang = this.language;
    this.followTheme();
    this.start();
    this.speak();
  }

  start() {}

  resume() {}

  find(selector) {
    return this.shadowRoot.querySelector(selector);
  }

  findAll(selector) {
    return this.shadowRoot.querySelectorAll(selector);
  }

  /** Put the words into the markup: text, and names for those who do not see it. */
  speak() {
    const text = (name) => (typeof this.words[name] === "function" ? this.words[name](this) : this.words[name]);
    for (const element of this.findAll("[data-text]")) element.textContent = text(element.dataset.text);
    for (const element of this.findAll("[data-label]")) {
      element.setAttribute("aria-label", text(element.dataset.label));
      if (element.matches("button")) element.title = text(element.dataset.label);
    }
  }

  /** Be dark when the book, Jupyter or else the reader's system is. */
  followTheme() {
    const system = matchMedia("(prefers-color-scheme: dark)");
    const follow = () => {
      const book = document.documentElement.dataset.theme;
      const jupyter = document.body.dataset.jpThemeLight;
      this.toggleAttribute("dark", book ? book === "dark" : jupyter ? jupyter === "false" : system.matches);
    };
    follow();
    system.addEventListener("change", follow);
    for (const marked of [document.documentElement, document.body])
      new MutationObserver(follow).observe(marked, { attributes: true });
  }
}

/** Make the widgets of a kind; when the page is still being read, after that: the words around tell the language. */
function define(tag, kind, parts) {
  kind.parts = parts;
  const now = () => customElements.get(tag) ?? customElements.define(tag, kind);
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", now);
  else now();
}
