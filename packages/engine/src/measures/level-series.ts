import type { Plan } from "../plan.js";
import { STATE } from "./detection-measures.js";
import { nameOfActive } from "./llm-measures.js";
import { networkEdges } from "./network-edges.js";
import { placedGroups } from "./placed-topics.js";
import { placedGates } from "./placed-gates.js";
import { placedPools } from "./placed-pools.js";
import type { LevelSeries } from "./series.js";
import type { Recorded } from "./recorded.js";
import type { RecordedServer } from "./recorded-servers.js";
import type { RecordedLevel } from "./recorded-level.js";
import { lockingServers } from "./locking-servers.js";
import { replicaSets } from "./replica-sets.js";
import { processorsSeries } from "./processors-measures.js";
import { troubledComponents } from "./troubled-components.js";

/** The time series of all levels that have one. */
export function levelSeries(plan: Plan): readonly LevelSeries[] {
  const ofServer = (
    id: string,
    cpu_cores: number,
    record: (recorded: Recorded) => RecordedServer,
  ): readonly LevelSeries[] => {
    return [
      of(id, "cpu_utilization_ratio", "ratio", "Share of its cores in use", (r) => record(r).cpu, 1 / cpu_cores),
      of(id, "ready_queue_mean", "1", "Requests waiting for a core", (r) => record(r).ready),
      of(id, "io_queue_mean", "1", "Requests in an I/O step", (r) => record(r).io),
      of(id, "ram_queue_mean", "1", "Requests waiting for memory", (r) => record(r).ramQueue),
      of(id, "ram_used_mb_mean", "MB", "Memory reserved", (r) => record(r).ram),
    ];
  };
  const inFlight = { name: "in_flight_mean", unit: "1", description: "Requests in the system" };
  return [
    { metric: inFlight, level: (r) => r.inFlight, factor: 1 },
    ...plan.servers.flatMap(({ id, cpu_cores }, server) => ofServer(id, cpu_cores, (r) => r.servers[server]!)),
    ...plan.edges.map(({ id }, edge) =>
      of(id, "connections_mean", "1", "Messages in transit", (r) => r.links[edge]!.level),
    ),
    ...(plan.detailed_series === true ? processorsSeries(plan) : []),
    ...networkEdges(plan).flatMap(({ edge, bandwidth_mbps }, channel) => {
      if (bandwidth_mbps === Infinity) return [];
      return [
        of(edge.id, "utilization_ratio", "ratio", "Share of the time in which messages were transferred", (r) => {
          return r.channels[channel]!.there.busy;
        }),
        of(
          edge.id,
          "response_utilization_ratio",
          "ratio",
          "The same of answers",
          (r) => r.channels[channel]!.back.busy,
        ),
      ];
    }),
    ...placedPools(plan).flatMap(({ component, name, size, index }) => [
      of(
        component,
        `${name}_utilization_ratio`,
        "ratio",
        `Share of ${name} in use`,
        (r) => r.pools[index]!.held,
        1 / size,
      ),
      of(component, `${name}_queue_mean`, "1", `Waiting for a unit of ${name}`, (r) => r.pools[index]!.queue),
    ]),
    ...plan.servers
      .filter(({ admission }) => admission !== undefined)
      .flatMap(({ id }, index) => [
        of(id, "connections_mean", "1", "Requests let in", (r) => r.admissions[index]!.inside),
        of(id, "backlog_mean", "1", "Requests waiting to be let in", (r) => r.admissions[index]!.backlog),
      ]),
    ...plan.servers
      .filter(({ cold_start }) => cold_start !== undefined)
      .map(({ id }, index) =>
        of(id, "cold_queue_mean", "1", "Requests waiting for a start", (r) => r.coldStarts[index]!.queue),
      ),
    ...placedGates(plan).flatMap(({ component, gate, index }) => [
      of(component, "concurrency_mean", "1", "Requests at work", (r) => r.gates[index]!.inside),
      ...(gate.limit === null
        ? []
        : [
            of(component, "request_queue_mean", "1", "Requests waiting for a place", (r) => r.gates[index]!.queue),
            of(component, "concurrency_limit_mean", "1", "Requests allowed at once", (r) => r.gates[index]!.limit),
          ]),
    ]),
    ...(plan.llms ?? []).flatMap(({ id, serving }, index) => {
      const queue = of(id, "queue_mean", "1", "Requests that wait for the model", (r) => r.llms[index]!.queue);
      const active = of(
        id,
        `${nameOfActive(serving)}_mean`,
        "1",
        "Requests that the model works on",
        (r) => r.llms[index]!.active,
      );
      const kv = of(id, "kv_used_tokens_mean", "1", "Tokens of memory reserved", (r) => r.llms[index]!.kv);
      return serving.kind === "provider" ? [active, queue] : [active, queue, kv];
    }),
    ...(plan.caches ?? []).flatMap(({ id, entry_mb }, cache) =>
      entry_mb === undefined
        ? []
        : [of(id, "used_mb_mean", "MB", "Memory of the keys that it holds", (r) => r.caches[cache]!.entries, entry_mb)],
    ),
    ...lockingServers(plan).map(({ id }, index) =>
      of(id, "row_queue_mean", "1", "Waiting for a row", (r) => r.rows[index]!.queue),
    ),
    ...placedGroups(plan).flatMap(({ group: { id }, topic: { name }, index }) => [
      of(id, `${name}_backlog_mean`, "1", `Messages of ${name} waiting`, (r) => r.groups[index]!.backlog),
      of(id, `${name}_in_process_mean`, "1", `Messages of ${name} handed over`, (r) => r.groups[index]!.inProcess),
    ]),
    ...troubledComponents(plan).flatMap(({ id, fails, is_impaired }, position) => [
      ...(fails
        ? [of(id, "down_ratio", "ratio", "Share of time in which it was down", (r) => r.troubles[position]!.down)]
        : []),
      ...(is_impaired
        ? [
            of(
              id,
              "impaired_ratio",
              "ratio",
              "Share of time in which something else was wrong with it",
              (r) => r.troubles[position]!.impaired,
            ),
          ]
        : []),
    ]),
    ...(plan.autoscalers ?? []).flatMap(({ id }, index) => [
      of(id, "replicas_mean", "1", "Replicas that were to run", (r) => r.autoscalers[index]!.replicas),
      of(id, "replicas_ready_mean", "1", "Replicas that got requests", (r) => r.autoscalers[index]!.ready),
    ]),
    ...replicaSets(plan).flatMap(({ component, cpu_cores }, set) => {
      const ofSet = ofServer(component, cpu_cores, (r) => r.replicaSets[set]!.server);
      // The cores of a set whose replicas come and go have no constant number.
      const isScaled = (plan.autoscalers ?? []).some(({ id }) => id === component);
      return isScaled ? ofSet.filter(({ metric }) => !metric.name.endsWith(".cpu_utilization_ratio")) : ofSet;
    }),
    ...(plan.detectors ?? []).map(({ id }, index) =>
      of(id, "state_mean", "1", STATE, (r) => r.detectors[index]!.state),
    ),
  ];
}

function of(
  component: string,
  name: string,
  unit: string,
  description: string,
  level: (recorded: Recorded) => RecordedLevel,
  factor = 1,
): LevelSeries {
  return { metric: { name: `${component}.${name}`, unit, description, component }, level, factor };
}
