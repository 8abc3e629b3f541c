import type { Finding } from "../finding.js";
import { EFFECT_RULES } from "../model/effect-kinds.js";
import { valueAt, type DataPath } from "../path/data-path.js";
import { showValue } from "../wording/show-value.js";
import { checkEffect } from "./check-effects.js";
import type { TolerantTopology } from "./tolerant-topology.js";
import { horizonOf, listAt, numberAt, textAt } from "./tolerant-values.js";

/** The two halves of an event must fit each other, its target and the run. */
export function checkEvents(data: unknown, topology: TolerantTopology): readonly Finding[] {
  const paths = (listAt(data, ["events"]) ?? []).map((_, index) => ["events", index]);
  return [
    ...paths.flatMap((path) => checkEnd(data, path)),
    ...paths.flatMap((path) => checkTimes(data, path)),
    ...paths.flatMap((path) => checkEffect(data, { path, at: [...path, "start"] }, topology)),
  ];
}

/** The kind that has no end. */
const FLUSH = "cache_flush";

const ENDS: ReadonlySet<string | undefined> = new Set([...EFFECT_RULES.values()].map(({ end }) => end));

function checkEnd(data: unknown, path: DataPath): readonly Finding[] {
  const kind = textAt(data, [...path, "start", "kind"]);
  const end = textAt(data, [...path, "end", "kind"]);
  const hasEnd = valueAt(data, [...path, "end"]) !== undefined;
  if (kind === FLUSH) {
    const message = `must be left out for ${FLUSH}, which is over at once`;
    return hasEnd ? [{ path: [...path, "end"], at: "key", message }] : [];
  }
  const wanted = kind === undefined ? undefined : EFFECT_RULES.get(kind)?.end;
  if (wanted !== undefined && !hasEnd) return [{ path, at: "value", message: "missing key end" }];
  if (wanted === undefined || end === undefined || !ENDS.has(end) || end === wanted) return [];
  const message = `must be ${wanted} to end ${kind!}: current value is ${showValue(end)}`;
  return [{ path: [...path, "end", "kind"], at: "value", message }];
}

function checkTimes(data: unknown, path: DataPath): readonly Finding[] {
  const findings: Finding[] = [];
  const horizon_s = horizonOf(data);
  const start_s = numberAt(data, [...path, "start", "t_start"]);
  const end_s = numberAt(data, [...path, "end", "t_end"]);
  if (
    textAt(data, [...path, "start", "kind"]) === FLUSH &&
    start_s !== undefined &&
    start_s >= (horizon_s ?? Infinity)
  ) {
    const message = `must be < total_simulation_time (${horizon_s}): current value is ${start_s}`;
    return [{ path: [...path, "start", "t_start"], at: "value", message }];
  }
  const reject = (rule: string): void => {
    findings.push({ path: [...path, "end", "t_end"], at: "value", message: `${rule}: current value is ${end_s}` });
  };
  if (end_s === undefined) return [];
  if (start_s !== undefined && end_s <= start_s) reject(`must be > t_start (${start_s})`);
  if (horizon_s !== undefined && end_s > horizon_s) reject(`must be <= total_simulation_time (${horizon_s})`);
  return findings;
}
