// The conversation as it is drawn: the greeting, then turn after turn; drawn anew only where something changed.

import { element, reveal } from "./dom.js";
import { drawTurn, suggestions } from "./turns.js";
import { WORDS } from "./words.js";

const ABOVE_TURN = 14;
const NEAR_END = 80;

export class Transcript {
  #log;
  #conversation;
  #desk;
  #drawn = new Map();

  constructor(log, conversation, desk) {
    this.#log = log;
    this.#conversation = conversation;
    this.#desk = desk;
  }

  redraw() {
    const { turns } = this.#conversation;
    this.#drawn.clear();
    this.#log.replaceChildren(...this.#greeting(), ...turns.map((turn) => this.#draw(turn)));
    this.toEnd();
  }

  add(turn) {
    const before = this.#conversation.turns.at(-2);
    if (!before) return this.redraw();
    this.replace(before); // no longer the latest
    this.#log.append(this.#draw(turn));
    this.toEnd();
  }

  replace(turn) {
    const before = this.#drawn.get(turn);
    if (!before) return;
    const follows = this.#log.scrollHeight - this.#log.scrollTop - this.#log.clientHeight < NEAR_END;
    const held = this.#log.getRootNode().activeElement;
    const now = this.#draw(turn);
    keepUnfolded(before, now);
    before.replaceWith(now);
    if (before.contains(held)) this.#passFocus(held, now);
    if (turn.state === "done" && turn.reply && !turn.updated) this.#show(turn, now);
    else if (follows && turn.state !== "done") this.toEnd();
  }

  toEnd() {
    this.#log.scrollTop = this.#log.scrollHeight;
  }

  #greeting() {
    const { config, turns } = this.#conversation;
    if (!config) return [];
    const openers = turns.length ? "" : suggestions(config.suggestions, this.#desk.ask, WORDS.openers);
    return [element("article", { class: "turn" }, element("div", { class: "answer" }, element("p", { class: "text" }, config.greeting), openers))];
  }

  #draw(turn) {
    const drawn = drawTurn(turn, this.#desk, turn === this.#conversation.turns.at(-1));
    this.#drawn.set(turn, drawn);
    return drawn;
  }

  // A whole answer is read from its beginning.
  #show(turn, drawn) {
    if (turn === this.#conversation.turns.at(-1)) reveal(this.#log, drawn, ABOVE_TURN);
  }

  // Who has answered a question goes on with the next; else the focus stays within the conversation.
  #passFocus(held, now) {
    const next = held.closest(".questions") && now.querySelector(".questions :is(button, input)");
    (next || this.#log).focus({ preventScroll: !next });
  }
}

// What was unfolded stays so when a turn is drawn anew.
function keepUnfolded(before, now) {
  const folds = (turn) => Array.from(turn.querySelectorAll("details"), (fold) => [fold, `${place(fold)} ${fold.className}`]);
  const known = new Map(folds(before).map(([fold, name]) => [name, fold.open]));
  for (const [fold, name] of folds(now)) fold.open = known.get(name) ?? fold.open;
}

const place = (fold) => [...(fold.closest(".reports")?.children ?? [])].indexOf(fold.closest(".verdict"));
