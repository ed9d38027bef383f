// What is done of all exercises: those that were right in this notebook, and what the browser remembers.

class ExerciseProgress extends Widget {
  start() {
    this.chapters = JSON.parse(this.getAttribute("chapters"));
    const here = this.getAttribute("done").split(" ").filter(Boolean);
    this.find(".forget").onclick = () => keepDone(null);
    this.resume();
    if (here.length) keepDone(here);
  }

  resume() {
    this.list = () => this.show(doneExercises());
    document.addEventListener(DONE, this.list);
    this.list();
  }

  disconnectedCallback() {
    document.removeEventListener(DONE, this.list);
  }

  /** List the chapters that were begun, each with what is still open. */
  show(done) {
    const all = Object.values(this.chapters).flat();
    this.find(".sum").textContent = this.words.sum(all.filter((id) => done.has(id)).length, all.length);
    const list = this.find(".chapters");
    list.replaceChildren();
    for (const [chapter, ids] of Object.entries(this.chapters)) {
      const open = ids.filter((id) => !done.has(id));
      if (open.length === ids.length) continue;
      const parts = [this.words.chapter(Number(chapter), ids.length - open.length, ids.length)];
      if (open.length) parts.push(this.words.left(open.join(", ")));
      make("li", { textContent: parts.join("; ") }, list);
    }
    this.find(".forget").hidden = !done.size;
  }
}
