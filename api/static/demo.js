// The page around the widget: the day on which questions are asked, and the line that embeds it elsewhere.

const day = document.getElementById("day");

function chosen() {
  const chat = document.querySelector("shenbao-chat");
  if (day.value) chat.setAttribute("as-of", day.value);
  else chat.removeAttribute("as-of");
}

day.addEventListener("change", chosen);
addEventListener("load", chosen); // a browser may have kept the field's value
document.getElementById("line").textContent = `<script src="${location.origin}/widget.js" data-channel="demo" defer></script>`;
