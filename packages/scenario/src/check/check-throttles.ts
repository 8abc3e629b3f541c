import type { Finding } from "../finding.js";
import type { Throttle } from "../model/detector.js";
import { valueAt, type DataPath } from "../path/data-path.js";
import { didYouMean } from "../wording/did-you-mean.js";
import { showValue } from "../wording/show-value.js";
import { checkWatched } from "./check-watched.js";
import { generatorPaths, type TolerantTopology } from "./tolerant-topology.js";
import { textAt } from "./tolerant-values.js";

/** Keys that go with a detector, and those that go with a node. */
const OF_DETECTOR: readonly (keyof Throttle)[] = ["degraded_delay_s", "collapsed_delay_s"];
const OF_NODE: readonly (keyof Throttle)[] = ["queue_above", "latency_above_s", "window", "delay_s"];

interface Surroundings {
  readonly topology: TolerantTopology;
  /** Their ids. */
  readonly detectors: readonly string[];
}

/** A throttle goes by a detector or by the load of a node, and has the keys of one of the two. */
export function checkThrottles(data: unknown, { topology, detectors }: Surroundings): readonly Finding[] {
  return generatorPaths(data).flatMap((generator): readonly Finding[] => {
    const path = [...generator, "throttle"];
    if (valueAt(data, path) === undefined) return [];
    const given = givenIn(data, path);
    if (given("detector") === given("node")) {
      return [{ path, at: "value", message: "must have one of detector and node" }];
    }
    return given("detector")
      ? [...checkDetector(data, path, detectors), ...misplaced(OF_NODE.filter(given), { path, beside: "detector" })]
      : [...checkLoad(data, path, topology), ...misplaced(OF_DETECTOR.filter(given), { path, beside: "node" })];
  });
}

function givenIn(data: unknown, path: DataPath): (key: keyof Throttle) => boolean {
  return (key) => valueAt(data, [...path, key]) !== undefined;
}

function misplaced(
  keys: readonly string[],
  { path, beside }: { readonly path: DataPath; readonly beside: string },
): readonly Finding[] {
  const message = `must be left out beside ${beside}: it has no effect there`;
  return keys.map((key) => ({ path: [...path, key], at: "key", message }));
}

function checkDetector(data: unknown, path: DataPath, ids: readonly string[]): readonly Finding[] {
  const at = [...path, "detector"];
  const detector = textAt(data, at);
  if (detector === undefined || ids.includes(detector)) return [];
  const message = `must be the id of a detector: current value is ${showValue(detector)}${didYouMean(detector, ids)}`;
  return [{ path: at, at: "value", message }];
}

function checkLoad(data: unknown, path: DataPath, topology: TolerantTopology): readonly Finding[] {
  const given = givenIn(data, path);
  const findings = [...checkWatched(data, [...path, "node"], topology)];
  if (!given("queue_above") && !given("latency_above_s")) {
    findings.push({ path, at: "value", message: "must have one of queue_above, latency_above_s" });
  }
  if (given("window") && !given("latency_above_s")) {
    const message = "must stand beside latency_above_s: nothing else depends on it";
    findings.push({ path: [...path, "window"], at: "key", message });
  }
  return findings;
}
