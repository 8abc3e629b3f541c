const FORBIDDEN: ReadonlySet<string> = new Set(["__proto__", "constructor", "prototype"]);

/** Whether a key could reach into the machinery of objects; such keys are refused everywhere. */
export function isForbiddenKey(key: string): boolean {
  return FORBIDDEN.has(key);
}
