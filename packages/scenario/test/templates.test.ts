import { describe, expect, test } from "vitest";
import { compile, formatProblem, parseScenario, resolve, type Scenario } from "../src/index.js";
import { applyTemplates } from "../src/resolve/apply-templates.js";
import { changedExample, EXAMPLE_YAML, type Change } from "./example-yaml.js";
import { problemsOf, scenarioOf } from "./mesh-yaml.js";

const OWN = `        server_resources: { cpu_cores: 2, ram_mb: 2048 }
        endpoints:
          - endpoint_name: /api
            steps: [cpu_s: 0.002, ram_mb: 120, io_s: 0.012]
`;

/** The example with its second server as a template. */
function templated(...changes: readonly Change[]): string {
  const template = `templates:
  web:
    server_resources: { cpu_cores: 2, ram_mb: 2048 }
    endpoints:
      - endpoint_name: /api
        steps: [cpu_s: 0.002, ram_mb: 120, io_s: 0.012]
`;
  const text = changedExample(["name: shop\n", `name: shop\n${template}`], [OWN, "        template: web\n"]);
  return changes.reduce((changed, [old, replacement]) => changed.replace(old, () => replacement), text);
}

describe("applyTemplates", () => {
  test("applyTemplates gives what is written out", () => {
    expect(scenarioOf(templated())).toEqual(scenarioOf(EXAMPLE_YAML));
    expect(compile(scenarioOf(templated()))).toEqual(compile(scenarioOf(EXAMPLE_YAML)));
  });

  test("applyTemplates lets the keys of a server win as a whole", () => {
    const text = templated(["template: web", "template: web\n        server_resources: { cpu_cores: 8 }"]);
    expect(resolve(scenarioOf(text)).topology_graph.nodes.servers[1]).toMatchObject({
      server_resources: { cpu_cores: 8, ram_mb: 1024 },
      endpoints: [{ endpoint_name: "/api" }],
    });
  });

  test("applyTemplates is done once: what it gave it leaves alone", () => {
    const scenario = scenarioOf(templated());
    expect(applyTemplates(scenario)).toBe(scenario);
  });

  test("resolve applies templates to what came from no check", () => {
    const { data } = parseScenario(templated(), { file: "" });
    expect(resolve(data as Scenario)).toEqual(resolve(scenarioOf(EXAMPLE_YAML)));
  });

  test.each<readonly [string, Change, readonly string[]]>([
    [
      "suggests the template nearest to an unknown one",
      ["template: web", "template: webb"],
      [
        '26:19: topology_graph.nodes.servers[app-2].template: must be the name of a template: current value is "webb": did you mean web?',
      ],
    ],
    [
      "misses the endpoints of a server whose template has none",
      ["    endpoints:\n      - endpoint_name: /api\n        steps: [cpu_s: 0.002, ram_mb: 120, io_s: 0.012]\n", ""],
      ["22:9: topology_graph.nodes.servers[app-2]: missing key endpoints"],
    ],
    [
      "places what is wrong with a template at the template",
      ["steps: [cpu_s: 0.002", "steps: [cpu_s: -1"],
      ["7:24: templates.web.endpoints[/api].steps[0].cpu_s: must be > 0: current value is -1"],
    ],
    [
      "places what is wrong with its steps for the server at the template",
      ["steps: [cpu_s: 0.002", "steps: [{ semaphore: images, steps: [] }"],
      [
        '7:30: templates.web.endpoints[/api].steps[0].semaphore: must be one of the semaphores of app-2: current value is "images"',
      ],
    ],
    ["refuses an id in a template", ["  web:\n", "  web:\n    id: x\n"], ["4:5: templates.web: unknown key id"]],
  ])("parseScenario %s", (_, change, problems) => {
    expect(problemsOf(templated(change))).toEqual(problems);
  });

  test("parseScenario places notes on what a template gave at the template", () => {
    const notes = parseScenario(templated(["ram_mb: 120, io_s", "ram_mb: 4000, io_s"]), { file: "" }).notes;
    expect(notes.map(formatProblem)).toContain(
      "6:9: templates.web.endpoints[/api]: endpoint needs 4000 MB and app-2 has 2048 MB: its requests wait for ever and block all behind them",
    );
  });
});
