// Facts in words, and the inputs that ask for them, made from what the pack declares.

import { button, element } from "./dom.js";
import { WORDS } from "./words.js";

const MOST_BUTTONS = 8;

export function worded(spec, value) {
  const words = WORDS.facts;
  if (typeof value === "boolean") return value ? words.yes : words.no;
  if (value === null || typeof value !== "object") return one(spec, value);
  const { from, to, open } = value;
  if (spec.type === "date") return days(spec, from, to);
  if (from === null) return (open ? words.below : words.to)(one(spec, to));
  if (to === null) return (open ? words.above : words.from)(one(spec, from));
  return words.between(String(from), one(spec, to));
}

function one(spec, value) {
  if (spec.type === "choice") return spec.labels?.[value] ?? String(value);
  if (spec.type === "date") return day(value);
  return spec.unit ? `${value} ${spec.unit}` : String(value);
}

// 2023-02-06 as 2023年2月6日.
export function day(iso) {
  const [year, month, date] = iso.split("-").map(Number);
  return `${year}年${month}月${date}日`;
}

// 2023-02-28 as 2月28日, where the year is said already.
export const dayOfYear = (iso) => day(iso).replace(/^\d+年/, "");

// A whole year or month is called by its name.
function days(spec, from, to) {
  if (from === null) return WORDS.facts.until(day(to));
  if (to === null) return WORDS.facts.since(day(from));
  const [year, month] = from.split("-");
  if (from === `${year}-01-01` && to === `${year}-12-31`) return `${year}年`;
  const last = new Date(Date.UTC(Number(year), Number(month), 0)).toISOString().slice(0, 10);
  if (from === `${year}-${month}-01` && to === last) return `${year}年${Number(month)}月`;
  return WORDS.facts.between(day(from), day(to));
}

// Controls that call submit(value) with a typed value. `label` names them for a screen reader.
export function answerControls(spec, label, submit, known = null) {
  const choices = choicesOf(spec);
  if (!choices) return [typed(spec, label, submit, known)];
  const options = choices.map(([value, text]) =>
    button({ class: "option", "aria-pressed": known === null ? null : String(known === value), onclick: () => submit(value) }, text),
  );
  return [element("div", { class: "options", role: "group", "aria-label": label }, ...options)];
}

function choicesOf(spec) {
  if (spec.type === "bool") return [[true, WORDS.facts.yes], [false, WORDS.facts.no]];
  if (spec.type === "choice") return spec.choices.map((value) => [value, spec.labels?.[value] ?? String(value)]);
  if (spec.type !== "int" || spec.minimum === null || spec.maximum === null) return null;
  const count = spec.maximum - spec.minimum + 1;
  return count > MOST_BUTTONS ? null : Array.from({ length: count }, (_, step) => [spec.minimum + step, String(spec.minimum + step)]);
}

function typed(spec, label, submit, known) {
  const exact = known !== null && typeof known !== "object" ? String(known) : "";
  const isDate = spec.type === "date";
  const input = element("input", {
    type: isDate ? "date" : "number",
    required: true,
    "aria-label": label,
    value: exact,
    min: isDate ? "1900-01-01" : spec.minimum,
    max: isDate ? "2100-12-31" : spec.maximum,
    step: isDate ? null : spec.type === "int" ? "1" : "any",
    inputmode: isDate ? null : "decimal",
  });
  const confirm = element("button", { type: "submit", class: "option" }, WORDS.facts.confirm);
  const send = (event) => {
    event.preventDefault();
    submit(isDate ? input.value : Number(input.value));
  };
  return element("form", { class: "typed", onsubmit: send }, input, spec.unit ? element("span", { class: "unit" }, spec.unit) : null, confirm);
}
