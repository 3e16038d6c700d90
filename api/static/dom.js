// Elements from names and texts. Texts become text nodes only, so nothing that was said can become markup.

export function element(name, properties = {}, ...children) {
  const made = document.createElement(name);
  for (const [property, value] of Object.entries(properties)) {
    if (property === "onclick") made.addEventListener("click", value);
    else if (property === "class") made.className = value;
    else made.setAttribute(property, value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

export const byId = (id) => document.getElementById(id);
