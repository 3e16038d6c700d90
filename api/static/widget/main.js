// The one line that embeds the widget:
//   <script src="https://HOST/widget.js" data-channel="…" defer></script>
// opens as a bubble; data-container="#id" fills that element instead; <shenbao-chat channel="…"> may also be written
// into the page by hand.

import { ShenbaoChat } from "./chat.js";
import { element } from "./dom.js";

const script = document.currentScript;

function embed({ channel, container, theme, asOf }) {
  const place = container ? document.querySelector(container) : document.body;
  if (!place) return console.error(`shenbao: no element ${container} to fill`);
  place.append(element("shenbao-chat", { channel, theme, "as-of": asOf, bubble: !container }));
}

if (script && !customElements.get("shenbao-chat")) {
  ShenbaoChat.host = new URL(script.src).origin;
  customElements.define("shenbao-chat", ShenbaoChat);
  const { dataset } = script;
  if (dataset.channel && document.body) embed(dataset);
  else if (dataset.channel) addEventListener("DOMContentLoaded", () => embed(dataset), { once: true });
}
