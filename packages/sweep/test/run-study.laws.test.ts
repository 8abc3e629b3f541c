import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { createSimulation, runPrepared } from "@loadstar/engine";
import type { Results } from "@loadstar/store";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { resultsOf, valuesOf } from "./finished-study.js";
import { SCENARIO, studyOf, SWEEP } from "./small-study.js";
import { inTemporaryDirectory } from "./temporary-directory.js";

describe("runStudy", () => {
  test("runStudy writes the same bytes for every number of threads, and again", async () => {
    const options = fc.record({
      seed: fc.maxSafeNat(),
      replications: fc.integer({ min: 1, max: 40 }),
    });
    await fc.assert(
      fc.asyncProperty(options, async (overrides) => {
        await inTemporaryDirectory(async (directory) => {
          const study = await studyOf(directory, overrides);
          const bytes = async (threads: number, name: string): Promise<ReadonlyMap<string, string>> => {
            await resultsOf(study, { directory: join(directory, name), threads });
            return await tableBytes(join(directory, name));
          };
          const one = await bytes(1, "one");
          expect([...one.keys()]).toEqual([
            "histograms.arrow",
            "points.arrow",
            "runs.arrow",
            "series.arrow",
            "summary.arrow",
          ]);
          expect(await bytes(2, "two")).toEqual(one);
          expect(await bytes(2, "two again")).toEqual(one);
          expect(await bytes(4, "four")).toEqual(one);
        });
      }),
      { seed: 20_261_121, numRuns: 2 },
    );
  });

  test("runStudy with another seed writes other bytes", async () => {
    await inTemporaryDirectory(async (directory) => {
      await resultsOf(await studyOf(directory, { seed: 1 }), { directory: join(directory, "a") });
      await resultsOf(await studyOf(directory, { seed: 2 }), { directory: join(directory, "b") });
      const [a, b] = [await tableBytes(join(directory, "a")), await tableBytes(join(directory, "b"))];
      expect([...a.keys()].filter((file) => a.get(file) === b.get(file))).toEqual(["points.arrow"]);
    });
  });

  test("runStudy: a point more, before or between the others, changes no number of the others", async () => {
    await inTemporaryDirectory(async (directory) => {
      const few = await resultsOf(await studyOf(directory), { directory: join(directory, "few") });
      const sweep = SWEEP.replace("[20, 30]", "[10, 20, 25, 30]");
      const many = await resultsOf(await studyOf(directory, { sweep }), {
        directory: join(directory, "many"),
        threads: 2,
      });
      for (const point_id of ["users=20", "users=30"]) {
        expect(await numbersOf(many, point_id)).toEqual(await numbersOf(few, point_id));
      }
    });
  });

  test("runStudy: a server that nobody uses changes no number of the rest of the system", async () => {
    const spare = `      - id: spare
        endpoints: [{ endpoint_name: /spare, steps: [{ cpu_s: { distribution: exponential, mean: 1 } }] }]
`;
    await inTemporaryDirectory(async (directory) => {
      const without = await resultsOf(await studyOf(directory), { directory: join(directory, "without") });
      const scenario = SCENARIO.replace("  edges:\n", `${spare}  edges:\n`);
      const study = await studyOf(directory, { scenario });
      expect(study.points[0]?.plan.servers).toHaveLength(2);
      const beside = await resultsOf(study, { directory: join(directory, "with") });
      const expected = await numbersOf(without, "users=20");
      const found = Object.entries(await numbersOf(beside, "users=20"));
      expect(Object.fromEntries(found.filter(([name]) => !name.startsWith("spare.")))).toEqual(expected);
      expect(found.length).toBeGreaterThan(Object.keys(expected).length);
    });
  });

  test("runStudy: a replication alone equals the same replication in the batch, and fewer of them are the first ones", async () => {
    await inTemporaryDirectory(async (directory) => {
      const study = await studyOf(directory);
      const results = await resultsOf(study, { directory: join(directory, "six"), threads: 2 });
      const batch = await valuesOf(results, "users=30");
      const simulation = createSimulation(study.points[1]!.plan);
      for (const replication of [5, 0, 3]) {
        const alone = runPrepared(simulation, study.seed, replication);
        expect(Object.values(batch).map((values) => values[replication])).toEqual(Array.from(alone.metrics));
      }
      const fewer = await studyOf(directory, { replications: 2 });
      const two = await valuesOf(await resultsOf(fewer, { directory: join(directory, "two") }), "users=30");
      expect(two).toEqual(
        Object.fromEntries(Object.entries(batch).map(([name, values]) => [name, values.slice(0, 2)])),
      );
    });
  });
});

/** The bytes of every table, as text that can be compared. */
async function tableBytes(directory: string): Promise<ReadonlyMap<string, string>> {
  const files = (await readdir(directory)).filter((file) => file.endsWith(".arrow")).toSorted();
  const bytes = new Map<string, string>();
  for (const file of files) bytes.set(file, await readFile(join(directory, file), "latin1"));
  return bytes;
}

/** All that the tables say of one point, by metric: runs, summary, series and histogram. */
async function numbersOf(results: Results, point_id: string): Promise<Readonly<Record<string, readonly unknown[]>>> {
  const numbers: Record<string, unknown[]> = {};
  const add = (metric: string, value: unknown): void => void (numbers[metric] ??= []).push(value);
  for (const [metric, values] of Object.entries(await valuesOf(results, point_id))) add(metric, values);
  for (const row of await results.readSummary()) if (row.point_id === point_id) add(row.metric, row);
  for await (const series of results.readSeries({ point_id })) add(series.metric, series);
  for await (const histogram of results.readHistograms({ point_id })) add(histogram.metric, histogram);
  return numbers;
}
