import { replay, replayComponents, REPLAY_KINDS, type Plan, type ReplayEvents, type RunResult } from "@loadstar/engine";

/** A scenario whose server is short of memory and cores, behind links that take time; 10 s of it. */
export const TIGHT = `name: tight
rqs_input:
  id: users
  avg_active_users: { mean: 30 }
  avg_request_per_minute_per_user: { mean: 60 }
  user_sampling_window: 10
topology_graph:
  nodes:
    client: { id: browser }
    servers:
      - id: api
        server_resources: { cpu_cores: 1, ram_mb: 256 }
        endpoints:
          - endpoint_name: /work
            steps:
              - ram_mb: 64
              - cpu_s: { distribution: exponential, mean: 0.025 }
              - io_s: { distribution: exponential, mean: 0.060 }
  edges:
    - { id: internet, source: users, target: browser, latency: 0.001, dropout_rate: 0 }
    - { id: uplink, source: browser, target: api, latency: { distribution: exponential, mean: 0.003 }, dropout_rate: 0.02 }
    - { id: downlink, source: api, target: browser, latency: { distribution: exponential, mean: 0.003 }, dropout_rate: 0 }
sim_settings:
  total_simulation_time: 10
  warm_up_s: 1
events:
  - event_id: slow-net
    target_id: downlink
    start: { kind: network_spike_start, t_start: 3, spike_s: 0.05 }
    end: { kind: network_spike_end, t_end: 4 }
`;

/** A whole replay: its pieces and its result. */
export function piecesOf(
  plan: Plan,
  run: { readonly seed: number; readonly replication: number },
): { readonly pieces: readonly ReplayEvents[]; readonly result: RunResult } {
  const replaying = replay(plan, run.seed, run.replication);
  const pieces: ReplayEvents[] = [];
  for (let piece = replaying.next(); ; piece = replaying.next()) {
    if (piece.done === true) return { pieces, result: piece.value };
    pieces.push(piece.value);
  }
}

/** What happened, in words: one line for each row of the pieces. */
export function wordsOf(
  plan: Plan,
  pieces: readonly ReplayEvents[],
): readonly { readonly t_s: number; readonly request: number; readonly event: string; readonly component: string }[] {
  const ids = replayComponents(plan);
  return pieces.flatMap(({ t_s, requests, kinds, components }) =>
    Array.from(t_s, (time, row) => ({
      t_s: time,
      request: requests[row]!,
      event: REPLAY_KINDS[kinds[row]!]!,
      component: ids[components[row]!]!,
    })),
  );
}
