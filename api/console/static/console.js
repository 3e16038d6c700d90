// What plain pages cannot do: results while typing, keys, copying, printing. Pages work without it, more slowly.
//
// Live parts are fetched as whole pages of this host and taken over by id; the server escapes every text, and
// parsing a page here runs nothing in it.

const WAIT_MS = 120;
const said = document.getElementById("said");

// --- live parts: a form says by data-live which part of its own page follows its fields ---------------------

const newest = new Map();

async function refresh(form, ids) {
  const turn = (newest.get(form) ?? 0) + 1;
  newest.set(form, turn);
  const fields = new URLSearchParams(new FormData(form));
  const posts = form.method === "post";
  const address = posts ? form.action : `${form.action}?${fields}`;
  const response = await fetch(address, posts ? { method: "POST", body: fields } : {});
  if (response.redirected && new URL(response.url).pathname === "/console/sign-in") return location.reload();
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  if (newest.get(form) !== turn) return; // a later answer has been asked for
  for (const id of ids) {
    const [shown, next] = [document.getElementById(id), page.getElementById(id)];
    if (shown && next) shown.replaceWith(document.adoptNode(next));
    else if (shown) shown.textContent = page.querySelector("main p")?.textContent ?? "未能完成，请刷新后再试。";
  }
  const words = document.querySelector(`#${ids.at(-1)} [data-say]`);
  if (words) said.textContent = words.textContent;
  if (!posts) history.replaceState(null, "", address);
}

const timers = new Map();
const pending = new Map();

function follow(form, event) {
  const also = event.target.name === "category" && form.dataset.liveCategory;
  clearTimeout(timers.get(form));
  pending.set(form, new Promise((done) => {
    timers.set(form, setTimeout(() => {
      timers.delete(form);
      refresh(form, also ? [also, form.dataset.live] : [form.dataset.live]).catch(() => {
        said.textContent = "连接不上，请检查网络后再试。";
      }).finally(done);
    }, event.target.type === "radio" ? 0 : WAIT_MS));
  }));
}

for (const form of document.querySelectorAll("form[data-live]")) {
  form.addEventListener("input", (event) => {
    if (!event.isComposing) follow(form, event); // half-typed pinyin is no query
  });
  form.addEventListener("compositionend", (event) => follow(form, event));
}

// --- the search box: ↓ goes to the results, Enter opens the first, Ctrl+Enter asks in full ------------------

const box = document.getElementById("q");
const search = document.getElementById("look-up");
const hits = () => [...document.querySelectorAll("[data-hit]")];

async function openFirst() {
  await pending.get(search);
  hits()[0]?.click();
}

function askInFull() {
  document.getElementById("ask-in-full").requestSubmit();
}

search?.addEventListener("submit", (event) => {
  event.preventDefault();
  openFirst();
});
document.getElementById("ask-in-full")?.addEventListener("formdata", (event) => event.formData.set("q", box.value));

function move(by) {
  const all = hits();
  const next = all.indexOf(document.activeElement) + by;
  if (next < 0) box.focus();
  else (all[next] ?? document.activeElement).focus();
}

// --- keys ---------------------------------------------------------------------------------------------------

function onKey(event) {
  if (event.isComposing) return false;
  const { key, altKey, ctrlKey, metaKey, shiftKey } = event;
  const command = ctrlKey || metaKey;
  const within = document.activeElement;
  if (command && key.toLowerCase() === "k") return box ? (box.focus(), box.select(), true) : (location.assign("/console"), true);
  if (command && key === "Enter") {
    if (search && !shiftKey) return askInFull(), true;
    if (!shiftKey && within?.matches("[data-submit]")) return within.form.requestSubmit(), true;
    const copies = document.querySelector("[data-copy]");
    return copies ? (copies.click(), true) : false;
  }
  if (altKey && key === "ArrowUp") return followLink("[data-previous]");
  if (altKey && key === "ArrowDown") return followLink("[data-next]");
  if (key === "Escape") return followLink("[data-back]");
  if (search && !command && !altKey && (within === box || within?.matches("[data-hit]"))) {
    if (key === "ArrowDown") return move(1), true;
    if (key === "ArrowUp" && within !== box) return move(-1), true;
  }
  return false;
}

function followLink(selector) {
  const link = document.querySelector(selector);
  link?.click();
  return Boolean(link);
}

document.addEventListener("keydown", (event) => {
  if (onKey(event)) event.preventDefault();
});

// --- copying, printing, going to a field --------------------------------------------------------------------

async function copy(button) {
  const source = document.getElementById(button.dataset.copy);
  try {
    await navigator.clipboard.writeText(source.value);
  } catch {
    // Without TLS the clipboard is closed to scripts, but not to a selection.
    source.focus();
    source.select();
    document.execCommand("copy");
  }
  const words = button.textContent;
  button.textContent = "已复制";
  button.classList.add("done");
  said.textContent = "已复制引用答复";
  setTimeout(() => {
    button.textContent = words;
    button.classList.remove("done");
  }, 1500);
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("button, a");
  if (button?.dataset.copy) copy(button);
  if (button && "print" in button.dataset) print();
  if (button?.dataset.focus) {
    event.preventDefault();
    const fact = document.getElementById(button.dataset.focus);
    fact.closest("details")?.setAttribute("open", "");
    fact.scrollIntoView({ block: "center" });
    (fact.querySelector("input:checked") ?? fact.querySelector("input") ?? fact).focus();
  }
});

// A page that came out of the browser's memory may show a search box with words and the results of others.
if (box && search && document.activeElement === box) box.setSelectionRange(box.value.length, box.value.length);
for (const button of document.querySelectorAll("[data-live-hides]")) button.hidden = true;
