import { readdir } from "node:fs/promises";
import { join } from "node:path";
import type { StudyData } from "@loadstar/store";
import { describe, expect, test } from "vitest";
import { chunkKey } from "../../src/chunks/chunk-key.js";
import { loadStudy, type Study } from "../../src/index.js";
import { studyInputOf, studyDataOf } from "../../src/study-data.js";
import { studyOf as studyOfInput } from "../../src/load-study.js";
import { SCENARIO, studyOf, SWEEP } from "../small-study.js";
import { inTemporaryDirectory } from "../temporary-directory.js";

const keysOf = (study: Study): readonly string[] => study.points.map((point) => chunkKey(study, point));

describe("chunkKey", () => {
  test("chunkKey differs from point to point, and is 32 hexadecimal digits", async () => {
    await inTemporaryDirectory(async (directory) => {
      const keys = keysOf(await studyOf(directory));
      expect(new Set(keys).size).toBe(2);
      for (const key of keys) expect(key).toMatch(/^[0-9a-f]{32}$/);
    });
  });

  test("chunkKey stays when names, objectives, confidence, points and numbers of replications change", async () => {
    await inTemporaryDirectory(async (directory) => {
      const [key] = keysOf(await studyOf(directory));
      const objectives = "objectives:\n  - { metric: latency_s_p95, below: 0.2, probability: 0.9 }\n";
      const variants = [
        { sweep: SWEEP.replace("name: two-loads", "name: another") },
        { scenario: SCENARIO.replace("name: small", "name: large") },
        { sweep: `${SWEEP}confidence: 0.5\n` },
        { sweep: SWEEP + objectives },
        { sweep: SWEEP.replace("[20, 30]", "[20, 25, 40]") },
        { sweep: SWEEP.replace("users: {", "people: {") },
        { replications: 1000 },
        {
          sweep: SWEEP.replace(
            "replications: 6",
            "replications: { max: 90, target: { metric: latency_s_mean, half_width: 1 } }",
          ),
        },
      ];
      for (const variant of variants)
        expect(keysOf(await studyOf(directory, variant))[0], JSON.stringify(variant)).toBe(key);
    });
  });

  test("chunkKey changes with the seed, with anything that the plan follows from, and with what is kept", async () => {
    await inTemporaryDirectory(async (directory) => {
      const [key] = keysOf(await studyOf(directory));
      const variants = [
        { seed: 20_261_122 },
        { scenario: SCENARIO.replace("mean: 0.025", "mean: 0.02500000000000001") },
        { scenario: SCENARIO.replace("cpu_cores: 1", "cpu_cores: 2") },
        { scenario: SCENARIO.replace("dropout_rate: 0.01", "dropout_rate: 0.02") },
        { scenario: SCENARIO.replace("time: 20", "time: 20\n  warm_up_s: 1") },
        { scenario: SCENARIO.replace("id: api", "id: ape").replaceAll(": api", ": ape") },
        { sweep: SWEEP.replace("series_points: 12", "series_points: 13") },
        { dialect: "asyncflow" as const },
        { metrics: ["latency_s_*"] },
      ];
      const keys = new Set([key]);
      for (const variant of variants) keys.add(keysOf(await studyOf(directory, variant))[0]!);
      expect(keys.size).toBe(1 + variants.length);
    });
  });

  test("chunkKey of a study that a results directory remembers is that of its files, for every sweep and scenario that comes with Loadstar", async () => {
    const root = new URL("../../../../", import.meta.url).pathname;
    for (const folder of ["sweeps", "scenarios"]) {
      const files = (await readdir(join(root, folder))).filter((file) => file.endsWith(".yaml"));
      expect(files.length).toBeGreaterThan(4);
      for (const file of files) {
        const study = await loadStudy(join(root, folder, file));
        const stored = asRead(studyDataOf(study));
        const again = studyOfInput(studyInputOf("r", stored));
        expect(keysOf(again), file).toEqual(keysOf(study));
        expect(asRead(studyDataOf(again)), file).toEqual(stored);
        expect(again.points.map(({ point_id }) => point_id)).toEqual(study.points.map(({ point_id }) => point_id));
      }
    }
  });
});

/** As it comes back from a file. */
function asRead(data: StudyData): StudyData {
  return JSON.parse(JSON.stringify(data)) as StudyData;
}
