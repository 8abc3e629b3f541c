import { describe, expect, it } from "vitest";
import { metricsOf, PATIENT, type DisruptionPlan, type NetworkPlan, type Plan } from "../src/index.js";
import { runMeasured, type Measured } from "./measured.js";
import { arriving, ONE_SECOND_KB, overEdge, sizesOf } from "./network-plans.js";
import { call, constant, edge, endpoint, generatorOf, io, planOf, server } from "./plans.js";
import { replayed, stories } from "./replayed.js";

const ONE_MBPS: NetworkPlan = { bandwidth_mbps: 1 };
const there = (there_s: number) => sizesOf({ there_s });

/** Latency of each request that arrives with its own size [s]. */
function latencies(value: Measured, count: number): readonly number[] {
  return Array.from({ length: count }, (_, k) => value(`class-${k}.latency_s_mean`));
}

/** One message of no size, at 0 s, over an edge that is cut for a while and sends again. */
function cut(end_s: number, timeout_s: number, limit: number): Plan {
  const network = { retransmission: { timeout_s, limit } };
  const disruptions: readonly DisruptionPlan[] = [
    { kind: "network_partition", target: "client-app", start_s: 0, end_s },
  ];
  return overEdge(arriving([{ at_s: 0, sizes: {} }]), { network }, { disruptions });
}

/** One message of so many segments over an edge with slow start. */
function starting(segments: number, bandwidth_mbps: number): Plan {
  const slow_start = { initial_window_segments: 10, mss_bytes: 1000 };
  const link = {
    latency_s: constant(0.04),
    response_latency_s: constant(0.06),
    network: { bandwidth_mbps, slow_start },
  };
  return overEdge(arriving([{ at_s: 1, sizes: { payload_kb: constant(segments) } }]), link);
}

describe("run of networks", () => {
  it("run measures edges of one group together, too: bytes and losses of all, times pooled, the mean of what is busy", () => {
    const copy = (k: number) => edge("balancer", `app-${k}`, { network: ONE_MBPS, group: "balancer-app" });
    const plan = planOf({
      horizon_s: 100,
      generators: [arriving([1, 1, 2].map((there_s, k) => ({ at_s: 10 * k, sizes: there(there_s) })))],
      load_balancers: [{ id: "balancer", algorithm: "round_robin" }],
      servers: [1, 2].map((k) => server(`app-${k}`, [endpoint([io(0)])])),
      edges: [edge("source", "client"), edge("client", "balancer"), copy(1), copy(2)],
    });
    const value = runMeasured(plan);
    expect(value("balancer-app.transferred_mb")).toBeCloseTo((4 * ONE_SECOND_KB) / 1000, 12);
    expect(value("balancer-app.utilization_ratio")).toBeCloseTo((3 + 1) / 2 / 100, 12);
    expect(value("balancer-app.transfers_mean")).toBeCloseTo(4 / 100, 12);
    expect(value("balancer-app.transfer_s_mean")).toBeCloseTo(4 / 3, 12);
    expect(value("balancer-app.dropped")).toBe(0);
    expect(metricsOf(plan).map(({ name }) => name)).not.toContain("balancer-app.transfers_max");
  });

  it("run shares the bandwidth of an edge equally among the messages that are transferred", () => {
    // The first is alone for 0.5 s, they share for 1 s, the second is alone for another 0.5 s.
    const generator = arriving([
      { at_s: 1, sizes: there(1) },
      { at_s: 1.5, sizes: there(1) },
      { at_s: 9, sizes: there(0.25) },
    ]);
    const value = runMeasured(overEdge(generator, { latency_s: constant(0.125), network: ONE_MBPS }));
    const answer_s = 0.125;
    expect(value("class-0.latency_s_mean")).toBeCloseTo(1.5 + 0.125 + answer_s, 12);
    expect(value("class-1.latency_s_mean")).toBeCloseTo(1.5 + 0.125 + answer_s, 12);
    expect(value("class-2.latency_s_mean")).toBeCloseTo(0.25 + 0.125 + answer_s, 12);
    expect(value("client-app.transfer_s_mean")).toBeCloseTo(3.25 / 3, 12);
    expect(value("client-app.transfers_max")).toBe(2);
    expect(value("client-app.transfers_mean")).toBeCloseTo(3.25 / 1000, 12);
    expect(value("client-app.utilization_ratio")).toBeCloseTo(2.25 / 1000, 12);
    expect(value("client-app.transferred_mb")).toBeCloseTo((2.25 * ONE_SECOND_KB) / 1000, 12);
    expect(value("client-app.connections_mean")).toBeCloseTo((3.25 + 6 * 0.125) / 1000, 12);
  });

  it("run gives answers a bandwidth of their own", () => {
    const generator = arriving([
      { at_s: 1, sizes: sizesOf({ there_s: 1, back_s: 2 }) },
      { at_s: 2.5, sizes: sizesOf({ there_s: 1 }) },
    ]);
    const value = runMeasured(overEdge(generator, { network: ONE_MBPS }));
    expect(latencies(value, 2)).toEqual([3, 1]);
    expect(value("client-app.transferred_mb")).toBeCloseTo((2 * ONE_SECOND_KB) / 1000, 12);
    expect(value("client-app.response_transferred_mb")).toBeCloseTo((2 * ONE_SECOND_KB) / 1000, 12);
    expect(value("client-app.response_transfer_s_mean")).toBeCloseTo(2, 12);
    expect(value("client-app.response_utilization_ratio")).toBeCloseTo(2 / 1000, 12);
  });

  it("run carries the answer over an edge that leads back to the client, and the request over all before it", () => {
    const generator = arriving([{ at_s: 1, sizes: sizesOf({ there_s: 1, back_s: 3 }) }]);
    const back = edge("app", "client", { network: ONE_MBPS });
    const plan = overEdge(generator, { network: ONE_MBPS });
    const value = runMeasured({ ...plan, edges: [...plan.edges, back] });
    expect(value("latency_s_mean")).toBe(4);
    expect(value("app-client.transfer_s_mean")).toBeCloseTo(3, 12);
    expect(() => value("client-app.response_transferred_mb")).toThrow(/has none of this name/);
  });

  it("run draws sizes for calls, and what a server asks is not what it answers", () => {
    const ask = { ...call("app-db"), sizes: sizesOf({ there_s: 0.5, back_s: 0.25 }) };
    const plan = planOf({
      horizon_s: 100,
      generators: [arriving([{ at_s: 1, sizes: sizesOf({ there_s: 1, back_s: 2 }) }])],
      clients: [],
      servers: [server("app", [endpoint([ask, ask])]), server("db", [endpoint([])])],
      edges: [edge("source", "app", { network: ONE_MBPS }), edge("app", "db", { network: ONE_MBPS })],
    });
    const value = runMeasured(plan);
    expect(value("latency_s_mean")).toBe(1 + 2 * 0.75 + 2);
    expect(value("app-db.transferred_mb")).toBeCloseTo(ONE_SECOND_KB / 1000, 12);
    expect(value("app-db.response_transferred_mb")).toBeCloseTo((0.5 * ONE_SECOND_KB) / 1000, 12);
  });

  it("run gives each request of a session the sizes of its own entry of the mix", () => {
    const sizes = [0.25, 1, 0.5].map((there_s) => ({
      weight: 1,
      endpoint: "",
      class: `class-${there_s}`,
      sizes: there(there_s),
    }));
    const session = { think_s: constant(5), requests: { kind: "in_order" }, on_failure: "end" } as const;
    const arrivals = { kind: "trace", times_s: Float64Array.of(1), requests: new Int32Array() } as const;
    const value = runMeasured(overEdge(generatorOf(arrivals, { mix: sizes, session }), { network: ONE_MBPS }));
    for (const there_s of [0.25, 1, 0.5]) expect(value(`class-${there_s}.latency_s_mean`)).toBe(there_s);
  });

  it("run forgets the size of a request when its place is taken by one without", () => {
    const big = arriving([{ at_s: 1, sizes: sizesOf({ there_s: 1, back_s: 1 }) }]);
    const none = { ...arriving([{ at_s: 10, sizes: {} }]), id: "other" };
    const plan = overEdge(big, { network: ONE_MBPS });
    const value = runMeasured({ ...plan, generators: [big, none], edges: [...plan.edges, edge("other", "client")] });
    expect(value("latency_s_max")).toBe(2);
    expect(value("latency_s_min")).toBe(0);
  });

  it("run sends a message again after waits that double, until it passes", () => {
    // Sent at 0, 1, 3 and 7 s; the edge is whole again at 7 s.
    const value = runMeasured(cut(7, 1, 15));
    expect(value("latency_s_mean")).toBe(7);
    expect(value("client-app.retransmissions")).toBe(3);
    expect(value("client-app.dropped")).toBe(0);
    expect(value("client-app.connections_mean")).toBeCloseTo(7 / 1000, 12);
  });

  it("run waits 120 s at most before it sends again, unless the first wait is longer", () => {
    // At 0, 50, 150, 270 and 390 s; and at 0, 200, 400 s.
    expect(runMeasured(cut(300, 50, 15))("latency_s_mean")).toBe(390);
    expect(runMeasured(cut(300, 200, 15))("latency_s_mean")).toBe(400);
  });

  it("run drops a message that was sent again as often as it may be", () => {
    const value = runMeasured(cut(7.5, 1, 3));
    expect(value("requests_dropped")).toBe(1);
    expect(value("client-app.dropped")).toBe(1);
    expect(value("client-app.retransmissions")).toBe(3);
    expect(value("in_flight_mean")).toBeCloseTo(7 / 1000, 12);
    const at_once = runMeasured(cut(7.5, 1, 0));
    expect(at_once("requests_dropped")).toBe(1);
    expect(at_once("in_flight_mean")).toBe(0);
  });

  it("run tells of retransmissions, which are over their edge", () => {
    const { log } = replayed(cut(3, 1, 15), 1);
    const story = [...stories(log).values()][0]!.filter(({ component }) => component === "client-app");
    expect(story.map(({ kind, t_s }) => [kind, t_s])).toEqual([
      ["retransmits", 0],
      ["retransmits", 1],
      ["sent", 3],
      ["sent", 3],
    ]);
  });

  it("run attributes transfers, acknowledgements and retransmissions to the network", () => {
    const slow_start = { round_trip_s: constant(0.5), initial_window_segments: 50, mss_bytes: 1250 };
    const network = { ...ONE_MBPS, slow_start, retransmission: { timeout_s: 1, limit: 9 } };
    const partition = { kind: "network_partition", target: "client-app", start_s: 0, end_s: 3 } as const;
    const generator = arriving([{ at_s: 0, sizes: there(1) }]);
    const plan = overEdge(generator, { network }, { steps: [io(4.5)], disruptions: [partition], attribution: true });
    // 3 s until it passes; after 50 of its 100 segments, which take 0.5 s, it waits for 0.01 s; 1 s of transfer; 4.5 s of work.
    const value = runMeasured(plan);
    expect(value("latency_s_mean")).toBeCloseTo(8.51, 12);
    expect(value("attribution_network_ratio_mean")).toBeCloseTo(4.01 / 8.51, 12);
    expect(value("attribution_io_ratio_mean")).toBeCloseTo(4.5 / 8.51, 12);
  });

  it("run loses messages over a partitioned edge, and lets those pass that are on their way", () => {
    const generator = arriving([0.5, 1, 1.9, 2].map((at_s) => ({ at_s, sizes: {} })));
    const partition = { kind: "network_partition", target: "client-app", start_s: 1, end_s: 2 } as const;
    const plan = overEdge(generator, { latency_s: constant(0.6) }, { disruptions: [partition] });
    // The first comes to the server at 1.1 s, and its answer is lost; the last one comes and goes.
    const value = runMeasured(plan);
    expect(value("requests_completed")).toBe(1);
    expect(value("requests_dropped")).toBe(3);
    expect(value("app.requests_completed")).toBe(2);
    expect(latencies(value, 4)[3]).toBeCloseTo(1.2, 12);
  });

  it("run slows transfers down while their edge is degraded, those that have begun included", () => {
    const degraded = { kind: "network_degraded", target: "client-app", loss_ratio: 0 } as const;
    const plan = overEdge(
      arriving([{ at_s: 1, sizes: there(1) }]),
      { network: ONE_MBPS },
      {
        disruptions: [
          { ...degraded, start_s: 1.5, end_s: 3, bandwidth_ratio: 0.5, spike_s: 0 },
          { ...degraded, start_s: 1.75, end_s: 2.75, bandwidth_ratio: 0.5, spike_s: 0.25 },
        ],
      },
    );
    // 0.5 s at full speed, 0.25 s at a half, 1 s at a quarter: what is left takes the last 0.25 s at a half. Its latency is drawn at 3 s.
    expect(runMeasured(plan)("latency_s_mean")).toBeCloseTo(0.5 + 0.25 + 1 + 0.25, 12);
    const spiked = { ...plan, disruptions: [{ ...plan.disruptions[1]!, start_s: 1.75, end_s: 5 } as DisruptionPlan] };
    // 0.75 s at full speed, 0.25 s of work at a half, then the spike there and on the way back.
    expect(runMeasured(spiked)("latency_s_mean")).toBeCloseTo(0.75 + 0.5 + 2 * 0.25, 12);
  });

  it("run gives the bandwidth of messages that are cancelled to those that are left", () => {
    const generator = arriving(
      [
        { at_s: 1, sizes: there(1) },
        { at_s: 1.5, sizes: there(0.5) },
      ],
      { policy: { ...PATIENT, timeout_s: 1, cancels: true } },
    );
    const direct = planOf({
      horizon_s: 100,
      generators: [generator],
      servers: [server("app", [endpoint([])])],
      edges: [edge("source", "app", { network: ONE_MBPS })],
    });
    // The first has 0.75 s of its transfer at 2 s, when it is given up; the second has 0.25 s then, and is alone for the rest.
    const value = runMeasured(direct);
    expect(value("requests_timed_out")).toBe(1);
    expect(value("latency_s_mean")).toBeCloseTo(0.75, 12);
    expect(value("source-app.transferred_mb")).toBeCloseTo((0.5 * ONE_SECOND_KB) / 1000, 12);
    expect(value("source-app.utilization_ratio")).toBeCloseTo(1.25 / 100, 12);
  });

  it("run waits a round trip for each time that the window doubles, and not at all for messages that fit into the first", () => {
    const extra_s = (segments: number) => runMeasured(starting(segments, Infinity))("latency_s_mean") - 0.1;
    // Windows of 10, 20, 40, 80 segments: 10, 30, 70 and 150 in sum; a round trip is 0.1 s.
    const waits = [10, 11, 30, 31, 70, 71, 150, 151].map((segments) => Math.round(1e9 * extra_s(segments)) / 1e9);
    expect(waits).toEqual([0, 0.1, 0.1, 0.2, 0.2, 0.3, 0.3, 0.4]);
  });

  it("run waits for acknowledgements only as long as the window is smaller than what the line takes in a round trip", () => {
    // A segment takes 1 ms: after w of them the sender waits for 0.1 + 0.001 - 0.001 w: 91, 81, 61, 21 ms, and then no more.
    const value = (segments: number) => runMeasured(starting(segments, 8));
    expect(value(100)("latency_s_mean")).toBeCloseTo(0.1 + 0.1 + 0.091 + 0.081 + 0.061, 12);
    expect(value(100)("client-app.slow_start_s_mean")).toBeCloseTo(0.233, 12);
    expect(value(10_000)("latency_s_mean")).toBeCloseTo(0.1 + 10 + 0.254, 12);
    expect(value(10)("client-app.slow_start_s_mean")).toBeNaN();
  });
});
