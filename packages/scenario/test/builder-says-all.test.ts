import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import {
  parseScenario,
  resolve,
  scenario,
  type Scenario,
  type ScenarioBuilder,
  type Server,
  type ServerBuilder,
  type ServerTemplate,
} from "../src/index.js";

const SCENARIOS = fileURLToPath(new URL("../../../scenarios/", import.meta.url));
const FILES = readdirSync(SCENARIOS).filter((name) => name.endsWith(".yaml"));

/** What is left of a mapping whose keys have all been said. A key that is forgotten does not compile. */
type Nothing = Readonly<Record<string, never>>;

/** Says with the methods of a builder what a file says of a server or a template. */
function described({ template, ...server }: ServerTemplate & { readonly template?: string }) {
  return (builder: ServerBuilder): ServerBuilder => {
    const { replicas, balancing, zones, autoscaler, cold_start, semaphores, rate_limits, consumes, ...more } = server;
    const {
      injector,
      endpoints,
      scheduling,
      pauses,
      background,
      type: _type,
      server_resources: _given,
      ...rest
    } = more;
    const { concurrency_limit, queue, load_shedding, crowding, deadline_s, ...none } = rest;
    const left: Nothing = none;
    expect(left).toEqual({});
    const spread = { ...(balancing === undefined ? {} : { balancing }), ...(zones === undefined ? {} : { zones }) };
    let result = template === undefined ? builder : builder.template(template);
    if (replicas !== undefined) result = result.replicas(replicas, spread);
    else result = zones?.length === 1 ? result.zone(zones[0]!) : result.spread(spread);
    if (autoscaler !== undefined) result = result.autoscaler(autoscaler);
    if (cold_start !== undefined) result = result.coldStart(cold_start);
    if (crowding !== undefined) result = result.crowding(crowding);
    if (deadline_s !== undefined) result = result.deadline(deadline_s);
    if (injector !== undefined) result = result.injector(injector);
    for (const [name, units] of Object.entries(semaphores ?? {})) result = result.semaphore(name, units);
    for (const limit of rate_limits ?? []) result = result.rateLimit(limit);
    for (const consumption of consumes ?? []) result = result.consume(consumption);
    for (const { endpoint_name, steps, ...options } of endpoints ?? []) {
      result = result.endpoint(endpoint_name, steps, options);
    }
    return result
      .cpu(defined({ scheduling, pauses, background }))
      .protection(defined({ concurrency_limit, queue, load_shedding }));
  };
}

/** The keys that are not undefined. */
function defined<Keys extends object>(keys: Keys): { [Key in keyof Keys]: Exclude<Keys[Key], undefined> } {
  return Object.fromEntries(Object.entries(keys).filter(([, value]) => value !== undefined)) as never;
}

/** Says with the methods of a builder what a file says. */
function rebuilt(file: Scenario): Scenario {
  const { name, dialect, rqs_input, topology_graph, sim_settings, events, detector, detectors, faults, ...more } = file;
  const { deploys, templates, objectives, ...none } = more;
  const {
    client,
    clients,
    load_balancer,
    load_balancers,
    servers,
    databases,
    caches,
    llms,
    brokers,
    externals,
    ...rest
  } = topology_graph.nodes;
  const left: Nothing = { ...none, ...rest };
  expect(left).toEqual({});
  const add = <Item>(items: readonly Item[], each: (builder: ScenarioBuilder, item: Item) => ScenarioBuilder): void => {
    for (const item of items) builder = each(builder, item);
  };
  let builder = scenario(name ?? "");
  if (dialect !== undefined) builder = builder.dialect(dialect);
  add(Object.entries(templates ?? {}), (b, [id, it]) => b.template(id, it.server_resources, described(it)));
  add([rqs_input].flat(), (b, { id, type: _type, ...it }) => b.generator(id, it as Parameters<typeof b.generator>[1]));
  add([client ?? [], clients ?? []].flat(), (b, { id }) => b.client(id));
  add([load_balancer ?? [], load_balancers ?? []].flat(), (b, { id, type: _type, ...it }) => b.loadBalancer(id, it));
  add(servers, (b, { id, ...it }: Server) => b.server(id, it.server_resources, described(it)));
  add(databases ?? [], (b, { id, ...it }) => b.database(id, it));
  add(caches ?? [], (b, { id, ...it }) => b.cache(id, it as Parameters<typeof b.cache>[1]));
  add(llms ?? [], (b, { id, ...it }) => b.llm(id, it as Parameters<typeof b.llm>[1]));
  add(brokers ?? [], (b, { id, ...it }) => b.broker(id, it));
  add(externals ?? [], (b, { id, ...it }) => b.external(id, it));
  add(topology_graph.edges, (b, edge) => b.edge(edge));
  add(events ?? [], (b, event) => b.event(event));
  add([detector ?? [], detectors ?? []].flat(), (b, { id = "detector", ...it }) => b.detector(id, it));
  add(faults ?? [], (b, fault) => b.fault(fault));
  add(deploys ?? [], (b, deploy) => b.deploy(deploy));
  add(objectives ?? [], (b, objective) => b.objective(objective));
  return builder.settings(sim_settings).build();
}

describe("ScenarioBuilder", () => {
  test.each(FILES)("ScenarioBuilder can say all that %s says", (name) => {
    const reading = parseScenario(readFileSync(`${SCENARIOS}${name}`, "utf8"), { file: name });
    expect(reading.problems).toEqual([]);
    // As the file has it, with its templates.
    expect(resolve(rebuilt(reading.data as Scenario))).toEqual(resolve(reading.scenario!));
  });
});
