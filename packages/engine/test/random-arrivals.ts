import fc from "fast-check";
import type { ArrivalsPlan, FactorPlan } from "../src/index.js";

const rate_per_s = fc.constantFrom(0, 5, 40, 200);
const factor = fc.constantFrom(0, 0.5, 1, 3);

const anyPieces = fc.record({
  kind: fc.constant("pieces" as const),
  pieces: fc
    .array(fc.record({ from: factor, to: factor }), { minLength: 1, maxLength: 4 })
    .map((pieces) => pieces.map(({ from, to }, k) => ({ start_s: 0.4 * k, from, to }))),
  period_s: fc.constantFrom(0, 1.7),
  phase_s: fc.constantFrom(0, 0.3, 1.3),
});

const anySinusoid = fc.record({
  kind: fc.constant("sinusoid" as const),
  period_s: fc.constantFrom(0.3, 1, 10),
  amplitude_ratio: fc.constantFrom(0, 0.5, 1),
  phase_s: fc.constantFrom(0, 0.1),
});

/** Factors of a rate, none to three. */
export const anyProfile: fc.Arbitrary<readonly FactorPlan[]> = fc.array(
  fc.oneof(anyPieces.map(withConstantEnd), anySinusoid),
  { maxLength: 3 },
);

/** Arrivals of every kind but those of users. */
export const anyArrivals: fc.Arbitrary<ArrivalsPlan> = fc.oneof(
  fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 60 }).map((ticks) => ({
    kind: "trace" as const,
    times_s: Float64Array.from(ticks, (tick) => tick / 8).toSorted(),
    requests: new Int32Array(0),
    payload_kb: Float64Array.from(ticks, (tick) => tick % 5),
  })),
  fc.record({ kind: fc.constant("poisson" as const), rate_per_s, profile: anyProfile }),
  fc.record({
    kind: fc.constant("renewal" as const),
    gap_s: fc.constantFrom(
      { kind: "constant", value: 0.02 } as const,
      { kind: "gamma", shape: 0.5, scale: 0.03 } as const,
    ),
    profile: anyProfile,
  }),
  fc.record({
    kind: fc.constant("mmpp" as const),
    states: fc.tuple(rate_per_s, rate_per_s).map(([first, second]) => [
      { rate_per_s: first, mean_s: 0.3 },
      { rate_per_s: second, mean_s: 0.1 },
    ]),
    transitions: fc.constantFrom(
      [
        [0, 1],
        [1, 0],
      ],
      [
        [0.3, 0.7],
        [1, 0],
      ],
    ),
    profile: anyProfile,
  }),
);

/** What does not repeat has a last piece without an end: it must be constant, and there is no phase. */
function withConstantEnd(factorPlan: FactorPlan & { readonly kind: "pieces" }): FactorPlan {
  const { pieces, period_s } = factorPlan;
  if (period_s > 0) return factorPlan;
  const last = pieces.length - 1;
  return {
    ...factorPlan,
    phase_s: 0,
    pieces: pieces.map((piece, k) => (k === last ? { ...piece, to: piece.from } : piece)),
  };
}
