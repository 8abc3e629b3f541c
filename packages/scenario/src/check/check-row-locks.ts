import type { Finding } from "../finding.js";
import { showName } from "../wording/show-value.js";
import { endpointsOf } from "./endpoints-of.js";
import { everyStep } from "./every-step.js";
import { numberAt, textAt } from "./tolerant-values.js";

/** Queries that lock rows of one table must agree on how many there are. */
export function checkRowLocks(data: unknown): readonly Finding[] {
  const keysOf = new Map<string, number>();
  return endpointsOf(data)
    .flatMap(everyStep)
    .flatMap(({ step, path }) => {
      const database = textAt(step, ["query"]);
      const table = textAt(step, ["lock", "table"]) ?? textAt(step, ["name"]);
      const keys = numberAt(step, ["lock", "keys"]);
      if (database === undefined || table === undefined || keys === undefined) return [];
      // Ids hold no control characters.
      const key = `${database}\n${table}`;
      const first = keysOf.get(key) ?? keys;
      keysOf.set(key, first);
      if (first === keys) return [];
      const rule = `must be ${first}, as where another query locks rows of table ${showName(table)}`;
      return [{ path: [...path, "lock", "keys"], at: "value" as const, message: `${rule}: current value is ${keys}` }];
    });
}
