import type { Finding } from "../finding.js";
import { connectionPool } from "../model/database.js";
import { THREAD_POOL } from "../model/thread-pool.js";
import { didYouMean } from "../wording/did-you-mean.js";
import { showName, showValue } from "../wording/show-value.js";
import { endpointsOf } from "./endpoints-of.js";
import { everyStep, MAX_STEP_DEPTH, stepListsIn, type PlacedSteps } from "./every-step.js";
import type { TolerantTopology } from "./tolerant-topology.js";
import { textAt } from "./tolerant-values.js";

/** Transactions need their database, and a connection does one thing at a time. */
export function checkDatabases(data: unknown, { nodes, nodesComplete }: TolerantTopology): readonly Finding[] {
  const databases = nodes.filter(({ kind }) => kind === "database");
  const ids = databases.map(({ id }) => id);
  const transactions = endpointsOf(data)
    .flatMap(everyStep)
    .flatMap(({ step, path }) => {
      const id = textAt(step, ["transaction"]);
      if (id === undefined || ids.includes(id) || !nodesComplete) return [];
      const message = `must be a database: current value is ${showValue(id)}${didYouMean(id, ids)}`;
      return [{ path: [...path, "transaction"], at: "value" as const, message }];
    });
  const poolNames = new Set(ids.map(connectionPool));
  const taken = endpointsOf(data)
    .flatMap(everyStep)
    .flatMap(({ step, path }) =>
      (["lock", "semaphore"] as const).flatMap((key) => {
        const name = textAt(step, [key]);
        if (name === undefined || !poolNames.has(name)) return [];
        const message = `must not be the name of the connections to a database: current value is ${showValue(name)}`;
        return [{ path: [...path, key], at: "value" as const, message }];
      }),
    );
  const clashes = databases
    .filter(({ id }) => connectionPool(id) === THREAD_POOL)
    .map(({ id, path }) => {
      const message = `must not make the name of the thread pool, ${THREAD_POOL}: current value is ${showValue(id)}`;
      return { path: [...path, "id"], at: "value" as const, message };
    });
  return [
    ...transactions,
    ...taken,
    ...clashes,
    ...endpointsOf(data).flatMap((endpoint) => checkBranches(endpoint, NOWHERE)),
  ];
}

interface Around {
  /** Databases of the transactions around, and of those with a `parallel` between. */
  readonly open: readonly string[];
  readonly shared: readonly string[];
  readonly depth: number;
}

const NOWHERE: Around = { open: [], shared: [], depth: 1 };

/** Branches of a `parallel` would use the connection of a transaction around it all at once. */
function checkBranches({ steps, path }: PlacedSteps, around: Around): readonly Finding[] {
  if (around.depth > MAX_STEP_DEPTH) return [];
  return steps.flatMap((step, index) => {
    const place = [...path, index];
    const key = textAt(step, ["query"]) === undefined ? "transaction" : "query";
    const asked = textAt(step, [key]);
    if (asked !== undefined && around.shared.includes(asked)) {
      const message = `must not stand in parallel branches of a transaction of ${showName(asked)}: it has one connection`;
      return [{ path: [...place, key], at: "value" as const, message }];
    }
    return stepListsIn(step, place).flatMap((list) => {
      const kind = list.path[place.length];
      const depth = around.depth + 1;
      if (kind === "spawn") return checkBranches(list, { ...NOWHERE, depth });
      const open =
        key === "transaction" && asked !== undefined && kind === "steps" ? [...around.open, asked] : around.open;
      const shared = kind === "parallel" ? around.open : around.shared;
      return checkBranches(list, { open, shared, depth });
    });
  });
}
