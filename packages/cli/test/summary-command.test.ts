import { appendFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { outcomeOf } from "./recording-terminal.js";
import { withSmallFiles } from "./small-files.js";

describe("main summary", () => {
  test("main summary shows again what the sweep showed, as text and as JSON", async () => {
    await withSmallFiles(async ({ sweep, path }) => {
      const first = await outcomeOf("sweep", sweep, "--out", path("r"));
      expect(await outcomeOf("summary", path("r"))).toEqual({ code: 0, out: first.out, err: "" });
      const json = await outcomeOf("sweep", sweep, "--out", path("r"), "--overwrite", "--json", "--quiet");
      expect(await outcomeOf("summary", path("r"), "--json")).toEqual(json);
    });
  });

  test("main summary --metric shows what the patterns name, the completed replications too", async () => {
    await withSmallFiles(async ({ sweep, path }) => {
      await outcomeOf("sweep", sweep, "--quiet", "--out", path("r"));
      const { out } = await outcomeOf(
        "summary",
        path("r"),
        "--metric",
        "api.ready_*",
        "--metric",
        "replication_completed_ratio",
      );
      for (const part of ["api.ready_queue_mean", "api.ready_queue_max", "replication_completed_ratio"]) {
        expect(out).toContain(part);
      }
      expect(out).not.toContain("latency_s_p95");
      const json = await outcomeOf("summary", path("r"), "--json", "--metric", "latency_s_p9*");
      const { points } = JSON.parse(json.out) as { readonly points: readonly { readonly metrics: object }[] };
      const names = ["latency_s_p90", "latency_s_p95", "latency_s_p99", "latency_s_p999"];
      expect(points.map(({ metrics }) => Object.keys(metrics))).toEqual([names, names]);
    });
  });

  test("main summary --series draws the usual series of each point, or those that are named", async () => {
    await withSmallFiles(async ({ sweep, path }) => {
      await outcomeOf("sweep", sweep, "--quiet", "--out", path("r"));
      const usual = await outcomeOf("summary", path("r"), "--series");
      expect([usual.code, usual.err]).toEqual([0, ""]);
      const headings = usual.out.split("\n").filter((line) => line.startsWith("users"));
      expect(headings.map((line) => /^users +(\S+) over 5 s/.exec(line)?.[1])).toEqual([
        "throughput_per_s",
        "latency_s_mean",
        "in_flight_mean",
      ]);
      expect(usual.out.match(/^ +(20|30) +[▁-█ ]+ /gm)).toHaveLength(6);
      const named = await outcomeOf("summary", path("r"), "--series", "api.ready_*");
      expect(named.out.match(/over 5 s/g)).toHaveLength(1);
      expect(named.out).toContain("api.ready_queue_mean over 5 s");
      const wrong = await outcomeOf("summary", path("r"), "--series", "nix");
      expect([wrong.code, wrong.err]).toEqual([2, expect.stringContaining("--series must match a series")]);
      const json = await outcomeOf("summary", path("r"), "--series", "--json");
      expect([json.code, json.err]).toEqual([2, expect.stringContaining("--series must not come with --json")]);
    });
  });

  test.each([
    ["as text", []],
    ["as JSON", ["--json"]],
  ])("main summary refuses a metric that matches nothing, %s", async (_form, words) => {
    await withSmallFiles(async ({ sweep, path }) => {
      await outcomeOf("sweep", sweep, "--quiet", "--out", path("r"));
      expect(await outcomeOf("summary", path("r"), "--metric", "latncy*", ...words)).toEqual({
        code: 2,
        out: "",
        err: "error --metric must match a metric of the results: current value is latncy*\nSee loadstar summary --help\n",
      });
    });
  });

  test("main summary refuses what is no results directory, and results that were changed", async () => {
    await withSmallFiles(async ({ sweep, directory, path }) => {
      await outcomeOf("sweep", sweep, "--quiet", "--out", path("r"));
      await appendFile(path("r/summary.arrow"), "x");
      const cases = [
        [path("missing"), "the path must exist: current value is ENOENT"],
        [path("sweep.yaml"), "it must be a directory: current value is a file"],
        [directory, "it must hold a manifest.json, which is written last"],
        [path("r"), "bytes of the manifest: current value is"],
      ] as const;
      for (const [place, rule] of cases) {
        const { code, out, err } = await outcomeOf("summary", place);
        expect({ code, out }).toEqual({ code: 2, out: "" });
        expect(err).toMatch(/^error Cannot read results "/);
        expect(err).toContain(rule);
      }
    });
  });
});
