// Text with its citations: numbered markers that open a clause, and the quoted words marked within it.

import { button, element } from "./dom.js";
import { WORDS } from "./words.js";

const MARKER = /(\[\d+\])/;

// The text as nodes; open(citation) is called by a marker. A marker without a citation stays text.
export function withMarkers(text, citations, open) {
  const cited = new Map(citations.map((citation) => [`[${citation.marker}]`, citation]));
  const nodes = [];
  for (const part of text.split(MARKER).filter(Boolean)) {
    const citation = cited.get(part);
    if (citation) nodes.push(tied(nodes, marker(citation, open)));
    else nodes.push(part);
  }
  return nodes;
}

function marker(citation, open) {
  const label = WORDS.cite(citation.label);
  return button({ class: "marker", "aria-label": label, title: label, onclick: () => open(citation) }, String(citation.marker));
}

// No line begins with a marker: it stays with the character before it.
function tied(nodes, made) {
  const before = nodes.at(-1);
  if (typeof before !== "string") return made;
  const last = [...before].at(-1);
  nodes[nodes.length - 1] = before.slice(0, -last.length);
  return element("span", { class: "tied" }, last, made);
}

export const withoutMarkers = (text) => text.replace(/\[\d+\]/g, "");

// The text with the quote in <mark>. A quote is a piece of its clause once white space is left out of both.
export function marked(text, quote) {
  const characters = [...text];
  const places = characters.flatMap((character, place) => (/\s/.test(character) ? [] : [place]));
  const sought = [...quote.replace(/\s/g, "")];
  const start = indexWithin(places.map((place) => characters[place]), sought);
  if (!sought.length || start < 0) return [text];
  const first = places[start];
  const last = places[start + sought.length - 1];
  return [
    characters.slice(0, first).join(""),
    element("mark", {}, characters.slice(first, last + 1).join("")),
    characters.slice(last + 1).join(""),
  ];
}

function indexWithin(characters, sought) {
  for (let start = 0; start + sought.length <= characters.length; start += 1) {
    if (sought.every((character, place) => characters[start + place] === character)) return start;
  }
  return -1;
}
