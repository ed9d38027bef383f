// The little that the pages do themselves. Everything works without it, only less conveniently.
"use strict";

// A chapter's language is remembered for the root page. The way to the other one leads to the section being read.
const twin = document.querySelector(".language-switch");
if (twin) {
  localStorage.setItem("language", document.documentElement.lang);
  twin.addEventListener("click", () => {
    const sections = [...document.querySelectorAll("article section[id]")];
    const begun = sections.filter((section) => section.getBoundingClientRect().top < innerHeight / 3);
    twin.hash = scrollY > 0 && begun.length ? begun.pop().id : "";
  });
}

// The copy buttons speak English and six other languages, but no Korean.
if (document.documentElement.lang === "ko") {
  Object.assign(messages.en, { copy: "복사", copy_success: "복사했습니다", copy_failure: "복사하지 못했습니다" });
  for (const button of document.querySelectorAll(".copybtn")) button.dataset.tooltip = messages.en.copy;
}
for (const button of document.querySelectorAll(".copybtn")) button.ariaLabel = messages.en.copy;
