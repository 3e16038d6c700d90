// What the sheet asks: a fact to correct, a contact for an answer by a person, how to begin anew.

import { button, element } from "./dom.js";
import { answerControls } from "./facts.js";
import { WORDS } from "./words.js";

// `save(value)` takes the corrected value, null to withdraw it.
export function factForm(sheet, spec, fact, save) {
  const done = (value) => {
    sheet.close();
    save(value);
  };
  const drop = button({ class: "option danger", onclick: () => done(null) }, WORDS.facts.drop);
  sheet.open(
    WORDS.facts.title,
    element("p", { class: "ask" }, spec.question),
    element("p", { class: "soft" }, fact.quote ? WORDS.facts.said(fact.quote) : WORDS.facts.entered),
    ...answerControls(spec, spec.meaning, done, fact.value),
    element("div", { class: "options apart" }, drop),
  );
}

// `submit(contact, note)` resolves to the ticket's id, or null where it failed and was told.
export function handOverForm(sheet, submit) {
  const words = WORDS.handover;
  const contact = element("input", { type: "text", required: true, maxlength: 100, autocomplete: "tel" });
  const note = element("textarea", { rows: 3, maxlength: 1000 });
  const send = async (event) => {
    event.preventDefault();
    const ticket = await submit(contact.value.trim(), note.value.trim());
    if (ticket === null) return;
    form.replaceWith(element("p", { class: "done", role: "status" }, words.done(ticket)));
  };
  const form = element(
    "form",
    { class: "fields", onsubmit: send },
    element("p", { class: "soft" }, words.explain),
    element("label", {}, words.contact, contact),
    element("label", {}, words.note, note),
    element("button", { type: "submit", class: "primary" }, words.submit),
  );
  sheet.open(words.title, form);
}

export function restartForm(sheet, restart) {
  const words = WORDS.restarting;
  const choose = (forget) => () => {
    sheet.close();
    restart(forget);
  };
  sheet.open(
    words.title,
    element("p", {}, words.explain),
    element(
      "div",
      { class: "fields" },
      button({ class: "primary", onclick: choose(false) }, words.keep),
      button({ class: "option danger", onclick: choose(true) }, words.forget),
      button({ class: "option", onclick: () => sheet.close() }, WORDS.cancel),
    ),
  );
}
