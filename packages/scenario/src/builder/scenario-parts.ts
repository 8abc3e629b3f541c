import type { Dialect } from "../model/dialect.js";
import type { Client, Edge, External, ScenarioEvent, ServerTemplate, SimulationSettings } from "../model/scenario.js";
import type { Broker } from "../model/broker.js";
import type { Cache } from "../model/cache.js";
import type { Llm } from "../model/llm.js";
import type { Detector } from "../model/detector.js";
import type { Database } from "../model/database.js";
import type { Deploy, Fault } from "../model/fault.js";
import type { RqsInput } from "../model/rqs-input.js";
import type { LoadBalancer } from "../model/load-balancer.js";
import type { Objective } from "../model/objective.js";
import type { ServerDraft } from "./server-builder.js";

/** What a builder has collected so far. What must be one is a list here, so that a second one is noticed. */
export interface ScenarioParts {
  readonly name: string;
  readonly dialect?: Dialect;
  readonly generators: readonly RqsInput[];
  readonly clients: readonly Client[];
  readonly loadBalancers: readonly LoadBalancer[];
  readonly servers: readonly ServerDraft[];
  readonly templates: Readonly<Record<string, ServerTemplate>>;
  readonly databases: readonly Database[];
  readonly caches: readonly Cache[];
  readonly llms: readonly Llm[];
  readonly brokers: readonly Broker[];
  readonly externals: readonly External[];
  readonly edges: readonly Edge[];
  readonly events: readonly ScenarioEvent[];
  readonly detectors: readonly Detector[];
  readonly faults: readonly Fault[];
  readonly deploys: readonly Deploy[];
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
    templates: {},
    databases: [],
    caches: [],
    llms: [],
    brokers: [],
    externals: [],
    edges: [],
    events: [],
    detectors: [],
    faults: [],
    deploys: [],
    objectives: [],
    settings: {},
  };
}

/** Puts the parts together: the data that a file would hold, not yet checked. Parts that are not there are left out. */
export function draftOf(parts: ScenarioParts): unknown {
  const { name, dialect, generators, clients, loadBalancers, servers, databases, caches, llms, externals, edges } =
    parts;
  const { brokers, events, detectors, faults, deploys, objectives, settings, templates } = parts;
  return {
    name,
    ...(dialect === undefined ? {} : { dialect }),
    ...(Object.keys(templates).length === 0 ? {} : { templates }),
    ...(generators.length > 1 ? { rqs_input: generators } : firstAs("rqs_input", generators)),
    topology_graph: {
      nodes: {
        ...(clients.length > 1 ? { clients } : firstAs("client", clients)),
        ...balancersOf(loadBalancers),
        servers,
        ...(databases.length === 0 ? {} : { databases }),
        ...(caches.length === 0 ? {} : { caches }),
        ...(llms.length === 0 ? {} : { llms }),
        ...(brokers.length === 0 ? {} : { brokers }),
        ...(externals.length === 0 ? {} : { externals }),
      },
      edges,
    },
    sim_settings: settings,
    ...(events.length === 0 ? {} : { events }),
    ...(detectors.length === 0 ? {} : { detectors }),
    ...(faults.length === 0 ? {} : { faults }),
    ...(deploys.length === 0 ? {} : { deploys }),
    ...(objectives.length === 0 ? {} : { objectives }),
  };
}

function firstAs(key: string, items: readonly unknown[]): Readonly<Record<string, unknown>> {
  return items.length === 0 ? {} : { [key]: items[0] };
}

/** One load balancer as AsyncFlow has it, several as a list. */
function balancersOf(balancers: readonly LoadBalancer[]): Readonly<Record<string, unknown>> {
  return balancers.length > 1 ? { load_balancers: balancers } : firstAs("load_balancer", balancers);
}
