// A drawing as a list of what was done: strokes, pictures put on the pad, clearing. So each can be undone and done again.

class Paper {
  constructor(canvas, size, side) {
    canvas.width = canvas.height = size;
    this.context = canvas.getContext("2d", { willReadFrequently: true });
    [this.size, this.side] = [size, side];
    [this.done, this.undone] = [[], []];
    this.open = null; // the stroke being drawn
  }

  /** Draw a curve, or rub it out; it joins the stroke that is open. */
  draw(pen, from, control, to) {
    if (!this.open) this.do((this.open = { pen, curves: [] }));
    this.open.curves.push([from, control, to]);
    this.paintCurve(this.open.pen, from, control, to);
  }

  /** End the stroke. */
  lift() {
    this.open = null;
  }

  clear() {
    this.lift();
    if (!this.blank) this.do({ cleared: true });
    this.repaint();
  }

  /** Put a picture on the pad, with the label it has. */
  put(image, label) {
    this.lift();
    this.do({ image, label });
    this.repaint();
  }

  /** Put ink on the pad, 0…255 for each point, as if it had been drawn on a clear one. */
  lay(ink) {
    this.lift();
    this.do({ cleared: true, ink });
    this.repaint();
  }

  undo() {
    this.lift();
    if (this.done.length) this.undone.push(this.done.pop());
    this.repaint();
  }

  redo() {
    this.lift();
    if (this.undone.length) this.done.push(this.undone.pop());
    this.repaint();
  }

  /** Take the open stroke back, as if it had never been: the hand did not mean to draw. */
  drop() {
    if (this.open) this.done.pop();
    this.lift();
    this.repaint();
  }

  get blank() {
    return !this.done.length || Boolean(this.done.at(-1).cleared && !this.done.at(-1).ink);
  }

  /** The picture that the drawing grew out of, or undefined. */
  get picture() {
    return this.done.findLast((step) => step.image || step.cleared)?.image;
  }

  /** The picture on the pad as it was put there, with its label, or undefined once something was drawn on it. */
  get untouched() {
    return this.done.at(-1)?.image && this.done.at(-1);
  }

  /** How dark each point is, from 0 to 255. */
  ink() {
    const rgba = this.context.getImageData(0, 0, this.size, this.size).data;
    return new Uint8Array(this.size ** 2).map((_, i) => rgba[4 * i + 3]);
  }

  do(step) {
    this.done.push(step);
    this.undone = [];
  }

  repaint() {
    this.context.clearRect(0, 0, this.size, this.size);
    const start = this.done.findLastIndex((step) => step.image || step.cleared);
    for (const { image, ink, pen, curves = [] } of this.done.slice(Math.max(start, 0))) {
      if (image) this.paintImage(image);
      if (ink) paint(this.context.canvas, this.size, (i) => ink[i]);
      for (const curve of curves) this.paintCurve(pen, ...curve);
    }
  }

  paintCurve({ width, erases }, from, control, to) {
    const { context } = this;
    context.globalCompositeOperation = erases ? "destination-out" : "source-over";
    context.lineCap = context.lineJoin = "round";
    context.lineWidth = (width * this.size) / 28;
    context.beginPath();
    context.moveTo(...from);
    context.lineTo(from[0] + 0.01, from[1]); // a mere touch leaves a dot
    context.quadraticCurveTo(...control, ...to);
    context.stroke();
  }

  /** Paint each pixel as a square of its grey. */
  paintImage(image) {
    const block = this.size / this.side;
    const pixel = (i) => Math.floor(i / this.size / block) * this.side + Math.floor((i % this.size) / block);
    paint(this.context.canvas, this.size, (i) => image[pixel(i)]);
  }
}
