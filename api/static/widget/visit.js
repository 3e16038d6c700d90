// What a visitor asks of the service within one conversation. Every call tells the link how it went.

// 128 random bits: the id of a conversation, the key of a question.
export const unguessable = () =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");

export class Visit {
  // The day on which questions are asked, today where it is null.
  asOf = null;
  #service;
  #store;
  #link;

  constructor(service, store, link) {
    this.#service = service;
    this.#store = store;
    this.#link = link;
  }

  // The conversation's id, made here, so that it is known even when no answer arrives.
  get session() {
    const known = this.#store.get("session");
    if (known) return known;
    const made = unguessable();
    this.#store.set("session", made);
    return made;
  }

  leave() {
    this.#store.set("session", null);
  }

  configuration() {
    return this.#link.through(this.#service.configuration());
  }

  ask(question, on, signal, key) {
    const body = { message: question, session_id: this.session, as_of: this.asOf };
    return this.#link.through(this.#service.stream(body, on, signal, key));
  }

  // All that was said; nothing where the conversation has expired or is another visitor's.
  async messages() {
    if (!this.#store.get("session")) return [];
    try {
      return (await this.#call("GET", this.#path("messages"))).messages;
    } catch (error) {
      if (error.status !== 404) throw error;
      this.leave();
      return [];
    }
  }

  async facts() {
    return (await this.#call("GET", this.#path("facts"))).facts;
  }

  // {facts, eligibility}: what is known afterwards, and the verdict where one category is talked about.
  changeFacts(facts) {
    return this.#call("PATCH", this.#path("facts"), { facts, as_of: this.asOf });
  }

  check(category, facts, pack) {
    return this.#call("POST", "/v1/eligibility", { category, facts, as_of: this.asOf, pack });
  }

  clause(id, pack) {
    return this.#call("GET", `/v1/clauses/${encodeURIComponent(id)}?pack=${encodeURIComponent(pack)}`);
  }

  rate(message, rating, reason) {
    return this.#call("POST", `/v1/messages/${encodeURIComponent(message)}/feedback`, { rating, ...(reason ? { reason } : {}) });
  }

  async handOver(message, contact, note) {
    const body = { contact, ...(message ? { message_id: message } : {}), ...(note ? { note } : {}) };
    return (await this.#call("POST", this.#path("handover"), body)).ticket_id;
  }

  forget() {
    return this.#call("DELETE", `/v1/sessions/${this.session}`);
  }

  #path(what) {
    return `/v1/sessions/${this.session}/${what}`;
  }

  #call(method, path, body) {
    return this.#link.through(this.#service.call(method, path, body));
  }
}
