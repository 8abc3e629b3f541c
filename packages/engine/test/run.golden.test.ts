import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { run, type Plan, type RunResult } from "../src/index.js";
import {
  balanced,
  constant,
  cpu,
  edge,
  endpoint,
  exponential,
  generator,
  io,
  planOf,
  server,
  singleQueue,
} from "./plans.js";

/*
 * Frozen outputs. They are not right or wrong; only their change must be noticed. Whoever changes one on purpose raises
 * ENGINE_VERSION, because results of the version before can no longer be reproduced. A column that is added changes digests, too: where the
 * digests without it are those from before, the version stays.
 */

const queue = singleQueue({
  rate_per_s: 80,
  endpoints: [endpoint([cpu(exponential(0.01))])],
  more: { horizon_s: 60, warm_up_s: 5, series_cell_s: 1 },
});

const disturbed = balanced({
  rate_per_s: 120,
  algorithm: "least_outstanding",
  servers: ["app-1", "app-2", "app-3"].map((id) =>
    server(
      id,
      [
        endpoint(
          [cpu({ kind: "gamma", shape: 2, scale: 0.002 }), io({ kind: "lognormal", mu: -4.5, sigma: 0.8 }), cpu(0.002)],
          {
            name: "read",
            weight: 3,
            ram_mb: 64,
          },
        ),
        endpoint([io({ kind: "weibull", shape: 1.5, scale: 0.02 }), cpu({ kind: "normal", mean: 0.004, std: 0.002 })], {
          name: "write",
          ram_mb: 100.5,
        }),
      ],
      { cpu_cores: 2, ram_mb: 256 },
    ),
  ),
  latency_s: exponential(0.002),
  more: {
    horizon_s: 30,
    series_cell_s: 0.7,
    disruptions: [
      { kind: "server_down", target: "app-2", start_s: 5, end_s: 12 },
      { kind: "network_spike", target: "client-balancer", start_s: 10, end_s: 20, spike_s: 0.015 },
    ],
  },
});

const chain: Plan = {
  ...planOf({}),
  horizon_s: 40,
  generators: [
    generator(0.5, { users: { kind: "poisson", mean: 40 }, window_s: 3 }),
    generator(0.5, { id: "other", users: { kind: "normal", mean: 20, std: 12 }, window_s: 2, kind: "asyncflow_users" }),
  ],
  servers: [
    server("front", [endpoint([cpu({ kind: "pareto", shape: 2.5, minimum: 0.006 })])]),
    server("back", [
      endpoint([io({ kind: "uniform", min: 0, max: 0.05 }), cpu({ kind: "empirical", values: [0.001, 0.004, 0.009] })]),
    ]),
  ],
  edges: ["source>client", "other>client", "client>front", "front>back", "back>client"].map((id) =>
    edge(id.split(">")[0]!, id.split(">")[1]!, {
      id,
      latency_s: id.startsWith("client")
        ? constant(0.003)
        : { kind: "quantiles", probabilities: [0, 0.5, 1], values: [0.001, 0.002, 0.02] },
      dropout_ratio: 0.01,
    }),
  ),
};

/** SHA-256 over all bytes of a result, first 16 hexadecimal digits. */
function digestOf(result: RunResult): string {
  const hash = createHash("sha256").update(`${result.outcome} ${result.reason} ${result.events}`);
  const histograms = result.histograms.flatMap(({ indices, counts }) => [indices, counts]);
  for (const column of [result.metrics, result.series, result.samples, ...histograms])
    hash.update(new Uint8Array(column.buffer, column.byteOffset, column.byteLength));
  return hash.digest("hex").slice(0, 16);
}

describe("run", () => {
  it.each([
    ["a queue with warm-up", queue, "7042fe9215eeb6f5"],
    ["three servers with outage and spike", disturbed, "88fefcab3dd3d29c"],
    ["a chain with two generators and losses", chain, "36f702b873868f10"],
  ])("run of %s keeps its frozen digest", (_name, plan, frozen) => {
    const result = run(plan, 20_261_121, 3);
    expect(result.outcome).toBe("completed");
    expect(digestOf(result)).toBe(frozen);
  });
});
