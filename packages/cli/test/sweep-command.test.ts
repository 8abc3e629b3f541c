import { mkdir, readdir, writeFile } from "node:fs/promises";
import { openResults, type SummaryRow } from "@loadstar/store";
import { describe, expect, test } from "vitest";
import { outcomeOf } from "./recording-terminal.js";
import { SCENARIO, withSmallFiles } from "./small-files.js";

describe("main sweep", () => {
  test("main sweep writes results, shows a summary on stdout and everything about it on stderr", async () => {
    await withSmallFiles(async ({ sweep, path }) => {
      const { code, out, err } = await outcomeOf("sweep", sweep, "--out", path("r"), "--threads", "2");
      expect(code).toBe(0);
      const [headline, ...lines] = err.trimEnd().split("\n");
      expect(headline).toBe("two-loads: 2 points x 4 replications = 8 runs on 2 threads, seed 7");
      expect(lines.at(-2)).toMatch(/^[\d,]+ events in \d+\.\d s$/);
      expect(lines.at(-1)).toBe(
        `results: ${path("r")}  (points, runs, summary, series, histograms .arrow, manifest.json)`,
      );
      for (const part of ["latency_s_p95", "throughput_per_s", "api.cpu_utilization_ratio", "95 % interval"]) {
        expect(out).toContain(part);
      }
      await (await openResults(path("r"))).verifyDigests();
    });
  });

  test("main sweep --json prints points with parameters, metrics and objectives", async () => {
    await withSmallFiles(async ({ sweep, path }) => {
      const { code, out } = await outcomeOf("sweep", sweep, "--json", "--out", path("r"), "-j", "1");
      expect(code).toBe(0);
      const { points, ...more } = JSON.parse(out) as { readonly points: readonly Record<string, unknown>[] };
      expect(more).toEqual({});
      expect(points.map(({ point_id, parameters, objectives }) => ({ point_id, parameters, objectives }))).toEqual([
        { point_id: "users=20", parameters: { users: 20 }, objectives: [] },
        { point_id: "users=30", parameters: { users: 30 }, objectives: [] },
      ]);
      const rows = await (await openResults(path("r"))).readSummary();
      for (const { point_id, metrics, ...rest } of points) {
        expect(Object.keys(rest).toSorted()).toEqual(["objectives", "parameters"]);
        const ofPoint = rows.filter((row) => row.point_id === point_id);
        const fields = (row: SummaryRow): object => {
          const { estimate, ci_low, ci_high, std_error, n, n_failed, method } = row;
          return { estimate, ci_low, ci_high, std_error, n, n_failed, method };
        };
        const expected = ofPoint
          .filter(({ estimand }) => estimand === "mean")
          .map((row) => {
            const requests = ofPoint.find(
              ({ metric, estimand }) => metric === row.metric && estimand.startsWith("request_quantile_"),
            );
            return [
              row.metric,
              { ...fields(row), ...(requests === undefined ? {} : { of_requests: fields(requests) }) },
            ];
          });
        expect(metrics).toEqual(Object.fromEntries(expected));
        expect(metrics).toHaveProperty("latency_s_p99.of_requests.estimate");
      }
    });
  });

  test("main sweep takes --param by name and by path, --set, --seed, --replications and --metric", async () => {
    await withSmallFiles(async ({ sweep, path }) => {
      const cores = "topology_graph.nodes.servers[api].server_resources.cpu_cores";
      const words = ["--param", "users=10", "--param", `${cores}=1,2`, "--set", "sim_settings.total_simulation_time=2"];
      const more = ["--seed", "0", "-n", "2", "--metric", "latency_s_*", "--metric", "error_ratio"];
      const { code, out } = await outcomeOf("sweep", sweep, "--json", "--out", path("r"), ...words, ...more);
      expect(code).toBe(0);
      const { points } = JSON.parse(out) as { readonly points: readonly { readonly metrics: object }[] };
      expect(points).toMatchObject([
        { parameters: { users: 10, [cores]: 1 } },
        { parameters: { users: 10, [cores]: 2 } },
      ]);
      const names = Object.keys(points[0]!.metrics);
      expect(names).toContain("error_ratio");
      expect(names.every((name) => name === "error_ratio" || name.startsWith("latency_s_"))).toBe(true);
      const { manifest } = await openResults(path("r"));
      expect(manifest).toMatchObject({
        seed: 0,
        replications: 2,
        scenario: { sim_settings: { total_simulation_time: 2 } },
      });
    });
  });

  test("main sweep shows what was kept where that is none of the usual metrics", async () => {
    await withSmallFiles(async ({ sweep, path }) => {
      const { out, err } = await outcomeOf("sweep", sweep, "--out", path("r"), "--metric", "*.ready_queue_mean");
      expect(out).toContain("api.ready_queue_mean");
      expect(err).not.toContain("left out");
    });
  });

  test("main sweep says what it leaves out where there are too many metrics to keep them all", async () => {
    const spare = Array.from({ length: 12 }, (_, index) => {
      const endpoint = "{ endpoint_name: /spare, steps: [{ cpu_s: 1 }] }";
      return `      - { id: spare-${index}, endpoints: [${endpoint}] }\n`;
    });
    await withSmallFiles(
      async ({ sweep, path }) => {
        const { err } = await outcomeOf("sweep", sweep, "--out", path("r"));
        expect(err).toMatch(/^metrics of single components are left out \(204\): choose with metrics: or --metric$/m);
        const { out } = await outcomeOf("summary", path("r"));
        expect(out).toContain("latency_s_p95");
        expect(out).not.toContain("api.");
      },
      { scenario: SCENARIO.replace("  edges:\n", `${spare.join("")}  edges:\n`) },
    );
  });

  test("main sweep --quiet prints nothing, and --json --quiet only JSON", async () => {
    await withSmallFiles(async ({ sweep, path }) => {
      expect(await outcomeOf("sweep", sweep, "--quiet", "--out", path("a"))).toEqual({ code: 0, out: "", err: "" });
      const { out, err } = await outcomeOf("sweep", sweep, "-q", "--json", "--out", path("b"));
      expect(err).toBe("");
      expect(JSON.parse(out)).toHaveProperty("points");
    });
  });

  test("main sweep counts truncated runs on stderr, also when quiet, with exit code 0", async () => {
    await withSmallFiles(async ({ sweep, path }) => {
      const words = ["--set", "sim_settings.max_live_requests=1", "--quiet", "--json"];
      const { code, out, err } = await outcomeOf("sweep", sweep, "--out", path("r"), ...words);
      expect({ code, err }).toEqual({
        code: 0,
        err: "truncated 8 runs: a budget ended them, see reason in runs.arrow\n",
      });
      expect(JSON.parse(out)).toMatchObject({
        points: [{ metrics: { latency_s_mean: { estimate: null, ci_low: null, n: 0, n_failed: 4 } } }, {}],
      });
    });
  });

  test("main sweep refuses a directory that is not empty, not Loadstar's or not writable, and writes nothing", async () => {
    await withSmallFiles(async ({ sweep, path, directory }) => {
      await mkdir(path("full"));
      await writeFile(path("full/thesis.tex"), "mine");
      const before = (await readdir(directory, { recursive: true })).toSorted();
      const cases = [
        [
          path("full"),
          [],
          'it must be empty or hold what Loadstar made and nothing else: current value is "thesis.tex"',
        ],
        [path("full"), ["--overwrite"], "it must be empty or hold what Loadstar made and nothing else"],
        [path("sweep.yaml"), ["--overwrite"], "it must be a directory: current value is a file"],
        [path("sweep.yaml/r"), [], "every parent of the path must be a directory: current value is ENOTDIR"],
        ["/proc/loadstar/r", [], "current value is E"],
      ] as const;
      for (const [out, words, rule] of cases) {
        const outcome = await outcomeOf("sweep", sweep, "--quiet", "--out", out, ...words);
        expect(outcome).toMatchObject({ code: 2, out: "" });
        expect(outcome.err).toContain(`error Cannot write results "${out}": `);
        expect(outcome.err).toContain(rule);
      }
      expect((await readdir(directory, { recursive: true })).toSorted()).toEqual(before);
    });
  });

  test("main sweep --overwrite replaces earlier results", async () => {
    await withSmallFiles(async ({ sweep, path }) => {
      await outcomeOf("sweep", sweep, "-q", "--out", path("r"));
      const { code } = await outcomeOf("sweep", sweep, "-q", "--out", path("r"), "--overwrite", "-n", "2");
      expect(code).toBe(0);
      expect((await openResults(path("r"))).manifest["replications"]).toBe(2);
    });
  });
});
