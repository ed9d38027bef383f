// The search page: shows what SearchEngine finds for what is in the field, while it is typed.
"use strict";

const field = document.querySelector("main .bd-search input");
const shown = document.getElementById("search-results");
const said = shown.dataset; // the page's sentences, in its language

// A page that searches both languages shows the reader's own first.
const reader = document.documentElement.dataset.reader;
const languages = Object.keys(searchIndexes).sort((a, b) => (b === reader) - (a === reader));
const engines = languages.map((language) => SearchEngine.prepare(searchIndexes[language]));

const fill = (sentence, ...words) => sentence.replace(/\{(\d)\}/g, (_, i) => words[i]);
const marked = (pieces) => pieces.map(([text, match]) => (match ? element("mark", {}, text) : text));

function element(tag, properties, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}

function listOf(result) {
  const title = [...marked(result.title), ...(result.heading.length ? [" › ", ...marked(result.heading)] : [])];
  return element("li", {}, element("a", { href: result.address }, ...title), element("p", {}, ...marked(result.excerpt)));
}

// A word of the glossary, with its meaning; the list below begins with the page that teaches it.
function explain({ address, name, meaning }) {
  return element("p", { className: "search-term" }, element("a", { href: address }, name), ` ${meaning}`);
}

function otherSpelling(word) {
  return element("li", {}, element("a", { href: `?q=${encodeURIComponent(word)}` }, word));
}

function show(query) {
  shown.replaceChildren();
  if (query) {
    const found = engines.map((engine) => SearchEngine.find(query, engine));
    const [{ terms, replaced, unknown, suggested }] = found;
    const results = found.flatMap((each) => each.results);
    const lines = [fill(results.length ? said.found : said.nothing, results.length || query)];
    if (results.length && unknown.length) lines.push(fill(said.unknown, unknown.join(", ")));
    lines.push(...replaced.map(([typed, nearest]) => fill(said.replaced, typed, nearest)));
    shown.append(element("div", { role: "status" }, ...lines.map((line) => element("p", {}, line))));
    shown.append(...terms.slice(0, 2).map(explain), element("ol", {}, ...results.map(listOf)));
    if (!results.length) {
      if (suggested.length) shown.append(element("p", {}, said.nearest), element("ul", {}, ...suggested.map(otherSpelling)));
      const glossary = languages.map((language) => searchIndexes[language].glossary)[0];
      shown.append(element("p", {}, element("a", { href: glossary }, said.glossary)));
    }
  }
  said.query = query;
}

field.value = new URLSearchParams(location.search).get("q") ?? "";
field.addEventListener("input", () => show(field.value.trim()));
show(field.value.trim());
if (!field.value) field.focus();
