import type { Verdict } from "../objective.js";
import { requireCount } from "../require-count.js";

/** What is known about one candidate. */
export interface CapacityProbe {
  /** Of the candidate, range [0, last]. */
  readonly index: number;
  /** Whether all objectives are proven, one is refuted, or neither. */
  readonly verdict: Verdict;
  /** Whether it rests on replications that nothing else has seen: a proof, not a step of the search. */
  readonly fresh: boolean;
}

export interface CapacityOptions {
  /** Index of the last candidate, an integer >= 0. Candidates are in order, the easiest first, index 0. */
  readonly last: number;
  /** Candidates by which the answer may fall short, an integer >= 1. Default 1: none between. */
  readonly tolerance?: number;
}

/** What to do next, or the answer. */
export type CapacityStep =
  /** Judge this candidate, on the replications of the search. */
  | { readonly kind: "probe"; readonly index: number }
  /** Judge it on fresh replications, each objective with `error_share` of its allowed error. */
  | { readonly kind: "prove"; readonly index: number; readonly error_share: number }
  /** The hardest candidate that is proven; `open_index` is the easiest beyond it that is not, undefined if there is none. */
  | { readonly kind: "found"; readonly index: number; readonly open_index: number | undefined }
  /** Nothing is proven: the easiest candidate is refuted (`fail`), or it stays open. */
  | { readonly kind: "none"; readonly verdict: "fail" | "inconclusive" };

/**
 * Returns the next step of the search for the hardest of ordered candidates that meets its objectives: a largest load, a
 * smallest resource. Objectives are taken to hold up to some candidate and not beyond it (monotone); the search does
 * not see exceptions from that.
 *
 * 1. The easiest candidate and the hardest are judged, then the middle between the hardest that passes and the easiest that
 *    does not, until they are `tolerance` apart. What stays inconclusive does not pass.
 * 2. The winner of a search has been lucky, so it is proven again, on fresh replications. If the proof fails, a candidate
 *    one tolerance easier is proven, then two, four, ... easier than that.
 *
 * The j-th proof has 2^-j of the allowed error: 1/2, 1/4, 1/8, ... add up to less than 1 (Bonferroni), and the search has no part in it,
 * because each proof has its own replications. So what is found misses its objectives with probability at most the
 * allowed error, however the search went, as long as the verdict on fresh replications errs at most as often as it says
 * (`anytimeVerdict`).
 *
 * A pure function of what has been judged: call it again with one probe more.
 *
 * @throws RangeError unless `last` is an integer >= 0 and `tolerance` an integer >= 1.
 */
export function capacityStep(probes: readonly CapacityProbe[], { last, tolerance = 1 }: CapacityOptions): CapacityStep {
  const action = "search capacity";
  requireCount({ action, name: "last", value: last });
  if (!Number.isSafeInteger(tolerance) || tolerance < 1) {
    throw new RangeError(`Cannot ${action}: tolerance must be an integer >= 1: current value is ${tolerance}`);
  }
  const proofs = probes.filter(({ fresh }) => fresh);
  return proofs.length === 0 ? searchStep(probes, { last, tolerance }) : proofStep(probes, { proofs, tolerance });
}

function searchStep(probes: readonly CapacityProbe[], { last, tolerance }: Required<CapacityOptions>): CapacityStep {
  for (const index of [0, last]) {
    const probe = probes.find((one) => one.index === index);
    if (probe === undefined) return { kind: "probe", index };
    if (index === 0 && probe.verdict !== "pass") return { kind: "none", verdict: probe.verdict };
  }
  const open = openIndex(probes, -1) ?? last + 1;
  const passed = probes.filter(({ index, verdict }) => verdict === "pass" && index < open).map(({ index }) => index);
  const hardest = Math.max(...passed);
  if (open > last || open - hardest <= tolerance) return { kind: "prove", index: hardest, error_share: 0.5 };
  return { kind: "probe", index: Math.floor((hardest + open) / 2) };
}

function proofStep(
  probes: readonly CapacityProbe[],
  { proofs, tolerance }: { readonly proofs: readonly CapacityProbe[]; readonly tolerance: number },
): CapacityStep {
  const proven = proofs.find(({ verdict }) => verdict === "pass");
  if (proven !== undefined) {
    return { kind: "found", index: proven.index, open_index: openIndex(probes, proven.index) };
  }
  const easiest = proofs.reduce((one, other) => (other.index < one.index ? other : one));
  if (easiest.index === 0) return { kind: "none", verdict: easiest.verdict === "fail" ? "fail" : "inconclusive" };
  const back = tolerance * doubled(proofs.length - 1);
  return { kind: "prove", index: Math.max(0, easiest.index - back), error_share: 0.5 / doubled(proofs.length) };
}

/** The easiest candidate beyond `index` that is not proven. */
function openIndex(probes: readonly CapacityProbe[], index: number): number | undefined {
  const open = probes.filter((probe) => probe.verdict !== "pass" && probe.index > index).map((probe) => probe.index);
  return open.length === 0 ? undefined : Math.min(...open);
}

/** 2^count. */
function doubled(count: number): number {
  let power = 1;
  for (let k = 0; k < count; k++) power *= 2;
  return power;
}
