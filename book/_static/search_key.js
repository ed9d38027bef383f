// Ctrl+K (⌘K too) and / go to the search field, or to the search page where the field is out of sight.
"use strict";

document.addEventListener("keydown", (event) => {
  const typing = event.composedPath()[0].matches?.("input, textarea, select, [contenteditable]");
  const letter = event.code === "KeyK" || event.key.toLowerCase() === "k"; // with Korean typing on, the key is ㅏ
  const combined = letter && (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey;
  const slash = event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey;
  if (!combined && !slash) return;
  event.preventDefault();
  const field = document.querySelector(".bd-search input");
  if (field.checkVisibility({ visibilityProperty: true })) field.select();
  else location.href = field.form.action;
});
