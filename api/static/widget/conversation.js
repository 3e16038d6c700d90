// The conversation without its looks: questions, answers, facts and verdicts, kept in step with the service.
//
// A turn is {question, text, reply, reports, state}: `reports` are the verdicts as of now, `reply` is what was
// said then; a turn without a question is a verdict recomputed after a correction. States: asking, streaming,
// done, stopped, failed.

import { Refused, Unreachable } from "./service.js";
import { WORDS } from "./words.js";

const RECOVERY_PAUSES = [400, 1500, 4000];
const LONGEST_PAUSE = 60_000;
const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

export class Conversation extends EventTarget {
  config = null;
  turns = [];
  facts = [];
  offline = false;
  asOf = null;
  #service;
  #store;
  #running = null;
  #listening = [];
  #closed = false;
  #reconnecting = null;

  constructor(service, store) {
    super();
    this.#service = service;
    this.#store = store;
  }

  get busy() {
    return this.#running !== null;
  }

  get session() {
    const known = this.#store.get("session");
    if (known) return known;
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    const made = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
    this.#store.set("session", made);
    return made;
  }

  async open() {
    const back = () => this.reconnect();
    const gone = () => this.#setOffline(true);
    addEventListener("online", back);
    addEventListener("offline", gone);
    this.#listening = [
      () => removeEventListener("online", back),
      () => removeEventListener("offline", gone),
      this.#store.watch("turn", () => this.busy || this.#quietly(() => this.#restore())),
    ];
    this.config = this.#store.get("config");
    if (this.config) this.#tell("config");
    await this.#connect();
  }

  close() {
    this.#closed = true;
    this.stop();
    for (const stop of this.#listening) stop();
  }

  // Asks; false where nothing could be asked. A repeated turn takes the place of the failed one.
  async ask(question) {
    if (this.busy || !question.trim()) return false;
    const turn = { question: question.trim(), text: "", reply: null, reports: [], state: "asking" };
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
    return this.#call("GET", `/v1/clauses/${encodeURIComponent(id)}?pack=${encodeURIComponent(pack)}`);
  }

  // Sets a fact, or withdraws it with null, and judges anew.
  async changeFact(name, value) {
    const changed = await this.#call("PATCH", this.#path("facts"), { facts: { [name]: value }, as_of: this.asOf });
    this.facts = changed.facts;
    this.#tell("facts");
    await this.#judge(changed.eligibility);
    this.#inStep();
  }

  async rate(turn, rating, reason) {
    const path = `/v1/messages/${encodeURIComponent(turn.reply.message_id)}/feedback`;
    await this.#call("POST", path, { rating, ...(reason ? { reason } : {}) });
    turn.rating = rating;
  }

  async handOver(turn, contact, note) {
    const message = turn?.reply?.message_id;
    const body = { contact, ...(message ? { message_id: message } : {}), ...(note ? { note } : {}) };
    return (await this.#call("POST", this.#path("handover"), body)).ticket_id;
  }

  async restart(forget) {
    this.stop();
    if (forget) await this.#call("DELETE", `/v1/sessions/${this.session}`);
    this.#store.set("session", null);
    this.#store.setOwn("pending", null);
    this.turns = [];
    this.facts = [];
    this.#tell("turns");
    this.#tell("facts");
    this.#inStep();
  }

  // After the connection was lost: what happened meanwhile, and the question that found nobody once more.
  reconnect() {
    this.#reconnecting ??= this.#connect().finally(() => {
      this.#reconnecting = null;
    });
    return this.#reconnecting;
  }

  async #connect() {
    for (let wait = 2000; !this.#closed; wait = Math.min(wait * 2, LONGEST_PAUSE)) {
      try {
        this.config = await this.#reached(this.#service.configuration());
        this.#store.set("config", this.config);
        this.#tell("config");
        const lost = this.turns.at(-1);
        if (!this.busy) await this.#restore();
        if (lost?.lost && this.turns.at(-1)?.lost) await this.#run(this.turns.at(-1));
        return;
      } catch (error) {
        if (error instanceof Refused && error.status !== 503) return this.#tell("refused", error);
        if (error instanceof Refused) this.#tell("starting", error);
        await pause(error.retryAfter * 1000 || wait);
      }
    }
  }

  async #run(turn) {
    const control = (this.#running = new AbortController());
    Object.assign(turn, { state: "asking", text: "", problem: null, lost: false });
    this.#store.setOwn("pending", turn.question);
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
    const ask = () => this.#service.stream({ message: turn.question, session_id: this.session, as_of: this.asOf }, on, signal);
    try {
      await this.#reached(ask());
    } catch (error) {
      if (error.status !== 404) throw error;
      // The conversation has expired, or belongs to the visitor that this browser was: a new one begins here.
      this.#store.set("session", null);
      this.#tell("moved");
      await this.#reached(ask());
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

  // The service may have answered although the connection broke. If it has not, it is asked once more.
  async #recover(turn, signal) {
    const known = this.turns.filter((other) => other.reply).length;
    for (const wait of RECOVERY_PAUSES) {
      await pause(wait);
      if (signal.aborted) return false;
      try {
        const message = (await this.#messages()).slice(known).find((one) => one.question === turn.question);
        if (message) this.#answer(turn, message.reply);
        else await this.#stream(Object.assign(turn, { text: "" }), signal);
        return true;
      } catch (error) {
        if (!(error instanceof Unreachable)) return false;
      }
    }
    return false;
  }

  async #restore() {
    const messages = this.#store.get("session") ? await this.#messages() : [];
    const { facts } = messages.length ? await this.#call("GET", this.#path("facts")) : { facts: [] };
    this.turns = messages.map((message) => answered(message.question, message.reply, message.rating));
    this.facts = facts;
    const pending = this.#store.getOwn("pending");
    const last = this.turns.at(-1);
    if (pending && pending !== last?.question) {
      const problem = WORDS.ask.unanswered;
      this.turns.push({ question: pending, text: "", reply: null, reports: [], state: "failed", problem, lost: true });
    } else this.#store.setOwn("pending", null);
    this.#tell("turns");
    this.#tell("facts");
    // Facts were corrected after the last answer.
    if (last && JSON.stringify(facts) !== JSON.stringify(last.reply.facts)) {
      const { eligibility } = await this.#call("PATCH", this.#path("facts"), { facts: {}, as_of: this.asOf });
      await this.#judge(eligibility);
    }
  }

  async #messages() {
    try {
      return (await this.#call("GET", this.#path("messages"))).messages;
    } catch (error) {
      if (error.status !== 404) throw error;
      this.#store.set("session", null); // expired, or another visitor's
      return [];
    }
  }

  // Shows the verdicts under the present facts: in the last turn if it holds some, else in a turn of their own.
  async #judge(report) {
    const subject = this.turns.findLast((turn) => turn.reports.length);
    const asked = subject ? subject.reports.map((one) => one.category) : report ? [report.category] : [];
    const all = asked.includes(null) ? this.config.categories.map((category) => category.id) : asked;
    if (!all.length) return;
    const reports =
      all.length === 1 && report?.category === all[0] ? [report] : await Promise.all(all.map((one) => this.#check(one)));
    const last = this.turns.at(-1);
    if (subject && subject === last) {
      Object.assign(last, { reports, updated: true });
      this.#tell("turn", last);
    } else {
      const turn = { question: null, text: "", reply: null, reports, state: "done", updated: true };
      this.turns.push(turn);
      this.#tell("added", turn);
    }
  }

  #check(category) {
    const facts = Object.fromEntries(this.facts.map((fact) => [fact.name, fact.value]));
    return this.#call("POST", "/v1/eligibility", { category, facts, as_of: this.asOf, pack: this.config.pack });
  }

  #path(what) {
    return `/v1/sessions/${this.session}/${what}`;
  }

  #call(method, path, body) {
    return this.#reached(this.#service.call(method, path, body));
  }

  async #reached(call) {
    try {
      const result = await call;
      this.#setOffline(false);
      return result;
    } catch (error) {
      if (error instanceof Unreachable) this.#setOffline(true);
      throw error;
    }
  }

  #setOffline(offline) {
    if (offline === this.offline) return;
    this.offline = offline;
    this.#tell("offline");
    if (offline && !this.busy) this.reconnect();
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

function answered(question, reply, rating = null) {
  const reports = reply.eligibility ? [reply.eligibility] : reply.reports;
  return { question, text: reply.text, reply, reports, state: "done", rating, updated: false };
}
