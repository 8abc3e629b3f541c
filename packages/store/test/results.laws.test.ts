import { readFile } from "node:fs/promises";
import { join } from "node:path";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createResults, openResults, type Points } from "../src/index.js";
import { completedRuns, HOSTILE_IDS, METRICS, writeSampleResults } from "./sample-results.js";
import { inTemporaryDirectory } from "./temporary-directory.js";

const TOTAL = 9000;

describe("results", () => {
  test("openRuns: any sequence of append sizes gives the same bytes", async () => {
    await inTemporaryDirectory(async (directory) => {
      const expected = await runsBytes(join(directory, "whole"), [TOTAL]);
      const sizes = fc.array(fc.oneof(fc.integer({ min: 0, max: 10 }), fc.integer({ min: 1000, max: 5000 })), {
        maxLength: 12,
      });
      let index = 0;
      await fc.assert(
        fc.asyncProperty(sizes, async (pieces) => {
          expect((await runsBytes(join(directory, `r${index++}`), pieces)).equals(expected)).toBe(true);
        }),
        { seed: 20_261_121, numRuns: 12 },
      );
    });
  });

  test("createResults: equal input gives equal bytes in every table, whatever the directory", async () => {
    await inTemporaryDirectory(async (directory) => {
      await writeSampleResults(join(directory, "one"));
      await writeSampleResults(join(directory, "another name"));
      const [one, another] = [
        await openResults(join(directory, "one")),
        await openResults(join(directory, "another name")),
      ];
      expect(one.manifest.files).toHaveLength(6);
      expect(one.manifest).toEqual(another.manifest);
    });
  });

  test("readPoints gives back what writePoints was given", async () => {
    const text = fc.oneof(fc.string({ unit: "binary" }), fc.constantFrom(...HOSTILE_IDS));
    const value = fc.record({
      number: fc.option(fc.double()),
      string: fc.option(text),
      boolean: fc.option(fc.boolean()),
    });
    const parameters = [
      { name: "number", type: "number", unit: "s", description: "A number" },
      { name: "<b>string</b>", type: "string", unit: "none", description: "A text" },
      { name: "boolean", type: "boolean", unit: "none", description: "A switch" },
    ] as const;
    const rows = fc.uniqueArray(fc.tuple(text, value), { selector: ([id]) => id, maxLength: 40 });
    await inTemporaryDirectory(async (directory) => {
      let index = 0;
      await fc.assert(
        fc.asyncProperty(rows, async (entries) => {
          const points: Points = {
            parameters,
            rows: entries.map(([point_id, { number, string, boolean }]) => ({
              point_id,
              values: [number, string, boolean],
            })),
          };
          const path = join(directory, `r${index++}`);
          const writer = await createResults(path, { mode: "new", study: {} });
          await writer.writePoints(points);
          await writer.finish({});
          expect(await (await openResults(path)).readPoints()).toEqual(points);
        }),
        { seed: 7, numRuns: 40 },
      );
    });
  });
});

/** The bytes of `runs.arrow` with TOTAL replications of one point, appended in pieces; the rest as one. */
async function runsBytes(path: string, pieces: readonly number[]): Promise<Buffer> {
  const writer = await createResults(path, { mode: "new", study: {} });
  await writer.writePoints({ parameters: [], rows: [{ point_id: "p0", values: [] }] });
  const runs = await writer.openRuns(METRICS);
  let first = 0;
  for (const size of [...pieces, TOTAL]) {
    const count = Math.min(size, TOTAL - first);
    await runs.append(completedRuns("p0", first, count));
    first += count;
  }
  await runs.close();
  await writer.finish({});
  return await readFile(join(path, "runs.arrow"));
}
