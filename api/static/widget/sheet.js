// A sheet beside or above the conversation: a clause, a form. It takes the focus and gives it back.

import { element, iconButton, reveal } from "./dom.js";
import { WORDS } from "./words.js";

const ABOVE_QUOTE = 48;

export class Sheet {
  #title = element("h2", { id: "sheet-title", tabindex: "-1" });
  #body = element("div", { class: "sheet-body" });
  #behind;
  #opener = null;
  #resized;

  // `behind` is what the sheet may cover.
  constructor(behind) {
    this.#behind = behind;
    const close = iconButton("close", WORDS.back, () => this.close());
    this.root = element("section", { class: "sheet", role: "dialog", "aria-labelledby": "sheet-title", hidden: true }, element("div", { class: "sheet-top" }, this.#title, close), this.#body);
    this.root.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      event.preventDefault();
      event.stopPropagation();
      this.close();
    });
    this.#resized = new ResizeObserver(() => this.#shield());
  }

  get isOpen() {
    return !this.root.hidden;
  }

  open(title, ...content) {
    if (!this.isOpen) this.#opener = this.root.getRootNode().activeElement;
    this.#title.textContent = title;
    this.#body.replaceChildren(...content);
    this.root.hidden = false;
    this.#shield();
    this.#resized.observe(this.root);
    this.#body.scrollTop = 0;
    this.#title.focus({ preventScroll: true });
  }

  // Scrolls to what the selector finds, where it is not in sight already.
  reveal(selector) {
    const target = this.#body.querySelector(selector);
    if (target && target.getBoundingClientRect().bottom > this.#body.getBoundingClientRect().bottom) reveal(this.#body, target, ABOVE_QUOTE);
  }

  close() {
    if (!this.isOpen) return;
    this.#resized.disconnect();
    this.root.hidden = true;
    this.#shield();
    const next = this.#opener?.isConnected ? this.#opener : this.#behind.querySelector("textarea");
    next.focus({ preventScroll: true });
  }

  // What is covered cannot be reached either; beside the conversation nothing is covered.
  #shield() {
    this.#behind.inert = this.isOpen && getComputedStyle(this.root).position === "absolute";
  }
}
