import type { Dialect } from "../model/dialect.js";
import type {
  Client,
  Edge,
  External,
  LoadBalancer,
  ScenarioEvent,
  Server,
  SimulationSettings,
} from "../model/scenario.js";
import type { Cache } from "../model/cache.js";
import type { Database } from "../model/database.js";
import type { RqsInput } from "../model/rqs-input.js";
import type { Objective } from "../model/objective.js";
import type { Problem } from "../problem.js";
import { showName, showNames } from "../wording/show-value.js";

/** What a builder has collected so far. What must be one is a list here, so that a second one is noticed. */
export interface ScenarioParts {
  readonly name: string;
  readonly dialect?: Dialect;
  readonly generators: readonly RqsInput[];
  readonly clients: readonly Client[];
  readonly loadBalancers: readonly LoadBalancer[];
  readonly servers: readonly Server[];
  readonly databases: readonly Database[];
  readonly caches: readonly Cache[];
  readonly externals: readonly External[];
  readonly edges: readonly Edge[];
  readonly events: readonly ScenarioEvent[];
  readonly objectives: readonly Objective[];
  readonly settings: SimulationSettings;
}

/** The parts of a scenario of which only the name is known. */
export function emptyParts(name: string): ScenarioParts {
  return {
    name,
    generators: [],
    clients: [],
    loadBalancers: [],
    servers: [],
    databases: [],
    caches: [],
    externals: [],
    edges: [],
    events: [],
    objectives: [],
    settings: {},
  };
}

/** The parts put together, before the check. */
export interface Draft {
  /** What a file could not even say: a second load balancer. */
  readonly problems: readonly Problem[];
  /** The data that a file would hold, not yet checked. Parts that are not there are left out. */
  readonly data: unknown;
}

/** Puts the parts together in the shape of a file. */
export function draftOf(parts: ScenarioParts): Draft {
  const { name, dialect, generators, clients, loadBalancers, servers, databases, caches, externals, edges } = parts;
  const { events, objectives, settings } = parts;
  const problems = [...doubled(name, "topology_graph.nodes.load_balancer", loadBalancers)];
  const data = {
    name,
    ...(dialect === undefined ? {} : { dialect }),
    ...(generators.length > 1 ? { rqs_input: generators } : firstAs("rqs_input", generators)),
    topology_graph: {
      nodes: {
        ...(clients.length > 1 ? { clients } : firstAs("client", clients)),
        ...firstAs("load_balancer", loadBalancers),
        servers,
        ...(databases.length === 0 ? {} : { databases }),
        ...(caches.length === 0 ? {} : { caches }),
        ...(externals.length === 0 ? {} : { externals }),
      },
      edges,
    },
    sim_settings: settings,
    ...(events.length === 0 ? {} : { events }),
    ...(objectives.length === 0 ? {} : { objectives }),
  };
  return { problems, data };
}

function firstAs(key: string, items: readonly unknown[]): Readonly<Record<string, unknown>> {
  return items.length === 0 ? {} : { [key]: items[0] };
}

function doubled(file: string, path: string, items: readonly { readonly id: string }[]): readonly Problem[] {
  if (items.length <= 1) return [];
  const message = `must be given once: current ids are ${showNames(items.map(({ id }) => showName(id)))}`;
  return [{ file, line: 0, column: 0, path, message }];
}
