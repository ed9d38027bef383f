// Numbers as people type them.

/** Return the number in a text, such as "60,000", "6만", "97.5 %", "1/2", "２８"; or null. */
function typedNumber(text) {
  const plain = text.normalize("NFKC").replace(/[−–]/g, "-").replace(/⁄/g, "/");
  const written = plain.replace(/[\s_]|,(?=\d{3}(?!\d))/g, "");
  const found = /^([+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)(?:([%만])|\/(\d+))?$/i.exec(written);
  if (!found) return null;
  const number = (Number(found[1]) * ({ "%": 0.01, 만: 10000 }[found[2]] ?? 1)) / Number(found[3] ?? 1);
  return Number.isFinite(number) ? number : null;
}

/** Tell whether a number is an option's value: up to rounding, or between two numbers. */
function fits(number, value) {
  if (Array.isArray(value)) return value[0] <= number && number < value[1];
  return value !== null && Math.abs(number - value) <= 1e-6 * Math.max(1, Math.abs(value));
}
