import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { inTemporaryDirectory } from "./temporary-directory.js";

/** Five seconds of one server at half load: about 100 requests. */
export const SCENARIO = `name: small
rqs_input:
  id: users
  avg_active_users: { mean: 20 }
  avg_request_per_minute_per_user: { mean: 60 }
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
              - io_s: 0.050
  edges:
    - { id: internet, source: users, target: browser, latency: 0, dropout_rate: 0 }
    - { id: uplink, source: browser, target: api, latency: 0.002, dropout_rate: 0 }
    - { id: downlink, source: api, target: browser, latency: 0.002, dropout_rate: 0 }
sim_settings:
  total_simulation_time: 5
`;

export const SWEEP = `name: two-loads
scenario: scenario.yaml
seed: 7
replications: 4
series_points: 5
parameters:
  users: { path: rqs_input.avg_active_users.mean, values: [20, 30] }
`;

/** Files of a directory, and their paths. */
export interface Place {
  readonly directory: string;
  readonly scenario: string;
  readonly sweep: string;
  /** Path of a file or directory in the directory. */
  readonly path: (name: string) => string;
}

/** Runs `work` in a directory that holds the scenario and the sweep. */
export async function withSmallFiles(
  work: (place: Place) => Promise<void>,
  { scenario = SCENARIO, sweep = SWEEP }: { readonly scenario?: string; readonly sweep?: string } = {},
): Promise<void> {
  await inTemporaryDirectory(async (directory) => {
    const path = (name: string): string => join(directory, name);
    await writeFile(path("scenario.yaml"), scenario);
    await writeFile(path("sweep.yaml"), sweep);
    await work({ directory, path, scenario: path("scenario.yaml"), sweep: path("sweep.yaml") });
  });
}
