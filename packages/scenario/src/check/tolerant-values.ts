import { valueAt, type DataPath } from "../path/data-path.js";

/** The list at a path, or undefined when there is none. */
export function listAt(data: unknown, path: DataPath): readonly unknown[] | undefined {
  const value = valueAt(data, path);
  return Array.isArray(value) ? value : undefined;
}

/** The text at a path, or undefined when there is none. */
export function textAt(data: unknown, path: DataPath): string | undefined {
  const value = valueAt(data, path);
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** The finite number at a path, or undefined when there is none. */
export function numberAt(data: unknown, path: DataPath): number | undefined {
  const value = valueAt(data, path);
  return typeof value === "number" && Number.isFinite(value) ? value : undefined;
}
