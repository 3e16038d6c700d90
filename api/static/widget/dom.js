// Elements from names and texts. Texts become text nodes only, so nothing that was said can become markup.

const SVG = "http://www.w3.org/2000/svg";
const ICONS = {
  talk: "M21 12a8 8 0 0 1-8 8H4l2-3.2A8 8 0 1 1 21 12ZM9 11h7M9 14h4",
  close: "M6 6l12 12M18 6 6 18",
  send: "M5 12h13M12 5l7 7-7 7",
  stop: "M7 7h10v10H7Z",
  again: "M4 12a8 8 0 1 0 2.6-5.9M4 4v4h4",
  report: "M7 3h7l4 4v14H7ZM14 3v4h4M10 12h5M10 16h5",
  up: "M7 11v9H4v-9ZM7 11l4-8c1.7 0 2.6 1 2.3 2.8L12.8 9H18a2 2 0 0 1 2 2.3l-1.2 7A2 2 0 0 1 16.8 20H7",
  down: "M17 13V4h3v9ZM17 13l-4 8c-1.7 0-2.6-1-2.3-2.800l.5-3.200H6a2 2 0 0 1-2-2.300l1.2-7A2 2 0 0 1 7.2 4H17",
  copy: "M9 9h11v11H9ZM5 15H4V4h11v1",
  phone: "M6 3h4l1.5 5-2.5 1.500a12 12 0 0 0 5.5 5.500L16 12.500l5 1.500v4a3 3 0 0 1-3 3A15 15 0 0 1 3 6a3 3 0 0 1 3-3Z",
  more: "M6 9l6 6 6-6",
};

export function element(name, properties = {}, ...children) {
  const made = document.createElement(name);
  for (const [property, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) continue;
    if (property.startsWith("on")) made.addEventListener(property.slice(2), value);
    else if (property === "class") made.className = value;
    else made.setAttribute(property, value === true ? "" : value);
  }
  made.append(...present(children));
  return made;
}

export function icon(name) {
  const drawing = document.createElementNS(SVG, "svg");
  drawing.setAttribute("viewBox", "0 0 24 24");
  drawing.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", ICONS[name]);
  drawing.append(path);
  return drawing;
}

export const present = (children) => children.flat().filter((child) => child !== null && child !== undefined);

export const button = (properties, ...children) => element("button", { type: "button", ...properties }, ...children);

export function iconButton(name, label, onclick, properties = {}) {
  return button({ class: "icon", "aria-label": label, title: label, onclick, ...properties }, icon(name));
}

// A number to ring; anything but digits and a leading plus is for the eye only.
export const phone = (number, ...children) =>
  element("a", { href: `tel:${number.replace(/[^0-9+]/g, "")}` }, ...(children.length ? children : [number]));

// Scrolls `container` alone, never the page around the widget, until `target` is `margin` below its top.
export function reveal(container, target, margin) {
  container.scrollTop += target.getBoundingClientRect().top - container.getBoundingClientRect().top - margin;
}
