import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { metricsOf, PATIENT, run, type Plan } from "../src/index.js";
import { lawCases } from "./law-cases.js";
import { measured, runMeasured } from "./measured.js";
import { constant } from "./plans.js";
import { anyCalls } from "./random-calls.js";
import { anyEntrance, withEntrance } from "./random-entrances.js";
import { anyPlan, seedThatDrains } from "./random-plans.js";
import { replayed } from "./replayed.js";
import { expectDrained } from "./expect-drained.js";

const runs = lawCases(15);
const seeds = fc.nat(1_000_000);

/** What both plans measure, of the first one's names. */
function commonMetrics(plan: Plan, changed: Plan, seed: number): readonly (readonly number[])[] {
  const value = runMeasured(changed, seed);
  const names = metricsOf(plan).map(({ name }) => name);
  return [[...run(plan, seed, 0).metrics], names.map((name) => value(name))];
}

describe("run of servers that do not let everybody in or must start", () => {
  it("run changes no bit for a capacity larger than is ever needed, and for starts that take no time", () => {
    const law = fc.property(anyPlan(), seeds, (plan, seed) => {
      const admission = { max_connections: 1_000_000, backlog: 0, ram_per_connection_mb: 0 };
      const cold_start = { start_s: constant(0), idle_s: 0 };
      const admitting = { ...plan, servers: plan.servers.map((server) => ({ ...server, admission })) };
      const [plain, changed] = commonMetrics(plan, admitting, seed);
      expect(changed).toEqual(plain);
      expect(run(admitting, seed, 0).events).toBe(run(plan, seed, 0).events);
      const starting = { ...plan, servers: plan.servers.map((server) => ({ ...server, cold_start })) };
      const value = runMeasured(starting, seed);
      expect(value("requests_generated")).toBe(plain![0]);
      for (const { id } of plan.servers) expect(value(`${id}.cold_queue_mean`)).toBe(0);
    });
    fc.assert(law, runs);
  });

  it("run loses no request: all that were generated completed, ended for a reason, or are in flight", () => {
    const law = fc.property(anyPlan(), anyEntrance, seeds, (plan, entrance, seed) => {
      const { result, log } = replayed(withEntrance(plan, entrance), seed);
      const value = measured(withEntrance(plan, entrance), result);
      expect(result).toEqual(run(withEntrance(plan, entrance), seed, 0));
      for (const kind of ["generated", "completed", "failed", "dropped", "rejected"] as const) {
        expect(log.filter((happening) => happening.kind === kind).length).toBe(value(`requests_${kind}`));
      }
      expect(value("requests_rejected")).toBe(plan.servers.reduce((sum, { id }) => sum + value(`${id}.rejected`), 0));
      for (const { id } of plan.servers) {
        expect(value(`${id}.connections_max`)).toBeLessThanOrEqual(entrance.admission.max_connections);
        expect(value(`${id}.backlog_max`)).toBeLessThanOrEqual(entrance.admission.backlog);
      }
    });
    fc.assert(law, runs);
  });

  it("run obeys Little's law at the entrance: areas of backlog, cold queue, memory queue, steps are times of residence", () => {
    const law = fc.property(anyPlan({ drains: true }), anyEntrance, (plan, entrance) => {
      const value = runMeasured(withEntrance(plan, entrance), seedThatDrains(plan));
      fc.pre(value("requests_in_flight") === 0);
      for (const { id, cpu_cores } of plan.servers) {
        const starting = entrance.cold_start === undefined ? 0 : value(`${id}.cold_queue_mean`);
        const queues = value(`${id}.ready_queue_mean`) + value(`${id}.ram_queue_mean`) + starting;
        const inside = queues + value(`${id}.io_queue_mean`) + value(`${id}.cpu_utilization_ratio`) * cpu_cores;
        const visits = value(`${id}.requests_completed`);
        const near = (actual: number, expected: number): void =>
          expect(Math.abs(actual - expected)).toBeLessThanOrEqual(1e-9 * (1 + Math.abs(expected)));
        near(inside, value(`${id}.connections_mean`));
        if (visits === 0) continue;
        near(value(`${id}.backlog_mean`) * plan.horizon_s, value(`${id}.backlog_wait_s_mean`) * visits);
        near((inside + value(`${id}.backlog_mean`)) * plan.horizon_s, value(`${id}.residence_s_mean`) * visits);
      }
    });
    fc.assert(law, runs);
  });

  it("run changes no bit for connections that take no round trip, and each message takes one connection", () => {
    const connections = fc.record({
      round_trips: fc.constantFrom(0, 0, 2),
      keep_alive_s: fc.constantFrom(0.01, 1e9),
      max_idle: fc.integer({ min: 0, max: 3 }),
    });
    const law = fc.property(anyPlan(), connections, seeds, (plan, connection, seed) => {
      const isLast = new Set(plan.servers.map(({ id }) => id));
      const edges = plan.edges.map((edge) => (isLast.has(edge.source) ? edge : { ...edge, connection }));
      const { result, log } = replayed({ ...plan, edges }, seed);
      expect(result).toEqual(run({ ...plan, edges }, seed, 0));
      const value = measured({ ...plan, edges }, result);
      for (const { id, source } of plan.edges) {
        if (isLast.has(source)) continue;
        const opened = value(`${id}.connections_opened`);
        const taken = opened === 0 ? 0 : Math.round(opened / (1 - value(`${id}.connections_reused_ratio`)));
        const count = (kind: string): number => log.filter((it) => it.kind === kind && it.component === id).length;
        const sent = count("sent") + count("dropped");
        // Some are still being set up at the end.
        expect(taken).toBeGreaterThanOrEqual(sent);
        if (connection.round_trips === 0) expect(taken).toBe(sent);
        else expect(count("connects")).toBeLessThanOrEqual(opened);
      }
      if (connection.round_trips > 0) return;
      const [plain, changed] = commonMetrics(plan, { ...plan, edges }, seed);
      expect(changed).toEqual(plain);
    });
    fc.assert(law, runs);
  });

  it("run of calls changes nothing but memory for connections that take hardly any, and closes them on time", () => {
    const connections = fc.record({
      round_trips: fc.constantFrom(0, 2),
      keep_alive_s: fc.constantFrom(0, 0.05, 1e9, Infinity),
      max_idle: fc.integer({ min: 0, max: 3 }),
    });
    const law = fc.property(anyCalls(), connections, seeds, (plan, connection, seed) => {
      const clients = new Set(plan.clients.map(({ id }) => id));
      const servers = new Set(plan.servers.map(({ id }) => id));
      const connected = (more: { readonly ram_mb?: number }): Plan => ({
        ...plan,
        edges: plan.edges.map((edge) =>
          servers.has(edge.source) && !clients.has(edge.target)
            ? { ...edge, connection: { ...connection, ...more } }
            : edge,
        ),
      });
      const heavy = connected({ ram_mb: 1e-12 });
      expect(replayed(heavy, seed).result).toEqual(run(heavy, seed, 0));
      const plain = connected({});
      const [before, after] = commonMetrics(plain, heavy, seed);
      for (const [row, { name }] of metricsOf(plain).entries()) {
        if (!name.includes(".ram_used_mb_")) expect(after![row], name).toBe(before![row]);
      }
    });
    fc.assert(law, runs);
  });

  it("run of calls leaves nothing behind at its entrances and edges when it drains, also where callers give up and cancel", () => {
    const hasty = { ...PATIENT, timeout_s: 0.01, cancels: true };
    const policies = fc.constantFrom(PATIENT, hasty, { ...hasty, cancels: false });
    const law = fc.property(anyCalls({ drains: true }), anyEntrance, policies, (plan, entrance, policy) => {
      const generators = plan.generators.map((generator) => ({ ...generator, policy }));
      const clients = new Set(plan.clients.map(({ id }) => id));
      const servers = new Set(plan.servers.map(({ id }) => id));
      const connection = { round_trips: 1, keep_alive_s: 0.05, max_idle: 2 };
      const edges = plan.edges.map((edge) =>
        servers.has(edge.source) && clients.has(edge.target) ? edge : { ...edge, connection },
      );
      const { plan: calls, result } = expectDrained(withEntrance({ ...plan, generators, edges }, entrance));
      expect(result.metrics).toEqual(run(calls, seedThatDrains(plan), 0).metrics);
      expect(result.series.some((value) => value !== 0)).toBe(true);
    });
    fc.assert(law, runs);
  });
});
