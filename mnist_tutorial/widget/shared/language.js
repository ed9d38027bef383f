// Which language a widget speaks.

const PROSE = ":is(p, h1, h2, h3, h4):not(.still)";
const ENOUGH = 20; // letters that tell the language of a text

/** Return "ko" or "en": as the book's page is; else as the notebook says or is written; else as the browser is set. */
function languageFor(element) {
  const ofTheBook = document.querySelector("meta[name=mnist-tutorial]");
  // Notebook programs and converters write lang="en" on <html>, whatever the notebook is written in.
  const said = ofTheBook ? element.parentElement.closest("[lang]") : element.closest("[lang]:not(html)");
  return (said?.lang || languageAround(element) || navigator.language).startsWith("ko") ? "ko" : "en";
}

/** Return the language of the nearest text, or null where there is too little. */
function languageAround(element) {
  for (let around = element.parentElement; around; around = around.parentElement) {
    const text = Array.from(around.querySelectorAll(PROSE), (part) => part.textContent).join(" ");
    const letters = text.match(/\p{L}/gu) ?? [];
    const hangul = text.match(/\p{Script=Hangul}/gu) ?? [];
    if (letters.length >= ENOUGH) return hangul.length > letters.length / 4 ? "ko" : "en";
  }
  return null;
}
