import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mostTippingProbes, tippingStep, type Collapse, type TippingProbe } from "../../src/search/tipping.js";

/** The search to its end, where the verdict on a load follows from what is true. */
function searched(
  verdictsAt: (index: number) => Omit<TippingProbe, "index">,
  bounds: { readonly last: number; readonly tolerance: number },
): { readonly probes: readonly TippingProbe[]; readonly step: ReturnType<typeof tippingStep> } {
  const probes: TippingProbe[] = [];
  for (;;) {
    const step = tippingStep(probes, bounds);
    if (step.kind === "found") return { probes, step };
    expect(probes.some(({ index }) => index === step.index)).toBe(false);
    probes.push({ index: step.index, ...verdictsAt(step.index) });
  }
}

/** Recovers below `low`, collapses from `high` on, and stays open between. */
const collapse = (index: number, { low, high }: { readonly low: number; readonly high: number }): Collapse => {
  if (index < low) return "recovers";
  return index < high ? "open" : "collapses";
};

describe("tippingStep", () => {
  it("tippingStep finds both sides of both borders, with what stays open between them", () => {
    const { step } = searched(
      (index) => ({
        with_trigger: collapse(index, { low: 20, high: 23 }),
        without_trigger: collapse(index, { low: 61, high: 61 }),
      }),
      { last: 100, tolerance: 1 },
    );
    expect(step).toEqual({
      kind: "found",
      with_trigger: { recovers_index: 19, collapses_index: 23 },
      without_trigger: { recovers_index: 60, collapses_index: 61 },
    });
  });

  it("tippingStep judges the ends only where nothing changes between them", () => {
    const both = (verdict: Collapse) => () => ({ with_trigger: verdict, without_trigger: verdict });
    const bounds = { last: 100, tolerance: 1 };
    const calm = { recovers_index: 100, collapses_index: undefined };
    expect(searched(both("recovers"), bounds).step).toMatchObject({ with_trigger: calm, without_trigger: calm });
    expect(searched(both("recovers"), bounds).probes.length).toBe(2);
    const lost = { recovers_index: undefined, collapses_index: 0 };
    expect(searched(both("collapses"), bounds).step).toMatchObject({ with_trigger: lost, without_trigger: lost });
    const open = { recovers_index: undefined, collapses_index: undefined };
    expect(searched(both("open"), bounds).step).toMatchObject({ with_trigger: open, without_trigger: open });
  });

  it("tippingStep comes as close as the tolerance, wherever the borders are, in no more probes than it says", () => {
    const index = fc.integer({ min: 0, max: 201 });
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 200 }),
        fc.integer({ min: 1, max: 5 }),
        fc.tuple(index, index, index, index),
        (last, tolerance, cuts) => {
          const [first, second, third, fourth] = cuts.toSorted((one, other) => one - other) as [
            number,
            number,
            number,
            number,
          ];
          const truth = { with_trigger: { low: first, high: second }, without_trigger: { low: third, high: fourth } };
          const { probes, step } = searched(
            (at) => ({
              with_trigger: collapse(at, truth.with_trigger),
              without_trigger: collapse(at, truth.without_trigger),
            }),
            { last, tolerance },
          );
          expect(probes.length).toBeLessThanOrEqual(mostTippingProbes({ last, tolerance }));
          if (step.kind !== "found") return;
          for (const variant of ["with_trigger", "without_trigger"] as const) {
            const { recovers_index = -1, collapses_index = last + 1 } = step[variant];
            const { low, high } = truth[variant];
            expect(recovers_index).toBeLessThan(low);
            expect(collapses_index).toBeGreaterThanOrEqual(Math.min(high, last + 1));
            if (low > 0) expect(Math.min(low - 1, last) - recovers_index).toBeLessThan(tolerance);
            if (high <= last) expect(collapses_index - high).toBeLessThan(tolerance);
          }
        },
      ),
      { seed: 20_261_121, numRuns: 300 },
    );
  });
});
