// One turn of the conversation as elements: the question, and the answer as what it is.

import { button, element, icon, phone, present } from "./dom.js";
import { withMarkers, withoutMarkers } from "./quote.js";
import { actions } from "./rating.js";
import { clauseButton, sharedQuestions, verdictCard, windowTag } from "./verdict.js";
import { WORDS } from "./words.js";

const SOURCE_LINE = /^\[\d+\] /;
const SIGN_LINE = /^[✓✗？–] /;

export function drawTurn(turn, desk, latest) {
  const asked = turn.question === null ? [] : [element("div", { class: "question" }, unseen(`${WORDS.you}：`), element("p", {}, turn.question))];
  const parts = turn.state === "done" ? answer(turn, desk, latest) : unfinished(turn, desk);
  return element("article", { class: "turn" }, ...asked, element("div", { class: "answer" }, unseen(`${WORDS.assistant}：`), ...parts));
}

export const unseen = (text) => element("span", { class: "unseen" }, text);

function unfinished(turn, desk) {
  const text = turn.text ? element("p", { class: "text" }, prose(turn.text).join("\n")) : null;
  if (turn.state === "streaming") return present([text]);
  if (turn.state === "asking") {
    const dots = element("span", { class: "dots", "aria-hidden": "true" }, ...[1, 2, 3].map(() => element("i")));
    return [element("p", { class: "thinking" }, dots, WORDS.ask.thinking)];
  }
  const again = turn.state === "stopped" ? WORDS.ask.again : WORDS.ask.retry;
  const retry = button({ class: "option", onclick: () => desk.repeat(turn) }, again);
  const edit = button({ class: "option", onclick: () => desk.withdraw(turn) }, WORDS.edit);
  const problem = element("p", { class: "problem" }, turn.state === "stopped" ? WORDS.ask.stopped : turn.problem);
  if (turn.until > Date.now()) countDown(turn.until, problem, retry);
  return present([text, problem, element("div", { class: "options" }, retry, edit)]);
}

function countDown(until, problem, retry) {
  const left = element("span", { "aria-hidden": "true" });
  problem.append(left);
  retry.disabled = true;
  const tick = () => {
    const seconds = Math.ceil((until - Date.now()) / 1000);
    left.textContent = seconds > 0 ? WORDS.wait(seconds) : "";
    retry.disabled = seconds > 0;
    if (seconds > 0) setTimeout(tick, 1000);
  };
  tick();
}

function answer(turn, desk, latest) {
  const { reply, reports } = turn;
  const several = reports.length > 1;
  const cards = reports.map((report) => verdictCard(report, desk, { asks: latest && !several }));
  const side = element("div", { class: "reports", role: "group", "aria-label": WORDS.verdict.reports }, ...cards);
  const shown = several ? [side, latest ? sharedQuestions(reports, desk) : null] : cards;
  const updated = turn.updated ? element("p", { class: "updated" }, WORDS.updated) : null;
  if (!reply) return present([updated, ...shown]);
  return present([
    ...said(turn, desk),
    updated,
    ...shown,
    reply.window && !reports.length ? windowTag(reply.window) : null,
    reply.citations.length ? sources(reply.citations, desk) : null,
    reply.contacts.length ? contacts(reply.contacts) : null,
    actions(turn, desk),
    latest && reply.suggestions.length ? suggestions(reply.suggestions, desk.ask) : null,
  ]);
}

// What the cards show is not said twice: the lines that they cover are folded, and so is all of a text that has
// been overtaken by a correction.
function said(turn, desk) {
  const { reply, reports } = turn;
  const lines = prose(reply.text);
  const whole = (title) => element("details", { class: "whole" }, element("summary", {}, title), paragraph(lines, reply, desk));
  if (turn.updated) return [whole(WORDS.earlier)];
  const kept = reports.length ? uncovered(lines, reports) : lines;
  if (kept.length === lines.length) return [paragraph(lines, reply, desk)];
  return present([kept.length ? paragraph(kept, reply, desk) : null, whole(WORDS.whole)]);
}

const paragraph = (lines, reply, desk) => element("p", { class: "text" }, ...withMarkers(lines.join("\n"), reply.citations, desk.openClause));

// What a screen reader is told of an answer.
export const spoken = (reply) => withoutMarkers(prose(reply.text).join("\n"));

// The text without the list of its sources at the end, which is shown as elements.
function prose(text) {
  const lines = text.split("\n");
  let end = lines.length;
  while (end > 0 && SOURCE_LINE.test(lines[end - 1])) end -= 1;
  return end < lines.length ? lines.slice(0, Math.max(end - 1, 0)) : lines;
}

function uncovered(lines, reports) {
  const questions = new Set(reports.flatMap((report) => report.missing_facts.map((fact) => fact.question)));
  const covered = (line) => line !== undefined && (SIGN_LINE.test(line) || questions.has(withoutMarkers(line).replace(/^\d+\. /, "")));
  return lines.filter((line, place) => !covered(line) && !(line.endsWith("：") && covered(lines[place + 1])));
}

function sources(citations, desk) {
  const lines = citations.map((citation) =>
    element("li", {}, clauseButton(citation, desk, `[${citation.marker}] ${citation.label}`), element("q", {}, citation.quote)),
  );
  return element("details", { class: "sources" }, element("summary", {}, WORDS.basis(citations.length)), element("ul", {}, ...lines));
}

export function contacts(desks) {
  const cards = desks.map((one) =>
    element("li", {}, phone(one.phone, icon("phone"), element("span", { class: "unseen" }, WORDS.call("")), element("span", {}, one.label), element("strong", {}, one.phone))),
  );
  return element("ul", { class: "contacts", "aria-label": WORDS.contacts }, ...cards);
}

export function suggestions(questions, ask, label = WORDS.suggestions) {
  const items = questions.map((question) => element("li", {}, button({ class: "option", onclick: () => ask(question) }, question)));
  return element("ul", { class: "suggestions", "aria-label": label }, ...items);
}
