// A chart: a quantity against the epoch, for training and for validation, before those of a run that was kept.

const [CHART_WIDTH, CHART_HEIGHT] = [340, 206];
const UNTRAINED = Math.log(10); // the loss of guessing among ten: where a run is expected to begin
const EDGE = { left: 42, right: 12, top: 12, bottom: 38 };

class Chart {
  /** Draw into an <svg>; `pick(run)` lists [epoch, training, validation], `ceiling` fixes the top. */
  constructor(svg, pick, format, axis, ceiling) {
    Object.assign(this, { svg, pick, format, axis, ceiling });
    svg.setAttribute("viewBox", `0 0 ${CHART_WIDTH} ${CHART_HEIGHT}`);
    const group = (className) => this.add("g", { class: className });
    this.grid = group("rules");
    this.lines = ["kept", "now"].map((run) =>
      ["training", "validation"].map((kind) => ({
        line: this.add("path", { class: `${run} ${kind}` }),
        dot: run === "now" && this.add("circle", { class: `dot ${kind}`, r: 3.5 }),
      })),
    );
    this.mark = this.add("path", { class: "mark" });
  }

  add(tag, attributes, parent = this.svg) {
    const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    return parent.appendChild(element);
  }

  /** Draw the run, and one that was kept or null, over so many epochs; mark an epoch, or none. */
  draw(run, kept, epochs, marked) {
    const [before, now] = [kept ? this.pick(kept) : [], this.pick(run)];
    this.top = this.ceiling ?? axisTop(before, now);
    this.epochs = epochs;
    this.drawGrid();
    [before, now].forEach((points, i) =>
      this.lines[i].forEach(({ line, dot }, kind) => {
        line.setAttribute("d", this.path(points.map((point) => [point[0], point[1 + kind]])));
        const last = points.findLast((point) => marked === null || point[0] <= marked);
        if (!dot) return;
        const shown = last && Number.isFinite(last[1 + kind]);
        dot.setAttribute("visibility", shown ? "visible" : "hidden");
        if (!shown) return;
        dot.setAttribute("cx", this.x(last[0]));
        dot.setAttribute("cy", this.y(last[1 + kind]));
      }),
    );
    this.mark.setAttribute("d", marked === null ? "" : `M${this.x(marked)} ${this.y(0)}V${EDGE.top}`);
  }

  x(epoch) {
    return EDGE.left + (epoch / this.epochs) * (CHART_WIDTH - EDGE.left - EDGE.right);
  }

  /** What is beyond the top runs along just above it. */
  y(value) {
    const height = CHART_HEIGHT - EDGE.top - EDGE.bottom;
    return CHART_HEIGHT - EDGE.bottom - Math.min(value / this.top, 1.03) * height;
  }

  path(points) {
    let [d, pen] = ["", "M"];
    for (const [epoch, value] of points) {
      if (Number.isFinite(value)) d += `${pen}${this.x(epoch).toFixed(1)} ${this.y(value).toFixed(1)}`;
      pen = Number.isFinite(value) ? "L" : "M";
    }
    return d;
  }

  /** Draw axes and ticks anew where the ranges have changed. */
  drawGrid() {
    const ranges = `${this.epochs} ${this.top}`;
    if (this.ranges === ranges) return;
    this.ranges = ranges;
    this.grid.replaceChildren();
    const text = (x, y, anchor, content) =>
      (this.add("text", { x, y, "text-anchor": anchor }, this.grid).textContent = content);
    for (const value of ticks(this.top, 4)) {
      this.add("path", { d: `M${EDGE.left} ${this.y(value)}H${CHART_WIDTH - EDGE.right}` }, this.grid);
      text(EDGE.left - 7, this.y(value) + 4, "end", this.format(value));
    }
    for (const epoch of ticks(this.epochs, 6)) text(this.x(epoch), CHART_HEIGHT - 22, "middle", epoch);
    text((EDGE.left + CHART_WIDTH - EDGE.right) / 2, CHART_HEIGHT - 7, "middle", this.axis);
    this.add("path", { class: "axis", d: `M${EDGE.left} ${this.y(0)}H${CHART_WIDTH - EDGE.right}` }, this.grid);
  }
}

/** Return where the axis ends: at the largest number of a run, its start apart; a run that was kept gets some room. */
function axisTop(before, now) {
  const largest = (points) =>
    Math.max(0, ...(points.length > 1 ? points.slice(1) : points).flatMap((point) => point.slice(1)).filter(Number.isFinite));
  const [theirs, ours] = [largest(before), largest(now)];
  const most = now.length > 1 ? Math.max(ours, Math.min(theirs, 3 * ours)) : Math.max(ours, theirs);
  const step = niceStep(most || UNTRAINED, 4);
  return step * Math.ceil((most || UNTRAINED) / step - 1e-9);
}

/** Return a round step, 1, 2 or 5 times a power of ten, that divides a range into at most so many parts. */
function niceStep(range, parts) {
  const power = 10 ** Math.floor(Math.log10(range / parts));
  return [1, 2, 5, 10].map((factor) => factor * power).find((step) => range / step <= parts * 1.0001);
}

function ticks(top, parts) {
  const step = Math.max(niceStep(top, parts), 1e-12);
  return Array.from({ length: Math.floor(top / step + 1.0001) }, (_, i) => Number((i * step).toPrecision(12)));
}
