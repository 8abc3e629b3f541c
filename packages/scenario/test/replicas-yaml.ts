import { changed, type Change } from "./example-yaml.js";

/** A valid scenario with two replica sets, one behind a load balancer and one that is called; tests change lines of it. */
const REPLICAS_YAML = `rqs_input:
  id: shoppers
  avg_active_users: { mean: 100 }
  avg_request_per_minute_per_user: { mean: 20 }
topology_graph:
  nodes:
    client: { id: browser }
    load_balancer: { id: edge }
    servers:
      - id: app
        replicas: 3
        zones: [a, b]
        endpoints:
          - { endpoint_name: /api, steps: [call: prices] }
      - id: prices
        replicas: 2
        balancing: least_connection
        endpoints:
          - { endpoint_name: /price, steps: [cpu_s: 0.001] }
  edges:
    - { id: internet, source: shoppers, target: browser, latency: 0, loss_ratio: 0 }
    - { id: uplink, source: browser, target: edge, latency: 0.001, loss_ratio: 0 }
    - { id: inside, source: edge, target: app, latency: 0.001, loss_ratio: 0 }
    - { id: asking, source: app, target: prices, latency: 0.002, loss_ratio: 0 }
sim_settings: { total_simulation_time: 60 }
events:
  - event_id: rollout
    target_id: app
    start: { kind: server_down, t_start: 10 }
    end: { kind: server_up, t_end: 20 }
`;

/** The scenario with some of its text replaced. */
export function replicasWith(...changes: readonly Change[]): string {
  return changed(REPLICAS_YAML, ...changes);
}
