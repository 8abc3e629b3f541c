import { join } from "node:path";
import { writeFiles } from "../small-study.js";

/** Twenty requests a second can be served; callers wait for 1 s and try three times; a crowd comes for ten seconds. */
export const OVERLOAD = `name: overload
rqs_input:
  id: users
  arrival_rate_per_s: 5
  timeout_s: 1
  retry: { attempts: 3 }
  profile: [{ kind: flash_crowd, at_s: 20, factor: 6, ramp_s: 0, hold_s: 10 }]
topology_graph:
  nodes:
    client: { id: browser }
    servers:
      - id: api
        endpoints:
          - endpoint_name: /work
            steps: [cpu_s: { distribution: exponential, mean: 0.050 }]
  edges:
    - { id: internet, source: users, target: browser, latency: 0, loss_ratio: 0 }
    - { id: uplink, source: browser, target: api, latency: 0, loss_ratio: 0 }
sim_settings: { total_simulation_time: 400 }
`;

export const LOAD = "rqs_input.arrival_rate_per_s";

/** Writes the scenario, with some of its text replaced, and gives its path. */
export async function overloadFile(
  directory: string,
  replaced: readonly (readonly [string, string])[] = [],
): Promise<string> {
  const text = replaced.reduce((changed, [old, next]) => changed.replace(old, next), OVERLOAD);
  await writeFiles(directory, { "overload.yaml": text });
  return join(directory, "overload.yaml");
}
