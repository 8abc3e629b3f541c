import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { scenarioJsonSchema, sweepJsonSchema } from "@loadstar/scenario";
import { loadStudy } from "@loadstar/sweep";
import { describe, expect, test } from "vitest";
import { outcomeOf } from "./recording-terminal.js";
import { inTemporaryDirectory } from "./temporary-directory.js";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
const SCENARIOS = filesIn("scenarios");
const SWEEPS = filesIn("sweeps");

describe("examples", () => {
  test("examples are there", () => {
    expect(SCENARIOS.length).toBeGreaterThanOrEqual(6);
    expect(SWEEPS.length).toBeGreaterThanOrEqual(6);
  });

  test.each(SCENARIOS)("main check and run of %s", async (name) => {
    const file = join(ROOT, name);
    expect(await outcomeOf("check", file)).toMatchObject({ code: 0 });
    const { code, out } = await outcomeOf("run", file, "--json", ...(await shortened(file)));
    expect(code).toBe(0);
    const { outcome, metrics } = JSON.parse(out) as { outcome: string; metrics: Readonly<Record<string, number>> };
    expect(outcome).toBe("completed");
    // Of 1000 pieces of work a system that has collapsed completes fewer than 50.
    expect(metrics["requests_completed"]).toBeGreaterThan(30);
  });

  test.each(SWEEPS)("main check, plan and sweep of %s", async (name) => {
    const file = join(ROOT, name);
    expect(await outcomeOf("check", file)).toMatchObject({ code: 0 });
    const words = ["-n", "2", ...(await shortened(file))];
    expect(await outcomeOf("plan", file, ...words)).toMatchObject({ code: 0 });
    await inTemporaryDirectory(async (directory) => {
      const place = join(directory, "r");
      const { code, out } = await outcomeOf("sweep", file, "--json", "--quiet", "--out", place, ...words);
      // A sweep with objectives says what came of them.
      expect([0, 10, 11]).toContain(code);
      const { points } = JSON.parse(out) as {
        readonly points: readonly { readonly metrics: Readonly<Record<string, { estimate: number; n: number }>> }[];
      };
      expect(points.length).toBeGreaterThan(1);
      for (const { metrics } of points) {
        expect(metrics["throughput_per_s"]?.estimate).toBeGreaterThan(10);
        expect(metrics["latency_s_p95"]?.n).toBe(2);
      }
      const shown = await outcomeOf("summary", place);
      expect(shown.out).toContain("latency_s_p95");
    });
  });

  test.each(["name", "description"])("a scenario or sweep has a %s of its own", (what) => {
    for (const file of [...SCENARIOS, ...SWEEPS]) {
      const text = readFileSync(join(ROOT, file), "utf8");
      if (what === "name") expect(text).toContain(`\nname: ${basename(file, ".yaml")}\n`);
      else expect(text.startsWith("# ")).toBe(true);
    }
  });

  test.each([
    ["SCENARIO.md", scenarioJsonSchema()],
    ["SWEEP.md", sweepJsonSchema()],
  ])("%s mentions every key at the top", (document, schema) => {
    const text = readFileSync(join(ROOT, "packages/scenario", document), "utf8");
    const keys = Object.keys(schema["properties"] as object);
    expect(keys.length).toBeGreaterThan(4);
    expect(keys.filter((key) => !text.includes(`\`${key}\``))).toEqual([]);
  });
});

/** The YAML files of a directory, as paths from the root. */
function filesIn(directory: string): readonly string[] {
  return readdirSync(join(ROOT, directory))
    .filter((name) => name.endsWith(".yaml"))
    .map((name) => join(directory, name));
}

/** Options for a short run; what happens at known times needs the whole time. */
async function shortened(file: string): Promise<readonly string[]> {
  const { source } = await loadStudy(file);
  const { events, flushes } = source.scenario;
  if (events.length + flushes.length > 0) return [];
  return ["--set", "sim_settings.total_simulation_time=10", "--set", "sim_settings.warm_up_s=0"];
}
