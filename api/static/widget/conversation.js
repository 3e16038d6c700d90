// The conversation without its looks: questions, answers, facts and verdicts, kept in step with the service.

import { Link } from "./link.js";
import { Refused, Unreachable } from "./service.js";
import { answered, asking, judged, recomputed, unheard } from "./turn.js";
import { unguessable, Visit } from "./visit.js";
import { WORDS } from "./words.js";

const RECOVERY_PAUSES = [400, 1500, 4000];
const LONGEST_PAUSE = 60_000;
const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

export class Conversation extends EventTarget {
  config = null;
  turns = [];
  facts = [];
  #store;
  #running = null;
  #link = new Link(() => this.#linked());
  #visit;
  #unwatch = () => {};
  #closed = false;
  #reconnecting = null;
  #wake = () => {};

  constructor(service, store) {
    super();
    this.#store = store;
    this.#visit = new Visit(service, store, this.#link);
  }

  get busy() {
    return this.#running !== null;
  }

  get offline() {
    return this.#link.offline;
  }

  set asOf(day) {
    this.#visit.asOf = day;
  }

  async open() {
    this.#unwatch = this.#store.watch("turn", () => this.busy || this.#quietly(() => this.#restore()));
    this.config = this.#store.get("config");
    if (this.config) this.#tell("config");
    await this.reconnect();
  }

  close() {
    this.#closed = true;
    this.stop();
    this.#link.close();
    this.#unwatch();
  }

  // Asks; false where nothing could be asked. A repeated turn takes the place of the failed one.
  async ask(question) {
    if (this.busy || !question.trim()) return false;
    const turn = asking(question.trim());
    this.turns.push(turn);
    this.#tell("added", turn);
    await this.#run(turn);
    return true;
  }

  async repeat(turn) {
    if (!this.busy) await this.#run(turn);
  }

  stop() {
    this.#running?.abort();
  }

  // Takes a question back that was not answered; returns its words.
  withdraw(turn) {
    this.turns = this.turns.filter((other) => other !== turn);
    this.#store.setOwn("pending", null);
    this.#tell("turns");
    return turn.question;
  }

  clause(id, pack) {
    return this.#visit.clause(id, pack);
  }

  // Sets a fact, or withdraws it with null, and judges anew.
  async changeFact(name, value) {
    const changed = await this.#visit.changeFacts({ [name]: value });
    this.facts = changed.facts;
    this.#tell("facts");
    await this.#judge(changed.eligibility);
    this.#inStep();
  }

  async rate(turn, rating, reason) {
    await this.#visit.rate(turn.reply.message_id, rating, reason);
    turn.rating = rating;
  }

  handOver(turn, contact, note) {
    return this.#visit.handOver(turn.reply.message_id, contact, note);
  }

  async restart(forget) {
    this.stop();
    if (forget) await this.#visit.forget();
    this.#visit.leave();
    this.#store.setOwn("pending", null);
    this.turns = [];
    this.facts = [];
    this.#tell("turns");
    this.#tell("facts");
    this.#inStep();
  }

  // After the connection was lost: what happened meanwhile, and the question that found nobody once more.
  reconnect() {
    this.#wake();
    this.#reconnecting ??= this.#connect().finally(() => {
      this.#reconnecting = null;
    });
    return this.#reconnecting;
  }

  async #connect() {
    for (let wait = 2000; !this.#closed; wait = Math.min(wait * 2, LONGEST_PAUSE)) {
      let rest = wait;
      try {
        this.config = await this.#visit.configuration();
        this.#store.set("config", this.config);
        this.#tell("config");
        const lost = this.turns.at(-1);
        if (!this.busy) await this.#restore();
        if (lost?.lost && this.turns.at(-1)?.lost) await this.#run(this.turns.at(-1));
        if (!this.offline) return;
      } catch (error) {
        if (!(error instanceof Refused || error instanceof Unreachable)) throw error;
        if (error instanceof Refused && !error.retryAfter) return this.#tell("refused", error);
        if (error instanceof Refused) this.#tell("later", error);
        rest = error.retryAfter * 1000 || wait;
      }
      await new Promise((resolve) => {
        this.#wake = resolve;
        setTimeout(resolve, rest);
      });
    }
  }

  async #run(turn) {
    const control = (this.#running = new AbortController());
    const key = turn.lost ? turn.key : unguessable();
    Object.assign(turn, { state: "asking", text: "", problem: null, lost: false, key });
    this.#store.setOwn("pending", { question: turn.question, key });
    this.#tell("turn", turn);
    this.#tell("busy");
    try {
      await this.#stream(turn, control.signal);
    } catch (error) {
      await this.#fail(turn, error, control.signal);
    } finally {
      if (this.#running === control) this.#running = null;
      this.#tell("turn", turn);
      this.#tell("busy");
      if (this.offline) this.reconnect();
    }
  }

  async #stream(turn, signal) {
    const on = (name, content) => {
      if (name === "delta") {
        turn.state = "streaming";
        turn.text += content.text;
        this.#tell("delta", turn);
      } else if (name === "done") this.#answer(turn, content);
    };
    try {
      await this.#visit.ask(turn.question, on, signal, turn.key);
    } catch (error) {
      if (error.status !== 404) throw error;
      // The conversation has expired, or belongs to the visitor that this browser was: a new one begins here.
      this.#visit.leave();
      this.#tell("moved");
      await this.#visit.ask(turn.question, on, signal, turn.key);
    }
  }

  #answer(turn, reply) {
    Object.assign(turn, answered(turn.question, reply));
    this.facts = reply.facts;
    this.#store.setOwn("pending", null);
    this.#tell("facts");
    this.#tell("answered", turn);
    this.#inStep();
  }

  async #fail(turn, error, signal) {
    if (signal.aborted) {
      turn.state = "stopped";
    } else if (error instanceof Unreachable && (await this.#recover(turn, signal))) {
      return;
    } else if (signal.aborted) {
      turn.state = "stopped";
    } else {
      const lost = error instanceof Unreachable;
      if (!lost && !(error instanceof Refused)) throw error;
      const until = error.retryAfter ? Date.now() + error.retryAfter * 1000 : 0;
      Object.assign(turn, { state: "failed", lost, problem: lost ? WORDS.ask.interrupted : error.message, until });
    }
  }

  // The service may have answered although the connection broke: under its key the question is asked again.
  async #recover(turn, signal) {
    for (const wait of RECOVERY_PAUSES) {
      await pause(wait);
      if (signal.aborted) return false;
      try {
        await this.#stream(Object.assign(turn, { text: "" }), signal);
        return true;
      } catch (error) {
        if (!(error instanceof Unreachable)) return false;
      }
    }
    return false;
  }

  async #restore() {
    const messages = await this.#visit.messages();
    const facts = messages.length ? await this.#visit.facts() : [];
    this.turns = messages.map((message) => answered(message.question, message.reply, message.rating));
    this.facts = facts;
    const pending = this.#store.getOwn("pending");
    const last = this.turns.at(-1);
    if (pending?.question && pending.question !== last?.question) {
      this.turns.push(unheard(pending));
    } else this.#store.setOwn("pending", null);
    this.#tell("turns");
    this.#tell("facts");
    // Facts were corrected after the last answer.
    if (last && JSON.stringify(facts) !== JSON.stringify(last.reply.facts)) {
      const { eligibility } = await this.#visit.changeFacts({});
      await this.#judge(eligibility);
    }
  }

  // Shows the verdicts under the present facts: in the last turn if it holds some, else in a turn of their own.
  async #judge(report) {
    const categories = judged(this.turns, report, this.config.categories);
    if (!categories.length) return;
    const known = categories.length === 1 && report?.category === categories[0];
    const facts = Object.fromEntries(this.facts.map((fact) => [fact.name, fact.value]));
    const check = (category) => this.#visit.check(category, facts, this.config.pack);
    const reports = known ? [report] : await Promise.all(categories.map(check));
    const last = this.turns.at(-1);
    if (last?.reports.length) {
      Object.assign(last, { reports, updated: true });
      this.#tell("turn", last);
    } else {
      const turn = recomputed(reports);
      this.turns.push(turn);
      this.#tell("added", turn);
    }
  }

  #linked() {
    this.#tell("offline");
    if (!this.busy) this.reconnect();
  }

  async #quietly(action) {
    try {
      await action();
    } catch (error) {
      if (!(error instanceof Refused || error instanceof Unreachable)) throw error;
    }
  }

  #inStep() {
    this.#store.set("turn", `${this.#store.get("session")} ${Date.now()} ${Math.random()}`);
  }

  #tell(what, detail) {
    this.dispatchEvent(new CustomEvent(what, { detail }));
  }
}
