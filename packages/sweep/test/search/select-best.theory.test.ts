import { describe, expect, it } from "vitest";
import { selectBest, type SelectBestOptions, type Study } from "../../src/index.js";
import { studyOf } from "../small-study.js";
import { inTemporaryDirectory } from "../temporary-directory.js";
import { eventsOf, MM1 } from "./mm1-study.js";

/** Mean latencies at 30 requests/s: 56.8, 50.0, 71.4, 52.1 ms. */
const SWEEP = `name: speeds
scenario: scenario.yaml
seed: 7
parameters:
  cpu_s: { path: "topology_graph.nodes.servers[api].endpoints[0].steps[0].cpu_s.mean", values: [0.021, 0.020, 0.0227, 0.0203] }
`;

const options: SelectBestOptions = {
  metric: "latency_s_mean",
  indifference: 0.001,
  confidence: 0.95,
  max_replications: 1000,
  threads: 2,
};

async function withStudy(work: (study: Study) => Promise<void>, sweep = SWEEP): Promise<void> {
  await inTemporaryDirectory(async (directory) => await work(await studyOf(directory, { sweep, scenario: MM1 })));
}

describe("selectBest of M/M/1", () => {
  it("selectBest selects the fastest, and eliminates the slower the sooner", async () => {
    await withStudy(async (study) => {
      const finished = (await eventsOf(selectBest(study, options))).at(-1);
      expect(finished).toMatchObject({ kind: "finished", best_point_id: "cpu_s=0.02", better: "smaller", flags: [] });
      if (finished?.kind !== "finished") return;
      const [second, best, worst, next] = finished.points.map((point) => point.eliminated_at);
      expect(best).toBeNaN();
      expect(worst).toBe(30);
      expect(second).toBeLessThanOrEqual(next ?? 0);
      // 1 / (50 - 30), and not by chance: within the interval of fresh replications.
      const { ci_low = 1, ci_high = 0 } = finished.fresh_estimate ?? {};
      expect(ci_low).toBeLessThan(0.05);
      expect(ci_high).toBeGreaterThan(0.05);
    });
  });

  it("selectBest selects the slowest if larger is better", async () => {
    await withStudy(async (study) => {
      const finished = (await eventsOf(selectBest(study, { ...options, better: "larger" }))).at(-1);
      expect(finished).toMatchObject({ best_point_id: "cpu_s=0.0227" });
    });
  });

  it("selectBest gives the same answer for any number of threads", async () => {
    await withStudy(async (study) => {
      const [one, three] = await Promise.all(
        [1, 3].map(async (threads) => await eventsOf(selectBest(study, { ...options, threads }))),
      );
      expect(three!.slice(1)).toEqual(one!.slice(1));
    });
  });

  it("selectBest selects none before it is sure", async () => {
    await withStudy(async (study) => {
      const found = { ...options, indifference: 0.00001, max_replications: 40 };
      const finished = (await eventsOf(selectBest(study, found))).at(-1);
      expect(finished).toMatchObject({ best_point_id: undefined, fresh_estimate: undefined });
      if (finished?.kind !== "finished") return;
      expect(finished.points.map(({ estimate }) => estimate.n)).toContain(40);
    });
  });

  it("selectBest refuses what it cannot compare", async () => {
    await withStudy(async (study) => {
      const refused = async (found: Partial<SelectBestOptions>): Promise<unknown> =>
        await eventsOf(selectBest(study, { ...options, ...found }));
      await expect(refused({ metric: "latency_s_men" })).rejects.toThrow("did you mean");
      await expect(refused({ metric: "api.cpu_utilization_ratio" })).rejects.toThrow(
        "speeds: metric: which way api.cpu_utilization_ratio is better must be said: larger or smaller",
      );
      await expect(refused({ indifference: 0 })).rejects.toThrow("indifference must be > 0");
      await expect(refused({ confidence: 0.2 })).rejects.toThrow("confidence must be > 1 / systems");
    });
    const single = SWEEP.replace(/values: .*\]/, "values: [0.02]");
    await withStudy(async (study) => {
      await expect(eventsOf(selectBest(study, options))).rejects.toThrow("must make two points or more");
    }, single);
  });
});
