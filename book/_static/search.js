// What the search page adds to Sphinx's search: results in the reader's language come first.
"use strict";

const SPHINX_HIGHLIGHT_ENABLED = false; // it would mark pairs of syllables
const shown = localStorage.getItem("language") || document.documentElement.lang;
const preferred = location.pathname.match(/search_(ko|en)\.html$/)?.[1] ?? shown;
Scorer.score = ([page, , , , score]) => score + (page.startsWith(`book/${preferred}/`) ? 1000 : 0);

// An excerpt is read from the page found, which a browser allows on a server, not on pages opened from disk.
DOCUMENTATION_OPTIONS.SHOW_SEARCH_SUMMARY = location.protocol !== "file:";
