// Beneath an answer: copy it, say whether it helped, ask for a person, keep the report.

import { button, element, icon, iconButton } from "./dom.js";
import { WORDS } from "./words.js";

export function actions(turn, desk) {
  const bar = element("div", { class: "actions" });
  const place = element("div", { class: "why" });
  const draw = () => {
    const rate = (rating) => pressed(rating, turn.rating, () => (rating === "up" ? send("up") : askWhy()));
    bar.replaceChildren(
      iconButton("copy", WORDS.copy, () => desk.copy(turn)),
      rate("up"),
      rate("down"),
      turn.reports.length ? wide("report", WORDS.report, () => desk.report()) : "",
      turn.reply.route === "unresolved" ? wide("talk", WORDS.handover.open, () => desk.handOver(turn)) : "",
    );
  };
  const send = async (rating, reason) => {
    if (!(await desk.rate(turn, rating, reason))) return;
    draw();
    place.replaceChildren();
    bar.querySelector(`[data-rating="${rating}"]`).focus();
  };
  const askWhy = () => {
    if (place.firstChild) return place.replaceChildren();
    place.replaceChildren(reasonForm((reason) => send("down", reason)));
    place.querySelector("button").focus();
  };
  draw();
  return element("div", { class: "after" }, bar, place);
}

function pressed(rating, current, onclick) {
  const state = { "aria-pressed": String(current === rating), "data-rating": rating, disabled: current === rating };
  return iconButton(rating, WORDS.rating[rating], onclick, state);
}

const wide = (drawing, label, onclick) => button({ class: "wide", onclick }, icon(drawing), label);

function reasonForm(submit) {
  const chosen = new Set();
  const more = element("input", { type: "text", maxlength: 300, "aria-label": WORDS.rating.more, placeholder: WORDS.rating.more });
  const reasons = WORDS.rating.reasons.map((reason) => {
    const toggle = (event) => {
      const on = !chosen.has(reason);
      if (on) chosen.add(reason);
      else chosen.delete(reason);
      event.currentTarget.setAttribute("aria-pressed", String(on));
    };
    return button({ class: "option", "aria-pressed": "false", onclick: toggle }, reason);
  });
  const send = (event) => {
    event.preventDefault();
    submit([...chosen, more.value.trim()].filter(Boolean).join("；"));
  };
  return element(
    "form",
    { class: "reasons", onsubmit: send },
    element("p", { class: "soft" }, WORDS.rating.why),
    element("div", { class: "options" }, ...reasons),
    element("div", { class: "typed" }, more, element("button", { type: "submit", class: "option" }, WORDS.rating.submit)),
  );
}
