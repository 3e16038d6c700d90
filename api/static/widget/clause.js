// A clause as it is printed: where it stands, its words with the quoted ones marked, its neighbours.

import { button, element } from "./dom.js";
import { marked } from "./quote.js";
import { WORDS } from "./words.js";

// `source` is {clause_id, pack, quote}; `load(id, pack)` fetches a clause.
export async function openClause(source, sheet, load) {
  const { clause_id: id, pack, quote = "" } = source;
  const clause = await load(id, pack);
  const words = marked(clause.text, quote);
  const path = [...new Set([...clause.heading_path, clause.heading].filter(Boolean))];
  const go = (neighbour, word) =>
    neighbour &&
    button({ class: "option", onclick: () => openClause({ clause_id: neighbour.clause_id, pack }, sheet, load) }, `${word} ${neighbour.label}`);
  sheet.open(
    clause.label,
    element("p", { class: "soft" }, clause.document),
    path.length ? element("ol", { class: "path", "aria-label": WORDS.clause.path(path.join(" › ")) }, ...path.map((step) => element("li", {}, step))) : "",
    element("p", { class: "printed" }, ...words),
    words.length > 1 ? element("p", { class: "soft" }, WORDS.clause.quoted) : "",
    element("div", { class: "options" }, go(clause.previous, WORDS.clause.previous) ?? "", go(clause.next, WORDS.clause.next) ?? ""),
  );
  sheet.reveal("mark");
}
