// The HTTP service: JSON requests under a visitor's token, and answers that arrive as server-sent events.

import { WORDS } from "./words.js";

const SPARE_MILLISECONDS = 60_000;

// The service said no; `detail` is what it said.
export class Refused extends Error {
  constructor(detail, status, retryAfter = 0) {
    super(detail);
    this.status = status;
    this.retryAfter = retryAfter;
  }
}

// The service could not be reached, or the connection broke.
export class Unreachable extends Error {
  retryAfter = 0;
}

export class Service {
  #host;
  #channel;
  #store;
  #renewal = null;

  constructor(host, channel, store) {
    this.#host = host;
    this.#channel = encodeURIComponent(channel);
    this.#store = store;
  }

  configuration() {
    return this.#send("GET", `/v1/channels/${this.#channel}`, {}).then(json);
  }

  async call(method, path, body, signal) {
    const response = await this.#authorized(method, path, { body, signal });
    return response.status === 204 ? null : json(response);
  }

  // Calls on(name, content) for each event of the answer. Sent again under its key, a question is answered once.
  async stream(body, on, signal, key) {
    const response = await this.#authorized("POST", "/v1/chat/stream", { body, signal, key });
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    let rest = "";
    for (;;) {
      const { value, done } = await reader.read().catch((error) => {
        throw signal.aborted ? error : new Unreachable();
      });
      if (done) throw new Unreachable();
      const events = (rest + value).split("\n\n");
      rest = events.pop();
      for (const event of events) {
        const name = /^event: (.+)$/m.exec(event)?.[1];
        const content = parsed(/^data: (.+)$/m.exec(event)?.[1]);
        if (name === "error") throw new Refused(content.detail || content.title, content.status);
        on(name, content);
        if (name === "done") return;
      }
    }
  }

  async #authorized(method, path, options) {
    try {
      return await this.#send(method, path, { ...options, token: await this.#token() });
    } catch (error) {
      if (error.status !== 401) throw error;
      // Expired meanwhile, or the service has a new secret.
      return this.#send(method, path, { ...options, token: await this.#token(true) });
    }
  }

  async #token(renew = false) {
    const known = this.#store.get("token");
    if (!renew && known && Date.parse(known.expires_at) - Date.now() > SPARE_MILLISECONDS) return known.token;
    this.#renewal ??= this.#renew(known).finally(() => {
      this.#renewal = null;
    });
    return (await this.#renewal).token;
  }

  async #renew(known) {
    const path = `/v1/channels/${this.#channel}/token`;
    const fresh = () => this.#send("POST", path, { body: {} });
    const response = await (known
      ? this.#send("POST", path, { body: { visitor: known.token } }).catch((error) => {
          // A token that the service no longer knows: the visitor begins anew.
          if (error.status === 401 || error.status === 422) return fresh();
          throw error;
        })
      : fresh());
    const token = await json(response);
    this.#store.set("token", token);
    return token;
  }

  async #send(method, path, { body, signal, token, key }) {
    const headers = {};
    if (body) headers["Content-Type"] = "application/json";
    if (key) headers["Idempotency-Key"] = key;
    if (token) headers.Authorization = `Bearer ${token}`;
    let response;
    try {
      response = await fetch(this.#host + path, {
        method,
        headers,
        signal,
        body: body && JSON.stringify(body),
        credentials: "omit",
      });
    } catch (error) {
      throw error.name === "AbortError" ? error : new Unreachable();
    }
    if (!response.ok) throw await refusal(response);
    return response;
  }
}

async function refusal(response) {
  const problem = await response.json().catch(() => ({}));
  const detail = problem.detail || problem.title || WORDS.failed(response.status);
  return new Refused(detail, response.status, Number(response.headers.get("Retry-After")) || 0);
}

const json = (response) =>
  response.json().catch((error) => {
    throw error.name === "AbortError" ? error : new Unreachable();
  });

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    throw new Refused(WORDS.broken, 502);
  }
}
