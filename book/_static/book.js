// The little that the pages do themselves. Everything works without it, only less conveniently.
"use strict";

// The language that the reader chose last is the landing page's too, and comes first in a search of both.
const twin = document.querySelector(".language-switch"); // only pages in one language have it
if (twin)
  try {
    localStorage.setItem("language", document.documentElement.lang);
  } catch {} // the browser keeps nothing

// The way to the other language leads to the section being read.
if (twin) {
  twin.addEventListener("click", () => {
    const top = (section) => section.getBoundingClientRect().top;
    const sections = [...document.querySelectorAll("article section[id]")];
    const asked = sections.find((section) => section.id === location.hash.slice(1));
    const asked_is_seen = asked && top(asked) >= 0 && top(asked) < innerHeight;
    const begun = sections.filter((section) => top(section) < innerHeight / 3);
    const read = asked_is_seen ? asked : scrollY > 0 ? begun.pop() : null;
    twin.hash = read ? read.id : "";
  });
}

// The copy buttons speak several languages, but no Korean.
if (document.documentElement.lang === "ko")
  Object.assign(messages.en, { copy: "복사", copy_success: "복사했습니다", copy_failure: "복사하지 못했습니다" });
for (const button of document.querySelectorAll(".copybtn")) {
  button.dataset.tooltip = button.ariaLabel = messages.en.copy;
  button.querySelector("title")?.remove();
}

// A table that is wider than the page becomes a list of its rows, each cell named by its column.
const tables = [...document.querySelectorAll("article table")].filter((table) => table.tHead);
for (const table of tables) {
  const columns = [...table.tHead.rows[0].cells].map((cell) => cell.textContent.trim());
  for (const cell of table.querySelectorAll("tbody td"))
    if (cell.textContent.trim()) cell.dataset.column = columns[cell.cellIndex];
}
const fit = () => {
  for (const table of tables) {
    table.classList.remove("stacked");
    table.classList.toggle("stacked", table.scrollWidth > table.parentElement.clientWidth + 1);
  }
};
addEventListener("resize", fit);
fit();

// On paper nothing is folded but the checks. (book.css opens it too, where a browser can, for printing without scripts.)
// And paper is white, whatever the screen was.
const folded = [];
let theme;
addEventListener("beforeprint", () => {
  theme = document.documentElement.dataset.theme;
  document.documentElement.dataset.theme = "light";
  folded.push(...document.querySelectorAll(":not(.tag_check) > details:not([open])"));
  for (const each of folded) each.open = true;
});
addEventListener("afterprint", () => {
  document.documentElement.dataset.theme = theme;
  for (const each of folded.splice(0)) each.open = false;
});
