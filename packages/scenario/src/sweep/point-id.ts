import type { ParameterValue } from "../model/sweep.js";
import { fnv1a } from "./fnv1a.js";

/** Longest point id [characters]. */
export const MAX_POINT_ID_LENGTH = 80;

/**
 * Names a point after its parameters: `users=100,cores=2`. Different points have different names before they are
 * shortened: texts that could be taken for something else are quoted. A long name ends in `~` and its hash.
 */
export function pointId(parameters: Readonly<Record<string, ParameterValue>>): string {
  const entries = Object.entries(parameters);
  if (entries.length === 0) return "base";
  const id = entries.map(([name, value]) => `${name}=${showParameterValue(value)}`).join(",");
  return id.length <= MAX_POINT_ID_LENGTH ? id : shortenedId(id, fnv1a(id));
}

/** Cuts an id to the longest length, hash included, between whole characters. */
export function shortenedId(id: string, hash: string): string {
  const kept = id.slice(0, MAX_POINT_ID_LENGTH - hash.length - 1).replace(/[\uD800-\uDBFF]$/, "");
  return `${kept}~${hash}`;
}

function showParameterValue(value: ParameterValue): string {
  if (typeof value === "object") return JSON.stringify(value);
  return typeof value === "string" && !PLAIN_TEXT.test(value) ? JSON.stringify(value) : String(value);
}

/** A text that is no number, no truth value, and free of the marks that ids are built with. */
const PLAIN_TEXT = /^(?!(?:true|false|NaN|-?Infinity)$)[^-+.\d"'{}[\]=,~\s\p{Cc}][^"'{}[\]=,~\s\p{Cc}]*$/u;
