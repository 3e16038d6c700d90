"use strict";
(() => {
  const rows = JSON.parse(document.getElementById("rows").textContent);
  const at = (id) => document.getElementById(id);
  const PAGE = 40;
  let shown = PAGE;

  const element = (name, text, className) => {
    const made = document.createElement(name);
    made.textContent = text;
    if (className) made.className = className;
    return made;
  };

  const card = (row) => {
    const made = document.createElement("article");
    made.append(element("h4", row.question));
    made.append(element("p", `${row.suite} · ${row.id} · ${row.half} · ${row.as_of}`, "meta"));
    const lacks = document.createElement("ul");
    row.lacks.forEach((lack) => lacks.append(element("li", lack)));
    made.append(lacks);
    const more = document.createElement("details");
    more.append(element("summary", "答复与应有结果"));
    more.append(element("p", row.answer || "（无答复）", "answer"));
    more.append(element("p", `引用：${row.clauses.join("、") || "无"}`));
    more.append(element("p", `应有：${JSON.stringify(row.expected)}`, "meta"));
    more.append(element("p", `实际：${JSON.stringify(row.given)}`, "meta"));
    made.append(more);
    return made;
  };

  const draw = () => {
    const suite = at("suite").value;
    const half = at("half").value;
    const words = at("words").value.trim().toLowerCase();
    const kept = rows.filter((row) => (!suite || row.suite === suite) && (!half || row.half === half)
      && (!words || JSON.stringify(row).toLowerCase().includes(words)));
    at("count").textContent = `${kept.length} 条`;
    at("failing").replaceChildren(...kept.slice(0, shown).map(card));
    at("more").hidden = kept.length <= shown;
  };

  ["suite", "half", "words"].forEach((id) => at(id).addEventListener("input", () => { shown = PAGE; draw(); }));
  document.querySelector(".filter").addEventListener("submit", (event) => event.preventDefault());
  at("more").addEventListener("click", () => { shown += PAGE; draw(); });
  draw();
})();
