import { describe, expect, test } from "vitest";
import { parseScenario, parseSweep, scenarioJsonSchema, sweepJsonSchema } from "../src/index.js";
import { EQUIVALENT_KEYS } from "../src/wording/equivalent-keys.js";
import { didYouMeanKey } from "../src/wording/meant-key.js";
import { changedExample, type Change } from "./example-yaml.js";

/** The keys of every mapping of the two formats. */
function mappings(): readonly (readonly string[])[] {
  return [scenarioJsonSchema(), sweepJsonSchema()].flatMap((schema) => {
    const definitions = schema["$defs"] as Readonly<Record<string, object>>;
    return [schema, ...Object.values(definitions)].map((it) =>
      "properties" in it ? Object.keys(it.properties as object) : [],
    );
  });
}

describe("EQUIVALENT_KEYS", () => {
  const known = mappings();

  test.each(EQUIVALENT_KEYS.map((it) => [it.beside, it.words.join(" "), it] as const))(
    "EQUIVALENT_KEYS beside %s: %s are no keys there, and what is meant is one",
    (beside, _words, { words, meant }) => {
      const there = known.filter((keys) => keys.includes(beside));
      expect(there).not.toEqual([]);
      // A word that is a key somewhere else may be one of these mappings' own: then it is never unknown there.
      expect(there.some((keys) => words.every((word) => !keys.includes(word)))).toBe(true);
      const [key] = meant.split(/,? /) as [string];
      const isElsewhere = /^\S+,? (in|of|or|on) /.test(meant);
      expect((isElsewhere ? [...known, ["--threads"]] : there).some((keys) => keys.includes(key))).toBe(true);
    },
  );
});

describe("didYouMeanKey", () => {
  test.each<readonly [string, readonly string[], string]>([
    ["rps", ["arrival_rate_per_s", "mix"], "arrival_rate_per_s"],
    ["requestsPerSecond", ["arrival_rate_per_s"], "arrival_rate_per_s"],
    ["rpm", ["arrival_rate_per_s"], "arrival_rate_per_s, per second"],
    ["rpm", ["requests_per_minute"], "requests_per_minute"],
    ["users", ["avg_active_users", "closed"], "avg_active_users or closed"],
    ["duration_minutes", ["total_simulation_time"], "total_simulation_time, in seconds"],
    ["duration_s", ["total_simulation_time"], "total_simulation_time"],
    ["latency_ms", ["latency", "response_latency"], "latency, in seconds"],
    ["delay-ms", ["latency"], "latency, in seconds"],
    ["memory_mb", ["ram_mb", "cpu_cores"], "ram_mb"],
    ["memoryGb", ["ram_mb", "cpu_cores"], "ram_mb, in MB"],
    ["loss_percent", ["loss_ratio"], "loss_ratio, from 0 to 1"],
    ["latncy", ["latency"], "latency"],
  ])("didYouMeanKey %s of %j is %s", (name, known, meant) => {
    expect(didYouMeanKey(name, known)).toBe(`: did you mean ${meant}?`);
  });

  test("didYouMeanKey says nothing of what only looks alike, and of very long names", () => {
    expect(didYouMeanKey("rtt", ["latency", "source"])).toBe("");
    expect(didYouMeanKey("sigma", ["distribution", "median"])).toBe("");
    expect(didYouMeanKey("rps", ["mix", "profile"])).toBe("");
    expect(didYouMeanKey("x".repeat(201), ["x".repeat(200)])).toBe("");
  });
});

describe("parseScenario", () => {
  test.each<readonly [hint: string, change: Change]>([
    ["unknown key duration: did you mean total_simulation_time?", ["total_simulation_time", "duration"]],
    [
      "unknown key timeout_s: did you mean deadline_s, or timeout_s of who calls?",
      ["endpoint_name: /api", "endpoint_name: /api\n            timeout_s: 1"],
    ],
    ["unknown key qps: did you mean arrival_rate_per_s?", ["avg_active_users: { mean: 100 }", "qps: 100"]],
    ["unknown key cores: did you mean cpu_cores?", ["cpu_cores: 2", "cores: 2"]],
    ["unknown key memory_mb: did you mean ram_mb?", ["ram_mb: 2048", "memory_mb: 2048"]],
    [
      "unknown key instances: did you mean replicas?",
      ["      - id: app-2\n", "      - id: app-2\n        instances: 3\n"],
    ],
    [
      "unknown key cpus: did you mean cpu_cores in server_resources?",
      ["      - id: app-2\n", "      - id: app-2\n        cpus: 3\n"],
    ],
    ["unknown key latency_ms: did you mean latency, in seconds?", ["latency: 0.003", "latency_ms: 3"]],
    ["unknown key from: did you mean source?", ["source: shoppers", "from: shoppers"]],
    ["unknown key to: did you mean target?", ["target: browser", "to: browser"]],
    ["unknown key sleep: did you mean io_s?", ["- cpu_s: 0.002", "- sleep: 0.002"]],
    ["unknown key seed: did you mean seed of a sweep, or --seed?", ["sim_settings: {", "sim_settings: { seed: 1,"]],
    ["unknown key stddev: did you mean std?", ["cv: 0.8", "stddev: 0.8"]],
    ["unknown key slos: did you mean objectives?", ["name: shop", "name: shop\nslos: []"]],
  ])("parseScenario says what was meant: %s", (hint, change) => {
    const { problems } = parseScenario(changedExample(change), { file: "" });
    expect(problems.map(({ message }) => message)).toContain(hint);
  });

  test("parseSweep says what was meant, too", () => {
    const { problems } = parseSweep("scenario: s.yaml\nruns: 20\nparams: {}\nthreads: 4\n", { file: "" });
    expect(problems.map(({ message }) => message)).toEqual([
      "unknown key runs: did you mean replications?",
      "unknown key params: did you mean parameters?",
      "unknown key threads: did you mean --threads on the command line?",
    ]);
  });
});
