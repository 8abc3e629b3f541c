/** A small valid scenario in the short spelling; tests change one line of it. */
export const EXAMPLE_YAML = `name: shop
rqs_input:
  id: shoppers
  avg_active_users: { mean: 100 }
  avg_request_per_minute_per_user: { mean: 20 }
topology_graph:
  nodes:
    client: { id: browser }
    load_balancer: { id: balancer, server_covered: [app-1, app-2] }
    servers:
      - id: app-1
        server_resources: { cpu_cores: 2, ram_mb: 2048 }
        endpoints:
          - endpoint_name: /api
            steps:
              - cpu_s: 0.002
              - ram_mb: 120
              - io_s: { distribution: lognormal, mean: 0.012, cv: 0.8 }
      - id: app-2
        server_resources: { cpu_cores: 2, ram_mb: 2048 }
        endpoints:
          - endpoint_name: /api
            steps: [cpu_s: 0.002, ram_mb: 120, io_s: 0.012]
  edges:
    - { id: shoppers-browser, source: shoppers, target: browser, latency: 0.003, dropout_rate: 0 }
    - { id: browser-balancer, source: browser, target: balancer, latency: 0.001, dropout_rate: 0 }
    - { id: balancer-app-1, source: balancer, target: app-1, latency: 0.001, dropout_rate: 0 }
    - { id: balancer-app-2, source: balancer, target: app-2, latency: 0.001, dropout_rate: 0 }
    - { id: app-1-browser, source: app-1, target: browser, latency: 0.003, dropout_rate: 0 }
    - { id: app-2-browser, source: app-2, target: browser, latency: 0.003, dropout_rate: 0 }
sim_settings: { total_simulation_time: 600 }
events:
  - event_id: rollout
    target_id: app-1
    start: { kind: server_down, t_start: 100 }
    end: { kind: server_up, t_end: 160 }
`;

export type Change = readonly [original: string, replacement: string];

/** The example with some of its text replaced; each original must be there. */
export function changedExample(...changes: readonly Change[]): string {
  return changed(EXAMPLE_YAML, ...changes);
}

/** A text with some of it replaced; each original must be there. */
export function changed(original: string, ...changes: readonly Change[]): string {
  return changes.reduce((text, [old, replacement]) => {
    if (!text.includes(old)) throw new Error(`Cannot change example: text must hold ${JSON.stringify(old)}`);
    return text.replace(old, () => replacement);
  }, original);
}
