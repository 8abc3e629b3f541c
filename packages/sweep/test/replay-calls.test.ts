import { PATIENT, replayComponents, type CallPolicy, type Plan, type StepPlan } from "@loadstar/engine";
import { describe, expect, test } from "vitest";
import { PHASES, type RequestTimes } from "../src/index.js";
import { chromeTrace } from "../src/replay/chrome-trace.js";
import { eventLines } from "../src/replay/event-lines.js";
import { RequestSpans, type SpanTree } from "../src/replay/request-spans.js";
import { SlowestRequests } from "../src/replay/slowest-requests.js";
import { spanTracks } from "../src/replay/span-tracks.js";
import { piecesOf } from "./replay-study.js";
import { smallPlan } from "./small-plan.js";

const io = (value: number): StepPlan => ({ kind: "io", duration_s: { kind: "constant", value } });
const cpu = (mean: number): StepPlan => ({ kind: "cpu", duration_s: { kind: "exponential", mean } });
const call = (policy: Partial<CallPolicy> = {}): StepPlan => {
  return { kind: "call", edge: "app-db", endpoint: "", policy: { ...PATIENT, ...policy } };
};
const parallel = (...branches: readonly (readonly StepPlan[])[]): StepPlan => {
  return { kind: "parallel", branches, join: branches.length, on_error: "fail_fast" };
};

/** app takes these steps and answers; db, a millisecond away, takes the others. */
function asking(steps: readonly StepPlan[], dbSteps: readonly StepPlan[]): Plan {
  const plan = smallPlan(["app", "db"]);
  const [app, db] = plan.servers;
  const withSteps = (server: typeof app, list: readonly StepPlan[]): Plan["servers"][number] => ({
    ...server!,
    pools: [{ name: "lock", size: 1 }],
    endpoints: [{ ...server!.endpoints[0]!, ram_mb: 0, steps: list }],
  });
  const edge = plan.edges[0]!;
  const latency = { kind: "constant", value: 0.001 } as const;
  return {
    ...plan,
    load_balancers: [],
    servers: [withSteps(app, steps), withSteps(db, dbSteps)],
    edges: [
      edge,
      { ...edge, id: "client-app", source: "client", target: "app" },
      { ...edge, id: "app-db", source: "app", target: "db", latency_s: latency, response_latency_s: latency },
    ],
  };
}

function timesOf(plan: Plan): readonly RequestTimes[] {
  const slowest = new SlowestRequests({ count: 1000, warm_up_s: 0 });
  for (const piece of piecesOf(plan, { seed: 7, replication: 0 }).pieces) slowest.add(piece);
  return slowest.finish(plan.horizon_s);
}

function treesOf(plan: Plan, times: readonly RequestTimes[]): readonly SpanTree[] {
  const spans = new RequestSpans(times, replayComponents(plan));
  for (const piece of piecesOf(plan, { seed: 7, replication: 0 }).pieces) spans.add(piece);
  return times.map((one) => spans.of(one));
}

/** Parts of a request that nobody is in the way of [ms], those that are not 0. */
function partsOf(plan: Plan): object {
  const { latency_s, ...times } = timesOf(plan).findLast(({ ended }) => ended === "completed")!;
  const parts = PHASES.map((phase) => [phase, Math.round(1e6 * times[`${phase}_s`]) / 1000] as const);
  return Object.fromEntries([["latency", Math.round(1e6 * latency_s) / 1000], ...parts.filter(([, ms]) => ms !== 0)]);
}

const RETRY: NonNullable<CallPolicy["retry"]> = {
  attempts: 3,
  on: ["timed_out"],
  backoff: { kind: "fixed", base_s: 0.01, max_s: 1, jitter: "none" },
  budget_ratio: 0,
  budget_burst: 0,
};

/** Everything at once: queues for cores and a lock, calls in branches, calls that are given up and tried again. */
const BUSY = asking(
  [
    cpu(0.02),
    parallel(
      [call()],
      [io(0.01), { kind: "hold", pool: "lock", steps: [io(0.06)] }],
      [parallel([call()], [cpu(0.02)])],
    ),
    call({ timeout_s: 0.05, retry: RETRY, hedge: { after_s: 0.02, most: 1, cancels: true } }),
  ],
  [cpu(0.02)],
);

describe("SlowestRequests of calls", () => {
  test("SlowestRequests of calls: the time of a wait is that of the one that was waited for", () => {
    expect(partsOf(asking([io(0.01), call()], [io(0.02)]))).toEqual({ latency: 32, network: 2, io: 30 });
    const both = [[io(0.005)], [call()]];
    expect(partsOf(asking([parallel(...both)], [io(0.02)]))).toEqual({ latency: 22, network: 2, io: 20 });
    expect(partsOf(asking([{ kind: "spawn", steps: [call()] }, io(0.01)], [io(1)]))).toEqual({ latency: 10, io: 10 });
  });

  test("SlowestRequests of calls: what was given up is unanswered, what comes before the next attempt is backoff", () => {
    const attempt: StepPlan = {
      kind: "attempt",
      steps: [call({ timeout_s: 0.03, retry: { ...RETRY, attempts: 2 } })],
      on_error: [io(0.004)],
    };
    expect(partsOf(asking([attempt], [io(0.2)]))).toEqual({ latency: 74, io: 4, unanswered: 60, backoff: 10 });
  });

  test("SlowestRequests of calls: what a hedge that wins was waited for before is unanswered", () => {
    const hedged = (after_s: number): Plan => {
      const plan = asking([call({ hedge: { after_s, most: 1, cancels: true } })], [io(0.02)]);
      const db = plan.servers[1]!;
      const slow = { ...db.endpoints[0]!, steps: [io(0.5)] };
      const latency = { kind: "constant", value: 0.001 } as const;
      const member = { ...plan.edges[2]!, source: "pair", latency_s: latency, response_latency_s: latency };
      return {
        ...plan,
        load_balancers: [{ id: "pair", algorithm: "round_robin" }],
        servers: [...plan.servers, { ...db, id: "slow", endpoints: [slow] }],
        edges: [
          ...plan.edges.slice(0, 2),
          { ...plan.edges[2]!, target: "pair" },
          { ...member, id: "pair-slow", target: "slow" },
          { ...member, id: "pair-db", target: "db" },
        ],
      };
    };
    // The first read took 500 ms, the hedge 24 ms.
    const times = timesOf(hedged(0.1)).find(({ latency_s }) => Math.abs(latency_s - 0.124) < 1e-9)!;
    expect(times.unanswered_s).toBeCloseTo(0.1, 9);
    expect(times.io_s).toBeCloseTo(0.02, 9);
    expect(times.network_s).toBeCloseTo(0.004, 9);
    const [tree] = treesOf(hedged(0.1), [times]);
    expect(tree!.children.map(({ what, component, begin_s }) => [what, component, begin_s - tree!.begin_s])).toEqual([
      ["call", "app-db", 0],
      ["call", "app-db", expect.closeTo(0.1, 9)],
    ]);
  });

  test("SlowestRequests of calls has requests of generators only, and says where every second of theirs went", () => {
    const all = timesOf(BUSY);
    expect(all.length).toBeGreaterThan(30);
    for (const times of all) {
      const sum = PHASES.reduce((total, phase) => total + times[`${phase}_s`], 0);
      expect(Math.abs(sum - times.latency_s)).toBeLessThan(1e-9);
    }
    for (const phase of ["network", "cpu_wait", "cpu", "pool_wait", "unanswered", "backoff"] as const)
      expect(all.some((times) => times[`${phase}_s`] > 0.001)).toBe(true);
  });
});

describe("spanTracks", () => {
  test("spanTracks by hand: calls in turns lie on one track, those at the same time beside each other", () => {
    const [turns] = treesOf(...first(asking([call(), call()], [io(0.02)])));
    expect(spanTracks(turns!).map(({ tree, track }) => [tree.what, tree.component, track])).toEqual([
      ["request", "", 0],
      ["call", "app-db", 0],
      ["call", "app-db", 0],
    ]);
    const [beside] = treesOf(...first(asking([parallel([io(0.01)], [io(0.02), call()], [io(0.03)])], [io(0.02)])));
    expect(spanTracks(beside!).map(({ tree, track }) => [tree.what, tree.component, track])).toEqual([
      ["request", "", 0],
      ["branch", "app", 0],
      ["branch", "app", 1],
      ["call", "app-db", 1],
      ["branch", "app", 2],
    ]);
  });

  test("spanTracks has no two spans on a track that overlap without one being in the other", () => {
    const times = timesOf(BUSY);
    const content = {
      title: "busy",
      requests: treesOf(BUSY, times).map((tree, k) => ({ times: times[k]!, tree })),
      servers: [],
      disruptions: [],
      horizon_s: BUSY.horizon_s,
    };
    const { traceEvents } = JSON.parse([...chromeTrace(content)].join("")) as { readonly traceEvents: TraceEvent[] };
    const tracks = byTrack(traceEvents);
    expect(tracks.size).toBeGreaterThan(times.length);
    for (const track of tracks.values()) {
      const open: number[] = [];
      const spans = track.filter(({ ph }) => ph === "X");
      for (const { ts, dur } of spans.toSorted((one, other) => one.ts - other.ts || other.dur - one.dur)) {
        while (open.length > 0 && open.at(-1)! <= ts + 1e-3) open.pop();
        if (open.length > 0) expect(ts + dur).toBeLessThanOrEqual(open.at(-1)! + 2e-3);
        open.push(ts + dur);
      }
    }
  });
});

describe("eventLines", () => {
  test("eventLines are JSON whatever happens, and say who called", () => {
    const { pieces } = piecesOf(BUSY, { seed: 7, replication: 0 });
    const lines = pieces.flatMap((piece) => eventLines(piece, replayComponents(BUSY)).trimEnd().split("\n"));
    const events = lines.map((line) => JSON.parse(line) as { readonly event: string; readonly caller?: number });
    expect(events.filter(({ event, caller }) => event === "called" && caller === undefined)).toEqual([]);
    expect(events.filter(({ caller }) => caller !== undefined).length).toBeGreaterThan(100);
  });
});

interface TraceEvent {
  readonly ph: string;
  readonly tid: number;
  readonly ts: number;
  readonly dur: number;
}

function byTrack(events: readonly TraceEvent[]): ReadonlyMap<number, readonly TraceEvent[]> {
  const tracks = new Map<number, TraceEvent[]>();
  for (const event of events) tracks.set(event.tid, [...(tracks.get(event.tid) ?? []), event]);
  return tracks;
}

/** A plan and its first request. */
function first(plan: Plan): readonly [Plan, readonly RequestTimes[]] {
  return [plan, timesOf(plan).filter(({ request }) => request === 0)];
}
