import { numberOf, objectOf, objectsOf, textOf, type PlainObject } from "./plain-data.js";

/** The simulated system as a drawing shows it. */
export interface SystemOutline {
  readonly nodes: readonly OutlineNode[];
  readonly links: readonly OutlineLink[];
  readonly events: readonly OutlineEvent[];
  /** What goes wrong at random times. */
  readonly faults: readonly { readonly label: string; readonly kind: string; readonly target: string }[];
  readonly horizon_s: number;
  readonly warm_up_s: number;
}

/** Something that went wrong for a while. */
export interface OutlineEvent {
  readonly label: string;
  readonly kind: string;
  readonly target: string;
  readonly start_s: number;
  /** `start_s` for what is over at once. */
  readonly end_s: number;
}

export interface OutlineNode {
  readonly id: string;
  /** In the singular: what the list that it stands in is called. */
  readonly kind: string;
  readonly detail: string;
  readonly replicas: number;
  /** An autoscaler lets at least so many of them run; left out where all do. */
  readonly fewest_replicas?: number | undefined;
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
  const { rqs_input, topology_graph, sim_settings, events, flushes, faults } = objectOf(scenario);
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
    events: [
      ...objectsOf(events).map(({ event_id, kind, target_id, t_start, t_end }) => ({
        label: textOf(event_id),
        kind: textOf(kind),
        target: textOf(target_id),
        start_s: numberOf(t_start),
        end_s: numberOf(t_end),
      })),
      ...objectsOf(flushes).map(({ event_id, target_id, at_s }) => ({
        label: textOf(event_id),
        kind: "cache_flush",
        target: textOf(target_id),
        start_s: numberOf(at_s),
        end_s: numberOf(at_s),
      })),
    ],
    faults: objectsOf(faults).map(({ fault_id, kind, target_id }) => ({
      label: textOf(fault_id),
      kind: textOf(kind),
      target: textOf(target_id),
    })),
    horizon_s: numberOf(total_simulation_time),
    warm_up_s: numberOf(warm_up_s),
  };
}

const MOST_REPLICAS = 1e6;

/** An autoscaled set has as many replicas as its autoscaler allows. */
function replicasOf({ replicas, autoscaler }: PlainObject): Pick<OutlineNode, "replicas" | "fewest_replicas"> {
  const wholeNumber = (value: unknown): number => Math.min(MOST_REPLICAS, Math.max(1, Math.floor(numberOf(value))));
  const { min, max } = objectOf(autoscaler);
  if (max === undefined) return { replicas: wholeNumber(replicas) };
  return { replicas: wholeNumber(max), fewest_replicas: wholeNumber(min) };
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
  const { count: read_replicas } = objectOf(node["replicas"]);
  const topics = Object.keys(objectOf(node["topics"])).length;
  const algorithm = textOf(node["algorithms"]) || textOf(node["algorithm"]);
  return [
    ...counted(cpu_cores, cpu_cores === 1 ? " core" : " cores"),
    ...counted(ram_mb, " MB"),
    ...(algorithm === "" ? [] : [algorithm.replaceAll("_", " ")]),
    ...counted(mean, " users"),
    ...counted(users, " users"),
    ...counted(node["arrival_rate_per_s"], " requests/s"),
    ...counted(node["workers"], node["workers"] === 1 ? " worker" : " workers"),
    ...counted(read_replicas, read_replicas === 1 ? " replica" : " replicas"),
    ...(topics === 0 ? [] : counted(topics, topics === 1 ? " topic" : " topics")),
    ...counted(node["capacity"], " entries"),
    ...counted(node["concurrency"], " at once"),
  ].join(" · ");
}

function counted(value: unknown, what: string): readonly string[] {
  return typeof value === "number" ? [`${value}${what}`] : [];
}
