// The little that the pages do themselves. Everything works without it, only less conveniently.
"use strict";

// A chapter's language is remembered for the root page. The way to the other one leads to the section being read.
const twin = document.querySelector(".language-switch");
if (twin) {
  localStorage.setItem("language", document.documentElement.lang);
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
