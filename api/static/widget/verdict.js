// A verdict as a card: what it is, what stands against it, what to change, and what is still to be asked.

import { button, element } from "./dom.js";
import { answerControls, day, dayOfYear } from "./facts.js";
import { WORDS } from "./words.js";

const ORDER = ["not_met", "needs_confirmation", "unknown", "met", "not_applicable"];
const SIGN_OF = { eligible: "met", ineligible: "not_met", needs_info: "unknown", needs_confirmation: "needs_confirmation" };
const FIRST_QUESTIONS = 3;

// `desk` offers openClause(source), answer(name, value), categoryName(id) and spec(name). A card that is no longer
// the latest asks nothing.
export function verdictCard(report, desk, { asks = true } = {}) {
  return element(
    "section",
    { class: `verdict ${report.verdict}`, "aria-label": `${desk.categoryName(report.category)}：${WORDS.verdict[report.verdict]}` },
    heading(report, desk),
    asks && report.missing_facts.length ? questions(report.missing_facts, desk) : null,
    ...ORDER.map((status) => group(report, status, desk)),
    report.alternatives.length ? alternatives(report.alternatives, desk) : null,
    report.notes?.length ? notes(report, desk) : null,
  );
}

function heading(report, desk) {
  const [sign] = WORDS.status[SIGN_OF[report.verdict]];
  return element(
    "header",
    {},
    element("span", { class: "seal", "aria-hidden": "true" }, sign),
    element(
      "div",
      {},
      element("p", { class: "category" }, desk.categoryName(report.category), report.hypothetical ? element("span", { class: "tag" }, WORDS.verdict.hypothetical) : null),
      element("h3", {}, WORDS.verdict[report.verdict]),
      element("p", { class: "counts" }, element("span", {}, WORDS.verdict.asOf(report.as_of)), ...counts(report)),
      report.window ? windowTag(report.window) : null,
    ),
  );
}

const counts = (report) =>
  ORDER.map((status) => [status, report.criteria.filter((one) => one.status === status).length])
    .filter(([, count]) => count)
    .map(([status, count]) => element("span", {}, `${WORDS.status[status][1]} ${count}`));

export function windowTag(window) {
  return element("p", { class: `window ${window.status}` }, element("span", { class: "dot", "aria-hidden": "true" }), windowText(window));
}

// 申报期内 · 2023年2月6日至2月28日, of which what is not known is left out.
export function windowText({ status, opens_on: from, closes_on: until }) {
  const words = WORDS.window;
  const days = from && until ? words.between(day(from), from.slice(0, 4) === until.slice(0, 4) ? dayOfYear(until) : day(until)) : from ? words.from(day(from)) : until && words.until(day(until));
  return [words[status], days].filter(Boolean).join(" · ");
}

// What weighs most is open at once; the rest unfolds.
function group(report, status, desk) {
  const members = report.criteria.filter((one) => one.status === status);
  if (!members.length) return null;
  const [sign, meaning] = WORDS.status[status];
  const open = status === "not_met" || status === "needs_confirmation" || (status === "met" && report.verdict === "eligible");
  return element(
    "details",
    { class: `group ${status}`, open },
    element("summary", {}, element("span", { class: "sign", "aria-hidden": "true" }, sign), meaning, element("span", { class: "count" }, WORDS.items(members.length))),
    element("ul", {}, ...members.map((one) => criterion(one, report, desk))),
  );
}

function criterion(one, report, desk) {
  const [sign, meaning] = WORDS.status[one.status];
  return element(
    "li",
    {},
    element("span", { class: "sign", role: "img", "aria-label": meaning }, sign),
    element(
      "div",
      {},
      element("p", {}, one.reason),
      clauseButton({ ...one, pack: report.pack }, desk),
      one.remedy ? element("p", { class: "remedy" }, element("strong", {}, WORDS.verdict.remedy), one.remedy) : null,
    ),
  );
}

export const clauseButton = (source, desk, label = source.label) =>
  button({ class: "link", "aria-label": WORDS.cite(source.label), onclick: () => desk.openClause(source) }, label);

// What several verdicts lack is asked once.
export function sharedQuestions(reports, desk) {
  const missing = new Map(reports.flatMap((report) => report.missing_facts).map((fact) => [fact.name, fact]));
  return missing.size ? element("section", { class: "shared", "aria-label": WORDS.verdict.missing }, questions([...missing.values()], desk)) : null;
}

function questions(missing, desk) {
  const first = missing.slice(0, FIRST_QUESTIONS).map((fact) => question(fact, desk));
  const rest = missing.slice(FIRST_QUESTIONS);
  return element(
    "div",
    { class: "questions" },
    element("h3", {}, WORDS.verdict.missing),
    ...first,
    rest.length ? element("details", { class: "rest" }, element("summary", {}, WORDS.verdict.more(rest.length)), ...rest.map((fact) => question(fact, desk))) : null,
  );
}

function question(fact, desk) {
  const spec = desk.spec(fact.name);
  const controls = spec ? answerControls(spec, fact.question, (value) => desk.answer(fact.name, value)) : [];
  return element("div", { class: "question" }, element("p", {}, fact.question), ...controls);
}

function alternatives(others, desk) {
  const lines = others.map((other) => {
    const [sign] = WORDS.status[SIGN_OF[other.verdict]];
    const name = desk.categoryName(other.category);
    return element(
      "li",
      {},
      element("span", { class: "sign", "aria-hidden": "true" }, sign),
      element("div", {}, element("p", {}, element("strong", {}, name), ` ${WORDS.verdict[other.verdict]}`), element("p", { class: "soft" }, other.reason)),
    );
  });
  return element("details", { class: "group others" }, element("summary", {}, WORDS.verdict.alternatives), element("ul", {}, ...lines));
}

function notes(report, desk) {
  const lines = report.notes.map((note) =>
    element("li", {}, element("span", {}), element("div", {}, element("p", {}, note.text), clauseButton({ ...note, pack: report.pack, quote: "" }, desk))),
  );
  return element("details", { class: "group others" }, element("summary", {}, WORDS.verdict.notes), element("ul", {}, ...lines));
}
