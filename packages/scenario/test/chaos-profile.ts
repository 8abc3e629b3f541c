import { readFileSync } from "node:fs";
import { createSimulation, metricsOf, runPrepared, type Plan } from "@loadstar/engine";
import { compile } from "../src/index.js";
import { scenarioOf } from "./mesh-yaml.js";

/** The plan of one of the chaos profiles among the examples. */
export function chaosProfile(name: "control" | "congestion" | "saturation"): Plan {
  return compile(scenarioOf(readFileSync(new URL(`../../../scenarios/chaos-${name}.yaml`, import.meta.url), "utf8")));
}

/** What some metrics were in each of a number of replications. */
export function readings(plan: Plan, names: readonly string[], replications: number): readonly (readonly number[])[] {
  const positions = metricsOf(plan).map(({ name }) => name);
  const simulation = createSimulation(plan);
  const results = Array.from({ length: replications }, (_, k) => runPrepared(simulation, 20_261_121, k).metrics);
  return names.map((name) => {
    const position = positions.indexOf(name);
    if (position < 0) throw new RangeError(`Cannot read metric "${name}": the plan has none of this name`);
    return results.map((metrics) => metrics[position]!);
  });
}
