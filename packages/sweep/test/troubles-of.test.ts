import { compile, parseScenario } from "@loadstar/scenario";
import { describe, expect, test } from "vitest";
import { troublesOf } from "../src/replay/troubles-of.js";
import { SCENARIO } from "./small-study.js";

const MORE = `events:
  - { event_id: crowd, target_id: users, start: { kind: traffic_surge, t_start: 2, factor: 2 }, end: { kind: recover, t_end: 4 } }
  - { event_id: slow, target_id: uplink, start: { kind: network_spike_start, t_start: 5, spike_s: 1 }, end: { kind: network_spike_end, t_end: 6 } }
  - { event_id: poor, target_id: api, start: { kind: brown_out, t_start: 7, factor: 2, error_ratio: 0.5 }, end: { kind: recover, t_end: 8 } }
faults:
  - { target_id: api, kind: crash, mtbf_s: 9, mttr_s: 4 }
`;

describe("troublesOf", () => {
  test("troublesOf gives events, surges and faults of a run in words", () => {
    const { scenario } = parseScenario(SCENARIO + MORE, { file: "" });
    expect(troublesOf(compile(scenario!), 1, 0)).toEqual([
      { kind: "network_spike", target: "uplink", start_s: 5, end_s: 6 },
      { kind: "slow_down", target: "api", start_s: 7, end_s: 8 },
      { kind: "error_spike", target: "api", start_s: 7, end_s: 8 },
      { kind: "traffic_surge", target: "users", start_s: 2, end_s: 4 },
      { kind: "crash", target: "api", start_s: 9, end_s: 13 },
    ]);
  });
});
