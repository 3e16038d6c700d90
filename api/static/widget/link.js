// Whether the service can be reached: learnt from every call, and from the browser.

import { Refused, Unreachable } from "./service.js";

export class Link {
  offline = false;
  #changed;
  #back = () => this.#changed();
  #gone = () => this.#set(true);

  // changed() is called when the service is out of reach, and when it is or may be back.
  constructor(changed) {
    this.#changed = changed;
    addEventListener("online", this.#back);
    addEventListener("offline", this.#gone);
  }

  close() {
    removeEventListener("online", this.#back);
    removeEventListener("offline", this.#gone);
  }

  // The result of a call; what it tells of the connection is remembered.
  async through(call) {
    try {
      const result = await call;
      this.#set(false);
      return result;
    } catch (error) {
      if (error instanceof Unreachable) this.#set(true);
      else if (error instanceof Refused) this.#set(false);
      throw error;
    }
  }

  #set(offline) {
    if (offline === this.offline) return;
    this.offline = offline;
    this.#changed();
  }
}
