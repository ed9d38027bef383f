// The answer: a bar for each class, and the same in words.

const WORTH_SAYING = 0.001; // a class less probable gets no number, on its bar or in words

/** Return a probability in percent, alike wherever it is shown; 100 only if it is certain. */
function percent(p) {
  if (p >= 0.99) return String(Math.floor(1000 * p) / 10);
  return (100 * p).toFixed(p < 0.0995 ? 1 : 0);
}

class Answer {
  /** Fill a section of the page with bars for so many classes. */
  constructor(section, count, words) {
    Object.assign(this, { section, words });
    section.classList.toggle("many", count > 12);
    this.bars = Array.from({ length: count }, (_, digit) => {
      const bar = make("div", { className: "bar" }, section.querySelector(".bars"));
      const meter = { role: "meter", ariaLabel: words.bar(digit), ariaValueMin: 0, ariaValueMax: 1 };
      const rail = make("div", { className: "rail", ...meter }, bar);
      make("div", { className: "fill" }, rail);
      make("span", { className: "percent" }, rail);
      make("span", { textContent: digit }, bar);
      return bar;
    });
  }

  /** Show the probabilities, or that there are none; `label` is what the picture's label says, or undefined. */
  show(probabilities, blank, label) {
    const order = Array.from(probabilities.keys()).sort((a, b) => probabilities[b] - probabilities[a]);
    const wrong = !blank && label !== undefined && label !== order[0];
    this.section.classList.toggle("empty", blank);
    this.section.classList.toggle("wrong", wrong);
    this.bars.forEach((bar, digit) => {
      const p = blank ? 0 : probabilities[digit];
      bar.style.setProperty("--p", p);
      bar.classList.toggle("first", !blank && digit === order[0]);
      bar.classList.toggle("label", digit === label);
      Object.assign(bar.firstChild, { ariaValueNow: p.toFixed(4), ariaValueText: `${percent(p)}%` });
      bar.querySelector(".percent").textContent = p >= WORTH_SAYING ? percent(p) : "";
    });
    this.section.querySelector(".digit").textContent = blank ? "?" : order[0];
    this.say(blank ? [this.words.nothing, this.words.waiting] : this.sentences(probabilities, order, wrong, label));
  }

  sentences(probabilities, [first, second], wrong, label) {
    const { words } = this;
    const lines = [words.says(first), words.sure(`${percent(probabilities[first])}%`)];
    if (wrong) lines.push(words.label(label));
    else if (probabilities[second] >= WORTH_SAYING)
      lines.push(words.next(second, `${percent(probabilities[second])}%`));
    return lines;
  }

  say(lines) {
    const sure = this.section.querySelector(".sure");
    sure.replaceChildren();
    make("strong", { textContent: lines[0] }, sure);
    sure.append(lines.slice(1).join(" · "));
    clearTimeout(this.speaking); // to a screen reader, once the hand rests
    this.speaking = setTimeout(() => (this.section.querySelector(".heard").textContent = lines.join(", ")), 700);
  }
}
