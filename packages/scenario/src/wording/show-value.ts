const LONGEST = 60;

/** Shows a value in a message: scalars as JSON writes them, cut when long; collections by what they are. */
export function showValue(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? "an empty list" : "a list";
  if (typeof value === "object" && value !== null) return Object.keys(value).length === 0 ? "{}" : "a mapping";
  if (typeof value === "string") return JSON.stringify(cut(value));
  return String(value);
}

/** Shows a list of names: `a, b, c`, or `none`. */
export function showNames(names: readonly string[]): string {
  return names.length === 0 ? "none" : names.map(cut).join(", ");
}

/** Shows a key or an id as it is, without control characters and not at any length. */
export function showName(name: string): string {
  return name === "" || /[\p{Cc}\p{Zl}\p{Zp}]/u.test(name) ? JSON.stringify(cut(name)) : cut(name);
}

/** Shows a quantity with at most six significant digits. */
export function showNumber(value: number): string {
  return String(Number(value.toPrecision(6)));
}

function cut(text: string): string {
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST)}...`;
}
