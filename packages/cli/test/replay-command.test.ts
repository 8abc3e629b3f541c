import { readFile, writeFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { outcomeOf } from "./recording-terminal.js";
import { withSmallFiles, type Place } from "./small-files.js";

interface Shown {
  readonly point_id: string;
  readonly replication: number;
  readonly is_confirmed: boolean;
  readonly metrics: Readonly<Record<string, number>>;
  readonly slowest: readonly Readonly<Record<string, number>>[];
}

async function withResults(work: (place: Place & { readonly results: string }) => Promise<void>): Promise<void> {
  await withSmallFiles(async (place) => {
    const results = place.path("r");
    await outcomeOf("sweep", place.sweep, "--quiet", "--out", results);
    await work({ ...place, results });
  });
}

describe("main replay", () => {
  test("main replay shows one run again, and where the time of its slowest requests went", async () => {
    await withResults(async ({ results, scenario }) => {
      const words = ["replay", results, "--point", "users=20", "--replication", "0", "--slowest", "3"];
      const { code, out, err } = await outcomeOf(...words);
      expect(code).toBe(0);
      expect(err).toBe("two-loads: users=20, replication 0, seed 7\nthe same as in the results, to the last bit\n");
      // What `run` shows of the same scenario and seed, but for the cells of its course.
      const run = await outcomeOf("run", scenario, "--seed", "7");
      const statistics = (text: string): string => text.slice(0, text.indexOf("Over 5 s"));
      expect(statistics(out)).toBe(statistics(run.out));
      const table = out.slice(out.indexOf("Slowest requests\n")).trimEnd().split("\n");
      expect(table[1]).toMatch(/^ *request +latency +network +RAM wait +CPU wait +CPU +I\/O +ended$/);
      expect(table.length).toBe(3 + 3);
      expect(table.slice(3).every((line) => line.includes("completed"))).toBe(true);
    });
  });

  test("main replay --worst picks the worst run of the results; --json tells all of it", async () => {
    await withResults(async ({ results }) => {
      const shown = async (...words: readonly string[]): Promise<Shown> => {
        const { code, out } = await outcomeOf("replay", results, "--json", "--quiet", ...words);
        expect(code).toBe(0);
        return JSON.parse(out) as Shown;
      };
      const worst = await shown("--worst", "latency_s_p95");
      expect(worst.is_confirmed).toBe(true);
      for (const point of ["users=20", "users=30"]) {
        for (const replication of ["0", "1", "2", "3"]) {
          const one = await shown("--point", point, "--replication", replication);
          expect(one.metrics["latency_s_p95"]).toBeLessThanOrEqual(worst.metrics["latency_s_p95"]!);
        }
      }
      expect(worst.slowest.length).toBe(20);
      for (const { latency_s, network_s, ram_wait_s, cpu_wait_s, cpu_s, io_s } of worst.slowest) {
        expect(network_s! + ram_wait_s! + cpu_wait_s! + cpu_s! + io_s!).toBeCloseTo(latency_s!, 9);
      }
      const { err } = await outcomeOf("replay", results, "--worst", "latency_s_p95");
      expect(err).toMatch(/^two-loads: users=\d+, replication \d, seed 7, the worst latency_s_p95: [\d.]+ ms\n/);
    });
  });

  test("main replay makes runs that the results do not have, and says so", async () => {
    await withResults(async ({ results }) => {
      const { code, err } = await outcomeOf("replay", results, "--point", "users=20", "--replication", "77");
      expect(code).toBe(0);
      expect(err).toContain("the results have no such run to compare\n");
    });
  });

  test("main replay writes a log and a trace, and replaces them only when asked", async () => {
    await withResults(async ({ results, path }) => {
      const run = ["replay", results, "--point", "users=30", "--replication", "1"];
      const words = [...run, "--events", path("log.ndjson"), "--trace", path("trace.json")];
      const { code, err } = await outcomeOf(...words);
      expect(code).toBe(0);
      expect(err).toContain(
        `events: ${path("log.ndjson")}\ntrace: ${path("trace.json")}  (open it at ui.perfetto.dev)\n`,
      );
      const [first] = (await readFile(path("log.ndjson"), "utf8")).split("\n", 1);
      expect(JSON.parse(first!)).toMatchObject({ request: 0, event: "generated", component: "users" });
      const trace = JSON.parse(await readFile(path("trace.json"), "utf8")) as { readonly traceEvents: unknown[] };
      expect(trace.traceEvents.length).toBeGreaterThan(100);

      const refused = await outcomeOf(...words);
      expect(refused).toMatchObject({ code: 2, out: "" });
      expect(refused.err).toContain(`--events must be a new file: ${path("log.ndjson")} is there`);
      await writeFile(path("log.ndjson"), "old");
      expect((await outcomeOf(...words, "--overwrite", "--quiet")).code).toBe(0);
      expect((await readFile(path("log.ndjson"), "utf8")).startsWith(`${first!}\n`)).toBe(true);
    });
  });

  test("main replay refuses runs that cannot be chosen, and options that make no sense", async () => {
    await withResults(async ({ results }) => {
      for (const [words, message] of [
        ["--point users=20", "replay must be given either --replication or --worst"],
        ["--replication 0 --worst latency_s_p95", "replay must be given either --replication or --worst"],
        ["--replication 0.5", "--replication must be an integer from 0 to 2147483647: current value is 0.5"],
        ["--replication 0 --slowest 0", "--slowest must be an integer from 1 to 1000: current value is 0"],
        ["--replication 0 --events x --trace x", "--events and --trace must be two files"],
        ["--replication 0", "a point must be named: current points are users=20, users=30"],
        ["--replication 0 --point users=200", 'current value is "users=200": did you mean users=20?'],
        ["--worst latency_s_p9", 'current value is "latency_s_p9": did you mean latency_s_p9'],
        ["--worst latency_s_p95 --worst latency_s_p99", "--worst must be given once"],
      ] as const) {
        const { code, out, err } = await outcomeOf("replay", results, ...words.split(" "));
        expect([words, code, out]).toEqual([words, 2, ""]);
        expect(err).toContain(message);
      }
    });
  });

  test("main replay refuses what is no results directory", async () => {
    await withSmallFiles(async ({ directory }) => {
      const { code, err } = await outcomeOf("replay", directory, "--replication", "0");
      expect(code).toBe(2);
      expect(err).toContain("it must hold a manifest.json");
    });
  });
});
