import { compile, formatProblem, parseScenario, type Scenario } from "../src/index.js";
import { changed, type Change } from "./example-yaml.js";

/** A valid scenario whose servers call each other; tests change its endpoint `/api` or another line. */
export const MESH_YAML = `rqs_input:
  id: shoppers
  avg_active_users: { mean: 100 }
  avg_request_per_minute_per_user: { mean: 20 }
topology_graph:
  nodes:
    client: { id: browser }
    servers:
      - id: app
        semaphores: { images: 2 }
        endpoints:
          - endpoint_name: /api
            steps: []
      - id: prices
        endpoints:
          - endpoint_name: /Price
            steps: [cpu_s: 0.001]
          - endpoint_name: /stock
            steps: [cpu_s: 0.001]
    externals:
      - { id: bank, response_s: 0.1, error_ratio: 0.25 }
  edges:
    - { id: shoppers-browser, source: shoppers, target: browser, latency: 0, loss_ratio: 0 }
    - { id: browser-app, source: browser, target: app, latency: 0.001, loss_ratio: 0 }
    - { id: app-prices, source: app, target: prices, latency: 0.001, response_latency: 0.002, loss_ratio: 0 }
    - { id: app-bank, source: app, target: bank, latency: 0.01, loss_ratio: 0 }
sim_settings: { total_simulation_time: 60 }
`;

/** The steps that make every edge of the scenario one that is called over. */
export const CALLS = "{ call: prices }, { call: bank }";

/** The scenario with these steps, in flow style; calls that use its edges stand behind them. */
export function meshWith(steps: string, ...changes: readonly Change[]): string {
  return changed(MESH_YAML, ["steps: []", `steps: [${steps === "" ? CALLS : `${steps}, ${CALLS}`}]`], ...changes);
}

/** A node that the server `app` of the mesh asks, in flow style: its list, its id and all else that it has. */
interface AskedNode {
  readonly list: string;
  readonly id: string;
  readonly keys: string;
}

/** As `meshWith`, with such a node and the edge to it. */
export function meshAsking({ list, id, keys }: AskedNode, steps: string, ...changes: readonly Change[]): string {
  return meshWith(
    steps,
    ["    externals:", `    ${list}:\n      - { id: ${id}, ${keys} }\n    externals:`],
    [
      "    - { id: app-bank",
      `    - { id: app-${id}, source: app, target: ${id}, latency: 0.001, loss_ratio: 0 }\n    - { id: app-bank`,
    ],
    ...changes,
  );
}

/** A problem that steps, keys of such a node or other changes make. */
export interface AskedNodeCase {
  readonly name: string;
  readonly steps?: string;
  readonly keys?: string;
  readonly changes?: readonly Change[];
  readonly problem: string;
}

/** The problems of a text, as they are shown without a file name and without the part of the path that is always there. */
export function problemsOf(text: string): readonly string[] {
  return parseScenario(text, { file: "" }).problems.map((problem) =>
    formatProblem(problem).replace("topology_graph.nodes.servers[app].endpoints[/api].", ""),
  );
}

/** The scenario of a text that must be valid. */
export function scenarioOf(text: string): Scenario {
  const { scenario } = parseScenario(text, { file: "" });
  if (scenario === undefined) throw new Error(`Cannot read scenario: it must be valid: ${problemsOf(text).join("\n")}`);
  return scenario;
}

/** The program of the first endpoint of the first server. */
export function programOf(text: string): unknown {
  return compile(scenarioOf(text)).servers[0]?.endpoints[0]?.steps;
}
