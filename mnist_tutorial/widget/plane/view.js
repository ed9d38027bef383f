// The plane as it looks: areas, boundary, folds with the side where the unit is on, points.

const SIDE = 97; // points of the grid that the areas are computed on, each way
const TICK = { gap: 0.26, length: 0.11 };
const SVG = "http://www.w3.org/2000/svg";

class View {
  constructor(sheet) {
    const part = (name) => sheet.querySelector(`.${name}`);
    this.sheet = sheet;
    this.areas = part("areas");
    this.areas.width = this.areas.height = SIDE;
    [this.boundary, this.folds, this.dots] = ["boundary", "folds", "dots"].map(part);
    part("drawing").setAttribute("viewBox", [-REACH, -REACH, 2 * REACH, 2 * REACH].join(" "));
  }

  /** Show what the network makes of the plane, and which points it gets wrong. */
  show(lesson) {
    const { network } = lesson;
    const height = heightOf(network);
    const grid = gridOf(height, SIDE, REACH);
    const colours = ["--cross", "--dot"].map((name) => this.colour(name));
    paint(
      this.areas,
      SIDE,
      (i) => 16 + 84 * Math.abs(Math.tanh(grid[i] / 2)),
      (i) => colours[Number(grid[i] > 0)],
    );
    const to = ([x, y]) => `${x.toFixed(3)},${(-y).toFixed(3)}`;
    const lines = boundaryOf(height, grid, SIDE, REACH).map(([from, end]) => `M${to(from)}L${to(end)}`);
    this.boundary.setAttribute("d", lines.join(""));
    const dead = deadUnits(network, lesson.points);
    this.folds.replaceChildren(...unitsOf(network).map((unit, i) => this.fold(unit, i + 1, dead.includes(i + 1), to)));
    Array.from(this.dots.children, (mark, i) =>
      mark.classList.toggle("missed", lesson.said[i] !== lesson.labels[i]),
    );
  }

  /** Draw a unit's fold, with ticks on the side where the unit is on, and the unit's number near the edge. */
  fold(unit, number, dead, to) {
    const group = document.createElementNS(SVG, "g");
    group.classList.toggle("dead", dead);
    const line = foldLine(...unit, REACH);
    if (!line) return group;
    const { from, to: end, on } = line;
    const length = Math.hypot(end[0] - from[0], end[1] - from[1]);
    const at = (distance, off) =>
      from.map((start, axis) => start + ((end[axis] - start) / length) * distance + off * on[axis]);
    let ticks = "";
    for (let distance = TICK.gap / 2; distance < length; distance += TICK.gap)
      ticks += `M${to(at(distance, 0))}L${to(at(distance, TICK.length))}`;
    for (const [name, path] of [
      ["crease", `M${to(from)}L${to(end)}`],
      ["ticks", ticks],
    ]) {
      const drawn = group.appendChild(document.createElementNS(SVG, "path"));
      drawn.setAttribute("class", name);
      drawn.setAttribute("d", path);
    }
    const inward = Math.min(0.3, length / 2);
    const [x, y] = at(number % 2 ? length - inward : inward, 0.24).map((place) =>
      Math.min(Math.max(place, -REACH + 0.14), REACH - 0.14),
    );
    const text = group.appendChild(document.createElementNS(SVG, "text"));
    text.textContent = number;
    text.setAttribute("x", x);
    text.setAttribute("y", -y);
    return group;
  }

  /** Draw the points anew: dots and crosses. */
  place(points) {
    const cross = (x, y) => `M${x - 0.06},${-y - 0.06}l.12,.12m0,-.12l-.12,.12`;
    this.dots.replaceChildren(
      ...points.map(([x, y, kind]) => {
        const mark = document.createElementNS(SVG, "g");
        mark.setAttribute("class", kind ? "dot" : "cross");
        const ring = mark.appendChild(document.createElementNS(SVG, "circle"));
        const shape = mark.appendChild(document.createElementNS(SVG, kind ? "circle" : "path"));
        for (const [circle, radius] of [[ring, 0.115], ...(kind ? [[shape, 0.06]] : [])]) {
          circle.setAttribute("cx", x);
          circle.setAttribute("cy", -y);
          circle.setAttribute("r", radius);
        }
        ring.setAttribute("class", "ring");
        if (!kind) shape.setAttribute("d", cross(x, y));
        return mark;
      }),
    );
  }

  /** Return a colour of the style as red, green, blue. */
  colour(name) {
    const hex = getComputedStyle(this.sheet).getPropertyValue(name).trim();
    return [1, 3, 5].map((from) => parseInt(hex.slice(from, from + 2), 16));
  }
}
