import { plainPaint } from "@loadstar/report";
import { describe, expect, test } from "vitest";
import { plainProgress } from "../src/plain-progress.js";
import { runBar } from "../src/run-bar.js";
import type { Terminal } from "../src/terminal.js";
import { outcomeAt } from "./recording-terminal.js";
import { withSmallFiles } from "./small-files.js";

/** A terminal that nobody watches, whose clock stands where it is put. */
function setUp(): { readonly lines: string[]; readonly clock: { now_s: number }; readonly terminal: Terminal } {
  const lines: string[] = [];
  const clock = { now_s: 1000 };
  const channel = { write: (text: string): number => lines.push(text), width: 80, paint: plainPaint };
  return { lines, clock, terminal: { out: channel, err: channel, watched: false, clock_s: () => clock.now_s } };
}

/** A clock that goes on by a minute whenever somebody looks. */
function hurriedClock(): () => number {
  let now_s = 0;
  return () => (now_s += 60);
}

describe("plainProgress", () => {
  test("plainProgress tells after 10 s, then every 10 s, later only when a tenth more has passed", () => {
    const { lines, clock, terminal } = setUp();
    const tell = plainProgress(terminal);
    for (let second = 0; second <= 300; second++) {
      clock.now_s = 1000 + second;
      tell((elapsed_s) => String(elapsed_s));
    }
    const told = lines.map(Number);
    expect(told.slice(0, 10)).toEqual([10, 20, 30, 40, 50, 60, 70, 80, 90, 100]);
    // From then on a tenth more: 110, 121, then 133.1, 147.4 and so on, at the next whole second.
    expect(told.slice(10)).toEqual([110, 121, 134, 148, 163, 180, 198, 218, 240, 264, 291]);
  });
});

describe("runBar", () => {
  test("runBar tells how far runs are in lines where nobody watches, and how long the others take", () => {
    const { lines, clock, terminal } = setUp();
    const bar = runBar(terminal, { quiet: false })!;
    bar.start(400, 0);
    bar.update(100);
    clock.now_s += 10;
    bar.update(150);
    clock.now_s += 10;
    bar.setTotal(500);
    bar.update(200);
    bar.stop();
    // Those 100 that were there at once say nothing of how fast it goes: 50 in 10 s, and 250 are left.
    expect(lines).toEqual(["37 %  150/400 runs  10s, 50s left\n", "40 %  200/500 runs  20s, 1m00s left\n"]);
  });

  test("runBar knows no end before the first run, and says nothing to who wants quiet", () => {
    const { lines, clock, terminal } = setUp();
    const bar = runBar(terminal, { quiet: false })!;
    bar.start(4, 0);
    clock.now_s += 15;
    bar.update(1);
    expect(lines).toEqual(["25 %  1/4 runs  15s, ? left\n"]);
    expect(runBar(terminal, { quiet: true })).toBeUndefined();
  });
});

describe("main where nobody watches", () => {
  test("main sweep, sensitivity, size and best tell how far they are, if they take long", async () => {
    await withSmallFiles(async ({ sweep, path }) => {
      const size = ["--find", "users", "--range", "15..60", "--step", "5", "--objective", "latency_s_mean < 0.2"];
      const commands: readonly (readonly [line: RegExp, words: readonly string[]])[] = [
        [/^\d+ % {2}\d\/8 runs {2}\d+m00s, (\?|\d+m\d\ds|\d+s) left$/m, ["sweep", sweep, "--out", path("r")]],
        [
          /^\d+ % {2}\d+\/\d+ runs {2}\d+m00s, /m,
          ["sensitivity", sweep, "--metric", "latency_s_mean", "--method", "tornado"],
        ],
        [/^users = 15: \d+ replications, at most \d+ {2}\d+m00s$/m, ["size", sweep, ...size]],
        [
          /: \d+ replications, at most \d+ {2}\d+m00s$/m,
          ["best", sweep, "--metric", "latency_s_mean", "--indifference", "0.01"],
        ],
      ];
      for (const [line, words] of commands) {
        expect((await outcomeAt(hurriedClock(), words)).err, words[0]).toMatch(line);
        const json = await outcomeAt(hurriedClock(), [
          ...words,
          "--json",
          "--quiet",
          ...(words[0] === "sweep" ? ["--overwrite"] : []),
        ]);
        expect(json.err, words[0]).toBe("");
        expect(() => JSON.parse(json.out) as unknown, words[0]).not.toThrow();
      }
    });
  });
});
