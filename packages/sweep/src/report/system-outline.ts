import { numberOf, objectOf, objectsOf, textOf, type PlainObject } from "./plain-data.js";

/** The simulated system as a drawing shows it. */
export interface SystemOutline {
  readonly nodes: readonly OutlineNode[];
  readonly links: readonly OutlineLink[];
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

export interface OutlineNode {
  readonly id: string;
  /** In the singular: what the list that it stands in is called. */
  readonly kind: string;
  readonly detail: string;
  readonly replicas: number;
  /** How many there are at least, where an autoscaler changes that. */
  readonly fewest_replicas?: number;
}

export interface OutlineLink {
  readonly id: string;
  readonly source: string;
  readonly target: string;
  /** Whether a step of the source names the target: then the answer comes back the same way. */
  readonly is_call: boolean;
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
  const found = kinds.flatMap(([key, value]) =>
    objectsOf(value)
      .filter(({ id }) => textOf(id) !== "")
      .map((node) => ({ kind: kindOf(key), node })),
  );
  const named = new Map(found.map(({ node }) => [textOf(node["id"]), textsIn(node["endpoints"])]));
  return {
    nodes: found.map(({ kind, node }) => ({
      id: textOf(node["id"]),
      kind,
      detail: detailOf(node),
      ...replicasOf(node),
    })),
    links: objectsOf(edges).map(({ id, source, target }) => ({
      id: textOf(id),
      source: textOf(source),
      target: textOf(target),
      is_call: named.get(textOf(source))?.has(textOf(target)) ?? false,
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

const MOST_REPLICAS = 1e6;

function replicasOf({ replicas, autoscaler }: PlainObject): Pick<OutlineNode, "replicas" | "fewest_replicas"> {
  const most = countOf(replicas);
  const { min } = objectOf(autoscaler);
  const fewest = Math.min(most, countOf(min));
  return min === undefined || fewest === most ? { replicas: most } : { replicas: most, fewest_replicas: fewest };
}

function countOf(value: unknown): number {
  return Math.min(MOST_REPLICAS, Math.max(1, Math.floor(numberOf(value))));
}

/** `servers` is a list of a server each. */
function kindOf(key: string): string {
  return key.replaceAll("_", " ").replace(/ies$/, "y").replace(/s$/, "");
}

/** Nested deeper than this is no scenario. */
const DEEPEST = 100;

/** All texts in a value: a call names its target, whatever the step is called. */
function textsIn(value: unknown, texts = new Set<string>(), depth = 0): ReadonlySet<string> {
  if (typeof value === "string") texts.add(value);
  else if (typeof value === "object" && value !== null && depth < DEEPEST) {
    for (const one of Object.values(value)) textsIn(one, texts, depth + 1);
  }
  return texts;
}

/** What a reader asks first: how large, how many, which way. */
function detailOf(node: PlainObject): string {
  const { cpu_cores, ram_mb } = objectOf(node["server_resources"]);
  const { mean } = objectOf(node["avg_active_users"]);
  const { users } = objectOf(node["closed"]);
  const algorithm = textOf(node["algorithms"]) || textOf(node["algorithm"]);
  return [
    ...counted(cpu_cores, cpu_cores === 1 ? " core" : " cores"),
    ...counted(ram_mb, " MB"),
    ...(algorithm === "" ? [] : [algorithm.replaceAll("_", " ")]),
    ...counted(mean, " users"),
    ...counted(users, " users"),
    ...counted(node["arrival_rate_per_s"], " requests/s"),
    ...counted(node["workers"], " workers"),
    ...counted(node["capacity"], " entries"),
    ...counted(node["concurrency"], " at once"),
  ].join(" · ");
}

function counted(value: unknown, what: string): readonly string[] {
  return typeof value === "number" ? [`${value}${what}`] : [];
}
