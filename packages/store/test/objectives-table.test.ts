import { createHash } from "node:crypto";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { createResults, openResults, ResultsError, type ObjectiveRow, type ResultsWriter } from "../src/index.js";
import { OBJECTIVES, POINTS, writeSampleResults } from "./sample-results.js";
import { inTemporaryDirectory } from "./temporary-directory.js";

describe("objectives.arrow", () => {
  test("readObjectives gives back what writeObjectives was given, over several batches", async () => {
    await inTemporaryDirectory(async (directory) => {
      const rows = Array.from({ length: 5000 }, (_, k): ObjectiveRow => ({
        ...(OBJECTIVES[k % OBJECTIVES.length] as ObjectiveRow),
        objective: `objective ${k}`,
        estimate: k === 7 ? Number.NEGATIVE_INFINITY : k,
        n_needed: k === 8 ? Number.NaN : 1e9 * k,
      }));
      const writer = await started(directory);
      await writer.writeObjectives(rows);
      await writer.finish({});
      expect(await (await openResults(join(directory, "r"))).readObjectives()).toEqual(rows);
    });
  });

  test("readObjectives refuses a directory without them, which reads as before", async () => {
    await inTemporaryDirectory(async (directory) => {
      const writer = await started(directory);
      await (await writer.openSummary()).close();
      await writer.finish({});
      expect(await readdir(join(directory, "r"))).toEqual(["manifest.json", "points.arrow", "summary.arrow"]);
      const results = await openResults(join(directory, "r"));
      expect(results.has("objectives")).toBe(false);
      expect((await results.readPoints()).rows).toEqual(POINTS.rows);
      await results.verifyDigests();
      await expect(results.readObjectives()).rejects.toThrow(ResultsError);
      await expect(results.readObjectives()).rejects.toThrow(/the manifest must list objectives.arrow/);
    });
  });

  test("writeObjectives refuses points, sides, verdicts and flags that are none, and comes after the points", async () => {
    const [row] = OBJECTIVES;
    const cases = [
      [{ ...row, point_id: "p9" }, /column "point_id": .* current value is "p9"/],
      [{ ...row, side: "beside" }, /column "side": .* current value is "beside"/],
      [{ ...row, verdict: "passed" }, /column "verdict": .* current value is "passed"/],
      [{ ...row, n_needed: null }, /column "n_needed": a cell must be a number: current value is null/],
      [{ ...row, n: 0.5 }, /column "n": a cell must be a signed 32-bit integer: current value is 0.5/],
      [{ ...row, flags: ["a,b"] }, /Cannot write objectives: a flag must be a word: current value is "a,b"/],
      [{ ...row, flags: [""] }, /Cannot write objectives: a flag must be a word: current value is ""/],
    ] as const;
    await inTemporaryDirectory(async (directory) => {
      for (const [foreign, message] of cases) {
        const writer = await started(directory);
        await expect(writer.writeObjectives([foreign as unknown as ObjectiveRow])).rejects.toThrow(message);
        await writer.discard();
      }
      const writer = await createResults(join(directory, "r"), { mode: "new", study: {} });
      await expect(writer.writeObjectives(OBJECTIVES)).rejects.toThrow(/the points must be written first/);
      await writer.discard();
    });
  });

  test("readObjectives refuses a damaged file, columns of another table, and words that are no verdict", async () => {
    await inTemporaryDirectory(async (directory) => {
      const path = join(directory, "r", "objectives.arrow");
      await writeSampleResults(join(directory, "r"));
      const intact = await readFile(path);
      const flipped = Buffer.from(intact);
      flipped[intact.length >> 1] = (flipped[intact.length >> 1] ?? 0) ^ 1;
      await writeFile(path, flipped);
      await expect((await openResults(join(directory, "r"))).readObjectives()).rejects.toThrow(/its SHA-256 must be/);

      const summary = await readFile(join(directory, "r", "summary.arrow"));
      const cases: readonly (readonly [Buffer, RegExp])[] = [
        [summary, /it must be table "objectives" of schema version 1: current value is \["summary","1"\]/],
        [replaced(intact, "bound_low", "bound_lot"), /its columns must be those of table "objectives"/],
        [
          replaced(intact, "inconclusive", "inconclusivx"),
          /a verdict must be one of pass, fail, inconclusive: current/,
        ],
        [replaced(intact, "belowabove", "belogabove"), /a side must be one of below, above: current value is "belog"/],
      ];
      for (const [bytes, message] of cases) {
        const sha256 = createHash("sha256").update(bytes).digest("hex");
        const file = { file: "objectives.arrow", rows: OBJECTIVES.length, bytes: bytes.byteLength, sha256 };
        await writeFile(path, bytes);
        await writeFile(join(directory, "r", "manifest.json"), JSON.stringify({ loadstar_manifest: 1, files: [file] }));
        const results = await openResults(join(directory, "r"));
        await expect(results.readObjectives()).rejects.toThrow(ResultsError);
        await expect(results.readObjectives()).rejects.toThrow(message);
      }
    });
  });
});

async function started(directory: string): Promise<ResultsWriter> {
  const writer = await createResults(join(directory, "r"), { mode: "new", study: {} });
  await writer.writePoints(POINTS);
  return writer;
}

/** The same number of bytes with one text changed, which is there. */
function replaced(bytes: Buffer, from: string, to: string): Buffer {
  const text = bytes.toString("latin1");
  expect(text).toContain(from);
  return Buffer.from(text.replaceAll(from, to), "latin1");
}
