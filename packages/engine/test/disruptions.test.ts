import { describe, expect, it } from "vitest";
import { bucketLow, run, type DisruptionPlan, type Plan } from "../src/index.js";
import { Link } from "../src/kernel/link.js";
import { NumberReader } from "../src/platform/number-reader.js";
import { drawing } from "../src/kernel/source.js";
import { Stream } from "../src/kernel/stream.js";
import { Levels } from "../src/record/levels.js";
import { LinkRecord } from "../src/record/link-record.js";
import { arrivalTimes } from "./arrival-times.js";
import { measured, runMeasured } from "./measured.js";
import { balanced, constant, endpoint, io, server, singleQueue } from "./plans.js";

const seed = 7;
const WORK_S = 0.125;

/** When the generator of a plan sends [s]. */
function timesOf(plan: Plan): readonly number[] {
  return arrivalTimes(plan.generators[0]!, plan.horizon_s, seed);
}

function outage(target: string, start_s: number, end_s: number): DisruptionPlan {
  return { kind: "server_down", target, start_s, end_s };
}

function spike(start_s: number, end_s: number, spike_s: number, target = "client-app"): DisruptionPlan {
  return { kind: "network_spike", target, start_s, end_s, spike_s };
}

/** source -> client -> app -> client, where nothing takes time but spikes; 40 requests/s for 8 s. */
function instant(disruptions: readonly DisruptionPlan[]): Plan {
  return singleQueue({ rate_per_s: 40, endpoints: [endpoint([])], more: { horizon_s: 8, disruptions } });
}

/** How many requests had each latency, to the nearest tenth of a second. */
function latenciesOf(plan: Plan): ReadonlyMap<number, number> {
  const { indices, counts } = run(plan, seed, 0).histograms[0]!;
  const found = new Map<number, number>();
  for (const [k, index] of indices.entries()) {
    const tenths = Math.round(10 * bucketLow(index));
    found.set(tenths / 10, (found.get(tenths / 10) ?? 0) + counts[k]!);
  }
  return found;
}

/** Arrivals in [from, to). */
function countIn(times: readonly number[], from: number, to: number): number {
  return times.filter((time) => time >= from && time < to).length;
}

/** Two servers that work for 125 ms behind a round robin; 40 requests/s for 10 s. */
function pair(disruptions: readonly DisruptionPlan[], latency_s = 0): Plan {
  return balanced({
    rate_per_s: 40,
    algorithm: "round_robin",
    servers: ["a", "b"].map((id) => server(id, [endpoint([io(WORK_S)])])),
    latency_s: constant(latency_s),
    more: { horizon_s: 10, disruptions },
  });
}

describe("network_spike", () => {
  it("network_spike delays what is sent from its start to its end, and spikes that overlap add up", () => {
    const plan = instant([spike(1, 3, 0.1), spike(2, 4, 0.2), spike(3, 4, 0.3)]);
    const times = timesOf(plan);
    expect(latenciesOf(plan)).toEqual(
      new Map([
        [0, countIn(times, 0, 1) + countIn(times, 4, 8)],
        [0.1, countIn(times, 1, 2)],
        [0.3, countIn(times, 2, 3)],
        [0.5, countIn(times, 3, 4)],
      ]),
    );
  });

  it("network_spike includes a message sent at its start and excludes one sent at its end", () => {
    const times = timesOf(instant([]));
    const plan = instant([spike(times[20]!, times[50]!, 0.2)]);
    expect(latenciesOf(plan).get(0.2)).toBe(30);
    expect(latenciesOf(plan).get(0)).toBe(times.length - 30);
  });

  it("network_spike leaves nothing behind: decimal fractions add up and vanish", () => {
    // 0.1 + 0.2 + 0.3 less the same three is 5.6e-17 in doubles.
    drawing.fill = (_stream, block) => void block.fill(0);
    const stream = new Stream(0, new NumberReader(new Float64Array(3)));
    const withoutLatency = Float64Array.of(0, 0, 0, 0, 1, 1);
    const link = new Link(new NumberReader(withoutLatency), [stream], new LinkRecord(new Levels(0)));
    link.reset();
    expect(link.instant).toBe(true);
    for (const spike_s of [0.1, 0.2, 0.3]) link.addSpike(spike_s);
    expect(link.transit_s()).toBeCloseTo(0.6, 12);
    expect(link.instant).toBe(false);
    for (const spike_s of [0.1, 0.2, 0.3]) link.removeSpike(spike_s);
    expect(link.transit_s()).toBe(0);
    expect(link.instant).toBe(true);
  });

  it("network_spike delays one edge only", () => {
    const plan = instant([spike(0, 8, 0.25, "app-client"), spike(0, 8, 0.5, "source-client")]);
    const value = runMeasured(plan, seed);
    expect(value("latency_s_min")).toBeCloseTo(0.75, 12);
    expect(value("latency_s_max")).toBeCloseTo(0.75, 12);
    expect(value("client-app.connections_mean")).toBe(0);
  });
});

describe("server_down", () => {
  it("server_down takes the server out of the rotation at once and gives it back at the end", () => {
    const plan = pair([outage("a", 2, 5)]);
    const times = timesOf(plan);
    // The model: a list whose first becomes the last; a leaves, and comes back as the last.
    let rotation = ["a", "b"];
    const sent = new Map([
      ["a", 0],
      ["b", 0],
    ]);
    for (const [k, time] of times.entries()) {
      const before = times[k - 1] ?? 0;
      if (before < 2 && time >= 2) rotation = ["b"];
      if (before < 5 && time >= 5) rotation = ["b", "a"];
      const [first] = rotation;
      rotation = [...rotation.slice(1), first!];
      if (time + WORK_S < plan.horizon_s) sent.set(first!, sent.get(first!)! + 1);
    }
    const value = runMeasured(plan, seed);
    expect([value("a.requests_completed"), value("b.requests_completed")]).toEqual([sent.get("a"), sent.get("b")]);
    expect(value("b.requests_completed")).toBeGreaterThan(value("a.requests_completed") + 50);
    expect(value("requests_failed")).toBe(0);
  });

  it("server_down lets what is inside and what is on its way finish", () => {
    const plan = pair([outage("a", 2, 10)], 1);
    const times = timesOf(plan);
    const value = runMeasured(plan, seed);
    // Every other request that was sent before 2 s, although it arrives until 3 s and leaves until 3.125 s.
    expect(value("a.requests_completed")).toBe(Math.ceil(countIn(times, 0, 2) / 2));
    expect(value("requests_completed")).toBe(countIn(times, 0, 10 - 1 - WORK_S));
    expect(value("requests_failed")).toBe(0);
  });

  it("server_down of all servers fails the requests that come then, and no other", () => {
    const plan = pair([outage("a", 2, 5), outage("b", 3, 6)]);
    const times = timesOf(plan);
    const value = runMeasured(plan, seed);
    expect(value("requests_failed")).toBe(countIn(times, 3, 5));
    expect(value("requests_completed")).toBe(countIn(times, 0, 3) + countIn(times, 5, 10 - WORK_S));
    expect(value("error_ratio")).toBe(
      value("requests_failed") / (value("requests_failed") + value("requests_completed")),
    );
  });

  it("server_down of a server without a load balancer refuses what arrives and finishes what is inside", () => {
    const plan = {
      ...singleQueue({ rate_per_s: 40, endpoints: [endpoint([io(WORK_S)])] }),
      disruptions: [outage("app", 2, 5)],
    };
    const times = timesOf(plan);
    const result = run(plan, seed, 0);
    const value = measured(plan, result);
    expect(value("requests_failed")).toBe(countIn(times, 2, 5));
    expect(value("app.requests_completed")).toBe(countIn(times, 0, 2) + countIn(times, 5, 10 - WORK_S));
  });

  it("server_down twice at a time ends with the last outage, in any order", () => {
    const times = timesOf(pair([]));
    for (const outages of [
      [outage("a", 1, 3), outage("a", 2, 5)],
      [outage("a", 2, 3), outage("a", 1, 5)],
    ]) {
      const value = runMeasured(pair([...outages, outage("b", 0, 10)]), seed);
      expect(value("requests_failed")).toBe(countIn(times, 1, 5));
      expect(value("a.requests_completed")).toBe(countIn(times, 0, 1) + countIn(times, 5, 10 - WORK_S));
    }
  });

  it("server_down twice at a time leaves the others' rotation alone", () => {
    const disruptions = [outage("a", 1, 4), outage("b", 1.5, 10), outage("a", 2, 6)];
    const servers = ["a", "b", "c"].map((id) => server(id, [endpoint([])]));
    const plan = balanced({
      rate_per_s: 40,
      algorithm: "round_robin",
      servers,
      more: { disruptions },
    });
    const times = timesOf(plan);
    const value = runMeasured(plan, seed);
    // All three until 1 s; b and c until 1.5 s; c alone until 6 s; then c and a in turn, c first.
    const three = countIn(times, 0, 1);
    const two = countIn(times, 1, 1.5);
    const visitsOfB = Math.ceil((three - 1) / 3) + (three % 3 === 2 ? Math.floor(two / 2) : Math.ceil(two / 2));
    const visitsOfA = Math.ceil(three / 3) + Math.floor(countIn(times, 6, 10) / 2);
    expect(value("a.requests_completed")).toBe(visitsOfA);
    expect(value("b.requests_completed")).toBe(visitsOfB);
    expect(value("c.requests_completed")).toBe(times.length - visitsOfA - visitsOfB);
  });

  it("server_down again at the moment of recovery goes on without a gap", () => {
    const times = timesOf(pair([]));
    const moment = times[100]!;
    const value = runMeasured(pair([outage("b", 0, 10), outage("a", moment, 8), outage("a", 1, moment)]), seed);
    expect(value("requests_failed")).toBe(countIn(times, 1, 8));
  });

  it("server_down includes a request at its start and excludes one at its end", () => {
    const times = timesOf(pair([]));
    const value = runMeasured(pair([outage("b", 0, 10), outage("a", times[20]!, times[50]!)]), seed);
    expect(value("requests_failed")).toBe(30);
  });
});
