import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { loadStudy, type Study, type StudyOverrides } from "../src/index.js";

/** One server at half load, 20 s of it: about 400 requests, a millisecond of computing. */
export const SCENARIO = `name: small
rqs_input:
  id: users
  avg_active_users: { mean: 20 }
  avg_request_per_minute_per_user: { mean: 60 }
  user_sampling_window: 10
topology_graph:
  nodes:
    client: { id: browser }
    servers:
      - id: api
        server_resources: { cpu_cores: 1, ram_mb: 1024 }
        endpoints:
          - endpoint_name: /work
            steps:
              - ram_mb: 10
              - cpu_s: { distribution: exponential, mean: 0.025 }
              - io_s: { distribution: lognormal, mean: 0.050, cv: 0.8 }
  edges:
    - { id: internet, source: users, target: browser, latency: 0, dropout_rate: 0 }
    - { id: uplink, source: browser, target: api, latency: { distribution: exponential, mean: 0.003 }, dropout_rate: 0.01 }
    - { id: downlink, source: api, target: browser, latency: { distribution: exponential, mean: 0.003 }, dropout_rate: 0 }
sim_settings:
  total_simulation_time: 20
`;

/** Two points of it, twelve cells. */
export const SWEEP = `name: two-loads
scenario: scenario.yaml
seed: 20261121
replications: 6
series_points: 12
parameters:
  users: { path: rqs_input.avg_active_users.mean, values: [20, 30] }
`;

/** Writes files below a directory, which is made if need be. */
export async function writeFiles(directory: string, files: Readonly<Record<string, string>>): Promise<void> {
  await mkdir(directory, { recursive: true });
  for (const [name, text] of Object.entries(files)) await writeFile(join(directory, name), text);
}

/** Writes a sweep and its scenario into a directory and loads the sweep. */
export async function studyOf(
  directory: string,
  {
    sweep = SWEEP,
    scenario = SCENARIO,
    ...overrides
  }: StudyOverrides & { readonly sweep?: string; readonly scenario?: string } = {},
): Promise<Study> {
  await writeFiles(directory, { "sweep.yaml": sweep, "scenario.yaml": scenario });
  return await loadStudy(join(directory, "sweep.yaml"), overrides);
}
