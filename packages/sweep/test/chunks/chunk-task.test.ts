import { describe, expect, test } from "vitest";
import { chunkTask, chunkTasks } from "../../src/chunks/chunk-task.js";
import { studyOf } from "../small-study.js";
import { inTemporaryDirectory } from "../temporary-directory.js";

const RANGE = { first_replication: 0, count: 4 };

describe("chunkTasks", () => {
  test("chunkTasks gives each point its own plan and positions, in whatever order points are asked for", async () => {
    await inTemporaryDirectory(async (directory) => {
      const study = await studyOf(directory);
      // The second point has metrics of another server in front of those that are kept.
      const [first, second] = study.points;
      const [api] = second!.plan.servers;
      const points = [first!, { ...second!, plan: { ...second!.plan, servers: [{ ...api!, id: "other" }, api!] } }];
      const mixed = { ...study, points };
      expect(chunkTask(mixed, 1, RANGE).keep).not.toEqual(chunkTask(mixed, 0, RANGE).keep);
      const taskOf = chunkTasks(mixed);
      for (const [point, first_replication] of [
        [0, 0],
        [0, 4],
        [1, 0],
        [0, 8],
        [1, 4],
      ] as const) {
        const range = { first_replication, count: 4 };
        expect(taskOf(point, range)).toEqual(chunkTask(mixed, point, range));
        expect(taskOf(point, range)).toMatchObject({ plan_key: points[point]!.point_id, ...range });
      }
    });
  });
});
