// The controls of the settings, a group for each chapter.

const NAMES = { adam: "Adam", sgd: "SGD" };

class Controls {
  /** Fill an element; `choose(name, value)` is called with what the reader sets. */
  constructor(parent, words, images, choose) {
    Object.assign(this, { words, images, choose });
    this.refreshers = [];
    const groups = new Map();
    for (const [name, setting] of Object.entries(SETTINGS)) {
      if (!groups.has(setting.chapter)) {
        const group = make("fieldset", {}, parent);
        make("legend", { textContent: words.chapter(setting.chapter) }, group);
        groups.set(setting.chapter, group);
      }
      this.add(groups.get(setting.chapter), name, setting);
    }
  }

  /** Show these settings. */
  show(settings) {
    this.settings = settings;
    for (const refresh of this.refreshers) refresh();
  }

  add(group, name, { choices, read }) {
    const text = this.words[name];
    if (name === "hidden") this.addHidden(group);
    else if (name === "seed") this.addNumber(group, text, name, read);
    else if (!choices) this.addSwitch(group, text, name);
    else {
      const get = () => this.settings[name];
      this.addSelect(group, text, name, this.offered(name, choices), get, (value) => this.choose(name, value));
    }
  }

  offered(name, choices) {
    return name === "images" ? [...choices.filter((count) => count < this.images), this.images] : choices;
  }

  label(group, text) {
    const label = make("label", {}, group);
    make("span", { textContent: text }, label);
    return label;
  }

  /** Add a select; a value that is not offered, from Python or a link, is offered from then on. */
  addSelect(group, text, name, choices, get, choose) {
    const select = make("select", { name }, this.label(group, text));
    const offer = (value, written = value) => {
      if (Array.from(select.options).some((option) => option.value === String(value))) return;
      const next = Array.from(select.options).find((option) => Number(option.value) > Number(value));
      select.insertBefore(Object.assign(document.createElement("option"), { value, textContent: written }), next ?? null);
    };
    for (const value of choices) offer(value, NAMES[value] ?? (value >= 1000 ? value.toLocaleString("en") : value));
    this.refreshers.push(() => {
      offer(get());
      select.value = get();
    });
    select.onchange = () => {
      const value = Number.isNaN(Number(select.value)) ? select.value : Number(select.value);
      choose(value);
    };
    return select;
  }

  /** How many hidden layers, and how many units in each; layers that differ are offered as one choice. */
  addHidden(group) {
    const units = () => {
      const { hidden } = this.settings;
      return hidden.every((count) => count === hidden[0]) ? (hidden[0] ?? this.last ?? 100) : hidden.join(", ");
    };
    const alike = (count, value) => {
      const each = Number(value) || Math.max(...this.settings.hidden, 1);
      this.last = each;
      return Array(count).fill(each);
    };
    const depth = () => this.settings.hidden.length;
    this.addSelect(group, this.words.hidden, "layers", LAYERS, depth, (count) => this.choose("hidden", alike(count, units())));
    const select = this.addSelect(group, this.words.each, "units", UNITS, units, (value) =>
      this.choose("hidden", typeof value === "number" ? alike(depth(), value) : value.split(", ").map(Number)),
    );
    this.refreshers.push(() => (select.disabled = !depth()));
  }

  addSwitch(group, text, name) {
    const label = make("label", { className: "switch" }, group);
    const input = make("input", { type: "checkbox", name }, label);
    make("span", { textContent: text }, label);
    this.refreshers.push(() => (input.checked = this.settings[name]));
    input.onchange = () => this.choose(name, input.checked);
  }

  addNumber(group, text, name, read) {
    const input = make("input", { name, inputMode: "numeric", autocomplete: "off", maxLength: 6 }, this.label(group, text));
    this.refreshers.push(() => (input.value = this.settings[name]));
    input.onchange = () => {
      const value = read(input.value.trim());
      if (value === undefined) this.show(this.settings);
      else this.choose(name, value);
    };
  }
}
