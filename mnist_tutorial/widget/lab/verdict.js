// What the curves of a run show, in words, and how two runs compare.

/** Say what a run came to; `count` is how many validation images there are. */
function verdict(run, count, words) {
  if (run.diverged) return words.diverged(run.epoch + 1);
  if (run.risen) return words.risen;
  if (!run.trained) return run.partial ? "" : words.ready;
  const last = run.points.at(-1);
  const score = words.score(share(last.accuracy[1]), Math.round(last.accuracy[1] * count), count);
  const { lowest, turned } = run;
  return turned ? `${score} ${words.turned(lowest.epoch, short(lowest.loss[1], 3), short(last.loss[1], 3))}` : score;
}

/** Compare a run with the one that was kept, in a line; a difference that chance could make is said to be one. */
function comparison(run, kept, count, words) {
  const differs = (name) => name !== "epochs" && String(run.settings[name]) !== String(kept.settings[name]);
  const differing = Object.keys(SETTINGS).filter(differs);
  const [before, now] = [kept, run].map(({ settings, points }) => {
    const { accuracy, epoch } = points.at(-1);
    const said = differing.map((name) => words.short[name](settings[name])).join(", ");
    return { text: words.summary(said, share(accuracy[1]), epoch), accuracy: accuracy[1] };
  });
  const difference = now.accuracy - before.accuracy;
  const points = Math.abs(100 * difference).toFixed(1);
  const error = Math.sqrt((2 * now.accuracy * (1 - now.accuracy)) / count);
  const chance = points !== "0.0" && Math.abs(difference) < 2 * error ? ` ${words.chance}` : "";
  return words.compared(before.text, now.text, words.difference(points, difference > 0)) + chance;
}

const share = (value) => `${(100 * value).toFixed(1)}%`;

/** Return a loss in few letters, with so many digits after the point where there is room. */
function short(value, digits = 2) {
  if (value >= 1e6) return value.toExponential(0).replace("+", "");
  if (value >= 1e4) return `${Math.round(value / 1000)}k`;
  if (value >= 100) return String(Math.round(value));
  return digits === 2 ? String(Number(value.toFixed(digits))) : value.toFixed(digits);
}
