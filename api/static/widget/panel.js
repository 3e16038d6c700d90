// The widget's own furniture: header, conversation, notices, known facts, and the field to write in.

import { button, element, icon, iconButton, phone } from "./dom.js";
import { worded } from "./facts.js";
import { Sheet } from "./sheet.js";
import { unseen } from "./turns.js";
import { WORDS } from "./words.js";

const LONGEST_TITLE = 16;
const TALLEST_FIELD = 160;
const FLASH_MILLISECONDS = 6000;

export class Panel {
  log = element("div", { class: "log", role: "log", "aria-live": "off", "aria-label": WORDS.conversation, tabindex: "0" });
  status = element("p", { class: "unseen", role: "status" });
  #title = element("h2", {}, WORDS.title);
  #subtitle = element("p", { class: "subtitle" }, WORDS.starting);
  #notice = element("div", { class: "notice", role: "alert", hidden: true });
  #known = element("details", { class: "known", hidden: true });
  #field;
  #send = element("button", { type: "submit", class: "send" });
  #on;

  // `on` offers send(text), stop(), draft(text), report(), restart(), close(), change(fact) and remove(fact).
  // Only a panel that can be closed has `closes`.
  constructor(on, closes) {
    this.#on = on;
    this.#field = element("textarea", { rows: 1, maxlength: 8000, placeholder: WORDS.ask.placeholder, "aria-label": WORDS.ask.label, autocomplete: "off" });
    const main = element("div", { class: "main" }, this.log, this.#notice, this.#known, this.#form());
    this.sheet = new Sheet(main);
    const header = element(
      "div",
      { class: "top" },
      element("span", { class: "mark", "aria-hidden": "true" }, icon("talk")),
      element("div", {}, this.#title, this.#subtitle),
      iconButton("report", WORDS.report, on.report),
      iconButton("again", WORDS.restart, on.restart),
      closes ? iconButton("close", WORDS.close, on.close) : null,
    );
    this.root = element("div", { class: "panel" }, header, element("div", { class: "stage" }, main, this.sheet.root), this.status);
    this.busy = false;
  }

  // A notice's own title is too long for a heading.
  entitle({ title, document }) {
    const short = title.length <= LONGEST_TITLE;
    this.#title.textContent = short ? title : WORDS.title;
    this.subtitle = short ? document : title;
  }

  set subtitle(text) {
    this.#subtitle.textContent = text;
  }

  set busy(busy) {
    this.log.setAttribute("aria-busy", String(busy));
    const label = busy ? WORDS.ask.stop : WORDS.ask.send;
    this.#send.setAttribute("aria-label", label);
    this.#send.title = label;
    this.#send.replaceChildren(icon(busy ? "stop" : "send"));
    this.#send.dataset.busy = String(busy);
  }

  get draft() {
    return this.#field.value;
  }

  set draft(text) {
    this.#field.value = text;
    this.#fit();
  }

  say(text) {
    this.status.textContent = text;
  }

  // Said and shown for a moment.
  flash(text) {
    this.say(text);
    const shown = element("p", { class: "flash", "aria-hidden": "true" }, text);
    this.root.querySelector(".flash")?.remove();
    this.root.append(shown);
    setTimeout(() => shown.remove(), FLASH_MILLISECONDS);
  }

  focus() {
    this.#field.focus({ preventScroll: true });
  }

  // A notice with further elements; none takes it away.
  notice(title = null, ...more) {
    this.#notice.hidden = title === null;
    this.#notice.replaceChildren(...(title === null ? [] : [element("strong", {}, title), ...more]));
  }

  offline(config, again) {
    const desks = (config?.contacts ?? []).map((one) => element("li", {}, `${one.label} `, phone(one.phone)));
    const mail = config?.mailing_address ? element("p", {}, `${WORDS.mail}：${config.mailing_address}`) : "";
    this.notice(WORDS.offline.title, element("p", {}, WORDS.offline.body), element("ul", {}, ...desks), mail, button({ class: "option", onclick: again }, WORDS.offline.again));
  }

  // Chips: press one to correct it, its cross to take it back.
  showFacts(facts, spec) {
    const open = this.#known.open;
    const chips = facts.map((fact) => {
      const { meaning, value } = described(fact, spec(fact.name));
      return element(
        "li",
        { class: "chip" },
        button({ "aria-label": `${WORDS.facts.change(meaning)}（${value}）`, onclick: () => this.#on.change(fact) }, element("span", {}, meaning), element("strong", {}, value)),
        button({ class: "drop", "aria-label": WORDS.facts.remove(meaning), title: WORDS.facts.remove(meaning), onclick: () => this.#on.remove(fact) }, icon("close")),
      );
    });
    this.#known.hidden = !facts.length;
    this.#known.replaceChildren(element("summary", {}, WORDS.facts.known(facts.length)), element("ul", {}, ...chips));
    this.#known.open = open;
  }

  #form() {
    const send = (event) => {
      event.preventDefault();
      if (this.#send.dataset.busy === "true") this.#on.stop();
      else this.#on.send(this.#field.value);
    };
    const form = element(
      "form",
      { class: "ask", onsubmit: send },
      element("div", { class: "field" }, this.#field, this.#send),
      element("p", { class: "fine" }, unseen(WORDS.ask.hint), WORDS.disclaimer),
    );
    this.#field.addEventListener("input", () => {
      this.#fit();
      this.#on.draft(this.#field.value);
    });
    this.#field.addEventListener("keydown", (event) => {
      // While an input method is composing, Enter chooses a word; while an answer arrives, it stops nothing.
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      if (this.#send.dataset.busy !== "true") form.requestSubmit();
    });
    return form;
  }

  #fit() {
    this.#field.style.height = "auto";
    this.#field.style.height = `${Math.min(this.#field.scrollHeight, TALLEST_FIELD)}px`;
  }
}

export function described(fact, spec) {
  return spec ? { meaning: spec.meaning, value: worded(spec, fact.value) } : { meaning: fact.name, value: String(fact.value) };
}
