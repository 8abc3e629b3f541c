import type { Finding } from "../finding.js";
import type { Scenario, ScenarioEvent } from "../model/scenario.js";
import { showName, showNumber } from "../wording/show-value.js";
import { loadBalancersOf } from "./notes-on-load-balancers.js";

interface Outage {
  readonly index: number;
  readonly server: string;
  readonly start_s: number;
  readonly end_s: number;
}

/** Outages that AsyncFlow 0.1.1 refuses or ignores and that Loadstar simulates. */
export function notesOnOutages(scenario: Scenario): readonly Finding[] {
  const outages = (scenario.events ?? []).flatMap(readOutage).toSorted((a, b) => a.start_s - b.start_s);
  return [...overlapNotes(outages), ...blackoutNotes(outages, scenario), ...unbalancedNotes(outages, scenario)];
}

function readOutage({ target_id, start, end }: ScenarioEvent, index: number): readonly Outage[] {
  if (start.kind !== "server_down") return [];
  return [{ index, server: target_id, start_s: start.t_start, end_s: end.t_end }];
}

function overlapNotes(outages: readonly Outage[]): readonly Finding[] {
  const downUntil = new Map<string, number>();
  return outages.flatMap(({ index, server, start_s, end_s }) => {
    const until_s = downUntil.get(server) ?? 0;
    downUntil.set(server, Math.max(until_s, end_s));
    if (start_s >= until_s) return [];
    const message =
      `outage overlaps another one of ${showName(server)}: the server is up again when the last has ended; ` +
      "AsyncFlow 0.1.1 refuses such a file";
    return [{ path: ["events", index], at: "value" as const, message }];
  });
}

/** The first time at which no server is up. Outages end before others begin at the same time. */
function blackoutNotes(outages: readonly Outage[], { topology_graph: { nodes } }: Scenario): readonly Finding[] {
  const downUntil = new Map<string, number>();
  for (const { index, server, start_s, end_s } of outages) {
    downUntil.set(server, Math.max(downUntil.get(server) ?? 0, end_s));
    const down = [...downUntil.values()].filter((until_s) => until_s > start_s);
    if (down.length < nodes.servers.length) continue;
    const message =
      `every server is down from ${showNumber(start_s)} s to ${showNumber(Math.min(...down))} s: requests fail; ` +
      "AsyncFlow 0.1.1 refuses such a file";
    return [{ path: ["events", index], at: "value", message }];
  }
  return [];
}

function unbalancedNotes(outages: readonly Outage[], scenario: Scenario): readonly Finding[] {
  const balancers = new Set(loadBalancersOf(scenario).map(({ balancer }) => balancer.id));
  const { edges } = scenario.topology_graph;
  const balanced = new Set(edges.filter(({ source }) => balancers.has(source)).map(({ target }) => target));
  return outages
    .filter(({ server }) => !balanced.has(server))
    .map(({ index, server }) => ({
      path: ["events", index],
      at: "value",
      message:
        `no load balancer leads to ${showName(server)}: requests that arrive during the outage fail, ` +
        "in AsyncFlow 0.1.1 it has no effect",
    }));
}
