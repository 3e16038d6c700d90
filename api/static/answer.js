// A reply as elements: the text with its citations, the verdicts, the desks to ring, what to ask next.

import { element } from "/static/dom.js";

const SIGNS = {
  met: ["✓", "满足"],
  not_met: ["✗", "不满足"],
  unknown: ["？", "待了解"],
  needs_confirmation: ["？", "需确认"],
  not_applicable: ["–", "不适用"],
};
const VERDICTS = {
  eligible: "符合申报条件",
  ineligible: "目前不符合申报条件",
  needs_info: "还需要了解几项情况",
  needs_confirmation: "没有发现硬性不符，有事项需要确认",
};

// Some texts end with the list of their clauses, which is shown as elements here.
const BASIS = "\n依据\n";

export function answer(reply, { openClause, ask, categories }) {
  const shown = [text(reply, openClause)];
  const reports = reply.eligibility ? [reply.eligibility] : reply.reports;
  shown.push(...reports.map((report) => verdict(report, openClause, categories)));
  if (reply.citations.length) shown.push(sources(reply.citations, openClause));
  if (reply.contacts.length) shown.push(contacts(reply.contacts));
  if (reply.suggestions.length) shown.push(suggestions(reply.suggestions, ask));
  return shown;
}

function text(reply, openClause) {
  const cited = new Map(reply.citations.map((citation) => [String(citation.marker), citation]));
  const parts = reply.text.split(BASIS)[0].split(/(\[\d+\])/).map((part) => {
    const citation = cited.get(part.slice(1, -1));
    if (!citation || !/^\[\d+\]$/.test(part)) return part;
    return element(
      "button",
      { type: "button", class: "marker", "aria-label": `依据 ${citation.label}`, title: citation.label, onclick: () => openClause(citation) },
      String(citation.marker),
    );
  });
  return element("p", { class: "text" }, ...parts);
}

export function verdict(report, openClause, categories, open = false) {
  const name = report.category ? categories.get(report.category) ?? report.category : "共同条件";
  const heading = `${report.hypothetical ? "假设如此，" : ""}${name}：${VERDICTS[report.verdict]}`;
  return element(
    "details",
    { class: `verdict ${report.verdict}`, ...(open ? { open: "" } : {}) },
    element("summary", {}, element("strong", {}, heading), ` 逐条对照 ${report.criteria.length} 项`),
    element("ul", { class: "criteria" }, ...report.criteria.map((one) => criterion(one, report, openClause))),
  );
}

function criterion(one, report, openClause) {
  const [sign, meaning] = SIGNS[one.status];
  const source = { clause_id: one.clause_id, pack: report.pack, quote: one.quote };
  return element(
    "li",
    { class: one.status },
    element("span", { class: "sign", role: "img", "aria-label": meaning, title: meaning }, sign),
    element(
      "div",
      {},
      element("button", { type: "button", class: "label", onclick: () => openClause(source) }, one.label),
      ` ${one.reason}`,
      one.remedy ? element("p", { class: "remedy" }, `可以怎么改：${one.remedy}`) : null,
    ),
  );
}

function sources(citations, openClause) {
  const lines = citations.map((citation) =>
    element(
      "li",
      {},
      element("button", { type: "button", class: "label", onclick: () => openClause(citation) }, `[${citation.marker}] ${citation.label}`),
      element("q", {}, citation.quote),
    ),
  );
  const documents = [...new Set(citations.map((citation) => citation.document))].join("、");
  return element("details", { class: "sources", open: "" }, element("summary", {}, `依据 ${citations.length} 处（${documents}）`), element("ul", {}, ...lines));
}

function contacts(desks) {
  const lines = desks.map((desk) =>
    element("li", {}, `${desk.label} `, element("a", { href: `tel:${desk.phone.replace(/[^0-9+]/g, "")}` }, desk.phone)),
  );
  return element("ul", { class: "contacts", "aria-label": "联系电话" }, ...lines);
}

export function suggestions(questions, ask) {
  return element("ul", { class: "suggestions", "aria-label": "还可以问" }, ...suggestionItems(questions, ask));
}

export function suggestionItems(questions, ask) {
  return questions.map((question) =>
    element("li", {}, element("button", { type: "button", onclick: () => ask(question) }, question)),
  );
}
