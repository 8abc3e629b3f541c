import type { Finding } from "../finding.js";
import type { DataPath } from "../path/data-path.js";
import { MAX_REPLICAS } from "../model/replica-set.js";
import { serversOf, type PlacedServer } from "./endpoints-of.js";
import { listAt, numberAt } from "./tolerant-values.js";

/** What an autoscaler and its set demand of each other. */
export function checkAutoscalers(data: unknown): readonly Finding[] {
  return serversOf(data).flatMap((placed) => (placed.server["autoscaler"] === undefined ? [] : checkOne(placed)));
}

function checkOne({ server, path }: PlacedServer): readonly Finding[] {
  const place = [...path, "autoscaler"];
  const replicas = numberAt(server, ["replicas"]);
  if (server["replicas"] === undefined) {
    const message = "must stand with replicas, the number at the beginning: there is no such key";
    return [{ path: place, at: "key", message }];
  }
  const min = numberAt(server, ["autoscaler", "min"]) ?? 1;
  const max = numberAt(server, ["autoscaler", "max"]) ?? MAX_REPLICAS;
  const findings: Finding[] = [];
  if (min > max) findings.push(above([...place, "min"], min, "max", max));
  else if (replicas !== undefined && (replicas < min || replicas > max)) {
    const message = `must be between min ${min} and max ${max} of the autoscaler: current value is ${replicas}`;
    findings.push({ path: [...path, "replicas"], at: "value", message });
  }
  return [...findings, ...checkSchedule(server, { min, max, place: [...place, "schedule"] })];
}

interface Bounds {
  readonly min: number;
  readonly max: number;
  readonly place: DataPath;
}

function checkSchedule(server: unknown, { min, max, place }: Bounds): readonly Finding[] {
  const bounds = { min, max, at_s: 0 };
  return (listAt(server, ["autoscaler", "schedule"]) ?? []).flatMap((item, index) => {
    const findings: Finding[] = [];
    const at_s = numberAt(item, ["at_s"]) ?? bounds.at_s;
    if (at_s <= bounds.at_s && index > 0) {
      const message = `must be later than the one before, ${bounds.at_s} s: current value is ${at_s}`;
      findings.push({ path: [...place, index, "at_s"], at: "value", message });
    }
    bounds.at_s = at_s;
    bounds.min = numberAt(item, ["min"]) ?? bounds.min;
    bounds.max = numberAt(item, ["max"]) ?? bounds.max;
    if (bounds.max > max) {
      findings.push(above([...place, index, "max"], bounds.max, "max of the autoscaler", max));
    }
    if (bounds.min > bounds.max) findings.push(above([...place, index, "min"], bounds.min, "max", bounds.max));
    return findings;
  });
}

function above(path: DataPath, value: number, limit: string, most: number): Finding {
  return { path, at: "value", message: `must not be above ${limit} ${most}: current value is ${value}` };
}
