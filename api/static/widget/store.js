// What a browser remembers of one channel. Where storage is refused, it is remembered as long as the page lives.

export class Store {
  #prefix;
  #kept = new Map();

  constructor(host, channel) {
    this.#prefix = `shenbao ${host} ${channel} `;
  }

  // Shared by all tabs.
  get(name) {
    return this.#read("localStorage", name);
  }

  set(name, value) {
    this.#write("localStorage", name, value);
  }

  // This tab's own; it survives a reload.
  getOwn(name) {
    return this.#read("sessionStorage", name);
  }

  setOwn(name, value) {
    this.#write("sessionStorage", name, value);
  }

  // Calls back when another tab has set `name`; returns how to stop listening.
  watch(name, changed) {
    const listen = (event) => {
      if (event.key === this.#prefix + name) changed();
    };
    addEventListener("storage", listen);
    return () => removeEventListener("storage", listen);
  }

  #read(area, name) {
    const key = this.#prefix + name;
    try {
      return JSON.parse(window[area].getItem(key));
    } catch {
      return this.#kept.get(area + key) ?? null;
    }
  }

  #write(area, name, value) {
    const key = this.#prefix + name;
    try {
      if (value === null) window[area].removeItem(key);
      else window[area].setItem(key, JSON.stringify(value));
    } catch {
      this.#kept.set(area + key, value);
    }
  }
}
