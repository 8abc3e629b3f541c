import { join } from "node:path";
import { readObjective } from "@loadstar/scenario";
import { loadCapacity, type CapacityEvent, type CapacityRange, type CapacityStudy } from "../../src/index.js";
import { writeFiles } from "../small-study.js";

/** M/M/1 with service rate 50/s: as many requests a second as there are users. Mean latency 1 / (50 - users). */
export const MM1 = `name: mm1
rqs_input:
  id: users
  avg_active_users: { mean: 30, distribution: normal, std: 0 }
  avg_request_per_minute_per_user: { mean: 60 }
topology_graph:
  nodes:
    client: { id: browser }
    servers:
      - id: api
        server_resources: { cpu_cores: 1, ram_mb: 1048576 }
        endpoints:
          - endpoint_name: /work
            steps:
              - cpu_s: { distribution: exponential, mean: 0.020 }
  edges:
    - { id: internet, source: users, target: browser, latency: 0, dropout_rate: 0 }
    - { id: uplink, source: browser, target: api, latency: 0, dropout_rate: 0 }
    - { id: downlink, source: api, target: browser, latency: 0, dropout_rate: 0 }
sim_settings:
  total_simulation_time: 60
  warm_up_s: 10
`;

export const USERS = "rqs_input.avg_active_users.mean";

/** A search over the users of M/M/1. */
export async function mm1Capacity(
  directory: string,
  { objectives, range, seed = 1 }: { objectives: readonly string[]; range: CapacityRange; seed?: number },
): Promise<CapacityStudy> {
  await writeFiles(directory, { "mm1.yaml": MM1 });
  const overrides = { seed, objectives: objectives.map((text) => readObjective(text, { file: "" })) };
  return await loadCapacity(join(directory, "mm1.yaml"), { find: USERS, range, overrides });
}

/** All that a search or a selection tells. */
export async function eventsOf<Event>(running: AsyncGenerator<Event>): Promise<readonly Event[]> {
  const events: Event[] = [];
  for await (const event of running) events.push(event);
  return events;
}

export function trialsOf(events: readonly CapacityEvent[]): readonly string[] {
  return events.flatMap((event) => {
    if (event.kind !== "judged") return [];
    const { value, fresh, verdict } = event.trial;
    return [`${value} ${verdict}${fresh ? ", fresh" : ""}`];
  });
}
