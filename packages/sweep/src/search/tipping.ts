/** Whether more than half of the runs of a load stay collapsed: proven so, proven otherwise, or neither. */
export type Collapse = "recovers" | "collapses" | "open";

/** What is known about one load. */
export interface TippingProbe {
  /** Of the load, range [0, last]. */
  readonly index: number;
  readonly with_trigger: Collapse;
  readonly without_trigger: Collapse;
}

/** Where more than half of the runs begin to collapse: between two loads, as far as that is proven. */
export interface TippingBorder {
  /** The largest load below the border that is proven to recover; undefined if none is. */
  readonly recovers_index: number | undefined;
  /** The smallest load above it that is proven to collapse; undefined if none is. */
  readonly collapses_index: number | undefined;
}

/** What to do next, or the answer. */
export type TippingStep =
  | { readonly kind: "judge"; readonly index: number }
  | { readonly kind: "found"; readonly with_trigger: TippingBorder; readonly without_trigger: TippingBorder };

export interface TippingOptions {
  /** Index of the last load, >= 1. */
  readonly last: number;
  /** Loads between which a border is close enough, >= 1. */
  readonly tolerance: number;
}

/**
 * Returns which load to judge next in the search for two borders: above which the system does not recover from the trigger, and above which
 * it collapses without one. Both ends first; then bisection for the largest load that is proven to recover and for the smallest that
 * is proven to collapse, for each of the two, until neighbours are `tolerance` apart. Larger loads are taken to
 * collapse no less often; the search does not see exceptions from that.
 */
export function tippingStep(probes: readonly TippingProbe[], { last, tolerance }: TippingOptions): TippingStep {
  const unseen = [0, last].find((index) => !probes.some((probe) => probe.index === index));
  if (unseen !== undefined) return { kind: "judge", index: unseen };
  for (const variant of ["with_trigger", "without_trigger"] as const) {
    for (const [low, high] of gapsOf(probes, variant)) {
      if (high - low > tolerance) return { kind: "judge", index: Math.floor((low + high) / 2) };
    }
  }
  return {
    kind: "found",
    with_trigger: borderOf(probes, "with_trigger"),
    without_trigger: borderOf(probes, "without_trigger"),
  };
}

/** Most loads that a search judges: both ends, and four bisections. */
export function mostTippingProbes({ last, tolerance }: TippingOptions): number {
  let halvings = 0;
  for (let gap = last; gap > tolerance; gap = Math.ceil(gap / 2)) halvings++;
  return 2 + BISECTIONS * halvings;
}

const BISECTIONS = 4;

type Variant = "with_trigger" | "without_trigger";

/** Between the largest load that recovers and the next one that is not proven to; between the smallest that collapses and the one before. */
function gapsOf(probes: readonly TippingProbe[], variant: Variant): readonly (readonly [low: number, high: number])[] {
  const { recovers_index, collapses_index } = borderOf(probes, variant);
  const open = least(indicesOf(probes, (probe) => probe[variant] !== "recovers"));
  const calm = most(indicesOf(probes, (probe) => probe[variant] !== "collapses"));
  const below = recovers_index === undefined || open === undefined ? [] : [[recovers_index, open] as const];
  const above = collapses_index === undefined || calm === undefined ? [] : [[calm, collapses_index] as const];
  return [...below, ...above];
}

function borderOf(probes: readonly TippingProbe[], variant: Variant): TippingBorder {
  const open = least(indicesOf(probes, (probe) => probe[variant] !== "recovers")) ?? Infinity;
  const calm = most(indicesOf(probes, (probe) => probe[variant] !== "collapses")) ?? -Infinity;
  return {
    recovers_index: most(indicesOf(probes, ({ index }) => index < open)),
    collapses_index: least(indicesOf(probes, ({ index }) => index > calm)),
  };
}

function indicesOf(probes: readonly TippingProbe[], matches: (probe: TippingProbe) => boolean): readonly number[] {
  return probes.filter((probe) => matches(probe)).map(({ index }) => index);
}

function least(indices: readonly number[]): number | undefined {
  return indices.length === 0 ? undefined : Math.min(...indices);
}

function most(indices: readonly number[]): number | undefined {
  return indices.length === 0 ? undefined : Math.max(...indices);
}
