import { join } from "node:path";
import {
  loadSensitivity,
  runSensitivity,
  type Sensitivity,
  type SensitivityAnalysis,
  type SensitivityEvent,
  type SensitivityOptions,
  type StudyOverrides,
} from "../src/index.js";
import { SCENARIO, writeFiles } from "./small-study.js";
import { inTemporaryDirectory } from "./temporary-directory.js";

const RAM = '"topology_graph.nodes.servers[api].server_resources.ram_mb"';
export const USERS_PATH = "rqs_input.avg_active_users.mean";

/** Two ranges over the small scenario: how many users come, and memory that is never scarce. */
export const RANGES = `name: what-matters
scenario: scenario.yaml
seed: 20261121
replications: 5
confidence: 0.99
design: lhs
samples: 4
parameters:
  users: { path: ${USERS_PATH}, range: [20, 40] }
  ram_mb: { path: ${RAM}, range: [1024, 4096], integer: true }
`;

/** What to load, and instead of which files. */
export type Wanted = SensitivityOptions & { readonly sweep?: string; readonly scenario?: string } & StudyOverrides;

/** Loads a sensitivity analysis of the small scenario. */
export async function loadedSensitivity({
  sweep = RANGES,
  scenario = SCENARIO,
  ...options
}: Wanted): Promise<Sensitivity> {
  return await inTemporaryDirectory(async (directory) => {
    await writeFiles(directory, { "sweep.yaml": sweep, "scenario.yaml": scenario });
    return await loadSensitivity(join(directory, "sweep.yaml"), options, options);
  });
}

/** Runs an analysis to its end and gives all its events. */
export async function sensitivityEventsOf(study: Sensitivity, threads = 2): Promise<readonly SensitivityEvent[]> {
  const events: SensitivityEvent[] = [];
  for await (const event of runSensitivity(study, { threads })) events.push(event);
  return events;
}

/** Runs an analysis to its end and gives what it found. */
export async function analysesOf(study: Sensitivity, threads = 2): Promise<readonly SensitivityAnalysis[]> {
  const last = (await sensitivityEventsOf(study, threads)).at(-1);
  return last?.kind === "finished" ? last.analyses : [];
}

/** An analysis by this method. */
export function ofMethod<Method extends SensitivityAnalysis["method"]>(
  analysis: SensitivityAnalysis | undefined,
  method: Method,
): SensitivityAnalysis & { readonly method: Method } {
  if (analysis?.method !== method) throw new Error(`Cannot read analysis: method must be ${method}`);
  return analysis as SensitivityAnalysis & { readonly method: Method };
}
