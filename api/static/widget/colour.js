// A channel's colour made readable: dark enough under white text, light enough on the dark ground.

const LEAST_CONTRAST = 4.6;
const WHITE = [255, 255, 255];
const BLACK = [0, 0, 0];
const DARK_CARD = [24, 33, 45];
const DARK_TINT = [36, 50, 68];
const LIGHT_TINT = [232, 239, 247];

// {light, dark}: the accent for either scheme as CSS colours; null for what is no #rrggbb.
export function accents(colour) {
  if (!/^#[0-9a-f]{6}$/i.test(colour ?? "")) return null;
  const named = [1, 3, 5].map((place) => Number.parseInt(colour.slice(place, place + 2), 16));
  return { light: readable(named, BLACK, [WHITE, LIGHT_TINT]), dark: readable(bright(named), WHITE, [DARK_CARD, DARK_TINT]) };
}

// The same hue in full light, a little paled.
function bright(colour) {
  const scale = 255 / Math.max(...colour, 1);
  return mixed(colour.map((part) => part * scale), WHITE, 0.45);
}

const mixed = (colour, towards, share) => colour.map((part, place) => Math.round(part + (towards[place] - part) * share));

function readable(colour, towards, grounds) {
  for (let share = 0; share <= 1; share += 0.05) {
    const tried = mixed(colour, towards, share);
    if (grounds.every((ground) => contrast(tried, ground) >= LEAST_CONTRAST)) return `rgb(${tried.join(" ")})`;
  }
  return `rgb(${towards.join(" ")})`;
}

function contrast(one, other) {
  const [lower, higher] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (higher + 0.05) / (lower + 0.05);
}

function luminance(colour) {
  const [red, green, blue] = colour.map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
