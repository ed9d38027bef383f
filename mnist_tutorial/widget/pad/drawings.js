// The drawings that the reader keeps, [{ label, pixels }, …]: in this browser, if it allows.

const STORE = "mnist-tutorial-drawings"; // there: the labels, a comma, and all pixels in base64
const MOST = 1000; // a megabyte of the five that browsers give
const PIXELS = 28 ** 2;

/** All pads of a page show the same drawings, and so do pages that are open side by side. */
class Drawings extends EventTarget {
  static get here() {
    return (Drawings.only ??= new Drawings());
  }

  constructor() {
    super();
    this.stored = true; // whether the browser allows it
    this.restore();
    addEventListener("storage", (event) => {
      if (event.key === STORE || event.key === null) this.restore();
    });
  }

  /** Take these in place of what there is. */
  set(list) {
    this.list = list;
    try {
      if (list.length) localStorage.setItem(STORE, asText(list));
      else localStorage.removeItem(STORE);
      this.stored = true;
    } catch {
      this.stored = false; // forbidden, or full
    }
    this.dispatchEvent(new Event("change"));
  }

  /** Add those that are not here yet, as far as there is room, and return how many were new. */
  add(more) {
    const name = ({ label, pixels }) => `${label},${pixels}`;
    const all = new Map([...this.list, ...more].map((drawing) => [name(drawing), drawing]));
    const before = this.list.length;
    this.set(Array.from(all.values()).slice(0, MOST));
    return this.list.length - before;
  }

  /** Read what the browser has kept. What is damaged, or not by this page, counts as nothing. */
  restore() {
    this.list = [];
    try {
      this.list = fromText(localStorage.getItem(STORE) ?? ",");
    } catch (error) {
      if (error instanceof DOMException && error.name === "SecurityError") this.stored = false;
    }
    this.dispatchEvent(new Event("change"));
  }
}

function asText(list) {
  const letters = list.flatMap(({ pixels }) => Array.from(pixels, (value) => String.fromCharCode(value)));
  return `${list.map(({ label }) => label).join("")},${btoa(letters.join(""))}`;
}

function fromText(text) {
  const [, labels, pixels] = /^(\d*),(.*)$/.exec(text);
  const bytes = bytesOf(pixels);
  if (bytes.length !== labels.length * PIXELS) throw RangeError("damaged");
  return Array.from(labels, (label, i) => ({
    label: Number(label),
    pixels: bytes.slice(i * PIXELS, (i + 1) * PIXELS),
  }));
}
