// The self-check report: a page of its own, made for paper.

import { element } from "./dom.js";
import { day, worded } from "./facts.js";
import sheet from "./report.css" with { type: "css" };
import { windowText } from "./verdict.js";
import { WORDS } from "./words.js";

// Opens a window with the verdicts in `reports`; false where the browser refuses one.
export function openReport(reports, { config, facts }, desk) {
  const page = window.open("", "_blank");
  if (!page) return false;
  const paper = page.document;
  paper.documentElement.lang = "zh-CN";
  paper.title = `${WORDS.print.title} ${config.document}`;
  const looks = new page.CSSStyleSheet();
  looks.replaceSync(textOf(sheet));
  paper.adoptedStyleSheets = [looks];
  const print = element("button", { type: "button", class: "print" }, WORDS.print.print);
  paper.body.replaceChildren(element("main", {}, print, ...content(reports, config.document, facts, desk)));
  print.addEventListener("click", () => page.print());
  print.focus();
  return true;
}

const textOf = (styles) => Array.from(styles.cssRules, (rule) => rule.cssText).join("\n");

function content(reports, notice, facts, desk) {
  const [first] = reports;
  return [
    element("h1", {}, WORDS.print.title),
    table("about", [
      [WORDS.print.document, notice],
      [WORDS.print.day, day(first.as_of)],
      [WORDS.print.made, new Date().toLocaleString("zh-CN", { hour12: false })],
    ]),
    ...reports.flatMap((report) => verdict(report, desk)),
    element("h2", {}, WORDS.print.facts),
    table("facts", facts.map((fact) => factRow(fact, desk)), [WORDS.print.fact, WORDS.print.value, WORDS.print.words]),
    element("p", { class: "small" }, WORDS.disclaimer),
    element("p", { class: "small" }, WORDS.print.version(first.pack, first.pack_version, first.pack_digest.slice(0, 12))),
  ];
}

function factRow(fact, desk) {
  const spec = desk.spec(fact.name);
  return spec ? [spec.meaning, worded(spec, fact.value), fact.quote || WORDS.facts.entered] : [fact.name, String(fact.value), fact.quote];
}

function verdict(report, desk) {
  const rows = report.criteria.map((one) => [
    WORDS.status[one.status].join(" "),
    `${one.label} “${one.quote}”`,
    [one.reason, one.remedy && `${WORDS.verdict.remedy}：${one.remedy}`].filter(Boolean).join("\n"),
  ]);
  return [
    element("h2", {}, desk.categoryName(report.category)),
    element("p", { class: `verdict ${report.verdict}` }, report.hypothetical ? `${WORDS.verdict.hypothetical}：` : "", WORDS.verdict[report.verdict]),
    report.window ? element("p", {}, `${WORDS.print.window}：${windowText(report.window)}`) : "",
    table("criteria", rows, [WORDS.print.result, WORDS.print.clause, WORDS.print.reason]),
    report.missing_facts.length ? element("h3", {}, WORDS.print.missing) : "",
    report.missing_facts.length ? element("ul", {}, ...report.missing_facts.map((fact) => element("li", {}, fact.question))) : "",
    ...report.contacts.map((one) => element("p", { class: "small" }, `${one.label} ${one.phone}`)),
    element("p", { class: "small" }, WORDS.print.digest(report.digest)),
  ];
}

function table(name, rows, heads = null) {
  const row = (cells) => element("tr", {}, ...cells.map((cell, place) => element(heads || place ? "td" : "th", heads || place ? {} : { scope: "row" }, cell)));
  const head = heads ? element("thead", {}, element("tr", {}, ...heads.map((title) => element("th", { scope: "col" }, title)))) : "";
  return element("table", { class: name }, head, element("tbody", {}, ...rows.map(row)));
}
