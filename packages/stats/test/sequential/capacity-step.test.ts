import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { capacityStep } from "../../src/index.js";
import type { CapacityOptions, CapacityProbe, CapacityStep, Verdict } from "../../src/index.js";
import { runs } from "../arbitraries.js";

/** Follows the steps to the answer, with the verdicts that a rule gives. */
function follow(
  options: CapacityOptions,
  judge: (index: number, fresh: boolean) => Verdict,
): {
  readonly probes: readonly CapacityProbe[];
  readonly steps: readonly CapacityStep[];
  readonly answer: CapacityStep;
} {
  const probes: CapacityProbe[] = [];
  const steps: CapacityStep[] = [];
  for (;;) {
    const step = capacityStep(probes, options);
    steps.push(step);
    if (step.kind === "found" || step.kind === "none") return { probes, steps, answer: step };
    const fresh = step.kind === "prove";
    probes.push({ index: step.index, fresh, verdict: judge(step.index, fresh) });
  }
}

const upTo =
  (boundary: number) =>
  (index: number): Verdict =>
    index <= boundary ? "pass" : "fail";

describe("capacityStep", () => {
  it("capacityStep bisects between the ends and proves the winner on fresh replications", () => {
    const { probes, answer } = follow({ last: 16 }, upTo(5));
    expect(probes.map(({ index, fresh }) => (fresh ? `proof ${index}` : index))).toEqual([
      0,
      16,
      8,
      4,
      6,
      5,
      "proof 5",
    ]);
    expect(answer).toEqual({ kind: "found", index: 5, open_index: 6 });
  });

  it("capacityStep stops where candidates are as close as the tolerance", () => {
    const { probes, answer } = follow({ last: 16, tolerance: 4 }, upTo(5));
    expect(probes.map(({ index }) => index)).toEqual([0, 16, 8, 4, 4]);
    expect(answer).toEqual({ kind: "found", index: 4, open_index: 8 });
  });

  it("capacityStep counts what stays inconclusive as not passed", () => {
    const judge = (index: number): Verdict => (index < 5 ? "pass" : index < 9 ? "inconclusive" : "fail");
    expect(follow({ last: 16 }, judge).answer).toEqual({ kind: "found", index: 4, open_index: 5 });
  });

  it.each(["fail", "inconclusive"] as const)("capacityStep ends at once where the easiest is %s", (verdict) => {
    const { probes, answer } = follow({ last: 16 }, () => verdict);
    expect(probes.length).toBe(1);
    expect(answer).toEqual({ kind: "none", verdict });
  });

  it("capacityStep finds the hardest if everything passes, one candidate included", () => {
    expect(follow({ last: 16 }, () => "pass").answer).toEqual({ kind: "found", index: 16, open_index: undefined });
    expect(follow({ last: 0 }, () => "pass").answer).toEqual({ kind: "found", index: 0, open_index: undefined });
  });

  it("capacityStep steps back by 1, 2, 4 after proofs that fail, and halves the error each time", () => {
    const { steps, answer } = follow({ last: 100 }, (index, fresh) => upTo(fresh ? 53 : 60)(index));
    const proofs = steps.filter((step) => step.kind === "prove");
    expect(proofs.map(({ index, error_share }) => [index, error_share])).toEqual([
      [60, 1 / 2],
      [59, 1 / 4],
      [57, 1 / 8],
      [53, 1 / 16],
    ]);
    expect(answer).toEqual({ kind: "found", index: 53, open_index: 57 });
  });

  it("capacityStep gives up when the easiest cannot be proven", () => {
    const { answer } = follow({ last: 100 }, (index, fresh) => (fresh ? "inconclusive" : upTo(3)(index)));
    expect(answer).toEqual({ kind: "none", verdict: "inconclusive" });
  });

  it("capacityStep refuses what is no range", () => {
    expect(() => capacityStep([], { last: -1 })).toThrow("Cannot search capacity: last must be an integer >= 0");
    expect(() => capacityStep([], { last: 4, tolerance: 0 })).toThrow("tolerance must be an integer >= 1");
  });

  it("capacityStep finds every boundary in few steps, from the easier side", () => {
    const range = fc.integer({ min: 0, max: 100_000 });
    const law = fc.property(range, range, fc.integer({ min: 1, max: 50 }), (last, at, tolerance) => {
      const boundary = at % (last + 1);
      const { probes, answer } = follow({ last, tolerance }, upTo(boundary));
      expect(answer.kind).toBe("found");
      if (answer.kind !== "found") return;
      expect(answer.index).toBeLessThanOrEqual(boundary);
      expect(boundary - answer.index).toBeLessThan(tolerance);
      expect(probes.length).toBeLessThanOrEqual(4 + Math.log2(last + 1));
    });
    fc.assert(law, runs);
  });

  it("capacityStep ends whatever the verdicts, with less than the whole error spent and a proof of what it found", () => {
    const verdict = fc.constantFrom<Verdict>("pass", "fail", "inconclusive");
    const law = fc.property(fc.integer({ min: 0, max: 1000 }), fc.infiniteStream(verdict), (last, verdicts) => {
      const { probes, steps, answer } = follow({ last }, () => verdicts.next().value);
      const spent = steps.map((step) => (step.kind === "prove" ? step.error_share : 0));
      expect(spent.reduce((total, share) => total + share, 0)).toBeLessThan(1);
      const lastProbe = probes.at(-1);
      if (answer.kind === "found") expect(lastProbe).toEqual({ index: answer.index, fresh: true, verdict: "pass" });
    });
    fc.assert(law, runs);
  });
});
