// What every widget needs of a page: elements, pictures, pointing, keys, and whether its reader likes motion.

const make = (tag, properties, parent) => parent.appendChild(Object.assign(document.createElement(tag), properties));

/** Paint a square canvas point by point: black, or in the colour of the point, as dense as `density` says from 0 to 255. */
function paint(canvas, side, density, colour) {
  const image = new ImageData(side, side);
  for (let i = 0; i < side * side; i++) {
    if (colour) image.data.set(colour(i), 4 * i);
    image.data[4 * i + 3] = density(i);
  }
  canvas.getContext("2d").putImageData(image, 0, 0);
}

/** Call `choose` with the number of the place in a grid that a pointer or the arrow keys are at, or null. */
function pointAt(element, columns, rows, choose) {
  let at = [Math.floor(columns / 2), Math.floor(rows / 2)];
  const go = (x, y) => {
    at = [Math.min(Math.max(x, 0), columns - 1), Math.min(Math.max(y, 0), rows - 1)];
    choose(at[1] * columns + at[0]);
  };
  element.onpointermove = element.onpointerdown = (event) => {
    const box = element.getBoundingClientRect();
    go(
      Math.floor(((event.clientX - box.left) / box.width) * columns),
      Math.floor(((event.clientY - box.top) / box.height) * rows),
    );
  };
  element.onkeydown = (event) => {
    const way = arrow(event);
    if (!way) return;
    event.preventDefault();
    go(at[0] + way[0], at[1] + way[1]);
  };
  element.addEventListener("focus", () => element.matches(":focus-visible") && go(...at));
  element.onblur = () => choose(null);
  element.onpointerleave = (event) => event.pointerType === "mouse" && choose(null); // a finger's choice stays
}

const arrow = (event) => ({ ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] })[event.key];

const motionless = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
