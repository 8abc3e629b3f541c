import { join } from "node:path";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { describe, expect, test } from "vitest";
import { runStudy } from "../src/index.js";
import { SCENARIO, studyOf } from "./small-study.js";
import { inTemporaryDirectory } from "./temporary-directory.js";

const MEGABYTE = 1_048_576;

describe("runStudy", () => {
  test("runStudy keeps the metrics of a point and the first paths; nothing else grows with the replications", async () => {
    // Enough for as many chunks as may be under way.
    const few = await peakMemory(4500);
    const many = await peakMemory(13_500);
    // 45 metrics x 8 bytes x 9000 more replications are 3 MB, in columns that double. All their paths would be 80 MB.
    expect(many - few).toBeLessThan(8 * MEGABYTE);
  });
});

/** The most memory after a collection of garbage while a study of one tiny point runs [bytes]. */
async function peakMemory(replications: number): Promise<number> {
  setFlagsFromString("--expose-gc");
  const collectGarbage = runInNewContext("gc") as () => void;
  return await inTemporaryDirectory(async (directory) => {
    const scenario = SCENARIO.replace("total_simulation_time: 20", "total_simulation_time: 5");
    const sweep = "scenario: scenario.yaml\nseries_points: 100\n";
    const study = await studyOf(directory, { scenario, sweep, replications });
    const options = { directory: join(directory, "r"), mode: "new", threads: 1 } as const;
    let peak = 0;
    for await (const { kind } of runStudy(study, options)) {
      if (kind === "started") continue;
      // Twice: what the first one gave up of buffers is counted until the next.
      collectGarbage();
      collectGarbage();
      const { heapUsed, arrayBuffers } = process.memoryUsage();
      peak = Math.max(peak, heapUsed + arrayBuffers);
    }
    return peak;
  });
}
