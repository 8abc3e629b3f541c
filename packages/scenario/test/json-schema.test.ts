import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { scenarioJsonSchema, sweepJsonSchema, type JsonSchema } from "../src/index.js";
import { FAMILY_NAMES } from "../src/schema/distribution-families.js";
import { brokenRules } from "../src/schema/distribution-rules.js";
import { ASYNCFLOW_FILES, readAsyncFlowFile } from "./asyncflow-files.js";
import { changedExample, EXAMPLE_YAML } from "./example-yaml.js";
import { meshWith, problemsOf } from "./mesh-yaml.js";
import { replicasWith } from "./replicas-yaml.js";

const SCENARIO = scenarioJsonSchema();
const SWEEP = sweepJsonSchema();
const READERS = new Map([SCENARIO, SWEEP].map((schema) => [schema, z.fromJSONSchema(schema)]));

function accepts(schema: JsonSchema, text: string): boolean {
  return READERS.get(schema)!.safeParse(parse(text)).success;
}

/** Every key of a schema that has neither a description nor a definition that has one. */
function undescribedKeys(schema: JsonSchema): readonly string[] {
  const definitions = schema["$defs"] as Readonly<Record<string, JsonSchema>>;
  return Object.entries({ top: schema, ...definitions }).flatMap(([name, definition]) =>
    Object.entries((definition["properties"] ?? {}) as Readonly<Record<string, JsonSchema>>)
      .filter(([, property]) => property["description"] === undefined && property["$ref"] === undefined)
      .map(([key]) => `${name}.${key}`),
  );
}

describe("scenarioJsonSchema", () => {
  test("scenarioJsonSchema is of draft 2020-12, has a title and describes every key", () => {
    const schema = SCENARIO;
    expect(schema["$schema"]).toBe("https://json-schema.org/draft/2020-12/schema");
    expect(schema["title"]).toBe("Loadstar scenario");
    expect(undescribedKeys(schema)).toEqual([]);
    expect(schema["required"]).toEqual(["rqs_input", "topology_graph", "sim_settings"]);
  });

  test.each(ASYNCFLOW_FILES)("scenarioJsonSchema accepts %s", (name) => {
    expect(accepts(SCENARIO, readAsyncFlowFile(name))).toBe(true);
  });

  test("scenarioJsonSchema accepts the short spelling", () => {
    expect(accepts(SCENARIO, EXAMPLE_YAML)).toBe(true);
  });

  test.each<readonly [string, string]>([
    ["cpu_cores: 2", "cpu_coress: 2"],
    ["cpu_s: 0.002", "cpu_s: -1"],
    ["cpu_s: 0.002", "{}"],
    ["cv: 0.8", "cv: 0.8, std: 1"],
    ["id: shoppers\n", "id: ''\n"],
  ])("scenarioJsonSchema refuses %j for %j", (original, replacement) => {
    expect(accepts(SCENARIO, changedExample([original, replacement]))).toBe(false);
  });
});

describe("scenarioJsonSchema, steps in steps", () => {
  test.each<readonly [string, boolean]>([
    ["{ parallel: { join: any, branches: [[{ lock: a, steps: [cpu_s: 1] }], [{ spawn: [fail: true] }]] } }", true],
    ["{ branch: [{ probability: 0.5, steps: [call: bank] }, { otherwise: [] }], on_error: [], label: x }", true],
    ["{ repeat: { times: { mean: 3 }, steps: [{ offload: thread_pool, cpu_s: 1 }] } }", true],
    ["{ parallel: { join: any, branches: [[{ lock: a }]] } }", false],
    ["{ parallel: { join: most, branches: [] } }", false],
    ["{ branch: [{ steps: [call: bank] }] }", false],
    ["{ spawn: [{ spawn: [{ cpu_ms: 1 }] }] }", false],
  ])("scenarioJsonSchema judges %s as the check does: %s", (step, isAccepted) => {
    const text = meshWith(step);
    expect(accepts(SCENARIO, text)).toBe(isAccepted);
    expect(problemsOf(text).length === 0).toBe(isAccepted);
  });

  test("scenarioJsonSchema accepts replica sets and templates", () => {
    expect(accepts(SCENARIO, replicasWith())).toBe(true);
    expect(accepts(SCENARIO, `${replicasWith()}templates: { web: { replicas: 2 } }`)).toBe(true);
    expect(accepts(SCENARIO, `${replicasWith()}templates: { web: { id: web } }`)).toBe(false);
  });
});

describe("scenarioJsonSchema, distributions", () => {
  test("scenarioJsonSchema accepts exactly the combinations of keys that the check accepts", () => {
    // The ways alone: zod's own reading of an anyOf beside properties forgives unknown keys.
    const definitions = SCENARIO["$defs"] as Readonly<Record<string, JsonSchema>>;
    const ways = z.fromJSONSchema({ anyOf: definitions["Distribution"]?.["anyOf"] as JsonSchema[] });
    const keys = ["value", "min", "max", "mean", "std", "variance", "cv", "median", "p95", "p99", "shape", "minimum"];
    const subsets = keys.flatMap((one, index) => [[one], ...keys.slice(index + 1).map((other) => [one, other])]);
    let accepted = 0;
    for (const distribution of FAMILY_NAMES) {
      for (const subset of subsets) {
        const mapping = { distribution, ...Object.fromEntries(subset.map((key) => [key, 1])) };
        const isAccepted = !brokenRules(mapping).some(({ message }) => message.includes("must be given by"));
        expect(ways.safeParse(mapping).success, JSON.stringify(mapping)).toBe(isAccepted);
        accepted += isAccepted ? 1 : 0;
      }
    }
    expect(accepted).toBe(24);
  });
});

describe("sweepJsonSchema", () => {
  test("sweepJsonSchema accepts a sweep, refuses an unknown key and describes every key", () => {
    const schema = SWEEP;
    expect(undescribedKeys(schema)).toEqual([]);
    expect(accepts(schema, "scenario: s\nparameters: { a: { path: x, values: [1, { mean: 2 }] } }")).toBe(true);
    expect(accepts(schema, "scenario: s\nseeds: 1")).toBe(false);
    const drawn = (range: string): string =>
      `scenario: s\ndesign: sobol\nsamples: 8\nparameters: { a: { path: x, range: ${range}, scale: log } }`;
    expect(accepts(schema, drawn("[1, 2]"))).toBe(true);
    expect(accepts(schema, drawn("[1, 2, 3]"))).toBe(false);
    expect(accepts(schema, drawn("[1, x]"))).toBe(false);
    expect(accepts(schema, "scenario: s\ndesign: list\nparameters: { a: { path: x } }\npoints: [{ a: 1 }]")).toBe(true);
  });
});
