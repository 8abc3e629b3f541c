import { checkScenario } from "../check/check-scenario.js";
import { InputError } from "../input-error.js";
import type { Broker } from "../model/broker.js";
import type { Cache, CacheContents, WarmUp } from "../model/cache.js";
import type { PolicyKeys } from "../model/call-policy.js";
import type { Detector } from "../model/detector.js";
import type { Database } from "../model/database.js";
import type { Dialect } from "../model/dialect.js";
import type { Duration } from "../model/distribution-mapping.js";
import type { Batching, LlmCommon, LlmProvider } from "../model/llm.js";
import type { EdgeNetwork } from "../model/edge-network.js";
import type { Deploy, EffectKeys, Fault } from "../model/fault.js";
import type { LoadBalancer } from "../model/load-balancer.js";
import type { Objective } from "../model/objective.js";
import type { ArrivalKeys, GeneratorKeys } from "../model/rqs-input.js";
import type {
  Connection,
  Edge,
  EventStart,
  External,
  Scenario,
  ScenarioEvent,
  ServerResources,
  SimulationSettings,
} from "../model/scenario.js";
import { draftOf, emptyParts, type ScenarioParts } from "./scenario-parts.js";
import { serverBuilder, type ServerBuilder } from "./server-builder.js";

/** What a generator needs besides its id, in the words of a file. */
export type GeneratorOptions = Omit<GeneratorKeys, "id" | "type"> & ArrivalKeys;

/** What a load balancer may be given besides its id, in the words of a file. */
export type LoadBalancerOptions = Omit<LoadBalancer, "id" | "type">;

/** What a database is made of besides its id, in the words of a file. */
export type DatabaseOptions = Omit<Database, "id">;

/** What a cache is made of besides its id, in the words of a file. */
export type CacheOptions = Pick<Cache, "hit_s"> & (CacheContents | { readonly hit_ratio: number | WarmUp });

/** What is known of a language model besides its id, in the words of a file. */
export type LlmOptions = Omit<LlmCommon, "id"> & (LlmProvider | { readonly batching: Batching });

/** What a broker is made of besides its id, in the words of a file. */
export type BrokerOptions = Omit<Broker, "id">;

/** What is known of an external service besides its id, in the words of a file. */
export type ExternalOptions = Omit<External, "id">;

/** What a detector goes by besides its id, in the words of a file. */
export type DetectorOptions = Omit<Detector, "id">;

/** What `link` decides by itself unless told otherwise. */
export interface LinkOptions extends PolicyKeys, EdgeNetwork {
  /** `<source>-<target>` by default. */
  readonly id?: string;
  /** Probability that a message is lost; 0.01 by default, as in a file. */
  readonly dropout_rate?: number;
  /** Time of an answer on the way back [s]; by default as on the way there. */
  readonly response_latency?: Duration;
  /** For load balancers that weigh their edges; 1 by default. */
  readonly weight?: number;
  /** The connections of the edge, in the words of a file; none by default. */
  readonly connection?: Connection;
}

/** In force in [t_start, t_end) [s]. */
export interface EventWindow {
  readonly t_start: number;
  readonly t_end: number;
  /** `<target>-outage-<n>`, `<target>-spike-<n>` and so on by default, n counting the events from 1. */
  readonly event_id?: string;
}

/** How an edge is worse than usual, in the words of a file. */
export type Degradation = Pick<EventStart, "loss_ratio" | "bandwidth_ratio" | "spike_s">;

/** Begins a scenario in TypeScript, with the words and the defaults of a file. */
export function scenario(name: string): ScenarioBuilder {
  return new ScenarioBuilder(emptyParts(name));
}

/**
 * Collects the parts of a scenario. Every method gives a new builder and leaves the old one as it is, so that variants
 * can branch off anywhere. Nothing is checked before `build`.
 */
export class ScenarioBuilder {
  declare private readonly parts: ScenarioParts;

  constructor(parts: ScenarioParts) {
    this.parts = parts;
  }

  dialect(dialect: Dialect): ScenarioBuilder {
    return this.with({ dialect });
  }

  /** Adds a generator. */
  generator(id: string, options: GeneratorOptions): ScenarioBuilder {
    return this.with({ generators: [...this.parts.generators, { id, ...options }] });
  }

  /** Adds a client. */
  client(id: string): ScenarioBuilder {
    return this.with({ clients: [...this.parts.clients, { id }] });
  }

  /** Adds a load balancer. */
  loadBalancer(id: string, options: LoadBalancerOptions = {}): ScenarioBuilder {
    return this.with({ loadBalancers: [...this.parts.loadBalancers, { id, ...options }] });
  }

  /** Adds a server; `describe` adds its endpoints and makes a set of it. Without resources it has those of its template, or the defaults. */
  server(
    id: string,
    resources: ServerResources | undefined,
    describe: (server: ServerBuilder) => ServerBuilder,
  ): ScenarioBuilder {
    const server = describe(serverBuilder(id, resources)).toServer();
    return this.with({ servers: [...this.parts.servers, server] });
  }

  /** Adds what servers share that name this template: `server("app", undefined, (app) => app.template("web"))`. */
  template(
    name: string,
    resources: ServerResources | undefined,
    describe: (server: ServerBuilder) => ServerBuilder = (server) => server,
  ): ScenarioBuilder {
    const template = describe(serverBuilder(name, resources)).toTemplate();
    return this.with({ templates: { ...this.parts.templates, [name]: template } });
  }

  /** Adds a database, which steps query. */
  database(id: string, options: DatabaseOptions): ScenarioBuilder {
    return this.with({ databases: [...this.parts.databases, { id, ...options }] });
  }

  /** Adds a cache, which steps look keys up in. */
  cache(id: string, options: CacheOptions): ScenarioBuilder {
    return this.with({ caches: [...this.parts.caches, { id, ...options }] });
  }

  /** Adds a language model, which steps ask. */
  llm(id: string, options: LlmOptions): ScenarioBuilder {
    return this.with({ llms: [...this.parts.llms, { id, ...options }] });
  }

  /** Adds a broker, which steps publish to and servers consume from. */
  broker(id: string, options: BrokerOptions): ScenarioBuilder {
    return this.with({ brokers: [...this.parts.brokers, { id, ...options }] });
  }

  /** Adds a service of others, which steps call. */
  external(id: string, options: ExternalOptions): ScenarioBuilder {
    return this.with({ externals: [...this.parts.externals, { id, ...options }] });
  }

  /** Adds a detector, whose state generators may be held back by. */
  detector(id: string, options: DetectorOptions): ScenarioBuilder {
    return this.with({ detectors: [...this.parts.detectors, { id, ...options }] });
  }

  /** Adds something that is demanded of a metric, with the keys of a file's objective. */
  objective(objective: Objective): ScenarioBuilder {
    return this.with({ objectives: [...this.parts.objectives, objective] });
  }

  /** Adds an edge with every key of a file's edge. */
  edge(edge: Edge): ScenarioBuilder {
    return this.with({ edges: [...this.parts.edges, edge] });
  }

  /** Adds an edge from node to node with a latency [s]. */
  link(source: string, target: string, latency: Duration, options: LinkOptions = {}): ScenarioBuilder {
    return this.edge({ id: `${source}-${target}`, source, target, latency, ...options });
  }

  /** Adds an event with every key of a file's event. */
  event(event: ScenarioEvent): ScenarioBuilder {
    return this.with({ events: [...this.parts.events, event] });
  }

  /** Takes a server down for a while. */
  outage(server: string, { t_start, t_end, event_id }: EventWindow): ScenarioBuilder {
    return this.event({
      event_id: event_id ?? `${server}-outage-${this.parts.events.length + 1}`,
      target_id: server,
      start: { kind: "server_down", t_start },
      end: { kind: "server_up", t_end },
    });
  }

  /** Takes a server down for a while, and all that is in it. */
  crash(server: string, { t_start, t_end, event_id }: EventWindow): ScenarioBuilder {
    return this.event({
      event_id: event_id ?? `${server}-crash-${this.parts.events.length + 1}`,
      target_id: server,
      start: { kind: "crash", t_start },
      end: { kind: "server_up", t_end },
    });
  }

  /** Makes a share of the requests to a server fail for a while. */
  errorSpike(server: string, window: EventWindow & { readonly error_ratio: number }): ScenarioBuilder {
    const { t_start, t_end, error_ratio, event_id } = window;
    return this.event({
      event_id: event_id ?? `${server}-errors-${this.parts.events.length + 1}`,
      target_id: server,
      start: { kind: "error_spike", t_start, error_ratio },
      end: { kind: "recover", t_end },
    });
  }

  /** Makes a generator send `factor` times as much for a while. */
  surge(generator: string, window: EventWindow & { readonly factor: number }): ScenarioBuilder {
    const { t_start, t_end, factor, event_id } = window;
    return this.event({
      event_id: event_id ?? `${generator}-surge-${this.parts.events.length + 1}`,
      target_id: generator,
      start: { kind: "traffic_surge", t_start, factor },
      end: { kind: "recover", t_end },
    });
  }

  /** Takes units of a pool away for a while, by default all. */
  exhaustion(
    server: string,
    window: EventWindow & Pick<EffectKeys, "units"> & { readonly pool: string },
  ): ScenarioBuilder {
    const { t_start, t_end, event_id, ...less } = window;
    return this.event({
      event_id: event_id ?? `${server}-exhaustion-${this.parts.events.length + 1}`,
      target_id: server,
      start: { kind: "pool_exhaustion", t_start, ...less },
      end: { kind: "recover", t_end },
    });
  }

  /** Makes a server pause `factor` times as often for a while, `length_factor` times as long. */
  gcStorm(
    server: string,
    window: EventWindow & Pick<EffectKeys, "length_factor"> & { readonly factor: number },
  ): ScenarioBuilder {
    const { t_start, t_end, event_id, ...more } = window;
    return this.event({
      event_id: event_id ?? `${server}-storm-${this.parts.events.length + 1}`,
      target_id: server,
      start: { kind: "gc_storm", t_start, ...more },
      end: { kind: "recover", t_end },
    });
  }

  /** Makes a server take longer and fail a share of its requests for a while. */
  brownOut(
    server: string,
    window: EventWindow & Pick<EffectKeys, "factor" | "io_factor" | "error_ratio">,
  ): ScenarioBuilder {
    const { t_start, t_end, event_id, ...worse } = window;
    return this.event({
      event_id: event_id ?? `${server}-brown-out-${this.parts.events.length + 1}`,
      target_id: server,
      start: { kind: "brown_out", t_start, ...worse },
      end: { kind: "recover", t_end },
    });
  }

  /** Lets a server lose memory until the end, or until it has been down. */
  memoryLeak(server: string, window: EventWindow & Pick<EffectKeys, "mb_per_s" | "mb_per_request">): ScenarioBuilder {
    const { t_start, t_end, event_id, ...lost } = window;
    return this.event({
      event_id: event_id ?? `${server}-leak-${this.parts.events.length + 1}`,
      target_id: server,
      start: { kind: "memory_leak", t_start, ...lost },
      end: { kind: "recover", t_end },
    });
  }

  /** Adds something that goes wrong by chance, with the keys of a file's fault. */
  fault(fault: Fault): ScenarioBuilder {
    return this.with({ faults: [...this.parts.faults, fault] });
  }

  /** Adds a deploy in waves, with the keys of a file's deploy. */
  deploy(deploy: Deploy): ScenarioBuilder {
    return this.with({ deploys: [...this.parts.deploys, deploy] });
  }

  /** Makes the steps of a server take `factor` times as long for a while, I/O steps `io_factor` times. */
  slowDown(
    server: string,
    window: EventWindow & Pick<EffectKeys, "io_factor"> & { readonly factor: number },
  ): ScenarioBuilder {
    const { t_start, t_end, event_id, ...factors } = window;
    return this.event({
      event_id: event_id ?? `${server}-slow-down-${this.parts.events.length + 1}`,
      target_id: server,
      start: { kind: "slow_down", t_start, ...factors },
      end: { kind: "recover", t_end },
    });
  }

  /** Adds `spike_s` [s] to the latency of an edge for a while. */
  spike(edge: string, window: EventWindow & { readonly spike_s: number }): ScenarioBuilder {
    const { t_start, t_end, spike_s, event_id } = window;
    return this.event({
      event_id: event_id ?? `${edge}-spike-${this.parts.events.length + 1}`,
      target_id: edge,
      start: { kind: "network_spike_start", t_start, spike_s },
      end: { kind: "network_spike_end", t_end },
    });
  }

  /** Makes an edge worse for a while: more loss, less bandwidth, more latency [s]. */
  degrade(edge: string, window: EventWindow & Degradation): ScenarioBuilder {
    const { t_start, t_end, event_id, ...degradation } = window;
    return this.event({
      event_id: event_id ?? `${edge}-degradation-${this.parts.events.length + 1}`,
      target_id: edge,
      start: { kind: "network_degraded", t_start, ...degradation },
      end: { kind: "recover", t_end },
    });
  }

  /** Lets no message pass over an edge for a while. */
  partition(edge: string, { t_start, t_end, event_id }: EventWindow): ScenarioBuilder {
    return this.event({
      event_id: event_id ?? `${edge}-partition-${this.parts.events.length + 1}`,
      target_id: edge,
      start: { kind: "network_partition", t_start },
      end: { kind: "recover", t_end },
    });
  }

  /** Empties a cache at a time [s]. */
  flush(cache: string, { at_s, event_id }: { readonly at_s: number; readonly event_id?: string }): ScenarioBuilder {
    return this.event({
      event_id: event_id ?? `${cache}-flush-${this.parts.events.length + 1}`,
      target_id: cache,
      start: { kind: "cache_flush", t_start: at_s },
    });
  }

  /** Adds settings; later ones win. */
  settings(settings: SimulationSettings): ScenarioBuilder {
    return this.with({ settings: { ...this.parts.settings, ...settings } });
  }

  /**
   * Gives the scenario after the very check that a file passes.
   * @throws {InputError} with all problems.
   */
  build(): Scenario {
    const data = draftOf(this.parts);
    const reading = checkScenario(data, { file: this.parts.name });
    if (reading.scenario === undefined) throw new InputError(reading.problems);
    return reading.scenario;
  }

  private with(changed: Partial<ScenarioParts>): ScenarioBuilder {
    return new ScenarioBuilder({ ...this.parts, ...changed });
  }
}
