// The page: a conversation, the facts that it has learnt, and the clauses behind every answer.

import { answer, suggestionItems, verdict } from "/static/answer.js";
import { openClause as open } from "/static/clause.js";
import { byId, element } from "/static/dom.js";
import { ask as askService, get, patch } from "/static/service.js";

const log = byId("log");
const form = byId("ask");
const message = byId("message");
const page = { session: null, categories: new Map(), facts: new Map(), busy: false };

function show(article) {
  log.append(article);
  article.scrollIntoView({ block: "nearest" });
  return article;
}

function showProblem(error) {
  show(element("article", { class: "turn problem", role: "alert" }, element("p", { class: "text" }, error.message)));
}

async function openClause(citation) {
  try {
    await open(citation);
  } catch (error) {
    showProblem(error);
  }
}

function setBusy(busy) {
  page.busy = busy;
  byId("send").disabled = busy;
  log.setAttribute("aria-busy", String(busy));
}

async function ask(question) {
  if (page.busy || !question.trim()) return false;
  setBusy(true);
  show(element("article", { class: "turn question" }, element("p", { class: "text" }, question)));
  const text = element("p", { class: "text" }, "");
  const turn = show(element("article", { class: "turn answer" }, text));
  const body = { message: question, session_id: page.session, as_of: byId("day").value || null };
  try {
    await askService(body, {
      meta: (meta) => { page.session = meta.session_id; },
      delta: (delta) => { text.append(delta.text); turn.scrollIntoView({ block: "end" }); },
      done: (reply) => {
        turn.replaceChildren(...answer(reply, { openClause, ask, categories: page.categories }));
        showFacts(reply.facts);
        turn.scrollIntoView({ block: "start" });
      },
    });
    return true;
  } catch (error) {
    if (!text.textContent) turn.remove();
    showProblem(error);
    return false;
  } finally {
    setBusy(false);
    message.focus();
  }
}

function showFacts(facts) {
  byId("known-none").hidden = facts.length > 0;
  byId("known").replaceChildren(...facts.map(fact));
}

function fact({ name, value, quote }) {
  const { meaning, unit } = page.facts.get(name) ?? { meaning: name, unit: "" };
  return element(
    "li",
    {},
    element("strong", {}, meaning),
    element("span", {}, unit ? `${worded(value)} ${unit}` : worded(value)),
    quote ? element("q", {}, quote) : null,
    element("button", { type: "button", class: "quiet", "aria-label": `去掉：${meaning}`, onclick: () => withdraw(name) }, "去掉"),
  );
}

function worded(value) {
  if (typeof value === "boolean") return value ? "是" : "否";
  if (value !== null && typeof value === "object") return `${value.from ?? "不限"} 至 ${value.to ?? "不限"}${value.open ? "（不含两端）" : ""}`;
  return String(value);
}

async function withdraw(name) {
  try {
    const path = `/v1/sessions/${encodeURIComponent(page.session)}/facts`;
    const changed = await patch(path, { facts: { [name]: null }, as_of: byId("day").value || null });
    showFacts(changed.facts);
    if (changed.eligibility) {
      show(element("article", { class: "turn answer" }, verdict(changed.eligibility, openClause, page.categories, true)));
    }
  } catch (error) {
    showProblem(error);
  }
}

async function connect() {
  try {
    const { packs } = await get("/v1/packs");
    const pack = packs.find((one) => one.default) ?? packs[0];
    byId("notice").textContent = `${pack.title}（${pack.document_number}）`;
    page.categories = new Map(pack.categories.map((category) => [category.id, category.name]));
    page.facts = new Map(pack.facts.map((one) => [one.name, one]));
    const conditions = pack.categories.map((category) => `${category.short}要满足哪些条件？`);
    byId("openers").replaceChildren(...suggestionItems(["什么时候截止申报？", ...conditions], ask));
  } catch (error) {
    byId("notice").textContent = error.message;
    setTimeout(connect, 1500);
  }
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const question = message.value;
  // What a refused question said is kept, so that it can be changed and sent again.
  if ((await ask(question)) && message.value === question) message.value = "";
});
message.addEventListener("keydown", (event) => {
  // While an input method is composing, Enter chooses a word.
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    form.requestSubmit();
  }
});
byId("restart").addEventListener("click", () => {
  page.session = null;
  log.replaceChildren(log.firstElementChild);
  showFacts([]);
  message.focus();
});
connect();
