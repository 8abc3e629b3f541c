import type { Finding } from "../finding.js";
import { DEFAULTS } from "../model/defaults.js";
import { THREAD_POOL } from "../model/thread-pool.js";
import { isMapping } from "../path/is-mapping.js";
import type { DataPath } from "../path/data-path.js";
import { didYouMean } from "../wording/did-you-mean.js";
import { showName, showValue } from "../wording/show-value.js";
import { endpointsOf, serversOf, type PlacedServer } from "./endpoints-of.js";
import { everyStep, MAX_STEP_DEPTH, MAX_STEPS, stepListsIn, type PlacedStep, type PlacedSteps } from "./every-step.js";
import { numberAt, textAt } from "./tolerant-values.js";

/** Locks, semaphores and threads: what steps hold must be there, under one name, and not be waited for by its holder. */
export function checkPools(data: unknown): readonly Finding[] {
  const held = endpointsOf(data).flatMap((endpoint) => {
    const steps = everyStep(endpoint);
    if (steps.length > MAX_STEPS) return [];
    return [
      ...steps.flatMap((step) => checkName(step, endpoint.server)),
      ...checkNesting(endpoint, { server: endpoint.server, held: new Map(), depth: 1 }),
    ];
  });
  return [...checkDeclarations(data), ...held];
}

function checkName({ step, path }: PlacedStep, { server, id }: PlacedServer): readonly Finding[] {
  const declared = isMapping(server["semaphores"]) ? Object.keys(server["semaphores"]) : [];
  const reject = (key: string, message: string): readonly Finding[] => [{ path: [...path, key], at: "value", message }];
  const lock = textAt(step, ["lock"]);
  const semaphore = textAt(step, ["semaphore"]);
  if (lock !== undefined) {
    const taken = declared.includes(lock) ? "the name of a semaphore" : RESERVED.get(lock);
    return taken === undefined ? [] : reject("lock", `must not be ${taken}: current value is ${showValue(lock)}`);
  }
  if (semaphore === undefined || declared.includes(semaphore)) return [];
  const rule = `must be one of the semaphores of ${showName(id ?? "the server")}`;
  return reject("semaphore", `${rule}: current value is ${showValue(semaphore)}${didYouMean(semaphore, declared)}`);
}

function checkDeclarations(data: unknown): readonly Finding[] {
  return serversOf(data).flatMap(({ server, path }) => {
    const names = isMapping(server["semaphores"]) ? Object.keys(server["semaphores"]) : [];
    return names.flatMap((name) => {
      const taken = RESERVED.get(name);
      if (taken === undefined) return [];
      const message = `name must not be ${taken}: current name is ${showValue(name)}`;
      return [{ path: [...path, "semaphores", name], at: "key" as const, message }];
    });
  });
}

const QUEUE = "the name of a queue that every server has";

/** Names that metrics of a server begin with already. */
const RESERVED: ReadonlyMap<string, string> = new Map([
  [THREAD_POOL, "the name of the thread pool"],
  ["threads", "the name of the threads of requests"],
  ["cpu", QUEUE],
  ["io", QUEUE],
  ["ram", QUEUE],
  ["ready", QUEUE],
]);

interface Holding {
  readonly server: PlacedServer;
  /** Units held around a list of steps, by the name of the pool. */
  readonly held: ReadonlyMap<string, number>;
  readonly depth: number;
}

/** A request that holds all units of a pool and wants another one waits for itself. */
function checkNesting({ steps, path }: PlacedSteps, holding: Holding): readonly Finding[] {
  if (holding.depth > MAX_STEP_DEPTH) return [];
  return steps.flatMap((step, index) => {
    const place = [...path, index];
    const hold = holdOf(step, holding.server);
    const units = hold === undefined ? 0 : (holding.held.get(hold.pool) ?? 0) + 1;
    if (hold !== undefined && units > hold.size) return [selfDeadlock(hold, place)];
    const inside = hold === undefined ? holding.held : new Map([...holding.held, [hold.pool, units]]);
    return stepListsIn(step, place).flatMap((list) =>
      checkNesting(list, { ...holding, held: heldIn(list, { held: holding.held, inside }), depth: holding.depth + 1 }),
    );
  });
}

/** Nobody waits for spawned steps, and what handles an error holds no more what the step held. */
function heldIn(
  { path }: PlacedSteps,
  { held, inside }: { readonly held: Holding["held"]; readonly inside: Holding["held"] },
): Holding["held"] {
  const key = path.at(-1);
  if (key === "spawn") return new Map();
  return key === "on_error" || key === "fallback" ? held : inside;
}

interface Hold {
  readonly key: "lock" | "semaphore" | "offload";
  readonly pool: string;
  readonly size: number;
}

function holdOf(step: unknown, { server }: PlacedServer): Hold | undefined {
  const lock = textAt(step, ["lock"]);
  if (lock !== undefined) return { key: "lock", pool: lock, size: 1 };
  const semaphore = textAt(step, ["semaphore"]);
  if (semaphore !== undefined) {
    return { key: "semaphore", pool: semaphore, size: unitsAt(server, ["semaphores", semaphore]) ?? Infinity };
  }
  if (textAt(step, ["offload"]) !== THREAD_POOL) return undefined;
  const size = unitsAt(server, ["server_resources", "thread_pool"]) ?? DEFAULTS.thread_pool;
  return { key: "offload", pool: THREAD_POOL, size };
}

/** A number, or the size of a mapping. */
function unitsAt(server: unknown, path: DataPath): number | undefined {
  return numberAt(server, path) ?? numberAt(server, [...path, "size"]);
}

function selfDeadlock({ key, pool, size }: Hold, path: DataPath): Finding {
  const rule = `${showName(pool)} must not be wanted by who holds all of it, or its requests wait for ever`;
  return { path: [...path, key], at: "value", message: `${rule}: current number of units is ${size}` };
}
