import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { InputError } from "@loadstar/scenario";
import { ChunkDirectory, DamagedChunk, openResults, ResultsError, verifyResults } from "@loadstar/store";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ChunkKeeper } from "../src/chunks/chunk-keeper.js";
import { loadStudy, type Study } from "../src/index.js";
import { eventsOf } from "./finished-study.js";
import { mutatedBytes, mutatedText } from "./mutated.js";
import { studyDataOf } from "../src/study-data.js";
import { SCENARIO, studyOf, SWEEP } from "./small-study.js";
import { inTemporaryDirectory } from "./temporary-directory.js";

/** Another sweep, with every part that a sweep may have. */
const FULL_SWEEP = `scenario: scenario.yaml
replications: { min: 10, max: 40, target: { metric: latency_s_p95, relative_half_width: 0.1, confidence: 0.9 } }
design: lhs
samples: 4
set: { sim_settings.warm_up_s: 1 }
metrics: ["latency_s_*"]
parameters:
  users: { path: rqs_input.avg_active_users.mean, range: [10, 20], scale: log }
  cores: { path: "topology_graph.nodes.servers[api].server_resources.cpu_cores", range: [1, 3], integer: true }
objectives:
  - { metric: latency_s_p95, below: 0.2, probability: 0.9, confidence: 0.9 }
`;

/** Tables, manifest and chunks of a small study: places to damage. */
interface Place {
  readonly directory: string;
  readonly study: Study;
  readonly results: string;
}

describe("untrusted input", () => {
  test("loadStudy of 9,000 damaged scenarios gives a study or problems in words", async () => {
    await atPlace(async ({ directory }) => {
      const file = join(directory, "scenario.yaml");
      await everyCase(mutatedText([SCENARIO]), 9000, async (text) => {
        await writeFile(file, text);
        await loadStudy(join(directory, "scenario.yaml"));
      });
    });
  });

  test("loadStudy of 5,000 damaged sweeps gives a study or problems in words", async () => {
    await atPlace(async ({ directory }) => {
      const file = join(directory, "sweep.yaml");
      await everyCase(mutatedText([SWEEP, FULL_SWEEP]), 5000, async (text) => {
        await writeFile(file, text);
        await loadStudy(file);
      });
    });
  });

  test("loadStudy of 3,000 damaged study.json gives a study or problems in words, and so does verifyResults", async () => {
    await atPlace(async ({ directory, study }) => {
      const path = join(directory, "unfinished");
      await mkdir(path);
      const text = JSON.stringify({ loadstar_study: 1, ...studyDataOf(study) }, undefined, 1);
      await everyCase(mutatedText([text]), 3000, async (changed) => {
        await writeFile(join(path, "study.json"), changed);
        await verifyResults(path);
        await loadStudy(path);
      });
    });
  });

  test("openResults, verifyResults and loadStudy of 2,000 damaged manifests give what is there or say what is wrong", async () => {
    await atPlace(async ({ results }) => {
      const file = join(results, "manifest.json");
      const text = await readFile(file, "utf8");
      await everyCase(mutatedText([text]), 2000, async (changed) => {
        await writeFile(file, changed);
        await readAll(results);
        await loadStudy(results);
      });
    });
  });

  test("verifyResults finds the damage in 1,000 damaged tables", async () => {
    await atPlace(async ({ results }) => {
      const tables = (await readdir(results)).filter((name) => name.endsWith(".arrow"));
      for (const table of tables) {
        const file = join(results, table);
        const bytes = await readFile(file);
        await everyCase(mutatedBytes(bytes), 1000 / tables.length, async (changed) => {
          await writeFile(file, changed);
          const { problems } = await verifyResults(results);
          expect(problems.length).toBe(Buffer.compare(bytes, changed) === 0 ? 0 : 1);
        });
        await writeFile(file, bytes);
      }
    });
  });

  test("openResults reads 3,000 damaged tables to which the manifest was made to fit, or says what is wrong", async () => {
    await atPlace(async ({ results }) => {
      const tables = (await readdir(results)).filter((name) => name.endsWith(".arrow"));
      const manifest = JSON.parse(await readFile(join(results, "manifest.json"), "utf8")) as FittingManifest;
      for (const table of tables) {
        const file = join(results, table);
        const bytes = await readFile(file);
        await everyCase(mutatedBytes(bytes), 3000 / tables.length, async (changed) => {
          await writeFile(file, changed);
          await writeFile(join(results, "manifest.json"), JSON.stringify(fitting(manifest, table, changed)));
          await readAllTables(results);
        });
        await writeFile(file, bytes);
      }
    });
  });

  test("ChunkKeeper reads 6,000 damaged chunks only where they are whole, also when their SHA-256 is made to fit", async () => {
    await atPlace(async ({ results, study }) => {
      const chunks = await ChunkDirectory.open(results);
      const address = chunks.list()[0]!;
      // Several points have chunks of the same replications; this one is whose name it bears.
      const point = study.points.findIndex(
        (_, index) => new ChunkKeeper(study, chunks).address(index, address).key === address.key,
      );
      expect(new ChunkKeeper(study, chunks).isPresent(point, address)).toBe(true);
      const bytes = await chunks.readBytes(address);
      const lost = new Error("it is run again");
      for (const isSealed of [false, true]) {
        await everyCase(mutatedBytes(bytes), 3000, async (changed) => {
          await writeFile(chunks.file(address), isSealed ? resealed(changed) : changed);
          const keeper = new ChunkKeeper(study, chunks);
          const obtained = keeper.obtain([{ point, range: address }], async () => await Promise.reject(lost));
          const found = await obtained.catch((error: unknown) => {
            if (error !== lost) throw error;
            expect(keeper.damaged[0]?.reason).toMatch(/\w/);
          });
          if (!isSealed && found !== undefined) expect(Buffer.compare(bytes, changed)).toBe(0);
        });
      }
    });
  });
});

/** Runs a case for each of so many inputs: it must end well, or with an error that was meant, and leave the process as it was. */
async function everyCase<Input>(
  inputs: fc.Arbitrary<Input>,
  numRuns: number,
  attempt: (input: Input) => Promise<void>,
): Promise<void> {
  const seen = { well: 0, refused: 0 };
  await fc.assert(
    fc.asyncProperty(inputs, async (input) => {
      try {
        await attempt(input);
        seen.well++;
      } catch (error) {
        seen.refused++;
        assertMeant(error);
      }
      expect(Object.keys(Object.prototype)).toEqual([]);
      expect("polluted" in {}).toBe(false);
    }),
    { seed: 20_261_121, numRuns, timeout: 20_000, endOnFailure: true },
  );
  // Most damage is refused or found; where none is, nothing was damaged.
  expect(seen.refused + seen.well).toBeGreaterThanOrEqual(Math.floor(numRuns));
  expect(seen.well).toBeGreaterThan(0);
}

function assertMeant(error: unknown): void {
  if (error instanceof InputError) {
    expect(error.problems.length).toBeGreaterThan(0);
    for (const { message } of error.problems) expect(message).toMatch(/\w/);
  } else if (error instanceof ResultsError || error instanceof DamagedChunk) expect(error.message).toMatch(/\w/);
  else throw error;
}

async function readAll(directory: string): Promise<void> {
  const results = await openResults(directory);
  await results.verifyDigests();
  await results.readPoints();
  for await (const _ of results.readRuns()) continue;
}

async function readAllTables(directory: string): Promise<void> {
  await readAll(directory);
  const results = await openResults(directory);
  await results.readSummary();
  for await (const _ of results.readSeries()) continue;
  for await (const _ of results.readHistograms()) continue;
}

interface FittingManifest {
  readonly files: readonly { readonly file: string; readonly bytes: number; readonly sha256: string }[];
}

/** The manifest of somebody who knows the format: with the size and the SHA-256 of the table as it is now. */
function fitting(manifest: FittingManifest, table: string, content: Uint8Array): FittingManifest {
  const sha256 = createHash("sha256").update(content).digest("hex");
  const files = manifest.files.map((it) => (it.file === table ? { ...it, bytes: content.length, sha256 } : it));
  return { ...manifest, files };
}

function resealed(bytes: Uint8Array): Uint8Array {
  if (bytes.length < 32) return bytes;
  const sealed = Uint8Array.from(bytes);
  const end = sealed.length - 32;
  sealed.set(createHash("sha256").update(sealed.subarray(0, end)).digest(), end);
  return sealed;
}

async function atPlace(work: (place: Place) => Promise<void>): Promise<void> {
  await inTemporaryDirectory(async (directory) => {
    const study = await studyOf(directory, { replications: 3 });
    const results = join(directory, "r");
    await eventsOf(study, { directory: results });
    await work({ directory, study, results });
  });
}
