import { numberOf, objectOf, objectsOf, textOf, type PlainObject } from "./plain-data.js";

/** The simulated system as a drawing shows it. */
export interface SystemOutline {
  readonly nodes: readonly { readonly id: string; readonly kind: string; readonly detail: string }[];
  readonly links: readonly { readonly id: string; readonly source: string; readonly target: string }[];
  readonly events: readonly {
    readonly label: string;
    readonly kind: string;
    readonly target: string;
    readonly start_s: number;
    readonly end_s: number;
  }[];
  readonly horizon_s: number;
  readonly warm_up_s: number;
}

/**
 * Returns nodes, links and events of a manifest's scenario: generators, then every kind of node that has ids. What it does
 * not know it leaves out; a manifest may come from another version or from anywhere.
 */
export function systemOutline(scenario: unknown): SystemOutline {
  const { rqs_input, topology_graph, sim_settings, events } = objectOf(scenario);
  const { nodes, edges } = objectOf(topology_graph);
  const { total_simulation_time, warm_up_s } = objectOf(sim_settings);
  const kinds = Object.entries({ generator: rqs_input, ...objectOf(nodes) });
  return {
    nodes: kinds.flatMap(([key, value]) =>
      objectsOf(value).flatMap((node) =>
        textOf(node["id"]) === "" ? [] : [{ id: textOf(node["id"]), kind: kindOf(key), detail: detailOf(node) }],
      ),
    ),
    links: objectsOf(edges).map(({ id, source, target }) => ({
      id: textOf(id),
      source: textOf(source),
      target: textOf(target),
    })),
    events: objectsOf(events).map(({ event_id, kind, target_id, t_start, t_end }) => ({
      label: textOf(event_id),
      kind: textOf(kind),
      target: textOf(target_id),
      start_s: numberOf(t_start),
      end_s: numberOf(t_end),
    })),
    horizon_s: numberOf(total_simulation_time),
    warm_up_s: numberOf(warm_up_s),
  };
}

/** `servers` is a list of a server each. */
function kindOf(key: string): string {
  return key.replaceAll("_", " ").replace(/s$/, "");
}

/** What a reader asks first: how large, how many, which way. */
function detailOf({ server_resources, algorithms, avg_active_users, arrival_rate_per_s: rate }: PlainObject): string {
  const { cpu_cores, ram_mb } = objectOf(server_resources);
  const users = objectOf(avg_active_users)["mean"];
  return [
    ...(typeof cpu_cores === "number" ? [`${cpu_cores} ${cpu_cores === 1 ? "core" : "cores"}`] : []),
    ...(typeof ram_mb === "number" ? [`${ram_mb} MB`] : []),
    ...(typeof algorithms === "string" ? [algorithms.replaceAll("_", " ")] : []),
    ...(typeof users === "number" ? [`${users} users`] : []),
    ...(typeof rate === "number" ? [`${rate} requests/s`] : []),
  ].join(" · ");
}
