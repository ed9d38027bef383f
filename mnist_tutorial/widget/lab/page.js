// What the lab has to do with the page around it: the address, and the drawing pad.

/** What stands in the address for the nth lab of a page: #lab=… for the first, #lab2=… for the second. */
class Address {
  constructor(element) {
    const number = Array.from(document.querySelectorAll(element.localName)).indexOf(element) + 1;
    this.name = number > 1 ? `lab${number}` : "lab";
  }

  /** Return the text, or null where the address says nothing of this lab. */
  read() {
    return this.parts(true)[0]?.slice(this.name.length + 1) ?? null;
  }

  /** Return the address with this text in it. */
  with(text) {
    return `${location.href.split("#")[0]}#${[...this.parts(false), `${this.name}=${text}`].join("&")}`;
  }

  write(text) {
    try {
      history.replaceState(history.state, "", this.with(text));
    } catch {
      // A page without an address of its own, such as a notebook's output in a frame, keeps none.
    }
  }

  /** Write the text, and copy the address; return whether the browser let it. */
  async copy(text) {
    this.write(text);
    try {
      await navigator.clipboard.writeText(this.with(text));
      return true;
    } catch {
      return false;
    }
  }

  /** Return the parts of the address that are this lab's, or those that are not but set something too. */
  parts(own) {
    const all = location.hash.slice(1).split("&");
    return all.filter((part) => part.includes("=") && part.startsWith(`${this.name}=`) === own);
  }
}

/** Put a network on the page's drawing pad, or on one made below the lab, and go there. */
function putOnPad(lab, network, normalize) {
  let pad = Array.from(document.querySelectorAll("draw-digit")).find((element) => element.side === lab.side);
  if (!pad) {
    pad = Object.assign(document.createElement("draw-digit"), { lang: lab.language, given: network });
    lab.after(pad);
  }
  pad.take(network, { normalize });
  pad.scrollIntoView();
  pad.find(".pad").focus({ preventScroll: true });
}
