// Which quizzes are done, in the list of chapters; the widgets keep them: see done.js, which stands in widget/shared.
"use strict";
{
  const WORDS = {
    en: (done, all) => `${done} of ${all} predictions right`,
    ko: (done, all) => `예상 문제 ${all}개 가운데 ${done}개를 맞혔습니다`,
  };
  const list = document.querySelector(".bd-docs-nav");
  const forget = document.querySelector(".forget-done");
  const quizzes = JSON.parse(list.dataset.quizzes); // ids by chapter

  /** Put a mark behind each chapter that was begun. */
  const show = () => {
    const done = doneExercises();
    forget.hidden = !done.size;
    for (const mark of list.querySelectorAll(".done")) mark.remove();
    for (const link of list.querySelectorAll("a")) {
      const [, language, chapter] = /\/(ko|en)\/(\d\d)_\w+\.html$/.exec(link.pathname) ?? [];
      const ids = quizzes[chapter] ?? [];
      const count = ids.filter((id) => done.has(id)).length;
      if (!count) continue;
      const mark = document.createElement("span");
      mark.className = "done";
      mark.textContent = `${count}/${ids.length}`;
      mark.title = WORDS[language](count, ids.length);
      mark.role = "img";
      mark.ariaLabel = mark.title;
      mark.style.setProperty("--share", count / ids.length);
      link.append(" ", mark);
    }
  };

  forget.onclick = () => {
    keepDone(null);
    list.querySelector("a").focus(); // the button is gone
  };
  document.addEventListener(DONE, show);
  addEventListener("storage", show); // something was done on another page
  addEventListener("pageshow", show); // and on the way back to this one
}
