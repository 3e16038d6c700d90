// The dialog that shows a clause as it is printed, the quoted words marked, with its neighbours.

import { byId, element } from "/static/dom.js";
import { get } from "/static/service.js";

const dialog = byId("clause");
byId("clause-close").addEventListener("click", () => dialog.close());
dialog.addEventListener("click", (event) => {
  if (event.target === dialog) dialog.close();
});

export async function openClause({ clause_id, pack, quote = "" }) {
  const clause = await get(`/v1/clauses/${encodeURIComponent(clause_id)}?pack=${encodeURIComponent(pack)}`);
  byId("clause-path").textContent = [clause.document, ...clause.heading_path].join(" › ");
  byId("clause-label").textContent = clause.label;
  byId("clause-text").replaceChildren(...marked(clause.text, quote));
  neighbour("clause-previous", "上一条", clause.previous, pack);
  neighbour("clause-next", "下一条", clause.next, pack);
  if (!dialog.open) dialog.showModal();
}

function neighbour(id, word, clause, pack) {
  const button = byId(id);
  button.hidden = !clause;
  if (!clause) return;
  button.textContent = `${word} ${clause.label}`;
  button.onclick = () => openClause({ clause_id: clause.clause_id, pack });
}

// A quote is a piece of the clause once white space is left out of both.
function marked(text, quote) {
  const sought = quote.replace(/\s/g, "");
  const places = [...text].flatMap((character, place) => (/\s/.test(character) ? [] : [place]));
  const characters = [...text];
  const start = places.map((place) => characters[place]).join("").indexOf(sought);
  if (!sought || start < 0) return [text];
  const first = places[start];
  const last = places[start + [...sought].length - 1];
  return [
    characters.slice(0, first).join(""),
    element("mark", {}, characters.slice(first, last + 1).join("")),
    characters.slice(last + 1).join(""),
  ];
}
