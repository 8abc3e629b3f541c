import type { Finding } from "../finding.js";
import type { DataPath } from "../path/data-path.js";
import { didYouMean } from "../wording/did-you-mean.js";
import { showName, showValue } from "../wording/show-value.js";
import { isMapping } from "../path/is-mapping.js";
import { valueAt } from "../path/data-path.js";
import { endpointsOf } from "./endpoints-of.js";
import { everyStep, type PlacedStep } from "./every-step.js";
import { listAt, numberAt, textAt } from "./tolerant-values.js";

/** Queries that lock or read rows of one table must agree on how many there are; what reads must not lock, and only that may be stale. */
export function checkRowLocks(data: unknown): readonly Finding[] {
  const steps = endpointsOf(data)
    .flatMap(everyStep)
    .filter(({ step }) => step["query"] !== undefined);
  return [...checkSizes(steps), ...checkTables(steps), ...steps.flatMap((step) => checkAccess(step, data))];
}

function checkSizes(steps: readonly PlacedStep[]): readonly Finding[] {
  const keysOf = new Map<string, number>();
  return steps.flatMap(({ step, path }) =>
    (["lock", "row"] as const).flatMap((key) => {
      const table = tableOf({ step, key });
      const keys = numberAt(step, [key, "keys"]);
      if (table === undefined || keys === undefined) return [];
      const first = keysOf.get(table.key) ?? keys;
      keysOf.set(table.key, first);
      if (first === keys) return [];
      const rule = `must be ${first}, as where another query has rows of table ${showName(table.name)}`;
      return [reject([...path, key, "keys"], `${rule}: current value is ${keys}`)];
    }),
  );
}

/** Who reads a row asks for a table that somebody locks. */
function checkTables(steps: readonly PlacedStep[]): readonly Finding[] {
  const locked = steps.flatMap(({ step }) => tableOf({ step, key: "lock" }) ?? []);
  return steps.flatMap(({ step, path }) => {
    const read = tableOf({ step, key: "row" });
    if (read === undefined || locked.some(({ key }) => key === read.key)) return [];
    const names = locked.filter(({ database }) => database === read.database).map(({ name }) => name);
    const rule = "must be a table that some query locks rows of, and so writes";
    return [
      reject(
        [...path, "row", "table"],
        `${rule}: current value is ${showValue(read.name)}${didYouMean(read.name, names)}`,
      ),
    ];
  });
}

function checkAccess({ step, path }: PlacedStep, data: unknown): readonly Finding[] {
  const databases = listAt(data, ["topology_graph", "nodes", "databases"]) ?? [];
  const database = databases.find((other) => textAt(other, ["id"]) === textAt(step, ["query"]));
  const name = textAt(step, ["name"]);
  if (database === undefined || name === undefined) return [];
  const reads = textAt(database, ["queries", name, "access"]) === "read";
  if (isMapping(step["lock"]) && reads) {
    return [
      reject([...path, "lock"], `must not stand with a query that only reads: access of ${showName(name)} is read`),
    ];
  }
  if (!isMapping(step["row"])) return [];
  if (!reads)
    return [reject([...path, "row"], `must stand with a query that reads: give ${showName(name)} access: read`)];
  if (valueAt(database, ["replicas"]) !== undefined) return [];
  const rule = "must stand with a query of a database that has replicas: at others, no row is stale";
  return [reject([...path, "row"], rule)];
}

interface Table {
  readonly database: string;
  readonly name: string;
  readonly key: string;
}

function tableOf({ step, key }: { readonly step: unknown; readonly key: "lock" | "row" }): Table | undefined {
  const database = textAt(step, ["query"]);
  if (database === undefined || !isMapping(valueAt(step, [key]))) return undefined;
  const name = textAt(step, [key, "table"]) ?? (key === "lock" ? textAt(step, ["name"]) : undefined);
  // Ids hold no control characters.
  return name === undefined ? undefined : { database, name, key: `${database}\n${name}` };
}

function reject(path: DataPath, message: string): Finding {
  return { path, at: "value", message };
}
