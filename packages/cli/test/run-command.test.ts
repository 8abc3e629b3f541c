import { readdir } from "node:fs/promises";
import { createSimulation, metricsOf, runPrepared } from "@loadstar/engine";
import { openResults } from "@loadstar/store";
import { loadStudy } from "@loadstar/sweep";
import { describe, expect, test } from "vitest";
import { outcomeOf } from "./recording-terminal.js";
import { withSmallFiles } from "./small-files.js";

describe("main run", () => {
  test("main run shows statistics, components, a histogram and time series", async () => {
    await withSmallFiles(async ({ scenario, directory }) => {
      const { code, out, err } = await outcomeOf("run", scenario);
      expect({ code, err }).toEqual({ code: 0, err: "notes on the input: 1, see loadstar check\n" });
      for (const part of ["TOTAL_REQUESTS", "api", "Latency of completed requests", "Over 5 s", "throughput_per_s"]) {
        expect(out).toContain(part);
      }
      expect(out.split("\n").every((line) => line.length <= 100)).toBe(true);
      expect((await readdir(directory)).toSorted()).toEqual(["scenario.yaml", "sweep.yaml"]);
    });
  });

  test("main run --json gives every metric of replication 0 by name", async () => {
    await withSmallFiles(async ({ scenario }) => {
      const { code, out, err } = await outcomeOf("run", scenario, "--json", "--seed", "9");
      expect({ code, err }).toEqual({ code: 0, err: "" });
      const { plan } = (await loadStudy(scenario)).points[0]!;
      const { metrics } = runPrepared(createSimulation(plan), 9, 0);
      const expected = metricsOf(plan).map(({ name }, index) => [name, metrics[index]]);
      expect(JSON.parse(out)).toEqual({ seed: 9, outcome: "completed", metrics: Object.fromEntries(expected) });
    });
  });

  test("main run gives the same twice, and something else for another seed, value or dialect", async () => {
    await withSmallFiles(async ({ scenario }) => {
      const run = async (...words: readonly string[]): Promise<string> =>
        (await outcomeOf("run", scenario, "--json", ...words)).out;
      const first = await run();
      expect(await run()).toBe(first);
      expect(await run("--seed", "1")).toBe(first);
      const others = [
        await run("--seed", "2"),
        await run("--set", "rqs_input.avg_active_users.mean=21"),
        await run("--set", "topology_graph.edges[uplink].latency={ distribution: exponential, mean: 0.002 }"),
        await run("--dialect", "asyncflow"),
      ];
      expect(new Set([first, ...others.slice(0, 3)]).size).toBe(4);
      expect(JSON.parse(others[3]!)).toMatchObject({ outcome: "completed" });
    });
  });

  test("main run --json has null for what is undefined", async () => {
    await withSmallFiles(async ({ scenario }) => {
      const { out } = await outcomeOf("run", scenario, "--json", "--set", "rqs_input.avg_active_users.mean=0");
      expect(JSON.parse(out)).toMatchObject({ metrics: { requests_completed: 0, latency_s_mean: null } });
    });
  });

  test("main run of a run that exceeds its budget says so, with exit code 0", async () => {
    await withSmallFiles(async ({ scenario }) => {
      const words = ["run", scenario, "--set", "sim_settings.max_live_requests=1"];
      const text = await outcomeOf(...words);
      expect(text.code).toBe(0);
      expect(text.out).toMatch(/^truncated: live requests exceeded the budget of 1 at [\d.]+ s of 5 s\n$/);
      const json = JSON.parse((await outcomeOf(...words, "--json")).out) as { metrics: Record<string, unknown> };
      expect(json).toMatchObject({ outcome: "truncated", reason: expect.stringContaining("budget of 1") as string });
      expect(new Set(Object.values(json.metrics))).toEqual(new Set([null]));
    });
  });

  test("main run --samples gives AsyncFlow's sampled metrics on its grid", async () => {
    await withSmallFiles(async ({ scenario }) => {
      const { out } = await outcomeOf(
        "run",
        scenario,
        "--json",
        "--samples",
        "--set",
        "sim_settings.sample_period_s=0.5",
      );
      const { sample_period_s, sampled_metrics: sampled } = JSON.parse(out) as {
        readonly sample_period_s: number;
        readonly sampled_metrics: Readonly<Record<string, Readonly<Record<string, readonly number[]>>>>;
      };
      expect(sample_period_s).toBe(0.5);
      expect(Object.entries(sampled).map(([metric, of]) => [metric, Object.keys(of)])).toEqual([
        ["ready_queue_len", ["api"]],
        ["event_loop_io_sleep", ["api"]],
        ["ram_in_use", ["api"]],
        ["edge_concurrent_connection", ["internet", "uplink", "downlink"]],
      ]);
      const { ready_queue_len, event_loop_io_sleep, ram_in_use } = sampled as Record<
        string,
        { readonly api: readonly number[] }
      >;
      expect(ready_queue_len?.api).toHaveLength(10);
      for (let sample = 0; sample < 10; sample++) {
        // Every request inside holds 10 MB: those that wait, those in I/O, and at most one that computes.
        const computing =
          ram_in_use!.api[sample]! / 10 - ready_queue_len!.api[sample]! - event_loop_io_sleep!.api[sample]!;
        expect([0, 1]).toContain(computing);
      }
    });
  });

  test("main run --out writes results of one run as well, and --quiet prints nothing", async () => {
    await withSmallFiles(async ({ scenario, path }) => {
      expect(await outcomeOf("run", scenario, "--quiet", "--out", path("r"))).toEqual({ code: 0, out: "", err: "" });
      const results = await openResults(path("r"));
      expect(results.manifest).toMatchObject({ name: "small", replications: 1, points: 1 });
      // A run of a year: it is refused before it begins.
      const long = ["--set", "sim_settings.total_simulation_time=31536000"];
      const again = await outcomeOf("run", scenario, "--out", path("r"), ...long);
      expect(again).toMatchObject({ code: 2, out: "" });
      expect(again.err).toMatch(
        /: it must be empty: current value is complete results\n--overwrite replaces it, --out names another directory\n$/,
      );
      const replaced = await outcomeOf("run", scenario, "--out", path("r"), "--overwrite");
      expect(replaced).toMatchObject({
        code: 0,
        err: expect.stringMatching(/see loadstar check\nresults: .*\n$/) as string,
      });
    });
  });

  test("main run --out refuses a file in the way and a directory of others, and shows nothing", async () => {
    await withSmallFiles(async ({ scenario, directory, path }) => {
      for (const [place, found] of [
        [scenario, "a file"],
        [directory, '"scenario.yaml"'],
      ] as const) {
        const { code, out, err } = await outcomeOf("run", scenario, "--json", "--out", place);
        expect({ code, out }).toEqual({ code: 2, out: "" });
        expect(err).toMatch(/^error Cannot write results ".*": /);
        expect(err).toContain(`current value is ${found}`);
      }
      expect((await readdir(path("."))).toSorted()).toEqual(["scenario.yaml", "sweep.yaml"]);
    });
  });

  test("main run refuses a sweep of several points", async () => {
    await withSmallFiles(async ({ sweep }) => {
      expect(await outcomeOf("run", sweep)).toEqual({
        code: 2,
        out: "",
        err: `error run must be given one scenario: ${sweep} is a sweep of 2 points\nSee loadstar run --help\n`,
      });
    });
  });
});
