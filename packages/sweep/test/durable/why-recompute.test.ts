import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { InputError } from "@loadstar/scenario";
import { createResults } from "@loadstar/store";
import { describe, expect, test } from "vitest";
import { whyRecompute } from "../../src/index.js";
import { eventsOf } from "../finished-study.js";
import { SCENARIO, studyOf, SWEEP } from "../small-study.js";
import { inTemporaryDirectory } from "../temporary-directory.js";

describe("whyRecompute", () => {
  test("whyRecompute: nothing where nothing has changed, finished or not", async () => {
    await atFinished(async ({ directory }) => {
      const points = [
        { point_id: "users=20", wanted: 6, present: 6 },
        { point_id: "users=30", wanted: 6, present: 6 },
      ];
      expect(await whyRecompute(directory)).toEqual({ points, differences: [], damaged: [] });
    });
  });

  test.each<[string, { readonly scenario?: string; readonly sweep?: string }, readonly object[], readonly number[]]>([
    [
      "a server",
      { scenario: SCENARIO.replace("cpu_cores: 1", "cpu_cores: 2") },
      [{ field: "plan.servers[api].cpu_cores", before: "1", after: "2", points: 2 }],
      [0, 0],
    ],
    [
      "a distribution",
      { scenario: SCENARIO.replace("mean: 0.025", "mean: 0.026") },
      [
        {
          field: "plan.servers[api].endpoints[0].steps[0].duration_s.mean",
          before: "0.025",
          after: "0.026",
          points: 2,
        },
      ],
      [0, 0],
    ],
    [
      "the seed",
      { sweep: SWEEP.replace("20261121", "7") },
      [{ field: "seed", before: "20261121", after: "7" }],
      [0, 0],
    ],
    [
      "the kept metrics",
      { sweep: `${SWEEP}metrics: [latency_s_p95]\n` },
      [expect.objectContaining({ field: "metrics.kept", after: '"latency_s_p95"' }) as object],
      [0, 0],
    ],
    ["the number of replications", { sweep: SWEEP.replace("replications: 6", "replications: 8") }, [], [6, 6]],
    ["the points", { sweep: SWEEP.replace("[20, 30]", "[20, 25]") }, [], [6, 0]],
    ["the objectives", { sweep: `${SWEEP}objectives: [{ metric: latency_s_p95, below: 1 }]\n` }, [], [6, 6]],
  ])("whyRecompute names what has changed: %s", async (_, files, differences, present) => {
    await atFinished(async ({ directory, place }) => {
      await studyOf(place, files);
      const found = await whyRecompute(directory, { file: join(place, "sweep.yaml") });
      const fields = found.differences.filter(
        ({ field }) => field !== "metrics.series" && field !== "metrics.histograms",
      );
      expect(fields).toEqual(differences);
      expect(found.points.map((point) => point.present)).toEqual(present);
    });
  });

  test("whyRecompute takes what the command line says", async () => {
    await atFinished(async ({ directory }) => {
      const { points, differences } = await whyRecompute(directory, { overrides: { replications: 10, seed: 1 } });
      expect(points.map(({ wanted, present }) => [wanted, present])).toEqual([
        [10, 0],
        [10, 0],
      ]);
      expect(differences).toEqual([{ field: "seed", before: "20261121", after: "1" }]);
    });
  });

  test("whyRecompute says that the engine was another", async () => {
    await atFinished(async ({ study, directory, place }) => {
      const { studyDataOf } = await import("../../src/study-data.js");
      const path = join(place, "old");
      const writer = await createResults(path, { mode: "new", study: { ...studyDataOf(study), engine_version: "0" } });
      await writer.leave();
      expect((await whyRecompute(path)).differences).toMatchObject([{ field: "engine_version", before: '"0"' }]);
      expect(directory).not.toBe(path);
    });
  });

  test("whyRecompute says when the sweep it was made from is gone, or is none any more", async () => {
    await atFinished(async ({ directory, place }) => {
      await writeFile(join(place, "sweep.yaml"), "nonsense: true\n");
      await expect(whyRecompute(directory)).rejects.toThrow(InputError);
      await expect(whyRecompute(directory, { file: join(place, "none.yaml") })).rejects.toThrow(InputError);
    });
  });
});

async function atFinished(
  work: (it: {
    readonly study: Awaited<ReturnType<typeof studyOf>>;
    readonly directory: string;
    readonly place: string;
  }) => Promise<void>,
): Promise<void> {
  await inTemporaryDirectory(async (place) => {
    const study = await studyOf(place);
    const directory = join(place, "r");
    await eventsOf(study, { directory });
    await work({ study, directory, place });
  });
}
