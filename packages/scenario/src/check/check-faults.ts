import type { Finding } from "../finding.js";
import { DEFAULTS } from "../model/defaults.js";
import { eventTargets } from "../model/replica-set.js";
import { valueAt, type DataPath } from "../path/data-path.js";
import { didYouMean } from "../wording/did-you-mean.js";
import { showValue } from "../wording/show-value.js";
import { checkEffect } from "./check-effects.js";
import { serversOf } from "./endpoints-of.js";
import { readReplicaSet } from "./read-replica-set.js";
import type { TolerantTopology } from "./tolerant-topology.js";
import { horizonOf, listAt, numberAt, textAt } from "./tolerant-values.js";

/** Faults must happen to something, take time, and have names of their own; deploys must end within the run. */
export function checkFaults(data: unknown, topology: TolerantTopology): readonly Finding[] {
  const faults = (listAt(data, ["faults"]) ?? []).map((_, index) => ["faults", index]);
  const deploys = (listAt(data, ["deploys"]) ?? []).map((_, index) => ["deploys", index]);
  return [
    ...faults.flatMap((path) => checkEffect(data, { path, at: path }, topology)),
    ...faults.flatMap((path) => checkRepair(data, path)),
    ...checkNames(data, faults),
    ...deploys.flatMap((path) => checkDeploy(data, path, topology)),
  ];
}

/** The kind that is over at once. */
const FLUSH = "cache_flush";

function checkRepair(data: unknown, path: DataPath): readonly Finding[] {
  const kind = textAt(data, [...path, "kind"]);
  const isGiven = valueAt(data, [...path, "mttr_s"]) !== undefined;
  if (kind === undefined || isGiven !== (kind === FLUSH)) return [];
  if (!isGiven) return [{ path, at: "value", message: "missing key mttr_s" }];
  return [{ path: [...path, "mttr_s"], at: "key", message: `must be left out for ${FLUSH}, which is over at once` }];
}

/** Faults without an id get one from what they are; equal ones would share their chances. */
function checkNames(data: unknown, paths: readonly DataPath[]): readonly Finding[] {
  const seen = new Set<string>();
  return paths.flatMap((path): readonly Finding[] => {
    const given = textAt(data, [...path, "fault_id"]);
    const [target, kind] = [textAt(data, [...path, "target_id"]), textAt(data, [...path, "kind"])];
    const id = given ?? (target === undefined || kind === undefined ? undefined : `${target}-${kind}`);
    const isNew = id === undefined || !seen.has(id);
    if (id !== undefined) seen.add(id);
    if (isNew) return [];
    if (given === undefined) return [{ path, at: "value", message: `missing key fault_id: ${showValue(id)} is taken` }];
    const message = `must be unique over all faults: current value is ${showValue(given)} again`;
    return [{ path: [...path, "fault_id"], at: "value", message }];
  });
}

function checkDeploy(data: unknown, path: DataPath, { nodesComplete }: TolerantTopology): readonly Finding[] {
  const target = textAt(data, [...path, "target_id"]);
  if (target === undefined || !nodesComplete) return [];
  const sets = serversOf(data).flatMap(readReplicaSet);
  const members = eventTargets(target, sets);
  if (members === undefined) {
    const ids = sets.map(({ id }) => id);
    const message = `must be the id of a server: current value is ${showValue(target)}${didYouMean(target, ids)}`;
    return [{ path: [...path, "target_id"], at: "value", message }];
  }
  const horizon_s = horizonOf(data);
  const start_s = numberAt(data, [...path, "start_s"]);
  const down_s = numberAt(data, [...path, "down_s"]);
  if (horizon_s === undefined || start_s === undefined || down_s === undefined) return [];
  const waves = Math.ceil(members.length / (numberAt(data, [...path, "wave"]) ?? DEFAULTS.wave));
  const end_s = start_s + waves * down_s + (waves - 1) * (numberAt(data, [...path, "gap_s"]) ?? DEFAULTS.gap_s);
  if (!(end_s > horizon_s)) return [];
  const rule = `must end at most at total_simulation_time (${horizon_s})`;
  return [{ path, at: "value", message: `${rule}: its ${waves} waves end at ${end_s} s` }];
}
