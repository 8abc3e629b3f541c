import { plainPaint } from "@loadstar/report";
import { loadStudy, type PointLook } from "@loadstar/sweep";
import { describe, expect, test } from "vitest";
import { OpenPoints } from "../src/open-points.js";
import { outcomeOf } from "./recording-terminal.js";
import { SWEEP, withSmallFiles } from "./small-files.js";

const TARGET = "{ metric: latency_s_mean, relative_half_width: 0.5 }";
const ADAPTIVE = SWEEP.replace("replications: 4", `replications: { min: 30, max: 300, target: ${TARGET} }`).replace(
  "[20, 30]",
  "[5, 10, 20, 30]",
);

function look(point_id: string, replications: number, n_needed?: number): PointLook {
  const unmet = { what: "latency_s_mean within 50 %", metric: "latency_s_mean", confidence: 0.95 };
  const shown = { estimate: 0.1, anytime_low: 0.05, anytime_high: 0.15 };
  return { point_id, replications, unmet: n_needed === undefined ? [] : [{ ...unmet, ...shown, n_needed }] };
}

describe("OpenPoints", () => {
  test("OpenPoints.lines has those that are furthest away first, and no more lines than there is room", async () => {
    await withSmallFiles(
      async ({ sweep }) => {
        const points = new OpenPoints(await loadStudy(sweep));
        const linesOf = (most: number): readonly string[] => points.lines(most, { width: 100, paint: plainPaint });
        expect(linesOf(9)).toEqual(["0 of 4 points done, 0 open, 4 to be looked at"]);
        points.look(look("users=5", 30, 10));
        points.look(look("users=10", 30, Number.NaN));
        points.look(look("users=20", 30, 300));
        const [title, heading, , ...rows] = linesOf(9);
        expect(title).toBe("0 of 4 points done, 3 open, 1 to be looked at");
        expect(heading).toMatch(/^users +n +estimate +anytime 95 % +still needs +target$/);
        expect(rows.map((row) => row.trim().split(/ {2,}/))).toEqual([
          ["10", "30", "100 ms", "[50, 150]", "?", "latency_s_mean within 50 %"],
          ["20", "30", "100 ms", "[50, 150]", "about 300", "latency_s_mean within 50 %"],
          ["5", "30", "100 ms", "[50, 150]", "about 10", "latency_s_mean within 50 %"],
        ]);
        expect(linesOf(4)).toHaveLength(4);
        // Enough, and as many as there may be.
        points.look(look("users=5", 45));
        points.look(look("users=10", 300, Number.NaN));
        expect(linesOf(9)[0]).toBe("2 of 4 points done, 1 open, 1 to be looked at");
      },
      { sweep: ADAPTIVE },
    );
  });

  test("main sweep shows no live table where nobody watches", async () => {
    await withSmallFiles(
      async ({ sweep, path }) => {
        const { code, err } = await outcomeOf("sweep", sweep, "--out", path("r"), "-j", "1");
        expect(code).toBe(0);
        expect(err.split("\n")[0]).toBe("two-loads: 4 points x 30 to 300 replications on 1 threads, seed 7");
        expect(err).not.toContain("points done");
        expect(err).not.toContain("\u001B");
      },
      { sweep: ADAPTIVE },
    );
  });
});
