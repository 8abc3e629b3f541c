import { describe, it } from "vitest";
import type { Distribution, Plan } from "../src/index.js";
import { overEdge } from "./network-plans.js";
import { constant, edge, endpoint, exponential, planOf, poisson, server } from "./plans.js";
import { expectTruth, replicated, type Reading } from "./replicated.js";

const metric =
  (name: string): Reading =>
  (value) =>
    value(name);

/** Transfers that take 10 ms on average when they are alone, 80 in a second: 100 Mbit/s, messages of 125 kB. */
const MEAN_S = 0.01;
const RATE_PER_S = 80;
const BUSY = RATE_PER_S * MEAN_S;
const KB_PER_S = 12_500;

/** Two to the power of how often a message is sent again, minus one: the waits before it passes, over the first. */
function waitsBefore(retransmissions: number): number {
  return 2 ** retransmissions - 1;
}

function transfers(payload_kb: Distribution, horizon_s: number): Plan {
  return overEdge(
    poisson(RATE_PER_S, { sizes: { payload_kb } }),
    { network: { bandwidth_mbps: 100 } },
    { horizon_s, warm_up_s: 5 },
  );
}

/** Sizes with a mean of 125 kB. */
const LAWS: readonly (readonly [string, Distribution, number])[] = [
  ["exponential", exponential(125), 600],
  ["constant", constant(125), 300],
  ["lognormal, scv 4", { kind: "lognormal", mu: Math.log(125) - Math.log(5) / 2, sigma: Math.sqrt(Math.log(5)) }, 750],
  [
    "hyperexponential, scv 4",
    { kind: "hyperexponential", probabilities: [0.887298, 0.112702], means: [70.438538, 554.562465] },
    800,
  ],
];

describe("run of networks", () => {
  it.each(LAWS)(
    "run shares a bandwidth as M/G/1-PS, whatever the law of sizes: %s (row 7)",
    (name, payload_kb, horizon_s) => {
      const found = replicated(transfers(payload_kb, horizon_s), {
        mean: metric("client-app.transfer_s_mean"),
        busy: metric("client-app.utilization_ratio"),
      });
      expectTruth(found.mean, MEAN_S / (1 - BUSY), `${name}: mean transfer`);
      expectTruth(found.busy, BUSY, `${name}: utilization`);
    },
  );

  it("run of a bandwidth gives a message of x seconds x / (1 - rho) on average, with a known variation (row 7)", () => {
    const sizes = [0.005, 0.02, 0.05];
    // Shares of the three sizes that have a mean of 10 ms: few large ones among many small ones.
    const weights = [0.8, 0.15, 0.06];
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    const mean_s = sizes.reduce((sum, size, k) => sum + (size * weights[k]!) / total, 0);
    const mix = sizes.map((size, k) => ({
      weight: weights[k]!,
      endpoint: "",
      class: `size-${k}`,
      sizes: { payload_kb: constant(size * KB_PER_S) },
    }));
    const plan = overEdge(
      poisson(BUSY / mean_s, { mix }),
      { network: { bandwidth_mbps: 100 } },
      { horizon_s: 500, warm_up_s: 5 },
    );
    const found = replicated(plan, {
      small: metric("size-0.latency_s_mean"),
      middle: metric("size-1.latency_s_mean"),
      large: metric("size-2.latency_s_mean"),
    });
    expectTruth(found.small, 0.025, "5 ms");
    expectTruth(found.middle, 0.1, "20 ms");
    expectTruth(found.large, 0.25, "50 ms");
  });

  it("run makes delay of loss: the k-th try passes with probability p^k (1 - p), after waits of 1, 3, 7 ... times the first", () => {
    const p = 0.2;
    const limit = 3;
    const wait_s = 0.05;
    const network = { retransmission: { timeout_s: wait_s, limit } };
    // Only one way: app passes on to the client over an edge without loss.
    const plan = planOf({
      horizon_s: 300,
      generators: [poisson(200)],
      servers: [server("app", [endpoint([])])],
      edges: [edge("source", "client"), edge("client", "app", { dropout_ratio: p, network }), edge("app", "client")],
    });
    const tries = Array.from({ length: limit + 1 }, (_, k) => k);
    const passing = 1 - p ** (limit + 1);
    const delay_s = tries.reduce((sum, k) => sum + p ** k * (1 - p) * wait_s * waitsBefore(k), 0) / passing;
    const found = replicated(plan, {
      latency: metric("latency_s_mean"),
      lost: metric("error_ratio"),
      again: (value) => value("client-app.retransmissions") / value("requests_generated"),
    });
    expectTruth(found.latency, delay_s, "latency");
    expectTruth(found.lost, p ** (limit + 1), "lost", 0.02);
    expectTruth(found.again, p + p ** 2 + p ** 3, "retransmissions");
  });

  it("run loses 1 - (1 - p)^k of what passes k hops, and what a degradation loses as well (row 31)", () => {
    const hops = 3;
    const ids = Array.from({ length: hops }, (_, k) => `app-${k}`);
    const nodes = ["client", ...ids];
    const edges = ids.map((id, k) => edge(nodes[k]!, id, { dropout_ratio: 0.01 }));
    const plan = planOf({
      horizon_s: 25,
      generators: [poisson(1000)],
      servers: ids.map((id) => server(id, [endpoint([])])),
      edges: [edge("source", "client"), ...edges, edge(ids.at(-1)!, "client")],
    });
    const lost = metric("error_ratio");
    expectTruth(replicated(plan, { lost }).lost, 1 - 0.970299, "3 hops at 1 %");
    const degraded: Plan = {
      ...plan,
      disruptions: edges.map(({ id }) => {
        const period = { target: id, start_s: 0, end_s: plan.horizon_s };
        return { kind: "network_degraded", ...period, loss_ratio: 0.1, bandwidth_ratio: 1, spike_s: 0 };
      }),
    };
    expectTruth(replicated(degraded, { lost }).lost, 1 - (0.99 * 0.9) ** hops, "and 10 % more");
  });
});
