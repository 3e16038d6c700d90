// <shenbao-chat channel="…">: a panel that shows a conversation, filling its container or opened by a bubble.

import { openClause } from "./clause.js";
import { accents } from "./colour.js";
import { Conversation } from "./conversation.js";
import { button, element, icon } from "./dom.js";
import { factForm, handOverForm, restartForm } from "./forms.js";
import looks from "./looks.css" with { type: "css" };
import { described, Panel } from "./panel.js";
import { openReport } from "./report.js";
import { Refused, Service, Unreachable } from "./service.js";
import { Store } from "./store.js";
import { Transcript } from "./transcript.js";
import { spoken } from "./turns.js";
import { WORDS } from "./words.js";

const NARROW = "(max-width: 519px)";

export class ShenbaoChat extends HTMLElement {
  static observedAttributes = ["as-of"];
  static host = "";
  #conversation = null;
  #store;
  #panel;
  #frame;
  #transcript;

  connectedCallback() {
    if (!this.shadowRoot) this.attachShadow({ mode: "open" }).adoptedStyleSheets = [looks];
    const channel = this.getAttribute("channel") ?? "";
    this.lang ||= "zh-CN";
    this.#store = new Store(ShenbaoChat.host, channel);
    this.#conversation = new Conversation(new Service(ShenbaoChat.host, channel, this.#store), this.#store);
    this.#conversation.asOf = this.getAttribute("as-of") || null;
    this.#build();
    this.#listen();
    this.#conversation.open();
  }

  disconnectedCallback() {
    this.#conversation.close();
  }

  attributeChangedCallback(name, before, now) {
    if (this.#conversation) this.#conversation.asOf = now || null;
  }

  // Opens the panel of a bubble.
  open() {
    if (!this.#frame || this.#frame.open) return;
    if (matchMedia(NARROW).matches) this.#frame.showModal();
    else this.#frame.show();
    this.#store.setOwn("open", true);
    this.#opened(true);
    this.#panel.focus();
    this.#transcript.toEnd();
  }

  #opened(open) {
    const bubble = this.shadowRoot.querySelector(".bubble");
    bubble.setAttribute("aria-expanded", String(open));
    bubble.hidden = open;
    if (!open) bubble.focus();
  }

  #build() {
    const bubble = this.hasAttribute("bubble");
    const conversation = this.#conversation;
    const on = {
      send: (text) => this.#send(text),
      stop: () => conversation.stop(),
      draft: (text) => this.#keepDraft(text),
      report: () => this.#report(),
      restart: () => restartForm(this.#panel.sheet, (forget) => this.#restart(forget)),
      close: () => this.#frame.close(),
      change: (fact) => this.#change(fact),
      remove: (fact) => this.#setFact(fact.name, null),
    };
    this.#panel = new Panel(on, bubble);
    this.#transcript = new Transcript(this.#panel.log, conversation, this.#desk());
    this.#panel.draft = this.#store.getOwn("draft") ?? this.#store.get("draft") ?? "";
    if (!bubble) return this.shadowRoot.replaceChildren(element("section", { class: "root frame", "aria-label": WORDS.title }, this.#panel.root));
    this.#frame = element("dialog", { class: "frame", "aria-label": WORDS.title }, this.#panel.root);
    this.#frame.addEventListener("close", () => {
      this.#store.setOwn("open", null);
      this.#opened(false);
    });
    this.#frame.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.#frame.close();
    });
    const opener = button({ class: "bubble", "aria-expanded": "false", "aria-haspopup": "dialog", "aria-label": WORDS.open, onclick: () => this.open() }, icon("talk"), element("span", {}, WORDS.title));
    // Above everything on the page, whatever its own layers: the browser's top layer, where there is one.
    const float = element("div", { class: "root float", popover: "manual" }, opener, this.#frame);
    this.shadowRoot.replaceChildren(float);
    float.showPopover?.();
    if (this.#store.getOwn("open")) this.open();
  }

  #listen() {
    const on = (name, listener) => this.#conversation.addEventListener(name, (event) => listener(event.detail));
    on("config", () => this.#configure());
    on("turns", () => this.#transcript.redraw());
    on("added", (turn) => this.#transcript.add(turn));
    on("turn", (turn) => this.#transcript.replace(turn));
    on("delta", (turn) => this.#transcript.replace(turn));
    on("answered", (turn) => this.#panel.say(`${WORDS.ask.answered}${spoken(turn.reply)}`));
    on("facts", () => this.#panel.showFacts(this.#conversation.facts, (name) => this.#spec(name)));
    on("busy", () => (this.#panel.busy = this.#conversation.busy));
    on("offline", () => this.#showOffline());
    on("later", (error) => (this.#panel.subtitle = error.message));
    on("moved", () => this.#panel.flash(WORDS.moved));
    on("refused", (error) => this.#panel.notice(error.message));
  }

  #configure() {
    const { config } = this.#conversation;
    const colours = accents(config.colour);
    if (colours) for (const [scheme, colour] of Object.entries(colours)) this.shadowRoot.querySelector(".root").style.setProperty(`--shenbao-${scheme}`, colour);
    this.#panel.entitle(config);
    this.#panel.notice();
    this.#transcript.redraw();
  }

  #desk() {
    return {
      ask: (question) => this.#send(question),
      repeat: (turn) => this.#conversation.repeat(turn),
      withdraw: (turn) => this.#edit(turn),
      openClause: (source) => this.#try(() => openClause(source, this.#panel.sheet, (id, pack) => this.#conversation.clause(id, pack))),
      answer: (name, value) => this.#setFact(name, value),
      spec: (name) => this.#spec(name),
      categoryName: (id) => this.#conversation.config.categories.find((category) => category.id === id)?.name ?? WORDS.verdict.common,
      copy: (turn) => this.#copy(turn),
      rate: (turn, rating, reason) => this.#try(() => this.#rate(turn, rating, reason)),
      handOver: (turn) => handOverForm(this.#panel.sheet, (contact, note) => this.#try(() => this.#conversation.handOver(turn, contact, note))),
      report: () => this.#report(),
    };
  }

  async #send(text) {
    if (!text.trim() || this.#conversation.busy) return;
    if (text === this.#panel.draft) {
      this.#panel.draft = "";
      this.#keepDraft("");
    }
    this.#panel.focus();
    await this.#conversation.ask(text);
  }

  #keepDraft(text) {
    this.#store.setOwn("draft", text || null);
    this.#store.set("draft", text || null);
  }

  #edit(turn) {
    const question = this.#conversation.withdraw(turn);
    const text = [question, this.#panel.draft].filter(Boolean).join("\n");
    this.#panel.draft = text;
    this.#keepDraft(text);
    this.#panel.focus();
  }

  #change(fact) {
    const spec = this.#spec(fact.name);
    if (spec) factForm(this.#panel.sheet, spec, fact, (value) => this.#setFact(fact.name, value));
  }

  async #setFact(name, value) {
    const spec = this.#spec(name);
    if ((await this.#try(() => this.#conversation.changeFact(name, value).then(() => true))) === null) return;
    const { meaning, value: shown } = described({ name, value: value ?? "" }, spec);
    const latest = this.#conversation.turns.at(-1)?.reports ?? [];
    const verdicts = latest.map((report) => `${this.#desk().categoryName(report.category)}：${WORDS.verdict[report.verdict]}。`);
    this.#panel.say([value === null ? WORDS.facts.removed(meaning) : WORDS.facts.saved(meaning, shown), ...verdicts].join(""));
  }

  async #rate(turn, rating, reason) {
    await this.#conversation.rate(turn, rating, reason);
    this.#panel.say(rating === "up" ? WORDS.rating.thanks : WORDS.rating.noted);
    return true;
  }

  async #copy(turn) {
    const copied = await copyText(turn.reply.text, this.shadowRoot);
    this.#panel.flash(copied ? WORDS.copied : WORDS.notCopied);
  }

  #report() {
    const reports = this.#conversation.turns.findLast((turn) => turn.reports.length)?.reports;
    const problem = reports ? WORDS.print.blocked : WORDS.print.nothing;
    if (!reports || !openReport(reports, this.#conversation, this.#desk())) this.#panel.flash(problem);
  }

  #restart(forget) {
    return this.#try(async () => {
      await this.#conversation.restart(forget);
      if (forget) this.#panel.flash(WORDS.restarting.forgotten);
      this.#panel.focus();
    });
  }

  #showOffline() {
    if (this.#conversation.offline) this.#panel.offline(this.#conversation.config, () => this.#conversation.reconnect());
    else this.#panel.notice();
  }

  #spec(name) {
    return this.#conversation.config?.facts.find((spec) => spec.name === name) ?? null;
  }

  // The result, or null where the service refused (it is told why) or was out of reach (the notice says so).
  async #try(action) {
    try {
      return await action();
    } catch (error) {
      if (error instanceof Refused) this.#panel.flash(error.message);
      else if (!(error instanceof Unreachable)) throw error;
      return null;
    }
  }
}

// Without a secure context the clipboard is reached through a selection only.
async function copyText(text, root) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const held = root.activeElement;
    const field = element("textarea", { class: "unseen" });
    field.value = text;
    root.append(field);
    field.select();
    const copied = document.execCommand("copy");
    field.remove();
    held?.focus();
    return copied;
  }
}
