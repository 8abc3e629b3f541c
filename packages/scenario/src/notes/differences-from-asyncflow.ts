import type { Finding } from "../finding.js";
import { DEFAULTS } from "../model/defaults.js";
import type { DistributionMapping } from "../model/distribution-mapping.js";
import { generatorsOf } from "../model/generators-of.js";
import type { RqsInput, UserArrivals } from "../model/rqs-input.js";
import type { Scenario } from "../model/scenario.js";
import type { DataPath } from "../path/data-path.js";
import { showName, showNumber } from "../wording/show-value.js";
import { durationsOf } from "./durations-of.js";
import { loadBalancersOf } from "./notes-on-load-balancers.js";

/**
 * Names every place of a scenario that Loadstar and AsyncFlow 0.1.1 read differently, with both readings. They do not
 * depend on the dialect in force: dialect `asyncflow` chooses the second reading.
 */
export function differencesFromAsyncFlow(scenario: Scenario): readonly Finding[] {
  return [
    ...generatorsOf(scenario).flatMap(({ generator, path }) => generatorDifferences(generator, path, scenario)),
    ...durationDifferences(scenario),
    ...balancerDifference(scenario),
    ...weightDifferences(scenario),
  ];
}

/** AsyncFlow knows users only. A profile, which it does not know, leaves no reading of the ends of their windows. */
function generatorDifferences(generator: RqsInput, path: DataPath, scenario: Scenario): readonly Finding[] {
  if (!("avg_active_users" in generator)) return [];
  const ends = (generator.profile ?? []).length === 0 ? windowEndDifference(generator, path, scenario) : [];
  return [...userDifference(generator, path), ...ends];
}

function userDifference({ avg_active_users: users }: UserArrivals, path: DataPath): readonly Finding[] {
  const isPoisson = users.distribution === undefined || users.distribution === "poisson";
  if (isPoisson || users.std !== undefined || users.cv !== undefined) return [];
  const reading = varianceReading(users.mean, users.variance, "");
  return reading === undefined ? [] : [{ path: [...path, "avg_active_users"], at: "value", message: reading }];
}

/** Both readings of the variance of a normal; none where they are equal. */
function varianceReading(mean: number, given: number | null | undefined, unit: string): string | undefined {
  const variance = given ?? mean;
  const std = Math.sqrt(variance);
  if (std === variance) return undefined;
  const origin = given === undefined || given === null ? " (its mean, by default)" : "";
  return (
    `variance ${showNumber(variance)}${origin} of a normal: Loadstar draws with standard deviation ` +
    `${showNumber(std)}${unit}, AsyncFlow 0.1.1 with ${showNumber(variance)}${unit}`
  );
}

/**
 * A window of length w at rate r holds r w requests in both readings, but in AsyncFlow only the time up to the last of
 * them passes, on average w - (1 - exp(-r w)) / r.
 */
function windowEndDifference(
  generator: UserArrivals,
  path: DataPath,
  { sim_settings: settings }: Scenario,
): readonly Finding[] {
  const window_s = generator.user_sampling_window ?? DEFAULTS.user_sampling_window;
  const horizon_s = settings.total_simulation_time ?? DEFAULTS.total_simulation_time;
  const rate = (generator.avg_active_users.mean * generator.avg_request_per_minute_per_user.mean) / 60;
  const requests = rate * window_s;
  if (requests === 0) return [];
  const passing = 1 + Math.expm1(-requests) / requests;
  const message =
    `gap that crosses the end of a user window: Loadstar generates ${showNumber(rate)} requests/s over ` +
    `${showNumber(horizon_s)} s, AsyncFlow 0.1.1 loses the time of the gap and generates about ` +
    `${showNumber(rate / passing)} requests/s over about ${showNumber(horizon_s * passing)} s`;
  return [{ path, at: "value", message }];
}

function durationDifferences(scenario: Scenario): readonly Finding[] {
  return durationsOf(scenario).flatMap(({ path, duration }) => {
    const message = typeof duration === "number" ? undefined : distributionReading(duration);
    return message === undefined ? [] : [{ path, at: "value" as const, message }];
  });
}

function distributionReading(mapping: DistributionMapping): string | undefined {
  if (mapping.distribution === "normal") {
    const isByVariance = !("std" in mapping) && !("cv" in mapping);
    return isByVariance ? varianceReading(mapping.mean, mapping.variance, " s") : undefined;
  }
  if (mapping.distribution === "uniform" && "mean" in mapping) {
    const { mean } = mapping;
    if (mean === 0.5) return undefined;
    const readings = `Loadstar draws from [0, ${showNumber(2 * mean)}) s, AsyncFlow 0.1.1 from [0, 1) s`;
    return `uniform by its mean ${showNumber(mean)}: ${readings}`;
  }
  if (mapping.distribution !== "log_normal") return undefined;
  const { mean } = mapping;
  const variance = mapping.variance ?? mean;
  const median = Math.exp(mean);
  const origin = mapping.variance === undefined || mapping.variance === null ? " (its mean, by default)" : "";
  return (
    `mean ${showNumber(mean)} and variance ${showNumber(variance)}${origin} of a log_normal: Loadstar takes them as ` +
    `those of the duration [s], AsyncFlow 0.1.1 as mu and sigma of its logarithm, so that the median is ` +
    `${showNumber(median)} s and the mean ${showNumber(median * Math.exp((variance * variance) / 2))} s`
  );
}

function balancerDifference(scenario: Scenario): readonly Finding[] {
  const message =
    "least_connection: Loadstar counts the requests that a server has not yet finished and settles ties in turn, " +
    "AsyncFlow 0.1.1 counts only messages on the edge and gives ties to the first server, which can get 99 % of all";
  return loadBalancersOf(scenario).flatMap(({ path, balancer }) => {
    const key = balancer.algorithm === undefined ? "algorithms" : "algorithm";
    return balancer[key] === "least_connection" ? [{ path: [...path, key], at: "value" as const, message }] : [];
  });
}

function weightDifferences({ topology_graph: { nodes } }: Scenario): readonly Finding[] {
  return nodes.servers.flatMap(({ id, endpoints }, index) => {
    const weights = endpoints.map(({ weight, probability }) => weight ?? probability ?? DEFAULTS.weight);
    if (weights.every((weight) => weight === weights[0])) return [];
    const sum = weights.reduce((total, weight) => total + weight, 0);
    const shares = weights.map((weight) => `${showNumber((100 * weight) / sum)} %`).join(", ");
    const message =
      `weights of the endpoints of ${showName(id)}: Loadstar chooses them with ${shares}, ` +
      `AsyncFlow 0.1.1 ignores them and chooses each with ${showNumber(100 / weights.length)} %`;
    return [{ path: ["topology_graph", "nodes", "servers", index, "endpoints"], at: "value" as const, message }];
  });
}
