/** The way from the top of a data tree to a place in it: keys of mappings and positions in lists. */
export type DataPath = readonly (string | number)[];

/** Gives what stands at a path, or undefined. Reads own keys only. */
export function valueAt(data: unknown, path: DataPath): unknown {
  let value = data;
  for (const part of path) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, part)) return undefined;
    value = (value as Record<string | number, unknown>)[part];
  }
  return value;
}
