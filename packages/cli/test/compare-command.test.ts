import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { outcomeOf } from "./recording-terminal.js";
import { withSmallFiles, type Place } from "./small-files.js";

const CPU = "topology_graph.nodes.servers[api].endpoints[0].steps[1].cpu_s.mean";

/** Two results of the small sweep, the second with other words. */
async function twoResults({ sweep, path }: Place, ...words: readonly string[]): Promise<readonly [string, string]> {
  const common = ["sweep", sweep, "-q", "-j", "1", "-n", "20"];
  await outcomeOf(...common, "--out", path("a"));
  await outcomeOf(...common, "--out", path("b"), ...words);
  return [path("a"), path("b")];
}

describe("main compare", () => {
  test("main compare of the same results says so and ends with 0", async () => {
    await withSmallFiles(async (place) => {
      const results = await twoResults(place);
      expect(await outcomeOf("compare", ...results)).toEqual({
        code: 0,
        out: "",
        err: "identical all tables have the same digests\n",
      });
    });
  });

  test("main compare calls nothing identical that it has not read: a table that was changed is named", async () => {
    await withSmallFiles(async (place) => {
      const [base, next] = await twoResults(place);
      const file = join(next, "summary.arrow");
      const bytes = await readFile(file);
      bytes[bytes.length >> 1]! ^= 4;
      await writeFile(file, bytes);
      const { code, out, err } = await outcomeOf("compare", base, next);
      expect({ code, out }).toEqual({ code: 2, out: "" });
      expect(err).toMatch(/^error Cannot read results ".*summary\.arrow": its SHA-256 must be that of the manifest/);
    });
  });

  test("main compare shows what is worse, ends with 10, and turned round with 0", async () => {
    await withSmallFiles(async (place) => {
      const [base, next] = await twoResults(place, "--set", `${CPU}=0.026`);
      const { code, out, err } = await outcomeOf("compare", base, next, "--metric", "latency_s_p95");
      expect(code).toBe(10);
      expect(out).toMatch(/^latency_s_p95\nusers +verdict +base +new +difference +90 % interval\n/);
      expect(out).toMatch(/\n +20 +WORSE +[\d.]+ ms +[\d.]+ ms +[\d.]+ m?s +\[/);
      expect(err).toMatch(/^common random numbers: paired by replication, variance reduction [\d.e+]+ \(median\)\n/);
      expect(err).toContain("worse 2  (2 comparisons, claimed differences together 95 % sure)\n");
      const turned = await outcomeOf("compare", next, base, "--metric", "latency_s_p95");
      expect(turned).toMatchObject({ code: 0, err: expect.stringContaining("better 2") as string });
    });
  });

  test("main compare --margin ends with 11 where something stays open, and --all shows it", async () => {
    await withSmallFiles(async (place) => {
      const [base, next] = await twoResults(place, "--seed", "8");
      const words = ["compare", base, next, "--metric", "latency_s_p99", "--margin", "0.0001"];
      const { code, out, err } = await outcomeOf(...words);
      expect({ code, out }).toEqual({ code: 11, out: "" });
      expect(err).toContain("independent random numbers: other seeds, nothing is paired\n");
      expect((await outcomeOf(...words, "--all")).out).toContain("undecided");
    });
  });

  test("main compare --json prints every comparison", async () => {
    await withSmallFiles(async (place) => {
      const [base, next] = await twoResults(place, "--set", `${CPU}=0.026`);
      const { out } = await outcomeOf("compare", base, next, "--json");
      const { identical, rows } = JSON.parse(out) as { identical: boolean; rows: readonly Record<string, unknown>[] };
      expect(identical).toBe(false);
      expect(rows.length).toBeGreaterThan(60);
      expect(rows.find(({ metric }) => metric === "api.cpu_utilization_ratio")).toMatchObject({
        point_id: "users=20",
        unit: "ratio",
        verdict: "changed",
        difference: { method: expect.stringMatching(/^paired_/) as string, n: 20, confidence: 0.9 },
      });
    });
  });

  test.each([
    [["--metric", "nothing_*"], "--metric must match a metric of both results: current value is nothing_*"],
    [["--confidence", "0.5"], "--confidence must be > 0.5 and < 1: current value is 0.5"],
    [["--margin", "0"], "--margin must be > 0: current value is 0"],
    [["--margin", "1", "--margin", "2"], "--margin must be given once"],
  ])("main compare refuses %j", async (words, message) => {
    await withSmallFiles(async (place) => {
      const { code, err } = await outcomeOf("compare", ...(await twoResults(place, "--seed", "8")), ...words);
      expect(code).toBe(2);
      expect(err).toContain(message);
    });
  });

  test("main compare refuses what holds no results", async () => {
    await withSmallFiles(async ({ directory, path }) => {
      const { code, err } = await outcomeOf("compare", directory, path("missing"));
      expect(code).toBe(2);
      expect(err).toContain("it must hold a manifest.json");
    });
  });
});
