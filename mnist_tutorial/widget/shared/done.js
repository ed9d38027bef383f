// Which exercises are done, as far as the browser keeps it: their ids, the same for both languages and every page.

const DONE = "exercises done"; // the key, and the event that says it has changed; the site's progress.js uses it too

/** Return the ids of what is done. */
function doneExercises() {
  try {
    return new Set((localStorage.getItem(DONE) ?? "").split(" ").filter(Boolean));
  } catch {
    return new Set(); // the browser keeps nothing
  }
}

/** Keep that these are done, too; without ids, forget all. */
function keepDone(ids) {
  try {
    if (ids) localStorage.setItem(DONE, [...new Set([...doneExercises(), ...ids])].sort().join(" "));
    else localStorage.removeItem(DONE);
  } catch {}
  document.dispatchEvent(new Event(DONE));
}
