import { describe, expect, test } from "vitest";
import { renderSensitivity } from "../src/index.js";
import { SAMPLE_MORRIS, SAMPLE_SOBOL, SAMPLE_TORNADO } from "./fixtures/sample-sensitivity.js";

// Frozen outputs: they are not right because they are here. Look at a change, then accept it with `vitest -u`.

describe("renderSensitivity", () => {
  test("renderSensitivity of Sobol indices: the largest first, luck in parentheses, bars on one scale", () => {
    expect(renderSensitivity(SAMPLE_SOBOL, { width: 100 })).toMatchInlineSnapshot(`
      "latency_s_p95 · mean 76.8 ms [74.6, 79.0] · standard deviation 19.20 ms
      factor  with interactions  95 % interval   alone  95 % interval  remarks
      ──────────────────────────────────────────────────────────────────────────
      cpu_s              72.6 %  [65.0, 80.2]   54.0 %  [47.0, 61.0]
      users              38.5 %  [30.0, 47.0]   22.7 %  [18.0, 27.4]
      (seed)              9.2 %  [7.0, 11.4]    -0.4 %  [-3.0, 2.2]
      ram_mb                0 %  [0, 0]            0 %  [0, 0]         no_effect

      share of the variance · with interactions
      cpu_s                                                 ├────●────┤                72.6 % [65.0, 80.2]
      users                        ├─────●─────┤                                       38.5 % [30.0, 47.0]
      (seed)       ├●─┤                                                                9.2 % [7.0, 11.4]
      ram_mb  ●                                                                        0 % [0, 0]
              ├0 %─────────────────────────────────────────────────────────────100 %┤"
    `);
  });

  test("renderSensitivity of Morris effects", () => {
    expect(renderSensitivity(SAMPLE_MORRIS, { width: 80 })).toMatchInlineSnapshot(`
      "latency_s_p95
      factor      mu*  95 % interval       mu    sigma
      ────────────────────────────────────────────────
      users   25.5 ms  [20.0, 31.0]   25.5 ms  21.5 ms
      (seed)   5.9 ms  [2.1, 9.7]     -1.1 ms   7.2 ms

      size of the elementary effects · mu*
      users                            ├─────●──────┤             25.5 ms [20.0, 31.0]
      (seed)     ├───●────┤                                       5.9 ms [2.1, 9.7]
              ├0 ms───────────────────────────────────────40 ms┤"
    `);
  });

  test("renderSensitivity of a tornado: both ends from the base, also on one side", () => {
    expect(renderSensitivity(SAMPLE_TORNADO, { width: 120 })).toMatchInlineSnapshot(`
      "latency_s_p95 · 73.70 ms [72.80, 75.70] in the scenario as it is
      factor             low     change  95 % interval                 high   change  95 % interval  remarks
      ────────────────────────────────────────────────────────────────────────────────────────────────────────────
      cpu_s            0.002  -11.00 ms  [-12.00, -10.00]             0.004  38.4 ms  [33.4, 43.4]
      algorithm  round_robin    6.20 ms  [5.00, 7.40]      least_connection  12.4 ms  [10.0, 14.8]
      ram_mb            1024        0 s  [0, 0]                        4096      0 s  [0, 0]         no_difference

      change of the mean · ░ at the low value · █ at the high value
      cpu_s                  ░░░░░░░░░░░░░░│███████████████████████████████████████████████████
      algorithm                            │░░░░░░░░█████████
      ram_mb                               │
                 ├-20 ms───────────────────────────────────────────────────────────────────40 ms┤"
    `);
  });
});
