import { readdir, readFile, writeFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { outcomeOf } from "./recording-terminal.js";
import { SWEEP, withSmallFiles } from "./small-files.js";

/** How long a request computes and where its answer goes: one matters, the memory never does. */
const RANGES = `name: what-matters
scenario: scenario.yaml
seed: 7
replications: 4
design: random
samples: 2
parameters:
  cpu_s: { path: "topology_graph.nodes.servers[api].endpoints[0].steps[1].cpu_s.mean", range: [0.01, 0.04] }
  ram_mb: { path: "topology_graph.nodes.servers[api].server_resources.ram_mb", range: [1024, 4096], integer: true }
`;

const SOBOL = ["--metric", "latency_s_mean", "--samples", "16", "-j", "1"];

describe("main sensitivity", () => {
  test("main sensitivity shows the shares of the parameters and of luck", async () => {
    await withSmallFiles(
      async ({ sweep }) => {
        const { code, out, err } = await outcomeOf("sensitivity", sweep, ...SOBOL);
        expect(code).toBe(0);
        expect(out).toMatch(
          /^latency_s_mean · mean [\d.]+ ms \[[\d., ]+\] · standard deviation [\d.]+ ms\nfactor +with/,
        );
        expect(out).toMatch(/\n\(seed\) +[\d.]+ % /);
        expect(out).toMatch(/\nram_mb +0 % {2}\[0, 0\] +0 % {2}\[0, 0\] +no_effect\n/);
        expect(err).toMatch(
          /^what-matters: sobol over 2 parameters and the seed, 80 runs at 64 points on 1 threads, seed 7\n/,
        );
        expect(err).toMatch(/\n[\d,]+ events in [\d.]+ s; each interval holds by itself\n$/);
      },
      { sweep: RANGES },
    );
  });

  test.each([
    ["morris", 16 * 4, "mu*"],
    ["tornado", 4 * 5, "░ at the low value"],
  ])("main sensitivity --method %s has its own number of runs and its own table", async (method, runs, words) => {
    await withSmallFiles(
      async ({ sweep }) => {
        const options = ["--metric", "latency_s_mean", "--method", method, "-j", "1"];
        const { code, out, err } = await outcomeOf("sensitivity", sweep, ...options);
        expect(code).toBe(0);
        expect(out).toContain(words);
        expect(err).toContain(` ${runs} runs at `);
      },
      { sweep: RANGES },
    );
  });

  test("main sensitivity --json prints the same bytes on every number of threads, and --out writes them", async () => {
    await withSmallFiles(
      async ({ sweep, path, directory }) => {
        const words = ["sensitivity", sweep, ...SOBOL, "--metric", "throughput_per_s", "--confidence", "0.9", "--json"];
        const file = path("new/found.json");
        const { code, out, err } = await outcomeOf(...words, "--out", file);
        expect(code).toBe(0);
        expect(err).toContain(`numbers: ${file}\n`);
        expect(await readFile(file, "utf8")).toBe(out);
        expect(await readdir(path("new"))).toEqual(["found.json"]);
        expect((await readdir(directory)).toSorted()).toEqual(["new", "scenario.yaml", "sweep.yaml"]);
        expect(await outcomeOf(...words.with(words.indexOf("1"), "3"), "--quiet")).toEqual({ code: 0, out, err: "" });
        const found = JSON.parse(out) as Readonly<Record<string, unknown>>;
        expect(found).toMatchObject({
          name: "what-matters",
          method: "sobol",
          seed: 7,
          confidence: 0.9,
          points: 64,
          runs: 80,
          outcomes: { completed: 80, truncated: 0, failed: 0 },
          metrics: [
            {
              metric: "latency_s_mean",
              unit: "s",
              n_missing: 0,
              factors: [
                { factor: "cpu_s", is_seed: false, first: { confidence: 0.9 } },
                { factor: "ram_mb", total: { estimate: 0, flags: ["no_effect"] } },
                { factor: "seed", is_seed: true },
              ],
            },
            { metric: "throughput_per_s", unit: "1/s" },
          ],
        });
      },
      { sweep: RANGES },
    );
  });

  test("main sensitivity gives no numbers where runs have no value, and ends with 11", async () => {
    await withSmallFiles(
      async ({ sweep }) => {
        const words = ["--param", "cpu_s=0.01", "--set", "rqs_input.avg_active_users.mean=0.1"];
        const { code, out, err } = await outcomeOf("sensitivity", sweep, ...SOBOL, ...words);
        expect({ code, out }).toEqual({ code: 11, out: "" });
        expect(err).toMatch(
          /\nno answer for latency_s_mean: \d+ of \d+ runs gave no value: narrow the ranges, or choose a metric that every run has\n/,
        );
      },
      { sweep: RANGES },
    );
  });

  test("main sensitivity does not replace a file without being asked to", async () => {
    await withSmallFiles(
      async ({ sweep, path, directory }) => {
        const file = path("found.json");
        await writeFile(file, "mine");
        const words = ["sensitivity", sweep, ...SOBOL, "--quiet", "--out"];
        const refused = await outcomeOf(...words, file);
        expect(refused.code).toBe(2);
        expect(refused.err).toContain(`--out must be a new file: ${file} is there, replace it with --overwrite\n`);
        expect(await readFile(file, "utf8")).toBe("mine");
        expect((await outcomeOf(...words, directory)).err).toContain(
          `--out must be a file: ${directory} is a directory\n`,
        );
        expect((await outcomeOf(...words, path("found.json/below.json"))).err).toContain(
          `Cannot write file "${path("found.json/below.json")}": every parent of the path must be a directory`,
        );
        expect(await outcomeOf(...words, file, "--overwrite")).toEqual({ code: 0, out: "", err: "" });
        expect(await readFile(file, "utf8")).toContain('"method": "sobol"');
      },
      { sweep: RANGES },
    );
  });

  test.each([
    [["--metric", "latency_s_maen"], "metric: no metric has the name latency_s_maen: did you mean latency_s_mean?"],
    [[], "Missing required argument: metric"],
    [
      ["--metric", "error_ratio", "--samples", "100"],
      "samples must be a power of two >= 16 for sobol: current value is 100",
    ],
    [["--metric", "error_ratio", "--samples", "0"], "--samples must be an integer >= 1: current value is 0"],
    [["--metric", "error_ratio", "--method", "guess"], "Invalid values:"],
    [["--metric", "error_ratio", "--method", "morris", "--method", "sobol"], "--method must be given once"],
    [["--metric", "error_ratio", "--confidence", "95"], "--confidence must be > 0 and < 1: current value is 95"],
    [["--metric", "error_ratio", "-n", "3"], "Unknown option -n"],
  ])("main sensitivity refuses %j", async (words, message) => {
    await withSmallFiles(async ({ sweep }) => {
      const { code, out, err } = await outcomeOf("sensitivity", sweep, ...words);
      expect({ code, out }).toEqual({ code: 2, out: "" });
      expect(err).toContain(message);
    });
  });

  test("main sensitivity takes the values of a grid for what may vary", async () => {
    await withSmallFiles(
      async ({ sweep }) => {
        const { code, out } = await outcomeOf(
          "sensitivity",
          sweep,
          "--metric",
          "throughput_per_s",
          "--method",
          "tornado",
        );
        expect(code).toBe(0);
        expect(out).toMatch(/\nusers +20 +[-\d.]+\/s +\[.*\] +30 +/);
      },
      { sweep: SWEEP },
    );
  });
});
