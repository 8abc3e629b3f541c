import { InputError } from "@loadstar/scenario";
import { describe, expect, test } from "vitest";
import { runStudy, type StudyEvent } from "../src/index.js";
import { join } from "node:path";
import { openResults } from "@loadstar/store";
import { studyOf, SWEEP } from "./small-study.js";
import { inTemporaryDirectory } from "./temporary-directory.js";

const adaptive = (target: string, bounds = "max: 400, "): string =>
  SWEEP.replace("replications: 6", `replications: { ${bounds}target: ${target} }`);

describe("adaptive replications", () => {
  test("runStudy adds replications to each point until its target is reached, and looks on the schedule only", async () => {
    await inTemporaryDirectory(async (directory) => {
      const sweep = adaptive("{ metric: latency_s_mean, relative_half_width: 0.02 }");
      const events = await eventsOf(directory, { sweep });
      const looks = events.filter((event) => event.kind === "point_looked");
      expect(new Set(looks.map(({ replications }) => replications))).toSatisfy((found: Set<number>) =>
        [...found].every((it) => [30, 45, 68, 102, 153, 230, 345, 400].includes(it)),
      );
      const last = new Map(looks.map((look) => [look.point_id, look]));
      const results = await openResults(join(directory, "r"));
      const summary = await results.readSummary();
      for (const { point_id, replications, unmet } of last.values()) {
        const row = summary.find((it) => it.point_id === point_id && it.metric === "latency_s_mean");
        expect(row?.n).toBe(replications);
        const precision = (row!.ci_high - row!.ci_low) / 2 / row!.estimate;
        expect(precision <= 0.02).toBe(unmet.length === 0);
      }
      expect([...last.values()].map(({ replications }) => replications)).toSatisfy(
        (found: number[]) => new Set(found).size > 1 || found.every((it) => it < 400),
      );
    });
  });

  test("runStudy gives the same number of replications and the same rows for every number of threads", async () => {
    await inTemporaryDirectory(async (directory) => {
      const sweep = adaptive(
        "[{ metric: latency_s_mean, relative_half_width: 0.03 }, { metric: throughput_per_s, half_width: 0.5 }]",
      );
      const digests = async (name: string, threads: number): Promise<unknown> => {
        await eventsOf(directory, { sweep, name, threads });
        return (await openResults(join(directory, name))).manifest.files;
      };
      expect(await digests("two", 2)).toEqual(await digests("one", 1));
    });
  });

  test("runStudy says what an unreached target would take", async () => {
    await inTemporaryDirectory(async (directory) => {
      const sweep = adaptive("{ metric: latency_s_p99, relative_half_width: 0.0001 }", "max: 40, ");
      const finished = (await eventsOf(directory, { sweep })).find((event) => event.kind === "finished");
      expect(finished?.shortfalls.map(({ point_id, replications }) => [point_id, replications])).toEqual([
        ["users=20", 40],
        ["users=30", 40],
      ]);
      for (const { n_needed, needed_s, what } of finished!.shortfalls) {
        expect(what).toBe("latency_s_p99 within 0.01 %");
        expect(n_needed).toBeGreaterThan(1000);
        expect(needed_s).toBeGreaterThan(0);
      }
    });
  });

  test("runStudy never stops on values that are all equal", async () => {
    await inTemporaryDirectory(async (directory) => {
      const sweep = adaptive("{ metric: requests_timed_out, half_width: 0.1 }", "max: 60, ");
      const finished = (await eventsOf(directory, { sweep })).find((event) => event.kind === "finished");
      expect(finished?.outcomes.completed).toBe(120);
      expect(finished?.shortfalls[0]?.n_needed).toBeNaN();
    });
  });

  test("runStudy extends until objectives are decided, with verdicts that hold at all looks", async () => {
    await inTemporaryDirectory(async (directory) => {
      const sweep = `${SWEEP}objectives: [{ metric: latency_s_p50, below: 10, probability: 0.95 }]\n`;
      const events = await eventsOf(directory, { sweep, extend: { max: 500 } });
      const results = await openResults(join(directory, "r"));
      for (const row of await results.readObjectives()) {
        expect(row).toMatchObject({ verdict: "pass", method: "beta_binomial_confidence_sequence", n: 102 });
      }
      expect(events.at(-1)).toMatchObject({
        kind: "finished",
        verdicts: { pass: 2, fail: 0, inconclusive: 0 },
        shortfalls: [],
      });
    });
  });

  test.each([
    [
      "{ metric: latency_s_p9, half_width: 1 }",
      /replications\.target\.metric: there is no metric "latency_s_p9": did you mean latency_s_p90/,
    ],
    [
      "[{ metric: latency_s_mean, half_width: 1 }, { metric: none.*, half_width: 1 }]",
      /sweep\.yaml:4:\d+: replications\.target\[1\]\.metric/,
    ],
  ])("loadStudy refuses the target %s", async (target, message) => {
    await inTemporaryDirectory(async (directory) => {
      const attempt = studyOf(directory, { sweep: adaptive(target) });
      await expect(attempt).rejects.toThrow(InputError);
      await expect(attempt).rejects.toThrow(message);
    });
  });
});

async function eventsOf(
  directory: string,
  { name = "r", threads = 2, ...options }: Parameters<typeof studyOf>[1] & { name?: string; threads?: number },
): Promise<readonly StudyEvent[]> {
  const study = await studyOf(directory, options);
  const events: StudyEvent[] = [];
  for await (const event of runStudy(study, { directory: join(directory, name), mode: "new", threads })) {
    events.push(event);
  }
  return events;
}
