/** What JSON can hold, before anybody has looked at it. */
export type PlainObject = Readonly<Record<string, unknown>>;

/** The value as an object; an empty one if it is none. */
export function objectOf(value: unknown): PlainObject {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as PlainObject) : {};
}

/** The objects in a list, or the object itself. */
export function objectsOf(value: unknown): readonly PlainObject[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  return list.map(objectOf).filter((one) => Object.keys(one).length > 0);
}

/** The value as text; empty if it is none. */
export function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}

/** The value as a number; 0 if it is none. */
export function numberOf(value: unknown): number {
  return typeof value === "number" && Number.isFinite(value) ? value : 0;
}
