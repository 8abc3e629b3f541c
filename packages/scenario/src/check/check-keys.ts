import type { Finding } from "../finding.js";
import { isForbiddenKey } from "../path/is-forbidden-key.js";
import type { DataPath } from "../path/data-path.js";
import { MAX_DEPTH } from "../yaml/read-yaml.js";

/** Refuses keys that reach into the machinery of objects, and data nested without end. */
export function checkKeys(data: unknown): readonly Finding[] {
  const findings: Finding[] = [];
  visit(data, [], findings);
  return findings;
}

function visit(value: unknown, path: DataPath, findings: Finding[]): void {
  if (typeof value !== "object" || value === null) return;
  if (path.length > MAX_DEPTH) {
    findings.push({ path: [], at: "value", message: `nesting must be at most ${MAX_DEPTH} levels deep` });
    return;
  }
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) visit(item, [...path, index], findings);
    return;
  }
  for (const [key, item] of Object.entries(value)) {
    const message = `key must not be __proto__, constructor or prototype: current key is ${key}`;
    if (isForbiddenKey(key)) findings.push({ path, key, at: "key", message });
    else visit(item, [...path, key], findings);
  }
}
