// A quiz: options to choose from or a number to type, each with its reply; what was right is kept.
// In the book it stands in the frame of its exercise, which has its name; elsewhere it is a card of its own.

class QuickQuiz extends Widget {
  start() {
    const [name, options, right] = ["name", "options", "right"].map((each) => this.getAttribute(each));
    this.options = JSON.parse(options);
    this.right = Number(right);
    this.name = name;
    this.typed = this.hasAttribute("typed");
    this.toggleAttribute("framed", Boolean(this.closest(".exercise")));
    this.find(".name").textContent = this.words.name(name);
    this.find(".how").textContent = this.typed ? "" : this.words.choose;
    if (this.typed) this.askForNumber();
    else this.options.forEach((option, i) => this.offer(this.said(option.text), i));
    const check = (event) => {
      event.preventDefault(); // nothing is sent, which a frame may forbid, and JupyterLab keeps Enter from sending
      this.check();
    };
    this.find(".check").onclick = check;
    this.find(".options").onkeydown = (event) => {
      if (event.key === "Enter" && !event.isComposing) check(event);
    };
    this.find("form").oninput = () => this.reply(null, "");
    this.find(".show").onclick = () => this.show();
    this.resume();
  }

  resume() {
    this.remember = () => (this.find(".mark").hidden = !doneExercises().has(this.name));
    document.addEventListener(DONE, this.remember);
    this.remember();
  }

  disconnectedCallback() {
    document.removeEventListener(DONE, this.remember);
  }

  /** Return of a pair of words the one in the reader's language. */
  said(pair) {
    return pair[this.language === "ko" ? 0 : 1];
  }

  offer(text, i) {
    const label = make("label", { className: "option" }, this.find(".options"));
    make("input", { type: "radio", name: "choice", value: i }, label);
    write(text, make("span", {}, label));
  }

  askForNumber() {
    const label = make("label", { className: "field" }, this.find(".options"));
    make("span", { textContent: this.words.number }, label);
    make("input", { type: "text", name: "number", autocomplete: "off", spellcheck: false, inputMode: "text" }, label);
  }

  /** Reply to what is chosen or typed. */
  check() {
    const chosen = this.typed ? this.typedOption() : this.chosenOption();
    if (chosen === null) return;
    const right = chosen === this.right;
    const says = this.options[chosen] ? this.said(this.options[chosen].says) : this.words.other;
    const lead = right ? this.words.right : this.options[chosen] ? this.words.wrong : "";
    this.reply(right, `${lead} ${says}`, chosen);
    this.find(".show").hidden = right;
    if (right) keepDone([this.name]);
  }

  chosenOption() {
    const input = this.find("input:checked");
    if (!input) this.reply(null, this.words.chooseFirst);
    return input && Number(input.value);
  }

  /** Return which option was typed, -1 for a number that is none of them, or null where there is no number. */
  typedOption() {
    const text = this.find("input").value;
    const number = typedNumber(text);
    if (number === null) this.reply(null, text.trim() ? this.words.noNumber : this.words.type);
    return number === null ? null : this.options.findIndex((option) => fits(number, option.value));
  }

  show() {
    const { text, says } = this.options[this.right];
    if (!this.typed) this.find(`input[value="${this.right}"]`).checked = true;
    this.reply(true, `${this.words.isRight} ${this.said(text)}. ${this.said(says)}`, this.right);
    this.find(".check").focus();
    this.find(".show").hidden = true;
  }

  /** Say something, in the colour of right or wrong, and mark the option it is about. */
  reply(right, text, about = null) {
    const verdict = this.find(".verdict");
    verdict.replaceChildren();
    verdict.className = right === null ? "verdict" : right ? "verdict right" : "verdict wrong";
    write(text.trim(), verdict);
    this.findAll(".option").forEach((option, i) => {
      option.classList.toggle("right", right === true && i === about);
      option.classList.toggle("wrong", right === false && i === about);
    });
  }
}

/** Write words into an element; what stands between backticks is code. */
function write(text, element) {
  text.split("`").forEach((part, i) => part && make(i % 2 ? "code" : "span", { textContent: part }, element));
}
